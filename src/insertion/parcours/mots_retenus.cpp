#include "insertion/parcours/mots_retenus.hpp"

#include "insertion/dossier/cles.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace spie::parcours {

namespace {

using Mots = std::vector<std::string>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The words of a text as names are written, with letters and digits apart.
Mots words_of(std::string_view text) {
  Mots list;
  bool fresh = true;
  for (const char c : dossier::normalized_name(text)) {
    if (c == ' ') {
      fresh = true;
      continue;
    }
    if (fresh || is_digit(c) != is_digit(list.back().back()))
      list.emplace_back();
    list.back() += c;
    fresh = false;
  }
  return list;
}

// Of the alphabet of French and its neighbours, or of a unit: "µm", "kΩ".
bool neighbour(std::uint32_t letter) {
  return letter < 0x250 || (letter >= 0x1E00 && letter < 0x1F00) || letter == U'μ' || letter == U'ω';
}

bool mixed(std::string_view word) {
  bool plain = false, other = false;
  for (std::size_t at = 0; at < word.size();) {
    const auto lead = static_cast<unsigned char>(word[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t letter = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length && at + i < word.size(); ++i)
      letter = (letter << 6U) | (static_cast<unsigned char>(word[at + i]) & 0x3FU);
    (neighbour(letter) ? plain : other) = true;
    at += length;
  }
  return plain && other;
}

bool is_form_of(const std::string &word, const std::string &held) {
  constexpr std::array<std::string_view, 4> ends{"", "E", "S", "ES"};
  return word.starts_with(held) && std::ranges::find(ends, std::string_view(word).substr(held.size())) != ends.end();
}

// Initials that dots part are one word.
bool spelt_out(const Mots &said, std::size_t at, const std::string &held) {
  if (held.size() < 2 || at + held.size() > said.size())
    return false;
  for (std::size_t i = 0; i < held.size(); ++i)
    if (said[at + i].size() != 1 || said[at + i][0] != held[i])
      return false;
  return true;
}

bool stands_at(const Mots &said, std::size_t at, const Mots &held) {
  if (held.size() == 1 && spelt_out(said, at, held.front()))
    return true;
  if (at + held.size() > said.size())
    return false;
  for (std::size_t i = 0; i < held.size(); ++i)
    if (!is_form_of(said[at + i], held[i]))
      return false;
  return true;
}

} // namespace

bool holds_word(std::string_view text, const std::vector<std::string> &words) {
  const Mots said = words_of(text);
  if (std::ranges::any_of(said, mixed))
    return true;
  for (const std::string &word : words)
    if (const Mots held = words_of(word); !held.empty())
      for (std::size_t at = 0; at < said.size(); ++at)
        if (stands_at(said, at, held))
          return true;
  return false;
}

} // namespace spie::parcours
