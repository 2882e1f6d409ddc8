// A prepared decision called with a plain dictionary: scalars go from it into a row that is kept, and the rules run
// without the lock of the interpreter being let go, since that takes as long as most of them. What is more, or takes
// longer, goes the long way.
#pragma once

#include "bindings/python/core.hpp"

#include "rules/dmn/row.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace spie::python {

class QuickRow {
public:
  explicit QuickRow(const std::shared_ptr<const dmn::Decision> &decision);
  // Of a dict, under the GIL. nullopt: for the long way, which also says what is wrong.
  std::optional<dmn::Result> evaluate(PyObject *inputs);

private:
  struct Key {
    py::object name; // as the last row had it: mostly the next has the very same object
    std::size_t slot;
  };
  bool learn(PyObject *inputs);
  bool fill(PyObject *inputs);
  bool take(std::size_t slot, PyObject *given);

  std::unique_ptr<dmn::HeldRow> row_;
  py::dict slots_;         // by name, of the inputs
  std::vector<Key> order_; // the keys of the last row as it had them; no other slot is filled
  py::object decimal_;
  bool heavy_ = false; // once its rules took long: others shall run meanwhile
};

} // namespace spie::python
