// The numbers of a source where not all of a fact is shown: ranks, which tell no code and lead to none.
#include "spie/dossier/contenu.hpp"
#include "tests/droits/scene.hpp"

using namespace spie;
using namespace spie::droits;
using namespace spie::testing;

namespace {

// A state for each constraint, so that an objective is known by it.
std::string state(std::string_view constraint) {
  static const std::map<std::string, std::string, std::less<>> states{
      {"23", "NON_ABORDE"}, {"25", "EN_COURS"}, {"26", "REALISE"}, {"27", "ABANDONNE"}, {"28", "atteint"}};
  return states.find(constraint)->second;
}

// As the diagnostic of France Travail and its actions number them: 25 is health, A14 the code of the action.
struct Numbered : Scene {
  Numbered() {
    const std::string a = "personne:aline", d = "2022-03-01";
    std::vector<Event> events;
    for (const char *goal : {"v1/23/28", "v1/25/31", "v1/26/23", "v1/27/20", "v1/28/13"})
      events.push_back({a, "objectif",
                        R"({"id": ")" + std::string(goal) + R"(", "frein": ")" +
                            (std::string(goal).starts_with("v1/25") ? "sante" : "mobilite") + R"(", "etat": ")" +
                            state(std::string(goal).substr(3, 2)) + R"("})",
                        d, "france_travail.diagnostic"});
    const std::string action = "A14/2022-01-21/ba23c0ffee11";
    events.push_back({a, "action",
                      R"({"id": ")" + action +
                          R"(", "etape": "prescrite", "code": "A14", "objectif": "v1/25/31", "theme": "sante"})",
                      d, "france_travail.actions"});
    events.push_back(
        {a, "action", R"({"id": ")" + action + R"(", "etape": "demarree"})", "2022-04-01", "france_travail.actions"});
    events.push_back({a, "emploi", R"({"id": "E-4", "etape": "trouve", "quotite": "temps_plein"})", d, "carnet"});
    events.push_back({a, "formation", R"({"id": "F-2", "etape": "trouvee"})", d, "carnet"});
    record(*journal, "2022-03-06", events);
    // True later: it has its rank among the others at every date.
    record(*journal, "2022-05-01",
           {{a, "objectif", R"({"id": "v1/24/2", "frein": "contraintes_familiales"})", "2022-05-01",
             "france_travail.diagnostic"}});
  }
  std::string path_of(const dossier::Situation &situation, const std::string &wanted) {
    for (const dossier::Fait &fact : situation.faits)
      if (fact.type == "objectif" && fact.champ == "etat" && fact.dire.valeur.text() == wanted)
        return fact.chemin;
    return "-";
  }
};

const std::vector<std::pair<std::string, std::string>> partial{
    {"membre", "accompagnement"}, {"membre_instance", "instance"}, {"responsable_structure", "encadrement"},
    {"pilote", "pilotage"},       {"evaluateur", "evaluation"},    {"destinataire_annexe_e", "annexe_e"}};
// Annexe E is given the codes, and not the texts.
void check_tells_nothing(const std::string &role, const std::string &json) {
  std::vector<std::string> telling{"v1/", "25/31", "/2022-01-21/", "ba23", "\"O-3", "\"A-17", ".O-3", ".A-17"};
  if (role != "destinataire_annexe_e")
    telling.insert(telling.end(), {"A14", "sante", "F97", "dialyse"});
  for (const std::string &word : telling) {
    INFO(word);
    CHECK(json.find(word) == std::string::npos);
  }
}

} // namespace

TEST_CASE("every field that a source numbers is in the table, with the type that it numbers", "[droits]") {
  for (const dossier::TypeContenu &type : dossier::types_contenu())
    if (type.cle == "id" && type.genre == dossier::Genre::personne)
      CHECK(rights().numeros.at(std::string(type.nom) + ".id") == type.nom);
  CHECK(rights().numeros.at("action.objectif") == "objectif");
}

TEST_CASE("a number of the source is a rank wherever a field of its fact is not shown in clear", "[droits]") {
  Numbered scene;
  for (const auto &[role, purpose] : partial) {
    INFO(role);
    const Demande asked = ask(role, purpose);
    check_tells_nothing(role, write_json(to_value(scene.see(asked))));
    check_tells_nothing(
        role, write_json(to_value(scene.guichet.comparer(asked, scene.aline, day("2022-02-01"), day("2022-06-01")))));
    for (const char *path : {"objectif", "action", "objectif.id", "action.id", "action.objectif", "objectif.frein"})
      check_tells_nothing(role, write_json(to_value(scene.guichet.historique(asked, scene.aline, path))));
  }
  for (const auto &[role, purpose] :
       std::vector<std::pair<std::string, std::string>>{{"referent", "accompagnement"}, {"personne", "droit_acces"}})
    CHECK(shown(scene.see(ask(role, purpose)).situation, "objectif.v1/25/31.frein") == "sante");
  // The reason why an employment ended is of no list: it may be any words, and its number is a rank too.
  CHECK(shown(scene.see(ask("membre", "accompagnement")).situation, "emploi.1.quotite") == "temps_plein");
  CHECK(shown(scene.see(ask("evaluateur", "evaluation")).situation, "emploi.1.quotite") == "temps_plein");
  CHECK(shown(scene.see(ask("evaluateur", "evaluation")).situation, "formation.1.etape") == "trouvee");
}

TEST_CASE("beside a pseudonym what a source numbers is a rank, whatever the table leaves out", "[droits]") {
  Numbered scene;
  Droits bare = rights();
  std::erase_if(bare.numeros, [](const auto &one) { return one.second != "objectif"; });
  Guichet guichet{*scene.journal, *scene.acces, bare, scene.regles};
  const auto seen = [&](const std::string &role, const std::string &purpose) {
    return guichet.voir(ask(role, purpose), scene.aline, day("2022-06-01")).situation;
  };
  // What is no code of a list, and no number that the table knows, is a free text.
  CHECK(shown(seen("evaluateur", "evaluation"), "emploi.1.quotite") == "-");
  CHECK(shown(seen("evaluateur", "evaluation"), "niveau_formation.niveau") == "NV3");
  CHECK(write_json(dossier::to_value(seen("evaluateur", "evaluation"))).find("E-4") == std::string::npos);
  CHECK(shown(seen("pilote", "pilotage"), "emploi.E-4.id") == "-");
  CHECK(shown(seen("referent", "accompagnement"), "emploi.E-4.id") == "E-4");
}

TEST_CASE("a rank is the same at every date, and what names it follows", "[droits]") {
  Numbered scene;
  const Demande asked = ask("membre", "accompagnement");
  const dossier::Situation before = scene.see(asked, "2022-03-15").situation, after = scene.see(asked).situation;
  for (const char *one : {"23", "25", "26", "27", "28"}) {
    CHECK(scene.path_of(before, state(one)) == scene.path_of(after, state(one)));
    CHECK(scene.path_of(after, state(one)) != "-");
  }
  std::string aim;
  for (const dossier::Fait &fact : after.faits)
    if (fact.type == "action" && fact.champ == "objectif")
      aim = "objectif." + fact.dire.valeur.text() + ".etat";
  CHECK(aim == scene.path_of(after, state("25")));
  const auto differences = scene.guichet.comparer(asked, scene.aline, day("2022-03-15"), day("2022-06-01")).differences;
  for (const dossier::Difference &one : differences) {
    INFO(one.chemin);
    CHECK((one.chemin.starts_with("objectif.") ? !one.avant : true)); // the one that was added, and no other
  }
}

TEST_CASE("ranks and the order of what is shown do not follow the order of the codes", "[droits]") {
  std::set<std::string> orders;
  for (int i = 0; i < 4; ++i) { // four stores, four keys
    Numbered scene;
    const dossier::Situation seen = scene.see(ask("membre", "accompagnement")).situation;
    std::string order, ranks;
    std::size_t last = 0;
    for (const dossier::Fait &fact : seen.faits)
      if (fact.type == "objectif" && fact.champ == "etat") {
        order += fact.dire.valeur.text() + " ";
        const std::size_t rank = std::stoul(fact.cle);
        CHECK(rank >= last); // the facts come in the order of the ranks
        last = rank;
      }
    orders.insert(order);
  }
  CHECK(orders.size() > 1);
}

TEST_CASE("a history is asked for by the rank, and the source's number finds nothing", "[droits]") {
  Numbered scene;
  const Demande asked = ask("membre", "accompagnement");
  const dossier::Situation seen = scene.see(asked).situation;
  const auto states = [&](const std::string &path) {
    std::string text;
    for (const dossier::Parole &word : scene.guichet.historique(asked, scene.aline, path).paroles)
      text += word.cle + ":" + word.dire.valeur.to_string() + " ";
    return text;
  };
  const std::string health = scene.path_of(seen, state("25")), rank = health.substr(9, health.size() - 14);
  CHECK(states(health) == rank + ":EN_COURS ");
  CHECK(states("objectif." + rank) == rank + ":{etat: \"EN_COURS\"} ");
  for (const char *path : {"objectif.v1/25/31.etat", "objectif.v1/25/31", "objectif.v1/25", "objectif.v1",
                           "objectif.99", "action.A14", "action.A14/2022-01-21/ba23c0ffee11.etape"})
    CHECK(states(path).empty());
  CHECK(states("objectif." + rank + ".id").empty());
  CHECK(scene.guichet.historique(ask("referent", "accompagnement"), scene.aline, "objectif.v1/25/31.frein")
            .paroles.size() == 1);
}
