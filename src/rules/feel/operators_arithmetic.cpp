// Arithmetic over numbers, texts, dates, times and durations (DMN 1.5 §10.3.2.13, tables 56 to 63).
#include "rules/feel/operators.hpp"

namespace spie::feel {

namespace {

Value undefined_for(Evaluation &evaluation, std::string_view operation, const Value &a, const Value &b) {
  return evaluation.error(Code::feel_type, "`" + std::string(operation) + "` is not defined between a " +
                                               std::string(name(a.kind())) + " and a " + std::string(name(b.kind())));
}

Value out_of_range(Evaluation &evaluation, std::string_view operation) {
  return evaluation.error(Code::feel_arithmetic, "the result of `" + std::string(operation) + "` is out of range");
}

Value no_common_zone(Evaluation &evaluation) {
  return evaluation.error(Code::feel_type, "`-` is not defined between a value with a time zone and one without");
}

template <typename Result>
Value checked(Evaluation &evaluation, std::string_view operation, const std::optional<Result> &result) {
  return result ? Value(*result) : out_of_range(evaluation, operation);
}

constexpr int pair(Kind a, Kind b) { return static_cast<int>(a) * 16 + static_cast<int>(b); }

// A date stands for its midnight UTC (TCK 0100 subtract_lhs_date_minus_rhs_dateAndTime_004).
DateTime midnight(Date date) { return {date, Time{0, Zone::offset(0)}}; }

Value date_plus(Evaluation &evaluation, std::string_view operation, Date date, DaysDuration duration) {
  const auto result = add(date, duration);
  return result ? Value(result->date) : out_of_range(evaluation, operation);
}

Value difference(Evaluation &evaluation, const DateTime &a, const DateTime &b) {
  if (a.time.zone.is_local() != b.time.zone.is_local())
    return no_common_zone(evaluation);
  return checked(evaluation, "-", subtract(a, b));
}

// The duration as a number of seconds: exact, a duration has fewer than 34 digits.
std::optional<Number> seconds(DaysDuration duration) {
  const auto part = Number::scaled(duration.nanos, -9);
  return part ? Number(duration.seconds).add(*part) : std::nullopt;
}

// Beyond the nanosecond, rounded half-even as numbers are.
std::optional<DaysDuration> days_duration(const Number &seconds) {
  const auto rounded = seconds.round(9, Rounding::half_even);
  const auto whole = rounded ? rounded->round(0, Rounding::floor) : std::nullopt;
  const auto count = whole ? whole->to_int64() : std::nullopt;
  const auto part = count ? rounded->subtract(*whole) : std::nullopt;
  const auto scaled = part ? part->multiply(Number(nanos_per_second)) : std::nullopt;
  const auto nanos = scaled ? scaled->to_int64() : std::nullopt;
  if (!nanos)
    return std::nullopt;
  return DaysDuration{*count, static_cast<std::int32_t>(*nanos)};
}

// Whole months, towards zero (TCK 0100: -2.5 * P1Y11M is -P4Y9M).
std::optional<MonthsDuration> months_duration(const Number &months) {
  const auto whole = months.round(0, Rounding::down);
  const auto count = whole ? whole->to_int64() : std::nullopt;
  if (!count)
    return std::nullopt;
  return MonthsDuration{*count};
}

Value scale(Evaluation &evaluation, DaysDuration duration, const Number &factor) {
  const auto length = seconds(duration);
  const auto product = length ? length->multiply(factor) : std::nullopt;
  return checked(evaluation, "*", product ? days_duration(*product) : std::nullopt);
}

Value scale(Evaluation &evaluation, MonthsDuration duration, const Number &factor) {
  const auto product = Number(duration.months).multiply(factor);
  return checked(evaluation, "*", product ? months_duration(*product) : std::nullopt);
}

Value quotient(Evaluation &evaluation, const std::optional<Number> &a, const std::optional<Number> &b) {
  return checked(evaluation, "/", a && b ? a->divide(*b) : std::nullopt);
}

bool is_zero(const Value &value) {
  switch (value.kind()) {
  case Kind::number:
    return value.number().is_zero();
  case Kind::days_duration:
    return value.days_duration() == DaysDuration{};
  case Kind::months_duration:
    return value.months_duration() == MonthsDuration{};
  default:
    return false;
  }
}

} // namespace

Value add(Evaluation &evaluation, const Value &a, const Value &b) {
  if (a.is_null() || b.is_null())
    return null_operand(evaluation, "+", a, b);
  switch (pair(a.kind(), b.kind())) {
  case pair(Kind::number, Kind::number):
    return checked(evaluation, "+", a.number().add(b.number()));
  case pair(Kind::text, Kind::text):
    return evaluation.made(a.text() + b.text());
  case pair(Kind::days_duration, Kind::days_duration):
    return checked(evaluation, "+", add(a.days_duration(), b.days_duration()));
  case pair(Kind::months_duration, Kind::months_duration):
    return checked(evaluation, "+", add(a.months_duration(), b.months_duration()));
  case pair(Kind::date, Kind::days_duration):
    return date_plus(evaluation, "+", a.date(), b.days_duration());
  case pair(Kind::date, Kind::months_duration):
    return checked(evaluation, "+", a.date().plus_months(b.months_duration().months));
  case pair(Kind::date_time, Kind::days_duration):
    return checked(evaluation, "+", add(a.date_time(), b.days_duration()));
  case pair(Kind::date_time, Kind::months_duration):
    return checked(evaluation, "+", add(a.date_time(), b.months_duration()));
  case pair(Kind::time, Kind::days_duration):
    return add(a.time(), b.days_duration());
  case pair(Kind::days_duration, Kind::date):
  case pair(Kind::months_duration, Kind::date):
  case pair(Kind::days_duration, Kind::date_time):
  case pair(Kind::months_duration, Kind::date_time):
  case pair(Kind::days_duration, Kind::time):
    return add(evaluation, b, a);
  default:
    return undefined_for(evaluation, "+", a, b);
  }
}

Value subtract(Evaluation &evaluation, const Value &a, const Value &b) {
  if (a.is_null() || b.is_null())
    return null_operand(evaluation, "-", a, b);
  switch (pair(a.kind(), b.kind())) {
  case pair(Kind::number, Kind::number):
    return checked(evaluation, "-", a.number().subtract(b.number()));
  case pair(Kind::date, Kind::date):
    return difference(evaluation, midnight(a.date()), midnight(b.date()));
  case pair(Kind::date, Kind::date_time):
    return difference(evaluation, midnight(a.date()), b.date_time());
  case pair(Kind::date_time, Kind::date):
    return difference(evaluation, a.date_time(), midnight(b.date()));
  case pair(Kind::date_time, Kind::date_time):
    return difference(evaluation, a.date_time(), b.date_time());
  case pair(Kind::time, Kind::time):
    if (a.time().zone.is_local() != b.time().zone.is_local())
      return no_common_zone(evaluation);
    return checked(evaluation, "-", subtract(a.time(), b.time()));
  case pair(Kind::days_duration, Kind::days_duration):
  case pair(Kind::date, Kind::days_duration):
  case pair(Kind::date_time, Kind::days_duration):
  case pair(Kind::time, Kind::days_duration): {
    const auto opposite = negate(b.days_duration());
    if (!opposite)
      return out_of_range(evaluation, "-");
    const Value sum = add(evaluation, a, *opposite);
    return sum.is_null() ? out_of_range(evaluation, "-") : sum; // whose error would speak of a `+`
  }
  case pair(Kind::months_duration, Kind::months_duration):
  case pair(Kind::date, Kind::months_duration):
  case pair(Kind::date_time, Kind::months_duration): {
    const auto opposite = negate(b.months_duration());
    if (!opposite)
      return out_of_range(evaluation, "-");
    const Value sum = add(evaluation, a, *opposite);
    return sum.is_null() ? out_of_range(evaluation, "-") : sum;
  }
  default:
    return undefined_for(evaluation, "-", a, b);
  }
}

Value multiply(Evaluation &evaluation, const Value &a, const Value &b) {
  if (a.is_null() || b.is_null())
    return null_operand(evaluation, "*", a, b);
  switch (pair(a.kind(), b.kind())) {
  case pair(Kind::number, Kind::number):
    return checked(evaluation, "*", a.number().multiply(b.number()));
  case pair(Kind::days_duration, Kind::number):
    return scale(evaluation, a.days_duration(), b.number());
  case pair(Kind::number, Kind::days_duration):
    return scale(evaluation, b.days_duration(), a.number());
  case pair(Kind::months_duration, Kind::number):
    return scale(evaluation, a.months_duration(), b.number());
  case pair(Kind::number, Kind::months_duration):
    return scale(evaluation, b.months_duration(), a.number());
  default:
    return undefined_for(evaluation, "*", a, b);
  }
}

Value divide(Evaluation &evaluation, const Value &a, const Value &b) {
  if (a.is_null() || b.is_null())
    return null_operand(evaluation, "/", a, b);
  const int kinds = pair(a.kind(), b.kind());
  switch (kinds) {
  case pair(Kind::number, Kind::number):
  case pair(Kind::days_duration, Kind::number):
  case pair(Kind::months_duration, Kind::number):
  case pair(Kind::days_duration, Kind::days_duration):
  case pair(Kind::months_duration, Kind::months_duration):
    break;
  default:
    return undefined_for(evaluation, "/", a, b);
  }
  if (is_zero(b))
    return evaluation.error(Code::feel_arithmetic, "division by zero", "/ 0");
  switch (kinds) {
  case pair(Kind::number, Kind::number):
    return quotient(evaluation, a.number(), b.number());
  case pair(Kind::days_duration, Kind::days_duration):
    return quotient(evaluation, seconds(a.days_duration()), seconds(b.days_duration()));
  case pair(Kind::months_duration, Kind::months_duration):
    return quotient(evaluation, Number(a.months_duration().months), Number(b.months_duration().months));
  case pair(Kind::days_duration, Kind::number): {
    const auto length = seconds(a.days_duration());
    const auto part = length ? length->divide(b.number()) : std::nullopt;
    return checked(evaluation, "/", part ? days_duration(*part) : std::nullopt);
  }
  default: {
    const auto part = Number(a.months_duration().months).divide(b.number());
    return checked(evaluation, "/", part ? months_duration(*part) : std::nullopt);
  }
  }
}

Value power(Evaluation &evaluation, const Value &a, const Value &b) {
  if (a.is_null() || b.is_null())
    return null_operand(evaluation, "**", a, b);
  if (!a.is(Kind::number) || !b.is(Kind::number))
    return undefined_for(evaluation, "**", a, b);
  const auto result = a.number().power(b.number());
  if (!result)
    return evaluation.error(Code::feel_arithmetic,
                            a.number().to_plain_string() + " ** " + b.number().to_plain_string() + " has no result");
  return *result;
}

Value negate(Evaluation &evaluation, const Value &a) {
  switch (a.kind()) {
  case Kind::null:
    return null_operand(evaluation, "-", a);
  case Kind::number:
    return -a.number();
  case Kind::days_duration:
    return checked(evaluation, "-", negate(a.days_duration()));
  case Kind::months_duration:
    return checked(evaluation, "-", negate(a.months_duration()));
  default:
    return evaluation.error(Code::feel_type, "`-` is not defined for a " + std::string(name(a.kind())));
  }
}

} // namespace spie::feel
