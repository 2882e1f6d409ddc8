// A decision as a table asks it: what it may be given, what is known of its answer, one row after the other.
#pragma once

#include "rules/columns/program.hpp"
#include "rules/dmn/bound.hpp"
#include "rules/table/binding.hpp"
#include "rules/table/facts.hpp"
#include "spie/dmn/model.hpp"
#include "spie/feel/temporal.hpp"
#include "spie/table/table.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace spie::table {

// Immutable, shared between threads; it keeps alive what it asks.
class Asked : public Inputs {
public:
  virtual const dmn::Model &model() const = 0;
  virtual const dmn::ElementInfo &decision() const = 0;
  // Of a slot that no column fills: a parameter, a list of the pack.
  virtual std::optional<dmn::Bound> fixed(std::uint32_t slot) const = 0;
  // The facts of the row that `facts` stands on. Throws Error for what the row is refused for.
  virtual dmn::Result answer(ArrowFacts &facts, ArrowFacts::Node row, const std::optional<feel::Date> &day,
                             bool trace) const = 0;
  // Adds what every row of that day is given alike: the parameters and the lists of a pack, and what of it columns
  // cannot read. A text: why no row may go by columns.
  virtual std::optional<std::string> alike(const std::optional<feel::Date> &day, columns::Request &request) const = 0;
  // Throws Error where no row could be answered: on the one day of all of them, or, where each has its own, on any.
  virtual void check(const std::optional<feel::Date> &day) const = 0;
};

// As table::evaluate, for whatever is asked. `as_of`: the name of the column that says the day of each row, or one day
// for all; none for a model.
void evaluate(ArrowArrayStream &answer, std::shared_ptr<const Asked> asked, ArrowArrayStream &given,
              const Options &options, const std::optional<std::string> &as_of);

} // namespace spie::table
