// A prepared decision called with a plain dictionary: scalars go from it into a row that is kept, and the rules run
// without the lock of the interpreter being let go, since that takes as long as most of them. What is more, or takes
// longer, goes the long way.
#pragma once

#include "bindings/python/core.hpp"

#include "rules/dmn/row.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace spie::python {

class QuickRow {
public:
  explicit QuickRow(const std::shared_ptr<const dmn::Decision> &decision);
  // Of a dict, under the GIL. nullopt: for the long way, which also says what is wrong.
  std::optional<dmn::Result> evaluate(PyObject *inputs);

private:
  // The texts that an input was given, so that one that comes again needs no memory.
  class Texts {
  public:
    const feel::Value &of(std::string_view text);

  private:
    std::array<feel::Value, 64> kept_;
  };
  struct Input {
    std::size_t slot;
    std::uint32_t element;
    feel::Kind plain;             // of the values that its type takes as they are; null: it looks at each
    std::unique_ptr<Texts> texts; // where it takes them so
  };
  struct Key {
    py::object name; // as the last row had it: mostly the next has the very same object
    Input *input;
  };
  bool learn(PyObject *inputs);
  bool fill(PyObject *inputs);
  bool take(Input &input, PyObject *given);
  template <class Plain> void put(Input &input, feel::Kind kind, Plain value);

  std::unique_ptr<dmn::HeldRow> row_;
  std::vector<Input> inputs_;
  py::dict by_name_;       // their positions
  std::vector<Key> order_; // the keys of the last row as it had them; no other slot is filled
  py::object decimal_;
  bool heavy_ = false; // once its rules took long: others shall run meanwhile
};

} // namespace spie::python
