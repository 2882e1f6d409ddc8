// Part of the body of each set of kernels: the rules of short tables, and sums of bits.
#include "rules/columns/kernels.hpp"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace spie::columns {

namespace {

#if defined(__AVX512F__)

// Sixty-four codes, of which each plane is a digit.
inline void spread(const Word *planes, std::size_t count, std::size_t stride, std::uint16_t *codes) {
  __m512i low = _mm512_setzero_si512(), high = low, weight = _mm512_set1_epi16(1);
  for (std::size_t p = 0; p < count; ++p) {
    const Word rows = planes[p * stride];
    low = _mm512_mask_add_epi16(low, static_cast<__mmask32>(rows), low, weight);
    high = _mm512_mask_add_epi16(high, static_cast<__mmask32>(rows >> 32), high, weight);
    weight = _mm512_add_epi16(weight, weight);
  }
  _mm512_storeu_si512(codes, low);
  _mm512_storeu_si512(codes + 32, high);
}

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

// Sixty-four codes, of which each plane is a digit.
inline void spread(const Word *planes, std::size_t count, std::size_t stride, std::uint16_t *codes) {
#if defined(__AVX2__)
  constexpr unsigned at_once = 16;
#else
  constexpr unsigned at_once = 8;
#endif
  // Clang takes the alignment from a typedef alone.
  typedef std::uint16_t Codes // NOLINT(modernize-use-using)
      __attribute__((vector_size(at_once * sizeof(std::uint16_t)), aligned(sizeof(std::uint16_t)), may_alias));
  Codes lanes;
  for (unsigned i = 0; i < at_once; ++i)
    lanes[i] = static_cast<std::uint16_t>(1U << i);
  for (unsigned k = 0; k < 64; k += at_once) {
    Codes sum{};
    for (std::size_t p = 0; p < count; ++p) {
      const Codes rows = Codes{} + static_cast<std::uint16_t>(planes[p * stride] >> k);
      sum |= reinterpret_cast<Codes>((rows & lanes) == lanes) & static_cast<std::uint16_t>(1U << p);
    }
    *reinterpret_cast<Codes *>(codes + k) = sum;
  }
}

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

// So many words at a time: of each rule, the rows where its cells hold; of those that are hit first, the digits of its
// code, which are spread over their rows at the end.
void take_rules(const Word *const *cells, const std::uint16_t *counts, const std::uint16_t *of_rules, std::size_t rules,
                Word *hit, Word *twice, std::uint16_t *codes) {
  std::uint16_t all_codes = 0;
  for (std::size_t r = 0; r < rules; ++r)
    all_codes |= of_rules[r];
  std::size_t digits = 0;
  while (all_codes >> digits != 0)
    ++digits;
  for (std::size_t b = 0; b < chunk_blocks; ++b) {
    Block before{}, again{}, planes[16];
    for (std::size_t p = 0; p < digits; ++p)
      planes[p] = Block{};
    const Word *const *next = cells;
    for (std::size_t r = 0; r < rules; ++r) {
      Block yes = ~Block{};
      for (const Word *const *const end = next + counts[r]; next != end; ++next)
        yes &= blocks(*next)[b];
      again |= before & yes;
      const Block taken = yes & ~before;
      before |= yes;
      std::size_t p = 0;
      for (std::uint32_t code = of_rules[r]; code != 0; code >>= 1, ++p)
        if ((code & 1) != 0)
          planes[p] |= taken;
    }
    blocks(hit)[b] = before;
    blocks(twice)[b] = again;
    for (std::size_t w = 0; w < block_words; ++w)
      spread(reinterpret_cast<const Word *>(planes) + w, digits, block_words, codes + (b * block_words + w) * 64);
  }
}

} // namespace

} // namespace spie::columns
