#include "rules/dmn/quick_cell.hpp"

namespace spie::dmn {

using feel::Kind;
using feel::Node;
using feel::NodeKind;
using feel::Range;
using feel::Value;

namespace {

bool is_null_test(const Node &tests, std::uint32_t input_slot) {
  if (tests.kind != NodeKind::unary_any || tests.children.size() != 1)
    return false;
  const Node &test = *tests.children.front();
  const auto is_plain_null = [](const Node &node) {
    return node.kind == NodeKind::constant && node.value.is_null() && node.value.cause() == nullptr;
  };
  return test.kind == NodeKind::test_value && test.reading == feel::Reading::value && test.slot == input_slot &&
         is_plain_null(*test.children[0]);
}

} // namespace

QuickCell::QuickCell(const Node &cell, std::uint32_t input_slot) {
  const bool negated = cell.kind == NodeKind::unary_not;
  const Node &tests = negated ? *cell.children.front() : cell;
  of_null_ = is_null_test(tests, input_slot);
  bool all = tests.kind == NodeKind::unary_any;
  for (std::size_t i = 0; all && i < tests.children.size(); ++i)
    all = add(*tests.children[i], input_slot);
  if (!all) {
    kind_ = Kind::null;
    tests_.clear();
  }
  negated_ = negated;
}

bool QuickCell::takes(Kind kind) {
  if (kind_ == Kind::null)
    kind_ = kind;
  return kind_ == kind;
}

bool QuickCell::bound(Bound &bound, const Value &value, bool closed) {
  if (!(value.is(Kind::number) || value.is(Kind::date)) || !takes(value.kind()))
    return false;
  bound = {true, closed, value.is(Kind::number) ? value.number() : feel::Number(value.date().days)};
  return true;
}

bool QuickCell::add(const Value &value) {
  Test test;
  if (value.is(Kind::text)) {
    test.text = value.text();
    if (!takes(Kind::text))
      return false;
  } else if (value.is(Kind::boolean)) {
    test.boolean = value.boolean();
    if (!takes(Kind::boolean))
      return false;
  } else if (value.is(Kind::range)) {
    const Range &range = value.range();
    const auto one = [&](Bound &to, Range::End end, const Value &at) {
      return end == Range::End::undefined || bound(to, at, end == Range::End::closed);
    };
    if (range.form == Range::Form::unlike || !one(test.low, range.start_end, range.start) ||
        !one(test.high, range.end_end, range.end))
      return false;
  } else {
    if (!bound(test.low, value, true))
      return false;
    test.high = test.low;
  }
  tests_.push_back(std::move(test));
  return true;
}

bool QuickCell::add(const Node &node, std::uint32_t input_slot) {
  if (node.kind == NodeKind::test_value)
    return node.reading == feel::Reading::value && node.slot == input_slot &&
           node.children[0]->kind == NodeKind::constant && add(node.children[0]->value);
  if (node.children.size() != 2 || node.children[0]->kind != NodeKind::local || node.children[0]->slot != input_slot ||
      node.children[1]->kind != NodeKind::constant)
    return false;
  const Value &value = node.children[1]->value;
  Test test;
  bool good = false;
  switch (node.kind) {
  case NodeKind::equal:
    return !value.is(Kind::range) && add(value);
  case NodeKind::less:
  case NodeKind::less_or_equal:
    good = bound(test.high, value, node.kind == NodeKind::less_or_equal);
    break;
  case NodeKind::greater:
  case NodeKind::greater_or_equal:
    good = bound(test.low, value, node.kind == NodeKind::greater_or_equal);
    break;
  default:
    break;
  }
  if (good)
    tests_.push_back(std::move(test));
  return good;
}

std::optional<bool> QuickCell::test(const Value &input) const {
  const bool plain_null = input.is_null() && input.cause() == nullptr;
  if (of_null_)
    return input.is_null() && !plain_null ? std::nullopt : std::optional(plain_null != negated_);
  // A text or a boolean is compared, and is no null; a bound has something to say of one.
  if (plain_null && (kind_ == Kind::text || kind_ == Kind::boolean))
    return negated_;
  if (kind_ == Kind::null || input.kind() != kind_)
    return std::nullopt;
  if (kind_ == Kind::text || kind_ == Kind::boolean) {
    for (const Test &test : tests_)
      if (kind_ == Kind::text ? test.text == input.text() : test.boolean == input.boolean())
        return !negated_;
    return negated_;
  }
  const feel::Number at = kind_ == Kind::number ? input.number() : feel::Number(input.date().days);
  for (const Test &test : tests_) {
    if (test.low.given && (test.low.closed ? at < test.low.at : at <= test.low.at))
      continue;
    if (test.high.given && (test.high.closed ? at > test.high.at : at >= test.high.at))
      continue;
    return !negated_;
  }
  return negated_;
}

} // namespace spie::dmn
