#include "rules/feel/temporal_fault.hpp"

#include "spie/feel/temporal.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace spie::feel {

namespace {

constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};

// Takes a number of `least` to `most` digits off the front of the text.
std::optional<std::int64_t> take_number(std::string_view &text, std::size_t least, std::size_t most) {
  std::size_t count = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9')
    ++count;
  if (count < least || count > most)
    return std::nullopt;
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + count, number);
  text.remove_prefix(count);
  return number;
}

bool take(std::string_view &text, char c) {
  if (!text.starts_with(c))
    return false;
  text.remove_prefix(1);
  return true;
}

std::string clock_fault(std::string_view text) {
  const auto hour = take_number(text, 2, 2);
  if (!hour || !take(text, ':'))
    return {};
  const auto minute = take_number(text, 2, 2);
  if (!minute)
    return {};
  if (*hour > 24)
    return "there is no hour " + std::to_string(*hour);
  if (*minute > 59)
    return "there is no minute " + std::to_string(*minute);
  if (!take(text, ':'))
    return "the seconds are missing";
  const auto second = take_number(text, 2, 2);
  if (!second)
    return {};
  if (*second > 59)
    return "there is no second " + std::to_string(*second);
  if (take(text, '.') && !take_number(text, 1, 9))
    return "a fraction of a second has nine digits at most";
  if (*hour == 24)
    return "24:00:00 ends a day, and is no time of one";
  if (text.empty() || Zone::parse(text))
    return {};
  if (take(text, '@'))
    return "there is no time zone " + std::string(text);
  if (text.starts_with('+') || text.starts_with('-'))
    return "'" + std::string(text) + "' is no distance from UTC: it is written +02:00, and is fourteen hours at most";
  return "'" + std::string(text) + "' is no zone: it is written Z, +02:00 or @Europe/Paris";
}

// As people write a date here: 29/02/2021.
std::string french_date(std::string_view text) {
  const auto day = take_number(text, 1, 2);
  const char separator = text.empty() ? ' ' : text.front();
  if (!day || (separator != '/' && separator != '.' && separator != '-') || !take(text, separator))
    return {};
  const auto month = take_number(text, 1, 2);
  if (!month || !take(text, separator))
    return {};
  const auto year = take_number(text, 4, 4);
  if (!year || !text.empty())
    return {};
  if (std::string fault = date_fault(*year, *month, *day); !fault.empty())
    return fault;
  return "a date is written " + Date::from_civil(*year, *month, *day)->to_string();
}

} // namespace

std::string date_fault(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (month < 1 || month > 12)
    return "there is no month " + std::to_string(month);
  if (Date::from_civil(year, month, day) || !Date::from_civil(year, month, 1))
    return {};
  return "there is no " + std::to_string(day) + ' ' + std::string(months[static_cast<std::size_t>(month - 1)]) + ' ' +
         std::to_string(year);
}

std::string temporal_fault(std::string_view text) {
  if (text.size() > 100) // a fault is told of what was meant to be one
    return {};
  if (std::string fault = french_date(text); !fault.empty())
    return fault;
  std::string_view rest = text;
  const bool negative = take(rest, '-');
  const auto year = take_number(rest, 4, 9);
  if (!year || !take(rest, '-'))
    return clock_fault(text);
  const auto month = take_number(rest, 2, 2);
  if (!month || !take(rest, '-'))
    return {};
  const auto day = take_number(rest, 2, 2);
  if (!day)
    return {};
  if (std::string fault = date_fault(negative ? -*year : *year, *month, *day); !fault.empty())
    return fault;
  return take(rest, 'T') ? clock_fault(rest) : std::string();
}

} // namespace spie::feel
