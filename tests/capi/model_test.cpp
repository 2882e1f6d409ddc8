#include "tests/capi/c_api.hpp"

using namespace capi_test;

namespace {

const std::string header = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" )";

const std::string discount = header + R"(id="m" name="Remise" namespace="http://example.org/remise">
  <inputData id="i1" name="montant"><variable name="montant" typeRef="number"/></inputData>
  <decision id="d1" name="remise"><variable name="remise" typeRef="number"/>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <decisionTable hitPolicy="UNIQUE">
      <input><inputExpression typeRef="number"><text>montant</text></inputExpression></input>
      <output typeRef="number"/>
      <rule><inputEntry><text>&lt; 100</text></inputEntry><outputEntry><text>0</text></outputEntry></rule>
      <rule><inputEntry><text>&gt;= 100</text></inputEntry><outputEntry><text>montant * 0.1</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="d2" name="net"><variable name="net" typeRef="number"/>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <informationRequirement><requiredDecision href="#d1"/></informationRequirement>
    <literalExpression><text>montant - remise</text></literalExpression>
  </decision>
  <decisionService id="s1" name="caisse"><outputDecision href="#d2"/><encapsulatedDecision href="#d1"/>
    <inputData href="#i1"/></decisionService>
</definitions>)";

const std::string importing = header + R"(xmlns:r="http://example.org/remise" id="n" name="Vente"
    namespace="http://example.org/vente">
  <import name="r" namespace="http://example.org/remise" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>
  <decision id="v1" name="arrondi"><variable name="arrondi" typeRef="number"/>
    <informationRequirement><requiredDecision href="http://example.org/remise#d2"/></informationRequirement>
    <literalExpression><text>round half up(r.net, 0)</text></literalExpression>
  </decision>
</definitions>)";

const std::string faulty = header + R"(id="f" name="Faute" namespace="http://example.org/faute">
  <decision id="d1" name="bonne"><variable name="bonne"/><literalExpression><text>1</text></literalExpression></decision>
  <decision id="d2" name="mauvaise"><variable name="mauvaise"/>
    <literalExpression><text>inconnu + 1</text></literalExpression></decision>
</definitions>)";

spie_file file(const char *name, const std::string &xml) { return {name, xml.data(), xml.size()}; }

Json evaluate(const Model &model, const char *decision, std::string_view inputs,
              const spie_model_evaluate_options *options = nullptr) {
  CError error;
  Text text;
  CHECK_OK(spie_model_evaluate(text.out(), text.length(), model.get(), decision, inputs.data(), inputs.size(), options,
                               &error));
  return text.json();
}

} // namespace

TEST_CASE("a DMN model evaluates its decisions and services") {
  CError error;
  Text text;
  Model model;
  const spie_file files[] = {file("remise.dmn", discount)};
  CHECK_OK(spie_model_from_files(model.out(), files, 1, nullptr, &error));
  CHECK(evaluate(model, "net", R"({"montant": 200})")["valeur"] == 180);
  CHECK(evaluate(model, "net", R"({"montant": 50})")["statut"] == "determine");
  CHECK(!evaluate(model, "net", R"({"montant": 50})").contains("trace"));
  // An input may give a decision its value.
  CHECK(evaluate(model, "net", R"({"montant": 200, "remise": 50})")["valeur"] == 150);

  const std::string inputs = R"({"montant": 200})";
  CHECK_OK(spie_model_evaluate_service(text.out(), text.length(), model.get(), "caisse", inputs.data(), inputs.size(),
                                       nullptr, &error));
  CHECK(text.json()["valeur"] == 180);

  spie_model_evaluate_options options = SPIE_MODEL_EVALUATE_OPTIONS_INIT;
  options.trace = 1;
  const Json trace = evaluate(model, "net", inputs, &options)["trace"];
  REQUIRE(trace.size() == 2);
  CHECK(trace[0]["tables"][0]["regles"][1]["retenue"] == true);

  CHECK_OK(spie_model_describe(text.out(), text.length(), model.get(), &error));
  CHECK(text.json()["nom"] == "Remise");
  CHECK(text.json()["version"] == "1.3");
  CHECK(text.json()["entrees"][0]["nom"] == "montant");
  CHECK(text.json()["decisions"].size() == 2);
  CHECK(text.json()["services"][0]["nom"] == "caisse");
}

TEST_CASE("an input of an imported model is keyed by its namespace") {
  CError error;
  Model model;
  const spie_file files[] = {file("vente.dmn", importing), file("remise.dmn", discount)};
  CHECK_OK(spie_model_from_files(model.out(), files, 2, nullptr, &error));
  CHECK(evaluate(model, "arrondi", R"({"{http://example.org/remise}montant": 123})")["valeur"] == 111);

  spie_model_evaluate_options options = SPIE_MODEL_EVALUATE_OPTIONS_INIT;
  options.model_namespace = "http://example.org/remise";
  CHECK(evaluate(model, "net", R"({"{http://example.org/remise}montant": 200})", &options)["valeur"] == 180);

  Text text;
  for (const std::string key : {"{montant", "{http://example.org/remise}"}) {
    const std::string inputs = "{\"" + key + "\": 1}";
    CHECK_REFUSED(spie_model_evaluate(text.out(), text.length(), model.get(), "arrondi", inputs.data(), inputs.size(),
                                      nullptr, &error),
                  SPIE_ERROR_DMN, "D009");
  }
}

TEST_CASE("a prepared decision of a model answers and refuses as the model does") {
  CError error;
  Model model;
  const spie_file files[] = {file("vente.dmn", importing), file("remise.dmn", discount)};
  CHECK_OK(spie_model_from_files(model.out(), files, 2, nullptr, &error));
  Prepared net, rounded;
  CHECK_OK(spie_model_decision(net.out(), model.get(), "net", "http://example.org/remise", &error));
  CHECK_OK(spie_model_decision(rounded.out(), model.get(), "arrondi", nullptr, &error));
  spie_model_evaluate_options options = SPIE_MODEL_EVALUATE_OPTIONS_INIT;
  options.trace = 1;
  const auto answer = [&](const Prepared &decision, std::string_view inputs) {
    Text text;
    CAPTURE(inputs);
    CHECK_OK(spie_prepared_evaluate(text.out(), text.length(), decision.get(), inputs.data(), inputs.size(), &options,
                                    &error));
    return text.json();
  };
  CHECK(answer(net, R"({"montant": 200})")["valeur"] == 180);
  CHECK(answer(rounded, R"({"{http://example.org/remise}montant": 123})")["valeur"] == 111);
  for (const char *inputs :
       {"", "{}", R"({"montant": null})", R"({"montant": 50})", R"({"montant": 200, "remise": 50})"})
    CHECK(answer(rounded, inputs) == evaluate(model, "arrondi", inputs, &options));

  Text text;
  const auto refused = [&](std::string_view inputs, spie_status status, const char *code) {
    CAPTURE(inputs);
    CHECK_REFUSED(
        spie_prepared_evaluate(text.out(), text.length(), net.get(), inputs.data(), inputs.size(), nullptr, &error),
        status, code);
  };
  refused(R"({"montants": 1})", SPIE_ERROR_DMN, "D009");
  refused(R"({"montant": "dix"})", SPIE_ERROR_DMN, "D010");
  refused("3", SPIE_ERROR_JSON, "J002");
  CHECK_REFUSED(spie_prepared_evaluate(text.out(), text.length(), nullptr, nullptr, 0, nullptr, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  Prepared none;
  CHECK_REFUSED(spie_model_decision(none.out(), model.get(), "brut", nullptr, &error), SPIE_ERROR_DMN, "D011");
  CHECK(none.get() == nullptr);
  CHECK_REFUSED(spie_model_decision(none.out(), nullptr, "net", nullptr, &error), SPIE_ERROR_ARGUMENT, "A001");
}

TEST_CASE("a prepared decision outlives the handle of its model") {
  CError error;
  Prepared net;
  {
    Model model;
    const spie_file files[] = {file("remise.dmn", discount)};
    CHECK_OK(spie_model_from_files(model.out(), files, 1, nullptr, &error));
    CHECK_OK(spie_model_decision(net.out(), model.get(), "net", nullptr, &error));
  }
  Text text;
  const std::string inputs = R"({"montant": 200})";
  CHECK_OK(spie_prepared_evaluate(text.out(), text.length(), net.get(), inputs.data(), inputs.size(), nullptr, &error));
  CHECK(text.json()["valeur"] == 180);
}

TEST_CASE("the facts of a decision come with the keys under which they are given") {
  CError error;
  Text text;
  Model model;
  const spie_file files[] = {file("vente.dmn", importing), file("remise.dmn", discount)};
  CHECK_OK(spie_model_from_files(model.out(), files, 2, nullptr, &error));
  CHECK_OK(spie_model_facts(text.out(), text.length(), model.get(), "arrondi", nullptr, &error));
  CHECK(text.json() == Json::parse(R"([{"chemin": "montant", "libelle": "montant", "description": "",
                                        "type": "number", "valeurs": null}])"));
  CHECK_OK(spie_model_facts(text.out(), text.length(), model.get(), "net", "http://example.org/remise", &error));
  CHECK(text.json()[0]["chemin"] == "montant");

  CHECK_REFUSED(spie_model_facts(text.out(), text.length(), model.get(), "net", "http://example.org/vente", &error),
                SPIE_ERROR_DMN, "D011");
  CHECK(text.get() == nullptr);
  CHECK_REFUSED(spie_model_facts(text.out(), text.length(), model.get(), nullptr, nullptr, &error), SPIE_ERROR_ARGUMENT,
                "A001");
  CHECK_REFUSED(spie_model_facts(text.out(), text.length(), nullptr, "net", nullptr, &error), SPIE_ERROR_ARGUMENT,
                "A001");
}

TEST_CASE("a model with a fault is refused, or loaded leniently") {
  CError error;
  Text text;
  Model model;
  const spie_file files[] = {file("faute.dmn", faulty)};
  spie_model_options options = SPIE_MODEL_OPTIONS_INIT;
  options.strict = 1;
  CHECK(spie_model_from_files(model.out(), files, 1, &options, &error) != SPIE_OK);
  CHECK(model.get() == nullptr);
  CHECK_THAT(std::string(error.where), Catch::Contains("faute.dmn"));

  CHECK_OK(spie_model_check_files(text.out(), text.length(), files, 1, &error));
  CHECK(text.json()[0]["code"] == "F002");

  options.lenient = 1;
  CHECK_OK(spie_model_from_files(model.out(), files, 1, &options, &error));
  CHECK(evaluate(model, "bonne", "")["valeur"] == 1);
  CHECK(evaluate(model, "mauvaise", "")["statut"] == "erreur");
  CHECK_OK(spie_model_describe(text.out(), text.length(), model.get(), &error));
  CHECK(!text.json()["constats"].empty());
}

TEST_CASE("a model is read with free names, extensions, and inputs as JSON has them") {
  const std::string free_model =
      R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="l" name="l" namespace="http://example.org/l">
  <inputData id="j" name="jour"><variable name="jour" typeRef="date"/></inputData>
  <decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="#j"/></informationRequirement>
    <literalExpression><text>get or else(jours, 1) + jour.day</text></literalExpression></decision></definitions>)";
  CError error;
  Text text;
  Model model;
  const spie_file files[] = {file("libre.dmn", free_model)};
  spie_model_options options = SPIE_MODEL_OPTIONS_INIT;
  CHECK(spie_model_from_files(model.out(), files, 1, &options, &error) != SPIE_OK); // it is no function of FEEL

  static const char *const known[] = {"kie", "camunda"}, *const unknown[] = {"camnuda"};
  options.extensions = known;
  options.extension_count = 2;
  CHECK_OK(spie_model_from_files(model.out(), files, 1, &options, &error));
  CHECK_OK(spie_model_describe(text.out(), text.length(), model.get(), &error));
  CHECK(text.json()["constats"][0]["level"] == "warning");
  CHECK(text.json()["constats"][0]["details"] == "jours");

  CHECK(evaluate(model, "d", R"({"jour": "2024-01-05", "jours": 2})")["valeur"] == 7);
  CHECK(evaluate(model, "d", R"({"jour": {"@date": "2024-01-05"}})")["valeur"] == 6);
  const std::string inputs = R"({"jour": "2024-01-05", "dossier": "D-12"})";
  CHECK_REFUSED(
      spie_model_evaluate(text.out(), text.length(), model.get(), "d", inputs.data(), inputs.size(), nullptr, &error),
      SPIE_ERROR_DMN, "D009");
  spie_model_evaluate_options evaluation = SPIE_MODEL_EVALUATE_OPTIONS_INIT;
  evaluation.ignore_extra = 1;
  CHECK(evaluate(model, "d", inputs, &evaluation)["valeur"] == 6);
  spie_limits of_json = SPIE_LIMITS_INIT;
  evaluation.input = &of_json;
  CHECK(evaluate(model, "d", inputs, &evaluation)["valeur"] == 6);
  of_json.bytes = inputs.size() - 1;
  CHECK_REFUSED(spie_model_evaluate(text.out(), text.length(), model.get(), "d", inputs.data(), inputs.size(),
                                    &evaluation, &error),
                SPIE_ERROR_JSON, "J003");
  evaluation.input = nullptr;

  options.extensions = unknown;
  options.extension_count = 1;
  Model none;
  CHECK_REFUSED(spie_model_from_files(none.out(), files, 1, &options, &error), SPIE_ERROR_ARGUMENT, "A001");
  options.extensions = nullptr;
  CHECK_REFUSED(spie_model_from_files(none.out(), files, 1, &options, &error), SPIE_ERROR_ARGUMENT, "A001");

  // A program made for the struct as it was first gets the defaults of what it lacks.
  options = SPIE_MODEL_OPTIONS_INIT;
  options.struct_size = offsetof(spie_model_options, extensions);
  options.extension_count = 1; // not read
  options.strict = 1;
  const spie_file undeclared[] = {file("faute.dmn", faulty)};
  CHECK_OK(spie_model_from_files(none.out(), undeclared, 1, &options, &error));
  evaluation.struct_size = offsetof(spie_model_evaluate_options, ignore_extra);
  CHECK_REFUSED(spie_model_evaluate(text.out(), text.length(), model.get(), "d", inputs.data(), inputs.size(),
                                    &evaluation, &error),
                SPIE_ERROR_DMN, "D009");
}

TEST_CASE("an evaluation of a model keeps to the limits that it is given") {
  const std::string logic = "[f(quoi, 0), count(for i in 1..100 return i), string length(string join(for i in 1..100 "
                            "return \"0123456789\", \"\"))][quoi]";
  const std::string model_xml =
      R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="urn:m">
<inputData id="q" name="quoi"><variable name="quoi" typeRef="number"/></inputData>
<businessKnowledgeModel id="k" name="f"><variable name="f"/><encapsulatedLogic><formalParameter name="a"/>
<formalParameter name="n"/><literalExpression><text>if n > 50 or a > 1 then 1 else f(a, n + 1)</text></literalExpression>
</encapsulatedLogic><knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement></businessKnowledgeModel>
<decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="#q"/></informationRequirement>
<knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>
<literalExpression><text>)" +
      logic + "</text></literalExpression></decision></definitions>";
  CError error;
  Model model;
  const spie_file files[] = {file("m.dmn", model_xml)};
  CHECK_OK(spie_model_from_files(model.out(), files, 1, nullptr, &error));
  const auto code = [&](int what, const spie_limits &limits) -> std::string {
    spie_model_evaluate_options options = SPIE_MODEL_EVALUATE_OPTIONS_INIT;
    options.limits = &limits;
    const auto result = evaluate(model, "d", "{\"quoi\": " + std::to_string(what) + "}", &options);
    return result["erreurs"].empty() ? "none" : result["erreurs"][0]["code"].get<std::string>();
  };
  spie_limits usual = SPIE_LIMITS_INIT;
  for (const int what : {1, 2, 3})
    CHECK(code(what, usual) == "none");
  spie_limits limits = SPIE_LIMITS_INIT;
  limits.depth = 20;
  CHECK(code(1, limits) == "F008");
  CHECK(code(2, limits) == "none");
  limits = SPIE_LIMITS_INIT;
  limits.steps = 50;
  CHECK(code(2, limits) == "F008");
  limits = SPIE_LIMITS_INIT;
  limits.list_size = 99;
  CHECK(code(2, limits) == "F008");
  limits = SPIE_LIMITS_INIT;
  limits.bytes = 500;
  CHECK(code(3, limits) == "F008");
  limits = SPIE_LIMITS_INIT;
  limits.milliseconds = 86'400'000; // a day
  CHECK(code(2, limits) == "none");

  Text text;
  limits.bytes = UINT64_MAX / 2;
  limits.steps = UINT64_MAX;
  spie_model_evaluate_options options = SPIE_MODEL_EVALUATE_OPTIONS_INIT;
  options.limits = &limits;
  CHECK_REFUSED(spie_model_evaluate(text.out(), text.length(), model.get(), "d", "{}", 2, &options, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  limits = SPIE_LIMITS_INIT;
  limits.milliseconds = UINT64_MAX;
  CHECK_REFUSED(spie_model_evaluate(text.out(), text.length(), model.get(), "d", "{}", 2, &options, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  limits.struct_size = 3;
  CHECK_REFUSED(spie_model_evaluate(text.out(), text.length(), model.get(), "d", "{}", 2, &options, &error),
                SPIE_ERROR_ARGUMENT, "A001");
}

TEST_CASE("the limits of a load are options of each load") {
  CError error;
  const spie_file files[] = {file("remise.dmn", discount)};
  const auto load = [&](const spie_limits &limits) {
    Model model;
    spie_model_options options = SPIE_MODEL_OPTIONS_INIT;
    options.limits = &limits;
    return spie_model_from_files(model.out(), files, 1, &options, &error) == SPIE_OK ? std::string("none")
                                                                                     : std::string(error.code);
  };
  spie_limits limits = SPIE_LIMITS_INIT;
  CHECK(load(limits) == "none");
  limits.milliseconds = 86'400'000; // a day
  CHECK(load(limits) == "none");
  limits.depth = 2;
  CHECK(load(limits) == "D001");
  CHECK(std::string(error.remedy).find("`depth`") != std::string::npos);
  limits = SPIE_LIMITS_INIT;
  limits.steps = 4;
  CHECK(load(limits) == "D001");
  limits = SPIE_LIMITS_INIT;
  limits.list_size = 1;
  CHECK(load(limits) == "D001");
  limits = SPIE_LIMITS_INIT;
  limits.bytes = 100;
  CHECK(load(limits) == "D001");
  limits = SPIE_LIMITS_INIT;
  limits.depth = 201;
  CHECK(load(limits) == "A001");
}

TEST_CASE("misuse of a model is refused") {
  CError error;
  Text text;
  Model model;
  const spie_file files[] = {file("remise.dmn", discount)};
  CHECK_OK(spie_model_from_files(model.out(), files, 1, nullptr, &error));
  const auto refused = [&](const char *decision, std::string_view inputs, spie_status status, const char *code) {
    CAPTURE(inputs);
    CHECK_REFUSED(spie_model_evaluate(text.out(), text.length(), model.get(), decision, inputs.data(), inputs.size(),
                                      nullptr, &error),
                  status, code);
  };
  refused("brut", "{}", SPIE_ERROR_DMN, "D011");
  refused("net", R"({"montants": 1})", SPIE_ERROR_DMN, "D009");
  refused("net", R"({"montant": "dix"})", SPIE_ERROR_DMN, "D010");
  refused("net", "3", SPIE_ERROR_JSON, "J002");
  refused(nullptr, "{}", SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_model_evaluate(text.out(), text.length(), nullptr, "net", nullptr, 0, nullptr, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_model_evaluate_service(text.out(), text.length(), model.get(), "net", nullptr, 0, nullptr, &error),
                SPIE_ERROR_DMN, "D011");

  Model none;
  CHECK_REFUSED(spie_model_from_files(none.out(), files, 0, nullptr, &error), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_model_from_files(none.out(), nullptr, 1, nullptr, &error), SPIE_ERROR_ARGUMENT, "A001");
  const std::string html = "<html/>", cut = discount.substr(0, 500);
  for (const std::string &xml : {html, cut, std::string("\xFF\xFE"), std::string()}) {
    const spie_file bad[] = {file("mauvais.dmn", xml)};
    CHECK_REFUSED(spie_model_from_files(none.out(), bad, 1, nullptr, &error), SPIE_ERROR_DMN, "D001");
    CHECK(none.get() == nullptr);
  }
  const spie_file unnamed[] = {{nullptr, discount.data(), discount.size()}};
  CHECK_REFUSED(spie_model_from_files(none.out(), unnamed, 1, nullptr, &error), SPIE_ERROR_ARGUMENT, "A001");
  const spie_file without_bytes[] = {{"vide.dmn", nullptr, 10}};
  CHECK_REFUSED(spie_model_from_files(none.out(), without_bytes, 1, nullptr, &error), SPIE_ERROR_ARGUMENT, "A001");
}
