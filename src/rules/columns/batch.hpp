// What a batch of rows is given as: columns where they stand, in the layouts of Arrow, never copied beforehand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace spie::columns {

// How the values of a column are written. Codes are indices into a dictionary of texts.
enum class Layout : std::uint8_t {
  absent, // no such column: every value is null
  bits,
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
  float64,
  decimal128, // an integer, to be divided by ten to the scale
  date32,     // days
  date64,     // milliseconds, whole days
  months32,
  seconds64, // a length of time
  milliseconds64,
  microseconds64,
  nanoseconds64,
  codes8,
  codes_u8,
  codes16,
  codes_u16,
  codes32,
  codes_u32,
  codes64,
  list32, // offsets of lists, whose items stand in the columns of longer paths
  list64,
};

struct Column {
  const void *values = nullptr;
  const std::uint8_t *validity = nullptr; // one bit a value, lowest first; nullptr: none is null
  std::size_t offset = 0;                 // of the first row, in values and in validity
  // The texts that codes stand for; a text without data is null. A code given for a value that is not null is below
  // their number: whoever makes a Column has looked.
  std::vector<std::string_view> dictionary = {};
  // Where the dictionary holds a text twice: for each code, the first of its text.
  std::vector<std::int32_t> first_codes = {};
  // Of lists: which items are null, counted from `items_offset`; nullptr: none is. The items themselves are counted as
  // the offsets say, `offset` of their own columns coming on top (and may wrap around).
  const std::uint8_t *items_validity = nullptr;
  std::size_t items_offset = 0;
};

// The columns of the inputs of a program, in their order, each of `rows` rows.
struct Batch {
  std::vector<Column> columns;
  std::size_t rows = 0;
};

} // namespace spie::columns
