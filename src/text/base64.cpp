#include "text/base64.hpp"

#include <array>
#include <cstdint>

namespace spie {

namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<std::int16_t, 256> values = [] {
  std::array<std::int16_t, 256> table{};
  table.fill(-1);
  for (std::size_t digit = 0; digit < digits.size(); ++digit)
    table[static_cast<unsigned char>(digits[digit])] = static_cast<std::int16_t>(digit);
  return table;
}();

} // namespace

std::string to_base64url(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t held = 0;
  int bits = 0;
  for (const char byte : bytes) {
    held = held << 8U | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 6; bits -= 6)
      text += digits[held >> (bits - 6) & 63U];
  }
  if (bits > 0)
    text += digits[held << (6 - bits) & 63U];
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  if (text.size() % 4 == 1)
    return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t held = 0;
  int bits = 0;
  for (const char digit : text) {
    const int value = values[static_cast<unsigned char>(digit)];
    if (value < 0)
      return std::nullopt;
    held = held << 6U | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>(held >> bits & 255U);
    }
  }
  if ((held & ((1U << bits) - 1U)) != 0)
    return std::nullopt;
  return bytes;
}

} // namespace spie
