// The arrays of one batch, checked against their layout: what the C Data Interface lets one check, so that no later
// read leaves a buffer that is as long as its array says. Buffers bear no length there: that they are as long is the
// producer's word.
#pragma once

#include "rules/table/layout.hpp"
#include "spie/feel/value.hpp"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace spie::table {

struct Column {
  const Layout *layout = nullptr;
  std::int64_t length = 0, offset = 0; // rows are counted from 0, after the offset
  const std::uint8_t *valid = nullptr; // one bit a row, from the offset; null: all are
  const void *const *buffers = nullptr;
  std::int64_t texts = 0; // of text_view: the buffers that hold them
  std::vector<Column> children;
  std::unique_ptr<Column> dictionary;
  std::size_t number = 0; // among the dictionaries of the batch, for those who keep what they made of each entry

  bool is_null(std::int64_t row) const noexcept {
    return layout->form == Form::null ||
           (valid != nullptr && (valid[(row + offset) >> 3] >> ((row + offset) & 7) & 1) == 0);
  }
  template <class T> T at(std::int64_t row, std::size_t buffer = 1) const noexcept {
    return static_cast<const T *>(buffers[buffer])[row + offset];
  }
  std::int64_t index(std::int64_t row) const noexcept; // into the dictionary; checked
  std::int64_t run(std::int64_t row) const noexcept;   // of run_end: the row of its values
  struct Span {
    std::int64_t begin, count;
  };
  Span items(std::int64_t row) const noexcept; // of a list or map: rows of children[0]
  std::string_view text(std::int64_t row) const noexcept;
};

// Throws Error T003. `dictionaries` counts those found.
Column read_column(const Layout &layout, const ArrowArray &array, std::size_t &dictionaries);

// What one row may hold: arrays share their items, and a small batch may unfold without end.
constexpr std::int64_t max_values = 10'000'000;

// One value, nested ones with it, each taken off `left`. Null, NaN and NaT are plain nulls. Throws Error T006 for what
// is no FEEL value: an infinite number, a text that is not UTF-8, an interval of months and days, more than is left.
feel::Value value_at(const Column &column, std::int64_t row, std::int64_t &left);

} // namespace spie::table
