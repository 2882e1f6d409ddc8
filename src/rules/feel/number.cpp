// FEEL numbers. What fits in an int64 coefficient and an 8-bit exponent is computed inline; products and sums of two
// such numbers are exact in 128 bits and need one rounding at most. The rest goes to Intel's decimal library, which
// this file alone includes.
#include "rules/feel/number_bits.hpp"

#include <utility>

#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <bid_conf.h>
// The order matters: the first header renames what the second declares.
#include <bid_functions.h>

namespace spie::feel {

using namespace decimal;

namespace {

constexpr unsigned half_even = BID_ROUNDING_TO_NEAREST;

BID_UINT128 to_bid(const Number &n) noexcept {
  const auto words = NumberBits::encoded(n);
  BID_UINT128 bid;
  bid.w[0] = words.low;
  bid.w[1] = words.high;
  return bid;
}

std::optional<Number> from_bid(const BID_UINT128 &bid) noexcept { return NumberBits::decoded({bid.w[0], bid.w[1]}); }

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
  const BID_UINT128 one = to_bid(Number(1));
  const BID_UINT128 high = over(one, a.high);
  const BID_UINT128 rest = minus(fused(opposite(high), a.high, one), times(high, a.low));
  return normalised(high, over(rest, a.high));
}

BID_UINT128 long_power(BID_UINT128 base, std::int64_t exponent) noexcept {
  const BID_UINT128 zero = to_bid(Number(0));
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

// dividend / divisor × 10^preferred (the divisor is not null): the quotient that ends, or 34 digits of it.
std::optional<Number> divided(bool negative, std::uint64_t dividend, std::uint64_t divisor, int preferred) noexcept {
  if (dividend % divisor == 0) // zero too
    return pack(negative, dividend / divisor, preferred);
  // A divisor 2^i 5^j m gives an end to the quotient when m divides the dividend: a / b = (a / m) 5^i 2^j / 10^(i+j).
  constexpr int most = 12;
  const int twos = std::countr_zero(divisor);
  std::uint64_t m = divisor >> twos;
  int fives = 0;
  for (; fives <= most && m % 5 == 0; ++fives)
    m /= 5;
  if (twos <= most && fives <= most && dividend % m == 0) {
    UWide result = dividend / m; // < 2^64; times 5^12 × 2^12 = 10^12 at most
    for (int i = 0; i < twos; ++i)
      result *= 5;
    result <<= fives;
    const int zeros = strip_zeros(result, twos + fives); // as few decimals as the quotient needs
    return pack(negative, result, preferred - twos - fives + zeros);
  }
  // Long division: the first digits, then the rest in two steps of at most 18 digits each.
  const int shift = dividend < divisor ? digit_count(divisor) - digit_count(dividend) + 1 : 0;
  const UWide scaled = UWide{dividend} * ten_to(shift); // less than ten times as long as the divisor
  UWide quotient = scaled / divisor;
  auto rest = static_cast<std::uint64_t>(scaled % divisor);
  int wanted = precision - digit_count(quotient);
  int exponent = preferred - shift - wanted;
  while (wanted > 0) {
    const int step = wanted < 18 ? wanted : 18;
    const UWide next = UWide{rest} * ten_to(step);
    quotient = quotient * ten_to(step) + next / divisor;
    rest = static_cast<std::uint64_t>(next % divisor);
    wanted -= step;
  }
  if (rest == 0)
    exponent += strip_zeros(quotient, preferred - exponent);
  const UWide twice = UWide{rest} * 2;
  if (twice > divisor || (twice == divisor && quotient % 2 == 1))
    ++quotient;
  return pack(negative, quotient, exponent);
}

} // namespace

std::optional<Number> Number::scaled(std::int64_t coefficient, int exponent) noexcept {
  if (NumberBits::fits(exponent))
    return NumberBits::inlined(coefficient, exponent);
  return pack(Wide{coefficient}, exponent);
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
  if (NumberBits::is_inline(*this) && NumberBits::coefficient(*this) != std::numeric_limits<std::int64_t>::min())
    return NumberBits::inlined(-NumberBits::coefficient(*this), NumberBits::exponent(*this));
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
      if (!__builtin_mul_overflow(b, inline_ten_to(distance), &scaled_b) && !__builtin_add_overflow(a, scaled_b, &sum))
        return NumberBits::inlined(sum, exponent);
      return pack(Wide{a} + Wide{b} * inline_ten_to(distance), exponent);
    }
  }
  return from_bid(plus(to_bid(*this), to_bid(other)));
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
  return from_bid(times(to_bid(*this), to_bid(other)));
}

std::optional<Number> Number::divide(const Number &other) const noexcept {
  if (other.is_zero())
    return std::nullopt;
  if (NumberBits::is_inline(*this) && NumberBits::is_inline(other)) {
    const std::int64_t a = NumberBits::coefficient(*this);
    const std::int64_t b = NumberBits::coefficient(other);
    const auto dividend = static_cast<std::uint64_t>(magnitude(a));
    const auto divisor = static_cast<std::uint64_t>(magnitude(b));
    return divided((a < 0) != (b < 0), dividend, divisor, NumberBits::exponent(*this) - NumberBits::exponent(other));
  }
  return from_bid(over(to_bid(*this), to_bid(other)));
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
    UWide rest = left % right; // NOLINT(clang-analyzer-core.DivideZero): aligned() keeps a divisor that is not zero
    if (rest != 0 && a.negative != b.negative)
      rest = right - rest;
    return pack(b.negative, rest, exponent);
  }
  unsigned flags = 0;
  const auto rest = from_bid(bid128_fmod(to_bid(*this), to_bid(divisor), &flags));
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
    return from_bid(bid128_pow(to_bid(*this), to_bid(exponent), half_even, &flags));
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
  return from_bid(long_power(to_bid(*this), *whole));
}

std::optional<Number> Number::sqrt() const noexcept {
  unsigned flags = 0;
  return from_bid(bid128_sqrt(to_bid(*this), half_even, &flags));
}

std::optional<Number> Number::exp() const noexcept {
  unsigned flags = 0;
  return from_bid(bid128_exp(to_bid(*this), half_even, &flags));
}

std::optional<Number> Number::log() const noexcept {
  if (is_zero() || is_negative())
    return std::nullopt;
  unsigned flags = 0;
  return from_bid(bid128_log(to_bid(*this), half_even, &flags));
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
      const Wide wide_right = distance < 0 ? Wide{right} * inline_ten_to(-distance) : Wide{right};
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
