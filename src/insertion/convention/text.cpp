#include "text.hpp"

#include <algorithm>
#include <array>

namespace spie::convention {

std::optional<std::size_t> utf8_fault(std::string_view bytes) noexcept {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  for (std::size_t i = 0; i < bytes.size();) {
    const unsigned char lead = at(i);
    if (lead == 0)
      return i;
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = lead >= 0xC2 && lead < 0xE0   ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || bytes.size() - i < length)
      return i;
    for (std::size_t k = 1; k < length; ++k)
      if ((at(i + k) & 0xC0) != 0x80)
        return i;
    // Overlong forms, surrogates, beyond U+10FFFF.
    const unsigned char second = at(i + 1);
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second >= 0xA0) || (lead == 0xF0 && second < 0x90) ||
        (lead == 0xF4 && second >= 0x90))
      return i;
    i += length;
  }
  return std::nullopt;
}

namespace {

// Code points of bytes 80 to 9F; zero where windows-1252 has none.
constexpr std::array<char16_t, 32> windows_1252_high{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                     0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append_utf8(std::string &text, char16_t code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0 | (code >> 6));
    text += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    text += static_cast<char>(0xE0 | (code >> 12));
    text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
  }
}

// The bytes of the blank that begins, or ends, the text; zero when there is none.
std::size_t blank_at_start(std::string_view text) noexcept {
  if (text.starts_with(' ') || text.starts_with('\t') || text.starts_with('\n') || text.starts_with('\r'))
    return 1;
  if (text.starts_with("\xC2\xA0"))
    return 2;
  return text.starts_with("\xE2\x80\xAF") ? 3 : 0;
}
std::size_t blank_at_end(std::string_view text) noexcept {
  if (text.ends_with(' ') || text.ends_with('\t') || text.ends_with('\n') || text.ends_with('\r'))
    return 1;
  if (text.ends_with("\xC2\xA0"))
    return 2;
  return text.ends_with("\xE2\x80\xAF") ? 3 : 0;
}

} // namespace

std::optional<std::string> utf8_from_windows_1252(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const char16_t code = byte >= 0x80 && byte < 0xA0 ? windows_1252_high[byte - 0x80] : byte;
    if (code == 0) // NUL too
      return std::nullopt;
    append_utf8(text, code);
  }
  return text;
}

std::string_view trimmed(std::string_view text) noexcept {
  while (const std::size_t blank = blank_at_start(text))
    text.remove_prefix(blank);
  while (const std::size_t blank = blank_at_end(text))
    text.remove_suffix(blank);
  return text;
}

std::string ascii_lower(std::string_view text) {
  std::string result(text);
  for (char &c : result)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::string shortened(std::string_view text, std::size_t characters) {
  std::string result;
  std::size_t count = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && count++ == characters)
      return result + "…";
    result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return result;
}

std::string listed(const std::vector<std::string> &words) {
  std::string result;
  for (std::size_t i = 0; i < words.size(); ++i)
    result += (i == 0 ? "« " : i + 1 == words.size() ? " ou « " : ", « ") + words[i] + " »";
  return result;
}

} // namespace spie::convention
