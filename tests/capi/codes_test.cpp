// The codes that spie.h names, one fault each: what a caller may rely on when it sorts refusals.
#include "tests/capi/c_api.hpp"

#include <map>
#include <vector>

using namespace capi_test;

namespace {

using Files = std::map<std::string, std::string>;

std::string document(const std::string &elements) {
  return R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="urn:m">)" +
         elements + "</definitions>";
}

std::string decision(const std::string &name, const std::string &feel, const std::string &needs = {}) {
  return "<decision id=\"d_" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"/>" + needs +
         "<literalExpression><text>" + feel + "</text></literalExpression></decision>";
}

const std::string needs_limit = R"(<informationRequirement><requiredInput href="#i_seuil"/></informationRequirement>)";
const std::string limit =
    R"(<inputData id="i_seuil" name="seuil"><variable name="seuil" typeRef="number"/></inputData>)";

// A pack of one rule over one parameter.
Files pack_files() {
  return {{"pack.json", R"({"id": "essai", "version": "1.0.0", "titre": "Essai", "autorite": "Personne",
             "periode": {"debut": "2022-01-01", "fin": "2023-12-31"}, "modeles": ["r.dmn"], "roles": {},
             "langue": "fr"})"},
          {"articles.json", R"({"articles": []})"},
          {"parametres.json", R"({"parametres": [{"nom": "seuil", "titre": "Seuil", "unite": "", "type": "number",
             "article": "", "valeurs": [{"depuis": "2022-01-01", "valeur": 10, "source": "", "note": ""}]}]})"},
          {"r.dmn", document(limit + decision("d", "seuil + 1", needs_limit))}};
}

std::vector<spie_file> pointers(const Files &files) {
  std::vector<spie_file> result;
  for (const auto &[name, bytes] : files)
    result.push_back({name.c_str(), bytes.data(), bytes.size()});
  return result;
}

spie_status load(Pack &pack, const Files &files, spie_error &error) {
  const std::vector<spie_file> given = pointers(files);
  return spie_pack_from_files(pack.out(), given.data(), given.size(), nullptr, 0, &error);
}

std::string replaced(std::string text, const std::string &part, const std::string &by) {
  const std::size_t at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.replace(at, part.size(), by);
}

// The code of a pack of which one file has one part replaced; the whole file when the part is empty.
std::string code_of_pack(const std::string &file, const std::string &part, const std::string &by) {
  Files files = pack_files();
  files[file] = part.empty() ? by : replaced(files[file], part, by);
  if (files[file].empty())
    files.erase(file);
  CError error;
  Pack pack;
  CHECK(load(pack, files, error) != SPIE_OK);
  CHECK(pack.get() == nullptr);
  return error.code;
}

std::string code_of_model(const std::string &elements) {
  const std::string xml = document(elements);
  const spie_file file{"m.dmn", xml.data(), xml.size()};
  CError error;
  Model model;
  CHECK(spie_model_from_files(model.out(), &file, 1, nullptr, &error) != SPIE_OK);
  return error.code;
}

} // namespace

TEST_CASE("a pack is refused with the codes of its load") {
  CError error;
  Pack pack;
  CHECK_OK(load(pack, pack_files(), error));

  CHECK(code_of_pack("r.dmn", "", "") == "P001");
  CHECK(code_of_pack("pack.json", "\"essai\"", "3") == "P002");
  CHECK(code_of_pack("pack.json", "\"langue\"", R"("extends": {"id": "absent", "version": ">=1.0.0"}, "langue")") ==
        "P003");
  CHECK(code_of_pack("parametres.json", "10", "\"dix\"") == "P009");
  CHECK(code_of_pack("r.dmn", "seuil + 1", "today()") == "P012");
  CHECK(code_of_pack("articles.json", "[]", R"([{"id": "a", "titre": "A", "resume": "R", "place": "1"},
                                               {"id": "a", "titre": "A", "resume": "R", "place": "1"}])") == "P017");
  CHECK(code_of_pack("r.dmn", "</definitions>", "") == "D001");
  CHECK(code_of_pack("r.dmn", "seuil + 1", "seuil +") == "F001");
}

TEST_CASE("a decision refuses facts, parameters and days with the codes of its evaluation") {
  CError error;
  Pack pack;
  Decision decision;
  Text text;
  CHECK_OK(load(pack, pack_files(), error));
  CHECK_OK(spie_pack_decision(decision.out(), pack.get(), "d", &error));
  const auto evaluate = [&](std::string_view facts, std::string_view parameters, const char *day) {
    spie_evaluate_options options = SPIE_EVALUATE_OPTIONS_INIT;
    options.parameters = parameters.data();
    options.parameters_length = parameters.size();
    return spie_decision_evaluate(text.out(), text.length(), decision.get(), facts.data(), facts.size(), day, &options,
                                  &error);
  };
  CHECK_OK(evaluate("{}", R"({"seuil": 20})", "2022-06-01"));
  CHECK(text.json()["valeur"] == 21);
  CHECK_REFUSED(evaluate("{}", R"({"seuil": true})", "2022-06-01"), SPIE_ERROR_PACK, "P009");
  CHECK_REFUSED(evaluate("{}", R"({"plafond": 20})", "2022-06-01"), SPIE_ERROR_PACK, "P015");
  CHECK_REFUSED(evaluate(R"({"plafond": 20})", "{}", "2022-06-01"), SPIE_ERROR_PACK, "P015");
  CHECK_REFUSED(evaluate(R"({"seuil": 20})", "{}", "2022-06-01"), SPIE_ERROR_PACK, "P014");
  CHECK_REFUSED(evaluate("{}", "{}", "2021-12-31"), SPIE_ERROR_PACK, "P018");
  CHECK_REFUSED(evaluate("{", "{}", "2022-06-01"), SPIE_ERROR_JSON, "J001");
  CHECK_REFUSED(evaluate("[]", "{}", "2022-06-01"), SPIE_ERROR_JSON, "J002");
  CHECK_REFUSED(evaluate(std::string(300, '['), "{}", "2022-06-01"), SPIE_ERROR_JSON, "J003");
  CHECK_REFUSED(evaluate(R"({"a": 1, "a": 2})", "{}", "2022-06-01"), SPIE_ERROR_JSON, "J004");
}

TEST_CASE("a model is refused with the codes of its load") {
  CHECK(code_of_model("<") == "D001");
  CHECK(code_of_model("<decision id=\"d\"/>") == "D002");
  CHECK(code_of_model("<import name=\"a\" namespace=\"urn:a\" "
                      "importType=\"https://www.omg.org/spec/DMN/20191111/MODEL/\"/>") == "D003");
  CHECK(code_of_model(decision(
            "d", "d", "<informationRequirement><requiredDecision href=\"#d_d\"/></informationRequirement>")) == "D004");
  CHECK(code_of_model(replaced(limit, "number", "nombre")) == "D005");
  CHECK(code_of_model(decision("d", "1") + decision("d", "2")) == "D012");
  const auto knowledge = [](const std::string &logic) {
    return "<businessKnowledgeModel id=\"k\" name=\"k\"><variable name=\"k\"/>" + logic + "</businessKnowledgeModel>";
  };
  CHECK(code_of_model(knowledge("<encapsulatedLogic kind=\"PMML\"><literalExpression><text>1</text>"
                                "</literalExpression></encapsulatedLogic>")) == "D014");
  CHECK(code_of_model(decision("d", "'a'")) == "D015");
  CHECK(code_of_model(decision("d", "1 +")) == "F001");
}

TEST_CASE("a pack without the roles of the convention gives no document") {
  CError error;
  Pack pack;
  Ledger ledger;
  Text text;
  CHECK_OK(load(pack, pack_files(), error));
  const std::string empty = "id;date;action;nature;libelle;fournisseur;montant;axe;date_paiement;piece;necessaire;"
                            "cofinancement;montant_cofinance\n";
  CHECK_OK(spie_ledger_read(ledger.out(), the_pack(), empty.data(), empty.size(), nullptr, &error));
  CHECK_REFUSED(spie_convention_budget(text.out(), nullptr, pack.get(), nullptr, SPIE_FORMAT_JSON, &error),
                SPIE_ERROR_PACK, "P001");
  CHECK_REFUSED(spie_convention_statement(text.out(), nullptr, pack.get(), ledger.get(), nullptr, "2023-12-31", nullptr,
                                          SPIE_FORMAT_JSON, &error),
                SPIE_ERROR_PACK, "P011");
  CHECK_REFUSED(spie_convention_control(text.out(), nullptr, pack.get(), ledger.get(), nullptr, 2022, nullptr,
                                        SPIE_FORMAT_JSON, &error),
                SPIE_ERROR_PACK, "P011");
  CHECK_REFUSED(
      spie_convention_schedule(text.out(), nullptr, pack.get(), "2022-04-01", nullptr, SPIE_FORMAT_JSON, &error),
      SPIE_ERROR_PACK, "P011");

  Files with_budget = pack_files();
  with_budget["donnees/budget.json"] = "[]";
  Pack budgeted;
  CHECK_OK(load(budgeted, with_budget, error));
  CHECK_REFUSED(spie_convention_budget(text.out(), nullptr, budgeted.get(), nullptr, SPIE_FORMAT_JSON, &error),
                SPIE_ERROR_PACK, "P002");
}
