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

// Without the hyphens inside words, those that end a line among them: "handi-cap" reads as one word.
std::string without_hyphens(std::string_view text) {
  constexpr std::array<std::string_view, 5> hyphens{"-", "\u2010", "\u2011", "\u2013", "\u00AD"};
  std::string joined;
  while (!text.empty()) {
    const auto found = std::ranges::find_if(hyphens, [&](std::string_view one) { return text.starts_with(one); });
    if (found == hyphens.end()) {
      joined += text.front();
      text.remove_prefix(1);
      continue;
    }
    text.remove_prefix(found->size());
    if (const std::size_t next = text.find_first_not_of(" \t\r\n"); text.substr(0, next).find('\n') != text.npos)
      text.remove_prefix(std::min(next, text.size()));
  }
  return joined;
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

// "casier-judi-ciaire": a hyphen stood for a space too.
Mots run_together(const Mots &words) {
  Mots one(1);
  for (const std::string &word : words)
    one.front() += word;
  return one;
}

bool stands_in(const Mots &said, const Mots &held) {
  for (std::size_t at = 0; at < said.size() && !held.empty(); ++at)
    if (stands_at(said, at, held))
      return true;
  return false;
}

} // namespace

bool holds_word(std::string_view text, const std::vector<std::string> &words) {
  const Mots said = words_of(text), joined = words_of(without_hyphens(text));
  if (std::ranges::any_of(said, mixed) || std::ranges::any_of(joined, mixed))
    return true;
  return std::ranges::any_of(words, [&](const std::string &word) {
    const Mots held = words_of(word), closed = words_of(without_hyphens(word));
    return stands_in(said, held) || stands_in(joined, closed) || stands_in(joined, run_together(held));
  });
}

} // namespace spie::parcours
