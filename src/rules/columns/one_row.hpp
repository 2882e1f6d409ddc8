// One row in the registers of a program: where a chunk has a lane, a row has a cell.
#pragma once

#include "spie/feel/value.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace spie::columns {

struct Cell {
  static constexpr std::uint8_t null = 1, error = 2, unknown = 4; // a null with what it rests on

  union {
    std::int64_t value = 0; // integers as lanes count them; a boolean is 0 or 1
    const feel::Value *text;
  };
  std::uint32_t code = 0;  // into a pool; of a text: its place among those that the program knows
  std::int8_t places = 0;  // of a number: how many decimals its text has, which arithmetic keeps
  std::uint8_t causes = 0; // 0: it has a value

  bool valid() const noexcept { return causes == 0; }
  bool has(std::uint8_t cause) const noexcept { return (causes & cause) != 0; }
  bool undecided() const noexcept { return (causes & (error | unknown)) != 0; }
  bool is_true() const noexcept { return causes == 0 && value != 0; }
};

// In the number of a register: it is one for each item of a list.
constexpr std::uint32_t over_items = 1U << 31;

// What one thread needs to run programs over one row; used for row after row.
class OneRow {
public:
  // Of the item in hand, where it is one of items.
  Cell &at(std::uint32_t lane) {
    return (lane & over_items) == 0 ? rows[lane] : items[(lane & ~over_items) * capacity + item];
  }
  const Cell &at(std::uint32_t lane) const { return const_cast<OneRow *>(this)->at(lane); }
  // How many items a list has.
  std::size_t count(int list) const { return lists[static_cast<std::size_t>(list)]->size(); }

  std::uint64_t program = 0; // whose constants stand in `rows`; 0: of none
  std::vector<Cell> rows, items;
  std::size_t capacity = 0;                                       // items of the longest list
  std::size_t item = 0;                                           // the position in hand
  std::vector<const feel::List *> lists;                          // that the row gives
  std::vector<std::vector<std::uint8_t>> pairs;                   // as State::pairs
  const std::vector<std::vector<std::uint8_t>> *tables = nullptr; // by table, what a step makes of the known texts
  bool fallback = false;                                          // the row evaluator must do it
};

} // namespace spie::columns
