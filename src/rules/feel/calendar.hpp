// The calendar functions that packs may call: ends of months, months date to date, working days, French public
// holidays. Dates of the years 1400 to 9999 (Boost.Date_Time holds no others); any other, given or reached, is nullopt.
#pragma once

#include "spie/feel/temporal.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace spie::feel {

// The last day of the date's month.
std::optional<Date> end_of_month(Date date);

// Date to date ("de quantième à quantième", art. 641 du code de procédure civile): the same day of the month, or the
// last day of a month that has no such day. 2022-01-31 + 1 = 2022-02-28; 2022-02-28 + 1 = 2022-03-28.
std::optional<Date> add_months(Date date, std::int64_t months);

// As add_months, and an end of month stays an end of month: 2022-02-28 + 1 = 2022-03-31.
std::optional<Date> add_months_end(Date date, std::int64_t months);

struct PublicHoliday {
  Date date;
  std::string_view name; // French, as the law writes it
};

// The eleven "fêtes légales" of art. L.3133-1 du code du travail as it stands, whatever the year; those of
// Alsace-Moselle (art. L.3134-13) are not among them. In the order of their dates; two may share one (1 May 2008).
std::optional<std::vector<PublicHoliday>> french_public_holidays(std::int64_t year);

std::optional<bool> is_public_holiday(Date date);

// Jour ouvré: Monday to Friday, public holidays left out.
std::optional<bool> is_working_day(Date date);

// Jour ouvrable: Monday to Saturday, public holidays left out.
std::optional<bool> is_business_day_ouvrable(Date date);

// The count-th jour ouvré after the date (before it when count is negative); the date itself is not counted, and is
// the answer when count is zero.
std::optional<Date> add_working_days(Date date, std::int64_t count);

// The same with jours ouvrables.
std::optional<Date> add_ouvrables(Date date, std::int64_t count);

} // namespace spie::feel
