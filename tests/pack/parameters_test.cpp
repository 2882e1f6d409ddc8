// A parameter read at the date of a fact, a second-hand value, the values that a child leaves to its parent.
#include "tests/catch.hpp"

#include "spie/pack/values.hpp"
#include "tests/pack/files.hpp"

using namespace spie;
using namespace spie::testing;

namespace {

SmallPack dated(std::string_view lu_au = "trajet.depart") {
  SmallPack small;
  small.model = SmallPack::dmn("<literalExpression><text>distance &gt;= seuil</text></literalExpression>",
                               R"(<inputData id="i4" name="trajet" label="Trajet">
                                    <variable name="trajet" typeRef="t_trajet"/></inputData>
                                  <inputData id="i5" name="jour"><variable name="jour" typeRef="date"/></inputData>)");
  small.parameters = with(small.parameters, "\"article\"", "\"lu_au\": \"" + std::string(lu_au) + "\", \"article\"");
  small.parameters = with(small.parameters, "\"source\": \"p. 2\"", R"("source": "p. 2", "seconde_main": true)");
  small.cases = R"({"cas": []})";
  return small;
}

PackResult ask(const Pack &pack, std::string_view facts, std::string_view as_of) {
  return pack.evaluate("aide", read_json(facts), date(as_of));
}

} // namespace

TEST_CASE("a parameter is read at the date of the fact that it names, not at that of the question", "[pack][lu_au]") {
  const auto pack = dated().load();
  // 10 km until the end of 2022, 5 from 2023.
  const char *before = R"({"distance": 7, "trajet": {"depart": "2022-12-31"}})";
  const char *after = R"({"distance": 7, "trajet": {"depart": "2023-01-01"}})";
  for (const char *as_of : {"2022-06-01", "2023-06-01", "2026-01-01"}) {
    CHECK(ask(*pack, before, as_of).value.is_false());
    CHECK(ask(*pack, after, as_of).value.is_true());
  }
  const ParameterUse use = ask(*pack, after, "2022-06-01").parametres.at(0);
  CHECK(use.date == date("2023-01-01"));
  CHECK(use.depuis == date("2023-01-01"));
  CHECK(use.lu_au == "trajet.depart");
  CHECK(use.seconde_main);
  CHECK(!use.avant);
  CHECK(write_json(to_value(use)).find(R"("lu_au":"trajet.depart","lu_le":"2023-01-01")") != std::string::npos);
}

TEST_CASE("when that fact is unknown the parameter is, and the fact is what is missing", "[pack][lu_au]") {
  const auto pack = dated().load();
  const PackResult result = ask(*pack, R"({"distance": 7})", "2023-06-01");
  CHECK(result.status == dmn::Status::indetermine);
  CHECK(result.missing == std::vector<std::string>{"trajet.depart"});
  CHECK(!result.parametres.at(0).date);
  CHECK(result.explanation.find("Seuil : indéterminé, lu à la date de : Trajet, depart (trajet.depart)") !=
        std::string::npos);
  std::vector<std::string> paths;
  for (const dmn::FactInfo &fact : pack->facts("aide"))
    paths.push_back(fact.path);
  CHECK(paths == std::vector<std::string>{"distance", "trajet.depart"});
  PackEvaluateOptions given;
  given.parametres = {{"seuil", feel::Value(5)}};
  CHECK(pack->evaluate("aide", read_json(R"({"distance": 7})"), date("2023-06-01"), given).value.is_true());
}

TEST_CASE("a fact before the first value takes it, with a note", "[pack][lu_au]") {
  const auto pack = dated().load();
  const PackResult result = ask(*pack, R"({"distance": 7, "trajet": {"depart": "2021-12-31"}})", "2023-06-01");
  CHECK(result.value.is_false());
  CHECK(result.parametres.at(0).avant);
  CHECK(result.parametres.at(0).depuis == date("2022-01-01"));
  CHECK(result.explanation.find("ce jour vient avant la première valeur connue") != std::string::npos);
  CHECK(short_list(pack->check()) ==
        "P004 warning at aide.dmn, decision 'aide'\n"
        "P013 warning at aide.dmn, input 'permis'\nP013 warning at aide.dmn, input 'jour'\nP029 warning at pack.json");
}

TEST_CASE("lu_au names a fact, and a date", "[pack][lu_au]") {
  const std::string place = " error at parametres.json, parameter 'seuil', lu_au";
  CHECK(refusal([] { dated("jours").load(); }) == "P015" + place);
  CHECK(refusal([] { dated("trajet.arrivee").load(); }) == "P015" + place);
  CHECK(refusal([] { dated("seuil").load(); }) == "P015" + place);
  CHECK(refusal([] { dated("trajet").load(); }) == "P009" + place);
  CHECK(refusal([] { dated("distance").load(); }) == "P009" + place);
  CHECK(refusal([] { dated("jour").load(); }) == "accepted");
}

TEST_CASE("second-hand is true or false, and is said", "[pack][seconde-main]") {
  SmallPack small = dated();
  small.parameters = with(small.parameters, "\"seconde_main\": true", "\"seconde_main\": \"oui\"");
  CHECK(refusal([&] { small.load(); }) == "P002 error at parametres.json#/parametres/0/valeurs/1/seconde_main");
  const auto pack = dated().load();
  const std::string warning = "source de seconde main : à vérifier avant de le montrer comme du droit";
  const auto said = [&](std::string_view facts) { return ask(*pack, facts, "2023-06-01").explanation; };
  CHECK(said(R"({"distance": 7, "trajet": {"depart": "2023-01-01"}})").find(warning) != std::string::npos);
  CHECK(said(R"({"distance": 7, "trajet": {"depart": "2022-01-01"}})").find(warning) == std::string::npos);
  CHECK(write_json(to_value(pack->parameters().at(0))).find(R"("seconde_main":true)") != std::string::npos);
}

TEST_CASE("the delays that the pack marks second-hand are those that were read elsewhere", "[pack][seconde-main]") {
  std::vector<std::string> marked;
  for (const PackParameter &parameter : socle()->parameters())
    for (const ParameterValue &value : parameter.valeurs)
      if (value.seconde_main)
        marked.push_back(parameter.nom + ' ' + value.depuis.to_string().substr(0, 4));
  CHECK(marked == std::vector<std::string>{
                      "delai_orientation_mois 2022", "delai_orientation_mois 2025", "delai_orientation_jours 2022",
                      "delai_orientation_jours 2025", "delai_contrat_professionnel 2022", "delai_contrat_social 2022",
                      "delai_reexamen_parcours_social 2022", "debut_reexamen_au_contrat 2022",
                      "delai_reexamen_contrat 2025", "delai_reexamen_difficultes 2025", "duree_conservation 2022"});
}

TEST_CASE("a child's parameter that begins later leaves its parent's values before", "[pack][extends]") {
  SmallPack child;
  child.manifest =
      with(child.manifest, "\"id\": \"petit\"", R"("extends": {"id": "petit", "version": ">=1"}, "id": "enfant")");
  child.manifest = with(child.manifest, "[\"aide.dmn\"]", "[]");
  child.articles = R"({"articles": [{"id": "art-9", "titre": "Article 9", "resume": "Autre.", "place": "p. 9"}]})";
  child.parameters = R"({"parametres": [{"nom": "seuil", "titre": "Seuil", "unite": "km", "type": "number",
    "article": "art-9", "valeurs": [{"depuis": "2022-07-01", "valeur": 3, "source": "p. 9"}]}]})";
  child.cases = R"({"cas": []})";
  const auto pack = child.load({SmallPack().load()});
  const auto at = [&](std::string_view day) {
    const PackResult result = pack->evaluate("aide", read_json(R"({"distance": 4, "permis": "non"})"), date(day));
    return result.parametres.at(0).valeur.to_string() + ' ' + result.parametres.at(0).article;
  };
  CHECK(at("2022-06-30") == "10 art-1");
  CHECK(at("2022-07-01") == "3 art-9");
  CHECK(at("2023-06-01") == "3 art-9"); // the parent's later value is replaced
  CHECK(pack->evaluate("aide", read_json(R"({"distance": 4, "permis": "non"})"), date("2022-07-01")).value.is_true());
}
