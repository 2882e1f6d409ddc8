// DMN 1.5 §10.3.2.9; expected values from TCK 0070-feel-instance-of and 0082-feel-coercion, cases named.
#include "tests/feel/values.hpp"

#include "rules/feel/operators.hpp"
#include "spie/feel/function.hpp"
#include "spie/feel/type.hpp"

using namespace spie;
using namespace spie::feel;

namespace {

using K = Type::Kind;

struct Constant final : Function {
  explicit Constant(Type signature) : signature_(std::move(signature)) {}
  Value call(Evaluation &, std::span<const Value>) const override { return "foo"; }
  std::vector<Parameter> parameters() const override { return {}; }
  Type type() const override { return signature_; }
  Type signature_;
};

Value function_of(Type signature) { return Value(std::make_shared<const Constant>(std::move(signature))); }

struct Positive final : Constraint {
  bool allows(Evaluation &, const Value &value) const override { return value.is(Kind::number) && value.number() > 0; }
  std::string to_string() const override { return "> 0"; }
};

Type t_context_013() { return Type::context({{"a", K::text}, {"b", K::text}}); }
Type t_name_and_age() { return Type::context({{"name", K::text}, {"age", K::number}}); }

} // namespace

TEST_CASE("types are named as FEEL and typeRef name them", "[feel][type]") {
  for (const char *text : {"Any", "Null", "boolean", "number", "string", "date", "time", "date and time",
                           "days and time duration", "years and months duration"}) {
    INFO(text);
    REQUIRE(Type::named(text));
    CHECK(Type::named(text)->to_string() == text);
  }
  CHECK(Type::named("dateTime")->kind() == K::date_time);
  CHECK(Type::named("dayTimeDuration")->kind() == K::days_duration);
  CHECK(Type::named("yearMonthDuration")->kind() == K::months_duration);
  CHECK(Type::named("list")->kind() == K::list);
  CHECK_FALSE(Type::named("integer"));
  CHECK_FALSE(Type::named("Number"));
}

TEST_CASE("a type is written as FEEL writes it", "[feel][type]") {
  CHECK(Type::list(K::number).to_string() == "list<number>");
  CHECK(Type::range(K::date).to_string() == "range<date>");
  CHECK(t_name_and_age().to_string() == "context<name: string, age: number>");
  CHECK(Type::function({K::number, K::text}, K::boolean).to_string() == "function<number, string>->boolean");
  CHECK(Type::function({}, {}).to_string() == "function<>->Any");
  CHECK(Type(K::number).named_as("t255", nullptr).to_string() == "t255");
}

TEST_CASE("types conform along the lattice", "[feel][type]") {
  CHECK(Type(K::number).conforms_to(Type()));
  CHECK_FALSE(Type().conforms_to(K::number));
  CHECK(Type(K::null).conforms_to(K::number));
  CHECK_FALSE(Type(K::date).conforms_to(K::date_time));
  CHECK(Type::list(K::number).conforms_to(Type::list({})));
  CHECK(Type::list(K::number).conforms_to(K::list));
  CHECK_FALSE(Type::list({}).conforms_to(Type::list(K::number)));
  CHECK(Type::list(K::null).conforms_to(Type::list(K::number)));
  CHECK(Type::range(K::number).conforms_to(Type::range(K::number)));
  CHECK_FALSE(Type::range(K::number).conforms_to(Type::range(K::text)));
  const Type wide = Type::context({{"a", K::text}, {"b", K::text}, {"c", K::text}});
  CHECK(wide.conforms_to(t_context_013()));
  CHECK_FALSE(t_context_013().conforms_to(wide));
  CHECK(wide.conforms_to(K::context));
}

TEST_CASE("functions conform by wider parameters and narrower results", "[feel][type]") {
  const Type asked = Type::function({K::number}, Type());
  CHECK(Type::function({Type()}, K::number).conforms_to(asked));
  CHECK_FALSE(Type::function({K::number}, Type()).conforms_to(Type::function({Type()}, K::number)));
  CHECK_FALSE(Type::function({}, K::number).conforms_to(asked));
  CHECK(asked.conforms_to(K::function));
  CHECK_FALSE(Type(K::function).conforms_to(asked));
}

TEST_CASE("types are equivalent whatever their names and the order of members", "[feel][type]") {
  CHECK(Type(K::number).named_as("t", std::make_shared<Positive>()).equivalent_to(K::number));
  CHECK(Type::context({{"b", K::text}, {"a", K::text}}).equivalent_to(t_context_013()));
  CHECK_FALSE(Type::list(K::number).equivalent_to(Type::list({})));
  CHECK_FALSE(Type::function({}, K::text).equivalent_to(Type::function({K::text}, K::text)));
}

TEST_CASE("the type of a value is the most specific one", "[feel][type]") {
  CHECK(type_of(1).kind() == K::number);
  CHECK(type_of(Value()).kind() == K::null);
  CHECK(type_of(List{1, 2}).to_string() == "list<number>");
  CHECK(type_of(List{1, Value()}).to_string() == "list<number>");
  CHECK(type_of(List{1, "a"}).to_string() == "list<Any>");
  CHECK(type_of(List{}).conforms_to(Type::list(K::date)));
  CHECK(type_of(List{List{1}, List{"a"}}).to_string() == "list<list<Any>>");
  CHECK(type_of(List{Context{{"a", 1}, {"b", 1}}, Context{{"b", "x"}, {"a", 2}}}).to_string() ==
        "list<context<a: number, b: Any>>");
  CHECK(type_of(Range{Range::End::undefined, {}, 10, Range::End::open}).to_string() == "range<number>");
}

TEST_CASE("null is an instance of no type but Null", "[feel][type]") {
  CHECK_FALSE(is_instance({}, Type())); // null_001
  CHECK_FALSE(is_instance({}, K::number));
  CHECK_FALSE(is_instance({}, Type::function({}, {}))); // null_012
  CHECK(is_instance({}, K::null));
}

TEST_CASE("values are instances of their own type and of Any", "[feel][type]") {
  CHECK(is_instance(num("123.01"), K::number));
  CHECK_FALSE(is_instance(num("123.01"), Type::list({}))); // number_008
  CHECK_FALSE(is_instance(at("2018-12-08"), K::date_time));
  CHECK(is_instance(at("P1D"), K::days_duration));
  CHECK_FALSE(is_instance(at("P1D"), K::months_duration));
  CHECK(is_instance(Context{{"a", "foo"}}, Type()));                                // context_001
  CHECK(is_instance(List{1, 2, 3}, Type::list(K::number)));                         // list_013
  CHECK(is_instance(List{1, "2", at("2018-12-08")}, Type::list({})));               // list_014
  CHECK_FALSE(is_instance(List{1, "2", at("2018-12-08")}, Type::list(K::number)));  // list_015
  CHECK_FALSE(is_instance(List{1}, K::number));                                     // list_016
  CHECK_FALSE(is_instance(List{Context{{"a", "a"}}}, Type::list(t_context_013()))); // list_019
  CHECK(is_instance(List{Context{{"a", "a"}, {"b", "b"}}}, Type::list(t_context_013())));
}

TEST_CASE("allowed values do not count for instance of", "[feel][type]") {
  CHECK(is_instance(-1, Type(K::number).named_as("t", std::make_shared<Positive>()))); // string_013
}

TEST_CASE("contexts are instances by the entries asked for", "[feel][type]") {
  const Context ab{{"a", "foo"}, {"b", "bar"}};
  CHECK(is_instance(ab, t_context_013()));                                                // 013
  CHECK(is_instance(Context{{"a", "foo"}, {"b", "bar"}, {"c", "baz"}}, t_context_013())); // 014
  CHECK_FALSE(is_instance(Context{{"a", "foo"}}, t_context_013()));                       // 015
  CHECK_FALSE(is_instance(Context{{"a", "foo"}, {"b", List{1, 2, 3}}}, t_context_013())); // 016
  CHECK(is_instance(Context{{"a", Value()}}, Type::context({{"a", K::text}})));           // 019
  const Type nested = Type::context({{"a", Type::context({{"b", K::text}})}});
  CHECK_FALSE(is_instance(Context{{"a", Context{{"b", 123}}}}, nested)); // 024
}

TEST_CASE("functions are instances by their signature", "[feel][type]") {
  const Value literal = function_of(Type::function({}, K::text));
  CHECK(is_instance(literal, Type())); // function_001
  CHECK_FALSE(is_instance(literal, K::text));
  CHECK(is_instance(literal, Type::function({}, {})));
  CHECK(is_instance(literal, K::function));
  CHECK_FALSE(is_instance(literal, Type::function({K::number}, K::text)));
}

TEST_CASE("ranges are instances by their ends", "[feel][type]") {
  CHECK(is_instance(Range{Range::End::closed, 1, 3, Range::End::closed}, Type::range(K::number))); // 1156 decision001_a
  CHECK_FALSE(is_instance(Range{Range::End::closed, 1, 3, Range::End::closed}, Type::range(K::text)));
  CHECK(is_instance(Range{Range::End::undefined, {}, 3, Range::End::closed}, Type::range(K::number)));
}

TEST_CASE("a value that conforms is coerced to itself", "[feel][type]") {
  Evaluation evaluation;
  const Value value = Context{{"name", "foo"}, {"surname", "bar"}, {"age", 10}};
  CHECK(identical(coerce(evaluation, value, t_name_and_age()), value));                     // decision_004
  CHECK(code_of(coerce(evaluation, Context{{"name", "foo"}}, t_name_and_age())) == "F016"); // decision_005
  CHECK(code_of(coerce(evaluation, "foo", K::number)) == "F016");                           // literal_002
  CHECK(identical(coerce(evaluation, 10, Type()), 10));
  CHECK(code_of(coerce(evaluation, List{1, 2, "foo"}, Type::list(K::number))) == "F016"); // decision_003
}

TEST_CASE("a list of one item is opened, a value is made a list", "[feel][type]") {
  Evaluation evaluation;
  CHECK(identical(coerce(evaluation, List{"foo"}, K::text), "foo")); // decision_007
  CHECK(code_of(coerce(evaluation, List{1}, K::text)) == "F016");    // decision_007_a
  CHECK(code_of(coerce(evaluation, List{"a", "b"}, K::text)) == "F016");
  CHECK(identical(coerce(evaluation, 10, Type::list(K::number)), List{10}));  // bkm_004
  CHECK(code_of(coerce(evaluation, "foo", Type::list(K::number))) == "F016"); // decision_bkm_004_a
  CHECK(identical(coerce(evaluation, List{Value(List{1})}, Type::list(Type::list(K::number))), List{Value(List{1})}));
}

TEST_CASE("a date becomes a date and time at midnight UTC", "[feel][type]") {
  Evaluation evaluation;
  CHECK(identical(coerce(evaluation, at("2018-12-08"), K::date_time), at("2018-12-08T00:00:00Z")));
  CHECK(code_of(coerce(evaluation, at("2018-12-08T00:00:00Z"), K::date)) == "F016");
}

TEST_CASE("null is coerced to null with its cause", "[feel][type]") {
  Evaluation evaluation;
  CHECK(is_plain_null(coerce(evaluation, {}, Type::list(K::text)))); // decision_008
  CHECK(coerce(evaluation, unknown_value("x"), K::number).cause()->missing == std::vector<std::string>{"x"});
}

TEST_CASE("allowed values bind, inside lists and contexts too", "[feel][type]") {
  Evaluation evaluation;
  const Type positive = Type(K::number).named_as("tPositif", std::make_shared<Positive>());
  CHECK(identical(coerce(evaluation, 1, positive), 1));
  CHECK(identical(coerce(evaluation, List{1}, positive), 1));
  CHECK(code_of(coerce(evaluation, 0, positive)) == "F016");
  CHECK(code_of(coerce(evaluation, List{1, 0}, Type::list(positive))) == "F016");
  CHECK(code_of(coerce(evaluation, Context{{"a", 0}}, Type::context({{"a", positive}}))) == "F016");
  const Value nothing = Context{{"a", Value()}};
  CHECK(identical(coerce(evaluation, nothing, Type::context({{"a", positive}})), nothing));
  const Value refused = coerce(evaluation, 0, positive);
  CHECK(refused.cause()->errors.front().message == "0 does not hold to the allowed values of `tPositif`: > 0");
}

TEST_CASE("an error of coercion shows no more than the start of a long value", "[feel][type]") {
  Evaluation evaluation;
  std::string text;
  for (int i = 0; i < 100; ++i)
    text += "é";
  const Value refused = coerce(evaluation, text, K::number);
  const std::string &message = refused.cause()->errors.front().message;
  CHECK(message.size() < 130);
  CHECK(message.find("é...") != std::string::npos);
}
