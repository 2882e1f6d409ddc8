// What takes more of the time than a node takes more steps than one: no short text asks for the work of years, and no
// text makes more than its bytes. The time itself is not measured: it is what the steps stand for.
#include "tests/feel/values.hpp"

#include "rules/feel/builtins/vendors.hpp"
#include "spie/feel/expression.hpp"
#include "spie/feel/function.hpp"

#include <initializer_list>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace spie;
using namespace spie::feel;

namespace {

struct Taken {
  Value value;
  std::int64_t steps = 0;
  std::size_t bytes = 0;
};

Taken taken(const std::string &text, std::initializer_list<std::pair<std::string, Value>> given = {},
            Limits limits = {}) {
  Scope scope;
  std::vector<Value> globals;
  for (const auto &[name, value] : given) {
    scope.add_variable(name, Type(), static_cast<std::uint32_t>(globals.size()));
    globals.push_back(value);
  }
  CompileOptions options;
  options.types = false;
  const Expression expression = Expression::compile(text, scope, options);
  Evaluation evaluation;
  evaluation.limits = limits;
  evaluation.globals = globals;
  Taken result;
  result.value = expression.evaluate(evaluation);
  result.steps = evaluation.steps();
  result.bytes = evaluation.bytes();
  return result;
}

Context keyed(int size, bool backwards = false) {
  std::vector<Context::Entry> entries;
  for (int i = 0; i < size; ++i)
    entries.emplace_back("key " + std::to_string(backwards ? size - 1 - i : i), backwards ? size - 1 - i : i);
  return Context::of_distinct(std::move(entries));
}

List counted_up(int size) {
  List list;
  for (int i = 0; i < size; ++i)
    list.emplace_back(i);
  return list;
}

// So many errors, each another one.
std::string errors(int count) { return "(for i in 1.." + std::to_string(count) + " return number(\"x\" + string(i)))"; }

} // namespace

TEST_CASE("long texts that are compared take a step for each 64 bytes", "[feel][limits]") {
  const std::string long_text(64'000, 'x');
  const Value a(long_text + "a"), b(long_text + "b"), same(long_text + "a");
  for (const char *text : {"a = b",
                           "a != b",
                           "a = same",
                           "a < b",
                           "a in (b, same)",
                           "a in (< b)",
                           "a in [b, same]",
                           "a between b and same",
                           "a in [b..b]",
                           "list contains([b], a)",
                           "index of([b], a)",
                           "is(a, b)",
                           "distinct values([a, b])",
                           "union([a], [b])",
                           "min([a, b])",
                           "max(a, b)",
                           "sort([a, b])",
                           "[a] = [b]",
                           "{x: a} = {x: b}",
                           "[a..b] = [b..b]",
                           "before(a, b)",
                           "overlaps([a..b], [a..b])",
                           "[1, a][item = b]",
                           "some x in [b] satisfies x = a"}) {
    INFO(text);
    CHECK(taken(text, {{"a", a}, {"b", b}, {"same", same}}).steps >= 1'000);
  }
  // Short ones, those of different lengths, and the very same one take none.
  CHECK(taken("a = b", {{"a", "short"}, {"b", "other"}}).steps <= 3);
  CHECK(taken("a = b", {{"a", a}, {"b", "other"}}).steps <= 3);
  CHECK(taken("[a] = [a]", {{"a", a}}).steps <= 10);
  Limits few;
  few.steps = 100'000;
  CHECK(code_of(taken("count(for i in [1..1000] return a = b)", {{"a", a}, {"b", b}}, few).value) == "F008");
  CHECK(code_of(taken("some i in [1..1000] satisfies a = b", {{"a", a}, {"b", b}}, few).value) == "F008");
}

TEST_CASE("a text is sought in the time of both lengths", "[feel][limits]") {
  // Place by place, each compared whole, this would be 10^13 bytes.
  const Value text(std::string(8'000'000, 'x')), sought(std::string(2'000'000, 'x') + "b");
  CHECK(taken("contains(a, b)", {{"a", text}, {"b", sought}}).value.is_false());
  CHECK(taken("substring before(a, b)", {{"a", text}, {"b", sought}}).value.text().empty());
  CHECK(taken("substring after(a, b)", {{"a", text}, {"b", sought}}).value.text().empty());
  CHECK(taken("substring after(\"abcabd\", \"abd\") = \"\" and substring before(\"abcabd\", \"bd\") = \"abca\"")
            .value.is_true());
  CHECK(taken("substring after(\"abc\", \"\") = \"abc\" and substring before(\"abc\", \"\") = \"\"").value.is_true());
}

TEST_CASE("a name sought in a large context takes steps, an entry that is copied one", "[feel][limits]") {
  const Value wide(keyed(16'000)), backwards(keyed(16'000, true));
  for (const char *text : {"c.key 15999", "get value(c, \"key 15999\")", "[c].key 15999", "[c][key 15999 = 1]"}) {
    INFO(text);
    CHECK(taken(text, {{"c", wide}}).steps >= 1'000);
  }
  for (const char *text : {"get entries(c)", "context put(c, \"new\", 1)", "context put({c: c}, [\"c\", \"new\"], 1)",
                           "context merge([c, c])", "context(get entries(c))"}) {
    INFO(text);
    CHECK(taken(text, {{"c", wide}}).steps >= 16'000);
  }
  CHECK(taken("c = d", {{"c", wide}, {"d", backwards}}).steps >= 16'000'000);
  CHECK(taken("c = d", {{"c", keyed(10)}, {"d", keyed(10, true)}}).value.is_true());
  CHECK(taken("c.a", {{"c", Context{{"a", 1}}}}).steps <= 3);
}

TEST_CASE("contexts and lists inside what a function makes count as bytes", "[feel][limits]") {
  const Value wide(keyed(1'000));
  const std::size_t each = 1'000 * sizeof(Context::Entry);
  CHECK(taken("context put({c: c}, [\"c\", \"new\"], 1)", {{"c", wide}}).bytes >= each);
  CHECK(taken("get entries(c)", {{"c", wide}}).bytes >= 2 * each);
  Limits little;
  little.bytes = std::size_t{8} << 20U;
  const std::string many = "count(for i in [1..1000] return context put({c: c}, [\"c\", \"new\"], i))";
  CHECK(code_of(taken(many, {{"c", wide}}, little).value) == "F008");
}

TEST_CASE("what is walked item by item takes steps", "[feel][limits]") {
  const Value list(counted_up(80'000));
  for (const char *text : {"l instance of list<number>", "(function(x: list<number>) 1)(l)", "sublist(l, 1)",
                           "string join(l)", "[l][item instance of list<number>]"}) {
    INFO(text);
    CHECK(taken(text, {{"l", list}}).steps >= 10'000);
  }
  for (const char *text : {"distinct values(l)", "sort(l)", "median(l)", "mode(l)"}) {
    INFO(text);
    CHECK(taken(text, {{"l", list}}).steps >= 80'000);
  }
  CHECK(taken("distinct values([2, 1, 1.0, 3, 2]) = [2, 1, 3]").value.is_true());
  CHECK(taken("distinct values([\"b\", \"a\", \"b\", \"\"]) = [\"b\", \"a\", \"\"]").value.is_true());
  CHECK(taken("union([], [1, 1]) = [1] and distinct values([]) = []").value.is_true());
  // `partial` is a list of all the results so far.
  CHECK(taken("count(for i in [1..4000] return count(partial))").steps >= 4'000 * 4'000 / 2 / 8);
}

TEST_CASE("a value rests on the first hundred of different errors, and on a limit always", "[feel][limits]") {
  const auto count_of = [](const Value &value) {
    Cause cause;
    collect_causes(value, cause);
    return cause.errors.size();
  };
  for (const char *function : {"sum", "max", "all", "any", "sort", "stddev"}) {
    INFO(function);
    const Value result = taken(std::string(function) + errors(50'000)).value; // quadratic, it took minutes
    CHECK(result.is_null());
    CHECK(count_of(result) == 100);
  }
  for (const char *text : {"some x in @ satisfies x > 1", "every x in @ satisfies x > 1", "1 + sum(@)"}) {
    std::string asked = text;
    asked.replace(asked.find('@'), 1, errors(50'000));
    INFO(text);
    CHECK(count_of(taken(asked).value) == 100);
  }
  CHECK(taken("count(" + errors(50'000) + "[item > 1])").value.number() == Number(0));
  CHECK(taken("count(for x in " + errors(50'000) + " return if x > 1 then 1 else 2)").value.number() == Number(50'000));
  CHECK(count_of(taken("sum(" + errors(60) + ")").value) == 60);
  // Of errors that nothing keeps, the next one may stand where the last one stood.
  CHECK(count_of(taken("every i in 1..60 satisfies number(\"x\" + string(i)) > 1").value) == 60);
  CHECK(count_of(taken("some i in 1..60 satisfies number(\"x\" + string(i)) > 1").value) == 60);
  Limits short_texts;
  short_texts.text_size = 5'000;
  const std::string limit = "sum(concatenate(" + errors(150) + ", [string(for i in 1..5000 return i)]))";
  const Value with_limit = taken(limit, {}, short_texts).value;
  CHECK(count_of(with_limit) == 101);
  Cause cause;
  collect_causes(with_limit, cause);
  CHECK(cause.errors.back().code == Code::feel_limit);
}

TEST_CASE("errors that are held count as bytes", "[feel][limits]") {
  Limits little;
  little.bytes = std::size_t{4} << 20U;
  CHECK(code_of(taken(errors(50'000), {}, little).value) == "F008");
  CHECK(code_of(taken("for i in 1..50000 return [number(\"x\")]", {}, little).value) == "F008");
  CHECK(code_of(taken("for i in 1..50000 return {a: number(\"x\")}", {}, little).value) == "F008");
  CHECK(code_of(taken("{a: sum(" + errors(50) + "), b: max(" + errors(99) + "), r: for i in 1..1000 return a + b}.r",
                      {}, little)
                    .value) == "F008");
  // A message does not repeat a text of a megabyte.
  const Value text(std::string(1'000'000, '('));
  for (const char *asked :
       {"matches(\"a\", t)", "replace(\"a\", t, \"\")", "split(\"a\", t)", "range(t)", "number(t)", "date(t)",
        "duration(t)", "context put({}, [t, \"a\"], 1)", "context([{key: t, value: 1}, {key: t, value: 1}])"}) {
    INFO(asked);
    Cause cause;
    collect_causes(taken(asked, {{"t", text}}).value, cause);
    REQUIRE(cause.errors.size() == 1);
    CHECK(cause.errors.front().message.size() < 1'000);
  }
}

TEST_CASE("what a regular expression may take counts", "[feel][limits]") {
  const Value text(std::string(20'000, 'x')), shorter(std::string(2'000, 'x'));
  // From each place to the end of the text, without one backtrack.
  CHECK(taken("matches(t, \"x[^yz]*[yz]\")", {{"t", text}}).steps >= 20'000 / 2'048 * 20'000 / 2);
  CHECK(taken("split(t, \"(x[^yz]*[yz])?\")", {{"t", text}}).steps >= 20'000 / 2'048 * 20'000 / 2);
  // Some hundred backtracks from each of two thousand places.
  CHECK(taken("matches(t, \"x{1,40}x{1,40}[yz]\")", {{"t", shorter}}).steps >= 2'000 * 400 / 16);
  CHECK(code_of(taken("for i in [1..1000] return matches(t, \"(x+x+)+[yz]\")", {{"t", shorter}}).value) == "F008");
  CHECK(taken("replace(t, \"x(y+)?\", \"\") = \"\"", {{"t", text}}).value.is_true()); // a match at each place
  // What is simple stays so, and is found where it stands: beyond the first starts, and at the very end.
  CHECK(taken("matches(\"AB12345\", \"^[A-Z]{2}[0-9]+$\")").steps <= 100);
  CHECK(taken("count(split(t, \"y\")) = 1", {{"t", text}}).steps <= 500);
  const Value late(std::string(5'000, 'a') + "été b1" + std::string(300, 'c') + "d2");
  CHECK(taken("matches(t, \"b[0-9]+\") and matches(t, \"d[0-9]+$\") and not(matches(t, \"z+\"))", {{"t", late}})
            .value.is_true());
  CHECK(taken("matches(t, \"(z+)?$\") and matches(t, \"^a+été\") and not(matches(t, \"^b+\"))", {{"t", late}})
            .value.is_true());
  CHECK(taken("count(split(t, \"[a-c]+\"))", {{"t", late}}).value.number() == Number(4));
  CHECK(taken("replace(t, \"(é)+|c+\", \"-\") = replace(t, \"é|c{300}\", \"-\")", {{"t", late}}).value.is_true());
}

TEST_CASE("functions answer whatever they are called with, within whatever limits", "[feel][limits]") {
  std::vector<std::pair<std::string, std::shared_ptr<const Function>>> functions;
  for (const std::string &name : builtin_names())
    functions.emplace_back(name, *find_builtin(name));
  for (const Vendor &vendor : vendors())
    functions.insert(functions.end(), functions_of(vendor).begin(), functions_of(vendor).end());
  List texts, errors_too{Value(), error_value(Code::feel_type, "e"), unknown_value("f"), 1};
  for (int i = 0; i < 40; ++i)
    texts.emplace_back(std::string(100, static_cast<char>('a' + i % 7)));
  const std::vector<Value> given{Value(),
                                 true,
                                 0,
                                 2,
                                 -1,
                                 *Number::parse("1e6000"),
                                 *Number::parse("0.5"),
                                 "",
                                 "abc",
                                 "2024-02-29",
                                 "#,##0.00",
                                 std::string(3'000, 'x'),
                                 "x[^yz]*[yz]",
                                 Date{19'000},
                                 *Time::parse("10:30:00Z"),
                                 *DateTime::parse("2024-02-29T10:30:00@Europe/Paris"),
                                 MonthsDuration{14},
                                 DaysDuration{3'600, 0},
                                 List{},
                                 counted_up(300),
                                 texts,
                                 errors_too,
                                 List{keyed(3), keyed(20)},
                                 List{Context{{"key", "a"}, {"value", 1}}},
                                 keyed(100),
                                 Range{Range::End::closed, 1, 5, Range::End::open},
                                 *find_builtin("is"),
                                 error_value(Code::feel_limit, "l")};
  std::mt19937 random(9'201);
  int answered = 0;
  for (const auto &[name, function] : functions)
    for (int turn = 0; turn < 400; ++turn) {
      std::vector<Value> arguments;
      for (std::size_t i = random() % 5; i > 0; --i)
        arguments.push_back(given[random() % given.size()]);
      Evaluation evaluation;
      evaluation.limits.steps = 1 << random() % 16;
      evaluation.limits.bytes = std::size_t{1} << (6 + random() % 20);
      INFO(name << " " << Value(arguments).to_feel().substr(0, 300));
      REQUIRE_NOTHROW(answered += function->call(evaluation, arguments).is_null() ? 0 : 1);
    }
  CHECK(answered > 1'000);
}

TEST_CASE("the functions of Signavio's take the time of their texts", "[feel][limits]") {
  const auto called = [](const char *name, std::vector<Value> arguments) {
    for (const auto &[known, function] : functions_of(*find_vendor("signavio")))
      if (known == name) {
        Evaluation evaluation;
        return function->call(evaluation, arguments);
      }
    return Value();
  };
  CHECK(called("text", {1'234'567, "#,##0.00"}).text() == "1,234,567.00");
  CHECK(called("text", {-12, "0,0"}).text() == "-1,2");
  CHECK(called("text", {5, std::string(1'000'000, '0') + ",0"}).text().size() ==
        2'000'001); // 10^12 bytes moved, before
  CHECK(called("textOccurrences", {"aa", "aaaaa"}).number() == Number(2));
  CHECK(called("textOccurrences", {std::string(1'000'000, 'x') + "b", std::string(4'000'000, 'x')}).number() ==
        Number(0));
}
