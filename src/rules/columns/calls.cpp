// Contexts, lists, types and calls as steps.
#include "rules/columns/list_steps.hpp"

#include "rules/dmn/types.hpp"
#include "rules/feel/builtins/support.hpp"

#include <algorithm>

namespace spie::columns {

using feel::Kind;
using feel::Node;
using feel::NodeKind;
using feel::Value;

// --- contexts and lists ----------------------------------------------------------------------------------------------

Part Builder::context(const Node &node, bool with_result) {
  Part result;
  result.is = Part::Is::context;
  Frame &frame = *frame_;
  const std::size_t entries = with_result ? node.children.size() - 1 : node.children.size();
  for (std::size_t i = 0; i < entries; ++i) {
    const Part value = part(*node.children[i]);
    if (i < node.slots.size()) {
      if (frame.size() <= node.slots[i])
        frame.resize(node.slots[i] + 1);
      frame[node.slots[i]] = value;
    }
    if (std::any_of(result.members.begin(), result.members.end(),
                    [&](const auto &member) { return member.first == node.names[i]; }))
      throw Unsafe{"a context has two entries of one name"};
    result.members.emplace_back(node.names[i], value);
  }
  return with_result ? part(*node.children.back()) : result;
}

Part Builder::filtered(const Node &node) {
  Part list = part(*node.children[0]);
  const Node &by = *node.children[1];
  if (!node.reads_slot || by.type.kind() == feel::Type::Kind::number)
    throw Unsafe{"an item of a list by its position"};
  if (list.is == Part::Is::items)
    return filtered_items(list, node);
  list = unrolled(list);
  if (list.is != Part::Is::list || list.members.empty())
    throw Unsafe{"a filter over a list that is not written out"};
  if (!list.kept.empty())
    list = settled(list);
  Part result;
  result.is = Part::Is::list;
  result.self = list.self;
  bool some = false;
  const bool is_true_item = by.kind == NodeKind::equal && by.children[0]->kind == NodeKind::local &&
                            by.children[0]->slot == node.slot && by.children[1]->kind == NodeKind::constant &&
                            by.children[1]->value.is_true();
  for (std::size_t i = 0; i < list.members.size(); ++i) {
    // A filter keeps what is true; what is undecided in the item is so in its comparison with true.
    const Part &item = list.members[i].second;
    const bool as_it_is = request_.one_row && is_true_item && item.is == Part::Is::lane && item.form == Form::boolean;
    const Part keep = as_it_is ? item : with_local(node.slot, item, by);
    std::optional<std::uint32_t> kept = list.kept.empty() ? std::nullopt : list.kept[i];
    if (keep.is == Part::Is::constant && keep.value.is(Kind::boolean)) {
      if (keep.value.is_false())
        continue;
    } else if (keep.is != Part::Is::lane || keep.form != Form::boolean) {
      throw Unsafe{"a filter by what is no boolean"};
    } else if (kept) {
      Part before = keep;
      before.pool = before.column = -1;
      before.lane = *kept;
      before.nullable = false;
      kept = logic(true, before, keep).lane;
    } else {
      kept = boolean(keep).lane;
    }
    some |= kept.has_value();
    result.members.push_back(list.members[i]);
    result.kept.push_back(kept);
  }
  if (!some)
    result.kept.clear();
  return result;
}

Part Builder::counted(const Part &list) {
  if (list.is == Part::Is::items) {
    const Within within(*this, -1);
    Part result = new_part(Form::number, true);
    step<CountItemsStep>(Kept{list.list, list.keeps}, result.lane);
    if (!list.self)
      return result;
    Part masked = new_part(Form::number, true);
    step<NullsStep>(ChooseStep::Data::integers, result.lane, *list.self, true, masked.lane);
    return masked;
  }
  if (list.is != Part::Is::list)
    throw Unsafe{"the items of a list that is not written out are counted"};
  if (list.kept.empty() && !list.self)
    return constant(static_cast<std::int64_t>(list.members.size()));
  std::vector<std::uint32_t> kept;
  Within over(*this, {&list});
  for (std::size_t i = 0; i < list.members.size(); ++i) {
    kept.push_back(list.kept.empty() || !list.kept[i] ? constant_lane(true, Form::boolean).lane : *list.kept[i]);
    over.add(kept.back());
  }
  Part result = new_part(Form::number, true);
  step<CountStep>(std::move(kept), request_.facts_may_be_unknown, result.lane);
  if (!list.self)
    return result;
  Part masked = new_part(Form::number, true);
  step<NullsStep>(ChooseStep::Data::integers, result.lane, *list.self, true, masked.lane);
  return masked;
}

Part Builder::summed(const Part &list) {
  if (list.is == Part::Is::items)
    return reduced(list, Reduction::sum);
  if (list.is != Part::Is::list || list.members.empty())
    throw Unsafe{"the items of a list that is not written out are added"};
  std::vector<Part> items;
  int scale = 0;
  for (const auto &[name, item] : list.members) {
    items.push_back(lane(item, Form::number));
    scale = std::max(scale, items.back().scale);
  }
  std::vector<std::uint32_t> lanes, kept;
  Within over(*this, {&list});
  for (std::size_t i = 0; i < items.size(); ++i) {
    lanes.push_back(rescaled(items[i], scale).lane);
    over.add(lanes.back());
    if (list.kept.empty())
      continue;
    kept.push_back(list.kept[i] ? *list.kept[i] : constant_lane(true, Form::boolean).lane);
    over.add(kept.back());
  }
  Part result = new_part(Form::number, true, scale);
  step<SumStep>(std::move(lanes), std::move(kept), request_.facts_may_be_unknown, result.lane);
  if (!list.self)
    return result;
  Part masked = new_part(Form::number, true, scale);
  step<NullsStep>(ChooseStep::Data::integers, result.lane, *list.self, true, masked.lane);
  return masked;
}

Part Builder::extreme(const std::vector<Part> &items, bool largest) {
  std::vector<Part> lanes;
  int scale = 0;
  const auto form = [](const Part &one) {
    in_a_lane(one);
    if (one.is != Part::Is::constant && one.is != Part::Is::lane)
      throw Unsafe{"the least or the greatest of what is no number"};
    return one.is == Part::Is::constant ? columns::form_of(one.value) : one.form;
  };
  const Form wanted = form(items.front());
  if (wanted == Form::text || wanted == Form::boolean || wanted == Form::null || wanted == Form::list)
    throw Unsafe{"the least or the greatest of what is no number"};
  for (const Part &item : items) {
    lanes.push_back(lane(item, wanted));
    scale = std::max(scale, lanes.back().scale);
  }
  Part result = rescaled(lanes.front(), scale);
  for (std::size_t i = 1; i < lanes.size(); ++i) {
    const Part other = rescaled(lanes[i], scale);
    const Within within(*this, {&result, &other});
    Part best = new_part(wanted, true, scale);
    step<ExtremeStep>(largest, wanted == Form::date, result.lane, other.lane, best.lane);
    result = best;
  }
  return result;
}

// --- types and calls -------------------------------------------------------------------------------------------------

bool holds_to(const Value &value, const feel::Type &type) {
  feel::Evaluation evaluation;
  return feel::is_instance(value, type) && !feel::coerce(evaluation, value, type).is_null();
}

Part Builder::coerced(const Part &part, const feel::Type &type) {
  if (part.is == Part::Is::constant) {
    feel::Evaluation evaluation;
    evaluation.facts_may_be_unknown = request_.facts_may_be_unknown;
    Value value = feel::coerce(evaluation, part.value, type);
    if (!evaluation.consumed.errors.empty() || !evaluation.consumed.missing.empty())
      throw Unsafe{"a constant part of it is an error"};
    return constant(std::move(value));
  }
  if (type.is_any() && type.constraint() == nullptr)
    return part;
  in_a_lane(part);
  if (part.is == Part::Is::items || part.is == Part::Is::list)
    return coerced_list(part, type);
  if (part.is == Part::Is::context) {
    if (type.kind() != feel::Type::Kind::context || type.constraint() != nullptr)
      throw Unsafe{"a context is given where its type is another"};
    Part result = part;
    for (const auto &[name, member] : type.members()) {
      const auto found = std::find_if(result.members.begin(), result.members.end(),
                                      [&, key = name](const auto &one) { return one.first == key; });
      if (found == result.members.end())
        throw Unsafe{"a context lacks '" + name + "', which its type asks for"};
      if (found->second.is == Part::Is::input && found->second.type.name() == member.name() &&
          found->second.type.kind() == member.kind() && !member.name().empty())
        continue; // admitted by that very type
      const Part one = read(found->second);
      // Inside a context nothing is converted: the member is of the type, or the whole is refused.
      if (one.is == Part::Is::constant
              ? !one.value.is_null() && !holds_to(one.value, member)
              : one.is == Part::Is::lane && one.form == Form::list && member.kind() != feel::Type::Kind::list)
        throw Unsafe{"the member '" + name + "' of a context is not of its type"};
      found->second = one.is == Part::Is::constant ? one : coerced(one, member);
    }
    return result;
  }
  if (part.form == Form::null)
    return part;
  if (part.form == Form::list) {
    if (type.constraint() != nullptr)
      throw Unsafe{"a list has allowed values"};
    for (const Value &value : program_->pool(part.pool))
      if (!value.is_null() && !feel::is_instance(value, type))
        throw Unsafe{"a list is given where its type is another"};
    return part;
  }
  if (!type.is_any() && columns::form_of(type) != part.form)
    throw Unsafe{"a value is given where its type is another"};
  const feel::Constraint *allowed = type.constraint();
  if (allowed == nullptr)
    return part;
  hold_to(part, *allowed);
  return part;
}

// Rows of which the value is not allowed go to the row evaluator.
void Builder::hold_to(const Part &part, const feel::Constraint &allowed) {
  std::vector<Value> compared;
  if (part.pool < 0 && part.form != Form::boolean) {
    const auto values = dmn::compared_values(allowed);
    if (!values || !gather(*values, compared) || (part.form == Form::text && orders_texts(*values)))
      throw Unsafe{"the allowed values (" + allowed.to_string() + ") are no list, and no intervals"};
  }
  const Part holds = predicate(part, verdicts(part, compared, [&](feel::Evaluation &evaluation, const Value &value) {
                                 return Value(value.is_null() || allowed.allows(evaluation, value));
                               }));
  const Within within(*this, {&holds});
  step<FallbackStep>(holds.lane);
}

Part Builder::call(const Node &node) {
  const Node &callee = *node.children[0];
  if (callee.kind != NodeKind::function_ref)
    throw Unsafe{"a call of a function that is a value"};
  const auto *known = dynamic_cast<const dmn::KnowledgeFunction *>(callee.function);
  if (known == nullptr || !known->expression || known->expression->root().kind != NodeKind::function)
    throw Unsafe{"a call of a service or of a function of another kind"};
  if (calling_.contains(known))
    throw Unsafe{"a function calls itself"};
  const Node &literal = known->expression->root();
  const std::size_t given = node.children.size() - 1;
  if (node.names.empty() ? literal.parameters.size() != given : node.names.size() != given)
    throw Unsafe{"a call with too few or too many arguments"};
  // By name, what is not given is null.
  std::vector<Part> arguments(literal.parameters.size(), constant(Value()));
  std::vector<bool> filled(arguments.size(), false);
  for (std::size_t i = 0; i < given; ++i) {
    std::size_t at = i;
    if (!node.names.empty())
      for (at = 0; at < arguments.size() && literal.parameters[at].name != node.names[i];)
        ++at;
    if (at == arguments.size() || filled[at])
      throw Unsafe{"a call by the name of no parameter, or twice by one"};
    filled[at] = true;
    arguments[at] = part(*node.children[i + 1]);
  }
  Frame frame(literal.frame_size);
  for (std::size_t i = 0; i < literal.parameters.size(); ++i) {
    const Part &argument = arguments[i];
    if (argument.is == Part::Is::constant && !argument.value.is_null() &&
        !feel::is_instance(argument.value, literal.parameters[i].type))
      throw Unsafe{"an argument is of another type"};
    frame[i] = coerced(argument, literal.parameters[i].type);
  }
  for (const feel::Capture &capture : literal.captures) {
    if (!capture.from_global)
      throw Unsafe{"a function captures a local value"};
    frame[capture.to] = global(capture.from);
  }
  struct Inside {
    Inside(Builder &within, Frame *frame, const dmn::KnowledgeFunction *called)
        : builder(within), outer(std::exchange(within.frame_, frame)), function(called) {
      builder.calling_.insert(function);
    }
    ~Inside() {
      builder.frame_ = outer;
      builder.calling_.erase(function);
    }
    Builder &builder;
    Frame *outer;
    const dmn::KnowledgeFunction *function;
  } const inside(*this, &frame, known);
  return part(*literal.body);
}

Part Builder::rounded(const Part &number, const Value &digits, feel::Rounding mode) {
  const auto scale = digits.is(Kind::number) ? feel::builtins::truncated(digits.number()) : std::nullopt;
  if (!scale || *scale < 0 || *scale > 18)
    throw Unsafe{"a number is rounded to tens, or to a number of decimals that is not constant"};
  const Part in = lane(number, Form::number);
  const int target = static_cast<int>(*scale);
  std::int64_t divisor = 1;
  for (int i = target; i < in.scale; ++i)
    divisor *= 10;
  const Within within(*this, {&in});
  Part result = new_part(Form::number, in.nullable, std::min(in.scale, target));
  step<RoundStep>(in.lane, divisor, mode, target, in.scale, result.lane);
  return result;
}

Part Builder::builtin(const Node &node) {
  const std::string name = node.value.function()->name();
  if (!node.names.empty())
    throw Unsafe{"`" + name + "` is called by names"};
  std::vector<Part> arguments;
  for (const feel::NodePtr &child : node.children)
    arguments.push_back(part(*child));
  const bool one = arguments.size() == 1;
  const auto items = [&] {
    std::vector<Part> result;
    if (one && arguments[0].is == Part::Is::list) {
      if (!arguments[0].kept.empty() || arguments[0].self)
        throw Unsafe{"`" + name + "` of a filtered list"};
      for (const auto &[key, item] : arguments[0].members)
        result.push_back(item);
    } else if (!one) {
      result = arguments;
    }
    if (result.empty())
      throw Unsafe{"`" + name + "` of a list that is not written out"};
    return result;
  };
  if (name == "first known")
    return first_known(arguments);
  if (name == "concatenate" && arguments.size() > 1)
    return concatenated(arguments);
  if (name == "list contains" && arguments.size() == 2)
    return contains(arguments[0], arguments[1]);
  if (name == "add months" && arguments.size() == 2 && arguments[1].is == Part::Is::constant)
    return add_months(arguments[0], arguments[1].value);
  if (one && arguments[0].is == Part::Is::items) {
    if (name == "distinct values")
      return distinct(arguments[0]);
    if (name == "min" || name == "max")
      return reduced(arguments[0], name == "min" ? Reduction::least : Reduction::greatest);
    if (name == "any" || name == "all")
      return quantified(name == "any", arguments[0], read(*arguments[0].item));
  }
  if (name == "not" && one && (arguments[0].is == Part::Is::lane && arguments[0].form == Form::boolean))
    return negation(arguments[0]);
  if (name == "count" && one)
    return counted(arguments[0]);
  if (name == "sum") {
    if (one)
      return summed(arguments[0]);
    Part list;
    list.is = Part::Is::list;
    for (const Part &item : items())
      list.members.emplace_back("", item);
    return summed(list);
  }
  if (name == "min" || name == "max")
    return extreme(items(), name == "max");
  static const std::vector<std::pair<std::string, feel::Rounding>> roundings{
      {"decimal", feel::Rounding::half_even},        {"floor", feel::Rounding::floor},
      {"ceiling", feel::Rounding::ceiling},          {"round up", feel::Rounding::up},
      {"round down", feel::Rounding::down},          {"round half up", feel::Rounding::half_up},
      {"round half down", feel::Rounding::half_down}};
  for (const auto &[called, mode] : roundings)
    if (called == name && !arguments.empty() && arguments[0].is == Part::Is::lane &&
        (one || (arguments.size() == 2 && arguments[1].is == Part::Is::constant)))
      return rounded(arguments[0], one ? Value(0) : arguments[1].value, mode);
  throw Unsafe{"`" + name + "`"};
}

} // namespace spie::columns
