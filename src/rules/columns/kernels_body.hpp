// The body of each set of kernels, included once by the source of each instruction set (SPIE_KERNELS is its name).
// Nothing here calls an inline function of a header: the linker could keep the copy made for the wider instructions.
#include "rules/columns/kernels.hpp"
#include "rules/columns/kernels_arithmetic.hpp"
#include "rules/columns/kernels_compare.hpp"
#include "rules/columns/kernels_dates.hpp"
#include "rules/columns/kernels_index.hpp"
#include "rules/columns/kernels_items.hpp"
#include "rules/columns/kernels_masks.hpp"
#include "rules/columns/kernels_rules.hpp"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace spie::columns {

namespace {

#if defined(__AVX512F__)

void plane(const std::uint8_t *bytes, int bit, Word *bits) {
  const __m512i one = _mm512_set1_epi8(static_cast<char>(1 << bit));
  for (std::size_t w = 0; w < chunk_words; ++w)
    bits[w] = _mm512_test_epi8_mask(_mm512_loadu_si512(bytes + w * 64), one);
}

void choose(const Word *mask, std::uint16_t code, std::uint16_t *codes) {
  const __m512i value = _mm512_set1_epi16(static_cast<short>(code));
  for (std::size_t w = 0; w < chunk_words; ++w) {
    if (mask[w] == 0)
      continue;
    _mm512_mask_storeu_epi16(codes + w * 64, static_cast<__mmask32>(mask[w]), value);
    _mm512_mask_storeu_epi16(codes + w * 64 + 32, static_cast<__mmask32>(mask[w] >> 32), value);
  }
}

void add_where(const Word *mask, std::int32_t weight, std::int32_t *into) {
  const __m512i by = _mm512_set1_epi32(weight);
  for (std::size_t w = 0; w < chunk_words; ++w)
    for (unsigned k = 0; k < 4; ++k) {
      std::int32_t *const at = into + w * 64 + k * 16;
      const __m512i value = _mm512_loadu_si512(at);
      _mm512_storeu_si512(at, _mm512_mask_add_epi32(value, static_cast<__mmask16>(mask[w] >> (k * 16)), value, by));
    }
}

bool narrow_128(const void *values, std::int32_t *into) {
  const __m512i low_words = _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14);
  const __m512i high_words = _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15);
  __m512i wrong = _mm512_setzero_si512();
  const char *at = static_cast<const char *>(values);
  for (std::size_t i = 0; i < chunk_rows; i += 8) {
    const __m512i a = _mm512_loadu_si512(at + i * 16), b = _mm512_loadu_si512(at + i * 16 + 64);
    const __m512i low = _mm512_permutex2var_epi64(a, low_words, b), high = _mm512_permutex2var_epi64(a, high_words, b);
    const __m256i small = _mm512_maskz_cvtepi64_epi32(0xff, low);
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(into + i), small);
    wrong = _mm512_or_si512(wrong, _mm512_xor_si512(low, _mm512_cvtepi32_epi64(small)));
    wrong = _mm512_or_si512(wrong, _mm512_xor_si512(high, _mm512_srai_epi64(low, 63)));
  }
  return _mm512_test_epi64_mask(wrong, wrong) == 0;
}

#elif defined(__AVX2__)

void plane(const std::uint8_t *bytes, int bit, Word *bits) {
  const __m128i shift = _mm_cvtsi32_si128(7 - bit);
  for (std::size_t w = 0; w < chunk_words; ++w) {
    const auto half = [&](std::size_t at) {
      const __m256i value = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(bytes + at));
      return static_cast<Word>(static_cast<unsigned>(_mm256_movemask_epi8(_mm256_sll_epi16(value, shift))));
    };
    bits[w] = half(w * 64) | half(w * 64 + 32) << 32;
  }
}

void choose(const Word *mask, std::uint16_t code, std::uint16_t *codes) {
  const __m256i value = _mm256_set1_epi16(static_cast<short>(code));
  const __m256i lanes = _mm256_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384,
                                          static_cast<short>(-32768));
  for (std::size_t w = 0; w < chunk_words; ++w) {
    if (mask[w] == 0)
      continue;
    for (unsigned k = 0; k < 4; ++k) {
      auto *at = reinterpret_cast<__m256i *>(codes + w * 64 + k * 16);
      const __m256i bits = _mm256_set1_epi16(static_cast<short>(mask[w] >> (k * 16)));
      const __m256i taken = _mm256_cmpeq_epi16(_mm256_and_si256(bits, lanes), lanes);
      _mm256_storeu_si256(at, _mm256_blendv_epi8(_mm256_loadu_si256(at), value, taken));
    }
  }
}

void add_where(const Word *mask, std::int32_t weight, std::int32_t *into) {
  const __m256i by = _mm256_set1_epi32(weight);
  const __m256i lanes = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
  for (std::size_t w = 0; w < chunk_words; ++w)
    for (unsigned k = 0; k < 8; ++k) {
      auto *const at = reinterpret_cast<__m256i *>(into + w * 64 + k * 8);
      const __m256i bits = _mm256_set1_epi32(static_cast<std::int32_t>(mask[w] >> (k * 8)));
      const __m256i taken = _mm256_cmpeq_epi32(_mm256_and_si256(bits, lanes), lanes);
      _mm256_storeu_si256(at, _mm256_add_epi32(_mm256_loadu_si256(at), _mm256_and_si256(taken, by)));
    }
}

bool narrow_128(const void *values, std::int32_t *into) {
  const auto *at = static_cast<const std::int64_t *>(values);
  std::int64_t wrong = 0;
  for (std::size_t i = 0; i < chunk_rows; ++i) {
    std::int64_t low = 0, high = 0;
    __builtin_memcpy(&low, at + i * 2, 8);
    __builtin_memcpy(&high, at + i * 2 + 1, 8);
    const auto small = static_cast<std::int32_t>(low);
    into[i] = small;
    wrong |= (low ^ small) | (high ^ (low >> 63));
  }
  return wrong == 0;
}

#else

void plane(const std::uint8_t *bytes, int bit, Word *bits) {
  for (std::size_t w = 0; w < chunk_words; ++w) {
    Word word = 0;
    for (unsigned group = 0; group < 8; ++group) { // eight bytes gathered by one multiplication
      Word eight = 0;
      __builtin_memcpy(&eight, bytes + w * 64 + group * 8, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
      eight = __builtin_bswap64(eight);
#endif
      const Word low = (eight >> bit) & 0x0101010101010101U;
      word |= (low * 0x0102040810204080U >> 56) << (group * 8);
    }
    bits[w] = word;
  }
}

void choose(const Word *mask, std::uint16_t code, std::uint16_t *codes) {
  for (std::size_t w = 0; w < chunk_words; ++w)
    for (Word rest = mask[w]; rest != 0; rest &= rest - 1)
      codes[w * 64 + static_cast<unsigned>(__builtin_ctzll(rest))] = code;
}

void add_where(const Word *mask, std::int32_t weight, std::int32_t *into) {
  for (std::size_t w = 0; w < chunk_words; ++w)
    for (std::size_t i = 0; i < 64; ++i)
      into[w * 64 + i] += static_cast<std::int32_t>((mask[w] >> i) & 1) * weight;
}

bool narrow_128(const void *values, std::int32_t *into) {
  std::int64_t wrong = 0;
  for (std::size_t i = 0; i < chunk_rows; ++i) {
    Wide value = 0;
    __builtin_memcpy(&value, static_cast<const char *>(values) + i * 16, 16);
    const auto small = static_cast<std::int32_t>(value);
    into[i] = small;
    wrong |= value == small ? 0 : 1;
  }
  return wrong == 0;
}

#endif

template <class Code> inline void bytes_by_code(const Code *codes, const std::uint8_t *table, std::uint8_t *bytes) {
  for (std::size_t i = 0; i < chunk_rows; ++i)
    bytes[i] = table[codes[i]];
}

#if defined(__AVX2__)

// A table of sixteen bytes is one register, looked up by bytes.
constexpr std::size_t small_table = 16;

#endif

#if defined(__AVX512F__)

inline __m128i table_of_bytes(const std::uint8_t *table, std::size_t size) {
  return _mm_maskz_loadu_epi8(static_cast<__mmask16>((1U << size) - 1), table);
}

void bytes_by_code16(const std::uint16_t *codes, const std::uint8_t *table, std::size_t size, std::uint8_t *bytes) {
  if (size > small_table)
    return bytes_by_code(codes, table, bytes);
  const __m256i of = _mm256_broadcastsi128_si256(table_of_bytes(table, size));
  for (std::size_t i = 0; i < chunk_rows; i += 32)
    _mm256_storeu_si256(
        reinterpret_cast<__m256i *>(bytes + i),
        _mm256_shuffle_epi8(of, _mm512_maskz_cvtepi16_epi8(~__mmask32{0}, _mm512_loadu_si512(codes + i))));
}

void bytes_by_code32(const std::int32_t *codes, const std::uint8_t *table, std::size_t size, std::uint8_t *bytes) {
  if (size > small_table)
    return bytes_by_code(codes, table, bytes);
  const __m128i of = table_of_bytes(table, size);
  for (std::size_t i = 0; i < chunk_rows; i += 16)
    _mm_storeu_si128(reinterpret_cast<__m128i *>(bytes + i),
                     _mm_shuffle_epi8(of, _mm512_maskz_cvtepi32_epi8(static_cast<__mmask16>(0xffff),
                                                                     _mm512_loadu_si512(codes + i))));
}

#elif defined(__AVX2__)

inline __m256i table_of_bytes(const std::uint8_t *table, std::size_t size) {
  alignas(16) std::uint8_t whole[small_table] = {};
  for (std::size_t i = 0; i < size; ++i)
    whole[i] = table[i];
  return _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i *>(whole)));
}

void bytes_by_code16(const std::uint16_t *codes, const std::uint8_t *table, std::size_t size, std::uint8_t *bytes) {
  if (size > small_table)
    return bytes_by_code(codes, table, bytes);
  const __m256i of = table_of_bytes(table, size);
  for (std::size_t i = 0; i < chunk_rows; i += 32) {
    const auto *at = reinterpret_cast<const __m256i *>(codes + i);
    const __m256i mixed = _mm256_packus_epi16(_mm256_loadu_si256(at), _mm256_loadu_si256(at + 1));
    const __m256i found = _mm256_shuffle_epi8(of, _mm256_permute4x64_epi64(mixed, 0b11'01'10'00));
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(bytes + i), found);
  }
}

void bytes_by_code32(const std::int32_t *codes, const std::uint8_t *table, std::size_t size, std::uint8_t *bytes) {
  if (size > small_table)
    return bytes_by_code(codes, table, bytes);
  const __m256i of = table_of_bytes(table, size), in_order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
  for (std::size_t i = 0; i < chunk_rows; i += 32) {
    const auto *at = reinterpret_cast<const __m256i *>(codes + i);
    const __m256i low = _mm256_packus_epi32(_mm256_loadu_si256(at), _mm256_loadu_si256(at + 1));
    const __m256i high = _mm256_packus_epi32(_mm256_loadu_si256(at + 2), _mm256_loadu_si256(at + 3));
    const __m256i mixed = _mm256_packus_epi16(low, high);
    const __m256i found = _mm256_shuffle_epi8(of, _mm256_permutevar8x32_epi32(mixed, in_order));
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(bytes + i), found);
  }
}

#else

void bytes_by_code16(const std::uint16_t *codes, const std::uint8_t *table, std::size_t, std::uint8_t *bytes) {
  bytes_by_code(codes, table, bytes);
}

void bytes_by_code32(const std::int32_t *codes, const std::uint8_t *table, std::size_t, std::uint8_t *bytes) {
  bytes_by_code(codes, table, bytes);
}

#endif

inline void planes_of(const std::uint8_t *bytes, Word *const *masks, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k)
    plane(bytes, static_cast<int>(k), masks[k]);
}

#if defined(__AVX512F__)

// Of words of sixty-four codes, each a byte.
template <class Pack>
inline void planes_by_bytes(const std::uint8_t *table, std::size_t size, Word *const *masks, std::size_t count,
                            Pack pack) {
  const __m512i of = _mm512_broadcast_i32x4(table_of_bytes(table, size));
  for (std::size_t w = 0; w < chunk_words; ++w) {
    const __m512i found = _mm512_shuffle_epi8(of, pack(w * 64));
    for (std::size_t k = 0; k < count; ++k)
      masks[k][w] = _mm512_test_epi8_mask(found, _mm512_set1_epi8(static_cast<char>(1 << k)));
  }
}

void planes_by_code16(const std::uint16_t *codes, const std::uint8_t *table, std::size_t size, Word *const *masks,
                      std::size_t count) {
  if (size > small_table) {
    std::uint8_t bytes[chunk_rows];
    bytes_by_code(codes, table, bytes);
    return planes_of(bytes, masks, count);
  }
  const __m512i in_order = _mm512_setr_epi64(0, 2, 4, 6, 1, 3, 5, 7);
  planes_by_bytes(table, size, masks, count, [=](std::size_t i) {
    return _mm512_permutexvar_epi64(
        in_order, _mm512_packus_epi16(_mm512_loadu_si512(codes + i), _mm512_loadu_si512(codes + i + 32)));
  });
}

void planes_by_code32(const std::int32_t *codes, const std::uint8_t *table, std::size_t size, Word *const *masks,
                      std::size_t count) {
  if (size > small_table) {
    std::uint8_t bytes[chunk_rows];
    bytes_by_code(codes, table, bytes);
    return planes_of(bytes, masks, count);
  }
  const __m512i in_order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  planes_by_bytes(table, size, masks, count, [=](std::size_t i) {
    const __m512i low = _mm512_packus_epi32(_mm512_loadu_si512(codes + i), _mm512_loadu_si512(codes + i + 16));
    const __m512i high = _mm512_packus_epi32(_mm512_loadu_si512(codes + i + 32), _mm512_loadu_si512(codes + i + 48));
    return _mm512_permutexvar_epi32(in_order, _mm512_packus_epi16(low, high));
  });
}

#else

void planes_by_code16(const std::uint16_t *codes, const std::uint8_t *table, std::size_t size, Word *const *masks,
                      std::size_t count) {
  std::uint8_t bytes[chunk_rows];
  bytes_by_code16(codes, table, size, bytes);
  planes_of(bytes, masks, count);
}

void planes_by_code32(const std::int32_t *codes, const std::uint8_t *table, std::size_t size, Word *const *masks,
                      std::size_t count) {
  std::uint8_t bytes[chunk_rows];
  bytes_by_code32(codes, table, size, bytes);
  planes_of(bytes, masks, count);
}

#endif

bool all_below(const std::int32_t *values, std::size_t count, std::uint32_t bound) {
  std::uint32_t most = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto value = static_cast<std::uint32_t>(values[i]);
    most = most < value ? value : most;
  }
  return count == 0 || most < bound;
}

void wide_by_code(const std::uint16_t *codes, const std::int64_t *table, std::int64_t *into) {
  for (std::size_t i = 0; i < chunk_rows; ++i)
    into[i] = table[codes[i]];
}

#if defined(__AVX512F__)

// A table of thirty-two values is two registers.
constexpr std::size_t small_values = 32;

template <class Put>
inline void by_small_table(const std::uint16_t *codes, const std::int32_t *table, std::size_t size, Put put) {
  const std::uint32_t given = size >= small_values ? ~std::uint32_t{0} : (std::uint32_t{1} << size) - 1;
  const __m512i low = _mm512_maskz_loadu_epi32(static_cast<__mmask16>(given), table);
  const __m512i high = _mm512_maskz_loadu_epi32(static_cast<__mmask16>(given >> 16), table + (size > 16 ? 16 : 0));
  for (std::size_t i = 0; i < chunk_rows; i += 16) {
    const __m512i code = _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(codes + i)));
    put(i, _mm512_permutex2var_epi32(low, code, high));
  }
}

void narrow_by_code(const std::uint16_t *codes, const std::int32_t *table, std::size_t size, std::int32_t *into) {
  if (size <= small_values)
    return by_small_table(codes, table, size,
                          [=](std::size_t i, __m512i four) { _mm512_storeu_si512(into + i, four); });
  for (std::size_t i = 0; i < chunk_rows; ++i)
    into[i] = table[codes[i]];
}

void four_by_code(const std::uint16_t *codes, const std::int32_t *table, std::size_t size, void *into) {
  auto *const at = static_cast<std::int32_t *>(into);
  if (size <= small_values)
    return by_small_table(codes, table, size, [=](std::size_t i, __m512i four) {
      _mm512_stream_si512(reinterpret_cast<__m512i *>(at + i), four);
    });
  for (std::size_t i = 0; i < chunk_rows; i += 16) {
    const __m512i code = _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(codes + i)));
    _mm512_stream_si512(reinterpret_cast<__m512i *>(at + i), _mm512_i32gather_epi32(code, table, 4));
  }
}

#elif defined(__AVX2__)

// A table of sixteen values is two registers.
constexpr std::size_t small_values = 16;

template <class Put>
inline void by_small_table(const std::uint16_t *codes, const std::int32_t *table, std::size_t size, Put put) {
  std::int32_t whole[small_values] = {};
  for (std::size_t i = 0; i < size; ++i)
    whole[i] = table[i];
  const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(whole));
  const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(whole + 8));
  for (std::size_t i = 0; i < chunk_rows; i += 8) {
    const __m256i code = _mm256_cvtepu16_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i *>(codes + i)));
    put(i, _mm256_blendv_epi8(_mm256_permutevar8x32_epi32(low, code), _mm256_permutevar8x32_epi32(high, code),
                              _mm256_cmpgt_epi32(code, _mm256_set1_epi32(7))));
  }
}

void narrow_by_code(const std::uint16_t *codes, const std::int32_t *table, std::size_t size, std::int32_t *into) {
  if (size <= small_values)
    return by_small_table(codes, table, size, [=](std::size_t i, __m256i four) {
      _mm256_storeu_si256(reinterpret_cast<__m256i *>(into + i), four);
    });
  for (std::size_t i = 0; i < chunk_rows; ++i)
    into[i] = table[codes[i]];
}

void four_by_code(const std::uint16_t *codes, const std::int32_t *table, std::size_t size, void *into) {
  auto *const at = static_cast<std::int32_t *>(into);
  if (size <= small_values)
    return by_small_table(codes, table, size, [=](std::size_t i, __m256i four) {
      _mm256_stream_si256(reinterpret_cast<__m256i *>(at + i), four);
    });
  for (std::size_t i = 0; i < chunk_rows; i += 8) {
    const __m256i four =
        _mm256_setr_epi32(table[codes[i]], table[codes[i + 1]], table[codes[i + 2]], table[codes[i + 3]],
                          table[codes[i + 4]], table[codes[i + 5]], table[codes[i + 6]], table[codes[i + 7]]);
    _mm256_stream_si256(reinterpret_cast<__m256i *>(at + i), four);
  }
}

#else

void narrow_by_code(const std::uint16_t *codes, const std::int32_t *table, std::size_t, std::int32_t *into) {
  for (std::size_t i = 0; i < chunk_rows; ++i)
    into[i] = table[codes[i]];
}

void four_by_code(const std::uint16_t *codes, const std::int32_t *table, std::size_t size, void *into) {
  narrow_by_code(codes, table, size, static_cast<std::int32_t *>(into));
}

#endif

#if defined(__AVX512F__)

inline void stream_128(__m512i values, char *at) {
  const __m512i low = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11), high = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
  const __m512i signs = _mm512_srai_epi64(values, 63);
  _mm512_stream_si512(reinterpret_cast<__m512i *>(at), _mm512_permutex2var_epi64(values, low, signs));
  _mm512_stream_si512(reinterpret_cast<__m512i *>(at + 64), _mm512_permutex2var_epi64(values, high, signs));
}

// Sixteen values of eight bytes are two registers. False, and nothing is done, where the table has others.
inline bool sixteen_by_small_table(const std::uint16_t *codes, const Wide *table, std::size_t size, char *into) {
  constexpr std::size_t most = 16;
  std::int64_t values[most] = {};
  if (size > most)
    return false;
  for (std::size_t i = 0; i < size; ++i) {
    values[i] = static_cast<std::int64_t>(table[i]);
    if (values[i] != table[i])
      return false;
  }
  const __m512i low = _mm512_loadu_si512(values), high = _mm512_loadu_si512(values + 8);
  for (std::size_t i = 0; i < chunk_rows; i += 8) {
    const __m512i code = _mm512_cvtepu16_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i *>(codes + i)));
    stream_128(_mm512_permutex2var_epi64(low, code, high), into + i * 16);
  }
  return true;
}

void to_128(const std::int64_t *values, void *into) {
  for (std::size_t i = 0; i < chunk_rows; i += 8)
    stream_128(_mm512_loadu_si512(values + i), static_cast<char *>(into) + i * 16);
}

void narrow_to_128(const std::int32_t *values, void *into) {
  for (std::size_t i = 0; i < chunk_rows; i += 8)
    stream_128(_mm512_cvtepi32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(values + i))),
               static_cast<char *>(into) + i * 16);
}

#else

template <class T> inline void as_128(const T *values, void *into) {
  auto *at = static_cast<char *>(into);
  for (std::size_t i = 0; i < chunk_rows; ++i) {
    const std::int64_t value = values[i];
#if defined(__AVX2__)
    _mm_stream_si128(reinterpret_cast<__m128i *>(at + i * 16), _mm_set_epi64x(value >> 63, value));
#else
    const std::int64_t pair[2] = {value, value >> 63};
    __builtin_memcpy(at + i * 16, pair, 16);
#endif
  }
}

void to_128(const std::int64_t *values, void *into) { as_128(values, into); }
void narrow_to_128(const std::int32_t *values, void *into) { as_128(values, into); }

#endif

#if defined(__AVX2__)

void sixteen_by_code(const std::uint16_t *codes, const Wide *table, std::size_t size, void *into) {
#if defined(__AVX512F__)
  if (sixteen_by_small_table(codes, table, size, static_cast<char *>(into)))
    return;
#else
  (void)size;
#endif
  auto *at = static_cast<__m128i *>(into);
  for (std::size_t i = 0; i < chunk_rows; ++i)
    _mm_stream_si128(at + i, _mm_loadu_si128(reinterpret_cast<const __m128i *>(table + codes[i])));
}

#else

void sixteen_by_code(const std::uint16_t *codes, const Wide *table, std::size_t, void *into) {
  auto *at = static_cast<char *>(into);
  for (std::size_t i = 0; i < chunk_rows; ++i)
    __builtin_memcpy(at + i * 16, table + codes[i], 16);
}

#endif

#if defined(__AVX512F__)

void only_where(const Word *mask, std::int32_t *values) {
  for (std::size_t i = 0; i < chunk_rows; i += 16)
    _mm512_storeu_si512(values + i,
                        _mm512_maskz_loadu_epi32(static_cast<__mmask16>(mask[i / 64] >> (i % 64)), values + i));
}

void select_wide(const Word *mask, const std::int64_t *a, const std::int64_t *b, std::int64_t *into) {
  for (std::size_t i = 0; i < chunk_rows; i += 8)
    _mm512_storeu_si512(into + i, _mm512_mask_blend_epi64(static_cast<__mmask8>(mask[i / 64] >> (i % 64)),
                                                          _mm512_loadu_si512(b + i), _mm512_loadu_si512(a + i)));
}

void select_narrow(const Word *mask, const std::int32_t *a, const std::int32_t *b, std::int32_t *into) {
  for (std::size_t i = 0; i < chunk_rows; i += 16)
    _mm512_storeu_si512(into + i, _mm512_mask_blend_epi32(static_cast<__mmask16>(mask[i / 64] >> (i % 64)),
                                                          _mm512_loadu_si512(b + i), _mm512_loadu_si512(a + i)));
}

void select_codes(const Word *mask, const std::uint16_t *a, const std::uint16_t *b, std::uint16_t offset,
                  std::uint16_t *into) {
  const __m512i by = _mm512_set1_epi16(static_cast<short>(offset));
  for (std::size_t i = 0; i < chunk_rows; i += 32)
    _mm512_storeu_si512(into + i, _mm512_mask_blend_epi16(static_cast<__mmask32>(mask[i / 64] >> (i % 64)),
                                                          _mm512_add_epi16(_mm512_loadu_si512(b + i), by),
                                                          _mm512_loadu_si512(a + i)));
}

#else

// Bits as whole lanes, which any vector unit blends.
template <class T> inline void select(const Word *mask, const T *a, const T *b, T offset, T *into) {
  for (std::size_t w = 0; w < chunk_words; ++w)
    for (std::size_t i = 0; i < 64; ++i) {
      const std::size_t at = w * 64 + i;
      const T taken = static_cast<T>(-static_cast<T>((mask[w] >> i) & 1));
      into[at] = static_cast<T>((a[at] & taken) | (static_cast<T>(b[at] + offset) & static_cast<T>(~taken)));
    }
}

void only_where(const Word *mask, std::int32_t *values) {
  for (std::size_t w = 0; w < chunk_words; ++w)
    for (std::size_t i = 0; i < 64; ++i)
      values[w * 64 + i] &= -static_cast<std::int32_t>((mask[w] >> i) & 1);
}

void select_wide(const Word *mask, const std::int64_t *a, const std::int64_t *b, std::int64_t *into) {
  select(mask, a, b, std::int64_t{0}, into);
}

void select_narrow(const Word *mask, const std::int32_t *a, const std::int32_t *b, std::int32_t *into) {
  select(mask, a, b, std::int32_t{0}, into);
}

void select_codes(const Word *mask, const std::uint16_t *a, const std::uint16_t *b, std::uint16_t offset,
                  std::uint16_t *into) {
  select(mask, a, b, offset, into);
}

#endif

void extreme(bool largest, const std::int64_t *a, const std::int64_t *b, std::int64_t *into) {
  if (largest)
    for (std::size_t i = 0; i < chunk_rows; ++i)
      into[i] = a[i] < b[i] ? b[i] : a[i];
  else
    for (std::size_t i = 0; i < chunk_rows; ++i)
      into[i] = b[i] < a[i] ? b[i] : a[i];
}

} // namespace

extern const Kernels SPIE_KERNELS = {SPIE_KERNELS_NAME,
                                     below_narrow,
                                     below_wide,
                                     less_narrow,
                                     less_wide,
                                     same_narrow,
                                     same_wide,
                                     same_codes,
                                     within,
                                     take_rules,
                                     logic,
                                     judge_nulls,
                                     choose_between,
                                     quantify,
                                     keep_items,
                                     without_both,
                                     move_within,
                                     carry,
                                     sum_planes,
                                     add_causes,
                                     bytes_by_code16,
                                     bytes_by_code32,
                                     plane,
                                     planes_by_code16,
                                     planes_by_code32,
                                     codes_by_code16,
                                     codes_by_code32,
                                     classes_by_cuts,
                                     gather_four,
                                     gather_bits,
                                     only_where,
                                     all_below,
                                     add_where,
                                     choose,
                                     widen,
                                     narrow,
                                     from_128,
                                     narrow_128,
                                     add,
                                     subtract,
                                     multiply,
                                     scale,
                                     scale_narrow,
                                     divide_round,
                                     plus_months,
                                     wide_by_code,
                                     narrow_by_code,
                                     four_by_code,
                                     sixteen_by_code,
                                     four_by_planes,
                                     to_128,
                                     narrow_to_128,
                                     first_common,
                                     select_wide,
                                     select_narrow,
                                     select_codes,
                                     extreme};

} // namespace spie::columns
