// A row of a batch as facts, read where they stand.
#pragma once

#include "rules/table/binding.hpp"
#include "rules/table/column.hpp"
#include "spie/dmn/fact_source.hpp"
#include "spie/feel/value.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace spie::table {

// One thread, one ArrowFacts: it keeps the values that it made of the entries of dictionaries.
class ArrowFacts final : public dmn::FactSource {
public:
  // `batch` is the struct whose children are the columns of the table; both outlive this.
  ArrowFacts(const Binding &binding, const Column &batch, std::size_t dictionaries);

  // The facts of a row, a context; what was given of the row before stands no more.
  Node row(std::int64_t row);
  feel::Value whole() { return value(&root_, 0); } // all the facts of the row
  feel::Value of_column(std::size_t column) { return cell_value(batch_.children[column], root_.row + batch_.offset); }

  Shape shape(Node node) override;
  feel::Value value(Node node, int depth) override;
  std::size_t size(Node list) override;
  Node item(Node list, std::size_t index) override;
  void entries(Node context, std::vector<Entry> &into) override;

private:
  struct Cell {
    const Column *column = nullptr; // null: a branch, or a null
    const Branch *branch = nullptr; // null: the row itself, where `column` is null too
    std::int64_t row = 0;
    bool absent = false;
  };
  static const Cell &cell_of(Node node) { return *static_cast<const Cell *>(node); }
  Node made(Cell cell);
  Node node_of(const Branch &branch);
  bool is_given(const Branch &branch) const;
  void add_branches(const std::vector<Branch> &branches, std::vector<Entry> &into);
  feel::Value cell_value(const Column &column, std::int64_t row);

  const Binding &binding_;
  const Column &batch_;
  Cell root_;
  std::int64_t left_ = 0; // of max_values
  std::vector<std::unique_ptr<Cell[]>> blocks_;
  std::size_t used_ = 0;
  std::vector<std::vector<std::optional<feel::Value>>> entries_; // by dictionary
};

} // namespace spie::table
