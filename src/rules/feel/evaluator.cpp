// One row at a time: a switch over the bound tree. What is not an operator stands in evaluator_lists.cpp and
// evaluator_calls.cpp, so that the frames of this recursion stay small.
#include "rules/feel/evaluator.hpp"

#include "rules/feel/operators.hpp"

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

// The value of a variable or a constant where it stands; nullptr for all else, and where a limit is reached.
inline const Value *variable(Evaluation &evaluation, const Node &node, Frame frame) {
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
const Value *in_place(Evaluation &evaluation, const Node &node, Frame frame) {
  if (node.kind != NodeKind::path)
    return variable(evaluation, node, frame);
  const Value *whole = evaluation.step() ? in_place(evaluation, *node.children[0], frame) : nullptr;
  return whole != nullptr && whole->is(Kind::context) ? whole->context().find(node.name) : nullptr;
}

// An operand where it stands, when it may: most do, and a copy costs more than a comparison. No evaluation of another
// operand writes the variables of the scope that holds them both.
class Operand {
public:
  Operand(Evaluation &evaluation, const Node &node, Frame frame) {
    switch (node.kind) {
    case NodeKind::local:
    case NodeKind::constant:
    case NodeKind::global:
      at_ = variable(evaluation, node, frame);
      break;
    case NodeKind::path:
      at_ = in_place(evaluation, node, frame);
      break;
    default:
      break;
    }
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
  const Value *at_ = nullptr;
};

[[gnu::noinline]] Value binary(Evaluation &evaluation, const Node &node, Frame frame) {
  const Operand left(evaluation, *node.children[0], frame);
  const Operand right(evaluation, *node.children[1], frame);
  const Value &a = *left;
  const Value &b = *right;
  set_place(evaluation, node);
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

[[gnu::noinline]] Value conjunction(Evaluation &evaluation, const Node &node, Frame frame) {
  const Operand a(evaluation, *node.children[0], frame);
  if ((*a).is_false())
    return false;
  const Operand b(evaluation, *node.children[1], frame);
  set_place(evaluation, node);
  return logical_and(evaluation, *a, *b);
}

[[gnu::noinline]] Value disjunction(Evaluation &evaluation, const Node &node, Frame frame) {
  const Operand a(evaluation, *node.children[0], frame);
  if ((*a).is_true())
    return true;
  const Operand b(evaluation, *node.children[1], frame);
  set_place(evaluation, node);
  return logical_or(evaluation, *a, *b);
}

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
    Value test = evaluate(evaluation, *node.children[i], frame);
    if (test.is_true())
      return true;
    if (!test.is(Kind::boolean)) {
      if (!test.is_null()) {
        set_place(evaluation, *node.children[i]);
        test = evaluation.error(Code::feel_not_a_boolean, "the test gives a " + std::string(name(test.kind())));
      }
      result = result.is_null() ? merge_causes(result, test) : test;
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

[[gnu::noinline]] Value conditional(Evaluation &evaluation, const Node &node, Frame frame) {
  Value condition = evaluate(evaluation, *node.children[0], frame);
  if (condition.is_true())
    return evaluate(evaluation, *node.children[1], frame);
  if (!condition.is(Kind::boolean)) {
    if (!condition.is_null()) {
      set_place(evaluation, node);
      condition =
          evaluation.error(Code::feel_not_a_boolean, "the condition is a " + std::string(name(condition.kind())));
    }
    if (condition.cause() != nullptr) {
      if (evaluation.facts_may_be_unknown)
        return condition;
      evaluation.consume(condition);
    }
  }
  return evaluate(evaluation, *node.children[2], frame);
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
    return merge_causes(result.start, result.end);
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
  for (const auto &[known, members] : evaluation.gathered)
    if (known == &node)
      return members;
  return evaluation.gathered.emplace_back(&node, property(evaluation, *value, node.name)).second;
}

[[gnu::noinline]] Value item_name(Evaluation &evaluation, const Node &node, Frame frame) {
  const Value &item = frame[node.slot];
  if (item.is(Kind::context))
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

std::optional<bool> decide(Evaluation &evaluation, const Node &node, Frame frame) {
  switch (node.kind) {
  case NodeKind::local:
  case NodeKind::constant:
  case NodeKind::global:
  case NodeKind::path: {
    const Value *value = in_place(evaluation, node, frame);
    return value != nullptr && value->is(Kind::boolean) ? std::optional(value->boolean()) : std::nullopt;
  }
  case NodeKind::logical_and:
  case NodeKind::logical_or: {
    const auto first = decide(evaluation, *node.children[0], frame);
    return first && *first == (node.kind == NodeKind::logical_and) ? decide(evaluation, *node.children[1], frame)
                                                                   : first;
  }
  case NodeKind::equal:
  case NodeKind::not_equal:
  case NodeKind::less:
  case NodeKind::less_or_equal:
  case NodeKind::greater:
  case NodeKind::greater_or_equal: {
    const Value *a = in_place(evaluation, *node.children[0], frame);
    const Value *b = a == nullptr ? nullptr : in_place(evaluation, *node.children[1], frame);
    if (b == nullptr)
      return std::nullopt;
    if (node.kind == NodeKind::equal || node.kind == NodeKind::not_equal) {
      const auto same = equal_scalars(*a, *b);
      return same ? std::optional(*same == (node.kind == NodeKind::equal)) : std::nullopt;
    }
    std::strong_ordering order = std::strong_ordering::equal;
    if (a->is(Kind::number) && b->is(Kind::number))
      order = a->number() <=> b->number();
    else if (a->is(Kind::date) && b->is(Kind::date))
      order = a->date() <=> b->date();
    else
      return std::nullopt;
    return node.kind == NodeKind::less            ? order < 0
           : node.kind == NodeKind::less_or_equal ? order <= 0
           : node.kind == NodeKind::greater       ? order > 0
                                                  : order >= 0;
  }
  default:
    return std::nullopt;
  }
}

// Where that is worth a try: deeper, what is tried in vain would be tried again at each level.
bool may_be_decided(const Node &node) {
  constexpr std::uint32_t low = 12;
  return node.kind >= NodeKind::equal && node.kind <= NodeKind::logical_or && node.height <= low;
}

} // namespace

std::optional<bool> decided(Evaluation &evaluation, const Node &condition, Frame frame) {
  return may_be_decided(condition) ? decide(evaluation, condition, frame) : std::nullopt;
}

Value evaluate(Evaluation &evaluation, const Node &node, Frame frame) {
  // What only stands there can be neither too deep nor wrong.
  if (const Value *value = variable(evaluation, node, frame))
    return *value;
  if (const auto holds = decided(evaluation, node, frame))
    return *holds;
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
  case NodeKind::equal:
  case NodeKind::not_equal:
  case NodeKind::less:
  case NodeKind::less_or_equal:
  case NodeKind::greater:
  case NodeKind::greater_or_equal:
    result = binary(evaluation, node, frame);
    break;
  case NodeKind::logical_and:
    result = conjunction(evaluation, node, frame);
    break;
  case NodeKind::logical_or:
    result = disjunction(evaluation, node, frame);
    break;
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
    result = is_instance(evaluate(evaluation, *node.children[0], frame), node.target);
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

} // namespace spie::feel
