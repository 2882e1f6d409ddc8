#include "exchange/carnet_values.hpp"

#include "text/words.hpp"

#include <algorithm>
#include <array>

namespace spie::exchange {

namespace {

bool digit(char c) noexcept { return c >= '0' && c <= '9'; }

// 0601234567, +33 6 01 23 45 67: digits, and what people put between them.
bool is_phone(std::string_view text) noexcept {
  const bool abroad = text.starts_with('+');
  std::size_t digits = 0;
  for (const char c : text.substr(abroad ? 1 : 0))
    if (digit(c))
      ++digits;
    else if (c != ' ' && c != '.' && c != '-' && c != '(' && c != ')')
      return false;
  return abroad ? digits >= 8 && digits <= 15 : digits == 10 && text.starts_with('0');
}

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

bool is_mail(std::string_view text) noexcept {
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos)
    return false;
  const std::string_view host = text.substr(at + 1);
  const std::size_t dot = host.rfind('.');
  return text.find_first_of(" \t,;<>\"") == std::string_view::npos && dot != std::string_view::npos && dot != 0 &&
         dot + 2 < host.size();
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
    if (!is_phone(phone))
      session.warn(Code::import_value, row.place(), std::string(column), phone,
                   "ce n'est pas un numéro français à dix chiffres, ni un numéro avec son indicatif : gardé tel quel",
                   "Le corriger à la source.");
  return phones;
}

std::vector<std::string> mails_of(Session &session, const RangeeCsv &row, std::string_view column) {
  std::vector<std::string> result;
  for (const std::string &mail : split_list(row[column]))
    if (is_mail(mail))
      result.push_back(ascii_lower(mail));
    else
      session.refuse(Code::import_value, row.place(), std::string(column), mail,
                     "ce n'est pas une adresse électronique", "La corriger à la source.");
  return result;
}

} // namespace spie::exchange
