// A cell as a set of values: intervals, enumerations, and what `not`, `and`, `or` make of them. What is none of these
// is not guessed at: it stands in the cell as a part that may hold any value, and none for certain.
#pragma once

#include "rules/feel/node.hpp"

#include <cstdint>
#include <vector>

namespace spie::analysis {

// The variables that have one value while a table is analysed: the parameters of a pack at a date.
struct Constants {
  std::vector<feel::Value> globals; // by slot
  std::vector<char> known;          // by slot, not 0 where `globals` has the value
};

struct Cell {
  enum class Form : std::uint8_t { all, either, both, negated, within, other };
  Form form = Form::all;
  std::vector<Cell> parts; // none of an `either` holds nothing
  // Of `within`: null for no bound; one value is both bounds, closed.
  feel::Value low, high;
  bool low_closed = false, high_closed = false;

  bool is_point() const;
  bool exact() const; // no part of it is `other`
};

// The values over local `input` that the tests accept, among the known values of one kind (`kind`; null when it is not
// told).
Cell read_cell(const feel::Node &tests, std::uint32_t input, feel::Kind kind, const Constants &constants);

} // namespace spie::analysis
