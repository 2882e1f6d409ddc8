// The loops over one chunk of rows, compiled once for each instruction set and chosen when the program runs. Each
// works on whole chunks: what lies beyond the last row is there, and means nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace spie::columns {

using Word = std::uint64_t; // one bit a row, the first row lowest
__extension__ using Wide = __int128;

constexpr std::size_t chunk_rows = 1024;
constexpr std::size_t chunk_words = chunk_rows / 64;

// Words of a boolean, one bit a row: its values, whether there is one, and what a null rests on (see Lane).
struct Truths {
  const Word *bits, *valid, *error, *unknown;
};

// The same, to be written.
struct Masks {
  Word *bits, *valid, *error, *unknown;
};

// What nulls become, by their kind: plain, of an error, of something unknown, of both. Each word is 0 or all.
struct NullVerdicts {
  Word yes[4], null[4], error[4], unknown[4], other[4];
};

// What IntegerClasses knows, in four bytes: the value before the first cut, and the last cut; of each stretch of
// 2^shift values from the low one to the last before the high one, the class of its first value, and two bytes more;
// and so many steps, cut by cut, to that of any other.
struct NarrowCuts {
  std::int32_t low, high;
  std::uint32_t shift, steps;
  const std::uint16_t *table;
  const std::int32_t *cuts;
};

struct Kernels {
  std::string_view name;

  // Bit i: the value of row i is below the bound.
  void (*below_narrow)(const std::int32_t *values, std::int32_t bound, Word *bits);
  void (*below_wide)(const std::int64_t *values, std::int64_t bound, Word *bits);
  // Bit i: a[i] < b[i], or a[i] == b[i].
  void (*less_narrow)(const std::int32_t *a, const std::int32_t *b, Word *bits);
  void (*less_wide)(const std::int64_t *a, const std::int64_t *b, Word *bits);
  void (*same_narrow)(const std::int32_t *a, const std::int32_t *b, Word *bits);
  void (*same_wide)(const std::int64_t *a, const std::int64_t *b, Word *bits);
  void (*same_codes)(const std::uint16_t *a, const std::uint16_t *b, Word *bits);

  // The rows that are not below the one, and below the other; added to those that are there, or in their place.
  void (*within)(bool added, const Word *low, const Word *high, Word *bits);
  // The rules of a short table, in their order: so many cells each, one after the other. The rows where all of a rule's
  // cells hold get its code, unless one was hit before, which puts the row into `twice`; the others get 0.
  void (*take_rules)(const Word *const *cells, const std::uint16_t *counts, const std::uint16_t *of_rules,
                     std::size_t rules, Word *hit, Word *twice, std::uint16_t *codes);
  // `and`, or `or`, of three values. True when some are null.
  bool (*logic)(bool conjunction, const Truths &a, const Truths &b, Word *bits, Word *valid, Word *error,
                Word *unknown);
  // Puts what the nulls of `in` become where `out.bits` says what its values are; bits are added to `other`. Where some
  // values are null, `added`, the rest of `out` says which, and keeps it. True when some are null.
  bool (*judge_nulls)(const Truths &in, const NullVerdicts &verdicts, bool added, const Masks &out, Word *other);
  // `if`: the nulls, and of booleans the bits, of one or the other. `yes`: where the condition holds. What the
  // condition lacks the value lacks, where facts may be unknown; elsewhere it is added to `beyond`. True when some are
  // null.
  bool (*choose_between)(bool unknowns, const Truths &condition, const Truths &a, const Truths &b, Word *yes,
                         const Masks &out, Word *beyond);
  // The items of one position, those that are there and kept, added to what was found before: in `bits` that the
  // condition holds (or, of every one, does not), in `valid` that it is null.
  void (*quantify)(bool some, const Word *there, const Word *kept, const Truths &condition, const Masks &found);
  // Those of them for which the condition holds; what it lacks is added.
  void (*keep_items)(const Word *there, const Word *kept, const Truths &condition, Word *keeps, Word *error,
                     Word *unknown);
  // Takes away what both have.
  void (*without_both)(const Word *a, const Word *b, Word *bits);
  // Adds those within the mask to others, and leaves none.
  void (*move_within)(const Word *mask, Word *from, Word *into);
  // One digit of a sum of bits: `bits` become what is carried to the next one. True when something is.
  bool (*carry)(Word *plane, Word *bits);
  // The sums of so many digits, each a plane.
  void (*sum_planes)(const Word *const *planes, std::size_t count, std::int32_t *into);
  // Adds what the nulls rest on.
  void (*add_causes)(const Truths &of, Word *error, Word *unknown);

  // One byte a row, looked up by its code in a table of that size; then one bit of each byte.
  void (*bytes_by_code16)(const std::uint16_t *codes, const std::uint8_t *table, std::size_t size, std::uint8_t *bytes);
  void (*bytes_by_code32)(const std::int32_t *codes, const std::uint8_t *table, std::size_t size, std::uint8_t *bytes);
  void (*plane)(const std::uint8_t *bytes, int bit, Word *bits);
  // Both at once: bit k of the byte into the k-th of so many masks, eight at most.
  void (*planes_by_code16)(const std::uint16_t *codes, const std::uint8_t *table, std::size_t size, Word *const *masks,
                           std::size_t count);
  void (*planes_by_code32)(const std::int32_t *codes, const std::uint8_t *table, std::size_t size, Word *const *masks,
                           std::size_t count);
  // One code a row, looked up in the same way.
  void (*codes_by_code16)(const std::uint16_t *codes, const std::uint16_t *table, std::size_t size,
                          std::uint16_t *into);
  void (*codes_by_code32)(const std::int32_t *codes, const std::uint16_t *table, std::size_t size, std::uint16_t *into);
  // The class of each value.
  void (*classes_by_cuts)(const std::int32_t *values, const NarrowCuts &by, std::uint16_t *into);
  // Values of four bytes by their place, which is below 2^31; bits by their place from the bit `first` on, of which
  // `count` are there.
  void (*gather_four)(const void *values, const std::uint32_t *at, std::int32_t *into);
  void (*gather_bits)(const std::uint8_t *bits, std::size_t first, const std::uint32_t *at, std::size_t count,
                      Word *into);
  // Nought where the mask is 0.
  void (*only_where)(const Word *mask, std::int32_t *values);
  // Whether all of them, as many as there are, are from 0 on and below the bound.
  bool (*all_below)(const std::int32_t *values, std::size_t count, std::uint32_t bound);

  // Adds the weight to the rows of the mask.
  void (*add_where)(const Word *mask, std::int32_t weight, std::int32_t *into);
  // Gives the code to the rows of the mask.
  void (*choose)(const Word *mask, std::uint16_t code, std::uint16_t *codes);

  void (*widen)(const std::int32_t *values, std::int64_t *into);
  // False when a value does not fit; the rest is then of no use.
  bool (*narrow)(const std::int64_t *values, std::int32_t *into);
  // Sixteen-byte integers, of whatever alignment. `beyond` receives the rows that eight bytes do not hold.
  void (*from_128)(const void *values, std::int64_t *into, Word *beyond);
  // The same into four bytes; false when a value does not fit.
  bool (*narrow_128)(const void *values, std::int32_t *into);

  // Arithmetic; bits are added to `beyond` where the result does not fit.
  void (*add)(const std::int64_t *a, const std::int64_t *b, std::int64_t *into, Word *beyond);
  void (*subtract)(const std::int64_t *a, const std::int64_t *b, std::int64_t *into, Word *beyond);
  void (*multiply)(const std::int64_t *a, const std::int64_t *b, std::int64_t *into, Word *beyond);
  void (*scale)(const std::int64_t *a, std::int64_t factor, std::int64_t *into, Word *beyond);
  void (*scale_narrow)(const std::int32_t *a, std::int32_t factor, std::int64_t *into); // which always fits
  // Divides by a power of ten, and rounds as `mode` says (feel::Rounding).
  void (*divide_round)(const std::int64_t *a, std::int64_t divisor, int mode, std::int64_t *into);
  // Calendar months from a day, the end of the month kept; for days of the years 1 to 9999 and |months| < 24,000,000.
  // True when every day is one of those for sure.
  bool (*plus_months)(const std::int32_t *days, std::int32_t months, std::int32_t *into);

  // One value a row, looked up by its code.
  void (*wide_by_code)(const std::uint16_t *codes, const std::int64_t *table, std::int64_t *into);
  void (*narrow_by_code)(const std::uint16_t *codes, const std::int32_t *table, std::size_t size, std::int32_t *into);
  // These write what leaves, past the caches where they can; `into` is 64-byte aligned, and takes whole chunks.
  void (*four_by_code)(const std::uint16_t *codes, const std::int32_t *table, std::size_t size, void *into);
  void (*sixteen_by_code)(const std::uint16_t *codes, const Wide *table, std::size_t size, void *into);
  void (*four_by_planes)(const Word *const *planes, std::size_t count, void *into); // see sum_planes
  void (*to_128)(const std::int64_t *values, void *into);
  void (*narrow_to_128)(const std::int32_t *values, void *into);

  // The lowest bit that the sets of a row have in common, one set a column, found by the class of the row in it: its
  // place from 1 on, and in `hit` that there is one; 0 where there is none. Sets are `words` long: 1, 2, 4, 8 or a
  // multiple of sixteen. `twice` (may be null): the rows whose sets have another one. Of at most 64 columns.
  void (*first_common)(const std::uint16_t *const *classes, const Word *const *sets, std::size_t columns,
                       std::size_t words, std::size_t rows, std::uint16_t *first, Word *hit, Word *twice);

  // The value of `a` where the bit is set, else that of `b`.
  void (*select_wide)(const Word *mask, const std::int64_t *a, const std::int64_t *b, std::int64_t *into);
  void (*select_narrow)(const Word *mask, const std::int32_t *a, const std::int32_t *b, std::int32_t *into);
  // The same of codes; `offset` is added to those of `b`.
  void (*select_codes)(const Word *mask, const std::uint16_t *a, const std::uint16_t *b, std::uint16_t offset,
                       std::uint16_t *into);
  // The lesser, or the greater, of two values.
  void (*extreme)(bool largest, const std::int64_t *a, const std::int64_t *b, std::int64_t *into);
};

extern const Kernels baseline_kernels;
#ifdef SPIE_COLUMNS_X86
extern const Kernels avx2_kernels;
extern const Kernels avx512_kernels;
#endif

// The best that this processor runs.
const Kernels &kernels();
// By name ("baseline", "avx2", "avx512"); nullptr when there is none here. For tests.
const Kernels *find_kernels(std::string_view name);

} // namespace spie::columns
