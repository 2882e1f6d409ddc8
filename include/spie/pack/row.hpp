// Row after row through a decision of a pack, as spie/dmn/row.hpp for a model: the parameters in force on a day and the
// lists are put in place once, as long as the day is the same.
#pragma once

#include "spie/dmn/row.hpp"
#include "spie/pack/pack.hpp"

#include <memory>

namespace spie {

class PackRow {
public:
  // The decision is one that Pack::decision() gave.
  static std::unique_ptr<PackRow> of(std::shared_ptr<const PackDecision> decision);

  PackRow() = default;
  virtual ~PackRow() = default;
  PackRow(const PackRow &) = delete;
  PackRow &operator=(const PackRow &) = delete;

  // Where its facts are set; dmn::Row::evaluate() is evaluate() on the day of the last one.
  virtual dmn::Row &facts() = 0;
  // The value, its status and what it lacks, as Pack::evaluate gives them, without what it stands on. P018: a parameter
  // has no value on that day.
  virtual const dmn::Result &evaluate(feel::Date as_of) = 0;
};

} // namespace spie
