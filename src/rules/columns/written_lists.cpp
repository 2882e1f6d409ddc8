// Lists that are written out, and those that conditions choose: an item is kept where its list is.
#include "rules/columns/list_steps.hpp"

#include "rules/feel/operators.hpp"

#include <algorithm>

namespace spie::columns {

using feel::Kind;
using feel::Value;

namespace {

constexpr std::size_t most_unrolled = 256; // items of a list that is written out

bool same(const Part &a, const Part &b) {
  if (a.is != b.is || a.self != b.self || a.members.size() != b.members.size())
    return false;
  switch (a.is) {
  case Part::Is::constant:
    return feel::identical(a.value, b.value) && a.value.cause() == nullptr && b.value.cause() == nullptr;
  case Part::Is::lane:
    return a.lane == b.lane;
  case Part::Is::input:
    return a.slot == b.slot && a.path == b.path;
  case Part::Is::context:
    return std::equal(a.members.begin(), a.members.end(), b.members.begin(),
                      [](const Member &one, const Member &other) {
                        return one.first == other.first && same(one.second, other.second);
                      });
  default:
    return false;
  }
}

bool is_empty(const Part &part) {
  return part.is == Part::Is::constant && part.value.is(Kind::list) && part.value.list().empty();
}

} // namespace

Part unrolled(const Part &part) {
  if (part.is != Part::Is::constant || !part.value.is(Kind::list))
    return part;
  if (part.value.list().size() > most_unrolled)
    throw Unsafe{"a list of the pack is too long to be looked at item by item"};
  Part result;
  result.is = Part::Is::list;
  for (const Value &item : part.value.list())
    result.members.emplace_back("", constant(item));
  return result;
}

Part Builder::chosen_list(const Part &condition, const Part &then, const Part &otherwise) {
  if (then.is == Part::Is::list && is_null(otherwise))
    return list_or_null(condition, then, otherwise.value, true);
  if (otherwise.is == Part::Is::list && is_null(then))
    return list_or_null(condition, otherwise, then.value, false);
  Verdicts is_true;
  is_true.values = {Verdict::no, Verdict::yes};
  is_true.nulls.fill(Verdict::no);
  const Part holds = predicate(condition, is_true);
  Part result;
  if (then.is == Part::Is::items || otherwise.is == Part::Is::items) {
    const Part &items = then.is == Part::Is::items ? then : otherwise;
    for (const Part *one : {&then, &otherwise})
      if (!is_null(*one) && !is_empty(*one) &&
          (one->is != Part::Is::items || one->list != items.list || !same(*one->item, *items.item)))
        throw Unsafe{"one list or another"};
    const auto keeps = [&](const Part &one) {
      return one.keeps ? *one.keeps : constant_lane(one.is == Part::Is::items, Form::boolean).lane;
    };
    const std::uint32_t one = keeps(then), other = keeps(otherwise);
    result = items;
    const Within within(*this, items.list);
    result.keeps = new_lane();
    step<ChooseStep>(ChooseStep::Data::bits, false, holds.lane, one, other, std::uint16_t{0}, *result.keeps);
  } else {
    result.is = Part::Is::list;
    const Part fails = negation(holds);
    for (const auto &[given, flag] : {std::pair(&then, &holds), std::pair(&otherwise, &fails)}) {
      const Part list = unrolled(*given);
      if (list.is != Part::Is::list)
        throw Unsafe{"one list or another"};
      for (std::size_t i = 0; i < list.members.size(); ++i) {
        result.members.push_back(list.members[i]);
        Part kept = *flag;
        if (!list.kept.empty() && list.kept[i]) {
          Part own = *flag;
          own.lane = *list.kept[i];
          own.nullable = true;
          kept = logic(true, kept, own);
        }
        result.kept.emplace_back(kept.lane);
      }
    }
  }
  result.self = chosen_self(condition, then, otherwise);
  return result;
}

Part Builder::concatenated(const std::vector<Part> &lists) {
  Part result;
  result.is = Part::Is::list;
  std::vector<std::uint32_t> selves;
  for (const Part &one : lists) {
    Part list = unrolled(one);
    if (list.is != Part::Is::list)
      throw Unsafe{"`concatenate`"};
    if (!list.kept.empty())
      list = settled(list);
    if (list.self)
      selves.push_back(*list.self);
    for (std::size_t i = 0; i < list.members.size(); ++i) {
      result.members.push_back(list.members[i]);
      result.kept.push_back(list.kept.empty() ? std::nullopt : list.kept[i]);
    }
  }
  if (result.members.size() > most_unrolled)
    throw Unsafe{"a list of the pack is too long to be looked at item by item"};
  if (std::none_of(result.kept.begin(), result.kept.end(), [](const auto &kept) { return kept.has_value(); }))
    result.kept.clear();
  if (selves.empty())
    return result;
  const Within within(*this, -1);
  result.self = new_lane();
  step<MergeStep>(std::move(selves), *result.self);
  return result;
}

} // namespace spie::columns
