// What the row evaluator finds without making the values on the way is what the operators and the built-ins give: each
// expression is held to the operator itself, or to the same call made in a way that nothing shortens.
#include "tests/feel/values.hpp"

#include "rules/feel/operators.hpp"
#include "spie/feel/expression.hpp"

#include <random>
#include <set>
#include <vector>

using namespace spie;
using namespace spie::feel;

namespace {

const std::vector<Value> &drawn() {
  static const std::vector<Value> values{true,
                                         false,
                                         Value(),
                                         unknown_value("fait"),
                                         error_value(Code::feel_arithmetic, "division by zero"),
                                         1,
                                         num("1.00"),
                                         num("-2.5"),
                                         num("12345678901234567890.5"),
                                         "a",
                                         "b",
                                         at("2022-06-01"),
                                         at("P1D"),
                                         at("P2M"),
                                         List{true, 1},
                                         Context{{"a", 1}}};
  return values;
}

// Without the places, which two spellings do not share: the same error at two of them counts once.
std::string said(const Value &value, const Evaluation &evaluation) {
  std::string text = value.to_feel();
  const auto add = [&](const Cause &cause) {
    std::set<std::string> lines;
    for (const Diagnostic &error : cause.errors)
      lines.insert("\n" + std::string(spie::text(error.code)) + " " + error.message);
    for (const std::string &path : cause.missing)
      lines.insert("\nmissing " + path);
    for (const std::string &line : lines)
      text += line;
  };
  if (value.cause() != nullptr)
    add(*value.cause());
  text += "\nconsumed";
  add(evaluation.consumed);
  return text;
}

class Rows {
public:
  Rows() {
    for (const char *name : {"a", "b", "c"})
      scope_.add_variable(name, Type(), slots_++);
  }
  std::string of(const std::string &text, bool unknown, std::span<const Value> globals) const {
    const Expression expression = Expression::compile(text, scope_, {{}, false});
    Evaluation evaluation;
    evaluation.facts_may_be_unknown = unknown;
    evaluation.globals = globals;
    const Value value = expression.evaluate(evaluation);
    return said(value, evaluation);
  }

private:
  Scope scope_;
  std::uint32_t slots_ = 0;
};

template <class Operator>
void check_operator(const std::string &text, Operator apply, const std::string &wrapped = "$") {
  const Rows rows;
  const std::string whole = wrapped.substr(0, wrapped.find('$')) + text + wrapped.substr(wrapped.find('$') + 1);
  for (const Value &a : drawn())
    for (const Value &b : drawn())
      for (const bool unknown : {false, true}) {
        const std::vector<Value> globals{a, b, {}};
        Evaluation evaluation;
        evaluation.facts_may_be_unknown = unknown;
        const Value expected = apply(evaluation, a, b);
        INFO(whole << (unknown ? ", facts may be unknown: " : ": ") << a.to_feel() << ", " << b.to_feel());
        CHECK(rows.of(whole, unknown, globals) == said(expected, evaluation));
      }
}

} // namespace

TEST_CASE("comparisons, logic and arithmetic of an expression are those of the operators", "[feel][evaluator]") {
  check_operator("a and b", [](auto &evaluation, auto &a, auto &b) { return logical_and(evaluation, a, b); });
  check_operator("a or b", [](auto &evaluation, auto &a, auto &b) { return logical_or(evaluation, a, b); });
  check_operator("a = b", [](auto &evaluation, auto &a, auto &b) { return equal(evaluation, a, b); });
  check_operator("a < b", [](auto &evaluation, auto &a, auto &b) { return compare(evaluation, Order::less, a, b); });
  check_operator("a >= b",
                 [](auto &evaluation, auto &a, auto &b) { return compare(evaluation, Order::greater_or_equal, a, b); });
  check_operator("a + b", [](auto &evaluation, auto &a, auto &b) { return add(evaluation, a, b); });
  check_operator("a * b", [](auto &evaluation, auto &a, auto &b) { return multiply(evaluation, a, b); });
  check_operator("a != b", [](auto &evaluation, auto &a, auto &b) {
    const Value same = equal(evaluation, a, b);
    return same.is(Kind::boolean) ? Value(!same.boolean()) : same;
  });
}

TEST_CASE("logic within logic is that of the operators", "[feel][evaluator]") {
  check_operator("(a = 1 or b) and (a or b = \"a\")", [](Evaluation &evaluation, const Value &a, const Value &b) {
    const Value left = logical_or(evaluation, equal(evaluation, a, 1), b);
    if (left.is_false())
      return left;
    return logical_and(evaluation, left, logical_or(evaluation, a, equal(evaluation, b, "a")));
  });
  check_operator("a > 0 and b and a + b > 3", [](Evaluation &evaluation, const Value &a, const Value &b) {
    const Value left = logical_and(evaluation, compare(evaluation, Order::greater, a, 0), b);
    if (left.is_false())
      return left;
    return logical_and(evaluation, left, compare(evaluation, Order::greater, add(evaluation, a, b), 3));
  });
}

TEST_CASE("a call that is shortened gives what the built-in gives, given as a value", "[feel][evaluator]") {
  const Rows rows;
  struct Call {
    std::string function, arguments;
  };
  const std::vector<Call> calls{
      {"count", "[a, b, c][item = true]"},
      {"count", "[a, b, c][item]"},
      {"count", "[a, b, c][item > 0 or item = \"a\"]"},
      {"count", "[a, b, c][2]"},
      {"count", "a[item = 1]"},
      {"count", "[a, b, c][item = (if b = true then 1 else null)]"},
      {"min", "a, b"},
      {"min", "a, b, c"},
      {"max", "a, b, c"},
      {"max", "a, a + 0"},
      {"not", "a"},
      {"not", "a and b"},
      {"not", "[a]"},
      {"first known", "a, false"},
      {"first known", "a = 1, 2"},
      {"first known", "a and b, null"},
      {"first known", "a, b"},
  };
  std::mt19937 random(13); // NOLINT: the same rows at each run
  const auto any = [&random]() -> const Value & { return drawn()[random() % drawn().size()]; };
  for (const Call &call : calls)
    for (int row = 0; row < 200; ++row)
      for (const bool unknown : {false, true})
        for (const std::string around : {"$", "if $ then 1 else 2", "$ and a", "[1, 2][$]"}) {
          const std::vector<Value> globals{any(), any(), any()};
          const auto within = [&](const std::string &name) {
            std::string text = around;
            return text.replace(text.find('$'), 1, name + "(" + call.arguments + ")");
          };
          INFO(within(call.function) << ": " << globals[0].to_feel() << ", " << globals[1].to_feel() << ", "
                                     << globals[2].to_feel());
          // A function out of a list is called as any value is.
          const std::string as_value = "{f: [" + call.function + "][1], r: " + within("f") + "}.r";
          CHECK(rows.of(within(call.function), unknown, globals) == rows.of(as_value, unknown, globals));
        }
}
