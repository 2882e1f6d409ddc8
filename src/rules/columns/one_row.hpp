// One row in the registers of a program: where a chunk has a lane, a row has a cell.
#pragma once

#include "text/text_ends.hpp"

#include "spie/feel/value.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

namespace spie::columns {

// What a null rests on: a place in OneRow. 0: nothing.
using Why = std::uint32_t;
constexpr Why untold = 1; // the walk alone has the words

struct Cell {
  static constexpr std::uint8_t null = 1, error = 2, unknown = 4; // a null with what it rests on

  union {
    std::int64_t value = 0; // integers as lanes count them; a boolean is 0 or 1; of a null, why (see why())
    const feel::Value *text;
  };
  std::uint32_t code = 0;  // into a pool; of a text: its place among those that the program knows
  std::int8_t places = 0;  // of a number: how many decimals its text has, which arithmetic keeps
  std::uint8_t causes = 0; // 0: it has a value

  bool valid() const noexcept { return causes == 0; }
  bool has(std::uint8_t cause) const noexcept { return (causes & cause) != 0; }
  bool undecided() const noexcept { return (causes & (error | unknown)) != 0; }
  bool is_true() const noexcept { return causes == 0 && value != 0; }
  // Of what is undecided, the place in OneRow of what it rests on; 0 of anything else.
  Why why() const noexcept { return undecided() ? static_cast<Why>(value) : 0; }
  void set_null(std::uint8_t of, Why rests_on) noexcept {
    causes = of;
    value = rests_on;
  }
};

// In the number of a register: it is one for each item of a list.
constexpr std::uint32_t over_items = 1U << 31;

// What one thread needs to run programs over one row; used for row after row.
class OneRow {
public:
  // Of the item in hand, where it is one of items.
  Cell &at(std::uint32_t lane) const {
    return (lane & over_items) == 0 ? rows_[lane] : items_[(lane & ~over_items) * capacity_ + item];
  }
  // The first of the items.
  Cell *items(std::uint32_t lane) const { return items_ + (lane & ~over_items) * capacity_; }
  // How many items a list has.
  std::size_t count(int list) const { return lists[static_cast<std::size_t>(list)]->size(); }
  // What a step makes of the texts that the program knows.
  const std::uint8_t *table(std::uint32_t index) const { return tables_[index].data(); }

  struct Rests { // on the causes of one value, or on those of two others
    const feel::Value *null = nullptr;
    Why first = 0, second = 0;
  };
  const std::vector<Rests> &whys() const noexcept { return whys_; }

  // Stands ready for another program, its constants in their places, and what those that are nulls rest on.
  void begin(std::uint64_t program, const std::vector<Cell> &cells,
             const std::vector<std::vector<std::uint8_t>> &tables, const std::vector<Rests> &whys) {
    program_ = program;
    whys_ = whys;
    constant_whys_ = whys.size();
    row_cells_ = cells;
    rows_ = row_cells_.data();
    tables_ = tables.data();
  }
  std::uint64_t program() const noexcept { return program_; }
  // Room for `registers` over items, of lists of at most `capacity`.
  void reserve(std::size_t registers, std::size_t capacity) {
    capacity_ = capacity;
    if (item_cells_.size() < registers * capacity)
      item_cells_.resize(registers * capacity);
    items_ = item_cells_.data();
  }

  // What the nulls of a row rest on, of which a value is made where an answer shows one: as the walk merges causes.
  void forget_causes() { whys_.resize(constant_whys_); }
  // The causes of a null that stands somewhere for as long as the row does; nullptr, or a plain null: untold.
  Why because(const feel::Value *null) {
    if (null == nullptr || null->cause() == nullptr)
      return untold;
    whys_.push_back({null, 0, 0});
    return static_cast<Why>(whys_.size() - 1);
  }
  // Those of two nulls, in their order.
  Why because(Why first, Why second) {
    if (first == 0 || second == 0 || first == second)
      return first == 0 ? second : first;
    if (first == untold || second == untold)
      return untold;
    whys_.push_back({nullptr, first, second});
    return static_cast<Why>(whys_.size() - 1);
  }
  // Of an operation over nulls, which has an error of its own, `on_null`, where they are plain ones.
  Why because(const Cell &a, const Cell &b, const feel::Value &on_null) {
    const Why why = because(a.why(), b.why());
    return why == 0 ? because(&on_null) : why;
  }
  // nullopt where it is untold.
  std::optional<feel::Value> null_of(Why why) const;

  std::size_t item = 0;                         // the position in hand
  std::vector<const feel::List *> lists;        // that the row gives
  std::vector<std::vector<std::uint8_t>> pairs; // as State::pairs
  bool fallback = false;                        // the row evaluator must do it

private:
  std::vector<Rests> whys_ = std::vector<Rests>(untold + 1);
  std::size_t constant_whys_ = untold + 1;
  std::uint64_t program_ = 0; // none
  std::vector<Cell> row_cells_, item_cells_;
  Cell *rows_ = nullptr, *items_ = nullptr;
  std::size_t capacity_ = 0;
  const std::vector<std::uint8_t> *tables_ = nullptr;
};

// The texts that a program tells from one another, each by its place.
class KnownTexts {
public:
  explicit KnownTexts(const std::vector<std::string> &texts = {});
  // The number of texts for one that is none of them.
  std::uint32_t find(const std::string &text) const noexcept {
    for (std::size_t at = hash(text) & mask_;; at = (at + 1) & mask_) {
      const Entry &entry = entries_[at];
      if (entry.data == nullptr ||
          (entry.size == text.size() && std::memcmp(entry.data, text.data(), text.size()) == 0))
        return entry.place;
    }
  }

private:
  struct Entry {
    const char *data = nullptr; // an empty entry bears the place of any other text
    std::size_t size = 0;
    std::uint32_t place = 0;
  };
  // Of the length and what stands at both ends: known texts are codes, which differ there.
  static std::size_t hash(const std::string &text) noexcept {
    const TextEnds ends(text);
    std::uint64_t mixed = (ends.head ^ (ends.tail * 0x9e3779b97f4a7c15ULL) ^ ends.size) * 0xff51afd7ed558ccdULL;
    return static_cast<std::size_t>(mixed ^ (mixed >> 32));
  }
  std::vector<std::string> texts_;
  std::vector<Entry> storage_;
  const Entry *entries_ = nullptr;
  std::size_t mask_ = 0;
};

} // namespace spie::columns
