#include "rules/feel/text.hpp"

#include "rules/feel/plain.hpp"

#include <algorithm>
#include <array>

namespace spie::feel {

namespace {

struct Interval {
  char32_t first, last;
};

bool in_any(char32_t c, const auto &intervals) noexcept {
  return std::any_of(intervals.begin(), intervals.end(), [c](Interval i) { return c >= i.first && c <= i.last; });
}

constexpr std::array<Interval, 10> spaces{{{0x9, 0xD},
                                           {0x20, 0x20},
                                           {0x85, 0x85},
                                           {0xA0, 0xA0},
                                           {0x1680, 0x1680},
                                           {0x180E, 0x180E},
                                           {0x2000, 0x200B},
                                           {0x2028, 0x2029},
                                           {0x202F, 0x202F},
                                           {0x205F, 0x205F}}};
constexpr std::array<Interval, 16> name_starts{{{'?', '?'},
                                                {'A', 'Z'},
                                                {'_', '_'},
                                                {'a', 'z'},
                                                {0xC0, 0xD6},
                                                {0xD8, 0xF6},
                                                {0xF8, 0x2FF},
                                                {0x370, 0x37D},
                                                {0x37F, 0x1FFF},
                                                {0x200C, 0x200D},
                                                {0x2070, 0x218F},
                                                {0x2C00, 0x2FEF},
                                                {0x3001, 0xD7FF},
                                                {0xF900, 0xFDCF},
                                                {0xFDF0, 0xFFFC},
                                                {0x10000, 0xEFFFF}}};
constexpr std::array<Interval, 4> more_parts{{{'0', '9'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}};
constexpr std::array<std::string_view, 18> keywords{"and",  "or",    "in",     "between",  "then",     "else",
                                                    "if",   "for",   "return", "some",     "every",    "satisfies",
                                                    "true", "false", "null",   "instance", "function", "external"};

} // namespace

bool is_space(char32_t c) noexcept { return in_any(c, spaces) || c == 0x3000 || c == 0xFEFF; }
bool is_name_start(char32_t c) noexcept {
  if (c < 0x80) // most, without a look at the intervals
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '?';
  return !is_space(c) && in_any(c, name_starts);
}
bool is_name_part(char32_t c) noexcept { return is_name_start(c) || in_any(c, more_parts); }
bool is_name_symbol(char32_t c) noexcept {
  return c == '.' || c == '/' || c == '-' || c == '\'' || c == '+' || c == '*' || c == 0x2019;
}

std::size_t skip_space(std::string_view text, std::size_t position) noexcept {
  for (;;) {
    if (position < text.size() && is_plain(text[position]))
      return position;
    if (text.substr(position, 2) == "//") {
      position = std::min(text.find_first_of("\n\r", position), text.size());
    } else if (text.substr(position, 2) == "/*") {
      const std::size_t end = text.find("*/", position + 2);
      position = end == std::string_view::npos ? text.size() : end + 2;
    } else {
      const CodePoint c = code_point_at(text, position);
      if (c.length == 0 || !is_space(c.value))
        return position;
      position += c.length;
    }
  }
}

std::size_t word_end(std::string_view text, std::size_t position) noexcept {
  for (;;) {
    const CodePoint c = code_point_at(text, position);
    if (c.length == 0 || c.value == 0xFFFD || !is_name_part(c.value))
      return position;
    position += c.length;
  }
}

std::string with_article(std::string_view noun) {
  const bool vowel = !noun.empty() && std::string_view("aeiouAEIOU").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

std::string counted(std::size_t count, std::string_view noun, std::string_view plural) {
  if (count == 1)
    return "1 " + std::string(noun);
  return std::to_string(count) + ' ' + (plural.empty() ? std::string(noun) + 's' : std::string(plural));
}

bool is_keyword(std::string_view word) noexcept {
  return std::find(keywords.begin(), keywords.end(), word) != keywords.end();
}

} // namespace spie::feel
