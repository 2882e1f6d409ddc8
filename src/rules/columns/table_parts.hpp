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

// What a scan makes of the codes of its rules, and of what keeps rows from having one.
void finish(const Scan &scan, Lane &out, const Bits &hit, const Bits &wrong, const Bits &doubt, const Bits &doubt_error,
            const Bits &doubt_unknown);

// The same of one row.
struct OneScan {
  Why why = 0; // what the rules that are possible lack
  bool hit = false, wrong = false, doubt = false, group_hit = false, group_possible = false;
  std::uint8_t doubts = 0;
  std::uint16_t code = 0;

  void take(const Scan &scan, std::size_t i, bool yes, bool possible, std::uint8_t causes) {
    if (possible)
      doubts |= causes & (Cell::error | Cell::unknown);
    const bool groups = scan.mode == Scan::Mode::any || scan.mode == Scan::Mode::best;
    if (yes && !hit && !(groups && group_hit))
      code = scan.codes[i];
    if (!groups) {
      wrong |= scan.mode == Scan::Mode::unique && hit && yes;
      hit |= yes;
      doubt |= possible;
      return;
    }
    group_hit |= yes;
    group_possible |= possible;
    if (i + 1 < scan.groups.size() && scan.groups[i + 1] == scan.groups[i])
      return;
    if (scan.mode == Scan::Mode::any) { // a group ends
      wrong |= hit && group_hit;
      doubt |= group_possible;
    } else {
      doubt |= group_possible && !hit && !group_hit;
    }
    hit |= group_hit;
    group_hit = group_possible = false;
  }

  void finish(const Scan &scan, Cell &out) const {
    out.code = code;
    out.causes = 0;
    if (wrong)
      out.set_null(Cell::null | Cell::error, untold);
    else if (doubt)
      out.set_null(Cell::null | doubts, why);
    else if (!hit && !scan.has_default)
      out.set_null(Cell::null | Cell::error, untold);
  }
};

constexpr std::size_t most_columns = 64; // of a long table

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
