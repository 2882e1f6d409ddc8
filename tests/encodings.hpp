// A text in the encodings in which people send it.
#pragma once

#include "text/encoding.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace spie::testing {

inline std::string in_windows_1252(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    const auto high = std::find(windows_1252_high.begin(), windows_1252_high.end(), static_cast<char16_t>(c.value));
    bytes += high != windows_1252_high.end() && c.value >= 0x100
                 ? static_cast<char>(0x80 + (high - windows_1252_high.begin()))
                 : static_cast<char>(static_cast<unsigned char>(c.value));
    at += c.length;
  }
  return bytes;
}

// Little-endian, with its mark, as Excel's "Texte Unicode".
inline std::string in_utf16(std::string_view text) {
  std::string bytes = "\xFF\xFE";
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    bytes += static_cast<char>(c.value & 0xFFU);
    bytes += static_cast<char>((c.value >> 8U) & 0xFFU);
    at += c.length;
  }
  return bytes;
}

inline std::string with_mark(std::string_view text) { return std::string(byte_order_mark) + std::string(text); }

} // namespace spie::testing
