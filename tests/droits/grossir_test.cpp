// Coarse forms: what they keep, and what no date asked about gets out of them.
#include "tests/droits/scene.hpp"

using namespace spie;
using namespace spie::droits;
using namespace spie::testing;

namespace {

std::string changes(Scene &scene, const Demande &asked, std::string_view before, std::string_view after) {
  std::string text;
  for (const auto &one : scene.guichet.comparer(asked, scene.aline, day(before), day(after)).differences)
    text += one.chemin + " ";
  return text;
}

} // namespace

TEST_CASE("the day asked about does not tell when somebody was born", "[droits]") {
  Scene scene;
  // Of 15 June 1990: 26 years old on 15 June 2016, 32 on the day of the demand.
  const Demande asked = ask("pilote", "pilotage");
  record(*scene.journal, "2022-03-06",
         {{"personne:aline", "identite",
           R"({"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": {"@date": "1990-06-15"}})", "2010-01-01",
           "caf.vrsb"}});
  for (const char *at : {"2016-06-14", "2016-06-15", "2045-01-01"})
    CHECK(shown(scene.see(asked, at).situation, "identite.date_naissance") == "~26 à 49 ans");
  CHECK(changes(scene, asked, "2016-06-14", "2016-06-15").empty());
  // The band is that of the demand.
  CHECK(shown(scene.see(ask("pilote", "pilotage", "2040-06-14T12:00:00Z")).situation, "identite.date_naissance") ==
        "~26 à 49 ans");
  CHECK(shown(scene.see(ask("pilote", "pilotage", "2040-06-15T12:00:00Z")).situation, "identite.date_naissance") ==
        "~50 ans et plus");
}

TEST_CASE("the day asked about does not tell when a child was born", "[droits]") {
  Scene scene;
  record(
      *scene.journal, "2022-05-02",
      {{"foyer:f1", "composition",
        R"({"enfants": [{"mois_naissance": "2020-05"}, {"mois_naissance": "2021-07"}, {"mois_naissance": "2022-04"}]})",
        "2022-05-01", "caf.vrsb"}});
  const Demande asked = ask("membre", "accompagnement");
  for (const char *at : {"2022-04-30", "2022-05-01"})
    CHECK(shown(scene.see(asked, at).situation, "foyer.composition.enfants") == "~3");
  CHECK(changes(scene, asked, "2022-04-30", "2022-05-01").empty());
  // Nor does the right of access, of the other members of her household.
  const auto given = [&](std::string_view at) {
    return write_json(scene.guichet.acces(ask("personne", "droit_acces"), scene.aline, day(at)));
  };
  const std::string three = R"({"chemin":"foyer.composition.enfants","valeur":3,"grossi":true})";
  CHECK(given("2022-04-30").find(three) != std::string::npos);
  CHECK(given("2022-05-01").find(three) != std::string::npos);
}
