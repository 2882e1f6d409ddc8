#include "rules/analysis/cell.hpp"

#include "spie/feel/evaluation.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace spie::analysis {

using feel::Kind;
using feel::Node;
using feel::NodeKind;
using feel::Range;
using feel::Value;

namespace {

Cell point(const Value &value) { return {Cell::Form::within, {}, value, value, true, true}; }
Cell nothing() { return {Cell::Form::either, {}, {}, {}, false, false}; }
Cell negation(Cell of) { return {Cell::Form::negated, {std::move(of)}, {}, {}, false, false}; }
Cell other() { return {Cell::Form::other, {}, {}, {}, false, false}; }
Cell verdict(bool holds) { return holds ? Cell{} : nothing(); }

bool is_scalar(Kind kind) {
  switch (kind) {
  case Kind::boolean:
  case Kind::number:
  case Kind::text:
  case Kind::date:
  case Kind::time:
  case Kind::date_time:
  case Kind::days_duration:
  case Kind::months_duration:
    return true;
  default:
    return false;
  }
}

class Reader {
public:
  Reader(std::uint32_t input, Kind kind, const Constants &constants)
      : inputs_{input}, kind_(kind), constants_(constants) {}

  Cell tests(const Node &node) {
    switch (node.kind) {
    case NodeKind::unary_all:
      return Cell{};
    case NodeKind::unary_any:
    case NodeKind::logical_or:
      return joined(Cell::Form::either, node, 0);
    case NodeKind::logical_and:
      return joined(Cell::Form::both, node, 0);
    case NodeKind::unary_not:
      return negated(*node.children.front());
    case NodeKind::builtin_call:
      return node.value.is(Kind::function) && node.value.function()->name() == "not" && node.children.size() == 1
                 ? negated(*node.children.front())
                 : other();
    case NodeKind::constant:
      return node.value.is(Kind::boolean) ? verdict(node.value.boolean()) : other();
    case NodeKind::test_value:
      return is_input(node.slot) ? tested(node) : other();
    case NodeKind::in:
      return membership(node);
    case NodeKind::between:
      return is_input(*node.children[0]) ? both(comparison(NodeKind::greater_or_equal, *node.children[1]),
                                                comparison(NodeKind::less_or_equal, *node.children[2]))
                                         : other();
    case NodeKind::equal:
    case NodeKind::not_equal:
    case NodeKind::less:
    case NodeKind::less_or_equal:
    case NodeKind::greater:
    case NodeKind::greater_or_equal:
      if (is_input(*node.children[0]))
        return comparison(node.kind, *node.children[1]);
      return is_input(*node.children[1]) ? comparison(turned(node.kind), *node.children[0]) : other();
    default:
      return other();
    }
  }

private:
  bool is_input(std::uint32_t slot) const { return std::find(inputs_.begin(), inputs_.end(), slot) != inputs_.end(); }
  bool is_input(const Node &node) const { return node.kind == NodeKind::local && is_input(node.slot); }

  static NodeKind turned(NodeKind kind) {
    switch (kind) {
    case NodeKind::less:
      return NodeKind::greater;
    case NodeKind::less_or_equal:
      return NodeKind::greater_or_equal;
    case NodeKind::greater:
      return NodeKind::less;
    case NodeKind::greater_or_equal:
      return NodeKind::less_or_equal;
    default:
      return kind;
    }
  }

  Cell joined(Cell::Form form, const Node &node, std::size_t from) {
    Cell cell{form, {}, {}, {}, false, false};
    for (std::size_t i = from; i < node.children.size(); ++i)
      cell.parts.push_back(tests(*node.children[i]));
    return cell;
  }
  Cell negated(const Node &node) { return negation(tests(node)); }
  static Cell both(Cell a, Cell b) { return {Cell::Form::both, {std::move(a), std::move(b)}, {}, {}, false, false}; }

  Cell membership(const Node &node) {
    if (!is_input(*node.children.front()))
      return other();
    inputs_.push_back(node.slot);
    Cell read = joined(Cell::Form::either, node, 1);
    inputs_.pop_back();
    return read;
  }

  // What is no comparison is compared with the input, or is the verdict (Reading).
  Cell tested(const Node &node) {
    const Node &child = *node.children.front();
    const std::optional<Value> value = constant(child);
    if (!value)
      return computed(child);
    if (value->is(Kind::boolean)) {
      if (node.reading == feel::Reading::condition)
        return verdict(value->boolean());
      if (node.reading == feel::Reading::name && kind_ != Kind::boolean)
        return kind_ == Kind::null ? other() : verdict(value->boolean());
    }
    return equal_or_in(*value);
  }

  // An interval with one bound that is told: it holds no more than lies beyond it.
  Cell computed(const Node &node) const {
    if (node.kind != NodeKind::range || node.form != Range::Form::interval || node.children.size() != 2)
      return other();
    Cell cell{Cell::Form::both, {other()}, {}, {}, false, false};
    for (const bool low : {true, false}) {
      const Range::End end = low ? node.start_end : node.end_end;
      const std::optional<Value> bound = constant(*node.children[low ? 0 : 1]);
      if (end == Range::End::undefined || !bound || !is_scalar(bound->kind()))
        continue;
      Cell side{Cell::Form::within, {}, {}, {}, false, false};
      (low ? side.low : side.high) = *bound;
      (low ? side.low_closed : side.high_closed) = end == Range::End::closed;
      cell.parts.push_back(std::move(side));
    }
    return cell;
  }

  static Cell equal_or_in(const Value &value) {
    if (value.is_null())
      return nothing(); // a known value is no null
    if (is_scalar(value.kind()))
      return point(value);
    if (value.is(Kind::list)) {
      Cell cell = nothing();
      for (const Value &item : value.list())
        cell.parts.push_back(equal_or_in(item));
      return cell;
    }
    if (!value.is(Kind::range))
      return other();
    const Range &range = value.range();
    if (range.form == Range::Form::unlike)
      return is_scalar(range.start.kind()) ? negation(point(range.start)) : other();
    Cell cell{
        Cell::Form::within, {}, {}, {}, range.start_end == Range::End::closed, range.end_end == Range::End::closed};
    for (const auto &[end, bound, to] :
         {std::tuple{range.start_end, &range.start, &cell.low}, std::tuple{range.end_end, &range.end, &cell.high}}) {
      if (end == Range::End::undefined)
        continue;
      if (!is_scalar(bound->kind()))
        return other();
      *to = *bound;
    }
    return cell;
  }

  Cell comparison(NodeKind kind, const Node &with) const {
    const std::optional<Value> value = constant(with);
    if (!value || !(value->is_null() || is_scalar(value->kind())))
      return other();
    if (kind == NodeKind::equal || kind == NodeKind::not_equal) {
      Cell equal = value->is_null() ? nothing() : point(*value);
      return kind == NodeKind::equal ? equal : negation(std::move(equal));
    }
    if (value->is_null())
      return nothing();
    Cell cell{Cell::Form::within, {}, {}, {}, false, false};
    const bool below = kind == NodeKind::less || kind == NodeKind::less_or_equal;
    (below ? cell.high : cell.low) = *value;
    (below ? cell.high_closed : cell.low_closed) =
        kind == NodeKind::less_or_equal || kind == NodeKind::greater_or_equal;
    return cell;
  }

  bool rests_on_constants(const Node &node) const {
    switch (node.kind) {
    case NodeKind::global:
      return node.slot < constants_.known.size() && constants_.known[node.slot] != 0;
    case NodeKind::constant:
    case NodeKind::negate:
    case NodeKind::add:
    case NodeKind::subtract:
    case NodeKind::multiply:
    case NodeKind::divide:
    case NodeKind::power:
    case NodeKind::path:
    case NodeKind::list:
    case NodeKind::range:
    case NodeKind::builtin_call:
      return std::all_of(node.children.begin(), node.children.end(),
                         [&](const feel::NodePtr &child) { return rests_on_constants(*child); });
    default:
      return false;
    }
  }
  std::optional<Value> constant(const Node &node) const {
    if (!rests_on_constants(node))
      return std::nullopt;
    if (node.kind == NodeKind::constant)
      return node.value.holds_causes() ? std::nullopt : std::optional(node.value);
    feel::Evaluation evaluation;
    evaluation.globals = constants_.globals;
    Value value = feel::evaluate(evaluation, node, {});
    return value.holds_causes() ? std::nullopt : std::optional(std::move(value));
  }

  std::vector<std::uint32_t> inputs_; // the input, and what `in` calls it
  Kind kind_;
  const Constants &constants_;
};

} // namespace

bool Cell::is_point() const {
  return form == Form::within && low_closed && high_closed && !low.is_null() && feel::identical(low, high);
}

bool Cell::exact() const {
  return form != Form::other && std::all_of(parts.begin(), parts.end(), [](const Cell &part) { return part.exact(); });
}

Cell read_cell(const Node &tests, std::uint32_t input, Kind kind, const Constants &constants) {
  return Reader(input, kind, constants).tests(tests);
}

} // namespace spie::analysis
