// The registers of a program: one lane holds what one expression is worth for each row of a chunk. Three-valued logic
// is two bits, the value and whether there is one; two more say what a null rests on.
#pragma once

#include "rules/columns/ahead.hpp"
#include "rules/columns/batch.hpp"
#include "rules/columns/kernels.hpp"
#include "rules/columns/made_texts.hpp"
#include "rules/columns/one_row.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace spie::columns {

using Bits = std::array<Word, chunk_words>;

inline constexpr Bits no_bits{};
inline constexpr Bits all_bits = [] {
  Bits bits{};
  for (Word &word : bits)
    word = ~Word{0};
  return bits;
}();

inline void add_bits(Bits &into, const Bits &more) {
  for (std::size_t w = 0; w < chunk_words; ++w)
    into[w] |= more[w];
}

inline bool lacks_some(const Bits &bits) {
  Word every = ~Word{0};
  for (const Word word : bits)
    every &= word;
  return every != ~Word{0};
}

inline bool any_bit(const Bits &bits) {
  Word some = 0;
  for (const Word word : bits)
    some |= word;
  return some != 0;
}

// The values of a lane that are no bits.
union alignas(64) LaneValues {
  std::array<std::int32_t, chunk_rows> narrow;
  std::array<std::int64_t, chunk_rows> wide;
  std::array<std::uint16_t, chunk_rows> codes;
  std::array<std::int32_t, chunk_rows> texts;
};

// Most lanes are booleans: their bits stand close together, and the values of others apart.
struct alignas(64) Lane {
  // Where `nulls` is false every row has a value and these three mean nothing.
  Bits valid{};
  Bits error{};   // of the nulls: an operation went wrong
  Bits unknown{}; // of the nulls: a fact of a pack is missing
  Bits bits{};    // the values of a boolean; 0 where it is null
  bool nulls = false;
  bool is_narrow = false;                       // of integers: they stand in `narrow`
  std::array<std::int32_t, chunk_rows> &narrow; // one of these four, in the same room
  std::array<std::int64_t, chunk_rows> &wide;
  std::array<std::uint16_t, chunk_rows> &codes; // into a pool of constants
  std::array<std::int32_t, chunk_rows> &texts;  // into the dictionary of a column

  explicit Lane(LaneValues &values)
      : narrow(values.narrow), wide(values.wide), codes(values.codes), texts(values.texts) {}

  void no_nulls() { nulls = false; }
  void all_valid() { valid.fill(~Word{0}), error.fill(0), unknown.fill(0); }
  // The null masks of another lane.
  void nulls_of(const Lane &other) {
    nulls = other.nulls;
    if (nulls)
      valid = other.valid, error = other.error, unknown = other.unknown;
  }
  Masks masks() { return {bits.data(), valid.data(), error.data(), unknown.data()}; }
  // All of them, for the kernels.
  Truths truths() const {
    return nulls ? Truths{bits.data(), valid.data(), error.data(), unknown.data()}
                 : Truths{bits.data(), all_bits.data(), no_bits.data(), no_bits.data()};
  }
  Word valid_word(std::size_t w) const { return nulls ? valid[w] : ~Word{0}; }
  Word error_word(std::size_t w) const { return nulls ? error[w] : 0; }
  Word unknown_word(std::size_t w) const { return nulls ? unknown[w] : 0; }
};

// The most items of a list that positions are made for; a row with a longer list is answered alone.
constexpr std::size_t most_items = 64;

// The lists that a column of lists gives the rows of a chunk. A lane over their items stands once for each position:
// in the lane of position k, each row has its item k.
struct Items {
  std::size_t most = 0;    // positions: the length of the longest list
  std::size_t base = 0;    // the first item of the chunk, in the columns of the items
  std::size_t count = 0;   // items from there on, all that the rows have
  std::vector<Bits> there; // by position, the rows whose list is longer
  // By position, the item of each row, from `base` on; where there is none, the first one.
  std::vector<std::array<std::uint32_t, chunk_rows>> at;
};

// A mask that is the bits of a lane, whose index the rest is.
constexpr std::uint32_t in_lane = std::uint32_t{1} << 31;

struct RowRoom;

// What one thread needs to run a program; made once, used for chunk after chunk.
class State {
public:
  // `lanes` and `masks`: for each, the lists over whose items it is, or -1: over the rows.
  State(const Kernels &kernels, std::vector<int> lanes, std::vector<int> masks, std::size_t list_count,
        std::size_t table_count)
      : k(kernels), lists(list_count), tables(table_count), lane_lists_(std::move(lanes)),
        mask_lists_(std::move(masks)), lanes_(lane_lists_.size()), masks_(mask_lists_.size()),
        lane_slots_(lane_lists_.size()), mask_slots_(mask_lists_.size()) {
    reserve(-1, 1);
  }

  // Of the item in hand, where it is over items.
  Lane &lane(std::uint32_t index) { return lane_slots_[index].at(item); }
  const Lane &lane(std::uint32_t index) const { return lane_slots_[index].at(item); }
  Bits &mask(std::uint32_t index) {
    return (index & in_lane) != 0 ? lane(index & ~in_lane).bits : mask_slots_[index].at(item);
  }
  // Room for that many positions; what stood in those of the list means nothing then.
  void reserve(int list, std::size_t count);

  // The texts of a column: those that the batch gives, then those that steps make.
  const std::vector<std::string_view> &dictionary(int column) const {
    const auto at = static_cast<std::size_t>(column);
    return at < batch->columns.size() ? batch->columns[at].dictionary : made[at - batch->columns.size()].dictionary();
  }
  MadeTexts &made_texts(int column) { return made[static_cast<std::size_t>(column) - batch->columns.size()]; }

  const Kernels &k;
  std::size_t item = 0; // the position in hand
  std::vector<Items> lists;
  std::vector<std::vector<std::uint8_t>> tables; // by step, what it made of the dictionaries of the batch
  Bits fallback{};                               // the rows that the row evaluator must do
  const Batch *batch = nullptr;
  std::size_t first = 0, rows = 0; // of the chunk, in the batch
  Ahead ahead;
  alignas(64) std::array<std::uint8_t, chunk_rows> bytes{};
  std::vector<std::array<std::uint16_t, chunk_rows>> classes; // scratch of long tables
  // By lane over items of which the distinct values are asked for: of each two positions, the rows where they are
  // equal, (0, 1), (0, 2), (1, 2), (0, 3)…
  std::vector<std::vector<Bits>> pairs;
  std::vector<MadeTexts> made;
  std::vector<std::int64_t> left;   // by step, the rows that it was the first to leave; empty: nobody asks
  std::shared_ptr<RowRoom> by_rows; // where parts without a form in columns are evaluated
  // Scratch of those who read items.
  alignas(64) std::array<char, chunk_rows * 16> gathered{};
  Bits gathered_valid{};

private:
  std::vector<int> lane_lists_, mask_lists_;
  std::vector<std::vector<Lane>> lanes_;
  std::vector<std::vector<Bits>> masks_;
  // Where the lanes and masks stand, found without a question.
  template <class T> struct Slot {
    T *first = nullptr;
    std::size_t moves = 0; // with the item in hand: all ones
    T &at(std::size_t position) const { return first[position & moves]; }
  };
  std::vector<Slot<Lane>> lane_slots_;
  std::vector<Slot<Bits>> mask_slots_;
  struct Freed {
    void operator()(void *room) const { std::free(room); }
  };
  std::vector<std::unique_ptr<void, Freed>> values_; // of the lanes
};

// One operation, over a chunk or over one row. A few stand in programs for one of the two alone, and throw
// std::logic_error in the others.
class Step {
public:
  Step() = default;
  virtual ~Step() = default;
  Step(const Step &) = delete;
  Step &operator=(const Step &) = delete;
  // Once a batch, before its chunks.
  virtual void prepare(State & /*state*/, const Batch & /*batch*/) const {}
  virtual void run(State &state) const;
  virtual void one(OneRow &row) const;
  // Over the first items of the list in hand.
  virtual void each(OneRow &row, std::size_t count) const;
  // The texts that it tells from one another.
  virtual void texts(std::set<std::string> & /*into*/) const {}
  // Why it leaves rows to the row evaluator, where it may.
  virtual std::string_view leaves() const { return {}; }
  // Whether it prepares itself by the texts of the column.
  virtual bool looks_into(int /*column*/) const { return false; }
};

} // namespace spie::columns
