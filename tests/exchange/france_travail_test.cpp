// The extract of job seekers and their actions.
#include "tests/exchange/fichiers.hpp"

#include "spie/exchange/france_travail.hpp"

#include <set>

using namespace spie;
using namespace spie::dossier;
using namespace spie::exchange;
using namespace spie::testing;

namespace {

Rapport extract(Journal &journal, std::string_view bytes, std::string_view date) {
  return import_france_travail_extrait(journal, *memory_bytes(bytes), as_of(date), lists());
}
Rapport actions(Journal &journal, std::string_view bytes, std::string_view date) {
  return import_france_travail_actions(journal, *memory_bytes(bytes), as_of(date), lists());
}
// "prescrite 2021-11-05, demarree …" of the action whose label begins so.
std::string steps_of(const Situation &situation, std::string_view label) {
  for (const Fait &fact : situation.faits)
    if (fact.type == "action" && fact.champ == "libelle" && fact.dire.valeur.text().starts_with(label)) {
      std::string result;
      for (const feel::Value &step : situation.find("action." + fact.cle + ".etapes")->dire.valeur.list())
        result += (result.empty() ? "" : ", ") + step.context().find("etape")->text() + " " +
                  step.context().find("date")->to_string();
      return result;
    }
  return "-";
}
std::string field_of(const Situation &situation, std::string_view label, std::string_view field) {
  for (const Fait &fact : situation.faits)
    if (fact.type == "action" && fact.champ == "libelle" && fact.dire.valeur.text().starts_with(label))
      return value(situation, "action." + fact.cle + "." + std::string(field));
  return "-";
}

} // namespace

TEST_CASE("the extract gives identity, registration, project, adviser, barriers", "[exchange][france_travail]") {
  const auto journal = store::open_memory();
  const Rapport report = extract(*journal, fixture("france_travail_extrait.csv"), "2022-06-01");
  CHECK(report.clos);
  CHECK(report.unite == "ligne");
  CHECK(report.recus == 5);
  CHECK(report.lus == 2);
  CHECK(report.refuses_total == 3);
  CHECK(accounted(report));
  CHECK(report.dossiers_nouveaux == 2);
  CHECK(told(report.refuses) ==
        std::vector<std::string>{
            "I006 ligne 3 suivi_debut [2022-02-30 00:00:00.0] ce n'est pas une date",
            "I005 ligne 4 date_naissance [18/12/1976] ce n'est pas une date qui existe",
            "I005 ligne 5 identifiant_unique_de [essai-aline] la ligne 2 a le même identifiant : elle seule est lue",
            "I005 ligne 6 identifiant_unique_de [] l'identifiant manque, ou a plus de 100 octets"});
  CHECK(told(report.avertissements) ==
        std::vector<std::string>{
            "I007 ligne 2 rome_2 [FAUX] ce n'est pas un code ROME : il est gardé tel quel",
            "I007 ligne 2 dif_logement [N] ni O, ni OUI, ni NULL : la valeur est gardée sans être interprétée",
            "I006 ligne 3 adresse_ligne6 [PROVINS] ce n'est pas un code postal suivi d'une commune : gardé comme une "
            "ligne d'adresse"});

  const Situation aline = known_of(*journal, "france_travail", "essai-aline", "2022-06-01");
  CHECK(fact(aline, "identite.nom") == "D'ESSAI-ÉRABLE (france_travail.extrait, source_unique)");
  CHECK(value(aline, "identite.date_naissance") == "1990-05-17");
  CHECK(value(aline, "identite.sexe") == "2");
  CHECK(value(aline, "adresse.code_postal") == "77160");
  CHECK(value(aline, "adresse.commune") == "PROVINS");
  CHECK(value(aline, "adresse.lignes") == R"(["3 RUE DE LA MAQUETTE"])");
  CHECK(value(aline, "recherche_emploi.metiers") == R"(["N1104", "FAUX"])");
  CHECK(value(aline, "inscription.categorie") == "1");
  CHECK(value(aline, "inscription.suivi_fin_prevue") == "2022-11-02");
  CHECK(value(aline, "referent.conseiller.courriel") == "ambre.tilleul@example.org");
  CHECK(value(aline, "rendez_vous.entretien/2022-05-02.etape") == "tenu");
  CHECK(value(aline, "frein.difficulte_financiere.reponse") == "oui");
  CHECK(value(aline, "frein.sante.reponse") == "oui");
  CHECK(value(aline, "frein.mobilite.reponse") == "non_aborde"); // NULL is never no
  CHECK(value(aline, "frein.logement.reponse") == "non_aborde");
  CHECK(value(aline, "reponse_diagnostic.dif_logement.valeurs") == R"(["N"])");
  CHECK(value(aline, "statut.brsa.reponse") == "oui");

  // The registration holds since its day, the rest since the extract.
  const Situation before = known_of(*journal, "france_travail", "essai-aline", "2021-12-01");
  CHECK(value(before, "inscription.date_inscription") == "2021-10-17");
  CHECK(value(before, "inscription.categorie") == "1");
  CHECK(value(before, "adresse.commune") == "-");

  // One adviser, written in two ways.
  CHECK(count(*journal, "professionnel") == 1);
}

TEST_CASE("an extract read twice adds nothing; a later one adds what changed, and who is absent",
          "[exchange][france_travail]") {
  const auto journal = store::open_memory();
  const std::string first = fixture("france_travail_extrait.csv");
  extract(*journal, first, "2022-06-01");
  const Rapport again = extract(*journal, first, "2022-06-01");
  CHECK(again.deja_lu);
  CHECK(again.lus == 2);
  CHECK(again.evenements == 2); // its opening and its closing

  std::string later = first.substr(0, first.find("essai-basile"));
  const auto swap = [&](std::string_view from, std::string_view to) {
    later.replace(later.find(from), from.size(), to);
  };
  swap(";FIN DE CDD;1;", ";FIN DE CDD;2;");
  swap(";Oui;N;", ";NULL;NULL;");
  const Rapport changed = extract(*journal, later, "2022-07-01");
  CHECK(changed.absents == 1);
  // Opening, registration, two barriers and their observation, the absence, closing. The raw answer stays as it was.
  CHECK(changed.evenements == 6);
  const Situation july = known_of(*journal, "france_travail", "essai-aline", "2022-07-01");
  CHECK(value(july, "inscription.categorie") == "2");
  CHECK(value(july, "frein.sante.reponse") == "non_aborde");
  CHECK(value(known_of(*journal, "france_travail", "essai-aline", "2022-06-15"), "inscription.categorie") == "1");
}

TEST_CASE("an action gives an event for each step that has come", "[exchange][france_travail]") {
  const auto journal = store::open_memory();
  extract(*journal, fixture("france_travail_extrait.csv"), "2022-06-01");
  const Rapport report = actions(*journal, fixture("france_travail_actions.csv"), "2022-06-01");
  CHECK(report.clos);
  CHECK(report.recus == 7);
  CHECK(report.lus == 5);
  CHECK(accounted(report));
  CHECK(report.dossiers_nouveaux == 1);
  CHECK(told(report.refuses) ==
        std::vector<std::string>{
            "I006 ligne 5 date_fin [2022-02-09 00:00:00.0] la fin précède le début",
            "I005 ligne 6 identifiant_unique_de [essai-aline] la ligne 2 décrit la même action : elle seule est lue",
            "I005 ligne 7 date_prescription [] la date de prescription manque ou n'est pas une date"});
  CHECK(told(report.avertissements) ==
        std::vector<std::string>{
            "I006 ligne 4 date_prescription [2022-01-10 00:00:00.0] la prescription est enregistrée après le début de "
            "l'action : le début en tient lieu",
            "I007 ligne 5 lblaction [ACTION QUI N'EST DANS AUCUNE LISTE] ce libellé n'est pas dans la liste des "
            "actions : l'action est gardée sans thème",
            "I005 ligne 8 identifiant_unique_de [essai-zoe] aucun extrait n'a nommé cet identifiant : ses actions "
            "l'attendent dans un dossier sans identité"});

  const Situation aline = known_of(*journal, "france_travail", "essai-aline", "2022-06-01");
  CHECK(steps_of(aline, "UNE FORMATION DANS LE DOMAINE MENUISERIE") ==
        "prescrite 2021-11-05, demarree 2021-12-06, terminee 2022-03-04");
  CHECK(field_of(aline, "UNE FORMATION", "theme") == "formation");
  CHECK(field_of(aline, "UNE FORMATION", "precision") == "Perfectionnement");
  CHECK(field_of(aline, "UNE FORMATION", "date_prevue") == "2021-12-01");
  CHECK(field_of(aline, "UNE FORMATION", "etape") == "terminee");
  // An end that has not come is planned.
  CHECK(steps_of(aline, "CONTRAT D'ENGAGEMENT JEUNE") == "prescrite 2022-05-12, demarree 2022-05-20");
  CHECK(field_of(aline, "CONTRAT D'ENGAGEMENT JEUNE", "date_fin_prevue") == "2023-05-20");
  CHECK(steps_of(aline, "PARTICIPER A UN ATELIER \" SIMULER") ==
        "prescrite 2022-01-03, demarree 2022-01-03, terminee 2022-01-04");
  CHECK(steps_of(aline, "ACTION QUI N'EST") == "prescrite 2022-02-01, demarree 2022-02-10");
  CHECK(value(aline, "adresse.code_commune") == "77379");

  const Rapport again = actions(*journal, fixture("france_travail_actions.csv"), "2022-06-01");
  CHECK(again.evenements == 2);
  CHECK(again.dossiers_nouveaux == 0);
}

TEST_CASE("a long code is cut between two characters, so that the file read again adds nothing",
          "[exchange][france_travail]") {
  const auto journal = store::open_memory();
  std::string file = fixture("france_travail_actions.csv");
  std::string code;
  for (int i = 0; i < 40; ++i)
    code += "É";
  file.replace(file.find(";EFO;"), 5, ";E" + code + ";"); // a byte, then characters of two
  actions(*journal, file, "2022-06-01");
  CHECK(actions(*journal, file, "2022-06-01").evenements == 2);
}

TEST_CASE("actions that come before their person wait under the identifier", "[exchange][france_travail]") {
  const auto journal = store::open_memory();
  const Rapport waiting = actions(*journal, fixture("france_travail_actions.csv"), "2022-06-01");
  CHECK(waiting.dossiers_nouveaux == 2);
  const Rapport named = extract(*journal, fixture("france_travail_extrait.csv"), "2022-06-01");
  CHECK(named.dossiers_nouveaux == 1); // Basile: Aline takes over the dossier that waits for her
  CHECK(named.dossiers_rattaches == 1);
  const Situation aline = known_of(*journal, "france_travail", "essai-aline", "2022-06-01");
  CHECK(value(aline, "identite.prenom") == "ALINE");
  CHECK(field_of(aline, "UNE FORMATION", "etape") == "terminee");
  CHECK(extract(*journal, fixture("france_travail_extrait.csv"), "2022-06-01").evenements == 2);
}

TEST_CASE("an identifier that two dossiers bear refuses the action rather than choose", "[exchange][france_travail]") {
  const auto journal = store::open_memory();
  std::string file = fixture("france_travail_extrait.csv");
  extract(*journal, file, "2022-06-01");
  file.replace(file.find("1990-05-17"), 10, "1991-05-17"); // the identifier passed to another person
  extract(*journal, file.substr(0, file.find("essai-basile")), "2022-07-01");
  CHECK(bearers(*journal, "france_travail", "essai-aline").size() == 2);
  const Rapport report = actions(*journal, fixture("france_travail_actions.csv"), "2022-07-01");
  CHECK(report.lus == 1);
  CHECK(accounted(report));
  CHECK(report.refuses.front().motif.starts_with("deux dossiers portent cet identifiant"));
}

TEST_CASE("the published samples of the extract and of its actions", "[exchange][france_travail][samples]") {
  const auto people = sample("pole-emploi/i03300c.j.extract_spie_carnet_spie_carnet_de_bord_principal.csv");
  const auto file = sample("pole-emploi/actions_example.csv");
  if (!people || !file)
    return;
  const auto journal = store::open_memory();
  const Rapport first = extract(*journal, *people, "2022-06-30");
  CHECK(first.lus == 4);
  CHECK(first.refuses_total == 0);
  REQUIRE(first.avertissements.size() == 1); // the job code of row 4
  CHECK(first.avertissements[0].champ == "rome_1");
  const Rapport read = actions(*journal, *file, "2022-06-30");
  CHECK(read.recus == 125);
  CHECK(read.lus == 125);
  CHECK(read.dossiers_nouveaux == 28); // of 29 identifiers the extract names one

  // 90 actions of one person: 89 that the list knows, and one that it does not.
  const auto holders = journal->lookup_prefix("france_travail", "71288a46-", 10);
  REQUIRE(holders.size() == 1);
  const auto distinct = [&] {
    std::set<std::string> prescribed;
    for (const Evenement &event : journal->about(holders.front()))
      if (event.type == "action" && event.contenu.find("etape")->text() == "prescrite")
        prescribed.insert(event.contenu.find("id")->text());
    return prescribed.size();
  };
  CHECK(distinct() == 90);
  std::int64_t unknown = 0;
  for (const Refus &warning : read.avertissements)
    unknown += warning.champ == "lblaction" ? 1 : 0;
  CHECK(unknown == 1);
  const std::int64_t events = count(*journal, "action");
  CHECK(actions(*journal, *file, "2022-06-30").evenements == 2);
  CHECK(distinct() == 90);
  CHECK(count(*journal, "action") == events);
  const Situation held = situation(*journal, holders.front(), day("2022-06-30"));
  CHECK(steps_of(held, "UNE FORMATION DANS LE DOMAINE ENGIN MANUTENTION LEVAGE") == "prescrite 2021-07-05");
}
