// The registers of a program: one lane holds what one expression is worth for each row of a chunk. Three-valued logic
// is two bits, the value and whether there is one; two more say what a null rests on.
#pragma once

#include "rules/columns/batch.hpp"
#include "rules/columns/kernels.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace spie::columns {

using Bits = std::array<Word, chunk_words>;

inline void add_bits(Bits &into, const Bits &more) {
  for (std::size_t w = 0; w < chunk_words; ++w)
    into[w] |= more[w];
}

inline bool any_bit(const Bits &bits) {
  Word some = 0;
  for (const Word word : bits)
    some |= word;
  return some != 0;
}

struct alignas(64) Lane {
  // Where `nulls` is false every row has a value and these three mean nothing.
  Bits valid;
  Bits error;   // of the nulls: an operation went wrong
  Bits unknown; // of the nulls: a fact of a pack is missing
  Bits bits;    // the values of a boolean; 0 where it is null
  bool nulls = false;
  bool is_narrow = false; // of integers: they stand in `narrow`
  union {
    alignas(64) std::array<std::int32_t, chunk_rows> narrow;
    std::array<std::int64_t, chunk_rows> wide;
    std::array<std::uint16_t, chunk_rows> codes; // into a pool of constants
    std::array<std::int32_t, chunk_rows> texts;  // into the dictionary of a column
  };

  Lane() : valid{}, error{}, unknown{}, bits{}, wide{} {}

  void no_nulls() { nulls = false; }
  void all_valid() { valid.fill(~Word{0}), error.fill(0), unknown.fill(0); }
  // The null masks of another lane.
  void nulls_of(const Lane &other) {
    nulls = other.nulls;
    if (nulls)
      valid = other.valid, error = other.error, unknown = other.unknown;
  }
  Word valid_word(std::size_t w) const { return nulls ? valid[w] : ~Word{0}; }
  Word error_word(std::size_t w) const { return nulls ? error[w] : 0; }
  Word unknown_word(std::size_t w) const { return nulls ? unknown[w] : 0; }
};

// What one thread needs to run a program; made once, used for chunk after chunk.
struct State {
  explicit State(const Kernels &kernels, std::size_t lane_count, std::size_t mask_count, std::size_t table_count)
      : k(kernels), lanes(lane_count), masks(mask_count), tables(table_count) {}

  const Kernels &k;
  std::vector<Lane> lanes;
  std::vector<Bits> masks;
  std::vector<std::vector<std::uint8_t>> tables; // by step, what it made of the dictionaries of the batch
  Bits fallback{};                               // the rows that the row evaluator must do
  const Batch *batch = nullptr;
  std::size_t first = 0, rows = 0; // of the chunk, in the batch
  alignas(64) std::array<std::uint8_t, chunk_rows> bytes{};
  std::vector<std::array<std::uint16_t, chunk_rows>> classes; // scratch of long tables
};

// One operation over a chunk.
class Step {
public:
  Step() = default;
  virtual ~Step() = default;
  Step(const Step &) = delete;
  Step &operator=(const Step &) = delete;
  // Once a batch, before its chunks.
  virtual void prepare(State & /*state*/, const Batch & /*batch*/) const {}
  virtual void run(State &state) const = 0;
};

} // namespace spie::columns
