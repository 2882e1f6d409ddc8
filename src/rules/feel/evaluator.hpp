// The parts of the row evaluator; node.hpp declares the whole.
#pragma once

#include "rules/feel/node.hpp"

#include <optional>

namespace spie::feel {

// Errors from here on stand at the node.
inline void set_place(Evaluation &evaluation, const Node &node) noexcept {
  evaluation.line = node.line;
  evaluation.column = node.column;
}

// What a condition says that only compares variables, their members and constants, or joins such by `and` and `or`,
// where all are scalars of one kind: most do, and no value needs to be made for it. nullopt: it is to be evaluated.
std::optional<bool> decided(Evaluation &evaluation, const Node &condition, Frame frame);

Value evaluate_for(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_quantified(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_filter(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_list(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_context(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_domain_range(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_call(Evaluation &evaluation, const Node &node, Frame frame);
Value make_closure(Evaluation &evaluation, const Node &node, Frame frame);

} // namespace spie::feel
