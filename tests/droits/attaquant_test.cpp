// What is masked cannot be known: neither what it is, nor whether it is there. Two stores differ in one masked fact,
// for every role and purpose of the table, and all that their desks answer is the same, byte for byte.
#include "tests/droits/attaquant.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace spie;
using namespace spie::droits;
using namespace spie::testing;

namespace {

const std::string a = "personne:aline", f = "foyer:f1", d = "2022-03-01";

// One fact said in two ways, of one coarse group. `families` are those whose cells say how it is shown: the least of
// them.
struct Variante {
  std::string name;
  std::vector<std::string> families;
  Event one, other;
  bool group_stays; // the base has another fact of that group: with it or without it, the group is the same
};

Event said(const std::string &type, const std::string &content, const std::string &about = a,
           const std::string &source = "carnet", const std::string &since = "2022-03-08") {
  return {about, type, content, since, source, "varied"};
}
Variante of(std::string name, std::vector<std::string> families, const std::string &type, const std::string &one,
            const std::string &other, bool group_stays = false, const std::string &about = a,
            const std::string &source = "carnet") {
  return {std::move(name), std::move(families), said(type, one, about, source), said(type, other, about, source),
          group_stays};
}

const std::vector<Variante> &variants() {
  static const std::vector<Variante> list{
      of("a barrier", {"diagnostic", "sensible"}, "frein", R"({"code": "isolement", "reponse": "oui"})",
         R"({"code": "numerique", "reponse": "oui"})", true),
      of("a barrier that is health", {"diagnostic", "sensible"}, "frein",
         R"({"code": "sante", "reponse": "oui", "impact": "fort"})", R"({"code": "logement", "reponse": "oui"})", true),
      of("an answer of the DSP", {"diagnostic", "sensible"}, "reponse_diagnostic",
         R"({"question": "dsp.DIFSOC", "valeurs": ["0402"]})", R"({"question": "dsp.DIFDISP", "valeurs": ["0504"]})",
         false, a, "caf.dsp"),
      of("an answer's text", {"diagnostic", "sensible", "texte_libre"}, "reponse_diagnostic",
         R"({"question": "dsp.LIBAUTRDIFSOC", "texte": "dialyse"})",
         R"({"question": "dsp.LIBAUTRDIFSOC", "texte": "dettes"})", false, a, "caf.dsp"),
      of("a status", {"statuts", "sensible"}, "statut", R"({"code": "boe", "reponse": "oui"})",
         R"({"code": "qpv", "reponse": "oui"})", true),
      of("an income", {"revenus", "sensible"}, "revenu", R"({"nature": "011", "mois": "2022-01", "montant": 10})",
         R"({"nature": "052", "mois": "2022-02", "montant": 9000})", true, a, "caf.vrsb"),
      of("an activity", {"situation_pro", "sensible"}, "activite", R"({"code": "MAL"})", R"({"code": "INV"})", false, a,
         "caf.vrsb"),
      of("what she does", {"situation_pro", "sensible"}, "situation_professionnelle", R"({"code": "invalidite"})",
         R"({"code": "maladie"})"),
      of("the day of her birth", {"age"}, "identite",
         R"({"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": {"@date": "1990-06-15"}, "sexe": "2"})",
         R"({"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": {"@date": "1981-11-30"}, "sexe": "2"})"),
      of("the births of her children", {"foyer"}, "composition",
         R"({"enfants": [{"mois_naissance": "2020-05"}, {"mois_naissance": "2021-07"}]})",
         R"({"enfants": [{"mois_naissance": "2008-01"}, {"mois_naissance": "2009-02"}]})", false, f, "caf.vrsb"),
      of("her family", {"foyer"}, "situation_familiale", R"({"code": "DIV"})", R"({"code": "CEL"})", false, f,
         "caf.vrsb"),
      of("her street", {"coordonnees"}, "adresse",
         R"({"lignes": ["1 rue Inventée"], "code_postal": "77999", "commune": "VAL-INVENTE"})",
         R"({"lignes": ["9 place Imaginaire"], "code_postal": "77999", "commune": "VAL-INVENTE"})"),
      of("her telephone", {"coordonnees"}, "contact", R"({"telephones": ["0639980001"]})",
         R"({"telephones": ["0639980002"]})"),
      of("her town", {"residence"}, "adresse", R"({"lignes": ["1 rue Inventée"], "code_postal": "77998"})",
         R"({"lignes": ["1 rue Inventée"], "code_postal": "77997"})"),
      of("an identifier", {"identifiants"}, "identifiant", R"({"genre": "pole_emploi", "valeur": "7700001"})",
         R"({"genre": "pole_emploi", "valeur": "7799999"})"),
      of("why her allowance was refused", {"droits_rsa", "sensible"}, "droit_rsa",
         R"({"etat": "2", "motif_refus": "F97"})", R"({"etat": "2", "motif_refus": "F02"})", false, f, "caf.vrsb"),
      of("why it is suspended", {"droits_rsa", "sensible"}, "droit_rsa",
         R"({"etat": "2", "motif_refus": "F97", "motifs_suspension": ["97"]})",
         R"({"etat": "2", "motif_refus": "F97", "motifs_suspension": ["01"]})", false, f, "caf.vrsb"),
      of("the number of her demand", {"identifiants"}, "droit_rsa",
         R"({"etat": "2", "motif_refus": "F97", "numero_demande": "0100001077"})",
         R"({"etat": "2", "motif_refus": "F97", "numero_demande": "0100001999"})", false, f, "caf.vrsb"),
      of("what an objective is about", {"suivi", "sensible"}, "objectif",
         R"({"id": "O-3", "frein": "sante", "etat": "en_cours"})",
         R"({"id": "O-3", "frein": "logement", "etat": "en_cours"})"),
      of("the number of an objective", {"suivi", "texte_libre"}, "objectif",
         R"({"id": "v1/25/31", "etat": "en_cours"})", R"({"id": "v1/25/99", "etat": "en_cours"})"),
      of("what an action is", {"parcours", "sensible"}, "action",
         R"({"id": "A-17", "etape": "demarree", "code": "BIL"})",
         R"({"id": "A-17", "etape": "demarree", "code": "ADD"})"),
      of("what she wants seen", {"volontes"}, "consentement",
         R"({"finalite": "evaluation", "destinataire": "structure:autre", "accorde": true})",
         R"({"finalite": "evaluation", "destinataire": "structure:autre", "accorde": false})"),
      // Free texts, whatever their fields are called.
      of("where they meet", {"suivi", "texte_libre"}, "rendez_vous", R"({"id": "R-9", "etape": "tenu", "lieu": "CMP"})",
         R"({"id": "R-9", "etape": "tenu", "lieu": "tribunal"})"),
      of("how a meeting ended", {"suivi", "texte_libre"}, "rendez_vous",
         R"({"id": "R-9", "etape": "tenu", "issue": "en pleurs"})",
         R"({"id": "R-9", "etape": "tenu", "issue": "bien"})"),
      of("what an action is called", {"parcours", "texte_libre"}, "action",
         R"({"id": "A-17", "etape": "demarree", "libelle": "Cure"})",
         R"({"id": "A-17", "etape": "demarree", "libelle": "Permis"})"),
      of("why an action ended", {"parcours", "texte_libre"}, "action",
         R"({"id": "A-17", "etape": "terminee", "motif_fin": "hospitalisation"})",
         R"({"id": "A-17", "etape": "terminee", "motif_fin": "incarceration"})"),
      of("what a training is called", {"situation_pro", "texte_libre"}, "formation",
         R"({"id": "F-1", "etape": "trouvee", "libelle": "Atelier de l'hôpital"})",
         R"({"id": "F-1", "etape": "trouvee", "libelle": "Soudure"})"),
      of("why a training ended", {"situation_pro", "texte_libre"}, "formation",
         R"({"id": "F-1", "etape": "terminee", "motif_fin": "rechute"})",
         R"({"id": "F-1", "etape": "terminee", "motif_fin": "exclusion"})"),
      of("why an employment ended", {"situation_pro", "texte_libre"}, "emploi",
         R"({"id": "E-1", "etape": "termine", "motif_fin": "inaptitude"})",
         R"({"id": "E-1", "etape": "termine", "motif_fin": "faute grave"})"),
      of("the jobs that she wants, in words", {"recherche", "texte_libre"}, "recherche_emploi",
         R"({"metiers": ["K1303"], "libelles": ["ESAT"]})", R"({"metiers": ["K1303"], "libelles": ["Crèche"]})"),
      of("where she can go", {"recherche", "texte_libre"}, "recherche_emploi",
         R"({"metiers": ["K1303"], "zone_mobilite": "fauteuil roulant"})",
         R"({"metiers": ["K1303"], "zone_mobilite": "Melun"})"),
      of("why she registered", {"recherche", "texte_libre"}, "inscription",
         R"({"categorie": "1", "motif": "fin de maladie"})", R"({"categorie": "1", "motif": "sortie de prison"})"),
      of("her agency", {"recherche", "texte_libre"}, "inscription", R"({"categorie": "1", "structure": "Cap emploi"})",
         R"({"categorie": "1", "structure": "Agence"})"),
      of("why she left", {"parcours", "texte_libre"}, "sortie", R"({"motif": "deces d'un proche"})",
         R"({"motif": "expulsion"})"),
      of("why she came", {"parcours", "texte_libre"}, "entree", R"({"motif": "orientation du SPIP"})",
         R"({"motif": "orientation du CMP"})"),
      of("a word in place of a level", {"situation_pro", "texte_libre"}, "niveau_formation",
         R"({"niveau": "illettrisme"})", R"({"niveau": "sourde"})"),
      of("a resource that no list has", {"diagnostic", "texte_libre"}, "ressource",
         R"({"code": "sa psychologue", "reponse": "oui"})", R"({"code": "son avocat", "reponse": "oui"})"),
      of("a barrier that no list has", {"diagnostic", "sensible", "texte_libre"}, "frein",
         R"({"code": "alcool", "reponse": "oui"})", R"({"code": "violences", "reponse": "oui"})", true),
      of("why a référent left", {"intervenants", "texte_libre"}, "referent",
         R"({"role": "coordinateur", "etape": "termine", "motif_fin": "menaces"})",
         R"({"role": "coordinateur", "etape": "termine", "motif_fin": "mutation"})"),
      of("words about a barrier", {"diagnostic", "sensible", "texte_libre"}, "frein",
         R"({"code": "mobilite", "reponse": "non", "texte": "plus de permis : alcool"})",
         R"({"code": "mobilite", "reponse": "non", "texte": "habite loin"})", true),
  };
  return list;
}

std::vector<std::string> split(const std::string &line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ';');)
    cells.push_back(cell);
  return cells;
}

struct Case_ {
  std::string role, purpose;
  std::map<std::string, std::string> cells; // by family, as tests/droits/matrice.csv keys them by hand
};
const std::vector<Case_> &lines() {
  static const std::vector<Case_> list = [] {
    std::vector<Case_> read;
    std::ifstream file(std::string(SPIE_SOURCE_DIR) + "/tests/droits/matrice.csv");
    std::string line;
    std::getline(file, line);
    const auto header = split(line);
    while (std::getline(file, line)) {
      const auto cells = split(line);
      read.push_back({cells[0], cells[1], {}});
      for (std::size_t i = 2; i < cells.size(); ++i)
        read.back().cells[header[i]] = cells[i];
    }
    return read;
  }();
  return list;
}

Traitement shown_as(const Case_ &line, const Variante &variant) {
  Traitement least = Traitement::clair;
  for (const std::string &family : variant.families)
    least = std::min(least, cellule_of(line.cells.at(family)).value().sans);
  return least;
}

// The same, of the key alone: a text in a fact is no reason why its group should not be shown.
Traitement group_of(const Case_ &line, Variante variant) {
  std::erase(variant.families, "texte_libre");
  return shown_as(line, variant);
}

} // namespace

TEST_CASE("neither the value of a masked fact nor that it is there changes an answer, and nothing more is read",
          "[droits][attaquant][slow]") {
  std::size_t values = 0, presences = 0;
  for (const Variante &variant : variants()) {
    Guet one({variant.one}), other({variant.other}), without;
    const dossier::TypeContenu &type = *dossier::find_type(variant.one.type);
    const std::string path = (type.genre == dossier::Genre::foyer ? "foyer." : "") + std::string(type.nom);
    for (const Case_ &line : lines()) {
      const Traitement treatment = shown_as(line, variant);
      if (treatment == Traitement::clair)
        continue;
      INFO(variant.name << ", " << line.role << "/" << line.purpose);
      const Reponses left = ask_all(one, line.role, line.purpose), right = ask_all(other, line.role, line.purpose);
      CHECK(first_difference(left.textes, right.textes).empty());
      CHECK(left.lus == right.lus);
      ++values;
      // Where it makes a group that nothing else makes, or says something in clear beside, that is shown.
      const auto words = [&](Guet &store) {
        return store.guichet.historique(ask(line.role, line.purpose), subject(a), path).paroles.size();
      };
      const bool step_in_clear =
          type.cardinalite == dossier::Cardinalite::etapes && line.cells.at(variant.families.front()) == "clair";
      // Beside a pseudonym there is no history to see it by.
      const bool beside = line.role == "evaluateur" && (variant.families.front() == "identifiants" ||
                                                        line.cells.at(variant.families.front()) == "clair");
      if ((group_of(line, variant) == Traitement::grossi && !variant.group_stays) || step_in_clear || beside ||
          words(without) != words(one))
        continue;
      CHECK(first_difference(left.textes, ask_all(without, line.role, line.purpose).textes).empty());
      ++presences;
    }
  }
  CHECK(values > 150);
  CHECK(presences > 60);
}

TEST_CASE("who sees a group by what others said does not move it by what he says", "[droits][attaquant]") {
  const auto told = [](const std::string &secret) {
    Guet store;
    store.add("2022-04-01",
              {{a, "frein", R"({"code": "sante", "reponse": "non"})", "2022-04-01", "carnet"},
               {a, "frein", R"({"code": ")" + secret + R"(", "reponse": "oui"})", "2022-04-01", "carnet"}});
    for (const char *code : {"mobilite", "contraintes_familiales", "maitrise_langue", "logement",
                             "difficulte_financiere", "difficulte_administrative", "numerique", "isolement"}) {
      dossier::Evenement event =
          made({a, "frein", R"({"code": ")" + std::string(code) + R"(", "reponse": "non"})", "2022-04-02"});
      event.auteur = "professionnel:maud";
      store.guichet.autoriser(ask("membre", "accompagnement", "2022-04-02T12:00:00Z"), "enregistrer",
                              {cible_of(event)});
      std::vector<dossier::Evenement> batch{event};
      store.journal.append(batch, instant("2022-04-02T12:00:00Z"));
    }
    return shown(store.guichet.voir(ask("membre", "accompagnement"), subject(a), day("2022-06-01")).situation,
                 "frein.social.reponse");
  };
  CHECK(told("sante") == "~oui");
  CHECK(told("logement") == "~oui");
  // In somebody else's name he records nothing of what he sees by groups.
  Guet store;
  const auto refused = [&](const std::string &type, const std::string &author, const std::string &role) {
    Cible target{subject(a), type};
    target.auteur = author;
    return refusal([&] { store.guichet.autoriser(ask(role, "accompagnement"), "enregistrer", {target}); });
  };
  CHECK(refused("frein", "professionnel:autre", "membre") == "R002");
  CHECK(refused("frein", "professionnel:maud", "membre").empty());
  CHECK(refused("frein", "", "membre").empty());
  CHECK(refused("niveau_formation", "professionnel:autre", "membre").empty());
  CHECK(refused("frein", "professionnel:autre", "referent").empty()); // he sees them one by one
}

TEST_CASE("who writes under a number that he guesses does not learn whether it is there", "[droits][attaquant]") {
  const auto told = [](const std::string &guess) {
    Guet store;
    dossier::Evenement event = made({a, "objectif", R"({"id": ")" + guess + R"(", "etat": "REALISE"})", "2022-04-02"});
    event.id = "guess";
    event.auteur = "professionnel:maud";
    std::vector<dossier::Evenement> batch{event};
    store.journal.append(batch, instant("2022-04-02T12:00:00Z"));
    std::vector<std::string> states;
    for (const dossier::Fait &fact :
         store.guichet.voir(ask("membre", "accompagnement"), subject(a), day("2022-06-01")).situation.faits)
      if (fact.type == "objectif")
        states.push_back(fact.champ + "=" + fact.dire.valeur.to_string());
    std::sort(states.begin(), states.end());
    std::string text;
    for (const std::string &one : states)
      text += one + " ";
    return text;
  };
  CHECK(told("O-3") == "etat=REALISE etat=en_cours frein=social ");
  CHECK(told("O-4") == told("O-3"));
}

TEST_CASE("no view has an order number, nor an id but of what it shows in clear", "[droits][attaquant]") {
  Guet store;
  for (const Case_ &line : lines()) {
    INFO(line.role << "/" << line.purpose);
    const Demande asked = ask(line.role, line.purpose);
    const Vue view = store.guichet.voir(asked, subject(a), day("2022-06-01"));
    CHECK(view.situation.seq == 0);
    for (const dossier::Fait &fact : view.situation.faits)
      CHECK(fact.dire.seq == 0);
    CHECK(write_json(to_value(view)).find("\"seq\"") == std::string::npos);
    CHECK(write_json(to_value(store.guichet.comparer(asked, subject(a), day(d), day("2022-06-01")))).find("\"seq\"") ==
          std::string::npos);
    CHECK(write_json(to_value(store.guichet.historique(asked, subject(a), "identite"))).find("\"seq\"") ==
          std::string::npos);
    CHECK(refusal([&] { store.guichet.voir(asked, subject(a), day(d), dossier::Connaissance{3, {}}); }) == "R001");
  }
  // Ids that the store draws have nothing in common, drawn one after the other or not.
  const auto journal = store::open_memory();
  for (int position = 0; position < 16; ++position) {
    std::set<char> letters;
    for (int i = 0; i < 64; ++i)
      letters.insert(journal->draw_id()[static_cast<std::size_t>(position)]);
    CHECK(letters.size() > 8);
  }
}

TEST_CASE("a search reads as much whether somebody whom one may not see bears the name or not", "[droits][attaquant]") {
  for (const auto &[role, purpose] :
       std::vector<std::pair<std::string, std::string>>{{"referent", "accompagnement"},
                                                        {"membre", "accompagnement"},
                                                        {"membre_instance", "instance"},
                                                        {"responsable_structure", "encadrement"},
                                                        {"personne", "accompagnement"}}) {
    INFO(role);
    const auto asked = [&, role = role, purpose = purpose](const std::string &name) {
      Guet store;
      for (int i = 0; i < 5; ++i)
        store.add("2022-04-01", {{"personne:cachee" + std::to_string(i), "identite",
                                  R"({"nom": ")" + name + R"(", "prenom": "Zoé"})", "2022-03-01"}});
      store.journal.lus = 0;
      const auto found = store.guichet.rechercher(ask(role, purpose), "EXEMPLE", day("2022-06-01"));
      CHECK(found.size() == 1); // Aline
      return store.journal.lus;
    };
    CHECK(asked("EXEMPLE") == asked("AUTREMENT"));
  }
}

TEST_CASE("the status, the missing facts and the errors of a decision tell nothing of what is held back",
          "[droits][attaquant]") {
  const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  const std::vector<Origine> origins{{"beneficiaire.reside_departement", {"adresse.code_commune"}},
                                     {"freins", {"frein"}}};
  const auto told = [&](const std::string &barriers, const std::string &role) {
    Guet store;
    const feel::Value facts = read_json(R"({"beneficiaire": {}, "freins": )" + barriers + "}");
    const VueResultat view = store.guichet.expliquer(ask(role, "accompagnement"), subject(a), *pack,
                                                     pack->evaluate("admission", facts, day("2022-06-01")), origins);
    return write_json(to_value(view));
  };
  const auto barrier = [](const std::string &code, const std::string &kind, const std::string &answer) {
    return R"({"code": ")" + code + R"(", "classe": ")" + kind + R"(", "reponse": ")" + answer + R"("})";
  };
  const std::string work = barrier("formation", "professionnel", "oui");
  const std::string ill = "[" + barrier("sante", "social", "oui") + ", " + work + "]",
                    well = "[" + barrier("sante", "social", "non") + ", " + work + "]",
                    nobody_asked = "[" + barrier("sante", "social", "non_aborde") + "]";
  REQUIRE(told(ill, "referent") != told(well, "referent"));
  CHECK(told(ill, "membre") == told(well, "membre"));
  CHECK(told(ill, "membre") == told(nobody_asked, "membre"));
  CHECK(told(ill, "membre") == told("[]", "membre"));
  CHECK(told(ill, "membre").find(R"("statut":null)") != std::string::npos);
}

TEST_CASE("a path that a role may not read is told so, whether something was said there or not",
          "[droits][attaquant]") {
  Guet store;
  const auto told = [&](const std::string &role, const std::string &purpose, std::string_view path) {
    return held_back(store.guichet.historique(ask(role, purpose), subject(a), path).retenues, "chemin");
  };
  CHECK(told("membre", "accompagnement", "frein") == "retenu (consentement)");
  CHECK(told("membre", "accompagnement", "revenu") == "retenu (matrice)");
  CHECK(told("membre", "accompagnement", "sortie.motif").empty()); // it has a list
  CHECK(told("membre", "accompagnement", "emploi.motif_fin") == "retenu (consentement)");
  CHECK(told("membre", "accompagnement", "niveau_formation").empty());
  CHECK(told("destinataire_annexe_e", "annexe_e", "statut.brsa").empty());
  CHECK(told("destinataire_annexe_e", "annexe_e", "statut.qpv") == "retenu (matrice)");
  CHECK(told("evaluateur", "evaluation", "niveau_formation") == "retenu (pseudonyme)");
  CHECK(told("referent", "pilotage", "identite") == "retenu (finalite)");
  CHECK(told("referent", "accompagnement", "frein.nulle_part").empty());
}

TEST_CASE("the last word is the last that was written down: a withdrawal holds whatever day it begins",
          "[droits][attaquant]") {
  const auto sees = [](const std::vector<std::pair<bool, std::string>> &words) {
    Guet store;
    for (const auto &[granted, since] : words)
      store.add("2022-04-01", {{a, "consentement",
                                R"({"finalite": "accompagnement", "destinataire": "membre", "accorde": )" +
                                    std::string(granted ? "true" : "false") + "}",
                                since}});
    return shown(store.guichet.voir(ask("membre", "accompagnement"), subject(a), day("2022-06-01")).situation,
                 "frein.sante.reponse") == "oui";
  };
  CHECK(sees({{true, "2022-03-03"}}));
  CHECK_FALSE(sees({{true, "2022-03-03"}, {false, "2022-03-02"}}));
  CHECK_FALSE(sees({{true, "2022-03-03"}, {false, "2030-01-01"}}));
  CHECK(sees({{true, "2022-03-03"}, {false, "2022-03-02"}, {true, "2022-03-04"}}));
  CHECK_FALSE(sees({{false, "2022-03-03"}, {true, "2030-01-01"}})); // not begun yet
}

TEST_CASE("a withdrawal after one that was retracted is heard", "[droits][attaquant]") {
  Guet store;
  const std::string yes = R"({"finalite": "accompagnement", "destinataire": "membre", "accorde": true})",
                    no = R"({"finalite": "accompagnement", "destinataire": "membre", "accorde": false})";
  const auto sees = [&](std::string_view at) {
    return shown(store.guichet.voir(ask("membre", "accompagnement", at), subject(a), day("2022-06-01")).situation,
                 "frein.sante.reponse") == "oui";
  };
  store.add("2022-04-01",
            {{a, "consentement", yes, "2022-04-01"}, {a, "consentement", no, "2022-04-01", "saisie", "n"}});
  CHECK_FALSE(sees("2022-04-01T13:00:00Z"));
  store.add("2022-04-02", {{a, "retrait", "{}", "2022-04-02", "saisie", "", "n"}});
  CHECK(sees("2022-04-02T13:00:00Z"));
  store.add("2022-04-03", {{a, "consentement", no, "2022-04-03"}});
  CHECK_FALSE(sees("2022-04-03T13:00:00Z"));
}

TEST_CASE("a limitation that is written down after a lifting holds, whatever day it begins", "[droits][attaquant]") {
  const auto held = [](const std::vector<std::pair<std::string, std::string>> &steps) {
    Guet store;
    for (const auto &[step, since] : steps)
      store.add("2022-04-01",
                {{a, "decision_donnees", R"({"genre": "limitation", "etape": ")" + step + R"("})", since}});
    return held_back(store.guichet.voir(ask("referent", "accompagnement"), subject(a), day("2022-06-01")).retenues,
                     "dossier") == "retenu (decision)";
  };
  CHECK(held({{"acceptee", "2022-03-02"}}));
  CHECK_FALSE(held({{"acceptee", "2022-03-02"}, {"levee", "2022-03-03"}}));
  CHECK(held({{"levee", "2022-03-03"}, {"acceptee", "2022-03-02"}}));
  CHECK(held({{"acceptee", "2022-03-03"}, {"levee", "2022-03-02"}})); // of an earlier one
}

TEST_CASE("every refusal leaves a trace, and tells the person of those about her", "[droits][acces]") {
  Scene scene;
  const Demande member = ask("membre", "accompagnement");
  const dossier::Sujet nobody = subject("personne:zoe");
  const std::vector<std::pair<std::string, std::function<void()>>> calls{
      {"effacer",
       [&] {
         scene.guichet.autoriser(member, "effacer", {{scene.aline, {}}});
       }},
      {"acces", [&] { scene.guichet.acces(member, scene.aline, day("2022-06-01")); }},
      {"consultations", [&] { scene.guichet.consultations(member, scene.aline); }},
      {"declasser", [&] { scene.guichet.declasser(member, scene.aline, "nowhere", "issue"); }},
      {"voir", [&] { scene.guichet.voir(member, nobody, day("2022-06-01")); }},
      {"historique", [&] { scene.guichet.historique(member, scene.aline, "nulle_part"); }},
      {"comparer", [&] { scene.guichet.comparer(member, nobody, day(d), day("2022-06-01")); }},
      {"recherche", [&] { scene.guichet.rechercher(ask("pilote", "pilotage"), "ex", day("2022-06-01")); }},
      {"doublons", [&] { scene.guichet.doublons(ask("pilote", "pilotage"), scene.aline); }},
      {"autre",
       [&] {
         scene.guichet.autoriser(member, "autre", {{scene.aline, {}}});
       }},
  };
  for (const auto &[operation, call] : calls) {
    INFO(operation);
    const std::size_t before = scene.entries().size();
    const std::string code = refusal(call);
    CHECK_FALSE(code.empty());
    const auto entries = scene.entries();
    REQUIRE(entries.size() == before + 1);
    CHECK(entries.back().operation == operation);
    CHECK(entries.back().refus == code);
    CHECK(entries.back().acteur.starts_with("professionnel:"));
  }
  const auto told = scene.guichet.consultations(ask("personne", "droit_acces"), scene.aline);
  CHECK(std::count_if(told.begin(), told.end(), [](const Acces &one) { return one.refus == "R002"; }) == 6);
}

TEST_CASE("what a field may hold is a list of the pack, or a free text", "[droits]") {
  const auto free = [](std::string_view type, std::string_view field, const char *value) {
    return rights().texte_libre(type, field, read_json(value));
  };
  CHECK_FALSE(free("niveau_formation", "niveau", R"("NV3")"));
  CHECK(free("niveau_formation", "niveau", R"("NV3 mais illettrée")"));
  CHECK_FALSE(free("adresse", "code_postal", R"("77999")"));
  CHECK(free("adresse", "code_postal", R"("7799")"));
  CHECK(free("adresse", "code_postal", R"("77999, au CHRS")"));
  CHECK_FALSE(free("recherche_emploi", "metiers", R"(["K1303", "A1101"])"));
  CHECK(free("recherche_emploi", "metiers", R"(["K1303", "ESAT"])"));
  CHECK_FALSE(free("referent", "etape", R"("termine")")); // of the type's own list
  CHECK(free("referent", "motif_fin", R"("x")"));
  CHECK_FALSE(rights().cle_libre("reponse_diagnostic", "v1/25/situation/15"));
  CHECK(rights().cle_libre("reponse_diagnostic", "v1/25/situation/autre"));
  CHECK_FALSE(rights().cle_libre("revenu", "001/2022-03"));
  CHECK(rights().cle_libre("frein", "alcool"));
  for (const dossier::TypeContenu &type : dossier::types_contenu())
    for (const dossier::Champ &field : type.champs) {
      const std::string name = std::string(type.nom) + "." + std::string(field.nom);
      if (field.nature == dossier::Nature::code && field.valeurs.empty() && !rights().numeros.contains(name)) {
        INFO(name);
        CHECK(free(type.nom, field.nom, R"("des mots que personne n'a lus")"));
      }
    }
}

TEST_CASE("the pack knows every code that the lists of the sources give to a field", "[droits]") {
  for (const char *name : {"caf.vrsb", "caf.dsp", "carnet", "france_travail.extrait", "france_travail.diagnostic.v1",
                           "france_travail.diagnostic.v4"}) {
    const auto read = [](const std::string &id) {
      std::ifstream file(std::string(SPIE_SOURCE_DIR) + "/nomenclatures/" + id + ".json");
      return read_json(std::string{std::istreambuf_iterator<char>(file), {}});
    };
    const feel::Value own = read(name);
    for (const auto &[field, given] : own.context().find("champs")->context()) {
      const feel::List lists = given.is(feel::Kind::list) ? given.list() : feel::List{given};
      for (const feel::Value &one : lists) {
        const std::string list = one.text();
        const std::size_t bar = list.find('/');
        const feel::Value other = bar == std::string::npos ? own : read(list.substr(0, bar));
        const feel::Value *values = other.context().find("listes");
        const feel::Value *found = values->context().find(bar == std::string::npos ? list : list.substr(bar + 1));
        REQUIRE(found != nullptr);
        const std::size_t dot = field.find('.');
        for (const feel::Value &entry : found->context().find("valeurs")->list()) {
          const feel::Value &code = *entry.context().find("code");
          INFO(name << " " << field << " " << code.text());
          CHECK_FALSE(rights().texte_libre(field.substr(0, dot), field.substr(dot + 1), code));
        }
      }
    }
  }
}
