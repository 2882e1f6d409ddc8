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

// Bytes of what may stand between two parts of a number: blanks, points, dashes; 0 when there is none.
std::size_t separator(std::string_view text) {
  for (const std::string_view one : {" ", ".", "-", "\u00A0", "\u202F", "\u2009"})
    if (text.starts_with(one))
      return one.size();
  return 0;
}

// Most texts have not as many digits: nothing more is looked for in them.
bool has_digits_enough(std::string_view text) {
  constexpr std::ptrdiff_t least = 12; // and the letter of 2A or 2B
  return text.size() > least &&
         std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) >= least;
}

bool is_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= '0' && c <= '9') || ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z');
}

// Sex, year, month, department, commune, order, key: in capitals and without what sets them apart; empty when the form
// is another.
std::string bare_nir(std::string_view text) {
  constexpr std::size_t longest = 40; // with a no-break space after each
  if (text.size() > longest || !has_digits_enough(text))
    return {};
  std::string bare;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t gap = separator(text.substr(i))) {
      i += gap;
      continue;
    }
    const char c = text[i++];
    bare += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
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

std::optional<std::pair<std::size_t, std::size_t>> find_nir(std::string_view text) {
  constexpr std::size_t without_key = 13, with_key = 15;
  if (!has_digits_enough(text))
    return std::nullopt;
  for (std::size_t start = 0; start + without_key <= text.size(); ++start) {
    if ((text[start] != '1' && text[start] != '2') || (start > 0 && is_word(text[start - 1])))
      continue;
    std::size_t end = start, count = 0;
    while (end < text.size() && count < with_key) {
      if (is_word(text[end])) {
        ++end;
        ++count;
      } else if (const std::size_t gap = separator(text.substr(end))) {
        end += gap;
      } else {
        break;
      }
    }
    if (count == with_key && (end == text.size() || !is_word(text[end])) && read_nir(text.substr(start, end - start)))
      return std::pair(start, end - start);
    // In one piece alone: two telephone numbers make thirteen digits too.
    const std::string_view piece = text.substr(start, without_key);
    const bool ends = start + without_key == text.size() || !is_word(text[start + without_key]);
    if (ends && std::all_of(piece.begin(), piece.end(), is_word) && read_nir(piece))
      return std::pair(start, without_key);
  }
  return std::nullopt;
}

bool resembles_nir(std::string_view text) { return !bare_nir(text).empty(); }

std::string masked_nir(std::string_view text) {
  if (text.empty())
    return {};
  std::size_t length = 1; // of its first character, which may have several bytes: half of one is no text
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U)
    ++length;
  return std::string(text.substr(0, length)) + "…";
}

std::string without_nir(std::string_view text) {
  std::string result(text);
  while (const auto at = find_nir(result))
    result.replace(at->first, at->second, masked_nir(std::string_view(result).substr(at->first, at->second)));
  return result;
}

} // namespace spie::dossier
