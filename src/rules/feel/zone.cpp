// Named zones, read from the system's zone database through the date library, which this file alone includes. The
// database is the one exception to "no global state" (decisions §3, Zones): it is read once, on first use.
#include "spie/feel/temporal.hpp"

#include <date/tz.h>

#include <algorithm>
#include <exception>

namespace spie::feel {

namespace {

// Debian writes each change of the clocks out until 2037. Beyond, a year follows the rules of a year of this cycle with
// the same calendar (leap or not, same first weekday): 28 years in a row hold all fourteen calendars, and the rules in
// force are written as "last Sunday of March", so that they fall on the same days.
constexpr std::int64_t last_listed_year = 2037;
constexpr std::int64_t cycle_years = 28;
constexpr std::int64_t first_listed_year = 1800; // before any change: local mean time

const date::time_zone *find(std::string_view id) {
  try {
    return date::locate_zone(id);
  } catch (const std::exception &) { // unknown, or there is no database
    return nullptr;
  }
}

// The day of the listed years whose rules hold on `day`.
Date listed(Date day) {
  const CivilDate civil = day.civil();
  if (civil.year < first_listed_year)
    return *Date::from_civil(first_listed_year, 1, 1);
  if (civil.year <= last_listed_year)
    return day;
  const Date first = *Date::from_civil(civil.year, 1, 1);
  const bool leap = Date::from_civil(civil.year, 2, 29).has_value();
  for (std::int64_t year = last_listed_year; year > last_listed_year - cycle_years; --year) {
    const Date candidate = *Date::from_civil(year, 1, 1);
    if (candidate.weekday() == first.weekday() && Date::from_civil(year, 2, 29).has_value() == leap)
      return Date{candidate.days + (day.days - first.days)};
  }
  return day;
}

std::optional<std::int32_t> seconds(std::chrono::seconds offset) { return static_cast<std::int32_t>(offset.count()); }

} // namespace

Zone Zone::offset(std::int32_t seconds) noexcept {
  Zone zone;
  zone.kind_ = Kind::offset;
  zone.offset_ = seconds;
  return zone;
}

std::optional<Zone> Zone::named(std::string_view id) {
  constexpr std::size_t longest = 64; // no name of the database is half as long
  const bool plausible = !id.empty() && id.size() <= longest && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
           c == '-' || c == '+';
  });
  if (!plausible || find(id) == nullptr)
    return std::nullopt;
  Zone zone;
  zone.kind_ = Kind::named;
  zone.id_ = std::make_shared<const std::string>(id);
  return zone;
}

const std::string &Zone::id() const {
  static const std::string none;
  return id_ ? *id_ : none;
}

std::optional<std::int32_t> Zone::offset_at(Date date, std::int64_t nanos_of_day) const {
  if (kind_ == Kind::local)
    return std::nullopt;
  if (kind_ == Kind::offset)
    return offset_;
  try {
    const auto *zone = find(*id_);
    if (zone == nullptr)
      return std::nullopt;
    const std::chrono::seconds local{listed(date).days * seconds_per_day + nanos_of_day / nanos_per_second};
    return seconds(zone->get_info(date::local_seconds(local)).first.offset);
  } catch (const std::exception &) {
    return std::nullopt;
  }
}

std::optional<std::int32_t> Zone::offset_at_instant(std::int64_t seconds_since_epoch) const {
  if (kind_ == Kind::local)
    return std::nullopt;
  if (kind_ == Kind::offset)
    return offset_;
  try {
    const auto *zone = find(*id_);
    if (zone == nullptr)
      return std::nullopt;
    const std::int64_t day = seconds_since_epoch / seconds_per_day - (seconds_since_epoch % seconds_per_day < 0 ? 1 : 0);
    const std::chrono::seconds instant{seconds_since_epoch + (listed(Date{day}).days - day) * seconds_per_day};
    return seconds(zone->get_info(date::sys_seconds(instant)).offset);
  } catch (const std::exception &) {
    return std::nullopt;
  }
}

std::optional<std::int32_t> Zone::standard_offset() const {
  if (kind_ != Kind::named)
    return kind_ == Kind::local ? std::nullopt : std::optional(offset_);
  // Summer time is the greater of the two offsets, whichever hemisphere.
  const auto january = offset_at(*Date::from_civil(2022, 1, 1), 0);
  const auto july = offset_at(*Date::from_civil(2022, 7, 1), 0);
  return january && july ? std::optional(std::min(*january, *july)) : std::nullopt;
}

bool operator==(const Zone &a, const Zone &b) noexcept {
  return a.kind_ == b.kind_ && a.offset_ == b.offset_ && (a.id_ == b.id_ || (a.id_ && b.id_ && *a.id_ == *b.id_));
}

} // namespace spie::feel
