// Part of the body of each set of kernels: the rules of short tables, and sums of bits.
#include "rules/columns/kernels.hpp"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace spie::columns {

namespace {

// Of the rows of one word, those where the cells hold.
inline Word all_hold(const Word *const *cells, std::size_t count, std::size_t w) {
  Word yes = ~Word{0};
  for (std::size_t c = 0; c < count; ++c)
    yes &= cells[c][w];
  return yes;
}

#if defined(__AVX512F__)

// Two registers hold the codes of a word.
struct CodesOfWord {
  __m512i low = _mm512_setzero_si512(), high = _mm512_setzero_si512();
  void take(Word rows, std::uint16_t code) {
    const __m512i value = _mm512_set1_epi16(static_cast<short>(code));
    low = _mm512_mask_mov_epi16(low, static_cast<__mmask32>(rows), value);
    high = _mm512_mask_mov_epi16(high, static_cast<__mmask32>(rows >> 32), value);
  }
  void put(std::uint16_t *codes) const {
    _mm512_storeu_si512(codes, low);
    _mm512_storeu_si512(codes + 32, high);
  }
};

template <class Put> inline void each_sum(const Word *const *planes, std::size_t count, Put put) {
  for (std::size_t i = 0; i < chunk_rows; i += 16) {
    __m512i sum = _mm512_setzero_si512(), weight = _mm512_set1_epi32(1);
    for (std::size_t p = 0; p < count; ++p) {
      const auto rows = static_cast<__mmask16>(planes[p][i / 64] >> (i % 64));
      sum = _mm512_mask_add_epi32(sum, rows, sum, weight);
      weight = _mm512_add_epi32(weight, weight);
    }
    put(i, sum);
  }
}

void sum_planes(const Word *const *planes, std::size_t count, std::int32_t *into) {
  each_sum(planes, count, [=](std::size_t i, __m512i sum) { _mm512_storeu_si512(into + i, sum); });
}

void four_by_planes(const Word *const *planes, std::size_t count, void *into) {
  auto *const at = static_cast<std::int32_t *>(into);
  each_sum(planes, count,
           [=](std::size_t i, __m512i sum) { _mm512_stream_si512(reinterpret_cast<__m512i *>(at + i), sum); });
}

#else

struct CodesOfWord {
  std::uint16_t of[64] = {};
  void take(Word rows, std::uint16_t code) {
#if defined(__AVX2__)
    const __m256i value = _mm256_set1_epi16(static_cast<short>(code));
    const __m256i lanes = _mm256_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384,
                                            static_cast<short>(-32768));
    if (rows == 0)
      return;
    for (unsigned k = 0; k < 64; k += 16) {
      auto *at = reinterpret_cast<__m256i *>(of + k);
      const __m256i bits = _mm256_set1_epi16(static_cast<short>(rows >> k));
      const __m256i taken = _mm256_cmpeq_epi16(_mm256_and_si256(bits, lanes), lanes);
      _mm256_storeu_si256(at, _mm256_blendv_epi8(_mm256_loadu_si256(at), value, taken));
    }
#else
    for (Word rest = rows; rest != 0; rest &= rest - 1)
      of[__builtin_ctzll(rest)] = code;
#endif
  }
  void put(std::uint16_t *codes) const { __builtin_memcpy(codes, of, sizeof of); }
};

void sum_planes(const Word *const *planes, std::size_t count, std::int32_t *into) {
  for (std::size_t i = 0; i < chunk_rows; ++i)
    into[i] = 0;
  for (std::size_t p = 0; p < count; ++p)
    for (std::size_t w = 0; w < chunk_words; ++w)
      for (std::size_t i = 0; i < 64; ++i)
        into[w * 64 + i] += static_cast<std::int32_t>((planes[p][w] >> i) & 1) << p;
}

void four_by_planes(const Word *const *planes, std::size_t count, void *into) {
  sum_planes(planes, count, static_cast<std::int32_t *>(into));
}

#endif

void take_rules(const Word *const *cells, const std::uint16_t *counts, const std::uint16_t *of_rules, std::size_t rules,
                Word *hit, Word *twice, std::uint16_t *codes) {
  for (std::size_t w = 0; w < chunk_words; ++w) {
    CodesOfWord found;
    Word before = 0, again = 0;
    const Word *const *next = cells;
    for (std::size_t r = 0; r < rules; ++r) {
      const Word yes = all_hold(next, counts[r], w);
      next += counts[r];
      again |= before & yes;
      found.take(yes & ~before, of_rules[r]);
      before |= yes;
    }
    hit[w] = before;
    twice[w] = again;
    found.put(codes + w * 64);
  }
}

} // namespace

} // namespace spie::columns
