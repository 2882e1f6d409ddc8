// The JSON of views: what is not shown has no key, rather than a value that is not true.
#include "tests/droits/scene.hpp"

using namespace spie;
using namespace spie::droits;
using namespace spie::testing;

namespace {

const std::vector<std::string> untrue{"1970-01-01", "\"seq\":0", "\"evenement\":\"\"", "\"source\":\"\"",
                                      "\"auteur\":\"\""};

void check_true(const std::string &json) {
  for (const std::string &word : untrue) {
    INFO(word);
    CHECK(json.find(word) == std::string::npos);
  }
}

} // namespace

TEST_CASE("what leads back to an event is left out where it is not shown", "[droits]") {
  Scene scene;
  record(*scene.journal, "2022-04-01",
         {{"personne:aline", "frein", R"({"code": "sante", "reponse": "non"})", "2022-04-01", "carnet"},
          {"personne:aline", "niveau_formation", R"({"niveau": "NV4"})", "2022-04-01", "carnet"}});
  for (const auto &[role, purpose] : std::vector<std::pair<std::string, std::string>>{{"membre", "accompagnement"},
                                                                                      {"pilote", "pilotage"},
                                                                                      {"evaluateur", "evaluation"},
                                                                                      {"pilote", "evaluation"}}) {
    INFO(role << " " << purpose);
    const Demande asked = ask(role, purpose);
    check_true(write_json(to_value(scene.see(asked))));
    check_true(write_json(to_value(scene.guichet.comparer(asked, scene.aline, day("2022-03-15"), day("2022-04-15")))));
    check_true(write_json(to_value(scene.guichet.historique(asked, scene.aline, "niveau_formation"))));
  }
  const auto differences = [&](const std::string &role, const std::string &purpose) {
    return write_json(
        to_value(scene.guichet.comparer(ask(role, purpose), scene.aline, day("2022-03-15"), day("2022-04-15"))));
  };
  CHECK(differences("membre", "accompagnement").find("frein") == std::string::npos); // a group has no days
  CHECK(differences("evaluateur", "evaluation")
            .find(R"({"chemin":"niveau_formation.niveau","avant":{"valeur":"NV3","source":"carnet",)"
                  R"("debut":{"@date":"2022-03-01"}},"apres":{"valeur":"NV4","source":"carnet",)"
                  R"("debut":{"@date":"2022-04-01"}}})") != std::string::npos);
  // What is shown whole keeps all of it.
  const std::string whole = differences("referent", "accompagnement");
  for (const char *key : {"\"enregistre\":", "\"evenement\":"})
    CHECK(whole.find(key) != std::string::npos);
  CHECK(whole.find("\"seq\":") == std::string::npos); // it would count what others hold back
}
