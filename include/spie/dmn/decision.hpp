// A decision made ready for many evaluations: looked up once, its plan made, its inputs known by the slots that they
// fill. Immutable, shared between threads; it keeps its model alive.
#pragma once

#include "spie/dmn/fact_source.hpp"
#include "spie/dmn/model.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace spie::dmn {

// The facts of one call, admitted, each in the slot of its element: made by read(), consumed by evaluate().
struct Slots {
  std::vector<feel::Value> values;
  std::vector<char> given;           // by slot, not 0 once a value was given; empty: none was
  bool decisions_given = false;      // a decision among them: the plan is another one
  feel::Cause consumed;              // by the tests of allowed values
  std::optional<feel::DateTime> now; // what they read of the clock
};

class Decision {
public:
  Decision() = default;
  virtual ~Decision() = default;
  Decision(const Decision &) = delete;
  Decision &operator=(const Decision &) = delete;

  virtual const Model &model() const = 0;
  virtual const ElementInfo &info() const = 0;
  // The inputs that it reads, itself or through other decisions, in the order of the files.
  virtual const std::vector<const ElementInfo *> &inputs() const = 0;

  // As Model::evaluate, whose errors it throws: by name, then by the positions of inputs(), a null for what is not
  // given.
  virtual Result evaluate(const std::vector<Given> &inputs, const EvaluateOptions &options = {}) const = 0;
  virtual Result evaluate(std::span<const feel::Value> inputs, const EvaluateOptions &options = {}) const = 0;

  // In two steps, for what can be read under a lock alone and evaluated without it. `facts` is a context of `source`,
  // inputs by their names; nullopt when something in it is not plainly right: evaluate() by name then says what it is,
  // or takes it. Of the options, facts_may_be_unknown and limits count here too.
  virtual std::optional<Slots> read(FactSource &source, FactSource::Node facts,
                                    const EvaluateOptions &options = {}) const = 0;
  virtual Slots slots() const = 0; // with nothing given
  virtual Result evaluate(Slots slots, const EvaluateOptions &options = {}) const = 0;
};

} // namespace spie::dmn
