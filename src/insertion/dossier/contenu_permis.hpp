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

inline std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> result;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    result.push_back(text.substr(0, blank));
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return result;
}

} // namespace spie::dossier
