// Part of the body of each set of kernels: integers widened and narrowed, added, multiplied and divided.
#include "rules/columns/kernels.hpp"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace spie::columns {

namespace {

void widen(const std::int32_t *values, std::int64_t *into) {
  for (std::size_t i = 0; i < chunk_rows; ++i)
    into[i] = values[i];
}

bool narrow(const std::int64_t *values, std::int32_t *into) {
  std::int64_t wrong = 0;
  for (std::size_t i = 0; i < chunk_rows; ++i) {
    const auto small = static_cast<std::int32_t>(values[i]);
    into[i] = small;
    wrong |= values[i] ^ small;
  }
  return wrong == 0;
}

void from_128(const void *values, std::int64_t *into, Word *beyond) {
  for (std::size_t w = 0; w < chunk_words; ++w) {
    Word word = 0;
    for (std::size_t i = 0; i < 64; ++i) {
      Wide value = 0;
      __builtin_memcpy(&value, static_cast<const char *>(values) + (w * 64 + i) * 16, 16);
      into[w * 64 + i] = static_cast<std::int64_t>(value);
      word |= static_cast<Word>(value == into[w * 64 + i] ? 0 : 1) << i;
    }
    beyond[w] |= word;
  }
}

template <class Operation> inline void each_checked(std::int64_t *into, Word *beyond, Operation operation) {
  for (std::size_t w = 0; w < chunk_words; ++w) {
    Word word = 0;
    for (std::size_t i = 0; i < 64; ++i)
      word |= static_cast<Word>(operation(w * 64 + i, into + w * 64 + i) ? 1 : 0) << i;
    beyond[w] |= word;
  }
}

// Whether no sum of two of them can overflow.
inline bool are_small(const std::int64_t *a, const std::int64_t *b) {
  std::uint64_t spread = 0;
  for (std::size_t i = 0; i < chunk_rows; ++i)
    spread |= static_cast<std::uint64_t>(a[i] ^ (a[i] >> 63)) | static_cast<std::uint64_t>(b[i] ^ (b[i] >> 63));
  return spread < (std::uint64_t{1} << 61);
}

void add(const std::int64_t *a, const std::int64_t *b, std::int64_t *into, Word *beyond) {
  if (are_small(a, b)) {
    for (std::size_t i = 0; i < chunk_rows; ++i)
      into[i] = a[i] + b[i];
    return;
  }
  each_checked(into, beyond, [&](std::size_t i, std::int64_t *to) { return __builtin_add_overflow(a[i], b[i], to); });
}

void subtract(const std::int64_t *a, const std::int64_t *b, std::int64_t *into, Word *beyond) {
  if (are_small(a, b)) {
    for (std::size_t i = 0; i < chunk_rows; ++i)
      into[i] = a[i] - b[i];
    return;
  }
  each_checked(into, beyond, [&](std::size_t i, std::int64_t *to) { return __builtin_sub_overflow(a[i], b[i], to); });
}

void multiply(const std::int64_t *a, const std::int64_t *b, std::int64_t *into, Word *beyond) {
  each_checked(into, beyond, [&](std::size_t i, std::int64_t *to) { return __builtin_mul_overflow(a[i], b[i], to); });
}

void scale(const std::int64_t *a, std::int64_t factor, std::int64_t *into, Word *beyond) {
  // Most values are small, and then nothing can overflow: one look at all of them, and a loop that vectorises.
  std::uint64_t spread = 0;
  for (std::size_t i = 0; i < chunk_rows; ++i)
    spread |= static_cast<std::uint64_t>(a[i] ^ (a[i] >> 63));
  const std::uint64_t size = static_cast<std::uint64_t>(factor < 0 ? -factor : factor);
  if (spread < (std::uint64_t{1} << 31) && size < (std::uint64_t{1} << 31)) {
    for (std::size_t i = 0; i < chunk_rows; ++i)
      into[i] = a[i] * factor;
    return;
  }
  each_checked(into, beyond, [&](std::size_t i, std::int64_t *to) { return __builtin_mul_overflow(a[i], factor, to); });
}

#if defined(__AVX512F__)

void scale_narrow(const std::int32_t *a, std::int32_t factor, std::int64_t *into) {
  const __m512i by = _mm512_set1_epi64(factor);
  for (std::size_t i = 0; i < chunk_rows; i += 8) {
    const __m512i wide = _mm512_cvtepi32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(a + i)));
    _mm512_storeu_si512(into + i, _mm512_mul_epi32(wide, by));
  }
}

#else

void scale_narrow(const std::int32_t *a, std::int32_t factor, std::int64_t *into) {
  for (std::size_t i = 0; i < chunk_rows; ++i)
    into[i] = static_cast<std::int64_t>(a[i]) * factor;
}

#endif

// How the magnitude is rounded; the names of feel::Rounding, in its order.
enum : int { half_even, half_up, half_down, up, down, floor_, ceiling };

inline std::int64_t rounded(std::int64_t quotient, std::int64_t remainder, std::int64_t divisor, bool negative,
                            int mode) {
  const std::int64_t twice = remainder * 2;
  const bool odd = (quotient & 1) != 0;
  const bool away = mode == half_even   ? twice > divisor || (twice == divisor && odd)
                    : mode == half_up   ? twice >= divisor
                    : mode == half_down ? twice > divisor
                    : mode == up        ? remainder != 0
                    : mode == floor_    ? negative && remainder != 0
                    : mode == ceiling   ? !negative && remainder != 0
                                        : false;
  return quotient + (away ? 1 : 0);
}

// A double holds them: its quotient is right, or one more or less.
#if defined(__AVX512F__)

template <int mode> inline void divide_small(const std::int64_t *a, std::int64_t divisor, std::int64_t *into) {
  const __m512d by = _mm512_set1_pd(static_cast<double>(divisor)),
                part = _mm512_set1_pd(1.0 / static_cast<double>(divisor));
  const __m512i whole = _mm512_set1_epi64(divisor), one = _mm512_set1_epi64(1), none = _mm512_setzero_si512();
  for (std::size_t i = 0; i < chunk_rows; i += 8) {
    const __m512i value = _mm512_loadu_si512(a + i);
    const __mmask8 negative = _mm512_movepi64_mask(value);
    const __m512d magnitude = _mm512_cvtepi64_pd(_mm512_abs_epi64(value));
    __m512i quotient = _mm512_cvttpd_epi64(_mm512_mul_pd(magnitude, part));
    __m512i rest = _mm512_cvttpd_epi64(_mm512_fnmadd_pd(_mm512_cvtepi64_pd(quotient), by, magnitude)); // exact
    const __mmask8 less = _mm512_movepi64_mask(rest), more = _mm512_cmpge_epi64_mask(rest, whole);
    quotient = _mm512_mask_sub_epi64(quotient, less, quotient, one);
    quotient = _mm512_mask_add_epi64(quotient, more, quotient, one);
    rest = _mm512_mask_add_epi64(rest, less, rest, whole);
    rest = _mm512_mask_sub_epi64(rest, more, rest, whole);
    const __m512i twice = _mm512_add_epi64(rest, rest);
    const auto beyond = static_cast<unsigned>(_mm512_cmpgt_epi64_mask(twice, whole)),
               half = static_cast<unsigned>(_mm512_cmpeq_epi64_mask(twice, whole)),
               some = static_cast<unsigned>(_mm512_test_epi64_mask(rest, rest)),
               odd = static_cast<unsigned>(_mm512_test_epi64_mask(quotient, one)),
               below = static_cast<unsigned>(negative);
    const unsigned away = mode == half_even   ? beyond | (half & odd)
                          : mode == half_up   ? beyond | half
                          : mode == half_down ? beyond
                          : mode == up        ? some
                          : mode == floor_    ? some & below
                          : mode == ceiling   ? some & ~below
                                              : 0;
    quotient = _mm512_mask_add_epi64(quotient, static_cast<__mmask8>(away), quotient, one);
    _mm512_storeu_si512(into + i, _mm512_mask_sub_epi64(quotient, negative, none, quotient));
  }
}

#else

template <int mode> inline void divide_small(const std::int64_t *a, std::int64_t divisor, std::int64_t *into) {
  const double part = 1.0 / static_cast<double>(divisor);
  for (std::size_t i = 0; i < chunk_rows; ++i) {
    const bool negative = a[i] < 0;
    const std::int64_t magnitude = negative ? -a[i] : a[i];
    auto quotient = static_cast<std::int64_t>(static_cast<double>(magnitude) * part);
    std::int64_t remainder = magnitude - quotient * divisor;
    const std::int64_t off = remainder < 0 ? -1 : remainder >= divisor ? 1 : 0;
    quotient += off;
    remainder -= off * divisor;
    const std::int64_t result = rounded(quotient, remainder, divisor, negative, mode);
    into[i] = negative ? -result : result;
  }
}

#endif

template <int mode> void divide_mode(const std::int64_t *a, std::int64_t divisor, std::int64_t *into) {
  std::uint64_t spread = 0;
  for (std::size_t i = 0; i < chunk_rows; ++i)
    spread |= static_cast<std::uint64_t>(a[i] ^ (a[i] >> 63));
  if (spread < (std::uint64_t{1} << 50))
    return divide_small<mode>(a, divisor, into);
  for (std::size_t i = 0; i < chunk_rows; ++i) {
    const bool negative = a[i] < 0;
    const std::int64_t quotient = a[i] / divisor, remainder = a[i] % divisor;
    const std::int64_t result =
        rounded(negative ? -quotient : quotient, negative ? -remainder : remainder, divisor, negative, mode);
    into[i] = negative ? -result : result;
  }
}

void divide_round(const std::int64_t *a, std::int64_t divisor, int mode, std::int64_t *into) {
  switch (mode) {
  case half_even:
    return divide_mode<half_even>(a, divisor, into);
  case half_up:
    return divide_mode<half_up>(a, divisor, into);
  case half_down:
    return divide_mode<half_down>(a, divisor, into);
  case up:
    return divide_mode<up>(a, divisor, into);
  case floor_:
    return divide_mode<floor_>(a, divisor, into);
  case ceiling:
    return divide_mode<ceiling>(a, divisor, into);
  default:
    return divide_mode<down>(a, divisor, into);
  }
}

} // namespace

} // namespace spie::columns
