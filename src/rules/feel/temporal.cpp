// Dates as day counts, and the parts of times.
#include "spie/feel/temporal.hpp"

namespace spie::feel {

namespace {

constexpr std::int64_t farthest_year = 999'999'999;
constexpr std::int64_t days_per_era = 146'097;  // 400 years, after which the Gregorian calendar repeats
constexpr std::int64_t days_to_epoch = 719'468; // from 0000-03-01 to 1970-01-01

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) noexcept { return a / b - (a % b < 0 ? 1 : 0); }

constexpr bool is_leap(std::int64_t year) noexcept { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr int month_length(std::int64_t year, int month) noexcept {
  if (month == 2)
    return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// Years are counted from March, so that the leap day ends them: month lengths then follow 153 days in five months.
constexpr std::int64_t day_count(std::int64_t year, int month, int day) noexcept {
  const std::int64_t march_year = month > 2 ? year : year - 1;
  const std::int64_t era = floor_div(march_year, 400);
  const std::int64_t year_of_era = march_year - era * 400;
  const std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * days_per_era + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - days_to_epoch;
}

constexpr CivilDate civil_date(std::int64_t days) noexcept {
  const std::int64_t shifted = days + days_to_epoch;
  const std::int64_t era = floor_div(shifted, days_per_era);
  const std::int64_t day_of_era = shifted - era * days_per_era;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / (days_per_era - 1)) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t march_month = (5 * day_of_year + 2) / 153;
  const int day = static_cast<int>(day_of_year - (153 * march_month + 2) / 5 + 1);
  const int month = static_cast<int>(march_month < 10 ? march_month + 3 : march_month - 9);
  return {era * 400 + year_of_era + (month <= 2 ? 1 : 0), month, day};
}

constexpr std::int64_t first_day = day_count(-farthest_year, 1, 1);
constexpr std::int64_t last_day = day_count(farthest_year, 12, 31);
static_assert(day_count(1970, 1, 1) == 0 && day_count(2000, 3, 1) == 11'017);

int iso_weekday(std::int64_t days) noexcept { // 1970-01-01 was a Thursday
  return static_cast<int>(days + 3 - floor_div(days + 3, 7) * 7) + 1;
}

} // namespace

std::optional<Date> Date::from_civil(std::int64_t year, std::int64_t month, std::int64_t day) noexcept {
  if (year < -farthest_year || year > farthest_year || month < 1 || month > 12 || day < 1 ||
      day > month_length(year, static_cast<int>(month)))
    return std::nullopt;
  return Date{day_count(year, static_cast<int>(month), static_cast<int>(day))};
}

CivilDate Date::civil() const noexcept { return civil_date(days); }

int Date::weekday() const noexcept { return iso_weekday(days); }

int Date::day_of_year() const noexcept { return static_cast<int>(days - day_count(civil().year, 1, 1)) + 1; }

int Date::week_of_year() const noexcept {
  // A week belongs to the year of its Thursday, and is numbered by it.
  const std::int64_t thursday = days - weekday() + 4;
  return static_cast<int>((thursday - day_count(civil_date(thursday).year, 1, 1)) / 7) + 1;
}

std::optional<Date> Date::plus_months(std::int64_t months) const noexcept {
  const CivilDate from = civil();
  std::int64_t total = 0;
  if (__builtin_add_overflow(from.year * 12 + from.month - 1, months, &total))
    return std::nullopt;
  const std::int64_t year = floor_div(total, 12);
  const int month = static_cast<int>(total - year * 12) + 1;
  const int length = month_length(year, month);
  return from_civil(year, month, from.day < length ? from.day : length);
}

std::optional<Date> Date::plus_days(std::int64_t count) const noexcept {
  std::int64_t total = 0;
  if (__builtin_add_overflow(days, count, &total) || total < first_day || total > last_day)
    return std::nullopt;
  return Date{total};
}

std::optional<Time> Time::from_parts(std::int64_t hour, std::int64_t minute, std::int64_t second, std::int32_t nanos,
                                     Zone zone) {
  constexpr std::int32_t farthest_offset = 14 * 3600;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || nanos < 0 ||
      nanos >= nanos_per_second || zone.offset_seconds() > farthest_offset || zone.offset_seconds() < -farthest_offset)
    return std::nullopt;
  return Time{((hour * 60 + minute) * 60 + second) * nanos_per_second + nanos, std::move(zone)};
}

int Time::hour() const noexcept { return static_cast<int>(nanos / (3600 * nanos_per_second)); }
int Time::minute() const noexcept { return static_cast<int>(nanos / (60 * nanos_per_second) % 60); }
int Time::second() const noexcept { return static_cast<int>(nanos / nanos_per_second % 60); }
int Time::nanosecond() const noexcept { return static_cast<int>(nanos % nanos_per_second); }

DaysDuration DateTime::since_epoch() const {
  const std::int64_t local = date.days * seconds_per_day + time.nanos / nanos_per_second;
  return {local - time.zone.offset_at(date, time.nanos).value_or(0),
          static_cast<std::int32_t>(time.nanos % nanos_per_second)};
}

} // namespace spie::feel
