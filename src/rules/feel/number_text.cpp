// FEEL numbers from text and to text, without locale.
#include "rules/feel/number_bits.hpp"

#include <charconv>
#include <cmath>
#include <string>

namespace spie::feel {

using namespace decimal;

namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

std::string digits_of(UWide value) {
  std::array<char, 40> buffer;
  std::size_t at = buffer.size();
  do {
    buffer[--at] = static_cast<char>('0' + static_cast<int>(value % 10));
    value /= 10;
  } while (value != 0);
  return {buffer.data() + at, buffer.size() - at};
}

std::string scientific(const Parts &p) {
  std::string text = digits_of(p.coefficient);
  const std::int64_t power = p.exponent + static_cast<std::int64_t>(text.size()) - 1;
  if (text.size() > 1)
    text.insert(1, 1, '.');
  if (p.negative)
    text.insert(0, 1, '-');
  return text + (power < 0 ? "E-" : "E+") + std::to_string(power < 0 ? -power : power);
}

std::string format(const Parts &p) {
  constexpr int longest = precision + 40;
  if (p.coefficient == 0)
    return p.exponent < 0 && -p.exponent < longest ? "0." + std::string(static_cast<std::size_t>(-p.exponent), '0')
                                                   : std::string("0");
  std::string text = digits_of(p.coefficient);
  const int count = static_cast<int>(text.size());
  if (p.exponent > longest - count || p.exponent < -longest)
    return scientific(p);
  if (p.exponent >= 0)
    text.append(static_cast<std::size_t>(p.exponent), '0');
  else if (const int point = count + p.exponent; point > 0)
    text.insert(static_cast<std::size_t>(point), 1, '.');
  else
    text.insert(0, "0." + std::string(static_cast<std::size_t>(-point), '0'));
  if (p.negative)
    text.insert(0, 1, '-');
  return text;
}

} // namespace

std::optional<Number> Number::parse(std::string_view text) noexcept {
  std::size_t at = 0;
  bool negative = false;
  if (at < text.size() && (text[at] == '-' || text[at] == '+'))
    negative = text[at++] == '-';
  UWide coefficient = 0;
  int kept = 0;
  std::int64_t exponent = 0;
  bool more = false;
  const auto read_digits = [&](bool after_point) {
    const std::size_t start = at;
    for (; at < text.size() && is_digit(text[at]); ++at) {
      if (kept < widest_power) {
        coefficient = coefficient * 10 + static_cast<unsigned>(text[at] - '0');
        if (coefficient != 0)
          ++kept;
        if (after_point)
          --exponent;
      } else {
        more = more || text[at] != '0';
        if (!after_point)
          ++exponent;
      }
    }
    return at > start;
  };
  const bool whole = read_digits(false);
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (!read_digits(true))
      return std::nullopt;
  } else if (!whole) {
    return std::nullopt;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    bool down = false;
    if (at < text.size() && (text[at] == '-' || text[at] == '+'))
      down = text[at++] == '-';
    if (at == text.size())
      return std::nullopt;
    std::int64_t power = 0;
    constexpr std::int64_t far = 1'000'000'000'000'000; // beyond any text that fits in memory
    for (; at < text.size() && is_digit(text[at]); ++at)
      power = power >= far ? far : power * 10 + (text[at] - '0');
    if (!is_digit(text[at - 1]))
      return std::nullopt;
    exponent += down ? -power : power;
  }
  if (at != text.size())
    return std::nullopt;
  return pack(negative, coefficient, exponent, more);
}

std::optional<Number> Number::from_double(double value) noexcept {
  if (!std::isfinite(value))
    return std::nullopt;
  std::array<char, 40> buffer;
  // Without a format, a large integer would be written with all the digits of the double, not the shortest ones.
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific).ptr;
  return parse({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

std::string Number::to_string() const { return format(NumberBits::parts(*this)); }

std::string Number::to_plain_string() const {
  Parts p = NumberBits::parts(*this);
  if (p.coefficient == 0)
    return "0";
  if (p.exponent < 0)
    p.exponent += strip_zeros(p.coefficient, -p.exponent);
  std::string text = format(p);
  if (text.find('E') != std::string::npos) {
    p.exponent += strip_zeros(p.coefficient, precision);
    text = scientific(p);
  }
  return text;
}

double Number::to_double() const noexcept {
  const Parts p = NumberBits::parts(*this);
  std::array<char, 64> buffer;
  // "-" digits "E" exponent: 1 + 34 + 1 + 5 characters at most.
  char *at = buffer.data();
  if (p.negative)
    *at++ = '-';
  std::array<char, 40> digits;
  std::size_t first = digits.size();
  UWide rest = p.coefficient;
  do {
    digits[--first] = static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  } while (rest != 0);
  while (first < digits.size())
    *at++ = digits[first++];
  *at++ = 'E';
  at = std::to_chars(at, buffer.data() + buffer.size(), p.exponent).ptr;
  double value = 0;
  if (std::from_chars(buffer.data(), at, value).ec == std::errc::result_out_of_range) {
    const bool huge = p.exponent > 0;
    value = huge ? std::numeric_limits<double>::infinity() : 0.0;
    return p.negative ? -value : value;
  }
  return value;
}

} // namespace spie::feel
