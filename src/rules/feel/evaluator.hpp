// The parts of the row evaluator; node.hpp declares the whole.
#pragma once

#include "rules/feel/node.hpp"

namespace spie::feel {

// Errors from here on stand at the node.
inline void set_place(Evaluation &evaluation, const Node &node) noexcept {
  evaluation.line = node.line;
  evaluation.column = node.column;
}

Value evaluate_for(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_quantified(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_filter(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_list(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_context(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_domain_range(Evaluation &evaluation, const Node &node, Frame frame);
Value evaluate_call(Evaluation &evaluation, const Node &node, Frame frame);
Value make_closure(Evaluation &evaluation, const Node &node, Frame frame);

} // namespace spie::feel
