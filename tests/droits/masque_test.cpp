// The same mask over histories, differences, searches, possible duplicates and what packs decided.
#include "tests/droits/scene.hpp"

#include "spie/dossier/identite.hpp"

using namespace spie;
using namespace spie::droits;
using namespace spie::testing;

namespace {

std::string words(const VueHistorique &view) {
  std::string text;
  for (const dossier::Parole &word : view.paroles)
    text += (text.empty() ? "" : " | ") + word.dire.valeur.to_string();
  return text;
}

std::string names(const std::vector<Vue> &views) {
  std::string text;
  for (const Vue &view : views)
    text += (text.empty() ? "" : ", ") + shown(view.situation, "identite.nom") + " " +
            shown(view.situation, "identite.prenom");
  return text;
}

// Driss, whom René follows too, and whose name is close to Aline's; Farid, whom he does not know.
void add_others(Scene &scene) {
  const std::string rene = R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene"})";
  record(*scene.journal, "2022-03-07",
         {{"personne:driss", "identite", R"({"nom": "EXEMPLAIRE", "prenom": "Driss"})", "2022-03-01"},
          {"personne:driss", "referent", rene, "2022-03-01"},
          {"personne:farid", "identite", R"({"nom": "EXEMPLE", "prenom": "Farid"})", "2022-03-01"},
          {"personne:aline personne:farid", "proposition_doublon",
           R"({"autre": "personne:farid", "raisons": ["mêmes noms"]})", "2022-03-07"},
          {"personne:driss personne:aline", "proposition_doublon",
           R"({"autre": "personne:aline", "raisons": ["noms proches"]})", "2022-03-07"}});
}

} // namespace

TEST_CASE("a history holds what is shown in clear, and nothing of the rest", "[droits]") {
  Scene scene;
  record(*scene.journal, "2022-04-01",
         {{"personne:aline", "frein", R"({"code": "sante", "reponse": "non"})", "2022-04-01", "carnet"},
          {"personne:aline", "rendez_vous", R"({"id": "R-9", "etape": "tenu", "issue": "reposée"})", "2022-04-01",
           "carnet"},
          {"personne:aline", "niveau_formation", R"({"niveau": "NV4"})", "2022-04-01", "carnet"}});
  const auto told = [&](const std::string &role, const std::string &purpose, std::string_view path) {
    return words(scene.guichet.historique(ask(role, purpose), scene.aline, path));
  };
  CHECK(told("referent", "accompagnement", "frein.sante.reponse") == "oui | non");
  CHECK(told("membre", "accompagnement", "frein.sante.reponse").empty());
  CHECK(told("membre", "accompagnement", "frein.mobilite.reponse").empty()); // the same answer: it tells nothing
  CHECK(told("membre", "accompagnement", "frein").empty());
  CHECK(told("membre", "accompagnement", "niveau_formation.niveau") == "NV3 | NV4");
  CHECK(told("membre", "accompagnement", "rendez_vous.1") ==
        R"({etape: "tenu"} | {etape: "tenu"})"); // without the text, nor the number of the source
  CHECK(told("evaluateur", "evaluation", "niveau_formation").empty());
  CHECK(told("pilote", "accompagnement", "niveau_formation").empty());
}

TEST_CASE("the history of a household stops where the person leaves it", "[droits]") {
  Scene scene;
  const std::string f = "foyer:f1";
  record(*scene.journal, "2022-06-01",
         {{"personne:aline", "appartenance", R"({"foyer": "foyer:f2"})", "2022-05-01", "caf.vrsb"},
          {f, "droit_rsa", R"({"etat": "5"})", "2022-06-01", "caf.vrsb"},
          {"foyer:f2", "droit_rsa", R"({"etat": "0"})", "2021-01-01", "caf.vrsb"},
          {"foyer:f2", "droit_rsa", R"({"etat": "3"})", "2022-02-01", "caf.vrsb"},
          {"foyer:f2", "droit_rsa", R"({"etat": "4"})", "2022-05-15", "caf.vrsb"}});
  const auto view = scene.guichet.historique(ask("personne", "droit_acces", "2022-07-01T08:00:00Z"), scene.aline,
                                             "foyer.droit_rsa.etat");
  // Of the first one: 2, while she was there. Of the second: the state that she found, and what came after.
  CHECK(words(view) == "2 | 3 | 4");
}

TEST_CASE("differences are those of two masked situations", "[droits]") {
  Scene scene;
  record(*scene.journal, "2022-04-01",
         {{"personne:aline", "frein", R"({"code": "sante", "reponse": "non"})", "2022-04-01", "carnet"},
          {"personne:aline", "niveau_formation", R"({"niveau": "NV4"})", "2022-04-01", "carnet"}});
  const auto differ = [&](const std::string &role) {
    std::string text;
    for (const auto &one :
         scene.guichet.comparer(ask(role, "accompagnement"), scene.aline, day("2022-03-15"), day("2022-04-15"))
             .differences)
      text += one.chemin + ":" + (one.avant ? one.avant->valeur.to_string() : "-") + ">" +
              (one.apres ? one.apres->valeur.to_string() : "-") + " ";
    return text;
  };
  CHECK(differ("referent") ==
        "niveau_formation.niveau:NV3>NV4 frein.sante.reponse:oui>non frein.sante.texte:dialyse le mardi>- ");
  // A group is that of the day of asking, whatever day is asked about.
  CHECK(differ("membre") == "niveau_formation.niveau:NV3>NV4 ");
}

TEST_CASE("a search by name finds those whom the actor may see, and says nothing of the others", "[droits]") {
  Scene scene;
  add_others(scene);
  const auto found = [&](const std::string &role, const std::string &purpose, std::string_view name) {
    return names(scene.guichet.rechercher(ask(role, purpose), name, day("2022-06-01")));
  };
  CHECK(found("referent", "accompagnement", "exempl") == "EXEMPLAIRE Driss, EXEMPLE Aline");
  CHECK(found("membre", "accompagnement", "exemple") == "EXEMPLE Aline");
  // A name that he does not see cannot be confirmed to him, nor denied.
  CHECK(refusal([&] { found("pilote", "pilotage", "exemple"); }) == "R002");
  CHECK(refusal([&] { found("evaluateur", "evaluation", "exemple"); }) == "R002");
  CHECK(found("destinataire_annexe_e", "annexe_e", "exemple") == "EXEMPLE Aline, EXEMPLE Farid");
  CHECK(found("referent", "accompagnement", "").empty());
  const auto one = scene.guichet.rechercher(ask("destinataire_annexe_e", "annexe_e"), "exemple", day("2022-06-01"), 1);
  REQUIRE(one.size() == 1);
  for (const dossier::Fait &fact : one.front().situation.faits)
    CHECK(fact.type == "identite");
}

TEST_CASE("a name that was corrected finds nobody any more", "[droits]") {
  Scene scene;
  std::string wrong;
  for (const auto &event : scene.journal->about(scene.aline))
    if (event.type == "identite")
      wrong = event.id;
  record(
      *scene.journal, "2022-04-01",
      {{"personne:aline", "identite", R"({"nom": "MODELE", "prenom": "Aline"})", "2022-03-01", "saisie", "", wrong}});
  const auto found = [&](std::string_view name) {
    return names(scene.guichet.rechercher(ask("referent", "accompagnement"), name, day("2022-06-01")));
  };
  CHECK(found("exemple").empty());
  CHECK(found("modele") == "MODELE Aline");
}

TEST_CASE("a possible duplicate is shown to who sees both names", "[droits]") {
  Scene scene;
  add_others(scene);
  const auto found = [&](const std::string &role, const std::string &purpose) {
    std::string text;
    for (const Doublon &one : scene.guichet.doublons(ask(role, purpose), scene.aline))
      text += one.dossier.id + " (" + one.raisons.front() + ") ";
    return text;
  };
  CHECK(found("referent", "accompagnement") == "driss (noms proches) ");
  CHECK(found("membre", "accompagnement").empty());
  CHECK(refusal([&] { found("pilote", "pilotage"); }) == "R002");
  CHECK(found("destinataire_annexe_e", "annexe_e") == "farid (mêmes noms) driss (noms proches) ");
}

TEST_CASE("all doubles are listed once, for who sees both names, with one entry", "[droits]") {
  Scene scene;
  add_others(scene);
  record(*scene.journal, "2022-03-08",
         {{"personne:aline personne:driss", "proposition_doublon",
           R"({"autre": "personne:driss", "raisons": ["noms inversés"]})", "2022-03-08"}});
  const auto found = [&](const std::string &role, const std::string &purpose) {
    std::string text;
    for (const Paire &one : scene.guichet.doublons(ask(role, purpose))) {
      text += one.garde.dossier.id + "+" + one.absorbe.dossier.id + " (";
      for (const std::string &reason : one.raisons)
        text += reason + ";";
      text += ") ";
    }
    return text;
  };
  CHECK(found("referent", "accompagnement") == "aline+driss (noms proches;noms inversés;) ");
  CHECK(found("membre", "accompagnement").empty());
  CHECK(refusal([&] { found("pilote", "pilotage"); }) == "R002");
  CHECK(found("destinataire_annexe_e", "annexe_e") ==
        "aline+driss (noms proches;noms inversés;) aline+farid (mêmes noms;) ");
  REQUIRE(scene.entries().size() == 4);
  CHECK(scene.entries()[0].operation == "doublons");
  CHECK(scene.entries()[0].dossiers.size() == 2);
  CHECK(scene.entries()[1].dossiers.empty());

  // Merged, they are one: nothing is left to do.
  dossier::fusionner(*scene.journal, scene.aline, subject("personne:driss"),
                     {"professionnel:rene", instant("2022-04-01T08:00:00Z"), day("2022-04-01"), {}});
  CHECK(found("referent", "accompagnement").empty());
}

TEST_CASE("a list has those whose names the actor sees, in the order of their names", "[droits]") {
  Scene scene;
  add_others(scene);
  const auto listed = [&](const std::string &role, const std::string &purpose, const char *structure = nullptr,
                          std::size_t page = 1) {
    const Liste list = scene.guichet.lister(
        ask(role, purpose), structure == nullptr ? std::nullopt : std::optional(subject(structure)), page);
    std::string text = std::to_string(list.total) + "/" + std::to_string(list.pages) + ":";
    for (const Inscrit &one : list.dossiers) {
      text += " " + one.nom + " " + one.prenom;
      for (const Referent &by : one.referents)
        text += " <" + by.role + " " + by.professionnel + ">";
    }
    return text;
  };
  const std::string aline = " EXEMPLE Aline <referent_unique professionnel:rene>";
  CHECK(listed("referent", "accompagnement") == "2/1: EXEMPLAIRE Driss <referent_unique professionnel:rene>" + aline);
  CHECK(listed("referent", "accompagnement", "structure:s") == "1/1:" + aline);
  CHECK(listed("referent", "accompagnement", "structure:autre") == "0/0:");
  CHECK(listed("referent", "accompagnement", nullptr, 2) == "2/1:");
  CHECK(listed("membre", "accompagnement").starts_with("1/1: EXEMPLE Aline"));
  CHECK(refusal([&] { listed("evaluateur", "evaluation"); }) == "R002"); // pseudonyms are no names
  CHECK(refusal([&] { listed("pilote", "pilotage"); }) == "R002");
  CHECK(refusal([&] { listed("referent", "accompagnement", nullptr, 0); }) == "A001 at page");
  REQUIRE(scene.entries().size() == 8); // what was refused is noted too
  CHECK(scene.entries()[0].operation == "liste");
  CHECK(scene.entries()[0].dossiers.size() == 2);
  CHECK(scene.entries()[3].dossiers.empty()); // what is on no page that is shown is not noted as seen

  const auto named = scene.guichet.nommer(ask("referent", "accompagnement"), {subject("personne:farid"), scene.aline});
  REQUIRE(named.size() == 1);
  CHECK(named[0].dossier == scene.aline);

  record(
      *scene.journal, "2022-05-01",
      {{"personne:aline", "referent", R"({"role": "referent_unique", "etape": "termine"})", "2022-05-01", "carnet"}});
  CHECK(listed("destinataire_annexe_e", "annexe_e").find("EXEMPLE Aline <") == std::string::npos);
}

TEST_CASE("what a pack decided is shown without the facts that are held back, nor what stands on them", "[droits]") {
  Scene scene;
  const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  const feel::Value facts = read_json(R"({
    "beneficiaire": {"reside_departement": "oui"},
    "freins": [{"code": "sante", "classe": "social", "reponse": "oui"},
               {"code": "formation", "classe": "professionnel", "reponse": "oui"}]})");
  const std::vector<Origine> origins{{"beneficiaire.reside_departement", {"adresse.code_postal"}},
                                     {"freins", {"frein"}},
                                     {"diagnostic_complet", {"reponse_diagnostic"}}};
  const auto explain = [&](const std::string &role, const std::vector<Origine> &from) {
    return scene.guichet.expliquer(ask(role, "accompagnement"), scene.aline, *pack,
                                   pack->evaluate("admission", facts, day("2022-06-01")), from);
  };
  const VueResultat clear = explain("referent", origins);
  CHECK(clear.retenues.empty());
  CHECK(write_json(to_value(clear)).find(R"("reponse":"oui")") != std::string::npos);
  CHECK_FALSE(clear.resultat.value.is_null());
  CHECK(clear.resultat.explanation == pack->evaluate("admission", facts, day("2022-06-01")).explanation);

  const VueResultat held = explain("membre", origins);
  CHECK(held_back(held.retenues, "admission") == "retenu (derive)");
  CHECK(held.resultat.value.is_null());
  const std::string json = write_json(to_value(held));
  CHECK(json.find(R"("reponse":"oui")") ==
        std::string::npos);                          // the list of the pack's classes stays: it is everybody's
  CHECK(json.find("\"vrai\"") == std::string::npos); // no cell tells what the facts were
  CHECK(json.find("reside_departement") != std::string::npos);
  CHECK(held.resultat.explanation.find("n'est pas montrée") != std::string::npos);
  bool residence = false;
  for (const auto &decision : held.resultat.trace.decisions)
    for (const auto &fact : decision.facts)
      if (fact.path == "beneficiaire.reside_departement")
        residence = fact.value.is(feel::Kind::text);
  CHECK(residence); // what he sees in the dossier, he sees here

  // Facts whose origin was not told are held back; so is everything when there is no trace.
  CHECK(explain("referent", {origins.front()}).resultat.value.is_null());
  PackEvaluateOptions bare;
  bare.trace = false;
  CHECK(scene.guichet
            .expliquer(ask("membre", "accompagnement"), scene.aline, *pack,
                       pack->evaluate("admission", facts, day("2022-06-01"), bare), origins)
            .resultat.value.is_null());

  // A decision that the pack makes public is shown, its reasons are not.
  Droits open = rights();
  open.decisions_publiques.insert("admission");
  Guichet guichet{*scene.journal, *scene.acces, open, scene.regles};
  const auto shown_value = guichet.expliquer(ask("membre", "accompagnement"), scene.aline, *pack,
                                             pack->evaluate("admission", facts, day("2022-06-01")), origins);
  CHECK_FALSE(shown_value.resultat.value.is_null());
  CHECK(write_json(to_value(shown_value)).find(R"("reponse":"oui")") == std::string::npos);
}
