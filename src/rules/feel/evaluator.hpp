// The parts of the row evaluator; node.hpp declares the whole.
#pragma once

#include "rules/feel/node.hpp"
#include "rules/feel/operators.hpp"

#include <compare>
#include <optional>

namespace spie::feel {

// Errors from here on stand at the node.
inline void set_place(Evaluation &evaluation, const Node &node) noexcept {
  evaluation.line = node.line;
  evaluation.column = node.column;
}

// The value of a variable or a constant where it stands; nullptr for all else, and where a limit is reached.
[[gnu::always_inline]] inline const Value *variable(Evaluation &evaluation, const Node &node, Frame frame) {
  switch (node.kind) {
  case NodeKind::local:
    return evaluation.step() ? &frame[node.slot] : nullptr;
  case NodeKind::constant:
    return evaluation.step() ? &node.value : nullptr;
  case NodeKind::global:
    return evaluation.step() ? &evaluation.read(node.slot) : nullptr;
  default:
    return nullptr;
  }
}

// The same of a member of one.
const Value *member_in_place(Evaluation &evaluation, const Node &node, Frame frame);
[[gnu::always_inline]] inline const Value *in_place(Evaluation &evaluation, const Node &node, Frame frame) {
  return node.kind == NodeKind::path ? member_in_place(evaluation, node, frame) : variable(evaluation, node, frame);
}

// An operand where it stands, when it may: most do, and a copy costs more than a comparison. No evaluation of another
// operand writes the variables of the scope that holds them both.
class Operand {
public:
  Operand(Evaluation &evaluation, const Node &node, Frame frame) : at_(in_place(evaluation, node, frame)) {
    if (at_ == nullptr) {
      own_ = evaluate(evaluation, node, frame);
      at_ = &own_;
    }
  }
  const Value &operator*() const noexcept { return *at_; }
  Operand(const Operand &) = delete;
  Operand &operator=(const Operand &) = delete;

private:
  Value own_;
  const Value *at_;
};

// What a condition says, without a value being made of it. `other`: it is `rest`, a null with its causes or what is no
// boolean; else `rest`, a plain null when it is given, stays one.
enum class Truth : std::uint8_t { no, yes, other };
Truth truth(Evaluation &evaluation, const Node &node, Frame frame, Value &rest);
constexpr Truth judged(bool holds) noexcept { return holds ? Truth::yes : Truth::no; }
inline Truth taken_as(Value &&value, Value &rest) noexcept {
  if (value.is(Kind::boolean))
    return judged(value.boolean());
  rest = std::move(value);
  return Truth::other;
}

// What a comparison says of two scalars of one kind; `other` for what the operators are to look into.
inline Truth compared(NodeKind comparison, const Value &a, const Value &b) noexcept {
  if (comparison == NodeKind::equal || comparison == NodeKind::not_equal) {
    if (const auto same = equal_scalars(a, b))
      return judged(*same == (comparison == NodeKind::equal));
    // A plain null is itself, and nothing else is.
    if ((a.is_null() || b.is_null()) && a.cause() == nullptr && b.cause() == nullptr)
      return judged((a.is_null() && b.is_null()) == (comparison == NodeKind::equal));
    return Truth::other;
  }
  if (a.kind() != b.kind() || !(a.is(Kind::number) || a.is(Kind::date)))
    return Truth::other;
  const std::strong_ordering order = a.is(Kind::number) ? a.number() <=> b.number() : a.date() <=> b.date();
  switch (comparison) {
  case NodeKind::less:
    return judged(order < 0);
  case NodeKind::less_or_equal:
    return judged(order <= 0);
  case NodeKind::greater:
    return judged(order > 0);
  default:
    return judged(order >= 0);
  }
}

inline Value made_of(Truth truth, Value &&rest) noexcept {
  return truth == Truth::other ? std::move(rest) : Value(truth == Truth::yes);
}

Value evaluate_for(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_quantified(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_filter(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_list(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_context(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_domain_range(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_call(Evaluation &evaluation, const Node &node, Frame frame);
// Of a call that is a shortcut `first_known` or `negation`.
Truth truth_of_call(Evaluation &evaluation, const Node &node, Frame frame, Value &rest);
// How many items a filter keeps; where what it gives is no list of them, that.
Value count_kept(Evaluation &evaluation, const Node &filter, Frame frame, std::optional<Value> &instead);
Value make_closure(Evaluation &evaluation, const Node &node, Frame frame);

} // namespace spie::feel
