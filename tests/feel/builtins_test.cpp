// Every row of the built-in functions gives what its example says; then dispatch and the hard cases, called directly.
#include "tests/catch.hpp"

#include "rules/feel/builtins/builtins.hpp"
#include "rules/feel/builtins/regex.hpp"
#include "spie/feel/expression.hpp"

#include <algorithm>
#include <set>
#include <string>

using namespace spie;
using namespace spie::feel;

namespace {

Value evaluated(std::string_view text, Evaluation &evaluation) {
  static const Scope scope;
  return Expression::compile(text, scope).evaluate(evaluation);
}

Value evaluated(std::string_view text) {
  Evaluation evaluation;
  return evaluated(text, evaluation);
}

bool is_true(std::string_view text) { return evaluated(text).is_true(); }

// The code of the first error of the null; "" for a plain null, "value" for any other value.
std::string code_of(const Value &value) {
  if (!value.is_null())
    return "value";
  return value.is_error() ? std::string(spie::text(value.cause()->errors.front().code)) : std::string();
}

Value called(std::string_view name, const std::vector<Value> &arguments) {
  Evaluation evaluation;
  const auto *const function = find_builtin(name);
  REQUIRE(function != nullptr);
  return (*function)->call(evaluation, arguments);
}

Value called_by_name(std::string_view name, const std::vector<std::string> &names,
                     const std::vector<Value> &arguments) {
  Evaluation evaluation;
  const auto *const function = find_builtin(name);
  REQUIRE(function != nullptr);
  return (*function)->call_named(evaluation, names, arguments);
}

// A list as one value: braces alone would make it the list of arguments, which is of the same type.
Value list(List items) { return items; }

} // namespace

TEST_CASE("the example of every row is true", "[feel][builtins]") {
  Evaluation evaluation;
  evaluation.now = DateTime::parse("2022-06-01T10:30:00Z");
  for (const Family &family : builtin_families())
    for (const Signature &signature : family.signatures) {
      INFO(family.name << ": " << signature.name << '(' << signature.parameters << "): " << signature.example);
      CHECK(evaluated(signature.example, evaluation).is_true());
      CHECK(signature.example.find(signature.name) != std::string_view::npos);
      CHECK(signature.summary.ends_with('.'));
    }
}

TEST_CASE("every built-in of DMN 1.5 is there, names sorted and each once", "[feel][builtins]") {
  const auto &names = builtin_names();
  CHECK(std::is_sorted(names.begin(), names.end()));
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
  for (const char *name : {"number",
                           "string",
                           "date",
                           "time",
                           "date and time",
                           "duration",
                           "years and months duration",
                           "not",
                           "is",
                           "substring",
                           "string length",
                           "upper case",
                           "lower case",
                           "substring before",
                           "substring after",
                           "replace",
                           "contains",
                           "starts with",
                           "ends with",
                           "matches",
                           "split",
                           "string join",
                           "list contains",
                           "list replace",
                           "count",
                           "min",
                           "max",
                           "sum",
                           "mean",
                           "all",
                           "any",
                           "sublist",
                           "append",
                           "concatenate",
                           "insert before",
                           "remove",
                           "reverse",
                           "index of",
                           "union",
                           "distinct values",
                           "flatten",
                           "product",
                           "median",
                           "stddev",
                           "mode",
                           "decimal",
                           "floor",
                           "ceiling",
                           "round up",
                           "round down",
                           "round half up",
                           "round half down",
                           "abs",
                           "modulo",
                           "sqrt",
                           "log",
                           "exp",
                           "odd",
                           "even",
                           "range",
                           "before",
                           "after",
                           "meets",
                           "met by",
                           "overlaps",
                           "overlaps before",
                           "overlaps after",
                           "finishes",
                           "finished by",
                           "includes",
                           "during",
                           "starts",
                           "started by",
                           "coincides",
                           "day of year",
                           "day of week",
                           "month of year",
                           "week of year",
                           "now",
                           "today",
                           "get value",
                           "get entries",
                           "context",
                           "context put",
                           "context merge",
                           "sort"}) {
    INFO(name);
    CHECK(find_builtin(name) != nullptr);
  }
  CHECK(find_builtin("no such function") == nullptr);
}

TEST_CASE("a call is refused for its count, its types, its nulls", "[feel][builtins]") {
  CHECK(code_of(called("abs", {})) == "F005");
  CHECK(code_of(called("abs", {1, 1})) == "F005");
  CHECK(code_of(called("abs", {"1"})) == "F005");
  CHECK(code_of(called("abs", {Value()})) == "F017");
  CHECK(code_of(called("floor", {1, Value()})) == "F017"); // left out is not null
  CHECK(code_of(called("all", {Value()})) == "F017");
  CHECK(code_of(called("all", {})) == "F005");
  CHECK(identical(called("append", {Value(List{1})}), Value(List{1})));
  CHECK(code_of(called("even", {*Number::parse("2.5")})) == "F006");
  CHECK(code_of(called("concatenate", {})) == "F005");
}

TEST_CASE("an unknown argument makes the result unknown, whichever overload is meant", "[feel][builtins]") {
  const Value unknown = unknown_value("depense.montant");
  for (const Value &value :
       {called("sqrt", {unknown}), called("floor", {unknown, 1}), called("before", {unknown, 5}),
        called("substring", {"a", unknown}), called("sum", {list({1, unknown})}), called("max", {1, unknown}),
        called("count", {unknown}), called("is", {unknown, 1}), called("list contains", {list({1, unknown}), 2}),
        called("not", {unknown}), called("string", {unknown}), called("string join", {list({"a", unknown})}),
        called("distinct values", {list({1, unknown})}), called("all", {list({true, unknown})}),
        called("sqrt", {list({unknown})})}) {
    CHECK(value.is_unknown());
    CHECK_FALSE(value.is_error());
  }
  CHECK(called("all", {list({false, unknown})}).is_false());
  CHECK(called("any", {list({true, unknown})}).is_true());
  CHECK(called("list contains", {list({1, unknown}), 1}).is_true());
  CHECK(identical(called("count", {list({1, unknown})}), 2));
  const Value both = called("modulo", {unknown, unknown_value("autre")});
  REQUIRE(both.is_unknown());
  CHECK(both.cause()->missing == std::vector<std::string>{"depense.montant", "autre"});
}

TEST_CASE("arguments are coerced as the standard says", "[feel][builtins]") {
  CHECK(identical(called("abs", {list({-1})}), 1));
  CHECK(identical(called("count", {5}), 1));
  CHECK(identical(called("time", {*Date::parse("2022-06-01")}), *Time::parse("00:00:00Z")));
  CHECK(identical(called("concatenate", {1, list({2})}), list({1, 2})));
  CHECK(identical(called("append", {list({}), list({1}), 2}), list({list({1}), 2})));
  CHECK(code_of(called("date", {list({})})) == "F005");
}

TEST_CASE("named arguments choose the overload by their names", "[feel][builtins]") {
  CHECK(identical(called_by_name("date", {"day", "year", "month"}, {1, 2022, 6}), *Date::parse("2022-06-01")));
  CHECK(identical(called_by_name("date", {"from"}, {"2022-06-01"}), *Date::parse("2022-06-01")));
  CHECK(identical(called_by_name("context put", {"keys", "context", "value"}, {list({"a"}), Context{}, 1}),
                  Context{{"a", 1}}));
  CHECK(identical(called_by_name("substring", {"length", "string", "start position"}, {2, "abcd", 2}), "bc"));
  CHECK(called_by_name("is", {"value1"}, {1}).is_false());
  CHECK(code_of(called_by_name("abs", {"number"}, {1})) == "F005");
  CHECK(code_of(called_by_name("abs", {"n", "n"}, {1, 1})) == "F005");
  CHECK(code_of(called_by_name("round up", {"scale"}, {1})) == "F017");
  CHECK(code_of(called_by_name("modulo", {"dividend", "foo"}, {10, 4})) == "F005");
}

TEST_CASE("a function value knows its signature", "[feel][builtins]") {
  const Function &sqrt = **find_builtin("sqrt");
  CHECK(sqrt.name() == "sqrt");
  CHECK(sqrt.type().to_string() == "function<number>->number");
  REQUIRE(sqrt.parameters().size() == 1);
  CHECK(sqrt.parameters().front().name == "number");
  CHECK_FALSE((*find_builtin("date"))->type().has_signature());
}

TEST_CASE("the clock is the caller's", "[feel][builtins]") {
  CHECK(code_of(evaluated("now()")) == "F014");
  CHECK(code_of(evaluated("today()")) == "F014");
  CHECK(code_of(evaluated("today(1)")) == "F005");
}

TEST_CASE("sorting is stable and survives a predicate that contradicts itself", "[feel][builtins]") {
  CHECK(is_true("sort([{a: 1, b: 1}, {a: 0, b: 2}, {a: 1, b: 3}], function(x, y) x.a < y.a).b = [2, 1, 3]"));
  CHECK(is_true("count(sort([5, 1, 4, 2, 3], function(x, y) true)) = 5"));
  CHECK(is_true("sum(sort([5, 1, 4, 2, 3], function(x, y) true)) = 15"));
  CHECK(code_of(evaluated("sort([2, 1], function(x, y) 1)")) == "F009");
  CHECK(code_of(evaluated("sort([2, \"a\"])")) == "F003");
  CHECK(code_of(evaluated("sort([2, null])")) == "F017");
  CHECK(is_true("sort([]) = []"));
}

TEST_CASE("statistics over lists", "[feel][builtins]") {
  for (const char *text : {"sum([])", "min([])", "max([])", "median([])"}) {
    INFO(text);
    CHECK(code_of(evaluated(text)).empty());
  }
  CHECK(is_true("mode([]) = []"));
  for (const char *text : {"stddev([47])", "stddev([])", "mean([])", "product([])"}) {
    INFO(text);
    CHECK(code_of(evaluated(text)) == "F005");
  }
  CHECK(code_of(evaluated("min([1, \"a\"])")) == "F003");
  CHECK(code_of(evaluated("sum([1, null])")) == "F017");
  CHECK(is_true("max(date(\"2022-06-01\"), date(\"2022-06-02\")) = date(\"2022-06-02\")"));
  CHECK(is_true("distinct values([1, null, \"a\", 1.0, null, [1], [1]]) = [1, null, \"a\", [1]]"));
}

TEST_CASE("ranges read from a text hold literals alone", "[feel][builtins]") {
  CHECK(is_true("range(\"[18..21[\") = [18..21)"));
  CHECK(is_true("3 in range(\"(..3]\")"));
  CHECK(is_true("4.5 in range(\"[-1.5e0..)\")"));
  CHECK(is_true("range(\"[date(\\\"2022-01-01\\\")..@\\\"2022-12-31\\\"]\") = [@\"2022-01-01\"..@\"2022-12-31\"]"));
  CHECK(is_true("range(\"[date(2022, 1, 1)..date(2022, 12, 31)]\") = [@\"2022-01-01\"..@\"2022-12-31\"]"));
  CHECK(is_true("range(\"(null..2)\") = (null..2)"));
  for (const char *text : {"[1..]", "[..1]", "(..)", "", "[3..1]", "[1..\\\"b\\\"]", "[1..2", "[a..b]", "[1..2]]",
                           "[null..2]", "[time(string(\\\"00:00:00\\\"))..@\\\"00:00:00\\\"]"}) {
    INFO(text);
    CHECK(evaluated("range(\"" + std::string(text) + "\")").is_error());
  }
}

TEST_CASE("ranges without an end lie beyond every point", "[feel][builtins]") {
  CHECK(is_true("includes((>= 5), [6..7])"));
  CHECK(is_true("before([1..3], (> 3))"));
  CHECK(is_true("overlaps((< 5), (> 4))"));
  CHECK(code_of(evaluated("includes([1..3], \"a\")")) == "F012");
}

TEST_CASE("texts count code points", "[feel][builtins]") {
  CHECK(is_true("string length(\"🐎😀\") = 2"));
  CHECK(is_true("substring(\"🐎😀ab\", 2, 2) = \"😀a\""));
  CHECK(is_true("substring(\"foobar\", -2, 1) = \"a\""));
  CHECK(is_true("substring(\"foobar\", 3, 3.8) = \"oba\""));
  CHECK(code_of(evaluated("substring(\"foobar\", 0)")) == "F005");
  CHECK(is_true("upper case(\"œuvre ÿ éàç Straße\") = \"ŒUVRE Ÿ ÉÀÇ STRASSE\""));
  CHECK(is_true("lower case(\"ΑΒΓ ÉÀÇ İ\") != null"));
}

TEST_CASE("regular expressions are those of XPath", "[feel][builtins]") {
  const auto matches = [](std::string_view text, std::string_view pattern, std::string_view flags = {}) {
    Evaluation evaluation;
    return Regex(evaluation, pattern, flags).matches(text);
  };
  CHECK(matches("abracadabra", "^a.*a$"));
  CHECK_FALSE(matches("a\n", "a$")); // the end is the end
  CHECK_FALSE(matches("Mary\rJones", "Mary.Jones"));
  CHECK(matches("Mary\nJones", "Mary.Jones", "s"));
  CHECK(matches("abcd\n\ndefg\n ", "^$", "m"));
  CHECK(matches("x", "[A-Z-[OI]]", "i"));
  CHECK_FALSE(matches("i", "[A-Z-[OI]]", "i"));
  CHECK(matches("b", "^[a-z-[aeiou]]$"));
  CHECK_FALSE(matches("é", "^[\\p{L}-[\\p{IsLatin-1Supplement}]]$"));
  CHECK(matches("hello world", "\\p{ I s B a s i c L a t i n }+", "x"));
  CHECK(matches("xml:name", "^\\i\\c*$"));
  CHECK_FALSE(matches("1name", "^\\i\\c*$"));
  CHECK(matches("a-b", "^[a\\-b]+$"));
  CHECK(matches("ab", "^[\\S]+$"));
  CHECK_FALSE(matches("a b", "^[\\S]+$"));
  CHECK(matches("été", "^\\w+$"));
  CHECK(matches("abab", "^(ab)\\1$"));
  CHECK(matches("a.b", "a.b", "q"));
  CHECK_FALSE(matches("axb", "a.b", "q"));
  CHECK(matches("a]", "a\\]"));
  CHECK_FALSE(matches("A", "\\p{Ll}", "i")); // categories know no case
  Evaluation evaluation;
  for (const char *pattern : {"(.)\\2",  "\\3",       "(asd)[\\1]", "1[asd\\0]",
                              "(a\\1)",  "(?=a)",     "(?<n>a)",    "\\b",
                              "\\x41",   "a**",       "*a",         "a{,2}",
                              "a{2,1}",  "a{70000}",  "(",          ")",
                              "[",       "[]",        "[a",         "]",
                              "}",       "\\",        "[b-a]",      "\\p{IsNothing}",
                              "\\p{Xx}", "(*ACCEPT)", "a++",        "\\p{ IsBasicLatin}"}) {
    INFO(pattern);
    CHECK_THROWS_AS(Regex(evaluation, pattern, ""), RegexError);
  }
  for (const char *flags : {"p", " ", "X", "sX"})
    CHECK_THROWS_AS(Regex(evaluation, "a", flags), RegexError);
  CHECK_THROWS_AS(Regex(evaluation, std::string(200, '('), ""), RegexError);
}

TEST_CASE("replacements name their groups", "[feel][builtins]") {
  CHECK(is_true("replace(\"abracadabra\", \"a(.)\", \"a$1$1\") = \"abbraccaddabbra\""));
  CHECK(is_true("replace(\"abc\", \"b\", \"\\\\$0\\\\\\\\\") = \"a$0\\\\c\""));
  CHECK(is_true("replace(\"abc\", \"b\", \"$12\") = \"a2c\"")); // no group 12, and group 1 is empty
  CHECK(is_true("replace(\"abc\", \"b\", \"[$0]\") = \"a[b]c\""));
  CHECK(code_of(evaluated("replace(\"abc\", \".*?\", \"x\")")) == "F015");
  CHECK(code_of(evaluated("replace(\"abc\", \"b\", \"$\")")) == "F015");
  CHECK(code_of(evaluated("replace(\"abc\", \"b\", \"\\\\n\")")) == "F015");
  CHECK(is_true("split(\"aéc\", \"\") = [\"a\", \"é\", \"c\", \"\"]"));
  CHECK(is_true("split(\"\", \",\") = [\"\"]"));
}

TEST_CASE("a catastrophic pattern ends in an error", "[feel][builtins]") {
  const std::string text(5000, 'a');
  CHECK(code_of(called("matches", {text + "b", "^(a+)+$"})) == "F015");
  CHECK(code_of(called("replace", {text + "b", "(a|aa)+$", "c"})) == "F015");
}

TEST_CASE("contexts along a path", "[feel][builtins]") {
  CHECK(is_true("context put({x: 1, y: {a: 0}}, [\"y\", \"a\"], 2) = {x: 1, y: {a: 2}}"));
  for (const char *text : {"context put({x: 1}, [], 2)", "context put({x: 1}, [null], 2)",
                           "context put({x: 1}, [\"x\", \"y\"], 2)", "context put({x: 1}, [\"z\", \"y\"], 2)",
                           "context([{key: \"a\"}])", "context merge([{a: 1}, 2])", "get value({a: 1}, 1)"}) {
    INFO(text);
    CHECK(evaluated(text).is_error());
  }
  CHECK(code_of(evaluated("context([{key: \"a\", value: 1}, {key: \"a\", value: 2}])")) == "F013");
  CHECK(code_of(evaluated("get value({a: 1}, \"b\")")).empty());
}

TEST_CASE("numbers written with separators", "[feel][builtins]") {
  CHECK(is_true("number(\"1.000.000,01\", \".\", \",\") = 1000000.01"));
  CHECK(is_true("number(\"12.5\") = 12.5"));
  for (const char *text :
       {"number(\"1.000,01\", \",\", \",\")", "number(\"1,5\", null, \".\")", "number(\"1.5\", null, \",\")",
        "number(\"1\", \"\", \".\")", "number(\"1\", \":\", \".\")", "number(\"\", \",\", \".\")"}) {
    INFO(text);
    CHECK(evaluated(text).is_error());
  }
}

TEST_CASE("parts make dates and times, or do not", "[feel][builtins]") {
  CHECK(is_true("string(time(11, 59, 45.25, duration(\"-PT2H45M55S\"))) = \"11:59:45.25-02:45:55\""));
  CHECK(is_true("string(date and time(2022, 6, 1, 10, 0, 0, \"Europe/Paris\")) = "
                "\"2022-06-01T10:00:00@Europe/Paris\""));
  for (const char *text :
       {"date(2022, 2, 29)", "date(2022, 1.5, 1)", "time(24, 0, 0)", "time(\"24:00:00\")", "time(1, 2, 60)",
        "time(1, 2, -1)", "time(1, 2, 3, duration(\"PT15H\"))", "date(\"2022-06-01T00:00:00\")", "duration(\"P\")"}) {
    INFO(text);
    CHECK(evaluated(text).is_error());
  }
}
