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

} // namespace

std::optional<Nir> read_nir(std::string_view text) {
  std::string bare;
  for (const char c : text)
    if (c >= 'a' && c <= 'z')
      bare += static_cast<char>(c - 'a' + 'A');
    else if (c != ' ' && c != '.')
      bare += c;
  if (bare.size() != 13 && bare.size() != 15)
    return std::nullopt;
  // Sex, year, month, department, commune, order. The key counts 2A as 19 and 2B as 18.
  std::string numeric = bare;
  std::int64_t corsica = 0;
  if (bare[5] == '2' && (bare[6] == 'A' || bare[6] == 'B')) {
    corsica = bare[6] == 'A' ? 1'000'000 : 2'000'000;
    numeric[6] = '0';
  }
  if (!digits(numeric) || (bare[0] != '1' && bare[0] != '2'))
    return std::nullopt;
  const auto month = static_cast<int>(number(numeric.substr(3, 2)));
  // 20 and above: the month is not known, or the number was given to someone born abroad.
  if (month == 0 || (month > 12 && month < 20))
    return std::nullopt;
  if (numeric.substr(7, 3) == "000" || numeric.substr(10, 3) == "000")
    return std::nullopt;
  if (bare.size() == 15) {
    if (97 - (number(numeric.substr(0, 13)) - corsica) % 97 != number(numeric.substr(13, 2)))
      return std::nullopt;
  }
  return Nir{bare.substr(0, 13), bare[0] - '0', static_cast<int>(number(bare.substr(1, 2))), month <= 12 ? month : 0};
}

std::string masked_nir(std::string_view text) {
  return text.empty() ? std::string() : std::string(text.substr(0, 1)) + "…";
}

} // namespace spie::dossier
