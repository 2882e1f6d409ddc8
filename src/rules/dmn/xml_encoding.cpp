#include "rules/dmn/xml_encoding.hpp"

#include "text/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace spie::dmn {

namespace {

// No UTF-8: whoever reads the text refuses it there, rather than take what is not meant.
constexpr char no_character = '\xFF';

std::string utf8_of_utf16(std::string_view bytes, bool big_endian) {
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<std::uint16_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  std::string text;
  text.reserve(bytes.size() / 2);
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    char32_t point = unit(at);
    if (point >= 0xD800 && point < 0xDC00 && at + 3 < bytes.size())
      if (const char32_t low = unit(at + 2); low >= 0xDC00 && low < 0xE000) {
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      }
    if (point >= 0xD800 && point < 0xE000) // half a pair
      text += no_character;
    else
      append_utf8(text, point);
  }
  if (bytes.size() % 2 != 0)
    text += no_character;
  return text;
}

// Each byte is a code point, in ISO-8859-1; windows-1252 has others from 80 to 9F.
std::string utf8_of_bytes(std::string_view bytes, bool windows) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    char32_t point = byte;
    if (windows && byte >= 0x80 && byte < 0xA0)
      point = windows_1252_high[byte - 0x80U];
    if (byte != 0 && point == 0)
      text += no_character;
    else
      append_utf8(text, point);
  }
  return text;
}

struct Declared {
  std::size_t from = 0, to = 0; // encoding="…", where it stands
  std::string name;             // in small letters
};

Declared declared_encoding(std::string_view text) {
  if (!text.starts_with("<?xml"))
    return {};
  const std::string_view declaration = text.substr(0, text.substr(0, 200).find("?>"));
  const std::size_t from = declaration.find("encoding");
  if (from == std::string_view::npos)
    return {};
  const std::size_t open = declaration.find_first_of("\"'", from);
  if (open == std::string_view::npos)
    return {};
  const std::size_t close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos)
    return {};
  Declared found{from, close + 1, std::string(declaration.substr(open + 1, close - open - 1))};
  std::transform(found.name.begin(), found.name.end(), found.name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return found;
}

// Lines and columns stay where they are.
std::string without_encoding(std::string text) {
  const Declared declared = declared_encoding(text);
  std::fill(text.begin() + static_cast<std::ptrdiff_t>(declared.from),
            text.begin() + static_cast<std::ptrdiff_t>(declared.to), ' ');
  return text;
}

} // namespace

std::optional<std::string> utf8_of_xml(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xFE\xFF"sv))
    return without_encoding(utf8_of_utf16(bytes.substr(2), true));
  if (bytes.starts_with("\xFF\xFE"sv))
    return without_encoding(utf8_of_utf16(bytes.substr(2), false));
  if (bytes.starts_with("\0<"sv))
    return without_encoding(utf8_of_utf16(bytes, true));
  if (bytes.starts_with("<\0"sv))
    return without_encoding(utf8_of_utf16(bytes, false));
  const std::string name = declared_encoding(bytes).name;
  constexpr std::array<std::string_view, 4> latin{"iso-8859-1", "iso8859-1", "latin1", "l1"};
  const bool windows = name == "windows-1252" || name == "cp1252";
  if (windows || std::find(latin.begin(), latin.end(), name) != latin.end())
    return without_encoding(utf8_of_bytes(bytes, windows));
  return std::nullopt;
}

} // namespace spie::dmn
