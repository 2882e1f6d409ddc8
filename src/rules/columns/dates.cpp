// Dates as steps: moved, taken apart, and what the pack has for them.
#include "rules/columns/date_steps.hpp"
#include "rules/columns/steps.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace spie::columns {

using feel::Kind;
using feel::Value;

Part Builder::moved(const Part &left, const Part &right, bool back) {
  const Form by = right.is == Part::Is::constant ? columns::form_of(right.value) : right.form;
  const Part date = lane(left, Form::date);
  if (right.is != Part::Is::constant) {
    const Part duration = lane(right, by);
    const Within within(*this, {&date, &duration});
    Part result = new_part(Form::date, true);
    step<MoveStep>(by == Form::months ? MoveStep::By::months : MoveStep::By::seconds, back, date.lane, duration.lane,
                   result.lane, on_null_);
    return result;
  }
  const Within within(*this, {&date});
  Part result = new_part(Form::date, true);
  if (by == Form::months) {
    constexpr std::int64_t most = 12'000; // a thousand years: what the kernel takes without a doubt
    const std::int64_t months = right.value.months_duration().months;
    if (months > most || months < -most)
      throw Unsafe{"a date is moved by more than a thousand years"};
    step<MonthsStep>(date.lane, static_cast<std::int32_t>(back ? -months : months), result.lane, on_null_);
    return result;
  }
  // From midnight: the day alone is kept.
  const auto duration = right.value.days_duration();
  const auto whole = back ? feel::negate(duration) : std::optional(duration);
  if (!whole)
    throw Unsafe{"the duration is too long"};
  const std::int64_t days =
      whole->seconds / feel::seconds_per_day - (whole->seconds % feel::seconds_per_day < 0 ? 1 : 0);
  const Part number = constant_lane(feel::Number(days), Form::number);
  step<ArithmeticStep>(ArithmeticStep::Operation::add, true, date.lane, number.lane, result.lane, on_null_);
  return result;
}

Part Builder::add_months(const Part &date, const Value &months) {
  const auto count = months.is(Kind::number) ? months.number().to_int64() : std::nullopt;
  constexpr std::int64_t most = 12'000;
  if (!count || *count > most || *count < -most || date.is != Part::Is::lane || date.form != Form::date)
    throw Unsafe{"`add months` of a count that is not constant, or of too many"};
  const Part in = lane(date, Form::date);
  const Value first = *feel::Date::parse("1400-01-01"), last = *feel::Date::parse("9999-12-31");
  const auto within_years = [&](const Part &day) {
    const Part holds =
        predicate(day, verdicts(day, {first, last}, [&](feel::Evaluation &, const Value &value) {
                    return Value(value.is_null() || (value.date() >= first.date() && value.date() <= last.date()));
                  }));
    const Within within(*this, {&holds});
    step<FallbackStep>(holds.lane);
  };
  within_years(in);
  Part result;
  {
    const Within within(*this, {&in});
    result = new_part(Form::date, true);
    step<MonthsStep>(in.lane, static_cast<std::int32_t>(*count), result.lane);
  }
  within_years(result);
  return result;
}

Part Builder::property(const Part &part, const std::string &name) {
  using Property = PropertyStep::Property;
  struct Known {
    Form of;
    std::string_view name;
    Property property;
  };
  static constexpr std::array known{
      Known{Form::date, "year", Property::year},       Known{Form::date, "month", Property::month},
      Known{Form::date, "day", Property::day},         Known{Form::date, "weekday", Property::weekday},
      Known{Form::months, "years", Property::years},   Known{Form::months, "months", Property::months},
      Known{Form::days, "days", Property::days},       Known{Form::days, "hours", Property::hours},
      Known{Form::days, "minutes", Property::minutes}, Known{Form::days, "seconds", Property::seconds}};
  const auto found = std::find_if(known.begin(), known.end(),
                                  [&](const Known &one) { return one.of == part.form && one.name == name; });
  if (found == known.end())
    throw Unsafe{"the property '" + name + "' of a value"};
  const Part in = lane(part, part.form);
  const Within within(*this, {&in});
  Part result = new_part(Form::number, true);
  step<PropertyStep>(found->property, in.lane, result.lane);
  return result;
}

Part Builder::dated(const Request::Dated &value) {
  Part day = global(value.by);
  for (const std::string &name : value.path)
    day = member(day, name);
  day = read(day);
  if (day.is == Part::Is::constant && day.value.is_null())
    return day; // what is missing is the date
  if (day.is != Part::Is::lane || (day.form != Form::date && day.form != Form::null))
    throw Unsafe{"a parameter is read at a date that is no column of dates"};
  const Part date = lane(day, Form::date);
  Part result = constant(value.values.back());
  for (std::size_t i = value.starts.size(); i-- > 0;) {
    const feel::Date start = value.starts[i];
    const Part before = predicate(date, verdicts(date, {Value(start)}, [&](feel::Evaluation &, const Value &one) {
                                    return Value(one.is(Kind::date) && one.date() < start);
                                  }));
    result = chosen(before, constant(value.values[i]), result);
  }
  result = coded(result);
  const Within within(*this, {&result, &date});
  Part given = new_part(result.form, true, result.scale);
  given.pool = result.pool;
  step<NullsStep>(data_of(result), result.lane, date.lane, false, given.lane);
  return given;
}

} // namespace spie::columns
