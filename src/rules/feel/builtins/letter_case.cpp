#include "rules/feel/builtins/letter_case.hpp"

#include "rules/feel/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace spie::feel {

namespace {

struct Run {
  char32_t first, last;
  std::uint32_t step;
  std::int32_t added;
};
struct Special {
  char32_t letter;
  std::array<char32_t, 3> becomes; // 0: none
};

#include "rules/feel/builtins/case_mapping.inc"

const Run *run_of(const auto &runs, char32_t c) {
  const auto after =
      std::upper_bound(runs.begin(), runs.end(), c, [](char32_t value, Run run) { return value < run.first; });
  if (after == runs.begin())
    return nullptr;
  const Run &run = *std::prev(after);
  return c <= run.last && (c - run.first) % run.step == 0 ? &run : nullptr;
}

void append_mapped(std::string &out, char32_t c, const auto &runs, const auto &specials) {
  const auto special = std::lower_bound(specials.begin(), specials.end(), c,
                                        [](const Special &entry, char32_t value) { return entry.letter < value; });
  if (special != specials.end() && special->letter == c) {
    for (const char32_t one : special->becomes)
      if (one != 0)
        append_utf8(out, one);
    return;
  }
  const Run *run = run_of(runs, c);
  append_utf8(out, run == nullptr ? c : static_cast<char32_t>(static_cast<std::int64_t>(c) + run->added));
}

bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_letter_with_case(char32_t c) {
  return is_ascii_letter(c) || run_of(upper_runs, c) != nullptr || run_of(lower_runs, c) != nullptr;
}
// What may stand between the letters of a word: accents, apostrophes, a soft hyphen.
bool is_inside_word(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || c == '\'' || c == 0x2019 || c == 0xAD || c == 0xB7 || c == '.' || c == ':';
}

bool word_goes_on(std::string_view text, std::size_t position) {
  for (;;) {
    const CodePoint c = code_point_at(text, position);
    if (c.length == 0 || !is_inside_word(c.value))
      return c.length != 0 && is_letter_with_case(c.value);
    position += c.length;
  }
}

constexpr char32_t capital_sigma = 0x3A3, sigma = 0x3C3, final_sigma = 0x3C2;

} // namespace

std::optional<std::string> upper_case(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = code_point_at(text, i);
    if (c.value == 0xFFFD && c.length == 1)
      return std::nullopt;
    if (c.value < 0x80)
      result += static_cast<char>(c.value >= 'a' && c.value <= 'z' ? c.value - 0x20 : c.value);
    else
      append_mapped(result, c.value, upper_runs, upper_specials);
    i += c.length;
  }
  return result;
}

std::optional<std::string> lower_case(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool in_word = false; // a letter stands before, in the same word
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = code_point_at(text, i);
    if (c.value == 0xFFFD && c.length == 1)
      return std::nullopt;
    i += c.length;
    if (c.value == capital_sigma)
      append_utf8(result, in_word && !word_goes_on(text, i) ? final_sigma : sigma);
    else if (c.value < 0x80)
      result += static_cast<char>(c.value >= 'A' && c.value <= 'Z' ? c.value + 0x20 : c.value);
    else
      append_mapped(result, c.value, lower_runs, lower_specials);
    if (!is_inside_word(c.value))
      in_word = is_letter_with_case(c.value);
  }
  return result;
}

} // namespace spie::feel
