// Named zones, read from the system's zone database through the date library, which this file alone includes. The
// database is the one exception to "no global state" (decisions §3, Zones): it is read once, on first use.
#include "spie/feel/temporal.hpp"

#include <date/tz.h>

#include <algorithm>
#include <exception>

namespace spie::feel {

namespace {

// The database lists each change of the clocks until 2037, later for the zones whose changes follow no rule (Morocco).
// A later date takes the offset of a year from 2026 to 2037 in which it falls on the same weekday: the rules in force
// are written as "last Sunday of March", and those twelve years hold the common year that starts on each of the seven
// days.
constexpr std::int64_t last_listed_year = 2037;
constexpr std::int64_t first_model_year = 2026;
constexpr std::int64_t first_listed_year = 1800; // before any change: local mean time
constexpr std::int64_t last_year_asked = 9999;   // what is listed after 2037 ends long before

const date::time_zone *find(std::string_view id) {
  try {
    return date::locate_zone(id);
  } catch (const std::exception &) { // unknown, or there is no database
    return nullptr;
  }
}

// The seconds of a clock (local or universal) that the database is asked for in place of `clock`.
std::int64_t listed(const date::time_zone &zone, std::int64_t clock) {
  const std::int64_t day = clock / seconds_per_day - (clock % seconds_per_day < 0 ? 1 : 0);
  const std::int64_t year = Date{day}.civil().year;
  if (year <= last_listed_year)
    return year < first_listed_year ? Date::from_civil(first_listed_year, 1, 1)->days * seconds_per_day : clock;
  const std::int64_t asked = std::min(clock, Date::from_civil(last_year_asked, 1, 1)->days * seconds_per_day);
  const auto info = zone.get_info(date::sys_seconds(std::chrono::seconds(asked)));
  const auto start_of = [](std::int64_t y) {
    return date::sys_seconds(std::chrono::seconds(Date::from_civil(y, 1, 1)->days * seconds_per_day));
  };
  if (info.begin > start_of(last_listed_year + 1) || info.end < start_of(last_year_asked))
    return asked;
  // In a leap year, what comes before March is counted from its start and the rest from 1 March: each part then is that
  // of a common year.
  const int month = Date{day}.civil().month;
  const Date start = *Date::from_civil(year, month < 3 ? 1 : 3, 1);
  for (std::int64_t model = last_listed_year; model >= first_model_year; --model) {
    const Date candidate = *Date::from_civil(model, month < 3 ? 1 : 3, 1);
    if (candidate.weekday() == start.weekday() && !Date::from_civil(model, 2, 29))
      return clock + (candidate.days - start.days) * seconds_per_day;
  }
  return asked;
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
    const std::chrono::seconds local{listed(*zone, date.days * seconds_per_day + nanos_of_day / nanos_per_second)};
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
    const std::chrono::seconds instant{listed(*zone, seconds_since_epoch)};
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
