// Dates on the calendar, and the clock (DMN 1.5 §10.3.4.7). `is` stands with the booleans.
#include "rules/feel/builtins/support.hpp"

#include <array>

namespace spie::feel {

namespace {

using builtins::Arguments;

Date date_of(const Value &value) { return value.is(Kind::date) ? value.date() : value.date_time().date; }

Value day_of_year(Evaluation &, Arguments a) { return date_of(a[0]).day_of_year(); }

Value day_of_week(Evaluation &, Arguments a) {
  constexpr std::array<std::string_view, 7> days{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                 "Friday", "Saturday", "Sunday"};
  return days[static_cast<std::size_t>(date_of(a[0]).weekday() - 1)];
}

Value month_of_year(Evaluation &, Arguments a) {
  constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                    "May",       "June",     "July",     "August",
                                                    "September", "October",  "November", "December"};
  return months[static_cast<std::size_t>(date_of(a[0]).civil().month - 1)];
}

Value week_of_year(Evaluation &, Arguments a) { return date_of(a[0]).week_of_year(); }

Value now(Evaluation &evaluation, Arguments) {
  return evaluation.instant() ? Value(*evaluation.now) : evaluation.error(Code::feel_clock, "`now` needs an instant");
}

Value today(Evaluation &evaluation, Arguments) {
  return evaluation.instant() ? Value(evaluation.now->date)
                              : evaluation.error(Code::feel_clock, "`today` needs an instant");
}

constexpr std::array rows{
    Signature{"day of year", "date: date | date and time", "number", day_of_year, "The number of the day in its year.",
              "day of year(date(\"2019-09-17\")) = 260"},
    Signature{"day of week", "date: date | date and time", "string", day_of_week,
              "The English name of the day of the week.", "day of week(date(\"2019-09-17\")) = \"Tuesday\""},
    Signature{"month of year", "date: date | date and time", "string", month_of_year, "The English name of the month.",
              "month of year(date(\"2019-09-17\")) = \"September\""},
    Signature{"week of year", "date: date | date and time", "number", week_of_year,
              "The number of the week by ISO 8601.", "week of year(date(\"2005-01-01\")) = 53"},
    Signature{"now", "", "date and time", now, "The instant of the evaluation, given by whoever evaluates.",
              "now() = now()"},
    Signature{"today", "", "date", today, "The date of the evaluation, given by whoever evaluates.",
              "today() = date(now())"},
};

} // namespace

std::span<const Signature> temporal_builtins() { return rows; }

} // namespace spie::feel
