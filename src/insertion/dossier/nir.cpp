#include "spie/dossier/identite.hpp"

#include <algorithm>

namespace spie::dossier {

namespace {

bool digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  for (const char c : text)
    value = value * 10 + (c - '0');
  return value;
}

// Sex, year, month, department, commune, order, key: in capitals and without what sets them apart; empty when the form
// is another.
std::string bare_nir(std::string_view text) {
  constexpr std::size_t longest = 40; // with a no-break space after each
  if (text.size() < 13 || text.size() > longest)
    return {};
  std::string bare;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= 'a' && c <= 'z')
      bare += static_cast<char>(c - 'a' + 'A');
    else if (text.substr(i).starts_with("\u00A0"))
      ++i;
    else if (text.substr(i).starts_with("\u202F"))
      i += 2;
    else if (c != ' ' && c != '.')
      bare += c;
  }
  if (bare.size() != 13 && bare.size() != 15)
    return {};
  std::string numeric = bare;
  if (bare[5] == '2' && (bare[6] == 'A' || bare[6] == 'B'))
    numeric[6] = '0';
  if (!digits(numeric) || (bare[0] != '1' && bare[0] != '2'))
    return {};
  const std::int64_t month = number(numeric.substr(3, 2));
  // 20 and above: the month is not known, or the number was given to someone born abroad.
  if (month == 0 || (month > 12 && month < 20))
    return {};
  return numeric.substr(7, 3) == "000" || numeric.substr(10, 3) == "000" ? std::string() : bare;
}

bool key_is_right(std::string_view bare) {
  std::string numeric(bare);
  std::int64_t corsica = 0; // the key counts 2A as 19 and 2B as 18
  if (numeric[6] == 'A' || numeric[6] == 'B') {
    corsica = numeric[6] == 'A' ? 1'000'000 : 2'000'000;
    numeric[6] = '0';
  }
  return 97 - (number(numeric.substr(0, 13)) - corsica) % 97 == number(numeric.substr(13, 2));
}

} // namespace

std::optional<Nir> read_nir(std::string_view text) {
  const std::string bare = bare_nir(text);
  if (bare.empty() || (bare.size() == 15 && !key_is_right(bare)))
    return std::nullopt;
  const auto month = static_cast<int>(number(bare.substr(3, 2)));
  return Nir{bare.substr(0, 13), bare[0] - '0', static_cast<int>(number(bare.substr(1, 2))), month <= 12 ? month : 0};
}

bool resembles_nir(std::string_view text) { return !bare_nir(text).empty(); }

std::string masked_nir(std::string_view text) {
  return text.empty() ? std::string() : std::string(text.substr(0, 1)) + "…";
}

} // namespace spie::dossier
