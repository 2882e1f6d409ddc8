// Part of the body of each set of kernels: months added to days.
#include "rules/columns/kernels.hpp"

namespace spie::columns {

namespace {

// From the first of March of 1900 to the end of February of 2099, every fourth year is a leap year. Years begin in
// March; there, a float counts them exactly: what is divided is below 2^19, and half a unit from any whole quotient.
constexpr std::int32_t near_first = -25'508, near_last = 47'175;

inline std::int32_t near_year(std::int32_t day) {
  return static_cast<std::int32_t>((static_cast<float>(4 * day) + 3.5F) * (1.0F / 1461.0F));
}
inline std::int32_t near_begin(std::int32_t year) { return 365 * year + (year >> 2); }
inline bool ends_in_leap_day(std::int32_t year) { return (year & 3) == 3; }

// Whole years. Of four years the last one ends in a leap day: how many of these are passed depends on the day of the
// four years, by one, and only the leap day may be none of the other year.
void plus_years_near(const std::int32_t *days, std::int32_t years, std::int32_t *into) {
  constexpr std::int32_t cycle = 1461, leap_day = cycle - 1;
  const std::int32_t part = years & 3, whole = 365 * years + (years >> 2);
  const std::int32_t from = part == 0 ? cycle : 365 * (4 - part), lost = part == 0 ? cycle : leap_day;
  for (std::size_t i = 0; i < chunk_rows; ++i) {
    const std::int32_t day = days[i] - near_first;
    const auto cycles = static_cast<std::int32_t>((static_cast<float>(day) + 0.5F) * (1.0F / cycle));
    const std::int32_t of_cycle = day - cycles * cycle;
    into[i] = days[i] + whole + (of_cycle >= from ? 1 : 0) - (of_cycle == lost ? 1 : 0);
  }
}

inline std::uint32_t fifth(std::uint32_t value) { return value * 13'108 >> 16; } // exact below 16,384

void plus_months_near(const std::int32_t *days, std::int32_t months, std::int32_t *into) {
  const std::int32_t part = months % 12 + (months % 12 < 0 ? 12 : 0);
  const std::int32_t whole = (months - part) / 12;
  if (part == 0)
    return plus_years_near(days, whole, into);
  for (std::size_t i = 0; i < chunk_rows; ++i) {
    const std::int32_t day = days[i] - near_first, year = near_year(day);
    const auto of_year = static_cast<std::uint32_t>(day - near_begin(year));
    const std::uint32_t month = (5 * of_year + 2) * 6'854 >> 20; // a 153rd, exact below 12,000; 0 is March
    const std::uint32_t day_of_month = of_year - fifth(153 * month + 2);
    const std::uint32_t moved = month + static_cast<std::uint32_t>(part);
    const bool next = moved >= 12;
    const std::uint32_t in_year = next ? moved - 12 : moved;
    const std::int32_t to_year = year + whole + (next ? 1 : 0);
    const std::uint32_t begin = fifth(153 * in_year + 2), end = fifth(153 * in_year + 155);
    const std::uint32_t february = ends_in_leap_day(to_year) ? 29 : 28;
    const std::uint32_t length = in_year == 11 ? february : end - begin;
    const std::uint32_t kept = day_of_month < length ? day_of_month : length - 1;
    into[i] = near_begin(to_year) + static_cast<std::int32_t>(begin + kept) + near_first;
  }
}

// Whether the days are among those, before and after.
inline bool are_near(const std::int32_t *days, std::int32_t months) {
  std::int32_t least = days[0], most = days[0];
  for (std::size_t i = 0; i < chunk_rows; ++i) {
    least = days[i] < least ? days[i] : least;
    most = days[i] > most ? days[i] : most;
  }
  const std::int64_t longest = std::int64_t{31} * months;
  return least + (longest < 0 ? longest : 0) >= near_first && most + (longest > 0 ? longest : 0) <= near_last;
}

// Days and civil dates by Howard Hinnant's formulas, in 32 bits and without a branch: years begin in March, and are
// counted from so early that all that is met is positive.
void plus_months_far(const std::int32_t *days, std::int32_t months, std::int32_t *into) {
  constexpr std::uint32_t eras = 2'300;                     // 400 years each: dates of ±900,000 years and more
  constexpr std::uint32_t shift = eras * 146'097 + 719'468; // days before the first of March of that year
  for (std::size_t i = 0; i < chunk_rows; ++i) {
    const std::uint32_t day = static_cast<std::uint32_t>(days[i]) + shift;
    const std::uint32_t era = day / 146'097, of_era = day - era * 146'097;
    const std::uint32_t year_of_era = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
    const std::uint32_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::uint32_t month = (5 * of_year + 2) / 153; // 0 is March
    const std::uint32_t day_of_month = of_year - (153 * month + 2) / 5;
    const std::uint32_t total = (era * 400 + year_of_era) * 12 + month + static_cast<std::uint32_t>(months);
    const std::uint32_t year = total / 12, in_year = total - year * 12;
    const std::uint32_t start = year * 365 + year / 4 - year / 100 + year / 400 + (153 * in_year + 2) / 5;
    // Days of the month: 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, and February, which ends the year.
    const std::uint32_t next_year = year + 1;
    const std::uint32_t leap = ((next_year & 3) == 0 && (next_year % 100 != 0 || next_year % 400 == 0)) ? 1 : 0;
    const std::uint32_t length = in_year == 11 ? 28 + leap : (153 * (in_year + 1) + 2) / 5 - (153 * in_year + 2) / 5;
    const std::uint32_t kept = day_of_month < length ? day_of_month : length - 1;
    into[i] = static_cast<std::int32_t>(start + kept - shift);
  }
}

bool plus_months(const std::int32_t *days, std::int32_t months, std::int32_t *into) {
  const bool near = are_near(days, months);
  (near ? plus_months_near : plus_months_far)(days, months, into);
  return near;
}

} // namespace

} // namespace spie::columns
