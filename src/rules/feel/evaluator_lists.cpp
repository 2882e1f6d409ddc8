// Lists, contexts, filters, iterations and quantifiers.
#include "rules/feel/causes.hpp"
#include "rules/feel/evaluator.hpp"
#include "rules/feel/few_values.hpp"
#include "rules/feel/limit.hpp"
#include "rules/feel/operators.hpp"
#include "rules/feel/text.hpp"
#include "rules/feel/work.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

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
// frame. `visit` returns false to stop, and so does this where it was stopped. A domain that cannot be iterated over
// stops it too, and leaves a null in `failure`.
template <typename Visit>
bool iterate(Evaluation &evaluation, const Node &node, Frame frame, std::size_t level, Visit &visit,
             std::optional<Value> &failure) {
  if (level == node.slots.size())
    return visit();
  const Node &domain = *node.children[level];
  const Operand operand(evaluation, domain, frame);
  const Value &items = *operand;
  set_place(evaluation, domain);
  const auto fail = [&](Value why) {
    failure = std::move(why);
    return false;
  };
  if (items.is_null())
    return fail(items.cause() != nullptr
                    ? items
                    : evaluation.error(Code::feel_null_operand, "the domain of the iteration is null"));
  const auto one = [&](auto &&item) {
    frame[node.slots[level]] = std::forward<decltype(item)>(item);
    return iterate(evaluation, node, frame, level + 1, visit, failure);
  };
  if (items.is(Kind::list))
    return std::all_of(items.list().begin(), items.list().end(), one);
  if (items.is(Kind::range)) {
    // `for x in [1..3]`: a closed range of integers or dates.
    const Range &range = items.range();
    if (range.start_end == Range::End::undefined || range.end_end == Range::End::undefined)
      return fail(evaluation.error(Code::feel_range, "a range without an end cannot be iterated over"));
    if (range.start.is(Kind::number) && range.end.is(Kind::number)) {
      const auto from = range.start.number().to_int64(), to = range.end.number().to_int64();
      if (from && to) {
        if (*to < *from)
          return fail(ends_before_it_starts(evaluation, range));
        // Counted from the first, which the last may be the greatest integer beside.
        const bool opens = range.start_end == Range::End::open, closes = range.end_end == Range::End::open;
        const std::uint64_t distance = static_cast<std::uint64_t>(*to) - static_cast<std::uint64_t>(*from);
        if (distance < std::uint64_t{opens} + closes)
          return true;
        for (std::uint64_t i = opens; i <= distance - closes; ++i)
          if (!one(Value(static_cast<std::int64_t>(static_cast<std::uint64_t>(*from) + i))))
            return false;
        return true;
      }
    }
    if (range.start.is(Kind::date) && range.end.is(Kind::date)) {
      if (range.end.date().days < range.start.date().days)
        return fail(ends_before_it_starts(evaluation, range));
      const std::int64_t from = range.start.date().days + (range.start_end == Range::End::open ? 1 : 0);
      const std::int64_t to = range.end.date().days - (range.end_end == Range::End::open ? 1 : 0);
      for (std::int64_t day = from; day <= to; ++day)
        if (!one(Value(Date{day})))
          return false;
      return true;
    }
    return fail(evaluation.error(Code::feel_range, "only ranges of integers or dates can be iterated over"));
  }
  return one(items); // a value stands for the list of it
}

} // namespace

Value evaluate_for(Evaluation &evaluation, const Node &node, Frame frame) {
  List results;
  const Node &body = *node.children.back();
  std::optional<Value> failure;
  auto visit = [&] {
    const std::size_t copied = node.reads_slot ? results.size() * sizeof(Value) : 0;
    if (node.reads_slot) {
      if (!evaluation.take(copied) || !work::items(evaluation, results.size())) {
        failure = evaluation.out_of_limits();
        return false;
      }
      frame[node.slot] = Value(results);
    }
    results.push_back(evaluate(evaluation, body, frame));
    hold_error(evaluation, results.back(), results.size() > 1 ? &results[results.size() - 2] : nullptr);
    if (node.reads_slot && frame[node.slot].unique()) // the next turn replaces it
      evaluation.give_back(copied);
    if (static_cast<std::int64_t>(results.size()) > evaluation.limits.list_size)
      failure = too_large(evaluation);
    else if (evaluation.exhausted()) // which the body may have taken for a null and gone on
      failure = evaluation.out_of_limits();
    return !failure;
  };
  if (!iterate(evaluation, node, frame, 0, visit, failure))
    return *std::move(failure);
  return evaluation.made(Value(std::move(results)));
}

Value evaluate_quantified(Evaluation &evaluation, const Node &node, Frame frame) {
  const bool some = node.kind == NodeKind::some;
  const Node &condition = *node.children.back();
  Causes nulls;
  bool open = false, decided = false;
  std::optional<Value> failure;
  auto visit = [&] {
    Value holds;
    const Truth found = truth(evaluation, condition, frame, holds);
    if (found != Truth::other) {
      if ((found == Truth::yes) != some)
        return true;
      decided = true;
      return false;
    }
    if (!holds.is_null()) {
      set_place(evaluation, condition);
      holds = evaluation.error(Code::feel_not_a_boolean, "the condition is a " + std::string(name(holds.kind())));
    }
    open = true;
    nulls.add(holds);
    if (evaluation.exhausted())
      failure = evaluation.out_of_limits();
    return !failure;
  };
  iterate(evaluation, node, frame, 0, visit, failure);
  if (failure)
    return *std::move(failure);
  return decided || !open ? Value(decided == some) : nulls.null();
}

Value evaluate_list(Evaluation &evaluation, const Node &node, Frame frame) {
  List items;
  items.reserve(node.children.size());
  for (const auto &child : node.children) {
    items.push_back(evaluate(evaluation, *child, frame));
    hold_error(evaluation, items.back());
  }
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
    hold_error(evaluation, value);
    if (node.reads_slot && node.slots.size() > i)
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
    return merged(evaluation, from, to);
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
  if (distance >= static_cast<std::uint64_t>(evaluation.limits.list_size))
    return too_large(evaluation);
  if (!evaluation.step(static_cast<std::int64_t>(distance)) ||
      !evaluation.take(static_cast<std::size_t>(distance) * sizeof(Value)))
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
bool reads_item(Evaluation &evaluation, const Node &node, std::uint32_t slot, std::span<const Value> items) {
  if (node.kind == NodeKind::local && node.slot == slot)
    return true;
  if (node.kind == NodeKind::item_name && node.slot == slot) {
    const auto has = [&](const Value &item) {
      return item.is(Kind::context) && work::names(evaluation, item.context()) &&
             item.context().find(node.name) != nullptr;
    };
    if (node.children.empty() || !work::items(evaluation, items.size()) || std::any_of(items.begin(), items.end(), has))
      return true;
  }
  const auto captures = [&](const Capture &capture) { return !capture.from_global && capture.from == slot; };
  if (std::any_of(node.captures.begin(), node.captures.end(), captures))
    return true;
  return std::any_of(node.children.begin(), node.children.end(),
                     [&](const NodePtr &child) { return reads_item(evaluation, *child, slot, items); });
}

Value by_position(Evaluation &evaluation, std::span<const Value> items, const Value &position) {
  const auto index = position.number().to_int64();
  const auto size = static_cast<std::int64_t>(items.size());
  if (!index)
    return evaluation.error(Code::feel_filter, "a position is an integer, not " + position.to_string());
  if (*index > 0 && *index <= size)
    return items[static_cast<std::size_t>(*index - 1)];
  if (*index < 0 && *index >= -size)
    return items[static_cast<std::size_t>(size + *index)];
  return evaluation.error(Code::feel_filter,
                          "the list of " + counted(items.size(), "item") + " has no position " + std::to_string(*index),
                          std::to_string(*index));
}

// The list that a filter reads, where it stands: a literal one is only read, and its items need no list.
class Filtered {
public:
  Filtered(Evaluation &evaluation, const Node &node, Frame frame) {
    if (node.kind != NodeKind::list || node.children.size() > few || node.element) {
      value_.emplace(evaluation, node, frame);
      const Value &value = **value_;
      items_ = value.is(Kind::list) ? std::span<const Value>(value.list()) : std::span(&value, 1);
      return;
    }
    literal_.emplace(node.children.size());
    std::size_t i = 0;
    for (Value &item : literal_->all())
      item = evaluate(evaluation, *node.children[i++], frame);
    items_ = literal_->all();
  }
  bool is_null() const { return value_ && (**value_).is_null(); }
  const Value &null() const { return **value_; }
  std::span<const Value> items() const noexcept { return items_; }

private:
  static constexpr std::size_t few = 16;
  std::optional<Operand> value_;
  std::optional<FewValues<few>> literal_;
  std::span<const Value> items_;
};

// `[a, b, c][item = true]`: whether the items of a literal list stand somewhere and the condition compares each with a
// constant, so that neither a list nor a variable needs to hold them. What is no boolean comes the long way.
template <class Keep>
bool filter_in_place(Evaluation &evaluation, const Node &list, const Node &by, std::uint32_t slot, Frame frame,
                     const Keep &keep) {
  constexpr std::size_t few = 16;
  if (list.kind != NodeKind::list || list.children.size() > few || !is_comparison(by.kind) ||
      by.children[0]->kind != NodeKind::local || by.children[0]->slot != slot ||
      by.children[1]->kind != NodeKind::constant)
    return false;
  std::array<const Value *, few> items;
  std::uint32_t kept = 0; // one bit an item
  const std::size_t count = list.children.size();
  for (std::size_t i = 0; i < count; ++i) {
    items[i] = in_place(evaluation, *list.children[i], frame);
    const Truth holds = items[i] == nullptr ? Truth::other : compared(by.kind, *items[i], by.children[1]->value);
    if (holds == Truth::other)
      return false;
    kept |= holds == Truth::yes ? 1U << i : 0U;
  }
  for (std::size_t i = 0; i < count; ++i)
    if (((kept >> i) & 1U) != 0)
      keep(*items[i], count);
  return true;
}

// Calls `keep` for each item kept. A value instead: the filter gives that, and no list of them.
template <class Keep>
std::optional<Value> filter(Evaluation &evaluation, const Node &node, Frame frame, const Keep &keep) {
  if (filter_in_place(evaluation, *node.children[0], *node.children[1], node.slot, frame, keep))
    return std::nullopt;
  for (const Known &known : evaluation.known) {
    if (known.filter != &node)
      continue;
    if (known.key == nullptr)
      return known.value;
    const Operand key(evaluation, *known.key, frame);
    if (!(*key).is(Kind::text))
      break; // what each item is worth then, the condition says
    const auto found = known.by_key.find((*key).text());
    return found == known.by_key.end() ? known.value : found->second;
  }
  const Filtered filtered(evaluation, *node.children[0], frame);
  set_place(evaluation, node);
  if (filtered.is_null()) {
    if (filtered.null().cause() != nullptr)
      return filtered.null();
    return evaluation.error(Code::feel_null_operand, "a null cannot be filtered");
  }
  const std::span<const Value> items = filtered.items();
  const Node &by = *node.children[1];
  // Outside the items their members are nothing: a position is one for all of them.
  const auto at = [&](const Value &position) {
    set_place(evaluation, node);
    if (!items.empty() && node.reads_slot && reads_item(evaluation, by, node.slot, items))
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
  Causes unknown;
  for (const Value &item : items) {
    frame[node.slot] = item;
    Value rest;
    const Truth kept = truth(evaluation, by, frame, rest);
    if (kept == Truth::yes)
      keep(item, items.size());
    if (kept != Truth::other)
      continue;
    if (rest.is(Kind::number))
      return at(rest);
    if (!rest.is_null()) {
      set_place(evaluation, node);
      return evaluation.error(Code::feel_filter, "a filter by a " + std::string(name(rest.kind())));
    }
    if (rest.cause() == nullptr)
      continue;
    if (evaluation.facts_may_be_unknown || rests_on_limit(rest))
      unknown.add(rest); // decisions §1: what the filter keeps is not known
    else
      evaluation.consume(rest);
    if (evaluation.exhausted())
      return rest;
  }
  if (!unknown.none())
    return unknown.null();
  set_place(evaluation, node);
  return std::nullopt;
}

} // namespace

Value evaluate_filter(Evaluation &evaluation, const Node &node, Frame frame) {
  List kept;
  const auto keep = [&kept](const Value &item, std::size_t most) {
    if (kept.empty())
      kept.reserve(most);
    kept.push_back(item);
  };
  if (auto instead = filter(evaluation, node, frame, keep))
    return *std::move(instead);
  return evaluation.made(Value(std::move(kept)));
}

Value count_kept(Evaluation &evaluation, const Node &node, Frame frame, std::optional<Value> &instead) {
  std::int64_t count = 0;
  instead = filter(evaluation, node, frame, [&count](const Value &, std::size_t) { ++count; });
  return count;
}

} // namespace spie::feel
