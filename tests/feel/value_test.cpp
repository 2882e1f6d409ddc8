// Texts: TCK 0079-feel-string-function and DMN 1.5 §10.3.4.1 (string()); causes: decisions §1.
#include "tests/feel/values.hpp"

#include "spie/feel/function.hpp"

#include <limits>
#include <memory>
#include <variant>

using namespace spie;
using namespace spie::feel;

namespace {

Range range(Range::End start_end, Value start, Value end, Range::End end_end) {
  return {start_end, std::move(start), std::move(end), end_end};
}

constexpr auto closed = Range::End::closed;
constexpr auto open = Range::End::open;
constexpr auto undefined = Range::End::undefined;

struct Twice final : Function {
  Value call(Evaluation &, std::span<const Value> arguments) const override {
    return List(arguments.begin(), arguments.end());
  }
  std::vector<Parameter> parameters() const override { return {{"first", {}}, {"second", {}}}; }
  Type type() const override { return Type::function({Type(), Type()}, Type::list({})); }
  std::string name() const override { return "twice"; }
};

} // namespace

TEST_CASE("a value takes no more than 24 bytes", "[feel][value]") { CHECK(sizeof(Value) <= 24); }

TEST_CASE("kinds bear the names of FEEL", "[feel][value]") {
  CHECK(name(Kind::text) == "string");
  CHECK(name(Kind::date_time) == "date and time");
  CHECK(name(Kind::days_duration) == "days and time duration");
  CHECK(name(Kind::months_duration) == "years and months duration");
  CHECK(name(Kind::function) == "function");
}

TEST_CASE("a value becomes the text that string() gives", "[feel][value]") {
  CHECK(Value("foo").to_string() == "foo");
  CHECK(Value("a \"b\"").to_string() == "a \"b\"");
  CHECK(num("123.45").to_string() == "123.45");
  CHECK(num("1.10").to_string() == "1.1");
  CHECK(Value(false).to_string() == "false");
  CHECK(Value().to_string() == "null");
  CHECK(at("2018-12-10").to_string() == "2018-12-10");
  CHECK(at("2018-12-10T00:00:00").to_string() == "2018-12-10T00:00:00");
  CHECK(at("10:30:00.0001+05:00:01").to_string() == "10:30:00.0001+05:00:01");
  CHECK(at("10:30:00@Etc/UTC").to_string() == "10:30:00@Etc/UTC");
  CHECK(at("P1DT2H3M4.1234S").to_string() == "P1DT2H3M4.1234S");
  CHECK(at("P0D").to_string() == "PT0S");
  CHECK(at("P1Y2M").to_string() == "P1Y2M");
}

TEST_CASE("texts inside lists and contexts are quoted", "[feel][value]") {
  CHECK(Value(List{1, 2, 3, List{4, 5, "foo"}}).to_string() == "[1, 2, 3, [4, 5, \"foo\"]]");
  CHECK(Value(List{"\"foo\""}).to_string() == "[\"\\\"foo\\\"\"]");
  CHECK(Value(List{}).to_string() == "[]");
  CHECK(Value(List{Value(), at("2018-12-10")}).to_string() == "[null, 2018-12-10]");
  CHECK(Value(Context{{"a", "foo"}, {"b", Context{{"bar", "baz"}}}}).to_string() == "{a: \"foo\", b: {bar: \"baz\"}}");
  CHECK(Value(Context{}).to_string() == "{}");
}

TEST_CASE("keys that are not names are quoted", "[feel][value]") {
  const auto text = [](std::string key) { return Value(Context{{std::move(key), "foo"}}).to_string(); };
  CHECK(text("{") == "{\"{\": \"foo\"}");
  CHECK(text(":") == "{\":\": \"foo\"}");
  CHECK(text(",") == "{\",\": \"foo\"}");
  CHECK(text("}") == "{\"}\": \"foo\"}");
  CHECK(text("\"") == "{\"\\\"\": \"foo\"}");
  CHECK(text("") == "{\"\": \"foo\"}");
  CHECK(text("1a") == "{\"1a\": \"foo\"}");
  CHECK(text("if") == "{\"if\": \"foo\"}");
  CHECK(text("a  b") == "{\"a  b\": \"foo\"}");
  CHECK(text("a ") == "{\"a \": \"foo\"}");
  CHECK(text("a b") == "{a b: \"foo\"}");
  CHECK(text("durée_été") == "{durée_été: \"foo\"}");
}

TEST_CASE("ranges are written with their ends", "[feel][value]") {
  CHECK(Value(range(closed, 1, 10, closed)).to_string() == "[1..10]");
  CHECK(Value(range(open, "a", "b", open)).to_string() == "(\"a\"..\"b\")");
  CHECK(Value(range(undefined, {}, 10, open)).to_string() == "(< 10)");
  CHECK(Value(range(undefined, {}, 10, closed)).to_string() == "(<= 10)");
  CHECK(Value(range(open, 10, {}, undefined)).to_string() == "(> 10)");
  CHECK(Value(range(closed, 10, {}, undefined)).to_string() == "(>= 10)");
}

TEST_CASE("a value becomes a FEEL literal that gives it back", "[feel][value]") {
  CHECK(Value("a \"b\"\\c\n\t\x01").to_feel() == "\"a \\\"b\\\"\\\\c\\n\\t\\u0001\"");
  CHECK(at("2024-02-29").to_feel() == "date(\"2024-02-29\")");
  CHECK(at("2024-02-29T10:30:00Z").to_feel() == "date and time(\"2024-02-29T10:30:00Z\")");
  CHECK(at("10:30:00").to_feel() == "time(\"10:30:00\")");
  CHECK(at("P1D").to_feel() == "duration(\"P1D\")");
  CHECK(at("P1Y").to_feel() == "duration(\"P1Y\")");
  CHECK(Value(List{Value(), true, at("P1Y")}).to_feel() == "[null, true, duration(\"P1Y\")]");
  CHECK(Value(range(closed, at("2024-01-01"), at("2024-12-31"), open)).to_feel() ==
        "[date(\"2024-01-01\")..date(\"2024-12-31\"))");
}

TEST_CASE("values nested a thousand times are printed and destroyed", "[feel][value]") {
  Value value = 1;
  for (int i = 0; i < 1000; ++i)
    value = List{value};
  CHECK(value.to_string() == std::string(1000, '[') + "1" + std::string(1000, ']'));
}

TEST_CASE("values that share their parts are not unfolded without end", "[feel][value]") {
  Value value = unknown_value("x");
  for (int i = 0; i < 60; ++i)
    value = List{value, value};
  CHECK(identical(value, value));
  Cause cause;
  collect_causes(value, cause);
  CHECK(cause.missing == std::vector<std::string>{"x"});
}

TEST_CASE("an error is a null that says why", "[feel][value]") {
  const Value value = error_value(Code::feel_type, "what", "1:2");
  REQUIRE(value.is_null());
  CHECK(value.is_error());
  CHECK_FALSE(value.is_unknown());
  REQUIRE(value.cause()->errors.size() == 1);
  CHECK(to_string(value.cause()->errors.front()).substr(0, 24) == "F003 error at 1:2: what ");
  CHECK(unknown_value("a.b").cause()->missing == std::vector<std::string>{"a.b"});
  CHECK(Value().cause() == nullptr);
  CHECK(Value(1).cause() == nullptr);
}

TEST_CASE("causes are merged, each once", "[feel][value]") {
  CHECK(is_plain_null(merge_causes(1, Value())));
  CHECK(is_plain_null(merge_causes(Value(), Value())));
  const Value x = unknown_value("x");
  CHECK(merge_causes(x, 1).cause() == x.cause());
  CHECK(merge_causes(Value(), x).cause() == x.cause());
  const Value error = error_value(Code::feel_type, "e");
  const Value both = merge_causes(merge_causes(x, unknown_value("y")), merge_causes(unknown_value("x"), error));
  CHECK(both.cause()->missing == std::vector<std::string>{"x", "y"});
  CHECK(both.cause()->errors.size() == 1);
}

TEST_CASE("the causes inside a value are gathered, many of them too", "[feel][value]") {
  List items;
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < 1000; ++i) {
      items.push_back(unknown_value("fait " + std::to_string(i)));
      items.push_back(error_value(Code::feel_path, "erreur " + std::to_string(i)));
    }
  const Value value = List{Context{{"a", items}}, range(closed, unknown_value("début"), 1, closed), 12};
  Cause cause;
  collect_causes(value, cause);
  CHECK(cause.missing.size() == 1001);
  CHECK(cause.errors.size() == 100); // the first ones say what is wrong
  collect_causes(value, cause);
  CHECK(cause.missing.size() == 1001);
  CHECK(cause.errors.size() == 100); // the first ones say what is wrong
}

TEST_CASE("a refused fact is unknown too", "[feel][value]") {
  auto cause = std::make_shared<Cause>();
  cause->refused.push_back("santé");
  const Value value = Null{cause};
  CHECK(value.is_unknown());
  CHECK(merge_causes(value, unknown_value("x")).cause()->refused == std::vector<std::string>{"santé"});
}

TEST_CASE("identity is by kind and content", "[feel][value]") {
  CHECK(identical(num("1.10"), num("1.1")));
  CHECK_FALSE(identical(1, "1"));
  CHECK(identical(Value(), unknown_value("x")));
  CHECK(identical(Context{{"a", 1}, {"b", 2}}, Context{{"b", 2}, {"a", 1}}));
  CHECK_FALSE(identical(Context{{"a", 1}}, Context{{"b", 1}}));
  CHECK_FALSE(identical(Context{{"a", 1}}, Context{{"a", 1}, {"b", 1}}));
  CHECK(identical(List{1, List{2}}, List{1, List{2}}));
  CHECK_FALSE(identical(List{1, 2}, List{1}));
  CHECK(identical(range(closed, 1, 2, open), range(closed, 1, 2, open)));
  CHECK_FALSE(identical(range(closed, 1, 2, open), range(closed, 1, 2, closed)));
  // TCK 0103: what is() tells apart.
  CHECK_FALSE(identical(at("2002-04-02T12:00:00-01:00"), at("2002-04-02T17:00:00+04:00")));
  CHECK_FALSE(identical(at("23:00:50@Australia/Melbourne"), at("23:00:50+10:00")));
  CHECK(identical(at("23:00:50Z"), at("23:00:50+00:00")));
  CHECK_FALSE(identical(at("10:30:00.1"), at("10:30:00.2")));
  const auto function = std::make_shared<const Twice>();
  CHECK(identical(Value(function), Value(function)));
  CHECK_FALSE(identical(Value(function), Value(std::make_shared<const Twice>())));
}

TEST_CASE("a context keeps the order of its keys and each key once", "[feel][value]") {
  Context context{{"b", 1}};
  context.set("a", 2);
  context.set("b", 3);
  CHECK(Value(context).to_string() == "{b: 3, a: 2}");
  CHECK(context.find("c") == nullptr);
}

TEST_CASE("an error of an evaluation says where it stands", "[feel][evaluation]") {
  Evaluation evaluation;
  const auto where = [&] { return evaluation.error(Code::feel_type, "m").cause()->errors.front().where; };
  CHECK(where().empty());
  evaluation.line = 1;
  evaluation.column = 14;
  CHECK(where() == "1:14");
  const std::string element = "entree.dmn, decision 'entree', rule 3";
  evaluation.element = &element;
  CHECK(where() == "entree.dmn, decision 'entree', rule 3, 1:14");
  evaluation.line = 0;
  CHECK(where() == element);
}

TEST_CASE("arguments given by name are put in order, what is left out is null", "[feel][function]") {
  Evaluation evaluation;
  const Twice twice;
  const auto call = [&](std::vector<std::string> names, std::vector<Value> values) {
    return static_cast<const Function &>(twice).call_named(evaluation, names, values);
  };
  CHECK(call({"second", "first"}, {2, 1}).to_string() == "[1, 2]");
  CHECK(call({"second"}, {2}).to_string() == "[null, 2]");
  CHECK(code_of(call({"third"}, {2})) == "F005");
  CHECK(code_of(call({"first", "first"}, {1, 2})) == "F005");
  CHECK(Value(std::make_shared<const Twice>()).to_string() == "function twice(first, second)");
}

TEST_CASE("values of every kind are copied, moved and put in one another's place", "[value]") {
  const std::vector<Value> kinds{Value(),
                                 unknown_value("a"),
                                 true,
                                 *Number::parse("1.50"),
                                 "texte",
                                 *Date::parse("2022-06-01"),
                                 *Time::parse("10:00:00"),
                                 *DateTime::parse("2022-06-01T10:00:00"),
                                 *DaysDuration::parse("P1D"),
                                 *MonthsDuration::parse("P1M"),
                                 Range{},
                                 Value(List{1, "a"}),
                                 Value(Context{{"a", 1}}),
                                 Value(std::shared_ptr<const Function>())};
  for (const Value &from : kinds)
    for (const Value &into : kinds) {
      Value copy(into);
      copy = from;
      CHECK(identical(copy, from));
      CHECK(copy.cause() == from.cause());
      Value moved(into);
      moved = std::move(copy);
      CHECK(identical(moved, from));
      CHECK(copy.cause() == nullptr); // NOLINT(bugprone-use-after-move): of what was shared, nothing is left
      moved = static_cast<const Value &>(moved);
      CHECK(identical(moved, from));
    }
  CHECK_THROWS_AS(Value("a").number(), std::bad_variant_access);
  CHECK_THROWS_AS(Value(1).list(), std::bad_variant_access);
}
