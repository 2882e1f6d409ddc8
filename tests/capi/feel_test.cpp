#include "tests/capi/c_api.hpp"

using namespace capi_test;

namespace {

Json feel(std::string_view expression, std::string_view variables = {}, const char *now = nullptr) {
  CError error;
  Text text;
  CAPTURE(expression, variables);
  CHECK_OK(spie_feel_evaluate(text.out(), text.length(), expression.data(), expression.size(), variables.data(),
                              variables.size(), now, &error));
  return text.json();
}

std::string raw(std::string_view expression, std::string_view variables = {}) {
  CError error;
  Text text;
  CHECK_OK(spie_feel_evaluate(text.out(), text.length(), expression.data(), expression.size(), variables.data(),
                              variables.size(), nullptr, &error));
  return text.string();
}

} // namespace

TEST_CASE("a FEEL text gives its value") {
  CHECK(feel("1 + 1")["valeur"] == 2);
  CHECK(feel("1 + 1")["statut"] == "determine");
  CHECK(feel("sum(montants)", R"({"montants": [1, 2, 3]})")["valeur"] == 6);
  CHECK(feel("if rsa then \"oui\" else \"non\"", R"({"rsa": true})")["valeur"] == "oui");
}

TEST_CASE("numbers cross with all their digits") {
  CHECK_THAT(raw("0.1 + 0.2"), Catch::Contains("\"valeur\":0.3,"));
  CHECK_THAT(raw("a + 0", R"({"a": 1234567890123456789012345678901234})"),
             Catch::Contains("\"valeur\":1234567890123456789012345678901234,"));
  CHECK_THAT(raw("a * 2", R"({"a": 1234.55})"), Catch::Contains("\"valeur\":2469.10,"));
  CHECK(feel("a * 1", R"({"a": {"@number": "1E+400"}})")["valeur"]["@number"] == "1E+400");
}

TEST_CASE("what JSON lacks is tagged both ways") {
  CHECK(feel("d + duration(\"P1M\")", R"({"d": {"@date": "2022-01-31"}})")["valeur"] ==
        Json({{"@date", "2022-02-28"}}));
  CHECK(feel("time(\"10:30:00\")")["valeur"] == Json({{"@time", "10:30:00"}}));
  CHECK(feel("duration(\"P15D\")")["valeur"] == Json({{"@duration", "P15D"}}));
  CHECK(feel("[1..5)")["valeur"] == Json({{"@range", "[1..5)"}}));
  CHECK(feel("3 in r", R"j({"r": {"@range": "[1..5)"}})j")["valeur"] == true);
  CHECK(feel("function(x) x")["valeur"].is_null());
}

TEST_CASE("names and keys may hold spaces and accents") {
  CHECK(feel("durée de présence + 1", R"({"durée de présence": 12})")["valeur"] == 13);
  CHECK(
      feel("personne.date de naissance", R"({"personne": {"date de naissance": {"@date": "1990-05-04"}}})")["valeur"] ==
      Json({{"@date", "1990-05-04"}}));
}

TEST_CASE("an error is a null with its reason and place") {
  const Json result = feel("1 + (1 / 0)");
  CHECK(result["valeur"].is_null());
  CHECK(result["statut"] == "erreur");
  REQUIRE(result["erreurs"].size() == 1);
  CHECK(result["erreurs"][0]["code"] == "F006");
  CHECK(result["erreurs"][0]["where"] == "1:6");
}

TEST_CASE("the clock is given or there is none") {
  CHECK(feel("today()", {}, "2022-06-01T10:30:00+02:00")["valeur"] == Json({{"@date", "2022-06-01"}}));
  const Json without = feel("today()");
  CHECK(without["valeur"].is_null());
  CHECK(without["erreurs"][0]["code"] == "F014");
  CError error;
  Text text;
  CHECK_REFUSED(spie_feel_evaluate(text.out(), text.length(), "1", 1, nullptr, 0, "yesterday", &error),
                SPIE_ERROR_ARGUMENT, "A001");
}

TEST_CASE("an expression is compiled once over declared names") {
  CError error;
  Text text;
  Expression expression;
  const char *names[] = {"montant", "taux légal"};
  const std::string source = "montant * taux légal";
  CHECK_OK(spie_expression_compile(expression.out(), source.data(), source.size(), names, 2, &error));
  const auto evaluate = [&](std::string_view variables) {
    CHECK_OK(spie_expression_evaluate(text.out(), text.length(), expression.get(), variables.data(), variables.size(),
                                      nullptr, &error));
    return text.json();
  };
  CHECK(evaluate(R"({"montant": 100, "taux légal": 0.15})")["valeur"] == 15);
  CHECK(evaluate(R"({"montant": 200, "taux légal": 0.15})")["valeur"] == 30);
  CHECK(evaluate(R"({"montant": 200})")["valeur"].is_null());
  CHECK(evaluate("")["valeur"].is_null());
  const std::string unknown = R"({"montants": 1})";
  CHECK_REFUSED(spie_expression_evaluate(text.out(), text.length(), expression.get(), unknown.data(), unknown.size(),
                                         nullptr, &error),
                SPIE_ERROR_FEEL, "F002");
}

TEST_CASE("an expression keeps to the limits that it is given, and to the clock") {
  CError error;
  Text text;
  Expression expression;
  // Tens of millions of steps.
  const std::string source = "count(for i in 1..1000000 return count(for j in 1..40 return j))";
  CHECK_OK(spie_expression_compile(expression.out(), source.data(), source.size(), nullptr, 0, &error));
  const auto said = [&](const spie_limits &limits) {
    CHECK_OK(spie_expression_evaluate_within(text.out(), text.length(), expression.get(), nullptr, 0, nullptr, &limits,
                                             &error));
    return text.json()["erreurs"][0]["message"].get<std::string>();
  };
  spie_limits limits = SPIE_LIMITS_INIT;
  limits.milliseconds = 1;
  CHECK(said(limits) == "the evaluation takes more than 1 ms");
  limits = SPIE_LIMITS_INIT;
  limits.steps = 1'000;
  CHECK(said(limits) == "the evaluation takes too many steps");
}

TEST_CASE("a text and the JSON of its variables keep to the limits that they are given") {
  CError error;
  Text text;
  Expression expression;
  const auto compiled = [&](const std::string &source, const spie_limits &limits, bool tests = false) {
    const auto compile = tests ? spie_expression_compile_tests_within : spie_expression_compile_within;
    const spie_status status = compile(expression.out(), source.data(), source.size(), nullptr, 0, &limits, &error);
    return status == SPIE_OK ? "compiled" : std::string(error.code) + " " + error.remedy;
  };
  spie_limits limits = SPIE_LIMITS_INIT;
  CHECK(compiled("((1))", limits) == "compiled");
  limits.depth = 2;
  CHECK(compiled("((1))", limits) == "compiled");
  CHECK_THAT(compiled("(((1)))", limits), Catch::StartsWith("F008") && Catch::Contains("`depth`"));
  CHECK_THAT(compiled("3, (((1)))", limits, true), Catch::StartsWith("F008") && Catch::Contains("`depth`"));
  limits.depth = 201;
  CHECK_THAT(compiled("1", limits), Catch::StartsWith("A001"));
  limits = SPIE_LIMITS_INIT;
  limits.bytes = 4;
  CHECK_THAT(compiled("1 + 2", limits), Catch::StartsWith("F008") && Catch::Contains("`bytes`"));
  limits = SPIE_LIMITS_INIT;
  limits.steps = 3;
  CHECK_THAT(compiled("1 + 2 + 3 + 4", limits), Catch::StartsWith("F008") && Catch::Contains("`steps`"));

  const std::string source = "count(x)", variables = R"({"x": [[1], 2]})";
  spie_feel_options options = SPIE_FEEL_OPTIONS_INIT;
  const auto evaluated = [&] {
    const spie_status status = spie_feel_evaluate_with(text.out(), text.length(), source.data(), source.size(),
                                                       variables.data(), variables.size(), &options, &error);
    return status == SPIE_OK ? text.json()["valeur"].dump() : std::string(error.code) + " " + error.remedy;
  };
  CHECK(evaluated() == "2");
  options.text = &limits;
  limits.steps = 1;
  CHECK_THAT(evaluated(), Catch::StartsWith("F008") && Catch::Contains("`steps`"));
  options.text = nullptr;
  spie_limits of_json = SPIE_LIMITS_INIT;
  options.input = &of_json;
  CHECK(evaluated() == "2");
  of_json.depth = 2;
  CHECK_THAT(evaluated(), Catch::StartsWith("J003") && Catch::Contains("`depth`"));
  of_json.depth = 3;
  CHECK(evaluated() == "2");
  of_json.depth = 257;
  CHECK_THAT(evaluated(), Catch::StartsWith("A001"));
  of_json = SPIE_LIMITS_INIT;
  of_json.bytes = variables.size() - 1;
  CHECK_THAT(evaluated(), Catch::StartsWith("J003") && Catch::Contains("`bytes`"));
  const char *names[] = {"x"};
  CHECK_OK(spie_expression_compile(expression.out(), source.data(), source.size(), names, 1, &error));
  CHECK_REFUSED(spie_expression_evaluate_with(text.out(), text.length(), expression.get(), variables.data(),
                                              variables.size(), &options, &error),
                SPIE_ERROR_JSON, "J003");
  options.input = nullptr;
  CHECK_OK(spie_expression_evaluate_with(text.out(), text.length(), expression.get(), variables.data(),
                                         variables.size(), &options, &error));
  CHECK(text.json()["valeur"] == 2);
}

TEST_CASE("unary tests take the value tested as ?") {
  CError error;
  Text text;
  Expression tests;
  const char *names[] = {"plafond"};
  const std::string source = "[10..plafond], 42";
  CHECK_OK(spie_expression_compile_tests(tests.out(), source.data(), source.size(), names, 1, &error));
  const auto verdict = [&](std::string_view variables) {
    CHECK_OK(spie_expression_evaluate(text.out(), text.length(), tests.get(), variables.data(), variables.size(),
                                      nullptr, &error));
    return text.json()["valeur"];
  };
  CHECK(verdict(R"({"?": 15, "plafond": 20})") == true);
  CHECK(verdict(R"({"?": 25, "plafond": 20})") == false);
  CHECK(verdict(R"({"?": 42, "plafond": 20})") == true);
}

TEST_CASE("what is not FEEL is refused with its place") {
  CError error;
  Text text;
  Expression expression;
  const auto refused = [&](std::string_view source, const char *code) {
    CAPTURE(source);
    CHECK_REFUSED(spie_expression_compile(expression.out(), source.data(), source.size(), nullptr, 0, &error),
                  SPIE_ERROR_FEEL, code);
    CHECK(expression.get() == nullptr);
  };
  refused("1 +", "F001");
  refused("", "F001");
  refused("montant", "F002");
  refused("nothing(1)", "F004");
  refused(std::string(5000, '(') + "1" + std::string(5000, ')'), "F008");
  refused("\"" + std::string(70000, 'a') + "\"", "F008");
  CHECK_REFUSED(spie_expression_compile(expression.out(), "\xFF", 1, nullptr, 0, &error), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_expression_compile(expression.out(), nullptr, 1, nullptr, 0, &error), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_expression_compile(expression.out(), "1", 1, nullptr, 1, &error), SPIE_ERROR_ARGUMENT, "A001");
  const char *none[] = {nullptr};
  CHECK_REFUSED(spie_expression_compile(expression.out(), "1", 1, none, 1, &error), SPIE_ERROR_ARGUMENT, "A001");
  const char *twice[] = {"a", "a"};
  CHECK_REFUSED(spie_expression_compile(expression.out(), "1", 1, twice, 2, &error), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_expression_evaluate(text.out(), text.length(), nullptr, nullptr, 0, nullptr, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_expression_compile(nullptr, "1", 1, nullptr, 0, &error), SPIE_ERROR_ARGUMENT, "A001");
}

TEST_CASE("a value that would unfold without end is an error, not a text without end") {
  std::string text = "{a0: [1, 2]";
  for (int i = 0; i < 60; ++i)
    text += ", a" + std::to_string(i + 1) + ": [a" + std::to_string(i) + ", a" + std::to_string(i) + "]";
  const Json result = feel(text + "}.a60");
  CHECK(result["statut"] == "erreur");
  CHECK(result["valeur"].is_null());
  CHECK(result["erreurs"][0]["code"] == "F008");
}

TEST_CASE("a byte 0 in the variables is refused, and so is PHP's empty array") {
  const auto refused = [](std::string_view variables, const char *code, const char *message) {
    CError error;
    Text text;
    CAPTURE(variables);
    CHECK_REFUSED(
        spie_feel_evaluate(text.out(), text.length(), "1", 1, variables.data(), variables.size(), nullptr, &error),
        SPIE_ERROR_JSON, code);
    CHECK_THAT(std::string(error.message), Catch::Contains(message));
  };
  using namespace std::string_view_literals;
  refused("{\"a\": 1}\0{\"b\": 2}"sv, "J001", "byte 0");
  refused("\xFF\xFE{\0}\0"sv, "J001", "UTF-16");
  refused("[]"sv, "J002", "json_encode([])");
  refused("[1]"sv, "J002", "is not a JSON object");
}
