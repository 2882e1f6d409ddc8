// The analysis of tables, coverage and difference through the C interface.
#include "tests/capi/c_api.hpp"

using namespace capi_test;

namespace {

const std::string hole = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="Remise" namespace="urn:remise">
  <inputData id="i1" name="montant"><variable name="montant" typeRef="number"/></inputData>
  <decision id="d1" name="remise"><variable name="remise" typeRef="number"/>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <decisionTable hitPolicy="UNIQUE">
      <input><inputExpression typeRef="number"><text>montant</text></inputExpression></input>
      <output typeRef="number"/>
      <rule><inputEntry><text>&lt; 100</text></inputEntry><outputEntry><text>0</text></outputEntry></rule>
      <rule><inputEntry><text>&gt; 100</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>)";

} // namespace

TEST_CASE("the tables of a model are analysed") {
  CError error;
  Text text;
  Model model;
  const spie_file files[] = {{"remise.dmn", hole.data(), hole.size()}};
  CHECK_OK(spie_model_from_files(model.out(), files, 1, nullptr, &error));
  CHECK_OK(spie_model_analyse(text.out(), text.length(), model.get(), nullptr, &error));
  const Json table = text.json()["tables"][0];
  CHECK(table["analyse"] == "complete");
  CHECK(table["motif"].is_null());
  CHECK(table["trous"][0]["temoin"]["montant"] == 100);
  CHECK(table["trous"][0]["region"] == "montant = 100");
  CHECK(table["recouvrements"].empty());

  spie_analysis_options options = SPIE_ANALYSIS_OPTIONS_INIT;
  options.decision = "remise";
  options.work = 1;
  CHECK_OK(spie_model_analyse(text.out(), text.length(), model.get(), &options, &error));
  CHECK(text.json()["tables"][0]["analyse"] == "partielle");
  options.decision = "remises";
  CHECK_REFUSED(spie_model_analyse(text.out(), text.length(), model.get(), &options, &error), SPIE_ERROR_DMN, "D011");
  CHECK_REFUSED(spie_model_analyse(text.out(), text.length(), nullptr, nullptr, &error), SPIE_ERROR_ARGUMENT, "A001");
}

TEST_CASE("the coverage of a pack, and its difference with itself") {
  CError error;
  Text text;
  Pack pack;
  CHECK_OK(spie_pack_load(pack.out(), SPIE_SOURCE_DIR "/packs/socle-national", nullptr, &error));
  CHECK_OK(spie_pack_coverage(text.out(), text.length(), pack.get(), -1, &error));
  const Json coverage = text.json();
  CHECK(coverage["regles"]["total"].get<int>() >= coverage["regles"]["exercees"].get<int>());
  CHECK(coverage["propositions"].empty());
  CHECK_OK(spie_pack_difference(text.out(), text.length(), pack.get(), pack.get(), &error));
  CHECK(text.json() == Json::parse(R"({"decisions": [], "entrees": [], "parametres": [], "articles": [], "cas": [],
                                      "fichiers_identiques": true})"));
  CHECK_REFUSED(spie_pack_difference(text.out(), text.length(), pack.get(), nullptr, &error), SPIE_ERROR_ARGUMENT,
                "A001");
  CHECK_REFUSED(spie_pack_coverage(text.out(), text.length(), nullptr, 0, &error), SPIE_ERROR_ARGUMENT, "A001");
}

TEST_CASE("which decisions of a pack go by columns") {
  CError error;
  Text text;
  Pack pack;
  CHECK_OK(spie_pack_load(pack.out(), SPIE_SOURCE_DIR "/packs/seine-et-marne-2022-2023", nullptr, &error));
  CHECK_OK(spie_pack_columns(text.out(), text.length(), pack.get(), "2022-06-01", &error));
  std::size_t by_columns = 0;
  for (const Json &one : text.json()) {
    CHECK(one["colonnes"].get<bool>() == one["motif"].get<std::string>().empty());
    CHECK(one["mots"].get<std::string>().empty() == one["motif"].get<std::string>().empty());
    for (const Json &part : one["par_lignes"]) {
      CHECK(one["colonnes"].get<bool>());
      CHECK(part["mots"] != "");
      CHECK(part["mots"] != part["motif"]);
    }
    by_columns += one["colonnes"].get<bool>() ? 1U : 0U;
    if (one["decision"] == "entree")
      CHECK(one["colonnes"].get<bool>());
  }
  CHECK(by_columns > 50);
  CHECK_OK(spie_pack_columns(text.out(), text.length(), pack.get(), nullptr, &error));
  CHECK_REFUSED(spie_pack_columns(text.out(), text.length(), pack.get(), "juin", &error), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_pack_columns(text.out(), text.length(), nullptr, nullptr, &error), SPIE_ERROR_ARGUMENT, "A001");
}
