#include "spie/feel/expression.hpp"

#include "rules/feel/compiler.hpp"
#include "rules/feel/few_values.hpp"

#include <algorithm>
#include <set>

namespace spie::feel {

namespace {

// `a.b.c` over a global, outermost first; false when the node is no such path.
bool path_of(const Node &node, Use &use) {
  if (node.kind == NodeKind::global) {
    use.slot = node.slot;
    return true;
  }
  if (node.kind != NodeKind::path || !path_of(*node.children.front(), use))
    return false;
  use.path.push_back(node.name);
  return true;
}

void collect_uses(const Node &node, std::set<Use> &uses) {
  Use use{};
  if (path_of(node, use)) {
    uses.insert(std::move(use));
    return;
  }
  for (const Capture &capture : node.captures)
    if (capture.from_global)
      uses.insert(Use{capture.from, {}});
  for (const auto &child : node.children)
    collect_uses(*child, uses);
  if (node.body)
    collect_uses(*node.body, uses);
}

// Nodes that were not evaluated any more gave nulls, which what held them may have taken for values: `null = null`.
Value whole(const Evaluation &evaluation, Value value) {
  return evaluation.exhausted() && !value.is_error() ? evaluation.out_of_limits() : value;
}

} // namespace

Expression Expression::compile(std::string_view text, const Scope &scope, const CompileOptions &options) {
  Compiler compiler(scope, options);
  NodePtr root = compiler.expression(text, options.element);
  return compiler.finish(std::move(root));
}

Expression Expression::compile_unary_tests(std::string_view text, const Scope &scope, const Type &input,
                                           const CompileOptions &options) {
  Compiler compiler(scope, options);
  const std::uint32_t slot = compiler.reserve();
  NodePtr root = compiler.unary_tests(text, input, slot, options.element);
  Expression expression = compiler.finish(std::move(root));
  expression.input_slot_ = slot;
  return expression;
}

Value Expression::evaluate(Evaluation &evaluation) const {
  constexpr std::size_t few = 8; // most have no more
  if (frame_size_ <= few)
    return whole(evaluation, feel::evaluate(evaluation, *root_, FewValues<few>(frame_size_).all()));
  std::vector<Value> many(frame_size_);
  return whole(evaluation, feel::evaluate(evaluation, *root_, many));
}

Value Expression::test(Evaluation &evaluation, const Value &input) const {
  std::vector<Value> frame(frame_size_);
  frame[input_slot_] = input;
  return whole(evaluation, feel::evaluate(evaluation, *root_, frame));
}

const Type &Expression::type() const { return root_->type; }

std::vector<Use> Expression::uses() const {
  std::set<Use> uses;
  collect_uses(*root_, uses);
  return {uses.begin(), uses.end()};
}

} // namespace spie::feel
