// Calls of a prepared decision, taken as CPython gives them. What is not plainly right goes to the method _at_length of
// spie's own class, which takes it or says what is wrong.
#pragma once

#include "bindings/python/native.hpp"
#include "bindings/python/python_facts.hpp"

#include <structmember.h>

#include <array>
#include <cstddef>
#include <memory>

namespace spie::python {

struct Argument {
  const char *name;
  PyObject *value; // borrowed; as it was where the call does not give it
};

// As the vectorcall protocol gives them: those by position, then those that `names`, a tuple or a null, names.
struct Given {
  PyObject *const *values;
  Py_ssize_t by_position;
  PyObject *names;
  Py_ssize_t by_name() const noexcept { return names == nullptr ? 0 : PyTuple_GET_SIZE(names); }
};

// The first by position or by name, the others by name; false: not as they are declared.
template <std::size_t Count> bool plain_arguments(const Given &given, std::array<Argument, Count> &into) {
  if (given.by_position > 1)
    return false;
  if (given.by_position == 1)
    into[0].value = given.values[0];
  for (Py_ssize_t i = 0; i < given.by_name(); ++i) {
    PyObject *const name = PyTuple_GET_ITEM(given.names, i);
    std::size_t found = given.by_position == 1 ? 1 : 0;
    while (found < Count && PyUnicode_CompareWithASCIIString(name, into[found].name) != 0)
      ++found;
    if (found == Count)
      return false;
    into[found].value = given.values[given.by_position + i];
  }
  return true;
}

inline PyObject *at_length(PyObject *self, const Given &given) {
  return PyObject_Vectorcall(py::handle(self).attr("_at_length").ptr(), given.values,
                             static_cast<std::size_t>(given.by_position), given.names);
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
  vectorcallfunc call = nullptr; // where CPython looks for it
  const Decision *operator->() const noexcept { return decision.get(); }
};

// Call(held, given) gives a null for what goes at length.
template <class Held, auto Call>
PyObject *call_prepared(PyObject *self, PyObject *const *values, std::size_t count, PyObject *names) noexcept {
  try {
    const Given given{values, PyVectorcall_NARGS(count), names};
    PyObject *result = Call(held_by<Held>(self), given).release().ptr();
    return result != nullptr ? result : at_length(self, given);
  } catch (...) {
    return raised();
  }
}

// The type of decisions that Call answers; spie's own class, which extends it, must be told by by_vector().
template <class Held>
py::object decision_type(py::module_ &module, const char *name, const char *documentation, PyGetSetDef *getters,
                         PyMethodDef *methods) {
  static std::array members{
      PyMemberDef{"__vectorcalloffset__", T_PYSSIZET,
                  static_cast<Py_ssize_t>(offsetof(Native<Held>, held) + offsetof(Held, call)), READONLY, nullptr},
      PyMemberDef{},
  };
  return native_type<Held>(module, name, documentation,
                           {{Py_tp_getset, getters},
                            {Py_tp_methods, methods},
                            {Py_tp_members, members.data()},
                            {Py_tp_call, reinterpret_cast<void *>(&PyVectorcall_Call)}},
                           {}, Py_TPFLAGS_HAVE_VECTORCALL);
}

// Before 3.12 a class written in Python does not inherit the flag, and each of its calls makes a tuple.
inline py::object by_vector(py::object type) {
  reinterpret_cast<PyTypeObject *>(type.ptr())->tp_flags |= Py_TPFLAGS_HAVE_VECTORCALL;
  return type;
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
