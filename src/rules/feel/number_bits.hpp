// The two forms of a Number and what both of its sources need: number.cpp (arithmetic), number_text.cpp (text); and
// what reads its digits at once: the index of a table, the rows of the C interface.
#pragma once

#include "spie/feel/number.hpp"

#include <array>
#include <bit>
#include <limits>

namespace spie::feel {

namespace decimal {

__extension__ typedef __int128 Wide;           // NOLINT(modernize-use-using): only a typedef takes __extension__
__extension__ typedef unsigned __int128 UWide; // NOLINT(modernize-use-using)

constexpr int precision = 34;
constexpr int min_exponent = -6176; // of the coefficient read as an integer
constexpr int max_exponent = 6111;
constexpr int widest_power = 38; // 10^38 < 2^128

constexpr auto powers = [] {
  std::array<UWide, widest_power + 1> table{};
  table[0] = 1;
  for (std::size_t i = 1; i < table.size(); ++i)
    table[i] = table[i - 1] * 10;
  return table;
}();
constexpr UWide ten_to(std::int64_t power) noexcept { return powers[static_cast<std::size_t>(power)]; }

constexpr int widest_inline_power = 18; // 10^18 < 2^63
constexpr auto inline_powers = [] {
  std::array<std::int64_t, widest_inline_power + 1> table{};
  for (std::size_t i = 0; i < table.size(); ++i)
    table[i] = static_cast<std::int64_t>(powers[i]);
  return table;
}();
constexpr std::int64_t inline_ten_to(int power) noexcept { return inline_powers[static_cast<std::size_t>(power)]; }

constexpr std::uint64_t largest_inline = std::numeric_limits<std::int64_t>::max();

// A finite number, whichever way it is held.
struct Parts {
  bool negative;
  UWide coefficient;
  int exponent;
};

inline int digit_count(UWide value) noexcept {
  const auto high = static_cast<std::uint64_t>(value >> 64);
  const int bits =
      high != 0 ? 128 - std::countl_zero(high) : 64 - std::countl_zero(static_cast<std::uint64_t>(value) | 1U);
  const int guess = (bits * 1233) >> 12; // log10(2) ≈ 1233 / 4096
  return guess + (value >= ten_to(guess) ? 1 : 0);
}

struct Split {
  UWide quotient;
  UWide remainder;
};

inline Split split(UWide value, int power) noexcept {
  if (value <= std::numeric_limits<std::uint64_t>::max() && power <= 19) {
    const auto narrow = static_cast<std::uint64_t>(value);
    const auto divisor = static_cast<std::uint64_t>(ten_to(power));
    return {narrow / divisor, narrow % divisor};
  }
  return {value / ten_to(power), value % ten_to(power)};
}

// Removes the zeros that end a coefficient, `most` of them at most; gives how many.
inline int strip_zeros(UWide &value, int most) noexcept {
  int count = 0;
  while (count < most && value > std::numeric_limits<std::uint64_t>::max() && value % 10 == 0) {
    value /= 10;
    ++count;
  }
  if (value <= std::numeric_limits<std::uint64_t>::max() && value != 0) {
    auto narrow = static_cast<std::uint64_t>(value);
    while (count < most && narrow % 10 == 0) {
      narrow /= 10;
      ++count;
    }
    value = narrow;
  }
  return count;
}

inline UWide magnitude(Wide value) noexcept {
  return value < 0 ? -static_cast<UWide>(value) : static_cast<UWide>(value);
}

} // namespace decimal

// The bits of a Number, which nothing else may read.
struct NumberBits {
  static bool is_inline(const Number &n) noexcept { return (n.high_ & ~0xFFULL) == Number::inline_tag; }
  static std::int64_t coefficient(const Number &n) noexcept { return static_cast<std::int64_t>(n.low_); }
  static int exponent(const Number &n) noexcept { return static_cast<std::int8_t>(n.high_ & 0xFF); }
  static bool fits(std::int64_t exponent) noexcept { return exponent >= -128 && exponent <= 127; }

  static Number inlined(std::int64_t coefficient, int exponent) noexcept {
    Number n(coefficient);
    n.high_ |= static_cast<std::uint8_t>(exponent);
    return n;
  }

  // coefficient < 10^34, and the exponent is within the limits of decimal128. There is no negative zero.
  static Number make(bool negative, decimal::UWide coefficient, int exponent) noexcept {
    if (coefficient == 0)
      return inlined(0, exponent < -128 ? -128 : exponent > 127 ? 127 : exponent);
    if (coefficient <= decimal::largest_inline && fits(exponent)) {
      const auto value = static_cast<std::int64_t>(coefficient);
      return inlined(negative ? -value : value, exponent);
    }
    if (negative && coefficient == decimal::UWide{decimal::largest_inline} + 1 && fits(exponent))
      return inlined(std::numeric_limits<std::int64_t>::min(), exponent);
    Number n;
    n.low_ = static_cast<std::uint64_t>(coefficient);
    n.high_ = (negative ? 1ULL << 63 : 0ULL) | (static_cast<std::uint64_t>(exponent - decimal::min_exponent) << 49) |
              static_cast<std::uint64_t>(coefficient >> 64);
    return n;
  }

  static decimal::Parts parts(const Number &n) noexcept {
    if (is_inline(n))
      return {coefficient(n) < 0, decimal::magnitude(coefficient(n)), exponent(n)};
    return {(n.high_ >> 63) != 0, (static_cast<decimal::UWide>(n.high_ & ((1ULL << 49) - 1)) << 64) | n.low_,
            static_cast<int>((n.high_ >> 49) & 0x3FFF) + decimal::min_exponent};
  }

  // The same number as BID decimal128, low and high words.
  struct Words {
    std::uint64_t low;
    std::uint64_t high;
  };

  static Words encoded(const Number &n) noexcept {
    if (!is_inline(n))
      return {n.low_, n.high_};
    const std::int64_t value = coefficient(n);
    return {static_cast<std::uint64_t>(decimal::magnitude(value)),
            (value < 0 ? 1ULL << 63 : 0ULL) | (static_cast<std::uint64_t>(exponent(n) - decimal::min_exponent) << 49)};
  }

  // nullopt for infinities and NaN. What fits comes back inline.
  static std::optional<Number> decoded(Words words) noexcept {
    constexpr std::uint64_t special = 0x7800000000000000ULL;
    if ((words.high & special) == special)
      return std::nullopt;
    Number n;
    n.low_ = words.low;
    n.high_ = words.high;
    const decimal::Parts p = parts(n);
    return make(p.negative, p.coefficient, p.exponent);
  }
};

namespace decimal {

// Any coefficient and exponent, rounded half-even to what decimal128 holds. `more` says that digits not null stood
// after the coefficient. nullopt beyond the largest number; what is too small becomes zero, as in IEEE 754.
inline std::optional<Number> pack(bool negative, UWide coefficient, std::int64_t exponent, bool more = false) noexcept {
  std::int64_t drop = coefficient == 0 ? 0 : digit_count(coefficient) - precision;
  if (min_exponent - exponent > drop)
    drop = min_exponent - exponent;
  if (drop > 0) {
    if (drop > widest_power) {
      coefficient = 0;
    } else {
      const auto [quotient, remainder] = split(coefficient, static_cast<int>(drop));
      const UWide half = ten_to(drop) / 2;
      coefficient = quotient;
      if (remainder > half || (remainder == half && (more || quotient % 2 == 1)))
        ++coefficient;
    }
    exponent += drop;
    if (coefficient == ten_to(precision)) {
      coefficient /= 10;
      ++exponent;
    }
  }
  if (exponent > max_exponent) {
    const std::int64_t shift = exponent - max_exponent;
    if (coefficient != 0) {
      if (shift >= precision || digit_count(coefficient) + shift > precision)
        return std::nullopt;
      coefficient *= ten_to(shift);
    }
    exponent = max_exponent;
  }
  return NumberBits::make(negative, coefficient, static_cast<int>(exponent));
}

inline std::optional<Number> pack(Wide value, std::int64_t exponent) noexcept {
  return pack(value < 0, magnitude(value), exponent);
}

// The number in units of 10^-decimals (12.5 in cents: 1250) when it is held inline and is a whole count of them that
// fits.
inline std::optional<std::int64_t> in_units(const Number &number, int decimals) noexcept {
  if (!NumberBits::is_inline(number))
    return std::nullopt;
  const std::int64_t coefficient = NumberBits::coefficient(number);
  const int shift = NumberBits::exponent(number) + decimals;
  if (shift == 0 || coefficient == 0)
    return coefficient;
  if (shift > widest_inline_power || shift < -widest_inline_power)
    return std::nullopt;
  std::int64_t units = 0;
  if (shift > 0)
    return __builtin_mul_overflow(coefficient, inline_ten_to(shift), &units) ? std::nullopt : std::optional(units);
  units = coefficient / inline_ten_to(-shift);
  return units * inline_ten_to(-shift) == coefficient ? std::optional(units) : std::nullopt;
}

} // namespace decimal

} // namespace spie::feel
