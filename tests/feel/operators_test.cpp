// DMN 1.5 §10.3.2.13-10.3.2.15; expected values from the TCK folders named, and for unknown facts from decisions §1.
#include "tests/feel/values.hpp"

#include "rules/feel/operators.hpp"
#include "spie/feel/function.hpp"

using namespace spie;
using namespace spie::feel;

namespace {

constexpr auto closed = Range::End::closed;
constexpr auto open = Range::End::open;
constexpr auto undefined = Range::End::undefined;

Value between(Value from, Value to, Range::End start_end = closed, Range::End end_end = closed) {
  return Range{start_end, std::move(from), std::move(to), end_end};
}
Value below(Value bound, Range::End end) { return Range{undefined, {}, std::move(bound), end}; }
Value above(Value bound, Range::End end) { return Range{end, std::move(bound), {}, undefined}; }

struct Identity final : Function {
  Value call(Evaluation &, std::span<const Value> arguments) const override { return arguments.front(); }
  std::vector<Parameter> parameters() const override { return {{"a", {}}}; }
  Type type() const override { return Type::function({Type()}, Type()); }
};

// What each operator gives, as text: "true", "P1D", or the code of the error.
std::string shown(const Value &value) {
  if (!value.is_null())
    return value.to_string();
  if (value.cause() == nullptr)
    return "null";
  if (value.is_unknown()) {
    std::string text = "?";
    for (const std::string &path : value.cause()->missing)
      text += ' ' + path;
    for (const Diagnostic &error : value.cause()->errors)
      text += " " + std::string(spie::text(error.code));
    return text;
  }
  return code_of(value);
}

struct Bare {
  Evaluation evaluation;
  std::string equal(const Value &a, const Value &b) { return shown(feel::equal(evaluation, a, b)); }
  std::string less(const Value &a, const Value &b) { return shown(feel::compare(evaluation, Order::less, a, b)); }
  std::string add(const Value &a, const Value &b) { return shown(feel::add(evaluation, a, b)); }
  std::string subtract(const Value &a, const Value &b) { return shown(feel::subtract(evaluation, a, b)); }
  std::string multiply(const Value &a, const Value &b) { return shown(feel::multiply(evaluation, a, b)); }
  std::string divide(const Value &a, const Value &b) { return shown(feel::divide(evaluation, a, b)); }
  std::string power(const Value &a, const Value &b) { return shown(feel::power(evaluation, a, b)); }
  std::string negate(const Value &a) { return shown(feel::negate(evaluation, a)); }
  std::string all(const Value &a, const Value &b) { return shown(feel::logical_and(evaluation, a, b)); }
  std::string any(const Value &a, const Value &b) { return shown(feel::logical_or(evaluation, a, b)); }
  std::string in(const Value &a, const Value &b) { return shown(feel::in_test(evaluation, a, b)); }
  std::string property(const Value &a, std::string_view name) { return shown(feel::property(evaluation, a, name)); }
};

struct Pack : Bare {
  Pack() { evaluation.facts_may_be_unknown = true; }
};

const Value null;

} // namespace

TEST_CASE_METHOD(Bare, "null is equal to null alone", "[feel][operators]") { // TCK 0068
  CHECK(equal(null, null) == "true");
  CHECK(equal(true, null) == "false");
  CHECK(equal(null, 100) == "false");
  CHECK(equal(List{}, null) == "false");
  CHECK(equal(Context{}, null) == "false");
  CHECK(equal(error_value(Code::feel_type, "e"), null) == "true");
  CHECK(equal(unknown_value("x"), 1) == "false");
}

TEST_CASE_METHOD(Bare, "values of one kind are equal by content", "[feel][operators]") { // TCK 0068
  CHECK(equal(true, true) == "true");
  CHECK(equal(true, false) == "false");
  CHECK(equal(num("12300"), num("1.23e4")) == "true");
  CHECK(equal(num("0"), num("0.00")) == "true");
  CHECK(equal("foo", "Foo") == "false");
  CHECK(equal(at("P1Y"), at("P12M")) == "true");
  CHECK(equal(at("P1D"), at("PT24H")) == "true");
  CHECK(equal(at("P1D"), at("-P1D")) == "false");
  CHECK(equal(at("2018-12-07"), at("2018-12-08")) == "false");
}

TEST_CASE_METHOD(Bare, "values of two kinds are not compared", "[feel][operators]") { // TCK 0068
  CHECK(equal("foo", 100) == "F003");
  CHECK(equal(List{}, 0) == "F003");
  CHECK(equal(Context{}, List{}) == "F003");
  CHECK(equal(at("10:30:00"), 100) == "F003");
  CHECK(equal(at("P0D"), 0) == "F003");
  CHECK(equal(at("P1Y"), at("P365D")) == "F003");
  CHECK(equal(List{100}, 100) == "F003");
  CHECK(equal(at("P0D"), at("P0Y")) == "true");
}

TEST_CASE_METHOD(Bare, "times are equal at the same instant", "[feel][operators]") { // TCK 0068
  CHECK(equal(at("10:30:00@Europe/Paris"), at("10:30:00@Europe/Paris")) == "true");
  CHECK(equal(at("10:30:00@Europe/Paris"), at("10:30:00@Asia/Dhaka")) == "false");
  CHECK(equal(at("10:30:00@Europe/Paris"), at("10:30:00")) == "false");
  CHECK(equal(at("10:30:00.0001"), at("10:30:00.0002")) == "true");
  CHECK(equal(at("2018-12-08T00:00:00.0001"), at("2018-12-08T00:00:00")) == "true");
  CHECK(equal(at("2018-02-08T00:00:00+01:00"), at("2018-02-08T00:00:00@Europe/Paris")) == "true");
  CHECK(equal(at("2002-04-02T23:00:00-04:00"), at("2002-04-03T02:00:00-01:00")) == "true");
}

TEST_CASE_METHOD(Bare, "lists, contexts and ranges are equal part by part", "[feel][operators]") { // TCK 0068
  CHECK(equal(List{1, 2, 3}, List{1, 2, 3}) == "true");
  CHECK(equal(List{1, 1, 1}, List{1, 1, 1, 1}) == "false");
  CHECK(equal(List{1, 2, List{3, 4}}, List{1, 2, List{4, 3}}) == "false");
  CHECK(equal(Context{{"foo", "bar"}, {"bar", "baz"}}, Context{{"bar", "baz"}, {"foo", "bar"}}) == "true");
  CHECK(equal(Context{{"foo", "bar"}}, Context{{"foo", "baz"}}) == "false");
  CHECK(equal(Context{{"a", 1}}, Context{{"b", 1}}) == "false");
  CHECK(equal(between(1, 10), between(1, 10)) == "true");
  CHECK(equal(between(1, 2), between(1, 3)) == "false");
  CHECK(equal(between(1, 10, closed, open), between(1, 10)) == "false");
  CHECK(equal(below(10, open), between(null, 10, open, open)) == "false"); // range_006
  CHECK(equal(below(10, open), below(10, open)) == "true");
  const Value function(std::make_shared<const Identity>());
  CHECK(equal(function, function) == "true");
  CHECK(equal(function, Value(std::make_shared<const Identity>())) == "false");
}

TEST_CASE_METHOD(Bare, "a part that differs outweighs a part that is not compared", "[feel][operators]") {
  CHECK(equal(List{1, "a"}, List{1, 2}) == "F003");
  CHECK(equal(List{"a", 1}, List{2, 3}) == "false");
}

TEST_CASE_METHOD(Pack, "in a pack a test over an unknown fact is unknown", "[feel][operators]") { // decisions §1
  const Value x = unknown_value("x");
  CHECK(equal(x, null) == "? x");
  CHECK(equal(x, x) == "? x");
  CHECK(equal(1, x) == "? x");
  CHECK(equal(x, unknown_value("y")) == "? x y");
  CHECK(equal(error_value(Code::feel_type, "e"), 1) == "F003");
  CHECK(equal(null, null) == "true");
  CHECK(equal(1, null) == "false");
  CHECK(equal(List{1, x}, List{1, 2}) == "? x");
  CHECK(equal(List{1, x}, List{2, 2}) == "false");
  CHECK(equal(List{"a", x}, List{1, 2}) == "? x F003");
  CHECK_FALSE(is_equal(evaluation, x, x));
}

TEST_CASE_METHOD(Bare, "what has an order is ordered", "[feel][operators]") { // TCK 0071, 0072
  CHECK(less(1, 2) == "true");
  CHECK(less(2, 2) == "false");
  CHECK(less("a", "b") == "true");
  CHECK(less("z", "é") == "true"); // by code point
  CHECK(less(at("2018-12-01"), at("2018-12-02")) == "true");
  CHECK(less(at("10:30:01"), at("10:30:02")) == "true");
  CHECK(less(at("P1Y"), at("P13M")) == "true");
  CHECK(less(at("PT23H"), at("P1D")) == "true");
  CHECK(shown(compare(evaluation, Order::less_or_equal, 2, 2)) == "true");
  CHECK(shown(compare(evaluation, Order::greater, 2, 2)) == "false");
  CHECK(shown(compare(evaluation, Order::greater_or_equal, 2, 2)) == "true");
  CHECK(order(1, 2) == -1);
  CHECK(order("b", "a") == 1);
  CHECK(order(at("P1D"), at("P1D")) == 0);
  CHECK_FALSE(order(1, "a"));
}

TEST_CASE_METHOD(Bare, "what has no order gives an error", "[feel][operators]") {
  CHECK(less(1, "a") == "F003");
  CHECK(less(true, false) == "F003");
  CHECK(less(List{1}, List{2}) == "F003");
  CHECK(less(at("P1D"), at("P1Y")) == "F003");
  CHECK(less(at("10:30:00"), at("10:30:00Z")) == "F003");
  CHECK(less(null, 1) == "F017"); // TCK 0071 null_001
  CHECK(less(unknown_value("x"), null) == "? x");
}

TEST_CASE_METHOD(Bare, "and is three-valued", "[feel][operators]") { // TCK 0064
  CHECK(all(true, true) == "true");
  CHECK(all(true, false) == "false");
  CHECK(all(true, null) == "null");
  CHECK(all(null, null) == "null");
  CHECK(all(false, null) == "false");
  CHECK(all(null, false) == "false");
  CHECK(all(false, "true") == "false");
  CHECK(all("true", false) == "false");
  CHECK(all(true, "true") == "F009");
  CHECK(all(123, true) == "F009");
  CHECK(all(unknown_value("x"), unknown_value("y")) == "? x y");
  CHECK(all(unknown_value("x"), true) == "? x");
  CHECK(all(unknown_value("x"), false) == "false");
}

TEST_CASE_METHOD(Bare, "or is three-valued", "[feel][operators]") { // TCK 0065
  CHECK(any(false, true) == "true");
  CHECK(any(false, false) == "false");
  CHECK(any(true, 123) == "true");
  CHECK(any(123, true) == "true");
  CHECK(any(false, null) == "null");
  CHECK(any(false, 123) == "F009");
  CHECK(any(null, null) == "null");
  CHECK(any(unknown_value("x"), true) == "true");
  CHECK(any(unknown_value("x"), false) == "? x");
}

TEST_CASE_METHOD(Bare, "numbers and texts are added", "[feel][operators]") { // TCK 0100
  CHECK(add(num("1.2345"), num("2.234")) == "3.4685");
  CHECK(add("foo", "bar") == "foobar");
  CHECK(subtract(10, -5) == "15");
  CHECK(multiply(10, -10) == "-100");
  CHECK(divide(100, 10) == "10");
  CHECK(power(5, -2) == "0.04");
  CHECK(power(-3, 2) == "9");
}

TEST_CASE_METHOD(Bare, "what has no result is an error of arithmetic", "[feel][operators]") { // TCK 0100
  CHECK(divide(100, 0) == "F006");
  CHECK(divide(at("P10Y"), 0) == "F006");
  CHECK(divide(at("P10D"), at("P0D")) == "F006");
  CHECK(power(0, -1) == "F006");
  CHECK(multiply(num("9e6144"), 10) == "F006");
  CHECK(add(at("999999999-12-31"), at("P1D")) == "F006");
  CHECK(subtract(at("-999999999-01-01"), at("P1M")) == "F006");
  CHECK(multiply(at("P1Y"), num("1e30")) == "F006");
  CHECK(multiply(at("P1D"), num("1e30")) == "F006");
}

TEST_CASE_METHOD(Bare, "durations are scaled and divided", "[feel][operators]") { // TCK 0100
  CHECK(multiply(num("2.5"), at("PT23H")) == "P2DT9H30M");
  CHECK(multiply(at("P4DT1H"), num("1.5")) == "P6DT1H30M");
  CHECK(multiply(at("-P1D"), 10) == "-P10D");
  CHECK(multiply(at("P1Y11M"), num("-2.5")) == "-P4Y9M");
  CHECK(multiply(26, at("P1M")) == "P2Y2M");
  CHECK(divide(at("P10Y11M"), num("-2.5")) == "-P4Y4M");
  CHECK(divide(at("P10Y"), at("P5Y")) == "2");
  CHECK(divide(at("P10DT23H"), num("2.5")) == "P4DT9H12M");
  CHECK(divide(at("P10D"), at("P5D")) == "2");
  CHECK(divide(at("P10D"), at("P0Y")) == "F003"); // an error all the same
  CHECK(divide(at("PT1S"), 3) == "PT0.333333333S");
  CHECK(divide(at("-PT1S"), 3) == "-PT0.333333333S");
  CHECK(divide(at("PT2S"), 3) == "PT0.666666667S");
  CHECK(multiply(at("PT0.5S"), 2) == "PT1S");
}

TEST_CASE_METHOD(Bare, "durations are added to one another and taken away", "[feel][operators]") { // TCK 0100
  CHECK(add(at("P1Y"), at("-P2M")) == "P10M");
  CHECK(add(at("PT24H"), at("P1D")) == "P2D");
  CHECK(subtract(at("-P1Y"), at("P2M")) == "-P1Y2M");
  CHECK(subtract(at("P1D"), at("PT2H")) == "PT22H");
  CHECK(add(at("P1D"), at("P1Y")) == "F003");
}

TEST_CASE_METHOD(Bare, "durations move dates and times", "[feel][operators]") { // TCK 0100
  CHECK(add(at("2021-01-01"), at("PT36H")) == "2021-01-02");
  CHECK(add(at("P1M"), at("2021-01-01")) == "2021-02-01");
  CHECK(subtract(at("2021-01-02"), at("PT1S")) == "2021-01-01");
  CHECK(subtract(at("2021-01-02"), at("-PT1S")) == "2021-01-02");
  CHECK(subtract(at("2020-03-01"), at("PT24H")) == "2020-02-29");
  CHECK(subtract(at("2021-01-02"), at("P1Y")) == "2020-01-02");
  CHECK(add(at("2021-01-01T10:10:10+11:00"), at("P1M")) == "2021-02-01T10:10:10+11:00");
  CHECK(add(at("-P1D"), at("-2021-01-01T10:10:10+11:00")) == "-2022-12-31T10:10:10+11:00");
  CHECK(add(at("2021-01-12T10:10:10@Australia/Melbourne"), at("P1DT1H")) == "2021-01-13T11:10:10@Australia/Melbourne");
  CHECK(subtract(at("2021-01-01T24:00:00"), at("PT1S")) == "2021-01-01T23:59:59");
  CHECK(add(at("10:15:00"), at("PT1H")) == "11:15:00");
  CHECK(add(at("-P1D"), at("10:15:00@Australia/Melbourne")) == "10:15:00@Australia/Melbourne");
  CHECK(subtract(at("10:10:10+11:00"), at("P1D")) == "10:10:10+11:00");
  CHECK(add(at("10:15:00"), at("P1Y")) == "F003");
  CHECK(subtract(at("P1D"), at("2021-01-01")) == "F003");
}

TEST_CASE_METHOD(Bare, "dates and times are subtracted", "[feel][operators]") { // TCK 0100
  CHECK(subtract(at("2021-01-02"), at("2021-01-01")) == "P1D");
  CHECK(subtract(at("2021-01-02T10:10:10@Europe/Paris"), at("2021-01-01T10:10:10")) == "F003");
  CHECK(subtract(at("2021-01-02T10:10:10@Europe/Paris"), at("2021-01-01T10:10:10@Asia/Dhaka")) == "P1DT5H");
  CHECK(subtract(at("2021-01-01T00:00:00"), at("2021-01-02")) == "F003");
  CHECK(subtract(at("2021-01-02T10:10:10+01:00"), at("2021-01-01")) == "P1DT9H10M10S");
  CHECK(subtract(at("2021-01-02"), at("2021-01-01T10:10:10+11:00")) == "P1DT49M50S");
  CHECK(subtract(at("2021-01-02"), at("2021-01-02T00:00:00Z")) == "PT0S");
  CHECK(subtract(at("10:10:10"), at("11:10:10")) == "-PT1H");
  CHECK(subtract(at("10:10:10"), at("11:10:10Z")) == "F003");
  CHECK(add(at("2021-01-02"), at("2021-01-01")) == "F003");
}

TEST_CASE_METHOD(Bare, "negation is of numbers and durations", "[feel][operators]") { // TCK 0099
  CHECK(negate(10) == "-10");
  CHECK(negate(at("-P1D")) == "P1D");
  CHECK(negate(at("P1Y")) == "-P1Y");
  CHECK(negate(at("2021-01-01")) == "F003");
  CHECK(negate("10") == "F003");
  CHECK(negate(List{10}) == "F003");
  CHECK(negate(null) == "F017");
  CHECK(negate(unknown_value("x")) == "? x");
}

TEST_CASE_METHOD(Bare, "arithmetic is defined between no other kinds", "[feel][operators]") { // TCK 0100 error_when_*
  const List kinds{true,
                   "10",
                   at("2021-01-01"),
                   at("2021-01-01T10:10:10"),
                   at("10:10:10"),
                   between(1, 10),
                   List{10},
                   Context{{"a", 10}},
                   Value(std::make_shared<const Identity>())};
  for (const Value &a : kinds)
    for (const Value &b : kinds) {
      INFO(a << " and " << b);
      CHECK(multiply(a, b) == "F003");
      CHECK(divide(a, b) == "F003");
      CHECK(power(a, b) == "F003");
    }
  for (const Value &a : kinds)
    for (const Value &b : {Value(10), at("P1D"), at("P1Y")}) {
      INFO(a << " and " << b);
      CHECK(multiply(a, b) == "F003");
      CHECK(multiply(b, a) == "F003");
      CHECK(divide(a, b) == "F003");
      CHECK(divide(b, a) == "F003");
    }
  CHECK(multiply(at("P1D"), at("P1D")) == "F003");
  CHECK(multiply(at("P1D"), at("P1Y")) == "F003");
  CHECK(divide(10, at("P1Y")) == "F003");
  CHECK(add(1, "a") == "F003");
  CHECK(add(List{1}, List{2}) == "F003");
}

TEST_CASE_METHOD(Bare, "an operation over null is null and says why", "[feel][operators]") {
  CHECK(multiply(10, null) == "F017"); // TCK 0100
  CHECK(multiply(null, "10") == "F017");
  CHECK(add(null, null) == "F017");
  CHECK(add(unknown_value("x"), 1) == "? x");
  CHECK(add(unknown_value("x"), null) == "? x");
  CHECK(subtract(unknown_value("x"), unknown_value("y")) == "? x y");
  CHECK(divide(error_value(Code::feel_conversion, "e"), 2) == "F007");
}

TEST_CASE_METHOD(Bare, "a value is in a range between its ends", "[feel][operators]") { // TCK 0072
  CHECK(in(1, between(2, 4)) == "false");
  CHECK(in(2, between(2, 4)) == "true");
  CHECK(in(2, between(2, 4, open, closed)) == "false");
  CHECK(in(4, between(2, 4, closed, open)) == "false");
  CHECK(in(4, between(2, 4)) == "true");
  CHECK(in("c", between("b", "d", open, closed)) == "true");
  CHECK(in(at("P3Y"), between(at("P2Y"), at("P4Y"))) == "true");
  CHECK(in(10, below(10, closed)) == "true");
  CHECK(in(10, below(10, open)) == "false");
  CHECK(in(10, above(10, open)) == "false");
  CHECK(in(11, above(10, closed)) == "true");
}

TEST_CASE_METHOD(Bare, "a range with a null end answers only what its other end settles", "[feel][operators]") {
  CHECK(in(null, between(1, 10)) == "F017"); // TCK 0072 null_001
  CHECK(in(5, between(null, 10)) == "F017"); // null_001_d
  CHECK(in(5, between(1, null)) == "F017");
  CHECK(in(11, between(null, 10)) == "false");
  CHECK(in(11, between(unknown_value("x"), 10)) == "false");
  CHECK(in(5, between(unknown_value("x"), 10)) == "? x");
  CHECK(in(unknown_value("x"), between(1, 10)) == "? x");
  CHECK(in("a", between(1, 10)) == "F003");
  CHECK(shown(in_range(evaluation, 5, Range{closed, 1, 5, closed})) == "true");
}

TEST_CASE_METHOD(Bare, "a value is in a list that holds it, or a range around it", "[feel][operators]") { // TCK 0072
  CHECK(in(1, List{2, 3, 4}) == "false");
  CHECK(in(1, List{between(2, 4), between(1, 3)}) == "true");
  CHECK(in(5, List{between(2, 4), between(1, 3)}) == "false");
  CHECK(in(true, List{true, false}) == "true");
  CHECK(in(true, List{false, 2, 3}) == "false");
  CHECK(in(1, 1) == "true");
  CHECK(in("a", "b") == "false");
  CHECK(in("a", 1) == "F003");
  CHECK(in(Context{{"a", "foo"}}, List{Context{{"b", "bar"}}, Context{{"a", "foo"}}}) == "true");
  CHECK(in(Context{{"a", "foo"}}, Context{{"a", "foo"}}) == "true");
  CHECK(in("cough", List{"fever", "cough"}) == "true"); // TCK 0039
  CHECK(in(null, List{1, null}) == "true");
  CHECK(in(null, null) == "true");
  CHECK(in(1, List{}) == "false");
}

TEST_CASE_METHOD(Bare, "a list is in a list that it equals, or that holds it", "[feel][operators]") { // TCK 0072
  CHECK(in(List{1, 2, 3}, List{1, 2, 3}) == "true");                                                  // list_011
  CHECK(in(List{1, 2, 3}, List{List{1, 2, 3}, List{1, 2, 3, 4}}) == "true");                          // list_011_a
  CHECK(in(List{1, 2, 2}, List{List{1, 2, 3}, List{1, 2, 3, 4}}) == "false");                         // list_011_b
  CHECK(in(List{1, 2, 3, 5}, List{List{1, 2, 3, 4}, List{1, 2, 3}}) == "false");                      // list_001_a
}

TEST_CASE_METHOD(Pack, "in a pack membership is unknown only while it can change", "[feel][operators]") {
  const Value x = unknown_value("x");
  CHECK(in(1, List{x, 1}) == "true");
  CHECK(in(1, List{x, 2, unknown_value("y")}) == "? x y");
  CHECK(in(x, List{1, 2}) == "? x");
  CHECK(in(x, List{}) == "false");
  CHECK(in(x, 1) == "? x");
  CHECK(in(3, List{between(x, 2), between(1, 5)}) == "true");
  CHECK(in(1, List{between(x, 2), between(7, 9)}) == "? x");
  CHECK(in(List{1, 2}, List{1, x}) == "? x");
}

TEST_CASE_METHOD(Bare, "a path names the parts of dates and times", "[feel][operators]") { // TCK 0074
  CHECK(property(at("2018-12-10"), "year") == "2018");
  CHECK(property(at("2018-12-10"), "month") == "12");
  CHECK(property(at("2018-12-10"), "day") == "10");
  CHECK(property(at("2018-12-10T10:30:01"), "weekday") == "1");
  CHECK(property(at("2018-12-10T10:30:01"), "minute") == "30");
  CHECK(property(at("2018-12-10T00:00:00"), "hour") == "0");
  CHECK(property(at("2018-12-10T10:30:00+05:00"), "time offset") == "PT5H");
  CHECK(property(at("2018-07-10T10:30:00@Europe/Paris"), "time offset") == "PT2H");
  CHECK(property(at("2018-12-10T10:30:00@Etc/UTC"), "timezone") == "Etc/UTC");
  CHECK(property(at("10:30:01"), "second") == "1");
  CHECK(property(at("10:30:00"), "time offset") == "null");
  CHECK(property(at("10:30:00Z"), "timezone") == "null");
  CHECK(property(at("2018-12-10"), "hour") == "F010");
  CHECK(property(at("10:30:00"), "year") == "F010");
}

TEST_CASE_METHOD(Bare, "a path names the parts of durations", "[feel][operators]") { // TCK 0074
  CHECK(property(at("P1Y2M"), "years") == "1");
  CHECK(property(at("P1Y2M"), "months") == "2");
  CHECK(property(at("P2M"), "years") == "0");
  CHECK(property(at("P1D"), "years") == "F010");
  CHECK(property(at("P1Y"), "days") == "F010");
  CHECK(property(at("PT2H"), "days") == "0");
  CHECK(property(at("P1DT2H3M4S"), "hours") == "2");
  CHECK(property(at("P1DT2H3M4S"), "minutes") == "3");
  CHECK(property(at("P1DT2H3M4S"), "seconds") == "4");
  CHECK(property(at("-P1DT2H3M4.5S"), "seconds") == "-4");
  CHECK(property(at("-P1DT2H3M4.5S"), "days") == "-1");
}

TEST_CASE_METHOD(Bare, "a path names the ends of ranges", "[feel][operators]") { // TCK 0074
  CHECK(property(between(1, 10), "start") == "1");
  CHECK(property(between(1, 10), "start included") == "true");
  CHECK(property(between(1, 10, open, closed), "start included") == "false");
  CHECK(property(between(1, 10, closed, open), "end included") == "false");
  CHECK(property(above(10, closed), "start") == "10");
  CHECK(property(above(10, closed), "end") == "null");
  CHECK(property(above(10, closed), "end included") == "false");
}

TEST_CASE_METHOD(Bare, "a path names the entries of contexts, of lists of contexts too", "[feel][operators]") {
  CHECK(property(Context{{"a", "foo"}}, "a") == "foo");
  CHECK(property(Context{{"a", "foo"}}, "b") == "F010");
  CHECK(property(Context{{"a", unknown_value("x")}}, "a") == "? x");
  CHECK(property(List{Context{{"b", 1}}, Context{{"b", List{2, 3}}}}, "b") == "[1, [2, 3]]"); // TCK 0090
  CHECK(property(List{Context{{"x", 1}}}, "y") == "[null]");                                  // TCK 0069 decision033
  CHECK(property(List{}, "a") == "[]");
  CHECK(property(null, "a") == "F017");
  CHECK(property(unknown_value("x"), "a") == "? x");
  CHECK(property(1, "a") == "F010");
}

TEST_CASE_METHOD(Bare, "values that would be too deep are nulls with an error", "[feel][operators]") {
  Value a = 1;
  Value b = 1;
  for (int i = 0; i < Value::max_depth; ++i) {
    a = List{a};
    b = i % 2 == 0 ? Value(List{b}) : Value(Context{{"b", b}});
  }
  CHECK(a.depth() == Value::max_depth);
  CHECK(equal(a, a) == "true");
  CHECK(b.depth() == Value::max_depth);
  CHECK(shown(List{a}) == "F008");
  CHECK(shown(Context{{"a", b}}) == "F008");
}

TEST_CASE_METHOD(Bare, "values that share their parts are compared within the limit of steps", "[feel][operators]") {
  evaluation.limits.steps = 100'000;
  Value a = 1;
  Value b = 1;
  for (int i = 0; i < 60; ++i) {
    a = List{a, a};
    b = List{b, b};
  }
  CHECK(equal(a, b) == "F008");
}
