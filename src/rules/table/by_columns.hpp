// A table answered column by column, where the decision and the columns allow it; the rows that columns cannot answer
// are left to the row evaluator, and put where they belong.
#pragma once

#include "rules/columns/program.hpp"
#include "rules/table/asked.hpp"
#include "rules/table/column.hpp"
#include "rules/table/export.hpp"
#include "rules/table/room.hpp"
#include "rules/table/shape.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace spie::table {

class ByColumns {
public:
  // Some rows of a batch, being answered.
  class Piece {
  public:
    Piece() = default;
    virtual ~Piece() = default;
    Piece(const Piece &) = delete;
    Piece &operator=(const Piece &) = delete;
    // The rows to be answered one by one, from 0.
    const std::vector<std::int64_t> &rows() const noexcept { return rows_; }
    // The columns of the value and `statut`, then `regle` and `motif` where they are asked for; `answered` are the same
    // columns for those rows alone, in their order.
    virtual std::vector<ArrayData> finish(const std::vector<ArrayData> &answered) = 0;

  protected:
    std::vector<std::int64_t> rows_;
  };

  // Whether the rule of the table is asked for, and the decision is one.
  enum class Rule : std::uint8_t { not_asked, none, of_table };
  // `columns`: the value, as it leaves; `members`: they are the members of a context. Null when the decision or a
  // column does not go by columns; `why` then says why.
  static std::unique_ptr<ByColumns> make(const Asked &asked, const Layout &table, const Binding &binding,
                                         const std::vector<Shape::Member> &columns, bool members,
                                         const std::optional<feel::Date> &day, Rule rule, bool reasons,
                                         columns::Obstacle &why);
  ~ByColumns();

  // From here on it counts the rows that are left to the row evaluator; `left`: those so far, and why.
  void count_left() { counts_ = true; }
  std::vector<columns::Left> left() const;

  // Null when these rows do not go by columns.
  std::unique_ptr<Piece> begin(const Column &batch, std::int64_t first, std::int64_t count) const;

private:
  ByColumns() = default;
  friend class ColumnsPiece;
  // Where an input of the program stands in the table.
  struct Source {
    std::vector<std::size_t> path; // of columns: of the table, then of structs
    bool plain_text = false;       // to be given codes
    bool list = false;             // lists, whose items stand in other sources
    bool of_items = false;         // the items of the list at `path`, or their member
    std::optional<std::size_t> member = std::nullopt;
  };
  struct Target {
    Shape::Kind kind = Shape::Kind::text;
    int scale = 0;
    std::size_t output = 0;           // of the program
    std::vector<std::string> texts;   // of a pool, each once
    std::vector<std::int32_t> narrow; // by code: the index of its text, a day, months
    std::vector<columns::Wide> wide;  // by code
    std::vector<std::int64_t> lengths;
    std::vector<std::uint8_t> truths;
    // Of lists: what their items are and how many decimals these have; by code, or by item of a list that is written
    // out, the items as their column writes them, texts by their index.
    Shape::Kind item = Shape::Kind::text;
    std::vector<std::vector<columns::Wide>> lists;
  };
  bool add_input(const Layout &layout, const feel::Type &type, std::uint32_t slot, std::vector<std::string> &names,
                 std::vector<std::size_t> &path, const Binding &binding);
  void add_list(const Layout &layout, const feel::Type &type, std::uint32_t slot, std::vector<std::string> &names,
                const std::vector<std::size_t> &path, const Binding &binding);
  void add_branch(const Branch &branch, const feel::Type &type, std::uint32_t slot, std::vector<std::string> &names,
                  const Layout &table, const Binding &binding);
  bool add_list_target(const Shape &shape, std::size_t output, std::string &why);
  bool add_target(const Shape &shape, std::size_t output, std::string &why);
  std::unique_ptr<columns::State> take_state() const;
  void give_back(std::unique_ptr<columns::State> state) const;
  // Whether rows gain by it: not when parts are evaluated row by row, of which nearly all values then fit no lane.
  bool is_worth_it() const;

  columns::Request request_;
  std::vector<Source> sources_;
  std::shared_ptr<const columns::Program> program_;
  std::vector<Target> targets_;
  bool unknowns_ = false, reasons_ = false, counts_ = false;
  Rule rule_ = Rule::not_asked;
  mutable std::atomic<std::int64_t> seen_ = 0, left_ = 0; // rows, and those of them left to the row evaluator
  mutable Rooms rooms_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<columns::State>> states_;
};

} // namespace spie::table
