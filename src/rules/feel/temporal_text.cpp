// Dates, times and durations read from and written as text (XSD 1.1 part 2 §3.3, DMN 1.5 §10.3.2.3.3-8). Every reader
// is a single pass over its text, without locale, and refuses what it does not consume.
#include "spie/feel/temporal.hpp"

#include <array>

namespace spie::feel {

namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// What remains of a text.
class Cursor {
public:
  explicit Cursor(std::string_view text) noexcept : rest_(text) {}

  bool at_end() const noexcept { return rest_.empty(); }
  char peek() const noexcept { return rest_.empty() ? '\0' : rest_.front(); }
  std::string_view rest() const noexcept { return rest_; }

  bool accept(char c) noexcept {
    if (rest_.empty() || rest_.front() != c)
      return false;
    rest_.remove_prefix(1);
    return true;
  }

  // The digits that come next, all of them.
  std::string_view digits() noexcept {
    std::size_t count = 0;
    while (count < rest_.size() && is_digit(rest_[count]))
      ++count;
    const auto found = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return found;
  }

  std::optional<int> two_digits() noexcept {
    if (rest_.size() < 2 || !is_digit(rest_[0]) || !is_digit(rest_[1]))
      return std::nullopt;
    const int value = (rest_[0] - '0') * 10 + (rest_[1] - '0');
    rest_.remove_prefix(2);
    return value;
  }

private:
  std::string_view rest_;
};

std::optional<std::int64_t> integer(std::string_view digits) noexcept {
  if (digits.empty())
    return std::nullopt;
  std::int64_t value = 0;
  for (const char c : digits)
    if (__builtin_mul_overflow(value, std::int64_t{10}, &value) ||
        __builtin_add_overflow(value, std::int64_t{c - '0'}, &value))
      return std::nullopt;
  return value;
}

// Digits after a point, as nanoseconds; digits beyond the ninth must be zeros: a fraction is never cut silently.
std::optional<std::int32_t> fraction(std::string_view digits) noexcept {
  std::int32_t value = 0;
  for (std::size_t i = 0; i < 9; ++i)
    value = value * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  for (std::size_t i = 9; i < digits.size(); ++i)
    if (digits[i] != '0')
      return std::nullopt;
  return value;
}

std::optional<Date> read_date(Cursor &cursor) noexcept {
  const bool negative = cursor.accept('-');
  const auto digits = cursor.digits();
  if (digits.size() < 4 || digits.size() > 9 || (digits.size() > 4 && digits.front() == '0') || !cursor.accept('-'))
    return std::nullopt;
  const auto year = integer(digits);
  const auto month = cursor.two_digits();
  if (!year || !month || !cursor.accept('-'))
    return std::nullopt;
  const auto day = cursor.two_digits();
  if (!day)
    return std::nullopt;
  return Date::from_civil(negative ? -*year : *year, *month, *day);
}

struct Clock {
  std::int64_t nanos; // of the day; a whole day for 24:00:00
};

std::optional<Clock> read_clock(Cursor &cursor) noexcept {
  const auto hour = cursor.two_digits();
  if (!hour || !cursor.accept(':'))
    return std::nullopt;
  const auto minute = cursor.two_digits();
  if (!minute || !cursor.accept(':'))
    return std::nullopt;
  const auto second = cursor.two_digits();
  if (!second || *minute > 59 || *second > 59)
    return std::nullopt;
  std::int32_t nanos = 0;
  if (cursor.accept('.')) {
    const auto digits = cursor.digits();
    const auto value = fraction(digits);
    if (digits.empty() || !value)
      return std::nullopt;
    nanos = *value;
  }
  const std::int64_t total = ((*hour * 60 + *minute) * 60 + *second) * nanos_per_second + nanos;
  if (total > seconds_per_day * nanos_per_second) // 24:00:00 alone may name the end of the day
    return std::nullopt;
  return Clock{total};
}

void append_padded(std::string &text, std::uint64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width)
    text.append(width - digits.size(), '0');
  text += digits;
}

void append_fraction(std::string &text, std::int32_t nanos) {
  if (nanos == 0)
    return;
  std::string digits = std::to_string(nanos);
  digits.insert(0, 9 - digits.size(), '0');
  digits.erase(digits.find_last_not_of('0') + 1);
  text += '.' + digits;
}

std::uint64_t magnitude(std::int64_t value) noexcept {
  return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

} // namespace

std::optional<MonthsDuration> MonthsDuration::parse(std::string_view text) {
  Cursor cursor(text);
  const bool negative = cursor.accept('-');
  if (!cursor.accept('P'))
    return std::nullopt;
  std::int64_t total = 0;
  std::size_t next = 0;
  constexpr std::array units{std::pair{'Y', std::int64_t{12}}, std::pair{'M', std::int64_t{1}}};
  do {
    const auto count = integer(cursor.digits());
    while (next < units.size() && !cursor.accept(units[next].first))
      ++next;
    std::int64_t part = 0;
    if (!count || next == units.size() || __builtin_mul_overflow(*count, units[next].second, &part) ||
        __builtin_add_overflow(total, part, &total))
      return std::nullopt;
    ++next;
  } while (!cursor.at_end());
  return MonthsDuration{negative ? -total : total};
}

std::string MonthsDuration::to_string() const {
  if (months == 0)
    return "P0M";
  const std::uint64_t total = magnitude(months);
  std::string text = months < 0 ? "-P" : "P";
  if (total / 12 != 0)
    text += std::to_string(total / 12) + 'Y';
  if (total % 12 != 0)
    text += std::to_string(total % 12) + 'M';
  return text;
}

std::optional<DaysDuration> DaysDuration::parse(std::string_view text) {
  Cursor cursor(text);
  const bool negative = cursor.accept('-');
  if (!cursor.accept('P') || cursor.at_end())
    return std::nullopt;
  std::int64_t total = 0;
  std::int32_t nanos = 0;
  const auto add_part = [&total](std::string_view digits, std::int64_t unit) {
    const auto count = integer(digits);
    std::int64_t part = 0;
    return count && !__builtin_mul_overflow(*count, unit, &part) && !__builtin_add_overflow(total, part, &total);
  };
  if (cursor.peek() != 'T' && (!add_part(cursor.digits(), seconds_per_day) || !cursor.accept('D')))
    return std::nullopt;
  if (cursor.accept('T')) {
    constexpr std::array units{std::pair{'H', std::int64_t{3600}}, std::pair{'M', std::int64_t{60}},
                               std::pair{'S', std::int64_t{1}}};
    std::size_t next = 0;
    do {
      const auto digits = cursor.digits();
      if (cursor.accept('.')) { // seconds only; the digits after the point may be missing (TCK 1120 "PT0.S")
        const auto value = fraction(cursor.digits());
        if (!value || cursor.peek() != 'S')
          return std::nullopt;
        nanos = *value;
      }
      while (next < units.size() && !cursor.accept(units[next].first))
        ++next;
      if (next == units.size() || !add_part(digits, units[next].second))
        return std::nullopt;
      ++next;
    } while (!cursor.at_end());
  }
  if (!cursor.at_end())
    return std::nullopt;
  const DaysDuration result{total, nanos};
  return negative ? negate(result) : result;
}

std::string DaysDuration::to_string() const {
  if (seconds == 0 && nanos == 0)
    return "PT0S";
  const bool negative = seconds < 0;
  // The magnitude of a negative value: -(s + n) = (-s - 1) + (1 - n) as soon as there is a fraction.
  const bool borrow = negative && nanos > 0;
  std::uint64_t total = magnitude(seconds) - (borrow ? 1 : 0);
  const std::int32_t part = borrow ? static_cast<std::int32_t>(nanos_per_second) - nanos : nanos;
  std::string text = negative ? "-P" : "P";
  if (total / 86'400 != 0)
    text += std::to_string(total / 86'400) + 'D';
  total %= 86'400;
  if (total == 0 && part == 0)
    return text;
  text += 'T';
  if (total / 3600 != 0)
    text += std::to_string(total / 3600) + 'H';
  if (total / 60 % 60 != 0)
    text += std::to_string(total / 60 % 60) + 'M';
  if (total % 60 != 0 || part != 0) {
    text += std::to_string(total % 60);
    append_fraction(text, part);
    text += 'S';
  }
  return text;
}

std::optional<Date> Date::parse(std::string_view text) noexcept {
  Cursor cursor(text);
  const auto date = read_date(cursor);
  return date && cursor.at_end() ? date : std::nullopt;
}

std::string Date::to_string() const {
  const CivilDate c = civil();
  std::string text = c.year < 0 ? "-" : "";
  append_padded(text, magnitude(c.year), 4);
  text += '-';
  append_padded(text, magnitude(c.month), 2);
  text += '-';
  append_padded(text, magnitude(c.day), 2);
  return text;
}

std::optional<Zone> Zone::parse(std::string_view text) {
  if (text.empty())
    return Zone();
  if (text == "Z")
    return offset(0);
  if (text.front() == '@')
    return named(text.substr(1));
  Cursor cursor(text);
  const bool negative = cursor.peek() == '-';
  if (!cursor.accept('+') && !cursor.accept('-'))
    return std::nullopt;
  const auto hours = cursor.two_digits();
  if (!hours || !cursor.accept(':'))
    return std::nullopt;
  const auto minutes = cursor.two_digits();
  std::optional<int> seconds = 0;
  if (cursor.accept(':'))
    seconds = cursor.two_digits();
  if (!minutes || !seconds || *minutes > 59 || *seconds > 59 || !cursor.at_end())
    return std::nullopt;
  const std::int32_t total = (*hours * 60 + *minutes) * 60 + *seconds;
  if (total > 14 * 3600) // XSD 1.1 part 2 §3.3.7: no zone is farther than fourteen hours
    return std::nullopt;
  return offset(negative ? -total : total);
}

std::string Zone::to_string() const {
  if (is_local())
    return {};
  if (is_named())
    return '@' + id();
  if (offset_ == 0)
    return "Z";
  const std::uint64_t total = magnitude(offset_);
  std::string text = offset_ < 0 ? "-" : "+";
  append_padded(text, total / 3600, 2);
  text += ':';
  append_padded(text, total / 60 % 60, 2);
  if (total % 60 != 0) {
    text += ':';
    append_padded(text, total % 60, 2);
  }
  return text;
}

std::optional<Time> Time::parse(std::string_view text) {
  Cursor cursor(text);
  const auto clock = read_clock(cursor);
  if (!clock)
    return std::nullopt;
  const auto zone = Zone::parse(cursor.rest());
  if (!zone)
    return std::nullopt;
  return Time{clock->nanos % (seconds_per_day * nanos_per_second), *zone};
}

std::string Time::to_string() const {
  std::string text;
  append_padded(text, magnitude(hour()), 2);
  text += ':';
  append_padded(text, magnitude(minute()), 2);
  text += ':';
  append_padded(text, magnitude(second()), 2);
  append_fraction(text, nanosecond());
  return text + zone.to_string();
}

std::optional<DateTime> DateTime::parse(std::string_view text) {
  Cursor cursor(text);
  auto date = read_date(cursor);
  if (!date || !cursor.accept('T'))
    return std::nullopt;
  const auto clock = read_clock(cursor);
  const auto zone = clock ? Zone::parse(cursor.rest()) : std::nullopt;
  if (!zone)
    return std::nullopt;
  constexpr std::int64_t day = seconds_per_day * nanos_per_second;
  if (clock->nanos == day)
    date = date->plus_days(1);
  if (!date)
    return std::nullopt;
  return DateTime{*date, Time{clock->nanos % day, *zone}};
}

std::string DateTime::to_string() const { return date.to_string() + 'T' + time.to_string(); }

} // namespace spie::feel
