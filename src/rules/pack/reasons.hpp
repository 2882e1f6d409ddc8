// Which of the decisions evaluated, and which of the facts they read, the value rests on: a rule that was hit rests on
// what its own cells asked, not on the columns it leaves open.
#pragma once

#include "rules/pack/pack_impl.hpp"

#include <map>
#include <string>
#include <vector>

namespace spie::pack {

struct Reason {
  const dmn::DecisionTrace *decision = nullptr;
  std::vector<const dmn::FactTrace *> facts; // read, and of weight
  // The texts of the input cells of the rules of its tables, to tell "-" from a cell that was met; the pack holds them.
  const WrittenRules::Cells *cells = nullptr;
};

// Read from what Model::describe says of a decision.
WrittenRules written_rules(const feel::Value &logic);

// In the order of evaluation; the decision asked for is the last.
std::vector<Reason> reasons_of(const PackImpl &pack, const dmn::Trace &trace);

} // namespace spie::pack
