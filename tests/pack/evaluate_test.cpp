#include "tests/catch.hpp"

#include "tests/pack/files.hpp"
#include "tests/temporary.hpp"

#include <filesystem>
#include <fstream>

using namespace spie;
using namespace spie::testing;
using feel::Value;

namespace {

Value facts(std::string_view json) { return read_json(json); }

std::string answer(const Pack &pack, std::string_view json, std::string_view as_of, PackEvaluateOptions options = {}) {
  const PackResult result = pack.evaluate("aide", facts(json), date(as_of), options);
  std::string text = std::string(dmn::text(result.status)) + ' ' + result.value.to_string();
  for (const std::string &path : result.missing)
    text += " -" + path;
  for (const std::string &path : result.refused)
    text += " !" + path;
  return text;
}

// A child of the small pack.
SmallPack child() {
  SmallPack pack;
  pack.manifest = R"({"id": "enfant", "version": "0.1", "titre": "Enfant", "autorite": "Personne",
    "periode": {"debut": "2022-01-01"}, "extends": {"id": "petit", "version": ">=1 <2"}, "modeles": []})";
  pack.articles = R"({"articles": []})";
  pack.parameters = R"({"parametres": []})";
  pack.cases = R"({"cas": []})";
  return pack;
}

} // namespace

TEST_CASE("a parameter takes the value in force at the date of the decision", "[pack][evaluate]") {
  const auto pack = SmallPack().load();
  const auto at = [&](std::string_view day) { return pack->parameter_at("seuil", date(day)).valeur.to_string(); };
  CHECK(at("2022-01-01") == "10");
  CHECK(at("2022-12-31") == "10");
  CHECK(at("2023-01-01") == "5");
  CHECK(at("2099-12-31") == "5"); // after the period, the last value holds
  CHECK(refusal([&] { pack->parameter_at("seuil", date("2021-12-31")); }) == "P018 error at seuil");
  CHECK(refusal([&] { pack->parameter_at("seul", date("2022-01-01")); }) == "P015 error at seul");
  CHECK(answer(*pack, R"({"distance": 7, "permis": "non"})", "2022-12-31") == "determine false");
  CHECK(answer(*pack, R"({"distance": 7, "permis": "non"})", "2023-01-01") == "determine true");
  CHECK(refusal([&] { answer(*pack, R"({"distance": 7})", "2021-12-31"); }) == "P018 error at seuil");
}

TEST_CASE("a fact that cannot change the answer is not asked for", "[pack][evaluate]") {
  const auto pack = SmallPack().load();
  CHECK(answer(*pack, "{}", "2022-06-01") == "indetermine null -distance -permis");
  CHECK(answer(*pack, R"({"distance": 12})", "2022-06-01") == "indetermine null -permis");
  CHECK(answer(*pack, R"({"distance": 3})", "2022-06-01") == "determine false");
  CHECK(answer(*pack, R"({"distance": 3, "permis": null})", "2022-06-01") == "determine false");
  CHECK(answer(*pack, R"({"distance": 12, "permis": "non_aborde"})", "2022-06-01") == "indetermine null -permis");
  CHECK(answer(*pack, R"({"distance": 12, "permis": "ne_sait_pas"})", "2022-06-01") == "indetermine null -permis");
  CHECK(answer(*pack, R"({"distance": 12, "permis": "refuse"})", "2022-06-01") == "indetermine null -permis !permis");
}

TEST_CASE("what is no fact of the pack is refused, with its place and the nearest name", "[pack][evaluate]") {
  const auto pack = SmallPack().load();
  const auto refused = [&](std::string_view json) { return refusal([&] { answer(*pack, json, "2022-06-01"); }); };
  CHECK(refused(R"({"seuil": 3})") == "P014 error at /seuil");
  CHECK(refused(R"({"distence": 3})") == "P015 error at /distence");
  CHECK(refused(R"({"aide": true})") == "P015 error at /aide");
  CHECK(refused(R"({"distance": "12"})") == "P016 error at /distance");
  CHECK(refused(R"({"distance": 12, "permis": "peut-être"})") == "P016 error at /permis");
  CHECK(refused(R"([])") == "P016 error at ");
  CHECK(refused(R"({"distance": true, "permi": 1})") == "P016 error at /distance\nP015 error at /permi");
  CHECK(refusal([&] { pack->evaluate("aides", Value(), date("2022-06-01"), {}); }) == "D011 error at aides");
  try {
    answer(*pack, R"({"distence": 3})", "2022-06-01");
    FAIL("accepted");
  } catch (const Error &error) {
    CHECK(error.first().message.find("did you mean 'distance'") != std::string::npos);
  }
  const auto message = [&](std::string_view json) -> std::string {
    try {
      answer(*pack, json, "2022-06-01");
    } catch (const Error &error) {
      return error.first().message;
    }
    return {};
  };
  CHECK(message(R"({"distance": "12"})") == "'distance' is \"12\", a number is expected");
  CHECK(message(R"({"permis": true})").starts_with("'permis' is true, not one of \"oui\", \"non\""));
}

TEST_CASE("dates and durations may be written as ISO text; numbers may not", "[pack][evaluate]") {
  SmallPack small;
  small.model = SmallPack::dmn(
      "<literalExpression><text>trajet.depart + trajet.duree &gt; date(\"2022-06-02\") and distance &gt; "
      "seuil and permis = \"non\"</text></literalExpression>",
      R"(<inputData id="i4" name="trajet"><variable name="trajet" typeRef="t_trajet"/></inputData>)",
      R"(<informationRequirement><requiredInput href="#i4"/></informationRequirement>)");
  small.cases = R"({"cas": []})";
  const auto pack = small.load();
  const auto ask = [&](std::string_view trip) {
    return answer(*pack, R"({"distance": 20, "permis": "non", "trajet": )" + std::string(trip) + "}", "2022-06-01");
  };
  CHECK(ask(R"({"depart": "2022-06-01", "duree": "P2D"})") == "determine true");
  CHECK(ask(R"({"depart": {"@date": "2022-06-01"}, "duree": {"@duration": "P1D"}})") == "determine false");
  CHECK(ask(R"({"depart": "2022-06-01"})") == "indetermine null -trajet.duree");
  CHECK(ask(R"({})") == "indetermine null -trajet.depart -trajet.duree");
  CHECK(ask("null") == "indetermine null -trajet.depart -trajet.duree");
  CHECK(refusal([&] { ask(R"({"depart": "2022-02-30"})"); }) == "P016 error at /trajet/depart");
  CHECK(refusal([&] { ask(R"({"depart": "2022-06-01", "dure": "P1D"})"); }) == "P015 error at /trajet/dure");
  CHECK(refusal([&] { ask(R"("2022-06-01")"); }) == "P016 error at /trajet");
}

TEST_CASE("readings and simulations give a parameter another value for one evaluation", "[pack][readings]") {
  const auto pack = SmallPack().load();
  PackEvaluateOptions options;
  options.parametres = {{"seuil", Value(5)}};
  CHECK(answer(*pack, R"({"distance": 7, "permis": "non"})", "2022-06-01", options) == "determine true");
  const PackResult result =
      pack->evaluate("aide", facts(R"({"distance": 7, "permis": "non"})"), date("2022-06-01"), options);
  REQUIRE(result.parametres.size() == 1);
  CHECK(result.parametres[0].given);
  CHECK(result.parametres[0].valeur.to_string() == "5");
  options.parametres = {{"seul", Value(5)}};
  CHECK(refusal([&] { answer(*pack, "{}", "2022-06-01", options); }) == "P015 error at seul");
  options.parametres = {{"seuil", Value("cinq")}};
  CHECK(refusal([&] { answer(*pack, "{}", "2022-06-01", options); }) == "P009 error at seuil");

  const auto seine = seine_et_marne();
  PackEvaluateOptions reading;
  reading.parametres = {{"base_plafond_frais", Value("cout_reel")}};
  const Value costs = facts(R"({"cout_budget": 620000, "cout_total": 100000})");
  CHECK(seine->evaluate("plafond_frais", costs, date("2023-12-31"), {}).value.to_string() == "93000");
  CHECK(seine->evaluate("plafond_frais", costs, date("2023-12-31"), reading).value.to_string() == "15000");
  reading.parametres = {{"base_plafond_frais", Value("moitie")}};
  CHECK(refusal([&] { seine->evaluate("plafond_frais", costs, date("2023-12-31"), reading); }) ==
        "P009 error at base_plafond_frais");
}

TEST_CASE("a result names the pack, the articles and the parameters it stands on", "[pack][evaluate]") {
  const auto pack = SmallPack().load();
  const Value given = facts(R"({"distance": 12, "permis": "non"})");
  const PackResult result = pack->evaluate("aide", given, date("2023-06-01"), {});
  CHECK(result.decision == "aide");
  CHECK(result.as_of == date("2023-06-01"));
  CHECK(result.pack_id == "petit");
  CHECK(result.pack_version == "1.2.0");
  CHECK(result.pack_sha256 == pack->sha256());
  CHECK(result.articles == std::vector<std::string>{"art-1"});
  REQUIRE(result.parametres.size() == 1);
  CHECK(result.parametres[0].nom == "seuil");
  CHECK(result.parametres[0].depuis == date("2023-01-01"));
  CHECK_FALSE(result.parametres[0].given);
  CHECK(result.trace.decisions.size() == 1);
  PackEvaluateOptions fast;
  fast.trace = false;
  const PackResult bare = pack->evaluate("aide", given, date("2023-06-01"), fast);
  CHECK(bare.value.is_true());
  CHECK(bare.trace.decisions.empty());
  CHECK(bare.explanation.empty());
}

TEST_CASE("a child replaces a parameter, a decision or a case of its base, and what depends on it follows",
          "[pack][extends]") {
  const auto base = SmallPack().load();
  const std::string near = R"({"distance": 3, "permis": "non"})";

  SmallPack parameter = child();
  parameter.parameters = with(SmallPack().parameters, "\"valeur\": 10", "\"valeur\": 2");
  const auto lower = parameter.load({base});
  CHECK(answer(*lower, near, "2022-06-01") == "determine true");
  CHECK(answer(*base, near, "2022-06-01") == "determine false");
  CHECK(lower->find_parameter("seuil")->pack == "enfant");
  CHECK(lower->bases() == std::vector<std::string>{"petit"});
  CHECK(lower->find_article("art-1")->pack == "petit");
  CHECK(lower->role("aide") == "aide");
  REQUIRE(lower->cases().size() == 1); // the base's, which still holds
  CHECK(lower->cases()[0].pack == "petit");
  CHECK(lower->run_cases()[0].passed);

  SmallPack decision = child();
  decision.manifest = with(decision.manifest, "\"modeles\": []", "\"modeles\": [\"aide.dmn\"]");
  decision.model = SmallPack::dmn("<literalExpression><text>true</text></literalExpression>");
  const auto open = decision.load({base});
  CHECK(answer(*open, "{}", "2022-06-01") == "determine true");

  SmallPack one = child();
  one.cases = with(SmallPack().cases, "\"distance\": 10", "\"distance\": 11");
  const auto replaced = one.load({base});
  REQUIRE(replaced->cases().size() == 1);
  CHECK(replaced->cases()[0].pack == "enfant");
}

TEST_CASE("the dependents of a replaced decision see the child's", "[pack][extends]") {
  SmallPack small;
  small.model = with(small.model, "</definitions>",
                     R"(<decision id="d2" name="double" label="Double"><variable name="double" typeRef="boolean"/>
    <informationRequirement><requiredDecision href="#d1"/></informationRequirement>
    <literalExpression><text>not(aide)</text></literalExpression></decision></definitions>)");
  const auto base = small.load();
  SmallPack decision = child();
  decision.manifest = with(decision.manifest, "\"modeles\": []", "\"modeles\": [\"aide.dmn\"]");
  decision.model = SmallPack::dmn("<literalExpression><text>true</text></literalExpression>");
  const auto over = decision.load({base});
  const Value given = facts(R"({"distance": 3, "permis": "non"})");
  CHECK(base->evaluate("double", given, date("2022-06-01"), {}).value.is_true());
  CHECK(over->evaluate("double", given, date("2022-06-01"), {}).value.is_false());
}

TEST_CASE("a folder and the same bytes by name are the same pack", "[pack][load]") {
  namespace fs = std::filesystem;
  const TemporaryFolder temporary;
  const fs::path &root = temporary.path();
  const auto write = [&](const fs::path &folder, const Pack::Files &files) {
    for (const auto &[name, bytes] : files) {
      fs::create_directories((folder / name).parent_path());
      std::ofstream(folder / name, std::ios::binary) << bytes;
    }
  };
  write(root / "base", SmallPack().files()); // a folder of another name than the id
  write(root / "enfant", child().files());
  std::ofstream(root / "base" / "NOTES.txt") << "not part of the pack";
  const auto loaded = Pack::load((root / "enfant").string());
  CHECK(loaded->bases() == std::vector<std::string>{"petit"});
  const auto base = SmallPack().load();
  CHECK(loaded->sha256() == child().load({base})->sha256());
  CHECK(Pack::load((root / "base").string())->sha256() == base->sha256());

  SmallPack changed;
  changed.articles += "\n";
  CHECK(changed.load()->sha256() != base->sha256());

  write(root / "ailleurs" / "enfant", child().files());
  CHECK(refusal([&] { Pack::load((root / "ailleurs" / "enfant").string()); }) == "P003 error at pack.json#/extends/id");
  PackOptions options;
  options.search = {(root / "ailleurs").string(), root.string()};
  CHECK(Pack::load((root / "ailleurs" / "enfant").string(), options)->id() == "enfant");

  // Two packs that extend one another.
  SmallPack a = child(), b = child();
  a.manifest = with(a.manifest, "\"petit\"", "\"autre\"");
  b.manifest = with(with(b.manifest, "\"petit\"", "\"enfant\""), "\"enfant\", \"version\": \"0.1\"",
                    "\"autre\", \"version\": \"1.1\"");
  write(root / "cercle" / "a", a.files());
  write(root / "cercle" / "b", b.files());
  CHECK(refusal([&] { Pack::load((root / "cercle" / "a").string()); }).starts_with("P003"));
}
