// The steps over the items of lists that go from items to rows, or from one item to another; those that make something
// of each item alone are the steps of any row.
#pragma once

#include "rules/columns/steps.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace spie::columns {

// A column of lists: where the items of each row stand. A list that is null is unknown in a pack (a null of the lane);
// in a bare model its row is left to the row evaluator, as are lists that are long or hold null structs.
class ListReadStep final : public Step {
public:
  ListReadStep(std::uint32_t column, Layout layout, int list, bool unknowns, std::uint32_t self)
      : column_(column), layout_(layout), list_(list), unknowns_(unknowns), self_(self) {}
  void run(State &state) const override;
  std::string_view leaves() const override { return "a list has more than 64 items, or a null among them"; }

private:
  template <class Offset> void read(State &state, const Column &column) const;
  std::uint32_t column_;
  Layout layout_;
  int list_;
  bool unknowns_;
  std::uint32_t self_;
};

// Items of a list: all, or those that a lane of booleans without nulls keeps.
struct Kept {
  int list = -1;
  std::optional<std::uint32_t> keeps = {};
  // Of the position in hand, the rows that have it; those that keep it, as far as they have it.
  const Word *there(const State &state) const {
    return state.lists[static_cast<std::size_t>(list)].there[state.item].data();
  }
  const Word *kept(const State &state) const { return (keeps ? state.lane(*keeps).bits : all_bits).data(); }
  Word word(const State &state, std::size_t w) const { return there(state)[w] & kept(state)[w]; }
};

// Those of the items for which the condition holds. Where it is undecided for one of them, so is the list.
class FilterItemsStep final : public Step {
public:
  FilterItemsStep(Kept items, std::uint32_t condition, bool unknowns, std::uint32_t keeps, std::uint32_t self)
      : items_(items), condition_(condition), unknowns_(unknowns), keeps_(keeps), self_(self) {}
  void run(State &state) const override;
  std::string_view leaves() const override { return "a condition is an error"; }
  void one(OneRow &row) const override;

private:
  Kept items_;
  std::uint32_t condition_;
  bool unknowns_;
  std::uint32_t keeps_, self_; // self: the nulls that the condition makes alone
};

// Which items of a list are equal, two by two; the values of nulls mean nothing.
class PairsStep final : public Step {
public:
  PairsStep(int list, const Part &item, std::uint32_t pairs)
      : list_(list), lane_(item.lane), form_(item.form), coded_(item.pool >= 0), column_(item.column), pairs_(pairs) {}
  void run(State &state) const override;
  void one(OneRow &row) const override;

private:
  void same(State &state, const Lane &a, const Lane &b, Bits &into) const;
  int list_;
  std::uint32_t lane_;
  Form form_;
  bool coded_;
  int column_;
  std::uint32_t pairs_;
};

// Each item that no item before it equals. Where one is unknown, so is the list.
class DistinctItemsStep final : public Step {
public:
  DistinctItemsStep(Kept items, std::uint32_t lane, std::uint32_t pairs, std::uint32_t keeps, std::uint32_t self)
      : items_(items), lane_(lane), pairs_(pairs), keeps_(keeps), self_(self) {}
  void run(State &state) const override;
  std::string_view leaves() const override {
    return "a null is among the items of which the distinct ones are asked for";
  }
  void one(OneRow &row) const override;

private:
  Kept items_;
  std::uint32_t lane_, pairs_, keeps_, self_;
};

class CountItemsStep final : public Step {
public:
  CountItemsStep(Kept items, std::uint32_t out) : items_(items), out_(out) {}
  void run(State &state) const override;
  void one(OneRow &row) const override;

private:
  Kept items_;
  std::uint32_t out_;
};

// Whether the condition holds for some item, or for every one.
class QuantifyItemsStep final : public Step {
public:
  QuantifyItemsStep(bool some, Kept items, std::uint32_t condition, std::uint32_t out)
      : some_(some), items_(items), condition_(condition), out_(out) {}
  void run(State &state) const override;
  void one(OneRow &row) const override;

private:
  bool some_;
  Kept items_;
  std::uint32_t condition_, out_;
};

// The sum of numbers, the least or the greatest of numbers or of dates; null of none.
class ReduceItemsStep final : public Step {
public:
  enum class Operation : std::uint8_t { sum, least, greatest };
  ReduceItemsStep(Operation operation, Kept items, std::uint32_t lane, bool dates, std::uint32_t out)
      : operation_(operation), items_(items), lane_(lane), dates_(dates), out_(out) {}
  void run(State &state) const override;
  std::string_view leaves() const override { return "a number is beyond 64 bits"; }
  void one(OneRow &row) const override;

private:
  Operation operation_;
  Kept items_;
  std::uint32_t lane_;
  bool dates_; // of 32 bits, as every lane of days
  std::uint32_t out_;
};

// Of a list that is written out: each item kept or not, and the nulls that undecided ones make.
class SettleStep final : public Step {
public:
  struct One {
    std::uint32_t kept, settled;
  };
  SettleStep(std::vector<One> ones, std::optional<std::uint32_t> before, bool unknowns, std::uint32_t self)
      : ones_(std::move(ones)), before_(before), unknowns_(unknowns), self_(self) {}
  void run(State &state) const override;
  std::string_view leaves() const override { return "a condition is an error"; }
  void one(OneRow &row) const override;

private:
  std::vector<One> ones_;
  std::optional<std::uint32_t> before_;
  bool unknowns_;
  std::uint32_t self_;
};

// Whether a value is known: not unknown, be it null.
class KnownStep final : public Step {
public:
  KnownStep(std::uint32_t in, std::uint32_t out) : in_(in), out_(out) {}
  void run(State &state) const override;
  std::string_view leaves() const override { return "what is not known rests on an error too"; }
  void one(OneRow &row) const override;
  void each(OneRow &row, std::size_t count) const override;

private:
  std::uint32_t in_, out_;
};

// Of one row: what is not known for want of a second value rests on the first too, which is not known either.
class LacksStep final : public Step {
public:
  LacksStep(std::uint32_t first, std::uint32_t out) : first_(first), out_(out) {}
  void one(OneRow &row) const override;

private:
  std::uint32_t first_, out_;
};

// Classes of a value as codes of a pool, each class a constant or a null.
class MapStep final : public Step {
public:
  enum class Of : std::uint8_t { codes, texts };
  struct Entry {
    std::uint16_t code = 0;
    Verdict null = Verdict::no; // no: it has the value; other: for the row evaluator
  };
  // `texts`: of a column, the class of each; the class after them is any other text.
  MapStep(std::uint32_t lane, Of of, std::uint32_t column, std::uint32_t table, const std::vector<std::string> &texts,
          std::vector<Entry> classes, std::array<Entry, 4> nulls, std::array<bool, 4> hands, std::uint32_t out);
  void prepare(State &state, const Batch &batch) const override;
  bool looks_into(int column) const override { return of_ == Of::texts && column == static_cast<int>(column_); }
  void run(State &state) const override;
  std::string_view leaves() const override { return "a test of a value ends in an error"; }
  void one(OneRow &row) const override;
  void texts(std::set<std::string> &into) const override {
    for (const auto &[text, of] : texts_)
      into.insert(text);
  }

private:
  std::uint32_t lane_;
  Of of_;
  std::uint32_t column_, table_; // two tables: the codes, and what of them is null
  std::unordered_map<std::string, std::size_t> texts_;
  std::vector<Entry> classes_;
  std::array<Entry, 4> nulls_;
  std::array<bool, 4> hands_;  // as Verdicts::hands
  std::vector<Verdict> kinds_; // of null that some class gives
  std::uint32_t out_;
};

// No value, and the nulls of several lanes together.
class MergeStep final : public Step {
public:
  MergeStep(std::vector<std::uint32_t> in, std::uint32_t out) : in_(std::move(in)), out_(out) {}
  void run(State &state) const override { merge_nulls(state, in_.data(), in_.size(), state.lane(out_)); }
  void one(OneRow &row) const override;

private:
  std::vector<std::uint32_t> in_;
  std::uint32_t out_;
};

} // namespace spie::columns
