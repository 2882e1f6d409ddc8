#include "text/encoding.hpp"

namespace spie {

std::size_t character_length(std::string_view text, std::size_t position) noexcept {
  if (position >= text.size())
    return 0;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[position + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80)
    return 1;
  const std::size_t length = lead >= 0xC2 && lead < 0xE0   ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  if (length == 0 || text.size() - position < length)
    return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0U) != 0x80)
      return 0;
  // Overlong forms, surrogates, beyond U+10FFFF.
  const unsigned char second = byte(1);
  const bool none = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second >= 0xA0) ||
                    (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second >= 0x90);
  return none ? 0 : length;
}

CodePoint code_point_at(std::string_view text, std::size_t position) noexcept {
  if (position >= text.size())
    return {0, 0};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[position + i]); };
  const std::size_t length = character_length(text, position);
  if (length == 0)
    return {0xFFFD, 1};
  if (length == 1)
    return {byte(0), 1};
  char32_t value = byte(0) & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i)
    value = (value << 6U) | (byte(i) & 0x3FU);
  return {value, length};
}

void append_utf8(std::string &text, char32_t c) {
  const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0U | (c >> 6U));
    put(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    put(0xE0U | (c >> 12U));
    put(0x80U | ((c >> 6U) & 0x3FU));
    put(0x80U | (c & 0x3FU));
  } else {
    put(0xF0U | (c >> 18U));
    put(0x80U | ((c >> 12U) & 0x3FU));
    put(0x80U | ((c >> 6U) & 0x3FU));
    put(0x80U | (c & 0x3FU));
  }
}

bool is_utf8(std::string_view bytes) noexcept {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t length = character_length(bytes, i);
    if (length == 0)
      return false;
    i += length;
  }
  return true;
}

std::optional<std::size_t> utf8_fault(std::string_view bytes) noexcept {
  const auto is_plain = [](char c) { return c > '\0'; }; // ASCII but for NUL: most of every document
  for (std::size_t i = 0; i < bytes.size();) {
    if (is_plain(bytes[i])) {
      ++i;
      continue;
    }
    const std::size_t length = character_length(bytes, i);
    if (length == 0 || bytes[i] == '\0')
      return i;
    i += length;
  }
  return std::nullopt;
}

const std::array<char16_t, 32> windows_1252_high{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                 0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

std::optional<std::string> utf8_from_windows_1252(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const char16_t code = byte >= 0x80 && byte < 0xA0 ? windows_1252_high[byte - 0x80U] : byte;
    if (code == 0) // NUL too
      return std::nullopt;
    append_utf8(text, code);
  }
  return text;
}

} // namespace spie
