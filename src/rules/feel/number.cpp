// FEEL numbers. What fits in an int64 coefficient and an 8-bit exponent is computed inline; products and sums of two
// such numbers are exact in 128 bits and need one rounding at most. The rest goes to Intel's decimal library, which
// this file alone includes.
#include "spie/feel/number.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <bid_conf.h>
// The order matters: the first header renames what the second declares.
#include <bid_functions.h>

namespace spie::feel {

namespace {

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

int digit_count(UWide value) noexcept {
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

Split split(UWide value, int power) noexcept {
  if (value <= std::numeric_limits<std::uint64_t>::max() && power <= 19) {
    const auto narrow = static_cast<std::uint64_t>(value);
    const auto divisor = static_cast<std::uint64_t>(ten_to(power));
    return {narrow / divisor, narrow % divisor};
  }
  return {value / ten_to(power), value % ten_to(power)};
}

// Removes the zeros that end a coefficient, `most` of them at most; gives how many.
int strip_zeros(UWide &value, int most) noexcept {
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

UWide magnitude(Wide value) noexcept { return value < 0 ? -static_cast<UWide>(value) : static_cast<UWide>(value); }

} // namespace

// The bits of a Number: what the functions below may know of them.
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

  // coefficient < 10^34, min_exponent <= exponent <= max_exponent. There is no negative zero.
  static Number make(bool negative, UWide coefficient, int exponent) noexcept {
    if (coefficient == 0)
      return inlined(0, exponent < -128 ? -128 : exponent > 127 ? 127 : exponent);
    if (coefficient <= largest_inline && fits(exponent)) {
      const auto value = static_cast<std::int64_t>(coefficient);
      return inlined(negative ? -value : value, exponent);
    }
    if (negative && coefficient == UWide{largest_inline} + 1 && fits(exponent))
      return inlined(std::numeric_limits<std::int64_t>::min(), exponent);
    Number n;
    n.low_ = static_cast<std::uint64_t>(coefficient);
    n.high_ = (negative ? 1ULL << 63 : 0ULL) | (static_cast<std::uint64_t>(exponent - min_exponent) << 49) |
              static_cast<std::uint64_t>(coefficient >> 64);
    return n;
  }

  static Parts parts(const Number &n) noexcept {
    if (is_inline(n))
      return {coefficient(n) < 0, magnitude(coefficient(n)), exponent(n)};
    return {(n.high_ >> 63) != 0, (static_cast<UWide>(n.high_ & ((1ULL << 49) - 1)) << 64) | n.low_,
            static_cast<int>((n.high_ >> 49) & 0x3FFF) + min_exponent};
  }

  static BID_UINT128 to_bid(const Number &n) noexcept {
    BID_UINT128 bid;
    if (!is_inline(n)) {
      bid.w[0] = n.low_;
      bid.w[1] = n.high_;
      return bid;
    }
    const std::int64_t value = coefficient(n);
    bid.w[0] = static_cast<std::uint64_t>(magnitude(value));
    bid.w[1] = (value < 0 ? 1ULL << 63 : 0ULL) | (static_cast<std::uint64_t>(exponent(n) - min_exponent) << 49);
    return bid;
  }

  static std::optional<Number> from_bid(const BID_UINT128 &bid) noexcept {
    constexpr std::uint64_t special = 0x7800000000000000ULL; // infinities and NaN
    if ((bid.w[1] & special) == special)
      return std::nullopt;
    Number n;
    n.low_ = bid.w[0];
    n.high_ = bid.w[1];
    const Parts p = parts(n);
    return make(p.negative, p.coefficient, p.exponent);
  }
};

namespace {

constexpr unsigned half_even = BID_ROUNDING_TO_NEAREST;

// Any coefficient and exponent, rounded half-even to what decimal128 holds. `more` says that digits not null stood
// after the coefficient. nullopt beyond the largest number; what is too small becomes zero, as in IEEE 754.
std::optional<Number> pack(bool negative, UWide coefficient, std::int64_t exponent, bool more = false) noexcept {
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

std::optional<Number> pack(Wide value, std::int64_t exponent) noexcept {
  return pack(value < 0, magnitude(value), exponent);
}

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
  else if (-p.exponent < count)
    text.insert(static_cast<std::size_t>(count + p.exponent), 1, '.');
  else
    text.insert(0, "0." + std::string(static_cast<std::size_t>(-p.exponent - count), '0'));
  if (p.negative)
    text.insert(0, 1, '-');
  return text;
}

int sign_of(const Parts &p) noexcept { return p.coefficient == 0 ? 0 : p.negative ? -1 : 1; }

int compare_magnitudes(const Parts &a, const Parts &b) noexcept {
  const int digits_a = digit_count(a.coefficient);
  const int digits_b = digit_count(b.coefficient);
  if (digits_a + a.exponent != digits_b + b.exponent)
    return digits_a + a.exponent < digits_b + b.exponent ? -1 : 1;
  // The same power of ten leads both: aligned, the shorter has as many digits as the longer.
  UWide left = a.coefficient;
  UWide right = b.coefficient;
  if (a.exponent > b.exponent)
    left *= ten_to(a.exponent - b.exponent);
  else
    right *= ten_to(b.exponent - a.exponent);
  return left < right ? -1 : left > right ? 1 : 0;
}

std::uint64_t mix(std::uint64_t x) noexcept { // the finaliser of SplitMix64
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

// --- Powers: a pair of decimals whose sum carries about 67 digits, so that a long product is rounded once.

struct Pair {
  BID_UINT128 high;
  BID_UINT128 low;
};

BID_UINT128 plus(BID_UINT128 a, BID_UINT128 b) noexcept {
  unsigned flags = 0;
  return bid128_add(a, b, half_even, &flags);
}
BID_UINT128 minus(BID_UINT128 a, BID_UINT128 b) noexcept {
  unsigned flags = 0;
  return bid128_sub(a, b, half_even, &flags);
}
BID_UINT128 times(BID_UINT128 a, BID_UINT128 b) noexcept {
  unsigned flags = 0;
  return bid128_mul(a, b, half_even, &flags);
}
BID_UINT128 over(BID_UINT128 a, BID_UINT128 b) noexcept {
  unsigned flags = 0;
  return bid128_div(a, b, half_even, &flags);
}
BID_UINT128 fused(BID_UINT128 a, BID_UINT128 b, BID_UINT128 c) noexcept { // a × b + c, rounded once
  unsigned flags = 0;
  return bid128_fma(a, b, c, half_even, &flags);
}
BID_UINT128 opposite(BID_UINT128 a) noexcept {
  a.w[1] ^= 1ULL << 63;
  return a;
}

Pair normalised(BID_UINT128 high, BID_UINT128 low) noexcept {
  const BID_UINT128 sum = plus(high, low);
  return {sum, minus(low, minus(sum, high))};
}

Pair product(const Pair &a, const Pair &b) noexcept {
  const BID_UINT128 high = times(a.high, b.high);
  const BID_UINT128 rest = fused(a.high, b.high, opposite(high));
  return normalised(high, plus(rest, plus(times(a.high, b.low), times(a.low, b.high))));
}

Pair inverse(const Pair &a) noexcept {
  const BID_UINT128 one = NumberBits::to_bid(Number(1));
  const BID_UINT128 high = over(one, a.high);
  const BID_UINT128 rest = minus(fused(opposite(high), a.high, one), times(high, a.low));
  return normalised(high, over(rest, a.high));
}

BID_UINT128 long_power(BID_UINT128 base, std::int64_t exponent) noexcept {
  const BID_UINT128 zero = NumberBits::to_bid(Number(0));
  const Pair step{base, zero};
  const auto count = static_cast<std::uint64_t>(exponent < 0 ? -exponent : exponent);
  Pair result = step;
  for (int bit = 62 - std::countl_zero(count); bit >= 0; --bit) {
    result = product(result, result);
    if (((count >> bit) & 1U) != 0)
      result = product(result, step);
  }
  return (exponent < 0 ? inverse(result) : result).high;
}

// coefficient^count while it has at most 34 digits.
std::optional<UWide> exact_power(UWide coefficient, std::uint64_t count) noexcept {
  UWide result = 1;
  if (coefficient <= 1)
    return count == 0 ? result : coefficient;
  while (count-- > 0) { // ends after 113 steps at most: a coefficient of two or more outgrows 34 digits
    if (result > (ten_to(precision) - 1) / coefficient)
      return std::nullopt;
    result *= coefficient;
  }
  return result;
}

} // namespace

std::optional<Number> Number::scaled(std::int64_t coefficient, int exponent) noexcept {
  if (NumberBits::fits(exponent))
    return NumberBits::inlined(coefficient, exponent);
  return pack(Wide{coefficient}, exponent);
}

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
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
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

std::optional<std::int64_t> Number::to_int64() const noexcept {
  Parts p = NumberBits::parts(*this);
  if (p.coefficient == 0)
    return 0;
  if (p.exponent < 0) {
    if (strip_zeros(p.coefficient, -p.exponent) != -p.exponent)
      return std::nullopt;
  } else if (p.exponent > 18) {
    return std::nullopt;
  } else {
    if (p.coefficient > largest_inline + UWide{1})
      return std::nullopt;
    p.coefficient *= ten_to(p.exponent);
  }
  if (p.coefficient > largest_inline + UWide{p.negative})
    return std::nullopt;
  const auto value = static_cast<std::uint64_t>(p.coefficient);
  return static_cast<std::int64_t>(p.negative ? 0 - value : value);
}

bool Number::is_integer() const noexcept {
  Parts p = NumberBits::parts(*this);
  return p.exponent >= 0 || p.coefficient == 0 || strip_zeros(p.coefficient, -p.exponent) == -p.exponent;
}

bool Number::is_zero() const noexcept { return NumberBits::is_inline(*this) && low_ == 0; }

bool Number::is_negative() const noexcept { return NumberBits::parts(*this).negative; }

Number Number::operator-() const noexcept {
  const Parts p = NumberBits::parts(*this);
  return NumberBits::make(!p.negative, p.coefficient, p.exponent);
}

Number Number::abs() const noexcept {
  const Parts p = NumberBits::parts(*this);
  return NumberBits::make(false, p.coefficient, p.exponent);
}

std::optional<Number> Number::add(const Number &other) const noexcept {
  if (NumberBits::is_inline(*this) && NumberBits::is_inline(other)) {
    std::int64_t a = NumberBits::coefficient(*this);
    std::int64_t b = NumberBits::coefficient(other);
    int exponent = NumberBits::exponent(*this);
    int distance = exponent - NumberBits::exponent(other);
    if (distance > 0) { // scale the one that has the greater exponent: `b` from now on
      std::swap(a, b);
      exponent -= distance;
    } else {
      distance = -distance;
    }
    if (distance <= widest_inline_power) {
      std::int64_t scaled_b;
      std::int64_t sum;
      if (!__builtin_mul_overflow(b, inline_ten_to(distance), &scaled_b) &&
          !__builtin_add_overflow(a, scaled_b, &sum))
        return NumberBits::inlined(sum, exponent);
      return pack(Wide{a} + Wide{b} * inline_ten_to(distance), exponent);
    }
  }
  return NumberBits::from_bid(plus(NumberBits::to_bid(*this), NumberBits::to_bid(other)));
}

std::optional<Number> Number::subtract(const Number &other) const noexcept { return add(-other); }

std::optional<Number> Number::multiply(const Number &other) const noexcept {
  if (NumberBits::is_inline(*this) && NumberBits::is_inline(other)) {
    const std::int64_t a = NumberBits::coefficient(*this);
    const std::int64_t b = NumberBits::coefficient(other);
    const int exponent = NumberBits::exponent(*this) + NumberBits::exponent(other);
    std::int64_t result;
    if (!__builtin_mul_overflow(a, b, &result) && NumberBits::fits(exponent))
      return NumberBits::inlined(result, exponent);
    return pack(Wide{a} * Wide{b}, exponent);
  }
  return NumberBits::from_bid(times(NumberBits::to_bid(*this), NumberBits::to_bid(other)));
}

std::optional<Number> Number::divide(const Number &other) const noexcept {
  if (other.is_zero())
    return std::nullopt;
  if (NumberBits::is_inline(*this) && NumberBits::is_inline(other)) {
    const std::int64_t a = NumberBits::coefficient(*this);
    const std::int64_t b = NumberBits::coefficient(other);
    const int preferred = NumberBits::exponent(*this) - NumberBits::exponent(other);
    if (a != std::numeric_limits<std::int64_t>::min() && NumberBits::fits(preferred)) {
      if (a % b == 0)
        return NumberBits::inlined(a / b, preferred);
      // A divisor 2^i 5^j m gives an end to the quotient when m divides the dividend: a / b = (a / m) 5^i 2^j / 10^(i+j).
      auto m = static_cast<std::uint64_t>(magnitude(b));
      const int twos = std::countr_zero(m);
      m >>= twos;
      int fives = 0;
      for (; fives <= 12 && m % 5 == 0; ++fives)
        m /= 5;
      const auto size = static_cast<std::uint64_t>(magnitude(a));
      if (twos <= 12 && fives <= 12 && size % m == 0) {
        UWide result = size / m; // < 2^63; times 5^12 × 2^12 = 10^12 at most
        for (int i = 0; i < twos; ++i)
          result *= 5;
        result <<= fives;
        const int exact = preferred - twos - fives;
        const int zeros = strip_zeros(result, twos + fives);
        return pack((a < 0) != (b < 0), result, exact + zeros);
      }
    }
  }
  return NumberBits::from_bid(over(NumberBits::to_bid(*this), NumberBits::to_bid(other)));
}

std::optional<Number> Number::modulo(const Number &divisor) const noexcept {
  if (divisor.is_zero())
    return std::nullopt;
  const Parts a = NumberBits::parts(*this);
  const Parts b = NumberBits::parts(divisor);
  const int exponent = a.exponent < b.exponent ? a.exponent : b.exponent;
  const auto aligned = [exponent](const Parts &p, UWide &out) {
    const int shift = p.exponent - exponent;
    if (p.coefficient != 0 && (shift > widest_power || digit_count(p.coefficient) + shift > 37))
      return false;
    out = p.coefficient == 0 ? 0 : p.coefficient * ten_to(shift);
    return true;
  };
  UWide left = 0;
  UWide right = 0;
  if (aligned(a, left) && aligned(b, right)) {
    UWide rest = left % right;
    if (rest != 0 && a.negative != b.negative)
      rest = right - rest;
    return pack(b.negative, rest, exponent);
  }
  unsigned flags = 0;
  const auto rest = NumberBits::from_bid(bid128_fmod(NumberBits::to_bid(*this), NumberBits::to_bid(divisor), &flags));
  if (!rest || rest->is_zero() || rest->is_negative() == divisor.is_negative())
    return rest;
  return rest->add(divisor);
}

std::optional<Number> Number::power(const Number &exponent) const noexcept {
  if (exponent.is_zero())
    return Number(1);
  if (is_zero())
    return exponent.is_negative() ? std::nullopt : std::optional<Number>(Number(0));
  Parts p = NumberBits::parts(*this);
  const auto whole = exponent.to_int64();
  const auto estimate = [this, &exponent] {
    unsigned flags = 0;
    return NumberBits::from_bid(
        bid128_pow(NumberBits::to_bid(*this), NumberBits::to_bid(exponent), half_even, &flags));
  };
  constexpr std::int64_t most = std::int64_t{1} << 62;
  if (!whole || *whole > most || *whole < -most)
    return estimate();
  const bool inverted = *whole < 0;
  const auto count = static_cast<std::uint64_t>(inverted ? -*whole : *whole);
  const bool negative = p.negative && count % 2 == 1;
  auto exact = exact_power(p.coefficient, count);
  if (!exact) {
    p.exponent += strip_zeros(p.coefficient, precision);
    exact = exact_power(p.coefficient, count);
  }
  constexpr std::uint64_t reach = 1'000'000; // beyond, the power of ten alone leaves the range
  if (exact && (p.exponent == 0 || count <= reach)) {
    const std::int64_t shift = p.exponent * static_cast<std::int64_t>(p.exponent == 0 ? 0 : count);
    if (!inverted)
      return pack(negative, *exact, shift);
    const auto result = Number(1).divide(NumberBits::make(negative, *exact, 0));
    const Parts r = NumberBits::parts(*result);
    return pack(r.negative, r.coefficient, r.exponent - shift);
  }
  const auto rough = estimate();
  if (!rough || rough->is_zero())
    return rough;
  return NumberBits::from_bid(long_power(NumberBits::to_bid(*this), *whole));
}

std::optional<Number> Number::sqrt() const noexcept {
  unsigned flags = 0;
  return NumberBits::from_bid(bid128_sqrt(NumberBits::to_bid(*this), half_even, &flags));
}

std::optional<Number> Number::exp() const noexcept {
  unsigned flags = 0;
  return NumberBits::from_bid(bid128_exp(NumberBits::to_bid(*this), half_even, &flags));
}

std::optional<Number> Number::log() const noexcept {
  if (is_zero() || is_negative())
    return std::nullopt;
  unsigned flags = 0;
  return NumberBits::from_bid(bid128_log(NumberBits::to_bid(*this), half_even, &flags));
}

std::optional<Number> Number::round(std::int64_t scale, Rounding mode) const noexcept {
  if (scale < -max_exponent || scale > -min_exponent)
    return std::nullopt;
  const Parts p = NumberBits::parts(*this);
  const int exponent = static_cast<int>(-scale);
  if (p.coefficient == 0)
    return NumberBits::make(false, 0, exponent);
  const int drop = exponent - p.exponent;
  if (drop <= 0) {
    if (digit_count(p.coefficient) - drop > precision)
      return *this;
    return NumberBits::make(p.negative, p.coefficient * ten_to(-drop), exponent);
  }
  UWide quotient = 0;
  int against_half = -1; // what is cut, against half a unit
  bool exact = false;
  if (drop <= widest_power) {
    const Split cut = split(p.coefficient, drop);
    quotient = cut.quotient;
    const UWide half = ten_to(drop) / 2;
    against_half = cut.remainder < half ? -1 : cut.remainder > half ? 1 : 0;
    exact = cut.remainder == 0;
  }
  bool away = false;
  switch (mode) {
  case Rounding::half_even:
    away = against_half > 0 || (against_half == 0 && quotient % 2 == 1);
    break;
  case Rounding::half_up:
    away = against_half >= 0;
    break;
  case Rounding::half_down:
    away = against_half > 0;
    break;
  case Rounding::up:
    away = true;
    break;
  case Rounding::down:
    break;
  case Rounding::floor:
    away = p.negative;
    break;
  case Rounding::ceiling:
    away = !p.negative;
    break;
  }
  if (away && !exact)
    ++quotient;
  return pack(p.negative, quotient, exponent);
}

std::size_t Number::hash() const noexcept {
  Parts p = NumberBits::parts(*this);
  if (p.coefficient == 0)
    return 0;
  p.exponent += strip_zeros(p.coefficient, precision);
  std::uint64_t h = mix(static_cast<std::uint64_t>(p.coefficient) + 0x9E3779B97F4A7C15ULL);
  h = mix(h ^ static_cast<std::uint64_t>(p.coefficient >> 64));
  return mix(h ^ (static_cast<std::uint64_t>(static_cast<std::int64_t>(p.exponent)) << 1) ^ (p.negative ? 1U : 0U));
}

int Number::compare(const Number &a, const Number &b) noexcept {
  if (NumberBits::is_inline(a) && NumberBits::is_inline(b)) {
    const std::int64_t left = NumberBits::coefficient(a);
    const std::int64_t right = NumberBits::coefficient(b);
    const int distance = NumberBits::exponent(a) - NumberBits::exponent(b);
    if (distance == 0)
      return left < right ? -1 : left > right ? 1 : 0;
    if (distance >= -widest_inline_power && distance <= widest_inline_power) {
      const Wide wide_left = distance > 0 ? Wide{left} * inline_ten_to(distance) : Wide{left};
      const Wide wide_right =
          distance < 0 ? Wide{right} * inline_ten_to(-distance) : Wide{right};
      return wide_left < wide_right ? -1 : wide_left > wide_right ? 1 : 0;
    }
  }
  const Parts left = NumberBits::parts(a);
  const Parts right = NumberBits::parts(b);
  const int sign_left = sign_of(left);
  const int sign_right = sign_of(right);
  if (sign_left != sign_right)
    return sign_left < sign_right ? -1 : 1;
  return sign_left == 0 ? 0 : sign_left * compare_magnitudes(left, right);
}

} // namespace spie::feel
