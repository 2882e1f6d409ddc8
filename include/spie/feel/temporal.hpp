// FEEL dates, times and durations (DMN 1.5 §10.3.2.3.3-10.3.2.3.8). Dates are a day count of our own, since FEEL
// asks for years up to ±999,999,999, which no library holds; named zones come from the system's zone database.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace spie::feel {

constexpr std::int64_t nanos_per_second = 1'000'000'000;
constexpr std::int64_t seconds_per_day = 86'400;

struct CivilDate {
  std::int64_t year; // proleptic Gregorian, year 0 exists, -999999999 … 999999999
  int month;         // 1 … 12
  int day;           // 1 … 31
  friend bool operator==(const CivilDate &, const CivilDate &) = default;
};

// A number of calendar months; FEEL's "years and months duration".
struct MonthsDuration {
  std::int64_t months = 0;
  // xsd:yearMonthDuration, "-P1Y2M"; nullopt when it is not one or does not fit.
  static std::optional<MonthsDuration> parse(std::string_view text);
  std::string to_string() const; // "P1Y2M", "P0M"
  friend auto operator<=>(const MonthsDuration &, const MonthsDuration &) = default;
};

// An exact length of time; FEEL's "days and time duration". The value is seconds + nanos / 1e9, 0 <= nanos < 1e9.
struct DaysDuration {
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;
  static std::optional<DaysDuration> parse(std::string_view text); // xsd:dayTimeDuration, "-P1DT2H3M4.5S"
  std::string to_string() const;                                   // "P1DT2H", "PT0S"
  friend auto operator<=>(const DaysDuration &, const DaysDuration &) = default;
};

struct Date {
  std::int64_t days = 0; // since 1970-01-01
  static std::optional<Date> from_civil(std::int64_t year, std::int64_t month, std::int64_t day) noexcept;
  static std::optional<Date> parse(std::string_view text) noexcept; // xsd:date without zone; "2024-02-29"
  CivilDate civil() const noexcept;
  int weekday() const noexcept; // 1 = Monday … 7 = Sunday
  int day_of_year() const noexcept;
  int week_of_year() const noexcept; // ISO 8601
  std::string to_string() const;
  // Calendar months: the day is clamped to the end of the month (31 January + P1M = 28 or 29 February).
  std::optional<Date> plus_months(std::int64_t months) const noexcept;
  std::optional<Date> plus_days(std::int64_t count) const noexcept;
  friend auto operator<=>(const Date &, const Date &) = default;
};

// Nothing (local), a fixed offset, or a named zone of the IANA database.
class Zone {
public:
  Zone() noexcept = default;
  static Zone offset(std::int32_t seconds) noexcept;       // |seconds| <= 14 h, checked by the callers
  static std::optional<Zone> named(std::string_view id);   // "Europe/Paris"; nullopt when the database has none
  static std::optional<Zone> parse(std::string_view text); // "", "Z", "+02:00", "@Europe/Paris"
  bool is_local() const noexcept { return kind_ == Kind::local; }
  bool is_named() const noexcept { return kind_ == Kind::named; }
  const std::string &id() const;                                   // of a named zone
  std::int32_t offset_seconds() const noexcept { return offset_; } // of an offset zone
  // The offset in force for a local date and time; nullopt for local. A time that the clocks skip (spring) takes the
  // offset before the change, a time that they show twice (autumn) the first of the two. A year later than the database
  // reaches takes the rules of a year with the same calendar, an earlier one those of its first entry.
  std::optional<std::int32_t> offset_at(Date date, std::int64_t nanos_of_day) const;
  // The offset in force at an instant, in seconds since 1970-01-01T00:00:00 UTC; nullopt for local.
  std::optional<std::int32_t> offset_at_instant(std::int64_t seconds_since_epoch) const;
  // For a time without a date: of a named zone, the offset of its winter under the rules of 2022; nullopt for local.
  std::optional<std::int32_t> standard_offset() const;
  std::string to_string() const; // "", "Z", "+02:00", "@Europe/Paris"
  friend bool operator==(const Zone &a, const Zone &b) noexcept;

private:
  enum class Kind : std::uint8_t { local, offset, named };
  Kind kind_ = Kind::local;
  std::int32_t offset_ = 0;
  std::shared_ptr<const std::string> id_;
};

struct Time {
  std::int64_t nanos = 0; // of the day, 0 … 86,399,999,999,999
  Zone zone;
  static std::optional<Time> from_parts(std::int64_t hour, std::int64_t minute, std::int64_t second, std::int32_t nanos,
                                        Zone zone);
  static std::optional<Time> parse(std::string_view text); // "10:30:00.5+02:00", "10:30:00@Europe/Paris"
  int hour() const noexcept;
  int minute() const noexcept;
  int second() const noexcept; // whole seconds
  int nanosecond() const noexcept;
  std::string to_string() const;
};

struct DateTime {
  Date date;
  Time time; // its zone is the zone of the whole
  // "2024-02-29T10:30:00Z"; "24:00:00" is the midnight that follows where XSD allows it.
  static std::optional<DateTime> parse(std::string_view text);
  std::string to_string() const;
  // Midnight of no zone: what a source without a type for dates writes for a date.
  bool is_bare_date() const noexcept { return time.nanos == 0 && time.zone.is_local(); }
  // Seconds and nanoseconds since 1970-01-01T00:00:00 UTC (of its local clock when it has no zone).
  DaysDuration since_epoch() const;
};

// FEEL's order and equality, whole seconds alone (fractions are dropped: TCK 0068 datetime_003_a): nullopt where the
// two cannot be compared (one with a zone, one without).
std::optional<int> compare(const Time &a, const Time &b);
std::optional<int> compare(const DateTime &a, const DateTime &b);

// Arithmetic of DMN 1.5 tables 58-62; nullopt when the result leaves the range. Months move the local date and keep the
// local time. Lengths of time move the instant: across a change of the clocks in a named zone the local time shifts,
// and where the result falls on the second showing of a repeated hour it carries its offset instead of the zone's name.
std::optional<DateTime> add(const DateTime &a, MonthsDuration d);
std::optional<DateTime> add(const DateTime &a, DaysDuration d);
std::optional<DateTime> add(Date a, DaysDuration d); // from midnight UTC; FEEL keeps the date alone (TCK 0100)
Time add(const Time &a, DaysDuration d);             // around the clock
std::optional<DaysDuration> subtract(const DateTime &a, const DateTime &b);
std::optional<DaysDuration> subtract(const Time &a, const Time &b);
std::optional<DaysDuration> add(DaysDuration a, DaysDuration b) noexcept;
std::optional<MonthsDuration> add(MonthsDuration a, MonthsDuration b) noexcept;
std::optional<DaysDuration> negate(DaysDuration a) noexcept;
std::optional<MonthsDuration> negate(MonthsDuration a) noexcept;
// "years and months duration(from, to)": whole months between, towards zero, by the day of the month as written
// (31 January to 29 February is no whole month).
MonthsDuration months_between(Date from, Date to) noexcept;

} // namespace spie::feel
