// Calls of a prepared decision, taken as CPython gives them. What is not plainly right goes to the method _at_length of
// spie's own class, which takes it or says what is wrong.
#pragma once

#include "bindings/python/native.hpp"
#include "bindings/python/python_facts.hpp"

#include <array>
#include <memory>

namespace spie::python {

struct Argument {
  const char *name;
  PyObject *value; // borrowed; as it was where the call does not give it
};

// The first by position or by name, the others by name; false: not as they are declared.
template <std::size_t Count> bool plain_arguments(PyObject *given, PyObject *named, std::array<Argument, Count> &into) {
  const Py_ssize_t by_position = PyTuple_GET_SIZE(given);
  if (by_position > 1)
    return false;
  if (by_position == 1)
    into[0].value = PyTuple_GET_ITEM(given, 0);
  Py_ssize_t at = 0;
  PyObject *name = nullptr;
  PyObject *value = nullptr;
  while (named != nullptr && PyDict_Next(named, &at, &name, &value) != 0) {
    std::size_t found = by_position == 1 ? 1 : 0;
    while (found < Count && PyUnicode_CompareWithASCIIString(name, into[found].name) != 0)
      ++found;
    if (found == Count)
      return false;
    into[found].value = value;
  }
  return true;
}

inline PyObject *at_length(PyObject *self, PyObject *given, PyObject *named) {
  return PyObject_Call(py::handle(self).attr("_at_length").ptr(), given, named);
}

// Other threads run meanwhile; `work` touches no object of Python.
template <class Work> auto without_gil(Work &&work) {
  struct Released {
    PyThreadState *state = PyEval_SaveThread();
    ~Released() { PyEval_RestoreThread(state); }
  } const released;
  return work();
}

// What an object of Python holds: the decision, and what calls of it may keep.
template <class Decision, class Kept> struct HeldDecision {
  std::shared_ptr<const Decision> decision;
  std::unique_ptr<Kept> kept = {};
  const Decision *operator->() const noexcept { return decision.get(); }
};

// Call(held, given, named) gives a null for what goes at length.
template <class Held, auto Call> PyObject *call_prepared(PyObject *self, PyObject *given, PyObject *named) noexcept {
  try {
    PyObject *result = Call(held_by<Held>(self), given, named).release().ptr();
    return result != nullptr ? result : at_length(self, given, named);
  } catch (...) {
    return raised();
  }
}

inline void require_decision(py::handle object, const py::object &type) {
  if (!py::isinstance(object, type))
    throw Error(Diagnostic{Code::api_argument, Level::error,
                           "A decision is expected, not " + std::string(Py_TYPE(object.ptr())->tp_name) + ".",
                           "decision"});
}

template <class Held> auto &to_decision(py::handle object, const py::object &type) {
  require_decision(object, type);
  return *held_by<Held>(object.ptr()).decision;
}

// The decision alone, shared: whatever calls of it may keep, what holds it begins with it.
template <class Decision> std::shared_ptr<const Decision> shared_decision(py::handle object, const py::object &type) {
  require_decision(object, type);
  return held_by<std::shared_ptr<const Decision>>(object.ptr());
}

} // namespace spie::python
