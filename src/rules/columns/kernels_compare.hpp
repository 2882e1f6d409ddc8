// Part of the body of each set of kernels: comparisons of two values a row, whose answers are bits.
#include "rules/columns/kernels.hpp"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace spie::columns {

namespace {

#if defined(__AVX512F__)

// `test(i)` answers for as many rows from i on.
template <unsigned rows, class Test> inline void words_of(Word *bits, Test test) {
  for (std::size_t w = 0; w < chunk_words; ++w) {
    Word word = 0;
    for (unsigned k = 0; k < 64; k += rows)
      word |= static_cast<Word>(test(w * 64 + k)) << k;
    bits[w] = word;
  }
}

template <class T> inline __m512i at(const T *values, std::size_t i) { return _mm512_loadu_si512(values + i); }

void below_narrow(const std::int32_t *values, std::int32_t bound, Word *bits) {
  const __m512i than = _mm512_set1_epi32(bound);
  words_of<16>(bits, [=](std::size_t i) { return _mm512_cmplt_epi32_mask(at(values, i), than); });
}

void below_wide(const std::int64_t *values, std::int64_t bound, Word *bits) {
  const __m512i than = _mm512_set1_epi64(bound);
  words_of<8>(bits, [=](std::size_t i) { return _mm512_cmplt_epi64_mask(at(values, i), than); });
}

void less_narrow(const std::int32_t *a, const std::int32_t *b, Word *bits) {
  words_of<16>(bits, [=](std::size_t i) { return _mm512_cmplt_epi32_mask(at(a, i), at(b, i)); });
}

void less_wide(const std::int64_t *a, const std::int64_t *b, Word *bits) {
  words_of<8>(bits, [=](std::size_t i) { return _mm512_cmplt_epi64_mask(at(a, i), at(b, i)); });
}

void same_narrow(const std::int32_t *a, const std::int32_t *b, Word *bits) {
  words_of<16>(bits, [=](std::size_t i) { return _mm512_cmpeq_epi32_mask(at(a, i), at(b, i)); });
}

void same_wide(const std::int64_t *a, const std::int64_t *b, Word *bits) {
  words_of<8>(bits, [=](std::size_t i) { return _mm512_cmpeq_epi64_mask(at(a, i), at(b, i)); });
}

void same_codes(const std::uint16_t *a, const std::uint16_t *b, Word *bits) {
  words_of<32>(bits, [=](std::size_t i) { return _mm512_cmpeq_epi16_mask(at(a, i), at(b, i)); });
}

#elif defined(__AVX2__)

// `test(i)` gives lanes that are 0 or all ones.
template <unsigned rows, class Test> inline void words_of(Word *bits, Test test) {
  for (std::size_t w = 0; w < chunk_words; ++w) {
    Word word = 0;
    for (unsigned k = 0; k < 64; k += rows) {
      const __m256i held = test(w * 64 + k);
      const int some =
          rows == 8 ? _mm256_movemask_ps(_mm256_castsi256_ps(held)) : _mm256_movemask_pd(_mm256_castsi256_pd(held));
      word |= static_cast<Word>(static_cast<unsigned>(some)) << k;
    }
    bits[w] = word;
  }
}

template <class T> inline __m256i at(const T *values, std::size_t i) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(values + i));
}

void below_narrow(const std::int32_t *values, std::int32_t bound, Word *bits) {
  const __m256i than = _mm256_set1_epi32(bound);
  words_of<8>(bits, [=](std::size_t i) { return _mm256_cmpgt_epi32(than, at(values, i)); });
}

void below_wide(const std::int64_t *values, std::int64_t bound, Word *bits) {
  const __m256i than = _mm256_set1_epi64x(bound);
  words_of<4>(bits, [=](std::size_t i) { return _mm256_cmpgt_epi64(than, at(values, i)); });
}

void less_narrow(const std::int32_t *a, const std::int32_t *b, Word *bits) {
  words_of<8>(bits, [=](std::size_t i) { return _mm256_cmpgt_epi32(at(b, i), at(a, i)); });
}

void less_wide(const std::int64_t *a, const std::int64_t *b, Word *bits) {
  words_of<4>(bits, [=](std::size_t i) { return _mm256_cmpgt_epi64(at(b, i), at(a, i)); });
}

void same_narrow(const std::int32_t *a, const std::int32_t *b, Word *bits) {
  words_of<8>(bits, [=](std::size_t i) { return _mm256_cmpeq_epi32(at(a, i), at(b, i)); });
}

void same_wide(const std::int64_t *a, const std::int64_t *b, Word *bits) {
  words_of<4>(bits, [=](std::size_t i) { return _mm256_cmpeq_epi64(at(a, i), at(b, i)); });
}

void same_codes(const std::uint16_t *a, const std::uint16_t *b, Word *bits) {
  const auto half = [=](std::size_t i) {
    const __m256i mixed =
        _mm256_packs_epi16(_mm256_cmpeq_epi16(at(a, i), at(b, i)), _mm256_cmpeq_epi16(at(a, i + 16), at(b, i + 16)));
    const int some = _mm256_movemask_epi8(_mm256_permute4x64_epi64(mixed, 0b11'01'10'00));
    return static_cast<Word>(static_cast<unsigned>(some));
  };
  for (std::size_t w = 0; w < chunk_words; ++w)
    bits[w] = half(w * 64) | half(w * 64 + 32) << 32;
}

#else

// The bits of 64 tests, `test(i)` being true or not: what compilers turn into their best comparison.
template <class Test> inline void words_of(Word *bits, Test test) {
  for (std::size_t w = 0; w < chunk_words; ++w) {
    Word word = 0;
    for (unsigned group = 0; group < 64; group += 8) {
      Word eight = 0;
      for (unsigned i = 0; i < 8; ++i)
        eight |= static_cast<Word>(test(w * 64 + group + i) ? 1 : 0) << i;
      word |= eight << group;
    }
    bits[w] = word;
  }
}

void below_narrow(const std::int32_t *values, std::int32_t bound, Word *bits) {
  words_of(bits, [=](std::size_t i) { return values[i] < bound; });
}

void below_wide(const std::int64_t *values, std::int64_t bound, Word *bits) {
  words_of(bits, [=](std::size_t i) { return values[i] < bound; });
}

void less_narrow(const std::int32_t *a, const std::int32_t *b, Word *bits) {
  words_of(bits, [=](std::size_t i) { return a[i] < b[i]; });
}

void less_wide(const std::int64_t *a, const std::int64_t *b, Word *bits) {
  words_of(bits, [=](std::size_t i) { return a[i] < b[i]; });
}

void same_narrow(const std::int32_t *a, const std::int32_t *b, Word *bits) {
  words_of(bits, [=](std::size_t i) { return a[i] == b[i]; });
}

void same_wide(const std::int64_t *a, const std::int64_t *b, Word *bits) {
  words_of(bits, [=](std::size_t i) { return a[i] == b[i]; });
}

void same_codes(const std::uint16_t *a, const std::uint16_t *b, Word *bits) {
  words_of(bits, [=](std::size_t i) { return a[i] == b[i]; });
}

#endif

} // namespace

} // namespace spie::columns
