#include "rules/feel/calendar.hpp"

#include <boost/date_time/gregorian/gregorian_types.hpp>

#include <algorithm>

namespace spie::feel {

namespace {

namespace greg = boost::gregorian;

constexpr std::int64_t first_year = 1400;
constexpr std::int64_t last_year = 9999;
constexpr std::int64_t months_in_range = (last_year - first_year + 1) * 12;
constexpr std::int64_t days_in_range = (last_year - first_year + 1) * 366;

bool in_range(Date date) noexcept {
  const std::int64_t year = date.civil().year;
  return year >= first_year && year <= last_year;
}

greg::date to_boost(Date date) {
  const CivilDate civil = date.civil();
  return {static_cast<unsigned short>(civil.year), static_cast<unsigned short>(civil.month),
          static_cast<unsigned short>(civil.day)};
}

Date from_boost(const greg::date &date) {
  return *Date::from_civil(date.year(), date.month().as_number(), date.day().as_number());
}

// Easter Sunday of the Gregorian calendar: the Sunday after the full moon, by the tables, on or after 21 March.
Date easter(std::int64_t year) {
  const std::int64_t golden = year % 19;
  const std::int64_t century = year / 100;
  const std::int64_t solar = century - century / 4;             // leap days the centuries left out
  const std::int64_t lunar = (8 * century + 13) / 25;           // drift of the moon against the 19-year cycle
  std::int64_t epact = (solar - lunar + 19 * golden + 15) % 30; // from 21 March to the full moon
  if (epact == 29 || (epact == 28 && golden > 10))
    --epact;
  const Date full_moon{Date::from_civil(year, 3, 21)->days + epact};
  return Date{full_moon.days + 7 - full_moon.weekday() % 7};
}

std::vector<PublicHoliday> holidays_of(std::int64_t year) {
  const std::int64_t sunday = easter(year).days;
  const auto fixed = [year](int month, int day) { return *Date::from_civil(year, month, day); };
  std::vector<PublicHoliday> all{
      {fixed(1, 1), "1er janvier"},   {Date{sunday + 1}, "lundi de Pâques"}, {fixed(5, 1), "1er mai"},
      {fixed(5, 8), "8 mai"},         {Date{sunday + 39}, "Ascension"},      {Date{sunday + 50}, "lundi de Pentecôte"},
      {fixed(7, 14), "14 juillet"},   {fixed(8, 15), "Assomption"},          {fixed(11, 1), "Toussaint"},
      {fixed(11, 11), "11 novembre"}, {fixed(12, 25), "jour de Noël"}};
  std::stable_sort(all.begin(), all.end(),
                   [](const PublicHoliday &a, const PublicHoliday &b) { return a.date < b.date; });
  return all;
}

bool is_among(const std::vector<PublicHoliday> &holidays, Date date) noexcept {
  return std::any_of(holidays.begin(), holidays.end(), [date](const PublicHoliday &h) { return h.date == date; });
}

std::optional<bool> is_counted(Date date, int last_weekday) {
  if (!in_range(date))
    return std::nullopt;
  return date.weekday() <= last_weekday && !is_among(holidays_of(date.civil().year), date);
}

std::optional<Date> add_counted(Date date, std::int64_t count, int last_weekday) {
  if (!in_range(date) || count > days_in_range || count < -days_in_range)
    return std::nullopt;
  const std::int64_t step = count < 0 ? -1 : 1;
  std::int64_t year = date.civil().year;
  std::vector<PublicHoliday> holidays = holidays_of(year);
  while (count != 0) {
    date.days += step;
    const std::int64_t now = date.civil().year;
    if (now != year) {
      if (!in_range(date))
        return std::nullopt;
      year = now;
      holidays = holidays_of(year);
    }
    if (date.weekday() <= last_weekday && !is_among(holidays, date))
      count -= step;
  }
  return date;
}

} // namespace

std::optional<Date> end_of_month(Date date) {
  if (!in_range(date))
    return std::nullopt;
  return from_boost(to_boost(date).end_of_month());
}

std::optional<Date> add_months(Date date, std::int64_t months) {
  const auto result = in_range(date) ? date.plus_months(months) : std::nullopt;
  return result && in_range(*result) ? result : std::nullopt;
}

std::optional<Date> add_months_end(Date date, std::int64_t months) {
  if (!add_months(date, months) || months > months_in_range || months < -months_in_range)
    return std::nullopt;
  // Boost keeps the end of a month at the end of the month it reaches; the sum was just seen to be in its range.
  return from_boost(to_boost(date) + greg::months(static_cast<int>(months)));
}

std::optional<std::vector<PublicHoliday>> french_public_holidays(std::int64_t year) {
  if (year < first_year || year > last_year)
    return std::nullopt;
  return holidays_of(year);
}

std::optional<bool> is_public_holiday(Date date) {
  if (!in_range(date))
    return std::nullopt;
  return is_among(holidays_of(date.civil().year), date);
}

std::optional<bool> is_working_day(Date date) { return is_counted(date, 5); }
std::optional<bool> is_business_day_ouvrable(Date date) { return is_counted(date, 6); }
std::optional<Date> add_working_days(Date date, std::int64_t count) { return add_counted(date, count, 5); }
std::optional<Date> add_ouvrables(Date date, std::int64_t count) { return add_counted(date, count, 6); }

} // namespace spie::feel
