#include "tests/catch.hpp"

#include "spie/feel/expression.hpp"

#include <string>
#include <thread>
#include <vector>

using namespace spie;
using namespace spie::feel;

namespace {

Diagnostic refusal(std::string_view text, const Scope &scope = {}, const CompileOptions &options = {}) {
  try {
    Expression::compile(text, scope, options);
  } catch (const Error &error) {
    return error.first();
  }
  return {Code::api_internal, Level::note, "not refused", ""};
}

Value test(std::string_view cell, const Value &input) {
  const Expression expression = Expression::compile_unary_tests(cell, Scope(), Type());
  Evaluation evaluation;
  return expression.test(evaluation, input);
}

std::string repeated(const std::string &text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i)
    result += text;
  return result;
}

} // namespace

TEST_CASE("a refusal names the line and the column, in characters", "[feel][expression]") {
  CHECK(refusal("1 +\n  é & 2").where == "2:3");
  CHECK(refusal("\"é\" + inconnu").where == "1:7");
  CHECK(refusal("inconnu").message == "'inconnu' is not defined here");
  CHECK(refusal("nom de famille").message == "'nom de famille' is not defined here");
  CHECK(refusal("1 + ", {}, {"m.dmn, decision 'd'"}).where == "m.dmn, decision 'd', 1:5");
  CHECK(refusal("(1").message.find("')' was expected") != std::string::npos);
}

TEST_CASE("a bracket that opens outwards ends a range, a range within a range too", "[feel][expression]") {
  const auto value = [](std::string_view text) {
    Evaluation evaluation;
    return Expression::compile(text, Scope(), {{}, false}).evaluate(evaluation);
  };
  // DMN 1.5 grammar rules 7 to 12: an endpoint is an expression, a range is one.
  for (const char *text : {"(0..[3..100[[", "(0..[3..100[ [", "[[0..1[..[3..100[[", "(0..[3..[5..100[[["}) {
    CAPTURE(text);
    Cause cause;
    collect_causes(value(text), cause);
    REQUIRE(cause.errors.size() == 1);
    CHECK(cause.errors.front().code == Code::feel_range); // ranges have no order
  }
  CHECK(value("count([[0..3[, [1..2]])").number().to_string() == "2");
  CHECK(value("(0..[3..100[[ = null").is_true());
  CHECK(value("[1..2.5[ - 5 = null").is_true());
  CHECK(value("count([[1..2[ - 5, 3])").number().to_string() == "2");
  CHECK(value("2 in [1..[1, 3][item in [2..5[ and true][1]]").is_true());
  CHECK(value("[1, 2][[1] = [1]]").list().size() == 2); // still a condition
  CHECK(value("3 in [1..[2, 5][2][").is_true());
  CHECK(refusal("[1..2[ 3").code == Code::feel_syntax);
  // What could be read in many ways is read in a bounded number of them.
  CHECK(refusal(repeated("[1..2[ ", 60) + "(").code == Code::feel_syntax);
}

TEST_CASE("types refuse what can give nothing but an error", "[feel][expression]") {
  Scope scope;
  scope.add_variable("jour", Type(Type::Kind::date), 0);
  scope.add_variable("libre", Type(), 1);
  scope.add_variable("personne", Type::context({{"nom", Type(Type::Kind::text)}, {"âge", Type(Type::Kind::number)}}),
                     2);
  CHECK(refusal("jour + 1", scope).code == Code::feel_type);
  CHECK(refusal("jour < \"a\"", scope).code == Code::feel_type);
  CHECK(refusal("personne.prénom", scope).code == Code::feel_path);
  CHECK(refusal("if personne.nom then 1 else 2", scope).code == Code::feel_not_a_boolean);
  CHECK(refusal("personne.nom = 3", scope).code == Code::feel_type);
  CHECK(refusal("[1, 2][\"a\"]", scope).code == Code::feel_filter);
  CHECK(refusal("jour.heure", scope).code == Code::feel_path);
  // What is not known is left to the evaluation, and so is everything when types are off.
  CHECK(refusal("libre < jour", scope).message == "not refused");
  CHECK(refusal("jour + 1", scope, {{}, false, true}).message == "not refused");
  CHECK(Expression::compile("jour + duration(\"P1D\")", scope).type().kind() == Type::Kind::date);
  CHECK(Expression::compile("personne.âge * 2", scope).type().kind() == Type::Kind::number);
}

TEST_CASE("the clock may be refused", "[feel][expression]") {
  CHECK(refusal("today()", {}, {{}, true, false}).code == Code::pack_clock);
  CHECK(refusal("now() > today()", {}, {{}, true, false}).code == Code::pack_clock);
  Evaluation evaluation;
  CHECK(Expression::compile("today()", Scope()).evaluate(evaluation).cause()->errors.front().code == Code::feel_clock);
}

TEST_CASE("an expression says which variables it reads, and which members of them", "[feel][expression]") {
  Scope scope;
  scope.add_variable("depense", Type::context({{"axe", Type()}, {"montant", Type()}}), 3);
  scope.add_variable("taux", Type(Type::Kind::number), 7);
  const auto uses = Expression::compile("for x in [1] return (function(y) depense.axe + y * taux)(x)", scope).uses();
  // Inside a function the variable is captured whole.
  CHECK(uses == std::vector<Use>{{3, {}}, {7, {}}});
  CHECK(Expression::compile("depense.axe = \"1\" and taux > 0", scope).uses() ==
        std::vector<Use>{{3, {"axe"}}, {7, {}}});
}

TEST_CASE("cells test the value that the column gives", "[feel][expression]") {
  CHECK(test("-", 1).is_true());
  CHECK(test("-5", -5).is_true());
  CHECK(test("< 10", 9).is_true());
  CHECK(test("< 10, > 20", 15).is_false());
  CHECK(test("not(1, 2)", 3).is_true());
  CHECK(test("not(1, 2)", 2).is_false());
  CHECK(test("[1..3), 7", 3).is_false());
  CHECK(test("\"a\", \"b\"", "b").is_true());
  CHECK(test("? > 3 and ? < 5", 4).is_true());
  CHECK(test("[1, 2, 3]", 2).is_true());
  CHECK(test("null", Value()).is_true());
  CHECK(test("< 10", Value()).is_null());
  CHECK(test("string length(?) > 2", "abc").is_true());
  CHECK_THROWS_AS(Expression::compile_unary_tests("< 1 2", Scope(), Type()), Error);
}

TEST_CASE("the stated limits end in an error", "[feel][expression][limits]") {
  CHECK(refusal(repeated("(", 300) + "1" + repeated(")", 300)).code == Code::feel_limit);
  CHECK(refusal(repeated("[", 100'000)).code == Code::feel_limit);
  CHECK(refusal(repeated("-", 60'000) + "1").code == Code::feel_limit);
  CHECK(refusal(repeated("1+", 40'000) + "1").code == Code::feel_limit);
  CHECK(refusal(repeated("not(", 10'000)).code == Code::feel_limit);
  CHECK(refusal(repeated("if true then ", 4'000) + "1").code == Code::feel_limit);
  CHECK(refusal(repeated("{a: ", 10'000)).code == Code::feel_limit);
  CHECK(refusal(repeated("function(x) ", 4'000) + "1").code == Code::feel_limit);
  const auto code = [](std::string_view text) {
    Evaluation evaluation;
    evaluation.limits.steps = 1'000'000;
    const Value value = Expression::compile(text, Scope()).evaluate(evaluation);
    return value.is_error() ? value.cause()->errors.front().code : Code::api_internal;
  };
  CHECK(code("for x in 1..1000000000 return x") == Code::feel_limit);
  CHECK(code("count(for x in 1..4000, y in 1..4000 return x)") == Code::feel_limit);
  CHECK(code("every x in 1..4000, y in 1..4000 satisfies x > 0") == Code::feel_limit);
  // Nor does an else stand for what was not reached.
  const std::string goes_on = "if x * y + 1 > 0 then true else true";
  CHECK(code("every x in 1..4000, y in 1..4000 satisfies " + goes_on) == Code::feel_limit);
  CHECK(code("some x in 1..4000, y in 1..4000 satisfies not(" + goes_on + ")") == Code::feel_limit);
  CHECK(code("for x in 1..2000, y in 1..2000 return " + goes_on) == Code::feel_limit);
  CHECK(code("10 ** 7000") == Code::feel_arithmetic);
  CHECK(code("{f: function(g) g(g), r: f(f)}.r") == Code::feel_limit);
  CHECK(refusal(repeated("a", 70'000)).code == Code::feel_limit);
}

// 2^63 - 1 and -2^63: what comes after the first, and the opposite of the second, are no 64-bit integers.
TEST_CASE("positions and iterations reach the ends of the 64-bit integers", "[feel][expression][limits]") {
  const auto value = [](std::string_view text) {
    Evaluation evaluation;
    evaluation.limits.steps = 10'000;
    const Value found = Expression::compile(text, Scope()).evaluate(evaluation);
    return found.is_error() ? std::string(spie::text(found.cause()->errors.front().code)) : found.to_feel();
  };
  CHECK(value("[1, 2, 3][-9223372036854775808]") == "F011");
  CHECK(value("[1, 2, 3][9223372036854775807]") == "F011");
  CHECK(value("[1, 2, 3][-3]") == "1");
  const std::string last = "9223372036854775806..9223372036854775807";
  CHECK(value("for x in [" + last + "] return x - 9223372036854775800") == "[6, 7]");
  CHECK(value("for x in (" + last + "] return x - 9223372036854775800") == "[7]");
  CHECK(value("for x in (" + last + ") return x") == "[]");
  CHECK(value("for x in (9223372036854775807..9223372036854775807] return x") == "[]");
  CHECK(value("for x in [-9223372036854775808..-9223372036854775808) return x") == "[]");
  CHECK(value("every x in [-9223372036854775808..9223372036854775807] satisfies x < 0") == "F008");
}

TEST_CASE("a long sum of the allowed length is computed", "[feel][expression][limits]") {
  Evaluation evaluation;
  CHECK(Expression::compile(repeated("1+", 1'500) + "1", Scope()).evaluate(evaluation).to_string() == "1501");
}

TEST_CASE("one compiled expression serves many threads", "[feel][expression]") {
  Scope scope;
  scope.add_variable("liste", Type::list(Type(Type::Kind::number)), 0);
  const Expression expression = Expression::compile("sum(for x in liste return x * 2)", scope);
  std::vector<std::thread> threads;
  std::vector<std::string> results(4);
  for (std::size_t t = 0; t < results.size(); ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 500; ++i) {
        const std::vector<Value> globals{Value(List{Value(static_cast<int>(t)), Value(i)})};
        Evaluation evaluation;
        evaluation.globals = globals;
        results[t] = expression.evaluate(evaluation).to_string();
      }
    });
  for (auto &thread : threads)
    thread.join();
  CHECK(results == std::vector<std::string>{"998", "1000", "1002", "1004"});
}
