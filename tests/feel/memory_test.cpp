// Values share their parts: what walks through them, counts them or writes them out stays within stated bounds.
#include "tests/feel/values.hpp"

#include "spie/feel/expression.hpp"
#include "spie/feel/type.hpp"

#include <string>

using namespace spie;
using namespace spie::feel;

namespace {

Value evaluate(const std::string &text, Limits limits = {}, std::size_t *bytes = nullptr) {
  CompileOptions options;
  options.types = false;
  Evaluation evaluation;
  evaluation.limits = limits;
  const Value value = Expression::compile(text, Scope(), options).evaluate(evaluation);
  if (bytes != nullptr)
    *bytes = evaluation.bytes();
  return value;
}

// A list of two lists of two lists…: 2^(levels + 1) items once it is written out.
std::string doubled(int levels) {
  std::string text = "{a0: [1, 2]";
  for (int i = 0; i < levels; ++i)
    text += ", a" + std::to_string(i + 1) + ": [a" + std::to_string(i) + ", a" + std::to_string(i) + "]";
  return text + "}.a" + std::to_string(levels);
}

} // namespace

TEST_CASE("a value says what it takes once it is written out", "[feel][memory]") {
  const std::size_t one = Value(1).unfolded();
  CHECK(Value(List{1, 2}).unfolded() > 2 * one);
  const Value pair(List{1, 2});
  CHECK(Value(List{pair, pair}).unfolded() > 2 * pair.unfolded());
  CHECK(Value(std::string(1'000, 'a')).unfolded() > 1'000);
  CHECK(evaluate(doubled(200)).unfolded() == SIZE_MAX);
}

TEST_CASE("what leaves an evaluation is bounded once it is written out", "[feel][memory]") {
  Evaluation evaluation;
  CHECK(evaluation.bounded(evaluate(doubled(10))).is(Kind::list));
  for (const int levels : {25, 40, 100}) {
    const Value bounded = evaluation.bounded(evaluate(doubled(levels)));
    CHECK(code_of(bounded) == "F008");
  }
}

TEST_CASE("shared values are walked once", "[feel][memory]") {
  // In no time, or never.
  Cause cause;
  collect_causes(evaluate(doubled(100)), cause);
  CHECK(cause.errors.empty());
  collect_causes(evaluate("{a0: [1 / 0, 2], " + doubled(100).substr(13)), cause);
  CHECK(cause.errors.size() == 1);
  CHECK(code_of(evaluate("string(" + doubled(60) + ")")) == "F008");
}

TEST_CASE("types and functions over shared values end", "[feel][memory]") {
  const std::string lists = doubled(40);
  std::string type = "number";
  for (int i = 0; i < 41; ++i)
    type = "list<" + type + ">";
  CHECK(evaluate(lists + " instance of " + type).is_true());
  CHECK(evaluate(lists + " instance of list<" + type + ">").is_false());
  CHECK(type_of(evaluate(lists)).to_string() == type);
  CHECK(code_of(evaluate("flatten(" + lists + ")")) == "F008");
  std::string empty = lists;
  empty.replace(empty.find("[1, 2]"), 6, "[]");
  CHECK(code_of(evaluate("flatten(" + empty + ")")) == "F008");
  CHECK(code_of(evaluate("[" + lists + "] = [" + lists + "]")) == "F008");
  // Contexts that share their members, and the types that are told of them when the text is read.
  std::string text = "{a0: {x: 1}, b0: {x: 1}";
  for (int i = 0; i < 40; ++i)
    for (const std::string name : {"a", "b"})
      text += ", " + name + std::to_string(i + 1) + ": {p: " + name + std::to_string(i) + ", q: " + name +
              std::to_string(i) + "}";
  CHECK(evaluate(text + ", r: [a40, b40]}.r[1].p").is(Kind::context));
  CHECK(type_of(evaluate(text + "}.a40")).kind() == Type::Kind::context);
  CHECK_NOTHROW(Expression::compile(text + ", r: a40 = b40}", Scope()));
}

TEST_CASE("the values that an evaluation makes count their bytes", "[feel][memory]") {
  std::size_t bytes = 0;
  CHECK(evaluate("for i in 1..1000 return i", {}, &bytes).is(Kind::list));
  CHECK(bytes > 1'000 * sizeof(Value));
  Limits small;
  small.bytes = 1u << 20;
  CHECK(code_of(evaluate("for i in 1..1000 return concatenate([i], (for j in 1..100 return j))", small)) == "F008");
  CHECK(code_of(evaluate("for i in 1..5000 return partial", small)) == "F008");
  CHECK(code_of(evaluate("for i in 1..5000 return {a: i, b: i, c: i, d: i, e: i, f: i, g: i, h: i, k: i, l: i}",
                         small)) == "F008");
  CHECK(code_of(evaluate("for i in 1..5000 return split(string(i) + \" b c d e f g h i j k l m n o p q\", \" \")",
                         small)) == "F008");
  // What is thrown away at each turn does not count for ever, and what is only handed on does not count.
  CHECK(code_of(evaluate("(for i in 1..1000 return count(partial))[-1]", small)).empty());
  CHECK(code_of(evaluate(
                    "{l: (for i in 1..1000 return i), r: count(for i in 1..1000 return get value({a: l}, \"a\")[1])}.r",
                    small))
            .empty());
}

TEST_CASE("constants take no more than their text is worth", "[feel][memory]") {
  // 16 MiB if it were computed when it is read.
  const std::string pattern(20'000, 'a'), by(20'000, 'b');
  const std::string text = "replace(\"" + pattern + "\", \"a\", \"" + by + "\")";
  CompileOptions options;
  CHECK_NOTHROW(Expression::compile(text, Scope(), options));
  CHECK(code_of(evaluate(text)) == "F008");
  CHECK(evaluate("replace(\"abc\", \"a\", \"b\")").text() == "bbc");
}
