// FEEL numbers: exact decimals of up to 34 significant digits (DMN 1.5 §10.3.2.3.1: IEEE 754-2008 decimal128,
// rounded half-even). Sixteen bytes: an int64 coefficient and a power of ten held inline, decimal128 beyond.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace spie::feel {

// How a result is cut to a number of decimals; names as the FEEL built-ins use them.
enum class Rounding : std::uint8_t { half_even, half_up, half_down, up, down, floor, ceiling };

// Immutable. There is no NaN and no infinity: an operation without a result gives nullopt (division by zero,
// beyond 9.99…E+6144, square root of a negative number). Trailing zeros are kept by parsing and arithmetic as
// IEEE 754 does, and do not matter to comparison or hashing (1.10 == 1.1).
class Number {
public:
  constexpr Number() noexcept : low_(0), high_(inline_tag) {}
  constexpr Number(std::int64_t integer) noexcept // implicit: an integer is a number
      : low_(static_cast<std::uint64_t>(integer)), high_(inline_tag) {}
  constexpr Number(int integer) noexcept : Number(static_cast<std::int64_t>(integer)) {}

  // coefficient × 10^exponent; nullopt outside the range.
  static std::optional<Number> scaled(std::int64_t coefficient, int exponent) noexcept;
  // A decimal literal: digits, one point, an exponent (1.5e-3), a sign; nothing else, no blank. Digits beyond 34
  // are rounded half-even, what is too small becomes zero. nullopt when it is not one or when it is too large.
  static std::optional<Number> parse(std::string_view text) noexcept;
  // The number that the shortest text of the double denotes; nullopt for NaN and infinities.
  static std::optional<Number> from_double(double value) noexcept;

  // Plain decimal text without exponent up to 34 + 40 digits ("0.1", "1200", "-3.50"), scientific beyond ("1E+400").
  std::string to_string() const;
  // As to_string, trailing zeros after the point removed: "1.1" for 1.10. What string() gives in FEEL.
  std::string to_plain_string() const;
  double to_double() const noexcept;
  // The value as an integer when it is one that fits; nullopt otherwise.
  std::optional<std::int64_t> to_int64() const noexcept;

  bool is_integer() const noexcept;
  bool is_zero() const noexcept;
  bool is_negative() const noexcept;

  Number operator-() const noexcept;
  Number abs() const noexcept;
  std::optional<Number> add(const Number &other) const noexcept;
  std::optional<Number> subtract(const Number &other) const noexcept;
  std::optional<Number> multiply(const Number &other) const noexcept;
  std::optional<Number> divide(const Number &other) const noexcept;
  // FEEL's modulo: the result has the sign of the divisor (DMN 1.5 table 75); nullopt for a zero divisor.
  std::optional<Number> modulo(const Number &divisor) const noexcept;
  // Any exponent. Integer powers are exact while they fit in 34 digits and correctly rounded beyond; others are within
  // two units of digit 34, as exp and log are. 0^0 is 1.
  std::optional<Number> power(const Number &exponent) const noexcept;
  std::optional<Number> sqrt() const noexcept;
  std::optional<Number> exp() const noexcept;
  std::optional<Number> log() const noexcept; // natural
  // Cut to `scale` decimals (negative: tens, hundreds); scale from -6111 to 6176, nullopt outside. A number of fewer
  // decimals is filled with zeros up to `scale` while 34 digits hold it (12.5 to two decimals is written "12.50").
  std::optional<Number> round(std::int64_t scale, Rounding mode) const noexcept;

  friend bool operator==(const Number &a, const Number &b) noexcept { return compare(a, b) == 0; }
  friend std::strong_ordering operator<=>(const Number &a, const Number &b) noexcept { return compare(a, b) <=> 0; }
  // Equal numbers have equal hashes.
  std::size_t hash() const noexcept;

private:
  static int compare(const Number &a, const Number &b) noexcept;

  // BID decimal128 never gives this pattern (a coefficient of more than 34 digits): it marks an inline number,
  // whose exponent stands in the low byte of high_ and whose coefficient is low_.
  static constexpr std::uint64_t inline_tag = 0x6000000000000000ULL;
  std::uint64_t low_;
  std::uint64_t high_;
  friend struct NumberBits; // number.cpp and number_text.cpp alone
};
static_assert(sizeof(Number) == 16);

} // namespace spie::feel
