// Values from texts and from their parts (DMN 1.5 §10.3.4.1). A text that denotes no value is null with F007.
#include "rules/feel/builtins/support.hpp"
#include "rules/feel/operators.hpp"
#include "rules/feel/temporal_fault.hpp"

#include <algorithm>
#include <array>

namespace spie::feel {

namespace {

using builtins::Arguments;
using builtins::refused;

Value unreadable(Evaluation &evaluation, const Value &text, std::string_view what) {
  const std::string fault = temporal_fault(text.text());
  return evaluation.error(Code::feel_conversion,
                          fault.empty() ? in_brief(text) + " is not a " + std::string(what)
                                        : in_brief(text) + ": " + fault,
                          text.text().substr(0, 80));
}

template <typename Read>
Value or_unreadable(Evaluation &evaluation, const std::optional<Read> &read, const Value &text, std::string_view what) {
  return read ? Value(*read) : unreadable(evaluation, text, what);
}

// A text with a separator of thousands (blank, comma, point) and one of decimals (comma, point).
Value number_of(Evaluation &evaluation, Arguments a) {
  const std::string grouping = a[1].is_null() ? "" : a[1].text();
  const std::string decimal = a[2].is_null() ? "." : a[2].text();
  if (!grouping.empty() && grouping != " " && grouping != "," && grouping != ".")
    return refused(evaluation, "number", "the grouping separator is none of \" \", \",\", \".\"");
  if (decimal != "." && decimal != ",")
    return refused(evaluation, "number", "the decimal separator is neither \".\" nor \",\"");
  if (grouping == decimal || (a[1].is(Kind::text) && grouping.empty()))
    return refused(evaluation, "number", "the two separators are the same, or one is empty");
  std::string plain;
  for (const char c : a[0].text()) {
    if (!grouping.empty() && c == grouping.front())
      continue;
    if (c == '.' && decimal == ",") // neither separator
      return unreadable(evaluation, a[0], "number");
    plain += c == decimal.front() ? '.' : c;
  }
  return or_unreadable(evaluation, Number::parse(plain), a[0], "number");
}

Value text_of(Evaluation &evaluation, Arguments a) {
  if (a[0].is_null() || a[0].is(Kind::text))
    return a[0];
  // Not written out to be measured: what is shared unfolds.
  if (a[0].unfolded() / 32 > evaluation.limits.text_size)
    return evaluation.error(Code::feel_limit,
                            "a text would have more than " + std::to_string(evaluation.limits.text_size) + " bytes");
  return evaluation.made(a[0].to_string());
}

Value date_from(Evaluation &evaluation, Arguments a) {
  if (a[0].is(Kind::date))
    return a[0];
  if (a[0].is(Kind::date_time))
    return a[0].date_time().date;
  return or_unreadable(evaluation, Date::parse(a[0].text()), a[0], "date written as 2022-06-01");
}

// Why parts make no date or time.
std::string fault_of_date(Arguments a) {
  const auto year = a[0].number().to_int64(), month = a[1].number().to_int64(), day = a[2].number().to_int64();
  const std::string fault = year && month && day ? date_fault(*year, *month, *day) : std::string();
  return fault.empty() ? "there is no such date" : fault;
}

std::string fault_of_zone(const Value &zone) {
  if (!zone.is(Kind::text))
    return "no zone is more than fourteen hours away from UTC";
  return "there is no time zone " + in_brief(zone);
}

std::optional<Date> date_of_parts(Arguments a) {
  const auto year = a[0].number().to_int64(), month = a[1].number().to_int64(), day = a[2].number().to_int64();
  return year && month && day ? Date::from_civil(*year, *month, *day) : std::nullopt;
}

Value date_from_parts(Evaluation &evaluation, Arguments a) {
  const auto date = date_of_parts(a);
  return date ? Value(*date) : refused(evaluation, "date", fault_of_date(a));
}

constexpr std::int64_t nanos_per_minute = 60 * nanos_per_second;

// Hour, minute and second; the second may have a fraction of up to nine digits.
std::optional<Time> time_of_parts(Arguments a, Zone zone) {
  const auto hour = a[0].number().to_int64(), minute = a[1].number().to_int64();
  const auto scaled = a[2].number().multiply(nanos_per_second);
  const auto nanos = scaled.value_or(Number(-1)).to_int64();
  if (!hour || !minute || !nanos || *nanos < 0 || *nanos >= nanos_per_minute)
    return std::nullopt;
  return Time::from_parts(*hour, *minute, *nanos / nanos_per_second,
                          static_cast<std::int32_t>(*nanos % nanos_per_second), std::move(zone));
}

// A zone given as its offset, as its name ("Europe/Paris", "+02:00"), or not at all.
std::optional<Zone> zone_of(const Value &value) {
  if (value.is_null())
    return Zone();
  if (value.is(Kind::text)) {
    auto named = Zone::named(value.text());
    return named || value.text().empty() ? named : Zone::parse(value.text());
  }
  const DaysDuration offset = value.days_duration();
  constexpr std::int64_t farthest = std::int64_t{14} * 3600;
  if (offset.nanos != 0 || offset.seconds > farthest || offset.seconds < -farthest)
    return std::nullopt;
  return Zone::offset(static_cast<std::int32_t>(offset.seconds));
}

Value time_from(Evaluation &evaluation, Arguments a) {
  if (a[0].is(Kind::time))
    return a[0];
  if (a[0].is(Kind::date_time))
    return a[0].date_time().time;
  // 24:00:00 names the midnight that ends a date; without a date it is no time.
  const auto time = a[0].text().starts_with("24") ? std::nullopt : Time::parse(a[0].text());
  return or_unreadable(evaluation, time, a[0], "time written as 13:20:00");
}

Value time_from_parts(Evaluation &evaluation, Arguments a) {
  auto zone = zone_of(a[3]);
  if (!zone)
    return refused(evaluation, "time", fault_of_zone(a[3]));
  const auto time = time_of_parts(a, std::move(*zone));
  return time ? Value(*time) : refused(evaluation, "time", "there is no such time");
}

Value date_time_from(Evaluation &evaluation, Arguments a) {
  if (const auto date = Date::parse(a[0].text())) // TCK 1117 007: a date alone is its midnight
    return DateTime{*date, Time{}};
  return or_unreadable(evaluation, DateTime::parse(a[0].text()), a[0], "date and time written as 2022-06-01T13:20:00");
}

// The zone of the result is that of the time.
Value date_time_from_both(Evaluation &, Arguments a) {
  return DateTime{a[0].is(Kind::date) ? a[0].date() : a[0].date_time().date, a[1].time()};
}

Value date_time_from_parts(Evaluation &evaluation, Arguments a) {
  auto zone = zone_of(a[6]);
  const auto date = date_of_parts(a);
  if (!date)
    return refused(evaluation, "date and time", fault_of_date(a));
  if (!zone)
    return refused(evaluation, "date and time", fault_of_zone(a[6]));
  const auto time = time_of_parts(a.subspan(3), std::move(*zone));
  return time ? Value(DateTime{*date, *time}) : refused(evaluation, "date and time", "there is no such time");
}

Value duration_from(Evaluation &evaluation, Arguments a) {
  if (!a[0].is(Kind::text))
    return a[0];
  if (const auto months = MonthsDuration::parse(a[0].text()))
    return *months;
  return or_unreadable(evaluation, DaysDuration::parse(a[0].text()), a[0], "duration written as P1Y2M or P1DT2H3M4S");
}

// The hours of the day do not count (TCK 1121).
Value months_duration_between(Evaluation &, Arguments a) {
  const auto date = [](const Value &value) { return value.is(Kind::date) ? value.date() : value.date_time().date; };
  return months_between(date(a[0]), date(a[1]));
}

constexpr std::array rows{
    Signature{"number", "from: string, grouping separator: string | null?, decimal separator: string | null?", "number",
              number_of, "The number that the text denotes, with these separators.",
              "number(\"1 000,5\", \" \", \",\") = 1000.5"},
    Signature{"string", "from: any", "string", text_of, "The value as a text; null for null.",
              "string(1.10) = \"1.1\""},
    Signature{"date", "from: string | date | date and time", "date", date_from,
              "The date that the text denotes, or the date of a date and time.",
              "date(\"2022-06-01\") = date(2022, 6, 1)"},
    Signature{"date", "year: number, month: number, day: number", "date", date_from_parts, "The date of these parts.",
              "date(2022, 6, 1).month = 6"},
    Signature{"time", "from: string | time | date and time", "time", time_from,
              "The time that the text denotes, or the time of a date and time.",
              "time(date and time(\"2022-06-01T10:30:00Z\")) = time(\"10:30:00Z\")"},
    Signature{"time", "hour: number, minute: number, second: number, offset: days and time duration | null?", "time",
              time_from_parts, "The time of these parts, with its distance from UTC.",
              "time(10, 30, 0, duration(\"PT2H\")) = time(\"10:30:00+02:00\")"},
    Signature{"date and time", "from: string", "date and time", date_time_from,
              "The date and time that the text denotes.", "date and time(\"2022-06-01T10:30:00\").hour = 10"},
    Signature{"date and time", "date: date | date and time, time: time", "date and time", date_time_from_both,
              "The date at the time; the zone is that of the time.",
              "date and time(date(\"2022-06-01\"), time(\"10:30:00\")) = date and time(\"2022-06-01T10:30:00\")"},
    Signature{"date and time",
              "year: number, month: number, day: number, hour: number, minute: number, second: number, "
              "offset: days and time duration | string | null?",
              "date and time", date_time_from_parts,
              "The date and time of these parts, with its distance from UTC or the name of its zone.",
              "date and time(2022, 6, 1, 10, 30, 0) = date and time(\"2022-06-01T10:30:00\")"},
    Signature{"duration", "from: string | days and time duration | years and months duration",
              "days and time duration | years and months duration", duration_from,
              "The duration that the text denotes, of either kind.", "duration(\"P1D\") = duration(\"PT24H\")"},
    Signature{"years and months duration", "from: date | date and time, to: date | date and time",
              "years and months duration", months_duration_between, "The whole months between the two.",
              "years and months duration(date(\"2011-12-22\"), date(\"2013-08-24\")) = duration(\"P1Y8M\")"},
};

} // namespace

std::span<const Signature> conversion_builtins() { return rows; }

} // namespace spie::feel
