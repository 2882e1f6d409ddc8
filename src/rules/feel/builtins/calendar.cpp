// The calendar functions offered to packs: ours, not of the standard.
#include "rules/feel/calendar.hpp"

#include "rules/feel/builtins/support.hpp"

#include <array>

namespace spie::feel {

namespace {

using builtins::Arguments;
using builtins::refused;

constexpr std::string_view outside = "the date, or the result, is outside the years 1400 to 9999";

template <typename Result> Value or_outside(Evaluation &evaluation, const std::optional<Result> &result) {
  return result ? Value(*result) : evaluation.error(Code::feel_argument, std::string(outside));
}

Value month_end(Evaluation &evaluation, Arguments a) { return or_outside(evaluation, end_of_month(a[0].date())); }

Value working_day(Evaluation &evaluation, Arguments a) { return or_outside(evaluation, is_working_day(a[0].date())); }

Value public_holiday(Evaluation &evaluation, Arguments a) {
  return or_outside(evaluation, is_public_holiday(a[0].date()));
}

// A date and a count: a count that is no integer is a mistake, never cut.
template <std::optional<Date> (*move)(Date, std::int64_t)> Value moved(Evaluation &evaluation, Arguments a) {
  const auto count = a[1].number().to_int64();
  if (!count)
    return evaluation.error(Code::feel_argument, "the count " + a[1].number().to_plain_string() + " is not an integer");
  return or_outside(evaluation, move(a[0].date(), *count));
}

Value holidays(Evaluation &evaluation, Arguments a) {
  const auto year = a[0].number().to_int64();
  const auto days = year ? french_public_holidays(*year) : std::nullopt;
  if (!days)
    return refused(evaluation, "public holidays", "the year is not an integer from 1400 to 9999");
  List result;
  for (const PublicHoliday &day : *days)
    result.emplace_back(Context{{"date", day.date}, {"name", day.name}});
  return result;
}

constexpr std::array rows{
    Signature{"end of month", "date: date", "date", month_end, "The last day of the month.",
              "end of month(date(\"2024-02-10\")) = date(\"2024-02-29\")"},
    Signature{"add months", "date: date, months: number", "date", moved<add_months>,
              "The same day of the month, months later; the last day of a month that has no such day.",
              "add months(date(\"2022-01-31\"), 1) = date(\"2022-02-28\")"},
    Signature{"add months end", "date: date, months: number", "date", moved<add_months_end>,
              "As `add months`, and the end of a month stays the end of a month.",
              "add months end(date(\"2022-02-28\"), 1) = date(\"2022-03-31\")"},
    Signature{"is working day", "date: date", "boolean", working_day,
              "Whether the day is a jour ouvré: Monday to Friday, French public holidays left out.",
              "is working day(date(\"2024-05-01\")) = false"},
    Signature{"is public holiday", "date: date", "boolean", public_holiday,
              "Whether the day is one of the French public holidays of article L.3133-1.",
              "is public holiday(date(\"2024-07-14\"))"},
    Signature{"add working days", "date: date, days: number", "date", moved<add_working_days>,
              "The jour ouvré so many after the date, or before it when the count is negative.",
              "add working days(date(\"2024-04-30\"), 1) = date(\"2024-05-02\")"},
    Signature{"add business days", "date: date, days: number", "date", moved<add_ouvrables>,
              "The jour ouvrable (Monday to Saturday) so many after the date, or before it.",
              "add business days(date(\"2024-05-03\"), 1) = date(\"2024-05-04\")"},
    Signature{"public holidays", "year: number", "list", holidays,
              "The French public holidays of the year, each as {date, name}.",
              "public holidays(2024)[1].date = date(\"2024-01-01\")"},
};

} // namespace

std::span<const Signature> calendar_builtins() { return rows; }

} // namespace spie::feel
