// A prepared decision called with a plain dictionary: scalars go from it into a row that is kept, and the rules run
// without the lock of the interpreter being let go, since that takes as long as most of them. What is more, or takes
// longer, goes the long way.
#pragma once

#include "bindings/python/core.hpp"
#include "bindings/python/kept_texts.hpp"

#include "rules/dmn/row.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace spie::python {

class QuickRow {
public:
  explicit QuickRow(const std::shared_ptr<const dmn::Decision> &decision);
  // Reads a dict, under the GIL. False: for the long way, which also says what is wrong.
  bool read(PyObject *inputs);
  // Of what was read, the value that its program has; nullopt: ask for the result.
  std::optional<feel::Value> value() { return row_->programmed(); }
  // nullopt: for the long way.
  std::optional<dmn::Result> result();

private:
  struct Input {
    std::size_t slot;
    feel::Value *now;                 // that the row has of it
    feel::Kind plain;                 // of the values that its type takes as they are; null: it looks at each
    std::unique_ptr<KeptTexts> texts; // where it takes them so
  };
  struct Key {
    py::object name; // as the last row had it: mostly the next has the very same object
    Input *input;
  };
  bool learn(PyObject *inputs);
  bool fill(PyObject *inputs);
  bool take_plainly(Input &input, PyObject *given);
  bool take(Input &input, PyObject *given);
  template <class Plain> static void place(Input &input, Plain value);
  template <class Plain> void put(Input &input, feel::Kind kind, Plain value);

  std::unique_ptr<dmn::HeldRow> row_;
  std::vector<Input> inputs_;
  py::dict by_name_;       // their positions
  std::vector<Key> order_; // the keys of the last row as it had them; no other slot is filled
  py::object decimal_;
  PyTypeObject *decimals_ = nullptr; // it, where its digits are as expected
  bool heavy_ = false;               // once its rules took long: others shall run meanwhile
};

} // namespace spie::python
