// Decision tables: one extension node, whose children are the input expressions, then for each rule its cells and
// output entries, then the default outputs. Bound by table_bind.cpp; a row goes through table.cpp, and what the rules
// hit make of it is in table_policies.cpp.
#pragma once

#include "rules/dmn/binding.hpp"
#include "rules/dmn/document.hpp"
#include "rules/dmn/quick_cell.hpp"
#include "rules/dmn/table_index.hpp"
#include "rules/feel/node.hpp"
#include "spie/dmn/trace.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace spie::dmn {

class Recorder;

enum class Policy : std::uint8_t {
  unique,
  first,
  any,
  priority,
  rule_order,
  output_order,
  collect,
  sum,
  count,
  min,
  max
};

// Whether a rule matches; `maybe`: no cell is false, and one is unknown or an error (packs, decisions §1).
enum class Match : std::uint8_t { no, yes, maybe };

class Table final : public feel::Extension {
public:
  struct Output {
    std::string name;
    feel::Type type;
    std::shared_ptr<const feel::Constraint> values;
    feel::List order; // its values, the one that comes first has priority
    int default_child = -1;
  };

  struct Input {
    std::string label, expression;
    std::uint32_t slot = 0;
    std::shared_ptr<const feel::Constraint> values;
    feel::Type type;
    bool whole = false; // its typeRef says integer, long or short
  };

  struct Rule {
    std::string id;
    std::vector<std::string> annotations;
    std::vector<bool> any; // cells that accept anything, and need no evaluation
    std::vector<QuickCell> quick;
    std::optional<feel::Value> ready; // its outputs, where no evaluation changes them
  };

  Policy policy = Policy::unique;
  std::string shown_policy;
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<Rule> rules;
  std::optional<feel::Value> ready_default; // the default outputs, as above
  TableIndex by_value;                      // made once the rules are bound
  // By column, the variable that is its whole expression; empty unless all are, none has allowed values, and the policy
  // wants one rule.
  std::vector<std::uint32_t> variables;
  std::string place;

  // The child of the node that is a cell of a rule; its output entries come after its last cell.
  std::size_t cell(std::size_t rule, std::size_t input) const {
    return inputs.size() + rule * (inputs.size() + outputs.size()) + input;
  }
  feel::Value evaluate(feel::Evaluation &evaluation, const feel::Node &node, feel::Frame frame) const override;

private:
  // What one evaluation of the table has found.
  struct Run {
    feel::Evaluation &evaluation;
    const feel::Node &node;
    feel::Frame frame;
    TableTrace *trace = nullptr;
    bool in_frame = true;                 // the inputs stand where the cells read them
    std::vector<std::uint32_t> hits = {}; // of the policies that keep several
    std::int64_t first_hit = -1, second_hit = -1;
    std::vector<std::uint32_t> possible = {};
    feel::Value doubt = {}; // the causes of every possible rule
  };

  bool keeps_many() const { return policy >= Policy::priority; }

  // Where the values of the inputs stand, by column.
  using Standing = std::array<const feel::Value *, TableIndex::most_columns>;

  // Most rows of most tables: the index says which rule, and what it gives is ready. nullptr: not this one.
  const feel::Value *looked_up(feel::Evaluation &evaluation) const;
  const feel::Value *looked_up(feel::Evaluation &evaluation, TableTrace &trace) const;
  Standing standing(feel::Evaluation &evaluation) const; // of the variables
  // What the one rule that is hit gives, or the default; `hit`: it, or their count. nullptr: the rules are to say.
  const feel::Value *found(const TableIndex::Search &search, std::size_t &hit) const;
  void tell(const TableIndex::Search &search, std::size_t hit, TableTrace &trace) const;
  feel::Value evaluate_traced(feel::Evaluation &evaluation, const feel::Node &node, feel::Frame frame,
                              Recorder &recorder) const;
  // What is wrong when the values of an input do not allow it.
  feel::Value allowed(Run &run, const Input &input, const feel::Value &value) const;
  Match match(Run &run, std::size_t rule, feel::Value &doubt) const;
  void scan(Run &run) const;
  void scan_index(Run &run, const Standing &values) const;
  // Takes note of what a rule gave; true when the others need no look.
  bool enough(Run &run, std::size_t rule, Match match, const feel::Value &doubt) const;
  feel::Value decide(Run &run) const;
  feel::Value unique(Run &run) const;
  feel::Value any(Run &run) const;
  feel::Value by_priority(Run &run) const;
  feel::Value aggregate(Run &run, const std::vector<feel::Value> &values) const;
  feel::Value no_hit(Run &run) const;
  feel::Value rule_output(Run &run, std::size_t rule, bool used = true) const;
  feel::Value output_value(Run &run, const Output &output, const feel::Node &entry) const;
  // The ranks of the outputs of a rule; nullopt when an output is null.
  std::optional<std::vector<std::size_t>> rank(Run &run, const feel::Value &value) const;
  feel::Value error(Run &run, Code code, std::string message, std::string details = {}) const {
    run.evaluation.line = run.evaluation.column = 0;
    return run.evaluation.error(code, std::move(message), std::move(details));
  }
  std::string numbers(const std::vector<std::uint32_t> &rules_hit) const;
};

// Throws Error for a cell or an entry that cannot be bound, and for columns that do not add up.
feel::NodePtr bind_table(Binding &binding, const TableDecl &declared);

// The outputs that count, by their index: all, but for those that no rule writes and that have no name, or stand beside
// the one that is aggregated. Editors leave them; a strict load keeps them, to be refused.
std::vector<std::size_t> kept_outputs(const TableDecl &table, bool strict);

} // namespace spie::dmn
