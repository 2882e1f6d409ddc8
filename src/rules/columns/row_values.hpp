// What has no form in columns, evaluated row by row while all the rest goes by columns: the values that it reads are
// made of lanes, and what it gives becomes lanes again.
#pragma once

#include "rules/columns/lanes.hpp"
#include "rules/columns/program.hpp"
#include "rules/feel/node.hpp"
#include "spie/feel/value.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace spie::columns {

// What the row evaluator works in, kept from one row to the next.
struct RowRoom {
  struct Frame {
    std::vector<feel::Value> globals, locals;
    std::optional<std::size_t> row; // that `value` is of, in the batch
    std::size_t item = 0;
    feel::Value value;
    bool refused = false;
  };
  std::vector<Frame> frames;                                    // by number of EvaluatedValue
  std::unordered_map<int, std::vector<feel::Value>> texts = {}; // by column, by code: made when first asked for
  struct Answer {
    feel::Value value;
    bool refused = false;
  };
  // By step: by kind of null, then by code of the one lane that it reads.
  std::vector<std::vector<std::optional<Answer>>> answers = {};
};

// Where a value is asked for.
struct AtRow {
  State &state;
  RowRoom &room;
  std::size_t row;
  bool refused = false; // the row evaluator itself must answer
};

class RowValue {
public:
  RowValue() = default;
  virtual ~RowValue() = default;
  RowValue(const RowValue &) = delete;
  RowValue &operator=(const RowValue &) = delete;
  virtual feel::Value at(AtRow &at) const = 0;
};
using RowValuePtr = std::shared_ptr<const RowValue>;

class ConstantValue final : public RowValue {
public:
  explicit ConstantValue(feel::Value value) : value_(std::move(value)) {}
  feel::Value at(AtRow &at) const override;

private:
  feel::Value value_;
};

class LaneValue final : public RowValue {
public:
  // `pool`: the constants of a lane of codes; else empty.
  LaneValue(std::uint32_t lane, Form form, int scale, int column, std::vector<feel::Value> pool)
      : lane_(lane), form_(form), scale_(scale), column_(column), pool_(std::move(pool)) {}
  feel::Value at(AtRow &at) const override;

private:
  std::uint32_t lane_;
  Form form_;
  int scale_, column_;
  std::vector<feel::Value> pool_;
};

// A context; null where a lane is.
class ContextValue final : public RowValue {
public:
  using Member = std::pair<std::string, RowValuePtr>;
  ContextValue(std::vector<Member> members, std::optional<std::uint32_t> self)
      : members_(std::move(members)), self_(self) {}
  feel::Value at(AtRow &at) const override;

private:
  std::vector<Member> members_;
  std::optional<std::uint32_t> self_;
};

// A list that is written out, of which a lane of booleans without nulls may keep an item or not.
class ListValue final : public RowValue {
public:
  ListValue(std::vector<RowValuePtr> items, std::vector<std::optional<std::uint32_t>> kept,
            std::optional<std::uint32_t> self)
      : items_(std::move(items)), kept_(std::move(kept)), self_(self) {}
  feel::Value at(AtRow &at) const override;

private:
  std::vector<RowValuePtr> items_;
  std::vector<std::optional<std::uint32_t>> kept_;
  std::optional<std::uint32_t> self_;
};

// The items of a list of the rows.
class ItemsValue final : public RowValue {
public:
  ItemsValue(int list, RowValuePtr item, std::optional<std::uint32_t> keeps, std::optional<std::uint32_t> self)
      : list_(list), item_(std::move(item)), keeps_(keeps), self_(self) {}
  feel::Value at(AtRow &at) const override;

private:
  int list_;
  RowValuePtr item_;
  std::optional<std::uint32_t> keeps_, self_;
};

// What the row evaluator makes of a part of the tree.
class EvaluatedValue final : public RowValue {
public:
  struct Given {
    bool local = false;
    std::uint32_t slot = 0;
    RowValuePtr value;
  };
  // `globals`: what every row is given alike, by slot; `number`: of its own, of the program.
  EvaluatedValue(const feel::Node &node, std::size_t frame_size, std::vector<Given> given,
                 std::shared_ptr<const std::vector<feel::Value>> globals, bool unknowns, std::size_t number)
      : node_(&node), frame_size_(frame_size), given_(std::move(given)), globals_(std::move(globals)),
        unknowns_(unknowns), number_(number) {}
  feel::Value at(AtRow &at) const override;

private:
  const feel::Node *node_; // of the model, which outlives its programs
  std::size_t frame_size_;
  std::vector<Given> given_;
  std::shared_ptr<const std::vector<feel::Value>> globals_;
  bool unknowns_;
  std::size_t number_;
};

// Evaluates a part for each row that needs it. A value that its lane does not hold marks its row.
class RowStep final : public Step {
public:
  // A lane of what is given: the value, or the member of a context.
  struct Out {
    std::vector<std::string> path;
    Form form = Form::null;
    int scale = 0;
    std::uint32_t lane = 0;
    int column = -1; // of texts: the dictionary that they make
  };
  // The rows for which a lane of booleans is so.
  enum class When : std::uint8_t { is_true, not_true, not_false };
  struct Need {
    std::uint32_t lane = 0;
    When when = When::is_true;
  };
  // The one lane that the part reads, where a few codes are all that it holds: each is asked once.
  struct Only {
    std::uint32_t lane = 0;
    int column = -1;       // of texts
    std::size_t codes = 0; // of a pool
  };
  RowStep(RowValuePtr value, std::vector<Out> outs, std::optional<std::uint32_t> self, std::vector<Need> needs,
          std::optional<Only> only, int list, std::size_t number)
      : value_(std::move(value)), outs_(std::move(outs)), self_(self), needs_(std::move(needs)), only_(only),
        list_(list), number_(number) {}
  void prepare(State &state, const Batch &batch) const override;
  void run(State &state) const override;
  std::string_view leaves() const override { return "a value that is made row by row has no place in its column"; }

  // Steps that look into the dictionaries made here, each time these grow.
  bool makes(int column) const;
  void read_by(const Step &reader) { readers_.push_back(&reader); }

private:
  Bits needed(const State &state) const;
  const RowRoom::Answer &answer(State &state, std::size_t row) const;
  void put(State &state, const Out &out, const feel::Value &value, std::size_t row, std::int64_t &integer) const;
  RowValuePtr value_;
  std::vector<Out> outs_;
  std::optional<std::uint32_t> self_; // where they are members: the nulls of the whole
  std::vector<Need> needs_;
  std::optional<Only> only_;
  int list_;
  std::size_t number_;
  std::vector<const Step *> readers_;
};

} // namespace spie::columns
