// What is the same for each row, and tests of one variable against constants: such a test gives one answer for a whole
// class of values, which the row evaluator itself gives for one value of the class.
#include "rules/columns/steps.hpp"

#include "rules/feel/number_bits.hpp"
#include "rules/feel/operators.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace spie::columns {

using feel::Kind;
using feel::Node;
using feel::NodeKind;
using feel::Value;

namespace {

constexpr int most_scale = 18;

feel::Number power_of_ten(int exponent) { return *feel::Number::scaled(1, exponent); }

std::optional<std::int64_t> whole(const std::optional<feel::Number> &number, feel::Rounding mode) {
  const auto cut = number ? number->round(0, mode) : std::nullopt;
  return cut ? cut->to_int64() : std::nullopt;
}

// The integers that a constant is, or lies between, as a lane of that form and scale counts: {5, 5}, {5, 6}.
std::optional<std::pair<std::int64_t, std::int64_t>> around(const Value &value, Form form, int scale) {
  switch (form) {
  case Form::number: {
    if (!value.is(Kind::number))
      return std::nullopt;
    const auto scaled = value.number().multiply(power_of_ten(scale));
    const auto low = whole(scaled, feel::Rounding::floor), high = whole(scaled, feel::Rounding::ceiling);
    return low && high ? std::optional(std::pair(*low, *high)) : std::nullopt;
  }
  case Form::date:
    return value.is(Kind::date) ? std::optional(std::pair(value.date().days, value.date().days)) : std::nullopt;
  case Form::months:
    return value.is(Kind::months_duration)
               ? std::optional(std::pair(value.months_duration().months, value.months_duration().months))
               : std::nullopt;
  case Form::days: {
    if (!value.is(Kind::days_duration))
      return std::nullopt;
    const auto duration = value.days_duration();
    return std::pair(duration.seconds, duration.seconds + (duration.nanos > 0 ? 1 : 0));
  }
  default:
    return std::nullopt;
  }
}

} // namespace

bool gather(const Value &value, std::vector<Value> &into) {
  switch (value.kind()) {
  case Kind::range:
    into.push_back(value.range().start);
    into.push_back(value.range().end);
    return true;
  case Kind::list:
    return std::all_of(value.list().begin(), value.list().end(), [&](const Value &item) { return gather(item, into); });
  case Kind::context:
  case Kind::function:
    return false;
  default:
    into.push_back(value);
    return true;
  }
}

bool orders_texts(const Value &value) {
  if (value.is(Kind::list))
    return std::any_of(value.list().begin(), value.list().end(), orders_texts);
  return value.is(Kind::range) && value.range().form == feel::Range::Form::interval &&
         (value.range().start.is(Kind::text) || value.range().end.is(Kind::text));
}

Form form_of(const Value &value) {
  switch (value.kind()) {
  case Kind::null:
    return Form::null;
  case Kind::boolean:
    return Form::boolean;
  case Kind::number:
    return Form::number;
  case Kind::date:
    return Form::date;
  case Kind::days_duration:
    return Form::days;
  case Kind::months_duration:
    return Form::months;
  case Kind::text:
    return Form::text;
  case Kind::list:
    return Form::list;
  default:
    throw Unsafe{"a " + std::string(feel::name(value.kind())) + " has no form in columns"};
  }
}

Form form_of(const feel::Type &type) {
  switch (type.kind()) {
  case feel::Type::Kind::boolean:
    return Form::boolean;
  case feel::Type::Kind::number:
    return Form::number;
  case feel::Type::Kind::date:
    return Form::date;
  case feel::Type::Kind::days_duration:
    return Form::days;
  case feel::Type::Kind::months_duration:
    return Form::months;
  case feel::Type::Kind::text:
    return Form::text;
  default:
    throw Unsafe{"a value of the type " + type.to_string() + " has no form in columns"};
  }
}

int places_of(const Value &value) {
  constexpr int most = 100; // beyond, no lane holds it
  return value.is(Kind::number) ? std::clamp(-feel::NumberBits::parts(value.number()).exponent, 0, most) : 0;
}

bool Builder::rests_on_fixed(const Node &node) const {
  std::vector<std::uint32_t> bound;
  return rests_on_fixed(node, bound);
}

namespace {

// Those that give another value each time, or say something of the evaluation.
bool is_pure(const std::string &builtin) {
  static const std::set<std::string> others{"now", "today", "contradictory facts"};
  return !others.contains(builtin);
}

} // namespace

std::uint32_t slots_of(const Node &node) {
  std::uint32_t most = node.slot + 1;
  for (const std::uint32_t slot : node.slots)
    most = std::max(most, slot + 1);
  // What no cell of the table asks for is set all the same.
  if (const auto *table = dynamic_cast<const dmn::Table *>(node.extension.get()))
    for (const dmn::Table::Input &input : table->inputs)
      most = std::max(most, input.slot + 1);
  for (const feel::NodePtr &child : node.children)
    most = std::max(most, slots_of(*child));
  return most;
}

Verdict null_of(const Value &value) {
  if (!value.is_null())
    return Verdict::no;
  return value.is_error()     ? (value.is_unknown() ? Verdict::null_both : Verdict::null_error)
         : value.is_unknown() ? Verdict::null_unknown
                              : Verdict::null_plain;
}

// It may bind locals of its own.
bool Builder::rests_on_fixed(const Node &node, std::vector<std::uint32_t> &bound) const {
  const auto is_bound = [&](std::uint32_t slot) { return std::find(bound.begin(), bound.end(), slot) != bound.end(); };
  const auto all = [&](std::size_t first = 0) {
    return std::all_of(node.children.begin() + static_cast<std::ptrdiff_t>(first), node.children.end(),
                       [&](const feel::NodePtr &child) { return rests_on_fixed(*child, bound); });
  };
  const std::size_t outer = bound.size();
  const auto binding = [&](bool result) {
    bound.resize(outer);
    return result;
  };
  switch (node.kind) {
  case NodeKind::constant:
    return !node.value.is(Kind::function);
  case NodeKind::global:
    return is_fixed_[node.slot] != 0;
  case NodeKind::local:
    return is_bound(node.slot);
  case NodeKind::item_name:
  case NodeKind::test_value:
    return is_bound(node.slot) && all();
  case NodeKind::filter:
  case NodeKind::in:
    if (!rests_on_fixed(*node.children[0], bound))
      return false;
    bound.push_back(node.slot);
    return binding(all(1));
  case NodeKind::for_loop:
  case NodeKind::some:
  case NodeKind::every:
    for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
      if (!rests_on_fixed(*node.children[i], bound))
        return binding(false);
      bound.push_back(node.slots[i]);
    }
    bound.push_back(node.slot); // `partial`
    return binding(rests_on_fixed(*node.children.back(), bound));
  case NodeKind::context:
    bound.insert(bound.end(), node.slots.begin(), node.slots.end());
    return binding(all());
  case NodeKind::builtin_call:
    return is_pure(node.value.function()->name()) && all();
  case NodeKind::path:
  case NodeKind::negate:
  case NodeKind::add:
  case NodeKind::subtract:
  case NodeKind::multiply:
  case NodeKind::divide:
  case NodeKind::power:
  case NodeKind::equal:
  case NodeKind::not_equal:
  case NodeKind::less:
  case NodeKind::less_or_equal:
  case NodeKind::greater:
  case NodeKind::greater_or_equal:
  case NodeKind::logical_and:
  case NodeKind::logical_or:
  case NodeKind::between:
  case NodeKind::list:
  case NodeKind::range:
  case NodeKind::coerce:
  case NodeKind::unary_any:
  case NodeKind::unary_not:
  case NodeKind::unary_all:
  case NodeKind::conditional:
    return all();
  default:
    return false;
  }
}

Value Builder::fixed_value(const Node &node) {
  feel::Evaluation evaluation;
  evaluation.facts_may_be_unknown = request_.facts_may_be_unknown;
  evaluation.globals = fixed_;
  std::vector<Value> frame(slots_of(node));
  Value result = feel::evaluate(evaluation, node, frame);
  const feel::Cause &consumed = evaluation.consumed;
  if (!consumed.errors.empty() || !consumed.missing.empty() || !consumed.refused.empty() || evaluation.exhausted())
    throw Unsafe{"a constant part of it is an error"};
  return result;
}

Value Builder::evaluate(const Test &test, const Value &value, Verdict *verdict) const {
  feel::Evaluation evaluation;
  evaluation.facts_may_be_unknown = request_.facts_may_be_unknown;
  evaluation.globals = fixed_;
  Value result = test(evaluation, value);
  const feel::Cause &consumed = evaluation.consumed;
  if (!consumed.errors.empty() || !consumed.missing.empty() || !consumed.refused.empty() ||
      !(result.is_null() || result.is(Kind::boolean)))
    *verdict = Verdict::other;
  else if (result.is(Kind::boolean))
    *verdict = result.boolean() ? Verdict::yes : Verdict::no;
  else
    *verdict = null_of(result);
  return result;
}

bool Builder::compares_constants(const Node &node, std::uint32_t slot, std::vector<Value> &constants) {
  const auto is_input = [&](const Node &one) { return one.kind == NodeKind::local && one.slot == slot; };
  const bool orders =
      node.kind == NodeKind::between || (node.kind >= NodeKind::less && node.kind <= NodeKind::greater_or_equal);
  const auto constant = [&](const Node &one) {
    if (!rests_on_fixed(one))
      return false;
    const Value value = fixed_value(one);
    orders_texts_ |= (orders && value.is(Kind::text)) || orders_texts(value);
    return gather(value, constants);
  };
  const auto each = [&](std::size_t first) {
    return std::all_of(node.children.begin() + static_cast<std::ptrdiff_t>(first), node.children.end(),
                       [&](const feel::NodePtr &child) { return compares_constants(*child, slot, constants); });
  };
  switch (node.kind) {
  case NodeKind::unary_all:
    return true;
  case NodeKind::unary_any:
  case NodeKind::unary_not:
  case NodeKind::logical_and:
  case NodeKind::logical_or:
    return each(0);
  case NodeKind::test_value:
    return node.slot == slot && constant(*node.children[0]);
  case NodeKind::equal:
  case NodeKind::not_equal:
  case NodeKind::less:
  case NodeKind::less_or_equal:
  case NodeKind::greater:
  case NodeKind::greater_or_equal:
    return (is_input(*node.children[0]) && constant(*node.children[1])) ||
           (is_input(*node.children[1]) && constant(*node.children[0]));
  case NodeKind::between:
    return is_input(*node.children[0]) && constant(*node.children[1]) && constant(*node.children[2]);
  default:
    return false;
  }
}

std::vector<std::int64_t> Builder::cuts(const Part &part, const std::vector<Value> &constants) const {
  std::vector<std::int64_t> cuts;
  for (const Value &constant : constants)
    if (const auto at = around(constant, part.form, part.scale)) {
      cuts.push_back(at->second);
      if (at->first == at->second && at->second < std::numeric_limits<std::int64_t>::max())
        cuts.push_back(at->second + 1);
    }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

Value Builder::representative(const Part &part, std::int64_t value) const {
  switch (part.form) {
  case Form::number:
    return *feel::Number::scaled(value, -part.scale);
  case Form::date:
    return feel::Date{value};
  case Form::days:
    return feel::DaysDuration{value, 0};
  default:
    return feel::MonthsDuration{value};
  }
}

std::vector<Value> Builder::known_texts(const std::vector<Value> &constants) const {
  std::vector<std::string> texts;
  for (const Value &constant : constants)
    if (constant.is(Kind::text))
      texts.push_back(constant.text());
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  std::vector<Value> result(texts.begin(), texts.end());
  return result;
}

Verdicts Builder::verdicts(const Part &part, const std::vector<Value> &constants, const Test &test) const {
  Verdicts result;
  const auto judge = [&](const Value &value) {
    Verdict verdict = Verdict::other;
    evaluate(test, value, &verdict);
    result.values.push_back(verdict);
  };
  if (part.pool >= 0) {
    for (const Value &value : program_->pool(part.pool))
      judge(value);
  } else if (part.form == Form::boolean) {
    judge(false);
    judge(true);
  } else if (part.form == Form::text) {
    std::string other = "?"; // a text that no constant is
    for (const Value &text : known_texts(constants)) {
      result.texts.push_back(text.text());
      judge(text);
      if (text.text().size() >= other.size())
        other = text.text() + "?";
    }
    // The order of texts would need a class between each two: only equality is taken here.
    judge(other);
  } else if (part.form != Form::null) {
    result.cuts = cuts(part, constants);
    if (result.cuts.empty()) {
      judge(representative(part, 0));
    } else {
      const std::int64_t first = result.cuts.front();
      judge(representative(part, first == std::numeric_limits<std::int64_t>::min() ? first : first - 1));
      for (const std::int64_t cut : result.cuts)
        judge(representative(part, cut));
    }
  }
  const Value error = feel::error_value(Code::feel_type, ""), unknown = feel::unknown_value("?");
  const std::array<Value, 4> nulls{Value(), error, unknown, feel::merge_causes(error, unknown)};
  for (std::size_t i = 0; i < nulls.size(); ++i)
    result.hands[i] = same_causes(evaluate(test, nulls[i], &result.nulls[i]), nulls[i]);
  return result;
}

bool same_causes(const Value &a, const Value &b) {
  if (a.cause() == nullptr || b.cause() == nullptr)
    return a.is_null() && b.is_null() && a.cause() == b.cause();
  const feel::Cause &one = *a.cause(), &other = *b.cause();
  return one.missing == other.missing && one.refused == other.refused &&
         std::equal(
             one.errors.begin(), one.errors.end(), other.errors.begin(), other.errors.end(),
             [](const Diagnostic &error, const Diagnostic &same) { return to_string(error) == to_string(same); });
}

void Builder::mask_of(const Part &part, const Verdicts &verdicts, const std::function<bool(Verdict)> &wanted,
                      std::uint32_t mask) {
  const Within within(*this, {&part});
  std::vector<bool> members;
  for (const Verdict verdict : verdicts.values)
    members.push_back(wanted(verdict));
  if (part.pool >= 0 || part.form == Form::text) {
    PlanesStep *&planes = planes_[part.lane];
    if (planes == nullptr || planes->full()) {
      const std::size_t codes = part.pool >= 0 ? program_->pool(part.pool).size() : 0;
      planes = &step<PlanesStep>(part.lane, part.pool >= 0 ? -1 : part.column, tables_++, codes);
    }
    if (part.pool >= 0)
      planes->add(mask, members);
    else
      planes->add(mask, verdicts.texts, members);
    return;
  }
  if (part.form == Form::boolean) {
    step<BooleansStep>(part.lane, members[0], members[1], mask);
    return;
  }
  const auto below = [&](std::int64_t bound) {
    const auto [found, added] =
        below_.try_emplace({part.lane, bound}, static_cast<std::uint32_t>(program_->masks_.size()));
    if (added)
      step<BelowStep>(part.lane, bound, new_mask());
    return static_cast<int>(found->second);
  };
  std::vector<IntervalsStep::Interval> intervals;
  for (std::size_t k = 0; k < members.size(); ++k) {
    if (!members[k])
      continue;
    std::size_t last = k;
    while (last + 1 < members.size() && members[last + 1])
      ++last;
    IntervalsStep::Interval interval;
    if (k > 0)
      interval.low = below(verdicts.cuts[k - 1]);
    if (last < verdicts.cuts.size())
      interval.high = below(verdicts.cuts[last]);
    intervals.push_back(interval);
    k = last;
  }
  step<IntervalsStep>(std::move(intervals), mask);
}

// The tests of one lane that give the same are made once.
Part Builder::predicate(const Part &part, const Verdicts &verdicts) {
  std::string key;
  for (const Verdict verdict : verdicts.values)
    key += static_cast<char>('a' + static_cast<int>(verdict));
  key += '|';
  for (const Verdict verdict : verdicts.nulls)
    key += static_cast<char>('a' + static_cast<int>(verdict));
  for (const std::int64_t cut : verdicts.cuts)
    key += ',' + std::to_string(cut);
  for (const std::string &text : verdicts.texts)
    key += ',' + std::to_string(text.size()) + ':' + text;
  if (verdicts.on_null.cause() != nullptr) // an error of its own place
    key += '|' + std::to_string(reinterpret_cast<std::uintptr_t>(verdicts.on_null.cause()));
  if (const auto found = predicates_.find({part.lane, key}); found != predicates_.end())
    return found->second;
  const Within within(*this, {&part});
  if (request_.one_row)
    return predicates_.emplace(std::pair(part.lane, std::move(key)), judged(part, verdicts)).first->second;
  const auto some = [&](auto wanted) { return std::any_of(verdicts.values.begin(), verdicts.values.end(), wanted); };
  const auto is_yes = [](Verdict verdict) { return verdict == Verdict::yes; };
  const auto is_other = [](Verdict verdict) { return verdict == Verdict::other; };
  const auto some_mask = [&](const auto &wanted) {
    const std::uint32_t mask = new_mask();
    mask_of(part, verdicts, wanted, mask);
    return static_cast<int>(mask);
  };
  Part result = new_part(Form::boolean, part.nullable);
  if (some(is_yes))
    mask_of(part, verdicts, is_yes, result.lane | in_lane);
  const int other = some(is_other) ? some_mask(is_other) : -1;
  std::array<int, 4> nulls{-1, -1, -1, -1};
  for (std::size_t i = 0; i < nulls.size(); ++i) {
    const auto is_kind = [&](Verdict verdict) { return verdict == PredicateStep::null_kinds[i]; };
    if (!some(is_kind))
      continue;
    nulls[i] = some_mask(is_kind);
    result.nullable = true;
  }
  step<PredicateStep>(part.lane, some(is_yes), other, nulls, verdicts.nulls, result.lane);
  predicates_.emplace(std::pair(part.lane, std::move(key)), result);
  return result;
}

void Builder::Within::add(const Part &part) {
  if (part.is == Part::Is::lane)
    add(part.lane);
  if (part.self)
    add(*part.self);
}

void Builder::Within::add(std::uint32_t lane) {
  const int list = builder_.list_of(lane);
  if (list < 0 || list == builder_.list_)
    return;
  if (builder_.list_ >= 0)
    throw Unsafe{"the items of two lists meet"};
  builder_.list_ = list;
}

int Builder::new_pool(std::vector<Value> values) {
  if (values.size() > std::numeric_limits<std::uint16_t>::max())
    throw Unsafe{"it has too many constants"};
  program_->pools_.push_back(std::move(values));
  return static_cast<int>(program_->pools_.size()) - 1;
}

Part Builder::new_part(Form form, bool nullable, int scale) {
  Part part;
  part.is = Part::Is::lane;
  part.form = form;
  part.scale = scale;
  part.nullable = nullable;
  part.lane = new_lane();
  return part;
}

// The integer that a constant is in a lane: of a number, with the scale that it needs.
namespace {

std::pair<std::int64_t, int> integer_of(const Value &value) {
  switch (value.kind()) {
  case Kind::null:
    return {0, 0};
  case Kind::boolean:
    return {value.boolean() ? 1 : 0, 0};
  case Kind::date:
    if (value.date().days != static_cast<std::int32_t>(value.date().days))
      throw Unsafe{"the date " + value.to_string() + " is too far"};
    return {value.date().days, 0};
  case Kind::months_duration:
    return {value.months_duration().months, 0};
  case Kind::days_duration:
    if (value.days_duration().nanos != 0)
      throw Unsafe{"a duration of less than a second has no form in columns"};
    return {value.days_duration().seconds, 0};
  case Kind::number: {
    for (int scale = 0; scale <= most_scale; ++scale) {
      const auto scaled = value.number().multiply(power_of_ten(scale));
      if (scaled && scaled->is_integer())
        if (const auto integer = scaled->to_int64())
          return {*integer, scale};
    }
    throw Unsafe{"the number " + value.to_string() + " is too large or too fine"};
  }
  default:
    throw Unsafe{"a " + std::string(feel::name(value.kind())) + " has no form in columns"};
  }
}

} // namespace

Part Builder::constant_lane(const Value &value, Form form) {
  if (!value.is_null() && form_of(value) != form)
    throw Unsafe{"values of two types meet"};
  const Within within(*this, -1);
  Part part = new_part(form, value.is_null());
  const Verdict null = null_of(value);
  std::int64_t integer = 0;
  if (form == Form::text) {
    part.pool = new_pool({value.is_null() ? Value("") : value});
  } else {
    std::tie(integer, part.scale) = integer_of(value);
  }
  const bool narrow = integer == static_cast<std::int32_t>(integer);
  program_->constants_.push_back(
      std::make_unique<ConstantStep>(part.lane, form, integer, places_of(value), narrow, null, value));
  return part;
}

Part Builder::lane(const Part &part, Form form) {
  if (part.is == Part::Is::constant)
    return constant_lane(part.value, form);
  in_a_lane(part);
  if (part.is != Part::Is::lane)
    throw Unsafe{"a list or a context stands where one value is asked for"};
  const Within within(*this, {&part});
  if (part.form == Form::null) { // null for every row
    Part nulls = constant_lane(Value(), form);
    Part result = new_part(form, true);
    result.pool = nulls.pool;
    step<NullsStep>(ChooseStep::Data::none, nulls.lane, part.lane, false, result.lane);
    return result;
  }
  if (part.form != form)
    throw Unsafe{"values of two types meet"};
  if (part.pool < 0 || form == Form::text)
    return part;
  const auto &pool = program_->pool(part.pool);
  int scale = 0;
  for (const Value &value : pool)
    scale = std::max(scale, integer_of(value).second);
  std::vector<std::int64_t> values;
  std::vector<std::int8_t> places;
  std::vector<bool> nulls;
  for (const Value &value : pool) {
    places.push_back(static_cast<std::int8_t>(places_of(value)));
    const auto [integer, own] = integer_of(value);
    const auto scaled = feel::Number(integer).multiply(power_of_ten(scale - own));
    const auto fits = scaled ? scaled->to_int64() : std::nullopt;
    if (!fits)
      throw Unsafe{"the number " + value.to_string() + " is too large or too fine"};
    values.push_back(*fits);
    nulls.push_back(value.is_null());
  }
  Part result = new_part(form, true, scale);
  step<LookUpStep>(part.lane, form, std::move(values), std::move(places), std::move(nulls), result.lane);
  return result;
}

Part Builder::boolean(const Part &part) { return lane(part, Form::boolean); }

Part Builder::rescaled(const Part &part, int scale) {
  if (part.scale >= scale)
    return part;
  if (scale - part.scale > most_scale)
    throw Unsafe{"its numbers have too many decimals"};
  std::int64_t factor = 1;
  for (int i = part.scale; i < scale; ++i)
    factor *= 10;
  const Within within(*this, {&part});
  Part result = new_part(part.form, part.nullable, scale);
  step<ScaleStep>(part.lane, factor, ScaleStep::Written::nothing, result.lane);
  return result;
}

Part Builder::logic(bool conjunction, const Part &left, const Part &right) {
  const Part a = boolean(left), b = boolean(right);
  const std::array<std::uint32_t, 3> key{conjunction ? 1U : 0U, a.lane, b.lane};
  if (const auto known = logic_.find(key); known != logic_.end())
    return known->second;
  const Within within(*this, {&a, &b});
  Part result = new_part(Form::boolean, a.nullable || b.nullable);
  step<LogicStep>(conjunction, a.lane, b.lane, result.lane);
  logic_.emplace(key, result);
  return result;
}

Part Builder::negation(const Part &part) {
  const Part in = boolean(part);
  const Within within(*this, {&in});
  Part result = new_part(Form::boolean, in.nullable);
  step<NotStep>(in.lane, result.lane);
  return result;
}

} // namespace spie::columns
