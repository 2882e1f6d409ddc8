// Lists as steps: those that each row gives, of which the items stand in columns of their own, and those that are
// written out, of which each item is a part.
#include "rules/columns/list_steps.hpp"

#include "rules/feel/operators.hpp"

#include <algorithm>

namespace spie::columns {

using feel::Kind;
using feel::Node;
using feel::NodeKind;
using feel::Value;

namespace {

Part lane_part(std::uint32_t lane) {
  Part part;
  part.is = Part::Is::lane;
  part.lane = lane;
  return part;
}

Kept kept_of(const Part &items) { return {items.list, items.keeps}; }

} // namespace

Part Builder::list_input(const feel::Type &type, std::uint32_t slot, const std::vector<std::string> &path,
                         std::size_t column) {
  const std::string &name = model_.elements()[slot].info.name;
  if (type.kind() != feel::Type::Kind::list || type.element().is_any())
    throw Unsafe{"'" + name + "' is given as a list, and its type says no list of one type"};
  if (type.constraint() != nullptr && !request_.one_row)
    throw Unsafe{"the list '" + name + "' has allowed values"};
  const auto [known, added] = lists_.try_emplace({slot, path}, static_cast<int>(lists_.size()));
  Part result;
  result.is = Part::Is::items;
  result.list = known->second;
  Part item;
  item.is = Part::Is::input;
  item.slot = slot;
  item.path = path;
  item.path.emplace_back("[]");
  item.type = type.element();
  result.item = std::make_shared<const Part>(std::move(item));
  const Within within(*this, -1);
  if (request_.one_row) {
    const Part lists = read_one(Form::list, type, request_.inputs[column], result.list);
    if (request_.facts_may_be_unknown)
      result.self = lists.lane;
    return result;
  }
  const std::uint32_t self = new_lane();
  step<ListReadStep>(static_cast<std::uint32_t>(column), request_.inputs[column].layout, result.list,
                     request_.facts_may_be_unknown, self);
  if (request_.facts_may_be_unknown)
    result.self = self;
  return result;
}

void Builder::same_list(const Part &list) {
  if (list.list >= 0 && in_hand_.contains(list.list))
    throw Unsafe{"the items of a list are gone through for each item of that list"};
}

Part Builder::with_local(std::uint32_t slot, const Part &local, const Node &body) {
  Frame &frame = *frame_;
  if (frame.size() <= slot)
    frame.resize(slot + 1);
  frame[slot] = local;
  return part(body);
}

namespace {

// One item of the list in hand while it stands.
class InHand {
public:
  InHand(std::set<int> &lists, int list) : lists_(lists), list_(list) { lists_.insert(list_); }
  ~InHand() { lists_.erase(list_); }
  InHand(const InHand &) = delete;
  InHand &operator=(const InHand &) = delete;

private:
  std::set<int> &lists_;
  int list_;
};

} // namespace

Part Builder::for_each(const Node &node) {
  if (node.slots.size() != 1)
    throw Unsafe{"`for` over several lists at once"};
  if (node.reads_slot)
    throw Unsafe{"`partial` in a `for`"};
  Part list = unrolled(part(*node.children[0]));
  if (list.is == Part::Is::items) {
    same_list(list);
    const InHand in_hand(in_hand_, list.list);
    Part made = with_local(node.slots[0], read(*list.item), *node.children[1]);
    if (made.is == Part::Is::list || made.is == Part::Is::items)
      throw Unsafe{"a `for` makes a list of lists"};
    list.item = std::make_shared<const Part>(std::move(made));
    return list;
  }
  if (list.is != Part::Is::list)
    throw Unsafe{"`for` over what is no list of the facts"};
  for (auto &[name, item] : list.members) {
    item = with_local(node.slots[0], item, *node.children[1]);
    if (item.is == Part::Is::list || item.is == Part::Is::items)
      throw Unsafe{"a `for` makes a list of lists"};
  }
  return list;
}

Part Builder::quantified(const Node &node) {
  const bool some = node.kind == NodeKind::some;
  if (node.slots.size() != 1)
    throw Unsafe{some ? "`some` over several lists at once" : "`every` over several lists at once"};
  const Part list = unrolled(part(*node.children[0]));
  if (list.is == Part::Is::items) {
    same_list(list);
    const InHand in_hand(in_hand_, list.list);
    return quantified(some, list, with_local(node.slots[0], read(*list.item), *node.children[1]));
  }
  if (list.is != Part::Is::list)
    throw Unsafe{some ? "`some` over what is no list of the facts" : "`every` over what is no list of the facts"};
  const Part settled_list = list.kept.empty() ? list : settled(list);
  Part result = constant(!some);
  for (std::size_t i = 0; i < settled_list.members.size(); ++i) {
    Part one = with_local(node.slots[0], settled_list.members[i].second, *node.children[1]);
    if (one.is == Part::Is::constant ? !one.value.is(Kind::boolean) && !one.value.is_null()
                                     : one.is != Part::Is::lane || one.form != Form::boolean)
      throw Unsafe{"a condition that is no boolean"};
    if (!settled_list.kept.empty() && settled_list.kept[i]) {
      Part keeps = lane_part(*settled_list.kept[i]);
      keeps.form = Form::boolean;
      keeps.nullable = false;
      one = some ? logic(true, keeps, one) : logic(false, negation(keeps), one);
    }
    result = i == 0 ? one : logic(!some, result, one);
  }
  if (!settled_list.self)
    return result;
  const Part one = boolean(result), self = lane_part(*settled_list.self);
  const Within within(*this, {&one, &self});
  Part masked = new_part(Form::boolean, true);
  step<NullsStep>(ChooseStep::Data::bits, one.lane, self.lane, true, masked.lane);
  return masked;
}

Part Builder::quantified(bool some, const Part &items, const Part &condition) {
  if (condition.is == Part::Is::constant ? !condition.value.is(Kind::boolean) && !condition.value.is_null()
                                         : condition.is != Part::Is::lane || condition.form != Form::boolean)
    throw Unsafe{"a condition that is no boolean"};
  const Part one = boolean(condition);
  const int over = list_of(one.lane);
  if (over >= 0 && over != items.list)
    throw Unsafe{"the items of two lists meet"};
  const Within within(*this, -1);
  Part result = new_part(Form::boolean, true);
  step<QuantifyItemsStep>(some, kept_of(items), one.lane, result.lane);
  if (!items.self)
    return result;
  Part masked = new_part(Form::boolean, true);
  step<NullsStep>(ChooseStep::Data::bits, result.lane, *items.self, true, masked.lane);
  return masked;
}

namespace {

// The nulls of two lanes together, those of the first going first.
constexpr bool not_a_member = false;

} // namespace

Part Builder::filtered_items(const Part &items, const Node &node) {
  same_list(items);
  Part condition;
  {
    const InHand in_hand(in_hand_, items.list);
    condition = with_local(node.slot, read(*items.item), *node.children[1]);
  }
  if (condition.is == Part::Is::constant ? !condition.value.is(Kind::boolean)
                                         : condition.is != Part::Is::lane || condition.form != Form::boolean)
    throw Unsafe{"a filter by what is no boolean"};
  const Part one = boolean(condition);
  const int over = list_of(one.lane);
  if (over >= 0 && over != items.list)
    throw Unsafe{"the items of two lists meet"};
  Part result = items;
  {
    const Within within(*this, items.list);
    result.keeps = new_lane();
  }
  const Within within(*this, -1);
  const std::uint32_t undecided = new_lane();
  step<FilterItemsStep>(kept_of(items), one.lane, request_.facts_may_be_unknown, *result.keeps, undecided);
  if (!one.nullable)
    return result;
  result.self = undecided;
  if (items.self) {
    result.self = new_lane();
    step<NullsStep>(ChooseStep::Data::none, undecided, *items.self, not_a_member, *result.self);
  }
  return result;
}

Part Builder::distinct(const Part &items) {
  if (items.is != Part::Is::items)
    throw Unsafe{"the distinct values of a list that the facts do not give"};
  const Part item = read(*items.item);
  if (item.is != Part::Is::lane || item.form == Form::null)
    throw Unsafe{"the distinct values of contexts or of nulls"};
  if (item.pool >= 0) {
    const auto &pool = program_->pool(item.pool);
    for (std::size_t i = 0; i < pool.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (feel::identical(pool[i], pool[j]) || pool[i].is(Kind::list))
          throw Unsafe{"the distinct values of constants that are written twice"};
  }
  const int over = list_of(item.lane);
  if (over != items.list)
    throw Unsafe{"the distinct values of what is the same for each item"};
  Part result = items;
  result.item = std::make_shared<const Part>(item);
  {
    const Within within(*this, items.list);
    result.keeps = new_lane();
  }
  const Within within(*this, -1);
  const std::uint32_t unknown = new_lane();
  const auto [pairs, fresh] = pairs_.try_emplace(item.lane, static_cast<std::uint32_t>(pairs_.size()));
  if (fresh)
    step<PairsStep>(items.list, item, pairs->second);
  step<DistinctItemsStep>(kept_of(items), item.lane, pairs->second, *result.keeps, unknown);
  result.self = unknown;
  if (items.self) {
    result.self = new_lane();
    step<NullsStep>(ChooseStep::Data::none, unknown, *items.self, not_a_member, *result.self);
  }
  return result;
}

Part Builder::reduced(const Part &items, Reduction reduction) {
  const Part item = read(*items.item);
  const bool dates = reduction != Reduction::sum && item.is == Part::Is::lane && item.form == Form::date;
  if (item.is != Part::Is::lane || (item.form != Form::number && item.form != Form::null && !dates))
    throw Unsafe{"the sum, the least or the greatest of what is no number and no date"};
  const Form form = dates ? Form::date : Form::number;
  const Part one = lane(item, form);
  const int over = list_of(one.lane);
  if (over >= 0 && over != items.list)
    throw Unsafe{"the items of two lists meet"};
  const Within within(*this, -1);
  Part result = new_part(form, true, one.scale);
  const auto operation = reduction == Reduction::sum     ? ReduceItemsStep::Operation::sum
                         : reduction == Reduction::least ? ReduceItemsStep::Operation::least
                                                         : ReduceItemsStep::Operation::greatest;
  step<ReduceItemsStep>(operation, kept_of(items), one.lane, dates, result.lane);
  if (!items.self)
    return result;
  Part masked = new_part(form, true, one.scale);
  step<NullsStep>(ChooseStep::Data::integers, result.lane, *items.self, true, masked.lane);
  return masked;
}

Part Builder::settled(const Part &list) {
  std::vector<SettleStep::One> ones;
  Part result = list;
  const Within within(*this, -1);
  const auto over_rows = [&](std::uint32_t lane) {
    if (list_of(lane) >= 0)
      throw Unsafe{"a list within a list"};
  };
  for (auto &kept : result.kept)
    if (kept) {
      over_rows(*kept);
      ones.push_back({*kept, new_lane()});
      kept = ones.back().settled;
    }
  if (list.self)
    over_rows(*list.self);
  result.self = new_lane();
  step<SettleStep>(std::move(ones), list.self, request_.facts_may_be_unknown, *result.self);
  return result;
}

// The list where the condition is `wanted`, else the null.
Part Builder::list_or_null(const Part &condition, const Part &list, const Value &null, bool wanted) {
  Part result = settled(list);
  const Part own = lane_part(*result.self), none = constant_lane(null, Form::boolean);
  const Within within(*this, {&condition, &own});
  result.self = new_lane();
  step<ChooseStep>(ChooseStep::Data::none, request_.facts_may_be_unknown, condition.lane, wanted ? own.lane : none.lane,
                   wanted ? none.lane : own.lane, std::uint16_t{0}, *result.self);
  return result;
}

Part Builder::contains(const Part &list, const Part &value) {
  if (list.is == Part::Is::items && value.is == Part::Is::constant) {
    if (value.value.is_null() || value.value.is(Kind::list) || value.value.is(Kind::context))
      throw Unsafe{"`list contains` of a null, a list or a context"};
    const Part item = read(*list.item);
    if (item.is != Part::Is::lane)
      throw Unsafe{"`list contains` over contexts"};
    // As the built-in asks each item.
    return quantified(
        true, list, predicate(item, verdicts(item, {value.value}, [&](feel::Evaluation &evaluation, const Value &one) {
                                return one.is_unknown() ? one
                                                        : Value(one.kind() == value.value.kind() &&
                                                                feel::is_equal(evaluation, one, value.value));
                              })));
  }
  if (list.is == Part::Is::constant && list.value.is(Kind::list) && value.is == Part::Is::lane &&
      std::none_of(list.value.list().begin(), list.value.list().end(), [](const Value &one) {
        return one.is_null() || one.is(Kind::list) || one.is(Kind::context) || one.is(Kind::range);
      }))
    return predicate(value, verdicts(value, {list.value.list().begin(), list.value.list().end()},
                                     [&](feel::Evaluation &evaluation, const Value &one) {
                                       if (one.is_unknown())
                                         return one;
                                       evaluation.consume(one);
                                       return Value(std::any_of(
                                           list.value.list().begin(), list.value.list().end(), [&](const Value &item) {
                                             return one.kind() == item.kind() && feel::is_equal(evaluation, item, one);
                                           }));
                                     }));
  throw Unsafe{"`list contains` of what is not constant, in a list of the facts"};
}

Part Builder::first_known(const std::vector<Part> &arguments) {
  Part result;
  bool first = true;
  for (auto argument = arguments.rbegin(); argument != arguments.rend(); ++argument) {
    if (argument->is == Part::Is::constant && !argument->value.is_unknown()) {
      result = *argument;
    } else if (first) {
      result = *argument;
    } else if (argument->is == Part::Is::lane) {
      Part known;
      {
        const Within within(*this, {&*argument});
        known = new_part(Form::boolean, false);
        step<KnownStep>(argument->lane, known.lane);
      }
      result = chosen(known, *argument, result);
      if (request_.one_row) {
        const Within within(*this, {&result});
        step<LacksStep>(argument->lane, result.lane);
      }
    } else {
      throw Unsafe{"`first known` of a list or a context"};
    }
    first = false;
  }
  return result;
}

// A list is of its type when each item is: nothing is converted within it.
Part Builder::coerced_list(const Part &list, const feel::Type &type) {
  if (type.is_any() && type.constraint() == nullptr)
    return list;
  if (type.kind() != feel::Type::Kind::list || type.constraint() != nullptr)
    throw Unsafe{"a list stands where its type is another"};
  const feel::Type &element = type.element();
  if (list.is == Part::Is::items) {
    Part result = list;
    const Part item = read(*list.item);
    if (item.is == Part::Is::constant ? !item.value.is_null() && !feel::is_instance(item.value, element)
                                      : item.is != Part::Is::lane && item.is != Part::Is::context)
      throw Unsafe{"the items of a list are not of its type"};
    result.item = std::make_shared<const Part>(item.is == Part::Is::constant ? item : coerced(item, element));
    return result;
  }
  Part result = list;
  for (auto &[name, item] : result.members) {
    if (item.is == Part::Is::input)
      item = read(item);
    if (item.is == Part::Is::constant) {
      if (!item.value.is_null() && !holds_to(item.value, element))
        throw Unsafe{"an item of a list is not of its type"};
    } else if (item.is == Part::Is::lane || item.is == Part::Is::context) {
      item = coerced(item, element);
    } else {
      throw Unsafe{"a list within a list"};
    }
  }
  return result;
}

} // namespace spie::columns
