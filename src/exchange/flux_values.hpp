// Values as the flows of the CAF write them: filled with zeros, dates as 2022-03-05.
#pragma once

#include "spie/feel/number.hpp"
#include "spie/feel/temporal.hpp"

#include <optional>
#include <string_view>

namespace spie::exchange {

inline std::optional<feel::Date> read_date(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-')
    return std::nullopt;
  int digits[8];
  int at = 0;
  for (std::size_t i = 0; i < 10; ++i)
    if (i != 4 && i != 7) {
      const int digit = text[i] - '0';
      if (digit < 0 || digit > 9)
        return std::nullopt;
      digits[at++] = digit;
    }
  const int year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
  if (year < 1000) // "0000-00-00", "0082-02-01"
    return std::nullopt;
  return feel::Date::from_civil(year, digits[4] * 10 + digits[5], digits[6] * 10 + digits[7]);
}

// 0001675.00: two decimals at most.
inline std::optional<feel::Number> read_amount(std::string_view text) noexcept {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative)
    text.remove_prefix(1);
  std::int64_t cents = 0;
  int decimals = -1, digits = 0;
  for (const char c : text) {
    if (c == '.' && decimals < 0 && digits > 0) {
      decimals = 0;
      continue;
    }
    if (c < '0' || c > '9' || ++digits > 17)
      return std::nullopt;
    if (decimals >= 0 && ++decimals > 2)
      return std::nullopt;
    cents = cents * 10 + (c - '0');
  }
  if (digits == 0 || decimals == 0)
    return std::nullopt;
  return feel::Number::scaled(negative ? -cents : cents, decimals < 0 ? 0 : -decimals);
}

inline std::optional<bool> read_flag(std::string_view text) noexcept {
  if (text == "1" || text == "true")
    return true;
  return text == "0" || text == "false" ? std::optional(false) : std::nullopt;
}

inline std::optional<std::int64_t> read_count(std::string_view text) noexcept {
  std::int64_t result = 0;
  if (text.empty() || text.size() > 12)
    return std::nullopt;
  for (const char c : text) {
    if (c < '0' || c > '9')
      return std::nullopt;
    result = result * 10 + (c - '0');
  }
  return result;
}

} // namespace spie::exchange
