// Part of the body of each set of kernels: long tables, whose rules are found in the sets of the classes of a row. No
// branch depends on where a rule stands: most would be guessed wrong.
#include "rules/columns/kernels.hpp"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace spie::columns {

namespace {

// The first bit of a row's set, from 1 on (0: none), and whether there is another one.
struct FirstBit {
  std::uint32_t place;
  bool again;
};

inline std::uint32_t place_in(Word word) { // of a word that may be nought, what is meant then being masked
  constexpr Word last = Word{1} << 63;
  return static_cast<std::uint32_t>(__builtin_ctzll(word | last)) + 1;
}

inline FirstBit first_bit(Word word) {
  return {place_in(word) & -static_cast<std::uint32_t>(word != 0), (word & (word - 1)) != 0};
}

inline FirstBit first_bit(Word low, Word high) {
  const Word beyond = -static_cast<Word>(low == 0), word = low | (high & beyond);
  return {(place_in(word) + static_cast<std::uint32_t>(64 & beyond)) & -static_cast<std::uint32_t>(word != 0),
          ((word & (word - 1)) | (high & ~beyond)) != 0};
}

#if defined(__AVX512F__)

constexpr std::size_t set_words = 8;
using Set = __m512i;

template <std::size_t words> inline Set set_at(const Word *at) {
  if constexpr (words < set_words)
    return _mm512_zextsi256_si512(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(at)));
  else
    return _mm512_loadu_si512(at);
}
inline Set in_both(Set a, Set b) { return _mm512_and_si512(a, b); }
inline std::uint32_t words_with_bits(Set set) { return _mm512_test_epi64_mask(set, set); }
inline void put(Set set, Word *into) { _mm512_storeu_si512(into, set); }

#elif defined(__AVX2__)

constexpr std::size_t set_words = 4;
using Set = __m256i;

template <std::size_t words> inline Set set_at(const Word *at) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(at));
}
inline Set in_both(Set a, Set b) { return _mm256_and_si256(a, b); }
inline std::uint32_t words_with_bits(Set set) {
  const __m256i none = _mm256_cmpeq_epi64(set, _mm256_setzero_si256());
  return static_cast<std::uint32_t>(_mm256_movemask_pd(_mm256_castsi256_pd(none))) ^ 0xfU;
}
inline void put(Set set, Word *into) { _mm256_storeu_si256(reinterpret_cast<__m256i *>(into), set); }

#else

constexpr std::size_t set_words = 4;
struct Set {
  Word of[set_words];
};

template <std::size_t words> inline Set set_at(const Word *at) { return {{at[0], at[1], at[2], at[3]}}; }
inline Set in_both(Set a, Set b) {
  return {{a.of[0] & b.of[0], a.of[1] & b.of[1], a.of[2] & b.of[2], a.of[3] & b.of[3]}};
}
inline std::uint32_t words_with_bits(Set set) {
  std::uint32_t some = 0;
  for (unsigned k = 0; k < set_words; ++k)
    some |= static_cast<std::uint32_t>(set.of[k] != 0) << k;
  return some;
}
inline void put(Set set, Word *into) { __builtin_memcpy(into, set.of, sizeof set.of); }

#endif

// Of so many words of the sets, from the pointers on.
template <std::size_t words>
inline FirstBit first_in_step(const Word *const *at, std::size_t columns, std::size_t from) {
  constexpr std::size_t groups = words < set_words ? 1 : words / set_words;
  constexpr std::size_t room = groups * set_words;
  Word word[room + 1];
  word[room] = 0;
  std::uint32_t some = 0;
  for (std::size_t g = 0; g < groups; ++g) {
    Set common = set_at<words>(at[0] + from + g * set_words);
    for (std::size_t c = 1; c < columns; ++c)
      common = in_both(common, set_at<words>(at[c] + from + g * set_words));
    put(common, word + g * set_words);
    some |= words_with_bits(common) << (g * set_words);
  }
  const auto k = static_cast<std::uint32_t>(__builtin_ctz(some | std::uint32_t{1} << room));
  const FirstBit found = first_bit(word[k]);
  return {(k * 64 + found.place) & -static_cast<std::uint32_t>(some != 0), found.again || (some & (some - 1)) != 0};
}

constexpr std::size_t most_step = 16; // words

// `words`: of the sets; 0: as many as the argument says, a multiple of the longest step.
template <std::size_t words, bool unique>
inline FirstBit first_of_row(const Word *const *at, std::size_t columns, std::size_t all) {
  if constexpr (words == 1) {
    Word common = at[0][0];
    for (std::size_t c = 1; c < columns; ++c)
      common &= at[c][0];
    return first_bit(common);
  } else if constexpr (words == 2) {
    typedef Word Pair __attribute__((vector_size(2 * sizeof(Word)), aligned(sizeof(Word)), may_alias)); // NOLINT
    Pair common = *reinterpret_cast<const Pair *>(at[0]);
    for (std::size_t c = 1; c < columns; ++c)
      common &= *reinterpret_cast<const Pair *>(at[c]);
    return first_bit(common[0], common[1]);
  } else if constexpr (words != 0) {
    return first_in_step<words>(at, columns, 0);
  } else {
    FirstBit found{0, false};
    for (std::size_t from = 0; from < all; from += most_step) {
      const FirstBit here = first_in_step<most_step>(at, columns, from);
      if (here.place == 0)
        continue;
      found.again |= here.again || found.place != 0;
      if (found.place == 0)
        found.place = static_cast<std::uint32_t>(from) * 64 + here.place;
      if (!unique || found.again)
        break;
    }
    return found;
  }
}

template <std::size_t columns, std::size_t words, bool unique>
inline void first_of_rows(const std::uint16_t *const *classes, const Word *const *sets, std::size_t column_count,
                          std::size_t word_count, std::size_t rows, std::uint16_t *first, Word *twice) {
  constexpr std::size_t most = 64;
  const Word *at[columns != 0 ? columns : most];
  const std::size_t count = columns != 0 ? columns : column_count, length = words != 0 ? words : word_count;
  for (std::size_t begin = 0; begin < rows; begin += 64) {
    const std::size_t end = rows - begin < 64 ? rows : begin + 64;
    Word again = 0;
    for (std::size_t i = begin; i < end; ++i) {
      for (std::size_t c = 0; c < count; ++c)
        at[c] = sets[c] + classes[c][i] * length;
      const FirstBit found = first_of_row<words, unique>(at, count, length);
      first[i] = static_cast<std::uint16_t>(found.place);
      if (unique)
        again |= static_cast<Word>(found.again) << (i - begin);
    }
    if (unique)
      twice[begin / 64] = again;
  }
}

template <std::size_t columns, std::size_t words>
inline void first_of_rows(const std::uint16_t *const *classes, const Word *const *sets, std::size_t column_count,
                          std::size_t word_count, std::size_t rows, std::uint16_t *first, Word *twice) {
  if (twice == nullptr)
    return first_of_rows<columns, words, false>(classes, sets, column_count, word_count, rows, first, twice);
  first_of_rows<columns, words, true>(classes, sets, column_count, word_count, rows, first, twice);
}

template <std::size_t columns>
inline void first_by_words(const std::uint16_t *const *classes, const Word *const *sets, std::size_t column_count,
                           std::size_t words, std::size_t rows, std::uint16_t *first, Word *twice) {
  switch (words) {
  case 1:
    return first_of_rows<columns, 1>(classes, sets, column_count, words, rows, first, twice);
  case 2:
    return first_of_rows<columns, 2>(classes, sets, column_count, words, rows, first, twice);
  case 4:
    return first_of_rows<columns, 4>(classes, sets, column_count, words, rows, first, twice);
  case 8:
    return first_of_rows<columns, 8>(classes, sets, column_count, words, rows, first, twice);
  default:
    return first_of_rows<columns, 0>(classes, sets, column_count, words, rows, first, twice);
  }
}

void first_common(const std::uint16_t *const *classes, const Word *const *sets, std::size_t columns, std::size_t words,
                  std::size_t rows, std::uint16_t *first, Word *hit, Word *twice) {
  static const std::uint16_t none[chunk_rows] = {};
  for (std::size_t i = rows; i < chunk_rows; ++i)
    first[i] = 0;
  for (std::size_t w = (rows + 63) / 64; twice != nullptr && w < chunk_words; ++w)
    twice[w] = 0;
  switch (columns) {
  case 2:
    first_by_words<2>(classes, sets, columns, words, rows, first, twice);
    break;
  case 3:
    first_by_words<3>(classes, sets, columns, words, rows, first, twice);
    break;
  case 4:
    first_by_words<4>(classes, sets, columns, words, rows, first, twice);
    break;
  default:
    first_by_words<0>(classes, sets, columns, words, rows, first, twice);
  }
  same_codes(first, none, hit);
  for (std::size_t w = 0; w < chunk_words; ++w)
    hit[w] = ~hit[w];
}

#if defined(__AVX512F__)

void classes_by_cuts(const std::int32_t *values, const NarrowCuts &by, std::uint16_t *into) {
  const __m512i low = _mm512_set1_epi32(by.low), high = _mm512_set1_epi32(by.high),
                below = _mm512_set1_epi32(by.high - 1), one = _mm512_set1_epi32(1);
  const __m128i shift = _mm_cvtsi32_si128(static_cast<int>(by.shift));
  for (std::size_t i = 0; i < chunk_rows; i += 16) {
    const __m512i given = _mm512_loadu_si512(values + i);
    const __m512i value = _mm512_min_epi32(_mm512_max_epi32(given, low), below);
    const __m512i stretch = _mm512_srl_epi32(_mm512_sub_epi32(value, low), shift);
    __m512i at = _mm512_and_si512(_mm512_i32gather_epi32(stretch, by.table, 2), _mm512_set1_epi32(0xffff));
    for (std::uint32_t step = 0; step < by.steps; ++step)
      at = _mm512_mask_add_epi32(at, _mm512_cmple_epi32_mask(_mm512_i32gather_epi32(at, by.cuts, 4), value), at, one);
    at = _mm512_mask_add_epi32(at, _mm512_cmple_epi32_mask(high, given), at, one);
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(into + i),
                        _mm512_maskz_cvtepi32_epi16(static_cast<__mmask16>(0xffff), at));
  }
}

#else

void classes_by_cuts(const std::int32_t *values, const NarrowCuts &by, std::uint16_t *into) {
  for (std::size_t i = 0; i < chunk_rows; ++i) {
    const std::int32_t above = values[i] < by.low ? by.low : values[i];
    const std::int32_t value = above < by.high ? above : by.high - 1;
    std::uint32_t at = by.table[(static_cast<std::uint32_t>(value) - static_cast<std::uint32_t>(by.low)) >> by.shift];
    for (std::uint32_t step = 0; step < by.steps; ++step)
      at += by.cuts[at] <= value ? 1 : 0;
    into[i] = static_cast<std::uint16_t>(at + (values[i] >= by.high ? 1 : 0));
  }
}

#endif

} // namespace

} // namespace spie::columns
