// Which rules a row may match, told by one lookup a column instead of one test a cell: for each text, for each stretch
// between the numbers that the cells of a column name, one bit a rule. The rules left are few, whatever their number.
// What the index cannot tell (a cell that is no constant, a value of another kind) is left to the cells themselves, in
// their order, so that a row finds, misses and consumes what it would without it.
#pragma once

#include "rules/dmn/quick_cell.hpp"
#include "spie/feel/value.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace spie::dmn {

// One bit a rule, in words of 64.
using RuleBits = std::vector<std::uint64_t>;

class ColumnIndex {
public:
  // The cells of one column, by rule; `any`: those that accept anything.
  ColumnIndex(const std::vector<const QuickCell *> &cells, const RuleBits &any);

  // The rules whose cell the value may satisfy; nullptr when it says nothing of a value of this kind. Rules with a
  // cell that is not indexed are in it.
  const std::uint64_t *find(const feel::Value &value) const;
  // What find() gives holds no rule that the value does not satisfy, but those not indexed.
  bool exact() const noexcept { return exact_; }
  const RuleBits &any() const noexcept { return any_; }
  const RuleBits &open() const noexcept { return open_; } // cells that are not indexed
  bool has_open() const noexcept { return has_open_; }

private:
  void index_texts(const std::vector<const QuickCell *> &cells);
  void index_points(const std::vector<const QuickCell *> &cells);
  void index_booleans(const std::vector<const QuickCell *> &cells);
  bool stays(const QuickCell &cell) const noexcept;
  std::size_t text_place(std::string_view text) const noexcept;
  std::size_t stretch(const feel::Number &at) const noexcept;
  std::size_t most_rows() const noexcept;
  const std::uint64_t *row(std::size_t number) const noexcept { return rows_.data() + number * words_; }

  struct Text {
    std::string text;
    std::uint32_t row = 0;
    bool used = false;
  };

  feel::Kind kind_ = feel::Kind::null; // of the values it knows; null: none
  std::size_t words_;
  RuleBits any_, open_, rows_;
  RuleBits null_; // the rules that a plain null may match; empty where the cells are to say
  bool has_open_ = false, exact_ = true;

  std::vector<Text> texts_; // by their hash, then the next free place; a power of two
  std::size_t buckets_ = 0; // of texts too many to have a row each

  std::vector<feel::Number> points_; // that cells name, ascending; dates by their day
  std::vector<std::int64_t> units_;  // the same in units of 10^-decimals_; empty when they do not all fit
  int decimals_ = 0;
  std::vector<std::uint32_t> rows_of_; // by stretch: below points_[0], at it, between it and the next…
};

class TableIndex {
public:
  static constexpr std::size_t most_columns = 32;

  TableIndex() = default; // of no table
  // `cells` by column, then by rule.
  TableIndex(const std::vector<std::vector<const QuickCell *>> &cells, const std::vector<RuleBits> &any);

  bool useful() const noexcept { return !columns_.empty(); }
  std::size_t words() const noexcept { return words_; }

  // The rules that may match, word by word.
  class Search {
  public:
    // `values` by column.
    Search(const TableIndex &index, const std::array<const feel::Value *, most_columns> &values) : index_(index) {
      for (std::size_t i = 0; i < index.columns_.size(); ++i) {
        rows_[i] = index.columns_[i].find(*values[i]);
        plain_ &= rows_[i] != nullptr && !index.columns_[i].has_open();
      }
    }
    struct Found {
      std::uint64_t candidates; // the others do not match
      std::uint64_t certain;    // those of them that match without a look at their cells
    };
    Found word(std::size_t number) const noexcept;
    bool says_all() const noexcept { return plain_ && index_.exact_; } // all candidates are certain
    // Where it says all: whether the value of the column satisfies its cell of the rule.
    bool satisfies(std::size_t column, std::size_t rule) const noexcept {
      return ((rows_[column][rule / 64] >> (rule % 64)) & 1) != 0;
    }

  private:
    const TableIndex &index_;
    std::array<const std::uint64_t *, most_columns> rows_;
    bool plain_ = true; // every column says all of every rule
  };

private:
  std::vector<ColumnIndex> columns_;
  std::size_t words_ = 0;
  RuleBits every_; // rule
  bool exact_ = true;
};

} // namespace spie::dmn
