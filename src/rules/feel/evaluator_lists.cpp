// Lists, contexts, filters, iterations and quantifiers.
#include "rules/feel/evaluator.hpp"
#include "rules/feel/operators.hpp"
#include "rules/feel/text.hpp"

#include <algorithm>

namespace spie::feel {

namespace {

Value too_large(Evaluation &evaluation) {
  return evaluation.error(Code::feel_limit,
                          "a list would hold more than " + std::to_string(evaluation.limits.list_size) + " items");
}

// `[3..1]` is no list of 3, 2 and 1: that is written `3..1`.
Value ends_before_it_starts(Evaluation &evaluation, const Range &range) {
  return evaluation.error(Code::feel_range,
                          "a range that ends before it starts has no items; 3..1 without brackets goes down",
                          range.start.to_string() + ".." + range.end.to_string());
}

// Calls `visit` for each combination of the items of the domains, the last one fastest; the variables are set in the
// frame. `visit` returns false to stop. Gives a null when a domain is one that cannot be iterated over.
template <typename Visit>
Value iterate(Evaluation &evaluation, const Node &node, Frame frame, std::size_t level, Visit &visit) {
  if (level == node.slots.size())
    return visit();
  const Node &domain = *node.children[level];
  const Value items = evaluate(evaluation, domain, frame);
  set_place(evaluation, domain);
  if (items.is_null()) {
    if (items.cause() != nullptr)
      return items;
    return evaluation.error(Code::feel_null_operand, "the domain of the iteration is null");
  }
  const auto one = [&](const Value &item) {
    frame[node.slots[level]] = item;
    return iterate(evaluation, node, frame, level + 1, visit);
  };
  if (items.is(Kind::list)) {
    for (const Value &item : items.list()) {
      Value stop = one(item);
      if (stop.kind() != Kind::boolean || !stop.boolean())
        return stop;
    }
    return true;
  }
  if (items.is(Kind::range)) {
    // `for x in [1..3]`: a closed range of integers or dates.
    const Range &range = items.range();
    if (range.start_end == Range::End::undefined || range.end_end == Range::End::undefined)
      return evaluation.error(Code::feel_range, "a range without an end cannot be iterated over");
    if (range.start.is(Kind::number) && range.end.is(Kind::number)) {
      auto from = range.start.number().to_int64(), to = range.end.number().to_int64();
      if (from && to) {
        if (*to < *from)
          return ends_before_it_starts(evaluation, range);
        if (range.start_end == Range::End::open)
          ++*from;
        if (range.end_end == Range::End::open)
          --*to;
        for (std::int64_t i = *from; i <= *to; ++i) {
          Value stop = one(Value(i));
          if (stop.kind() != Kind::boolean || !stop.boolean())
            return stop;
        }
        return true;
      }
    }
    if (range.start.is(Kind::date) && range.end.is(Kind::date)) {
      if (range.end.date().days < range.start.date().days)
        return ends_before_it_starts(evaluation, range);
      const std::int64_t from = range.start.date().days + (range.start_end == Range::End::open ? 1 : 0);
      const std::int64_t to = range.end.date().days - (range.end_end == Range::End::open ? 1 : 0);
      for (std::int64_t day = from; day <= to; ++day) {
        Value stop = one(Value(Date{day}));
        if (stop.kind() != Kind::boolean || !stop.boolean())
          return stop;
      }
      return true;
    }
    return evaluation.error(Code::feel_range, "only ranges of integers or dates can be iterated over");
  }
  return one(items); // a value stands for the list of it
}

} // namespace

Value evaluate_for(Evaluation &evaluation, const Node &node, Frame frame) {
  List results;
  const Node &body = *node.children.back();
  auto visit = [&]() -> Value {
    const std::size_t copied = node.reads_slot ? results.size() * sizeof(Value) : 0;
    if (node.reads_slot) {
      if (!evaluation.take(copied))
        return evaluation.out_of_limits();
      frame[node.slot] = Value(results);
    }
    results.push_back(evaluate(evaluation, body, frame));
    if (node.reads_slot && frame[node.slot].unique()) // the next turn replaces it
      evaluation.give_back(copied);
    if (static_cast<std::int64_t>(results.size()) > evaluation.limits.list_size)
      return too_large(evaluation);
    if (evaluation.exhausted())
      return results.back();
    return true;
  };
  const Value end = iterate(evaluation, node, frame, 0, visit);
  if (!end.is_true())
    return end;
  return evaluation.made(Value(std::move(results)));
}

Value evaluate_quantified(Evaluation &evaluation, const Node &node, Frame frame) {
  const bool some = node.kind == NodeKind::some;
  const Node &condition = *node.children.back();
  Value result = !some;
  auto visit = [&]() -> Value {
    Value holds = evaluate(evaluation, condition, frame);
    if (holds.is(Kind::boolean)) {
      if (holds.boolean() != some)
        return true;
      result = some;
      return false; // decided
    }
    if (!holds.is_null()) {
      set_place(evaluation, condition);
      holds = evaluation.error(Code::feel_not_a_boolean, "the condition is a " + std::string(name(holds.kind())));
    }
    result = result.is_null() ? merge_causes(result, holds) : holds;
    return !evaluation.exhausted();
  };
  const Value end = iterate(evaluation, node, frame, 0, visit);
  return end.is(Kind::boolean) ? result : end;
}

Value evaluate_list(Evaluation &evaluation, const Node &node, Frame frame) {
  List items;
  items.reserve(node.children.size());
  for (const auto &child : node.children)
    items.push_back(evaluate(evaluation, *child, frame));
  set_place(evaluation, node);
  return evaluation.made(Value(std::move(items)));
}

Value evaluate_context(Evaluation &evaluation, const Node &node, Frame frame) {
  if (node.value.is_error()) { // a key given twice
    set_place(evaluation, node);
    const Diagnostic &first = node.value.cause()->errors.front();
    return evaluation.error(first.code, first.message);
  }
  std::vector<Context::Entry> entries;
  entries.reserve(node.children.size());
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    Value value = evaluate(evaluation, *node.children[i], frame);
    if (node.slots.size() > i)
      frame[node.slots[i]] = value;
    if (node.boxed && evaluation.observer != nullptr)
      evaluation.observer->entry(node.names[i], evaluation.bounded(value));
    entries.emplace_back(node.names[i], std::move(value));
  }
  set_place(evaluation, node);
  return evaluation.made(Value(Context::of_distinct(std::move(entries))));
}

Value evaluate_domain_range(Evaluation &evaluation, const Node &node, Frame frame) {
  const Value from = evaluate(evaluation, *node.children[0], frame);
  const Value to = evaluate(evaluation, *node.children[1], frame);
  set_place(evaluation, node);
  if (from.cause() != nullptr || to.cause() != nullptr)
    return merge_causes(from, to);
  std::int64_t first = 0, last = 0;
  const bool dates = from.is(Kind::date) && to.is(Kind::date);
  if (dates) {
    first = from.date().days;
    last = to.date().days;
  } else if (from.is(Kind::number) && to.is(Kind::number) && from.number().to_int64() && to.number().to_int64()) {
    first = *from.number().to_int64();
    last = *to.number().to_int64();
  } else {
    return evaluation.error(Code::feel_range,
                            "an iteration goes from an integer to an integer, or from a date to a date");
  }
  const bool down = last < first;
  const auto distance = down ? static_cast<std::uint64_t>(first) - static_cast<std::uint64_t>(last)
                             : static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first);
  if (distance >= static_cast<std::uint64_t>(evaluation.limits.list_size) ||
      !evaluation.step(static_cast<std::int64_t>(distance)))
    return too_large(evaluation);
  if (!evaluation.take(static_cast<std::size_t>(distance) * sizeof(Value)))
    return evaluation.out_of_limits();
  List items;
  items.reserve(static_cast<std::size_t>(distance) + 1);
  for (std::uint64_t i = 0; i <= distance; ++i) {
    const std::int64_t at = down ? first - static_cast<std::int64_t>(i) : first + static_cast<std::int64_t>(i);
    items.push_back(dates ? Value(Date{at}) : Value(at));
  }
  return Value(std::move(items));
}

namespace {

// Whether the node reads the item of the filter: by its slot, or by a name that an item has or that nothing else has.
bool reads_item(const Node &node, std::uint32_t slot, const List &items) {
  if (node.kind == NodeKind::local && node.slot == slot)
    return true;
  if (node.kind == NodeKind::item_name && node.slot == slot) {
    const auto has = [&](const Value &item) {
      return item.is(Kind::context) && item.context().find(node.name) != nullptr;
    };
    if (node.children.empty() || std::any_of(items.begin(), items.end(), has))
      return true;
  }
  const auto captures = [&](const Capture &capture) { return !capture.from_global && capture.from == slot; };
  if (std::any_of(node.captures.begin(), node.captures.end(), captures))
    return true;
  return std::any_of(node.children.begin(), node.children.end(),
                     [&](const NodePtr &child) { return reads_item(*child, slot, items); });
}

Value by_position(Evaluation &evaluation, const List &items, const Value &position) {
  const auto index = position.number().to_int64();
  const auto size = static_cast<std::int64_t>(items.size());
  if (!index)
    return evaluation.error(Code::feel_filter, "a position is an integer, not " + position.to_string());
  if (*index > 0 && *index <= size)
    return items[static_cast<std::size_t>(*index - 1)];
  if (*index < 0 && -*index <= size)
    return items[static_cast<std::size_t>(size + *index)];
  return evaluation.error(Code::feel_filter,
                          "the list of " + counted(items.size(), "item") + " has no position " + std::to_string(*index),
                          std::to_string(*index));
}

} // namespace

Value evaluate_filter(Evaluation &evaluation, const Node &node, Frame frame) {
  for (const Known &known : evaluation.known) {
    if (known.filter != &node)
      continue;
    if (known.key == nullptr)
      return known.value;
    const Value key = evaluate(evaluation, *known.key, frame);
    if (!key.is(Kind::text))
      break; // what each item is worth then, the condition says
    const auto found = known.by_key.find(key.text());
    return found == known.by_key.end() ? known.value : found->second;
  }
  const Value value = evaluate(evaluation, *node.children[0], frame);
  set_place(evaluation, node);
  if (value.is_null()) {
    if (value.cause() != nullptr)
      return value;
    return evaluation.error(Code::feel_null_operand, "a null cannot be filtered");
  }
  List single;
  if (!value.is(Kind::list))
    single.push_back(value);
  const List &items = value.is(Kind::list) ? value.list() : single;
  const Node &by = *node.children[1];
  // Outside the items their members are nothing: a position is one for all of them.
  const auto at = [&](const Value &position) {
    set_place(evaluation, node);
    if (!items.empty() && node.reads_slot && reads_item(by, node.slot, items))
      return evaluation.error(Code::feel_filter, "the number between the brackets depends on the item: a position does "
                                                 "not, and a condition compares");
    return by_position(evaluation, items, position);
  };
  // A position that does not depend on the item is computed once, and for an empty list too.
  if (by.type.kind() == Type::Kind::number || !node.reads_slot) {
    if (items.empty() || by.type.kind() != Type::Kind::boolean) {
      frame[node.slot] = items.empty() ? Value() : items.front();
      const Value position = evaluate(evaluation, by, frame);
      if (position.is(Kind::number))
        return at(position);
      if (position.is_null() && by.type.kind() == Type::Kind::number) {
        set_place(evaluation, node);
        return position.cause() != nullptr ? position : evaluation.error(Code::feel_filter, "the position is null");
      }
    }
  }
  List kept;
  kept.reserve(items.size());
  Value unknown;
  for (const Value &item : items) {
    frame[node.slot] = item;
    if (const auto holds = decided(evaluation, by, frame)) {
      if (*holds)
        kept.push_back(item);
      continue;
    }
    Value keep = evaluate(evaluation, by, frame);
    if (keep.is_true()) {
      kept.push_back(item);
      continue;
    }
    if (keep.is_false())
      continue;
    if (keep.is(Kind::number))
      return at(keep);
    if (!keep.is_null()) {
      set_place(evaluation, node);
      return evaluation.error(Code::feel_filter, "a filter by a " + std::string(name(keep.kind())));
    }
    if (keep.cause() == nullptr)
      continue;
    if (evaluation.facts_may_be_unknown)
      unknown = merge_causes(unknown, keep); // decisions §1: what the filter keeps is not known
    else
      evaluation.consume(keep);
    if (evaluation.exhausted())
      return keep;
  }
  if (unknown.cause() != nullptr)
    return unknown;
  set_place(evaluation, node);
  return evaluation.made(Value(std::move(kept)));
}

} // namespace spie::feel
