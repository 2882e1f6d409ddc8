// What a payload may hold: the answers, the limits. The reader of payloads and the writer of their schemas share it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace spie::dossier {

constexpr std::array<std::string_view, 5> reponses{"oui", "non", "non_aborde", "refuse", "ne_sait_pas"};
constexpr std::size_t max_items = 1'000;
constexpr std::size_t max_code = 128;    // characters
constexpr std::size_t max_text = 10'000; // characters

// The first of the words that are left, which loses it.
inline std::string_view take_word(std::string_view &left) {
  const std::size_t blank = std::min(left.find(' '), left.size());
  const std::string_view word = left.substr(0, blank);
  left.remove_prefix(std::min(blank + 1, left.size()));
  return word;
}
inline std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> result;
  while (!text.empty())
    result.push_back(take_word(text));
  return result;
}
inline bool has_word(std::string_view text, std::string_view word) {
  while (!text.empty())
    if (take_word(text) == word)
      return true;
  return false;
}

} // namespace spie::dossier
