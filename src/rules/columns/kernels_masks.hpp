// Part of the body of each set of kernels: what works on one bit a row, in vectors of the compiler's own.
#include "rules/columns/kernels.hpp"

namespace spie::columns {

namespace {

constexpr std::size_t block_words = 8;
constexpr std::size_t chunk_blocks = chunk_words / block_words;
// Of a mask wherever it stands. Clang takes the alignment from a typedef alone: in an alias it asks for that of the
// vector.
typedef Word Block // NOLINT(modernize-use-using)
    __attribute__((vector_size(block_words * sizeof(Word)), aligned(sizeof(Word)), may_alias));
static_assert(alignof(Block) == sizeof(Word));

inline const Block *blocks(const Word *words) { return reinterpret_cast<const Block *>(words); }
inline Block *blocks(Word *words) { return reinterpret_cast<Block *>(words); }

// Whether any bit is 0.
inline bool lacks_some(const Word *words) {
  Word all = ~Word{0};
  for (std::size_t w = 0; w < chunk_words; ++w)
    all &= words[w];
  return all != ~Word{0};
}

void within(bool added, const Word *low, const Word *high, Word *bits) {
  if (added)
    for (std::size_t b = 0; b < chunk_blocks; ++b)
      blocks(bits)[b] |= ~blocks(low)[b] & blocks(high)[b];
  else
    for (std::size_t b = 0; b < chunk_blocks; ++b)
      blocks(bits)[b] = ~blocks(low)[b] & blocks(high)[b];
}

bool logic(bool conjunction, const Truths &a, const Truths &b, Word *bits, Word *valid, Word *error, Word *unknown) {
  for (std::size_t i = 0; i < chunk_blocks; ++i) {
    const Block known_a = blocks(a.valid)[i], known_b = blocks(b.valid)[i];
    const Block true_a = blocks(a.bits)[i] & known_a, true_b = blocks(b.bits)[i] & known_b;
    const Block false_a = known_a & ~true_a, false_b = known_b & ~true_b;
    const Block errors = blocks(a.error)[i] | blocks(b.error)[i];
    const Block unknowns = blocks(a.unknown)[i] | blocks(b.unknown)[i];
    const Block yes = conjunction ? true_a & true_b : true_a | true_b;
    const Block known = yes | (conjunction ? false_a | false_b : false_a & false_b);
    blocks(bits)[i] = yes;
    blocks(valid)[i] = known;
    blocks(error)[i] = errors & ~known;
    blocks(unknown)[i] = unknowns & ~known;
  }
  return lacks_some(valid);
}

bool judge_nulls(const Truths &in, const NullVerdicts &verdicts, bool added, const Masks &out, Word *other) {
  Word causes = 0;
  for (std::size_t w = 0; w < chunk_words; ++w)
    causes |= in.error[w] | in.unknown[w];
  for (std::size_t b = 0; b < chunk_blocks; ++b) {
    const Block null = ~blocks(in.valid)[b];
    Block yes = null & verdicts.yes[0], none = null & verdicts.null[0], of_error = null & verdicts.error[0],
          of_unknown = null & verdicts.unknown[0], beyond = null & verdicts.other[0];
    if (causes != 0) { // not all of them are plain
      const Block errors = blocks(in.error)[b], unknowns = blocks(in.unknown)[b];
      const Block plain = ~errors & ~unknowns;
      yes &= plain, none &= plain, of_error &= plain, of_unknown &= plain, beyond &= plain;
      const Block kinds[3] = {errors & ~unknowns, unknowns & ~errors, errors & unknowns};
      for (std::size_t kind = 1; kind < 4; ++kind) {
        yes |= kinds[kind - 1] & verdicts.yes[kind];
        none |= kinds[kind - 1] & verdicts.null[kind];
        of_error |= kinds[kind - 1] & verdicts.error[kind];
        of_unknown |= kinds[kind - 1] & verdicts.unknown[kind];
        beyond |= kinds[kind - 1] & verdicts.other[kind];
      }
    }
    if (added) {
      none |= ~blocks(out.valid)[b];
      of_error |= blocks(out.error)[b];
      of_unknown |= blocks(out.unknown)[b];
    }
    blocks(out.bits)[b] = (blocks(out.bits)[b] & ~null) | yes;
    blocks(out.valid)[b] = ~none;
    blocks(out.error)[b] = of_error;
    blocks(out.unknown)[b] = of_unknown;
    blocks(other)[b] |= beyond;
  }
  return lacks_some(out.valid);
}

void add_causes(const Truths &of, Word *error, Word *unknown) {
  for (std::size_t i = 0; i < chunk_blocks; ++i) {
    blocks(error)[i] |= blocks(of.error)[i];
    blocks(unknown)[i] |= blocks(of.unknown)[i];
  }
}

bool choose_between(bool unknowns, const Truths &condition, const Truths &a, const Truths &b, Word *yes,
                    const Masks &out, Word *beyond) {
  const Block lacking = unknowns ? ~Block{} : Block{}; // what the condition lacks, the value lacks
  for (std::size_t i = 0; i < chunk_blocks; ++i) {
    const Block errors = blocks(condition.error)[i], unknown = blocks(condition.unknown)[i];
    const Block then = blocks(condition.bits)[i] & blocks(condition.valid)[i], other = ~then;
    const Block causes = errors | unknown, known = ~(causes & lacking);
    const Block valid = ((then & blocks(a.valid)[i]) | (other & blocks(b.valid)[i])) & known;
    const Block error = (then & blocks(a.error)[i]) | (other & blocks(b.error)[i]);
    const Block lacked = (then & blocks(a.unknown)[i]) | (other & blocks(b.unknown)[i]);
    blocks(yes)[i] = then;
    blocks(out.bits)[i] = ((then & blocks(a.bits)[i]) | (other & blocks(b.bits)[i])) & valid;
    blocks(out.valid)[i] = valid;
    blocks(out.error)[i] = (error & known) | (errors & lacking);
    blocks(out.unknown)[i] = (lacked & known) | (unknown & lacking);
    blocks(beyond)[i] |= causes & ~lacking;
  }
  return lacks_some(out.valid);
}

void quantify(bool some, const Word *there, const Word *kept, const Truths &condition, const Masks &found) {
  const Block flipped = some ? Block{} : ~Block{};
  for (std::size_t i = 0; i < chunk_blocks; ++i) {
    const Block in = blocks(there)[i] & blocks(kept)[i], valid = blocks(condition.valid)[i];
    blocks(found.bits)[i] |= in & valid & (blocks(condition.bits)[i] ^ flipped);
    blocks(found.valid)[i] |= in & ~valid;
    blocks(found.error)[i] |= in & blocks(condition.error)[i];
    blocks(found.unknown)[i] |= in & blocks(condition.unknown)[i];
  }
}

void keep_items(const Word *there, const Word *kept, const Truths &condition, Word *keeps, Word *error, Word *unknown) {
  for (std::size_t i = 0; i < chunk_blocks; ++i) {
    const Block in = blocks(there)[i] & blocks(kept)[i];
    blocks(keeps)[i] = in & blocks(condition.bits)[i] & blocks(condition.valid)[i];
    blocks(error)[i] |= in & blocks(condition.error)[i];
    blocks(unknown)[i] |= in & blocks(condition.unknown)[i];
  }
}

void without_both(const Word *a, const Word *b, Word *bits) {
  for (std::size_t i = 0; i < chunk_blocks; ++i)
    blocks(bits)[i] &= ~(blocks(a)[i] & blocks(b)[i]);
}

void move_within(const Word *mask, Word *from, Word *into) {
  for (std::size_t i = 0; i < chunk_blocks; ++i) {
    blocks(into)[i] |= blocks(from)[i] & blocks(mask)[i];
    blocks(from)[i] = Block{};
  }
}

bool carry(Word *plane, Word *bits) {
  Block some{};
  for (std::size_t i = 0; i < chunk_blocks; ++i) {
    const Block before = blocks(plane)[i], more = blocks(bits)[i];
    blocks(plane)[i] = before ^ more;
    blocks(bits)[i] = before & more;
    some |= before & more;
  }
  Word any = 0;
  for (std::size_t w = 0; w < block_words; ++w)
    any |= some[w];
  return any != 0;
}

} // namespace

} // namespace spie::columns
