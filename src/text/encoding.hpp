// Bytes and characters: the one decoder of UTF-8, and the one of windows-1252.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace spie {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

// The code point at `position` and its length in bytes; U+FFFD and 1 for a byte that begins no character (overlong
// forms, surrogates, what lies beyond U+10FFFF). {0, 0} at the end.
struct CodePoint {
  char32_t value;
  std::size_t length;
};
CodePoint code_point_at(std::string_view text, std::size_t position) noexcept;
// The bytes of the character at `position`; 0 when none begins there.
std::size_t character_length(std::string_view text, std::size_t position) noexcept;
void append_utf8(std::string &text, char32_t code_point);

bool is_utf8(std::string_view bytes) noexcept;
// Offset of the first byte that is not UTF-8 (or is NUL); nullopt when all is well.
std::optional<std::size_t> utf8_fault(std::string_view bytes) noexcept;

// Code points of bytes 80 to 9F, in which alone windows-1252 is not ISO-8859-1; zero where it has none.
extern const std::array<char16_t, 32> windows_1252_high;
// nullopt when a byte stands for nothing in windows-1252 (81, 8D, 8F, 90, 9D) or is NUL.
std::optional<std::string> utf8_from_windows_1252(std::string_view bytes);

} // namespace spie
