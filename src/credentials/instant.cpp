#include "credentials/instant.hpp"

#include <algorithm>

namespace spie::credentials {

std::optional<feel::DaysDuration> read_instant(std::string_view text) {
  // The reader of FEEL takes more: no zone, zones by name, years of many digits.
  constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd";
  if (text.size() <= form.size() || text.size() > 64)
    return std::nullopt;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 0; i < form.size(); ++i)
    if (form[i] == 'd' ? !is_digit(text[i]) : text[i] != form[i])
      return std::nullopt;
  std::string_view rest = text.substr(form.size());
  if (rest.front() == '.') {
    rest.remove_prefix(1);
    const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (digits == 0)
      return std::nullopt;
    rest.remove_prefix(digits);
  }
  const bool offset = rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && is_digit(rest[1]) &&
                      is_digit(rest[2]) && rest[3] == ':' && is_digit(rest[4]) && is_digit(rest[5]);
  if (rest != "Z" && !offset)
    return std::nullopt;
  const auto read = feel::DateTime::parse(text);
  return read ? std::optional(read->since_epoch()) : std::nullopt;
}

} // namespace spie::credentials
