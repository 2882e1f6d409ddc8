// A method of a class written in Python whose plainest call (self, a text, a dict) is answered before a line of Python
// runs; any other goes to the method itself, which says what it takes. Its defaults alone cost CPython more than a
// decision does.
#pragma once

#include "bindings/python/native.hpp"

#include <structmember.h>

#include <array>
#include <cstddef>

namespace spie::python {

struct ByName {
  PyObject *method; // owned, for the life of the process: its class is never let go of
  PyObject *attributes;
  vectorcallfunc call;
};

// Call(self, name, dict) gives a null for what the method is to answer.
template <auto Call>
PyObject *call_by_name(PyObject *self, PyObject *const *values, std::size_t count, PyObject *names) noexcept {
  if (PyVectorcall_NARGS(count) == 3 && names == nullptr && PyUnicode_CheckExact(values[1]) &&
      PyDict_CheckExact(values[2])) {
    try {
      if (PyObject *answer = Call(values[0], values[1], values[2]).release().ptr())
        return answer;
    } catch (...) {
      return raised();
    }
  }
  return PyObject_Vectorcall(held_by<ByName>(self).method, values, count, names);
}

// Gives the decorator of such methods: what it makes is, to those who look at it, the method.
template <auto Call> py::object by_name_decorator(py::module_ &module) {
  static std::array members{
      PyMemberDef{"__vectorcalloffset__", T_PYSSIZET,
                  static_cast<Py_ssize_t>(offsetof(Native<ByName>, held) + offsetof(ByName, call)), READONLY, nullptr},
      PyMemberDef{"__dictoffset__", T_PYSSIZET,
                  static_cast<Py_ssize_t>(offsetof(Native<ByName>, held) + offsetof(ByName, attributes)), READONLY,
                  nullptr},
      PyMemberDef{},
  };
  static std::array getters{
      PyGetSetDef{"__dict__", &PyObject_GenericGetDict, &PyObject_GenericSetDict, nullptr, nullptr},
      PyGetSetDef{},
  };
  descrgetfunc bind = [](PyObject *self, PyObject *object, PyObject * /*type*/) {
    return object == nullptr ? Py_NewRef(self) : PyMethod_New(self, object);
  };
  const py::object type = native_type<ByName>(module, "_ByName", "A method that is asked by a name.",
                                              {{Py_tp_members, members.data()},
                                               {Py_tp_getset, getters.data()},
                                               {Py_tp_descr_get, reinterpret_cast<void *>(bind)},
                                               {Py_tp_call, reinterpret_cast<void *>(&PyVectorcall_Call)}},
                                              {}, Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_METHOD_DESCRIPTOR);
  return py::cpp_function([type](const py::object &method) {
    const py::object made = make_native<ByName>(type, ByName{method.inc_ref().ptr(), nullptr, &call_by_name<Call>});
    return py::module_::import("functools").attr("update_wrapper")(made, method);
  });
}

} // namespace spie::python
