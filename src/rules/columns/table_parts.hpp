// A decision table while it becomes steps.
#pragma once

#include "rules/columns/steps.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace spie::columns {

// Which rule a row takes.
struct Scan {
  enum class Mode : std::uint8_t {
    first,  // the first true one, unless a possible one stands before it
    unique, // the only one
    any,    // one of a group of rules with the same outputs, when no other group is true
    best,   // the first in the order of priorities, unless a possible one ranks higher
    sole,   // the first in the order of values, unless another one is possible
  };
  Mode mode = Mode::first;
  bool unknowns = false;
  bool has_default = false;
  std::vector<std::uint16_t> codes;  // by position in the scan
  std::vector<std::uint32_t> groups; // of `any` and `best`, by position: equal outputs, equal ranks
};

struct Builder::TableParts {
  const feel::Node &node;
  const dmn::Table &table;
  std::vector<Part> inputs;
  std::vector<std::size_t> order; // of the scan: rules
  Scan scan;
  // By output, by code (0: the default): a constant, or an expression.
  std::vector<std::vector<std::optional<feel::Value>>> constants;
  std::vector<std::vector<const feel::Node *>> expressions;
};

} // namespace spie::columns
