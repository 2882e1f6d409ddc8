// The order of sources as packs give it.
#include "tests/dossier/events.hpp"

#include "spie/dossier/contenu.hpp"
#include "tests/pack/files.hpp"

using namespace spie;
using namespace spie::dossier;
using namespace spie::testing;

TEST_CASE("the order of sources comes from the pack, that of a base pack too", "[dossier][sources]") {
  const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  const Regles rules = read_regles(*pack);
  REQUIRE_FALSE(rules.sources.empty());
  for (const OrdreSources &rule : rules.sources) {
    CAPTURE(rule.chemin);
    // Each path is one that a situation has.
    std::string_view path = rule.chemin;
    if (path == "foyer")
      continue;
    CHECK(find_type(path.substr(0, path.find('.'))) != nullptr);
    CHECK_FALSE(rule.ordre.empty());
  }

  const auto journal = store::open_memory();
  record(*journal, "2022-03-05",
         {{"personne:aline", "inscription", R"({"categorie": "1"})", "2022-01-01", "france_travail.extrait"},
          {"personne:aline", "inscription", R"({"categorie": "2"})", "2022-02-01", "carnet"}});
  CHECK(fact(situation(*journal, subject("personne:aline"), day("2022-04-01"), {}, rules), "inscription.categorie") ==
        "1 (france_travail.extrait, ordre_des_sources)");
}

TEST_CASE("an order of sources that has not its form is refused at its place", "[dossier][sources]") {
  const auto rules = [](const std::string &json) {
    SmallPack pack;
    pack.more = {{"donnees/sources.json", json}};
    try {
      read_regles(*pack.load());
      return std::string();
    } catch (const Error &error) {
      return std::string(text(error.first().code)) + " at " + error.first().where;
    }
  };
  CHECK(rules("[]") == "P002 at donnees/sources.json#/sources");
  CHECK(rules(R"({"sources": [3]})") == "P002 at donnees/sources.json#/sources/0");
  CHECK(rules(R"({"sources": [{"chemin": "identite"}]})") == "P002 at donnees/sources.json#/sources/0/ordre");
  CHECK(rules(R"({"sources": [{"ordre": [1]}]})") == "P002 at donnees/sources.json#/sources/0/ordre");
  CHECK(rules(R"({"sources": [{"ordre": ["caf"], "age_max_mois": "un an"}]})") ==
        "P002 at donnees/sources.json#/sources/0/age_max_mois");
  CHECK(rules(R"({"sources": [{"ordre": ["caf"]}]})").empty());
}
