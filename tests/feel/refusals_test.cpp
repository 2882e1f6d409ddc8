// What a text is refused with: the sentence, its place, the words at fault and what was probably meant.
#include "tests/catch.hpp"

#include "spie/feel/expression.hpp"

#include <string>

using namespace spie;
using namespace spie::feel;

namespace {

Diagnostic of(std::string_view text, const Scope &scope = {}, bool types = true) {
  try {
    CompileOptions options;
    options.types = types;
    const Expression expression = Expression::compile(text, scope, options);
    Evaluation evaluation;
    evaluation.now = *DateTime::parse("2022-06-01T10:00:00Z");
    const std::vector<Value> globals(8, Value(*Date::parse("2022-06-01")));
    evaluation.globals = globals;
    const Value value = expression.evaluate(evaluation);
    if (value.is_error())
      return value.cause()->errors.front();
  } catch (const Error &error) {
    return error.first();
  }
  return {Code::api_internal, Level::note, "no fault", ""};
}

Diagnostic of_cell(std::string_view cell, const Scope &scope = {}) {
  try {
    Expression::compile_unary_tests(cell, scope, Type());
  } catch (const Error &error) {
    return error.first();
  }
  return {Code::api_internal, Level::note, "no fault", ""};
}

bool has(const std::string &text, std::string_view part) { return text.find(part) != std::string::npos; }

std::size_t count(const std::string &text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

} // namespace

TEST_CASE("the end of the text is told once", "[feel][refusals]") {
  for (const char *text : {"1 +", "(1", "[1,2", "if true then", "{a: 1", "max(1", ""}) {
    CAPTURE(text);
    CHECK(count(of(text).message, "the text ends") == 1);
  }
  CHECK(of("1 +").where == "1:4");
  CHECK(has(of("").message, "the expression is empty"));
}

TEST_CASE("a wrong call is told how the function is called", "[feel][refusals]") {
  const Diagnostic found = of("round up(5.5)");
  CHECK(found.details == "round up");
  CHECK(found.suggestion == "round up(n: number, scale: number)");
  CHECK(found.message.ends_with("it is called as round up(n: number, scale: number)"));
}

TEST_CASE("a comma too many is told at what it stands before", "[feel][refusals]") {
  CHECK(of("[1,2,]").where == "1:6");
  CHECK(has(of("[1,2,]").message, "a comma too many before ']'"));
  CHECK(has(of("{a: 1, }").message, "a comma too many before '}'"));
  CHECK(has(of("max(1, 2,)").message, "a comma too many before ')'"));
  CHECK(has(of("function(x,) x").message, "a comma too many before ')'"));
  CHECK(has(of_cell("1, 2,").message, "a comma too many"));
}

TEST_CASE("a function of another engine is told by its whole name", "[feel][refusals]") {
  Scope scope;
  scope.add_variable("x", Type(), 0);
  const Diagnostic defined = of("is defined(x)", scope);
  CHECK(defined.code == Code::feel_unknown_function);
  CHECK(defined.where == "1:1");
  CHECK(has(defined.message, "there is no function 'is defined'"));
  CHECK(defined.suggestion == "... != null");
  CHECK(has(of("trim(\" a\")").message, "there is no function 'trim'"));
  CHECK(of("is(x, x)", scope).message == "no fault");
}

TEST_CASE("a date that does not exist is told as one", "[feel][refusals]") {
  CHECK(has(of("date(\"2021-02-29\")").message, "there is no 29 February 2021"));
  CHECK(has(of("date(2021, 2, 29)").message, "there is no 29 February 2021"));
  CHECK(has(of("@\"2021-02-29\"").message, "there is no 29 February 2021"));
  CHECK(has(of("date and time(\"2021-02-29T10:00:00\")").message, "there is no 29 February 2021"));
  CHECK(has(of("date(\"2021-13-01\")").message, "there is no month 13"));
  CHECK(has(of("date(\"31/01/2021\")").message, "a date is written 2021-01-31"));
  CHECK(has(of("date(\"29/02/2021\")").message, "there is no 29 February 2021"));
  CHECK(has(of("time(\"25:00:00\")").message, "there is no hour 25"));
  CHECK(has(of("date and time(\"2024-07-01T10:61:00\")").message, "there is no minute 61"));
  CHECK(has(of("date(\"demain\")").message, "is not a date written as 2022-06-01"));
  CHECK(of("date(\"2021-02-29\")").details == "2021-02-29");
}

TEST_CASE("a time zone that does not exist is told by its name", "[feel][refusals]") {
  CHECK(has(of("date and time(\"2024-07-01T10:00:00@Europe/Pariss\")").message, "there is no time zone Europe/Pariss"));
  CHECK(has(of("time(\"10:00:00@Europe/Pariss\")").message, "there is no time zone Europe/Pariss"));
  CHECK(has(of("@\"2024-07-01T10:00:00@Europe/Pariss\"").message, "there is no time zone Europe/Pariss"));
  CHECK(has(of("date and time(2024, 7, 1, 10, 0, 0, \"Europe/Pariss\")").message,
            "there is no time zone \"Europe/Pariss\""));
}

TEST_CASE("quotes and operators of other languages are refused with those of FEEL", "[feel][refusals]") {
  for (const char *text :
       {"'abc'", "\u201cabc\u201d", "\u00ababc\u00bb", "\u00ab\u00a0abc\u00a0\u00bb", "\u2018abc\u2019", "1 + 'abc'"}) {
    CAPTURE(text);
    const Diagnostic found = of(text);
    CHECK(found.code == Code::feel_syntax);
    CHECK(has(found.message, "straight double quotation marks"));
    CHECK(found.suggestion == "\"abc\"");
    CHECK(of_cell(text).suggestion == "\"abc\"");
  }
  const std::vector<std::pair<const char *, const char *>> operators{
      {"1 == 1", "="},      {"1 <> 2", "!="},     {"1 =< 2", "<="},        {"1 => 2", ">="},
      {"1 \u2264 2", "<="}, {"1 \u2260 2", "!="}, {"true && true", "and"}, {"true || true", "or"},
      {"2 \u00d7 3", "*"},  {"3 \u2212 2", "-"},  {"true et true", "and"}, {"true OU true", "or"}};
  for (const auto &[text, feel] : operators) {
    CAPTURE(text);
    CHECK(of(text).code == Code::feel_syntax);
    CHECK(of(text).suggestion == feel);
    CHECK(has(of(text).message, std::string("write ") + feel));
  }
  CHECK(has(of("1 == 1").message, "equality is written ="));
  CHECK(has(of("1 <> 2").message, "difference is written !="));
  CHECK(of("1 <= 2").message == "no fault");
  CHECK(of("3 - -2").message == "no fault");
}

TEST_CASE("a name that is nearly another is told with it", "[feel][refusals]") {
  CHECK(of("summ([1])").suggestion == "sum");
  CHECK(of("SUM([1])").suggestion == "sum");
  CHECK(of("TRUE").suggestion == "true");
  CHECK(of("Null").suggestion == "null");
  CHECK(has(of("summ([1])").message, "did you mean 'sum'?"));
  Scope scope;
  scope.add_variable("montant retenu", Type(), 0);
  CHECK(of("montan retenu + 1", scope).suggestion == "montant retenu");
}

TEST_CASE("French habits are refused with the remedy", "[feel][refusals]") {
  CHECK(of("vrai").suggestion == "true");
  CHECK(of("faux").suggestion == "false");
  CHECK(of("Vrai").suggestion == "true");
  CHECK(of("oui").suggestion == "\"oui\"");
  CHECK(of_cell("oui").suggestion == "\"oui\"");
  CHECK(of_cell("non").suggestion == "\"non\"");
  CHECK(of_cell("\u00ab oui \u00bb").suggestion == "\"oui\"");
  CHECK(of_cell("mobilite").suggestion == "\"mobilite\"");
  CHECK(of("somme([1])").suggestion == "sum");
  CHECK(of("si true alors 1 sinon 2").suggestion == "if");
  CHECK(of("10,5").suggestion == "10.5");
  CHECK(of("10,5").details == "10,5");
  CHECK(has(of("10,5").message, "a decimal takes a point: write 10.5 instead of 10,5"));
  CHECK(of("if 3 > 10,5 then 1 else 2").suggestion == "10.5");
  CHECK(of("[10,5..20]").suggestion == "10.5");
  CHECK(of("1 000").suggestion == "1000");
  CHECK(of("1\u202f000").suggestion == "1000");
  CHECK(of("max(10,5)").message == "no fault"); // two arguments
  CHECK(of("[10,5]").message == "no fault");
}

TEST_CASE("a name that cannot be read is told to be put between back-ticks", "[feel][refusals]") {
  for (const char *name : {"N\u00b0 de dossier", "1er versement", "Client: \u00e2ge", "taux (%)"}) {
    CAPTURE(name);
    Scope scope;
    scope.add_variable(name, Type(), 0);
    const Diagnostic found = of(std::string(name) + " > 3", scope);
    CHECK(has(found.message, "between back-ticks"));
    CHECK(found.suggestion.front() == '`');
    CHECK(has(of_cell(name, scope).message, "between back-ticks"));
    CHECK(of("`" + std::string(name) + "` = null", scope).message == "no fault");
  }
}

TEST_CASE("counts agree with their nouns", "[feel][refusals]") {
  CHECK(has(of("round up(5.5)").message, "1 argument is given"));
  CHECK(has(of("round up(5.5, 1, 2)").message, "3 arguments are given"));
  CHECK(has(of("[1][2]").message, "the list of 1 item has no position 2"));
}

TEST_CASE("the name of a type is asked for where none stands", "[feel][refusals]") {
  CHECK(has(of("1 instance of").message, "the name of a type was expected"));
  CHECK(has(of("1 instance of )").message, "the name of a type was expected"));
  CHECK(has(of("1 instance of nombre").message, "'nombre' is not a type"));
}

TEST_CASE("a variable that hides a function is told", "[feel][refusals]") {
  Scope scope;
  scope.add_variable("date", Type(Type::Kind::date), 0);
  CHECK(has(of("date(\"2024-01-01\")", scope).message, "hides the function of that name"));
  CHECK(has(of("date(\"2024-01-01\")", scope, false).message, "hides the function of that name"));
}
