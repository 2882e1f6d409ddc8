// Part of the body of each set of kernels: values found by their place, among the items of lists or in a table.
#include "rules/columns/kernels.hpp"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace spie::columns {

namespace {

inline void gather_bits_one_by_one(const std::uint8_t *bits, std::size_t first, const std::uint32_t *at, Word *into) {
  for (std::size_t w = 0; w < chunk_words; ++w) {
    Word word = 0;
    for (std::size_t i = 0; i < 64; ++i) {
      const std::size_t from = first + at[w * 64 + i];
      word |= static_cast<Word>(bits[from / 8] >> (from % 8) & 1) << i;
    }
    into[w] = word;
  }
}

template <class Code> inline void codes_one_by_one(const Code *codes, const std::uint16_t *table, std::uint16_t *into) {
  for (std::size_t i = 0; i < chunk_rows; ++i)
    into[i] = table[codes[i]];
}

#if defined(__AVX512F__)

void gather_four(const void *values, const std::uint32_t *at, std::int32_t *into) {
  for (std::size_t i = 0; i < chunk_rows; i += 16)
    _mm512_storeu_si512(into + i, _mm512_i32gather_epi32(_mm512_loadu_si512(at + i), values, 4));
}

void gather_bits(const std::uint8_t *bits, std::size_t first, const std::uint32_t *at, std::size_t count, Word *into) {
  const std::size_t bytes = (first % 8 + count + 7) / 8;
  if (bytes < 4)
    return gather_bits_one_by_one(bits, first, at, into);
  // Four bytes at a time, none of them beyond the last one.
  const __m512i shift = _mm512_set1_epi32(static_cast<int>(first % 8)), one = _mm512_set1_epi32(1),
                last = _mm512_set1_epi32(static_cast<int>(bytes - 4));
  for (std::size_t w = 0; w < chunk_words; ++w) {
    Word word = 0;
    for (unsigned k = 0; k < 64; k += 16) {
      const __m512i place = _mm512_add_epi32(_mm512_loadu_si512(at + w * 64 + k), shift);
      const __m512i byte = _mm512_min_epu32(_mm512_srli_epi32(place, 3), last);
      const __m512i found = _mm512_i32gather_epi32(byte, bits + first / 8, 1);
      const __m512i bit = _mm512_sllv_epi32(one, _mm512_sub_epi32(place, _mm512_slli_epi32(byte, 3)));
      word |= static_cast<Word>(_mm512_test_epi32_mask(found, bit)) << k;
    }
    into[w] = word;
  }
}

// A table of sixty-four codes is two registers.
constexpr std::size_t small_codes = 64;

struct TwoTables {
  __m512i low, high;
  TwoTables(const std::uint16_t *table, std::size_t size) {
    const Word given = size >= small_codes ? ~Word{0} : (Word{1} << size) - 1;
    low = _mm512_maskz_loadu_epi16(static_cast<__mmask32>(given), table);
    high = _mm512_maskz_loadu_epi16(static_cast<__mmask32>(given >> 32), table + (size > 32 ? 32 : 0));
  }
  __m512i operator()(__m512i codes) const { return _mm512_permutex2var_epi16(low, codes, high); }
};

void codes_by_code16(const std::uint16_t *codes, const std::uint16_t *table, std::size_t size, std::uint16_t *into) {
  if (size > small_codes)
    return codes_one_by_one(codes, table, into);
  const TwoTables of(table, size);
  for (std::size_t i = 0; i < chunk_rows; i += 32)
    _mm512_storeu_si512(into + i, of(_mm512_loadu_si512(codes + i)));
}

void codes_by_code32(const std::int32_t *codes, const std::uint16_t *table, std::size_t size, std::uint16_t *into) {
  if (size > small_codes)
    return codes_one_by_one(codes, table, into);
  const TwoTables of(table, size);
  const auto half = [=](std::size_t i) {
    return _mm512_maskz_cvtepi32_epi16(static_cast<__mmask16>(0xffff), _mm512_loadu_si512(codes + i));
  };
  for (std::size_t i = 0; i < chunk_rows; i += 32)
    _mm512_storeu_si512(into + i, of(_mm512_inserti64x4(_mm512_castsi256_si512(half(i)), half(i + 16), 1)));
}

#else

void gather_four(const void *values, const std::uint32_t *at, std::int32_t *into) {
  for (std::size_t i = 0; i < chunk_rows; ++i)
    __builtin_memcpy(into + i, static_cast<const char *>(values) + std::size_t{at[i]} * 4, 4);
}

void gather_bits(const std::uint8_t *bits, std::size_t first, const std::uint32_t *at, std::size_t, Word *into) {
  gather_bits_one_by_one(bits, first, at, into);
}

void codes_by_code16(const std::uint16_t *codes, const std::uint16_t *table, std::size_t, std::uint16_t *into) {
  codes_one_by_one(codes, table, into);
}

void codes_by_code32(const std::int32_t *codes, const std::uint16_t *table, std::size_t, std::uint16_t *into) {
  codes_one_by_one(codes, table, into);
}

#endif

} // namespace

} // namespace spie::columns
