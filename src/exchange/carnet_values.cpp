#include "exchange/carnet_values.hpp"

#include "exchange/controles.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>

namespace spie::exchange {

namespace {

bool digit(char c) noexcept { return c >= '0' && c <= '9'; }

} // namespace

std::optional<feel::Date> read_jour(std::string_view text) noexcept {
  std::array<std::int64_t, 3> parts{};
  std::array<std::size_t, 3> lengths{};
  std::size_t part = 0;
  const char separator = text.find('/') != std::string_view::npos ? '/' : '-';
  for (const char c : text) {
    if (c == separator) {
      if (++part == parts.size())
        return std::nullopt;
    } else if (!digit(c) || ++lengths[part] > 4) {
      return std::nullopt;
    } else {
      parts[part] = parts[part] * 10 + (c - '0');
    }
  }
  const bool year_first = separator == '-' && lengths[0] == 4;
  const std::size_t year = year_first ? 0 : 2;
  const std::size_t day = year_first ? 2 : 0;
  if (part != 2 || lengths[year] != 4 || lengths[1] == 0 || lengths[1] > 2 || lengths[day] == 0 || lengths[day] > 2 ||
      parts[year] == 0)
    return std::nullopt;
  return feel::Date::from_civil(parts[year], parts[1], parts[day]);
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> result;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (const std::string_view item = trimmed(text.substr(0, comma)); !item.empty())
      result.emplace_back(item);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return result;
}

Metiers read_metiers(std::string_view text) {
  Metiers result;
  while (!text.empty()) {
    // Up to a code in brackets: a label may hold commas and brackets of its own.
    std::size_t open = text.find('(');
    const auto code_at = [&](std::size_t at) {
      return at + 6 < text.size() && text[at + 6] == ')' && text[at + 1] >= 'A' && text[at + 1] <= 'Z' &&
             std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at) + 2,
                         text.begin() + static_cast<std::ptrdiff_t>(at) + 6, digit);
    };
    while (open != std::string_view::npos && !code_at(open))
      open = text.find('(', open + 1);
    const std::size_t end = open == std::string_view::npos ? text.size() : open;
    std::string_view label = trimmed(text.substr(0, end));
    while (label.starts_with(',') || label.starts_with(';'))
      label = trimmed(label.substr(1));
    if (!label.empty())
      result.libelles.emplace_back(label);
    if (open == std::string_view::npos)
      break;
    result.codes.emplace_back(text.substr(open + 1, 5));
    text.remove_prefix(open + 7);
  }
  return result;
}

bool is_siret(std::string_view text) noexcept {
  if (text.size() != 14 || !std::all_of(text.begin(), text.end(), digit))
    return false;
  int luhn = 0, plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int value = text[i] - '0';
    const int twice = value * 2 > 9 ? value * 2 - 9 : value * 2;
    luhn += i % 2 == 0 ? twice : value;
    plain += value;
  }
  constexpr std::string_view la_poste = "356000000";
  return luhn % 10 == 0 || (text.starts_with(la_poste) && plain % 5 == 0);
}

std::vector<std::string> phones_of(Session &session, const RangeeCsv &row, std::string_view column) {
  std::vector<std::string> phones = split_list(row[column]);
  for (const std::string &phone : phones)
    keeps(session, GenreValeur::telephone, row.place(), column, phone);
  return phones;
}

std::vector<std::string> mails_of(Session &session, const RangeeCsv &row, std::string_view column) {
  std::vector<std::string> result;
  for (const std::string &mail : split_mails(row[column]))
    if (keeps(session, GenreValeur::courriel, row.place(), column, mail))
      result.push_back(ascii_lower(mail));
  return result;
}

std::string postcode_of(Session &session, const RangeeCsv &row, std::string_view column) {
  const std::string &text = row[column];
  return text.empty() || keeps(session, GenreValeur::code_postal, row.place(), column, text) ? text : std::string();
}

} // namespace spie::exchange
