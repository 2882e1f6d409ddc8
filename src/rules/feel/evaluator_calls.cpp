// Calls, and the functions that function literals make.
#include "rules/feel/evaluator.hpp"
#include "rules/feel/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace spie::feel {

namespace {

// A function literal with the values it captured. Shares its body with the tree it comes from, and keeps alive the
// model whose functions the body calls, so it may outlive both.
class Closure final : public Function {
public:
  Closure(const Node &literal, std::vector<Value> captured, const Evaluation &evaluation)
      : body_(literal.body), parameters_(literal.parameters), type_(literal.type), captures_(literal.captures),
        captured_(std::move(captured)), frame_size_(literal.frame_size),
        element_(evaluation.element != nullptr ? *evaluation.element : ""), owner_(evaluation.owner) {
    for (const Value &value : captured_)
      depth_ = std::max(depth_, value.depth() + 1);
  }

  Value call(Evaluation &evaluation, std::span<const Value> arguments) const override {
    if (arguments.size() != parameters_.size())
      return evaluation.error(Code::feel_argument, "the function takes " + counted(parameters_.size(), "argument") +
                                                       ", not " + std::to_string(arguments.size()));
    std::vector<Value> frame(frame_size_);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      frame[i] = coerce(evaluation, arguments[i], parameters_[i].type);
      // An argument of another type refuses the call; a null is an argument like any other.
      if (frame[i].is_null() && !arguments[i].is_null())
        return frame[i];
    }
    for (std::size_t i = 0; i < captures_.size(); ++i)
      frame[captures_[i].to] = captured_[i];
    std::optional<Owning> owning;
    if (evaluation.owner.get() != owner_.get())
      owning.emplace(evaluation, owner_);
    return evaluate(evaluation, *body_, frame);
  }

  std::vector<Parameter> parameters() const override { return parameters_; }
  Type type() const override { return type_; }
  int depth() const noexcept override { return depth_; }

private:
  std::shared_ptr<const Node> body_;
  std::vector<Parameter> parameters_;
  Type type_;
  std::vector<Capture> captures_;
  std::vector<Value> captured_;
  std::uint32_t frame_size_;
  std::string element_;
  std::shared_ptr<const void> owner_;
  int depth_ = 1;
};

} // namespace

Value make_closure(Evaluation &evaluation, const Node &node, Frame frame) {
  std::vector<Value> captured;
  captured.reserve(node.captures.size());
  for (const Capture &capture : node.captures)
    captured.push_back(capture.from_global ? evaluation.read(capture.from) : frame[capture.from]);
  return Value(std::shared_ptr<const Function>(std::make_shared<Closure>(node, std::move(captured), evaluation)));
}

namespace {

// `min(a, b)` of numbers alone, which need no list: the first of the least, as the built-in finds it.
const Value *extreme_number(std::span<const Value> arguments, bool largest) {
  const Value *best = nullptr;
  for (const Value &argument : arguments) {
    if (!argument.is(Kind::number))
      return nullptr;
    if (best == nullptr || (largest ? argument.number() > best->number() : argument.number() < best->number()))
      best = &argument;
  }
  return best;
}

Value called(Evaluation &evaluation, const Node &node, const Value &argument) {
  set_place(evaluation, node);
  return node.value.function()->call(evaluation, std::span(&argument, 1));
}

} // namespace

Truth truth_of_call(Evaluation &evaluation, const Node &node, Frame frame, Value &rest) {
  const Truth first = truth(evaluation, *node.children[0], frame, rest);
  if (node.shortcut == Shortcut::negation) {
    if (first != Truth::other)
      return first == Truth::yes ? Truth::no : Truth::yes;
    if (!rest.is_null())
      return taken_as(called(evaluation, node, rest), rest);
    return Truth::other;
  }
  if (first != Truth::other || !rest.is_unknown())
    return first;
  rest = Value();
  return truth(evaluation, *node.children[1], frame, rest);
}

Value evaluate_call(Evaluation &evaluation, const Node &node, Frame frame) {
  const bool builtin = node.kind == NodeKind::builtin_call;
  switch (node.shortcut) {
  case Shortcut::count_kept: {
    std::optional<Value> instead;
    Value count = count_kept(evaluation, *node.children[0], frame, instead);
    return instead ? called(evaluation, node, *instead) : count;
  }
  case Shortcut::first_known: {
    Value first = evaluate(evaluation, *node.children[0], frame);
    return first.is_unknown() ? node.children[1]->value : first;
  }
  case Shortcut::negation: {
    Value rest;
    const Truth found = truth_of_call(evaluation, node, frame, rest);
    return made_of(found, std::move(rest));
  }
  default:
    break;
  }
  const Value called = builtin ? Value() : evaluate(evaluation, *node.children[0], frame);
  const Value &callee = builtin ? node.value : called;
  const std::size_t first = builtin ? 0 : 1;
  const std::size_t count = node.children.size() - first;
  std::array<Value, 4> few;
  std::vector<Value> many;
  std::span<Value> arguments(few.data(), std::min(count, few.size()));
  if (count > few.size()) {
    many.resize(count);
    arguments = many;
  }
  for (std::size_t i = 0; i < count; ++i)
    arguments[i] = evaluate(evaluation, *node.children[first + i], frame);
  if (node.shortcut == Shortcut::least || node.shortcut == Shortcut::greatest)
    if (const Value *extreme = extreme_number(arguments, node.shortcut == Shortcut::greatest))
      return *extreme;
  set_place(evaluation, node);
  if (!callee.is(Kind::function)) {
    // A range called with a value says whether it holds it: `(< 10)(5)` in no standard, so it is an error too.
    if (callee.cause() != nullptr)
      return callee;
    const std::string kind = with_article(name(callee.kind()));
    return evaluation.error(Code::feel_unknown_function, node.name.empty()
                                                             ? kind + " is not a function"
                                                             : "the name '" + node.name + "' is defined here as " +
                                                                   kind + " and hides the function of that name");
  }
  const Nesting nesting(evaluation);
  if (nesting.too_deep())
    return evaluation.error(Code::feel_limit, "functions call one another more than " +
                                                  std::to_string(evaluation.limits.depth) + " levels deep");
  const Function &function = *callee.function();
  return node.names.empty() ? function.call(evaluation, arguments)
                            : function.call_named(evaluation, node.names, arguments);
}

} // namespace spie::feel
