// One row at a time: a switch over the bound tree. What is not an operator stands in evaluator_lists.cpp and
// evaluator_calls.cpp, so that the frames of this recursion stay small.
#include "rules/feel/evaluator.hpp"

#include "rules/feel/causes.hpp"
#include "rules/feel/limit.hpp"
#include "rules/feel/operators.hpp"
#include "rules/feel/work.hpp"

#include <compare>
#include <optional>

namespace spie::feel {

namespace {

// Bytes, not nodes: the threads of whoever embeds the library have stacks of their own size, and a node of one kind
// takes ten times what another takes.
class StackGuard {
public:
  explicit StackGuard(Evaluation &evaluation) noexcept : evaluation_(evaluation) {
    if (evaluation_.stack++ == 0)
      evaluation_.stack_base = here();
  }
  ~StackGuard() { --evaluation_.stack; }
  bool exhausted() const noexcept {
    const std::uintptr_t at = here(), base = evaluation_.stack_base;
    return (at < base ? base - at : at - base) > evaluation_.limits.stack;
  }
  StackGuard(const StackGuard &) = delete;
  StackGuard &operator=(const StackGuard &) = delete;

private:
  // Of the real stack, which AddressSanitizer keeps variables away from.
  [[gnu::always_inline]] static std::uintptr_t here() noexcept {
    return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  }
  Evaluation &evaluation_;
};

// The error of such an operator rests on its place alone.
bool meets_plain_null(const Node &node, const Value &a, const Value &b) noexcept {
  return (a.is_null() || b.is_null()) && a.cause() == nullptr && b.cause() == nullptr &&
         node.on_null.cause() != nullptr;
}

[[gnu::noinline]] Value arithmetic(Evaluation &evaluation, const Node &node, Frame frame) {
  const Operand left(evaluation, *node.children[0], frame);
  const Operand right(evaluation, *node.children[1], frame);
  if (meets_plain_null(node, *left, *right))
    return node.on_null;
  set_place(evaluation, node);
  return applied(evaluation, node, *left, *right);
}

[[gnu::noinline]] Truth comparison_of(Evaluation &evaluation, const Node &node, const Value &a, const Value &b,
                                      Value &rest) {
  if (const Truth found = compared(node.kind, a, b); found != Truth::other)
    return found;
  if (meets_plain_null(node, a, b)) {
    rest = node.on_null;
    return Truth::other;
  }
  set_place(evaluation, node);
  return taken_as(applied(evaluation, node, a, b), rest);
}

[[gnu::noinline]] Truth comparison_of_made(Evaluation &evaluation, const Node &node, Frame frame, Value &rest) {
  const Operand left(evaluation, *node.children[0], frame);
  const Operand right(evaluation, *node.children[1], frame);
  return comparison_of(evaluation, node, *left, *right, rest);
}

Truth comparison(Evaluation &evaluation, const Node &node, Frame frame, Value &rest) {
  const Value *a = in_place(evaluation, *node.children[0], frame);
  const Value *b = a == nullptr ? nullptr : in_place(evaluation, *node.children[1], frame);
  if (b == nullptr)
    return comparison_of_made(evaluation, node, frame, rest);
  const Truth found = compared(node.kind, *a, *b);
  return found != Truth::other ? found : comparison_of(evaluation, node, *a, *b, rest);
}

Truth junction(Evaluation &evaluation, const Node &node, Frame frame, Value &rest) {
  const Truth settles = node.kind == NodeKind::logical_or ? Truth::yes : Truth::no;
  Value first_rest;
  const Truth first = truth(evaluation, *node.children[0], frame, first_rest);
  if (first == settles)
    return settles;
  const Truth second = truth(evaluation, *node.children[1], frame, rest);
  if (second == settles || (first != Truth::other && second != Truth::other))
    return second;
  if (first_rest.is_null() && rest.is_null()) { // that of a boolean is a plain one
    if (first_rest.cause() != nullptr)
      rest = rest.cause() != nullptr ? merged(evaluation, first_rest, rest) : std::move(first_rest);
    return Truth::other;
  }
  set_place(evaluation, node);
  const Value a = made_of(first, std::move(first_rest)), b = made_of(second, std::move(rest));
  rest = settles == Truth::yes ? logical_or(evaluation, a, b) : logical_and(evaluation, a, b);
  return Truth::other;
}

constexpr bool is_judgement(NodeKind kind) noexcept { return kind >= NodeKind::equal && kind <= NodeKind::logical_or; }

Truth judgement(Evaluation &evaluation, const Node &node, Frame frame, Value &rest) {
  return node.kind < NodeKind::logical_and ? comparison(evaluation, node, frame, rest)
                                           : junction(evaluation, node, frame, rest);
}

// Nodes within one another that are too few to be counted, with the calls between them that are.
bool is_low(const Node &node) noexcept {
  constexpr std::uint32_t low = 12;
  return node.height <= low;
}

// For as long as it lives, errors stand where the text of the node does, if it is the root of one.
class Standing {
public:
  Standing(Evaluation &evaluation, const Node &node) noexcept : evaluation_(evaluation), outer_(evaluation.element) {
    if (node.element)
      evaluation_.element = node.element.get();
  }
  ~Standing() { evaluation_.element = outer_; }
  Standing(const Standing &) = delete;
  Standing &operator=(const Standing &) = delete;

private:
  Evaluation &evaluation_;
  const std::string *outer_;
};

[[gnu::noinline]] Value between(Evaluation &evaluation, const Node &node, Frame frame) {
  const Operand value(evaluation, *node.children[0], frame);
  const Operand low(evaluation, *node.children[1], frame);
  const Operand high(evaluation, *node.children[2], frame);
  set_place(evaluation, node);
  const Value above = compare(evaluation, Order::greater_or_equal, *value, *low);
  const Value below = compare(evaluation, Order::less_or_equal, *value, *high);
  return logical_and(evaluation, above, below);
}

// True as soon as one test is; else null if one is; else false.
Value any_test(Evaluation &evaluation, const Node &node, std::size_t first, Frame frame) {
  Value result = false;
  for (std::size_t i = first; i < node.children.size(); ++i) {
    Value test;
    const Truth found = truth(evaluation, *node.children[i], frame, test);
    if (found == Truth::yes)
      return true;
    if (found == Truth::other) {
      if (!test.is_null()) {
        set_place(evaluation, *node.children[i]);
        test = evaluation.error(Code::feel_not_a_boolean, "the test gives a " + std::string(name(test.kind())));
      }
      result = result.is_null() ? merged(evaluation, result, test) : test;
    }
  }
  return result;
}

[[gnu::noinline]] Value in(Evaluation &evaluation, const Node &node, Frame frame) {
  frame[node.slot] = evaluate(evaluation, *node.children[0], frame);
  return any_test(evaluation, node, 1, frame);
}

[[gnu::noinline]] Value unary_not(Evaluation &evaluation, const Node &node, Frame frame) {
  const Value test = evaluate(evaluation, *node.children[0], frame);
  return test.is(Kind::boolean) ? Value(!test.boolean()) : test;
}

// The branch that a conditional takes; nullptr where it takes none, and gives `rest`.
[[gnu::noinline]] const Node *branch(Evaluation &evaluation, const Node &node, Frame frame, Value &rest) {
  const Truth found = truth(evaluation, *node.children[0], frame, rest);
  if (found == Truth::yes)
    return node.children[1].get();
  if (found == Truth::other) {
    if (!rest.is_null()) {
      set_place(evaluation, node);
      rest = evaluation.error(Code::feel_not_a_boolean, "the condition is a " + std::string(name(rest.kind())));
    }
    if (rest.cause() != nullptr) {
      if (evaluation.facts_may_be_unknown || rests_on_limit(rest))
        return nullptr;
      evaluation.consume(rest);
    }
  }
  return node.children[2].get();
}

Value conditional(Evaluation &evaluation, const Node &node, Frame frame) {
  Value rest;
  const Node *taken = branch(evaluation, node, frame, rest);
  return taken == nullptr ? rest : evaluate(evaluation, *taken, frame);
}

[[gnu::noinline]] Value range(Evaluation &evaluation, const Node &node, Frame frame) {
  Range result;
  result.start_end = node.start_end;
  result.end_end = node.end_end;
  result.form = node.form;
  result.start = evaluate(evaluation, *node.children[0], frame);
  if (node.children.size() > 1)
    result.end = evaluate(evaluation, *node.children[1], frame);
  else if (node.form == Range::Form::equal)
    result.end = result.start;
  const auto ordered = [](const Value &end) {
    switch (end.kind()) {
    case Kind::boolean:
    case Kind::list:
    case Kind::context:
    case Kind::function:
    case Kind::range:
      return false;
    default:
      return true;
    }
  };
  set_place(evaluation, node);
  if (result.start.cause() != nullptr || result.end.cause() != nullptr)
    return merged(evaluation, result.start, result.end);
  const bool defined = result.start_end != Range::End::undefined && result.end_end != Range::End::undefined;
  // `(= "a")` and the like hold any value; [a..b] wants ends of one ordered type.
  if (node.children.size() > 1 && (!ordered(result.start) || !ordered(result.end)))
    return evaluation.error(Code::feel_range, "the ends of a range are ordered values");
  if (defined && !result.start.is_null() && !result.end.is_null() && result.start.kind() != result.end.kind())
    return evaluation.error(Code::feel_range, "the ends of a range have one type, not " +
                                                  std::string(name(result.start.kind())) + " and " +
                                                  std::string(name(result.end.kind())));
  if (defined && result.start.is_null() && result.end.is_null())
    return evaluation.error(Code::feel_range, "a range has at least one end");
  return result;
}

[[gnu::noinline]] Value path(Evaluation &evaluation, const Node &node, Frame frame) {
  const Operand value(evaluation, *node.children[0], frame);
  set_place(evaluation, node);
  if (node.children[0]->kind != NodeKind::global || !(*value).is(Kind::list))
    return property(evaluation, *value, node.name);
  work::parts(evaluation, evaluation.gathered.size(), work::names_in_a_step);
  for (const auto &[known, members] : evaluation.gathered)
    if (known == &node)
      return members;
  return evaluation.gathered.emplace_back(&node, property(evaluation, *value, node.name)).second;
}

[[gnu::noinline]] Value item_name(Evaluation &evaluation, const Node &node, Frame frame) {
  const Value &item = frame[node.slot];
  if (item.is(Kind::context) && work::names(evaluation, item.context()))
    if (const Value *member = item.context().find(node.name))
      return *member;
  if (!node.children.empty())
    return evaluate(evaluation, *node.children[0], frame);
  set_place(evaluation, node);
  if (item.is_null())
    return merge_causes(item, item);
  return property(evaluation, item, node.name);
}

// Whether the boolean of a test that does not write `?` decides by itself.
bool is_verdict(const Node &node, const Value &input, const Value &test) {
  if (node.reading == Reading::value || !test.is(Kind::boolean))
    return false;
  return node.reading == Reading::condition || !(input.is_null() || input.is(Kind::boolean));
}

bool is_scalar(const Type &type) noexcept {
  switch (type.kind()) {
  case Type::Kind::boolean:
  case Type::Kind::number:
  case Type::Kind::text:
  case Type::Kind::date:
    return type.constraint() == nullptr;
  default:
    return false;
  }
}

bool has_kind(const Value &value, const Type &scalar) noexcept {
  switch (value.kind()) {
  case Kind::boolean:
    return scalar.kind() == Type::Kind::boolean;
  case Kind::number:
    return scalar.kind() == Type::Kind::number;
  case Kind::text:
    return scalar.kind() == Type::Kind::text;
  case Kind::date:
    return scalar.kind() == Type::Kind::date;
  default:
    return false;
  }
}

// By the guard: what may be nested without end.
[[gnu::noinline]] Value evaluate_guarded(Evaluation &evaluation, const Node &node, Frame frame);

} // namespace

Value applied(Evaluation &evaluation, const Node &node, const Value &a, const Value &b) {
  switch (node.kind) {
  case NodeKind::add:
    return add(evaluation, a, b);
  case NodeKind::subtract:
    return subtract(evaluation, a, b);
  case NodeKind::multiply:
    return multiply(evaluation, a, b);
  case NodeKind::divide:
    return divide(evaluation, a, b);
  case NodeKind::power:
    return power(evaluation, a, b);
  case NodeKind::less:
    return compare(evaluation, Order::less, a, b);
  case NodeKind::less_or_equal:
    return compare(evaluation, Order::less_or_equal, a, b);
  case NodeKind::greater:
    return compare(evaluation, Order::greater, a, b);
  case NodeKind::greater_or_equal:
    return compare(evaluation, Order::greater_or_equal, a, b);
  case NodeKind::equal:
    return equal(evaluation, a, b);
  default: { // not_equal
    Value same = equal(evaluation, a, b);
    return same.is(Kind::boolean) ? Value(!same.boolean()) : same;
  }
  }
}

const Value *member_in_place(Evaluation &evaluation, const Node &node, Frame frame) {
  const Value *whole = evaluation.step() ? in_place(evaluation, *node.children[0], frame) : nullptr;
  if (whole == nullptr || !whole->is(Kind::context))
    return nullptr;
  const auto &entries = whole->context().entries(); // mostly in the order of the type
  if (node.slot < entries.size() && entries[node.slot].first == node.name)
    return &entries[node.slot].second;
  return work::names(evaluation, whole->context()) ? whole->context().find(node.name) : nullptr;
}

Truth truth(Evaluation &evaluation, const Node &node, Frame frame, Value &rest) {
  if (const Value *value = in_place(evaluation, node, frame)) {
    if (value->is(Kind::boolean))
      return judged(value->boolean());
    rest = *value;
    return Truth::other;
  }
  if (is_low(node)) {
    if (is_judgement(node.kind)) {
      const Standing standing(evaluation, node);
      return judgement(evaluation, node, frame, rest);
    }
    if (node.kind == NodeKind::conditional && !node.element) {
      Value condition;
      if (const Node *taken = branch(evaluation, node, frame, condition))
        return truth(evaluation, *taken, frame, rest);
      rest = std::move(condition);
      return Truth::other;
    }
  }
  if (node.shortcut == Shortcut::first_known || node.shortcut == Shortcut::negation) {
    const StackGuard guard(evaluation);
    if (!guard.exhausted() && evaluation.step())
      return truth_of_call(evaluation, node, frame, rest);
  }
  return taken_as(evaluate(evaluation, node, frame), rest);
}

Value evaluate(Evaluation &evaluation, const Node &node, Frame frame) {
  // What only stands there can be neither too deep nor wrong.
  if (const Value *value = in_place(evaluation, node, frame))
    return *value;
  if (is_low(node)) {
    if (is_judgement(node.kind)) {
      const Standing standing(evaluation, node);
      Value rest;
      const Truth found = judgement(evaluation, node, frame, rest);
      return made_of(found, std::move(rest));
    }
    if (is_arithmetic(node.kind) && evaluation.step()) {
      const Standing standing(evaluation, node);
      return arithmetic(evaluation, node, frame);
    }
    if (node.kind == NodeKind::conditional) {
      const Standing standing(evaluation, node);
      return conditional(evaluation, node, frame);
    }
    // What boxed expressions and typed variables put around a text.
    if (node.kind == NodeKind::coerce && is_scalar(node.target)) {
      const Standing standing(evaluation, node);
      Value value = evaluate(evaluation, *node.children[0], frame);
      if (value.is_null() || has_kind(value, node.target))
        return value;
      set_place(evaluation, node);
      return coerce(evaluation, value, node.target);
    }
  }
  return evaluate_guarded(evaluation, node, frame);
}

namespace {

Value evaluate_guarded(Evaluation &evaluation, const Node &node, Frame frame) {
  const StackGuard guard(evaluation);
  if (guard.exhausted() || !evaluation.step()) {
    set_place(evaluation, node);
    return evaluation.exhausted() ? evaluation.out_of_limits()
                                  : evaluation.error(Code::feel_limit, "the evaluation is nested too deeply");
  }
  const std::string *outer = evaluation.element;
  if (node.element)
    evaluation.element = node.element.get();
  Value result;
  switch (node.kind) {
  case NodeKind::constant:
    result = node.value;
    break;
  case NodeKind::global:
    result = evaluation.read(node.slot);
    break;
  case NodeKind::local:
    result = frame[node.slot];
    break;
  case NodeKind::function_ref:
    result = Value(evaluation.owner ? std::shared_ptr<const Function>(evaluation.owner, node.function)
                                    : node.function->shared_from_this());
    break;
  case NodeKind::path:
    result = path(evaluation, node, frame);
    break;
  case NodeKind::item_name:
    result = item_name(evaluation, node, frame);
    break;
  case NodeKind::negate: {
    const Value value = evaluate(evaluation, *node.children[0], frame);
    set_place(evaluation, node);
    result = negate(evaluation, value);
    break;
  }
  case NodeKind::add:
  case NodeKind::subtract:
  case NodeKind::multiply:
  case NodeKind::divide:
  case NodeKind::power:
    result = arithmetic(evaluation, node, frame);
    break;
  case NodeKind::equal:
  case NodeKind::not_equal:
  case NodeKind::less:
  case NodeKind::less_or_equal:
  case NodeKind::greater:
  case NodeKind::greater_or_equal:
  case NodeKind::logical_and:
  case NodeKind::logical_or: {
    Value rest;
    const Truth found = judgement(evaluation, node, frame, rest);
    result = made_of(found, std::move(rest));
    break;
  }
  case NodeKind::between:
    result = between(evaluation, node, frame);
    break;
  case NodeKind::in:
    result = in(evaluation, node, frame);
    break;
  case NodeKind::unary_any:
    result = any_test(evaluation, node, 0, frame);
    break;
  case NodeKind::unary_not:
    result = unary_not(evaluation, node, frame);
    break;
  case NodeKind::unary_all:
    result = true;
    break;
  case NodeKind::test_value: {
    Value test = evaluate(evaluation, *node.children[0], frame);
    set_place(evaluation, node);
    if (is_verdict(node, frame[node.slot], test))
      result = std::move(test);
    else
      result = in_test(evaluation, frame[node.slot], test);
    break;
  }
  case NodeKind::conditional:
    result = conditional(evaluation, node, frame);
    break;
  case NodeKind::for_loop:
    result = evaluate_for(evaluation, node, frame);
    break;
  case NodeKind::some:
  case NodeKind::every:
    result = evaluate_quantified(evaluation, node, frame);
    break;
  case NodeKind::filter:
    result = evaluate_filter(evaluation, node, frame);
    break;
  case NodeKind::list:
    result = evaluate_list(evaluation, node, frame);
    break;
  case NodeKind::context:
    result = evaluate_context(evaluation, node, frame);
    break;
  case NodeKind::range:
    result = range(evaluation, node, frame);
    break;
  case NodeKind::domain_range:
    result = evaluate_domain_range(evaluation, node, frame);
    break;
  case NodeKind::call:
  case NodeKind::builtin_call:
    result = evaluate_call(evaluation, node, frame);
    break;
  case NodeKind::function:
    result = make_closure(evaluation, node, frame);
    break;
  case NodeKind::instance_of:
    result = is_instance(evaluation, evaluate(evaluation, *node.children[0], frame), node.target);
    break;
  case NodeKind::coerce: {
    const Value value = evaluate(evaluation, *node.children[0], frame);
    set_place(evaluation, node);
    result = coerce(evaluation, value, node.target);
    break;
  }
  case NodeKind::extension:
    result = node.extension->evaluate(evaluation, node, frame);
    break;
  }
  evaluation.element = outer;
  return result;
}

} // namespace

} // namespace spie::feel
