#include "text/base58.hpp"

#include <algorithm>
#include <cstdint>

namespace spie {

namespace {

constexpr std::string_view digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::size_t most_digits = 1'024;

// Rewrites a number from one base into another, both with the most significant digit first; leading zeros stay apart.
std::string rewrite(std::string_view number, unsigned from, unsigned to) {
  const std::size_t zeros = static_cast<std::size_t>(
      std::find_if(number.begin(), number.end(), [](char digit) { return digit != 0; }) - number.begin());
  std::string result; // least significant first
  for (const char digit : number.substr(zeros)) {
    unsigned carry = static_cast<unsigned char>(digit);
    for (char &place : result) {
      carry += from * static_cast<unsigned char>(place);
      place = static_cast<char>(carry % to);
      carry /= to;
    }
    for (; carry != 0; carry /= to)
      result += static_cast<char>(carry % to);
  }
  result.append(zeros, '\0');
  std::reverse(result.begin(), result.end());
  return result;
}

} // namespace

std::string to_base58(std::string_view bytes) {
  std::string text = rewrite(bytes, 256, 58);
  for (char &digit : text)
    digit = digits[static_cast<unsigned char>(digit)];
  return text;
}

std::optional<std::string> from_base58(std::string_view text) {
  if (text.size() > most_digits)
    return std::nullopt;
  std::string number;
  number.reserve(text.size());
  for (const char digit : text) {
    const std::size_t value = digits.find(digit);
    if (value == std::string_view::npos)
      return std::nullopt;
    number += static_cast<char>(value);
  }
  return rewrite(number, 58, 256);
}

} // namespace spie
