// Order and arithmetic of times and durations, DMN 1.5 tables 54-62.
#include "spie/feel/temporal.hpp"

namespace spie::feel {

namespace {

constexpr std::int64_t nanos_per_day = seconds_per_day * nanos_per_second;

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) noexcept { return a / b - (a % b < 0 ? 1 : 0); }

template <class T> int sign_of_difference(const T &a, const T &b) noexcept { return a < b ? -1 : b < a ? 1 : 0; }

// Seconds of the day at Greenwich; below zero or above a day where the offset leads there, so that
// 23:00-05:00 comes after 22:00-05:00 and equals 04:00Z of no day.
std::int64_t universal_seconds(const Time &time) {
  return time.nanos / nanos_per_second - time.zone.standard_offset().value_or(0);
}

std::optional<DateTime> from_local_seconds(std::int64_t seconds, std::int32_t nanos, const Zone &zone) {
  const std::int64_t day = floor_div(seconds, seconds_per_day);
  const auto date = Date{}.plus_days(day);
  if (!date)
    return std::nullopt;
  return DateTime{*date, Time{(seconds - day * seconds_per_day) * nanos_per_second + nanos, zone}};
}

} // namespace

std::optional<int> compare(const Time &a, const Time &b) {
  if (a.zone.is_local() != b.zone.is_local())
    return std::nullopt;
  return sign_of_difference(universal_seconds(a), universal_seconds(b));
}

std::optional<int> compare(const DateTime &a, const DateTime &b) {
  if (a.time.zone.is_local() != b.time.zone.is_local())
    return std::nullopt;
  return sign_of_difference(a.since_epoch().seconds, b.since_epoch().seconds);
}

std::optional<DateTime> add(const DateTime &a, MonthsDuration d) {
  const auto date = a.date.plus_months(d.months);
  if (!date)
    return std::nullopt;
  return DateTime{*date, a.time};
}

std::optional<DateTime> add(const DateTime &a, DaysDuration d) {
  const auto instant = add(a.since_epoch(), d);
  if (!instant)
    return std::nullopt;
  const Zone &zone = a.time.zone;
  const std::int32_t offset = zone.offset_at_instant(instant->seconds).value_or(0);
  std::int64_t local = 0;
  if (__builtin_add_overflow(instant->seconds, std::int64_t{offset}, &local))
    return std::nullopt;
  auto result = from_local_seconds(local, instant->nanos, zone);
  if (result && zone.is_named() && zone.offset_at(result->date, result->time.nanos) != offset)
    result->time.zone = Zone::offset(offset); // the second showing of a repeated hour
  return result;
}

std::optional<DateTime> add(Date a, DaysDuration d) { return add(DateTime{a, Time{0, Zone::offset(0)}}, d); }

Time add(const Time &a, DaysDuration d) {
  const std::int64_t second = d.seconds - floor_div(d.seconds, seconds_per_day) * seconds_per_day;
  return {(a.nanos + second * nanos_per_second + d.nanos) % nanos_per_day, a.zone};
}

std::optional<DaysDuration> subtract(const DateTime &a, const DateTime &b) {
  if (a.time.zone.is_local() != b.time.zone.is_local())
    return std::nullopt;
  const auto less = negate(b.since_epoch());
  return less ? add(a.since_epoch(), *less) : std::nullopt;
}

std::optional<DaysDuration> subtract(const Time &a, const Time &b) {
  if (a.zone.is_local() != b.zone.is_local())
    return std::nullopt;
  const DaysDuration left{universal_seconds(a), a.nanosecond()};
  const auto right = negate(DaysDuration{universal_seconds(b), b.nanosecond()});
  return right ? add(left, *right) : std::nullopt;
}

std::optional<DaysDuration> add(DaysDuration a, DaysDuration b) noexcept {
  DaysDuration sum{0, a.nanos + b.nanos}; // below 2^31
  const bool carry = sum.nanos >= nanos_per_second;
  if (carry)
    sum.nanos -= static_cast<std::int32_t>(nanos_per_second);
  if (__builtin_add_overflow(a.seconds, b.seconds, &sum.seconds) ||
      __builtin_add_overflow(sum.seconds, std::int64_t{carry}, &sum.seconds))
    return std::nullopt;
  return sum;
}

std::optional<MonthsDuration> add(MonthsDuration a, MonthsDuration b) noexcept {
  MonthsDuration sum;
  if (__builtin_add_overflow(a.months, b.months, &sum.months))
    return std::nullopt;
  return sum;
}

std::optional<DaysDuration> negate(DaysDuration a) noexcept {
  DaysDuration result;
  if (a.nanos > 0) {
    result.seconds = -1 - a.seconds; // -(s + n) = (-s - 1) + (1 - n); cannot overflow
    result.nanos = static_cast<std::int32_t>(nanos_per_second) - a.nanos;
  } else if (__builtin_sub_overflow(std::int64_t{0}, a.seconds, &result.seconds)) {
    return std::nullopt;
  }
  return result;
}

std::optional<MonthsDuration> negate(MonthsDuration a) noexcept {
  MonthsDuration result;
  if (__builtin_sub_overflow(std::int64_t{0}, a.months, &result.months))
    return std::nullopt;
  return result;
}

MonthsDuration months_between(Date from, Date to) noexcept {
  const CivilDate a = from.civil();
  const CivilDate b = to.civil();
  std::int64_t months = (b.year - a.year) * 12 + (b.month - a.month);
  if (months > 0 && b.day < a.day)
    --months;
  else if (months < 0 && b.day > a.day)
    ++months;
  return {months};
}

} // namespace spie::feel
