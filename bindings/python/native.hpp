// Classes of CPython itself, for what is called so often that pybind11's dispatcher would take longer than the call:
// each holds one C++ value, and spie's own classes extend it.
#pragma once

#include "bindings/python/core.hpp"

#include <pybind11/gil_safe_call_once.h>

#include <array>
#include <concepts>
#include <cstddef>
#include <functional>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace spie::python {

template <class Held> struct Native {
  PyObject ob_base;
  Held held;
};

template <class Held> Held &held_by(PyObject *self) noexcept { return reinterpret_cast<Native<Held> *>(self)->held; }

// The memory of objects let go of, for the next ones of their class: of what is made and let go of for each row, that
// is the half of what it costs. Under the GIL.
class Spare {
public:
  // For a class that lives as long as the process; one whose objects the collector knows has a head before each.
  void serve(const PyTypeObject *of) noexcept { of_ = (of->tp_flags & Py_TPFLAGS_HAVE_GC) == 0 ? of : nullptr; }
  // One of its class to be made anew, as if it had been asked memory for; null: there is none.
  PyObject *take() noexcept {
    if (count_ == 0)
      return nullptr;
    PyObject *const object = objects_[--count_];
#ifdef Py_TRACE_REFS
    PyObject_Init(object, Py_TYPE(object));
#else
    Py_SET_REFCNT(object, 1); // it is of its type still
    Py_INCREF(Py_TYPE(object));
#endif
    return object;
  }
  bool keep(PyObject *object, const PyTypeObject *of) noexcept {
    if (of != of_ || count_ == objects_.size())
      return false;
    objects_[count_++] = object;
    return true;
  }

private:
  std::array<PyObject *, 8> objects_{};
  std::size_t count_ = 0;
  const PyTypeObject *of_ = nullptr;
};
template <class Held>
concept Spared = requires {
  { Held::spare } -> std::convertible_to<Spare &>;
};

// An object fresh from memory holds what is made of the parts.
template <class Held, class... Parts> py::object made_native(PyObject *fresh, Parts &&...parts) {
  static_assert(std::is_nothrow_constructible_v<Held, Parts...>); // of what is half made nobody would take care
  if (fresh == nullptr)
    throw py::error_already_set();
  new (&held_by<Held>(fresh)) Held(std::forward<Parts>(parts)...);
  return py::reinterpret_steal<py::object>(fresh);
}

// One of a class that extends the native one.
template <class Held, class... Parts> py::object make_native(const py::object &type, Parts &&...parts) {
  auto *made_of = reinterpret_cast<PyTypeObject *>(type.ptr());
  return made_native<Held>(made_of->tp_alloc(made_of, 0), std::forward<Parts>(parts)...);
}

// One of the class whose memory is spared, which is looked up where there is none to spare.
template <Spared Held, class... Parts> py::object make_spared(const py::object &(*type)(), Parts &&...parts) {
  if (PyObject *const spare = Held::spare.take())
    return made_native<Held>(spare, std::forward<Parts>(parts)...);
  return make_native<Held>(type(), std::forward<Parts>(parts)...);
}

// A getter or a method without arguments; Get is given what is held.
template <class Held, auto Get> PyObject *read_native(PyObject *self, void * /*closure*/) noexcept {
  try {
    return Get(held_by<Held>(self)).release().ptr();
  } catch (...) {
    return raised();
  }
}
template <class Held, auto Get> PyObject *call_native(PyObject *self, PyObject * /*nothing*/) noexcept {
  return read_native<Held, Get>(self, nullptr);
}

// The class that users know, which extends the native one: looked up once, when its module has been imported.
using ClassOfUsers = py::gil_safe_call_once_and_store<py::object>;
template <class Told = std::identity>
const py::object &class_of_users(const char *module, const char *name, ClassOfUsers &storage, Told told = {}) {
  return storage.call_once_and_store_result([&] { return told(py::object(py::module_::import(module).attr(name))); })
      .get_stored();
}

// Told of a class written in Python that adds neither slots nor a dictionary to its native base: its objects are no
// part of a cycle, which CPython would have the collector look for, and nothing more of them is to be freed.
inline py::object plain_as_its_base(py::object type) {
  auto *raw = reinterpret_cast<PyTypeObject *>(type.ptr());
  const PyTypeObject *base = raw->tp_base;
  if (raw->tp_basicsize == base->tp_basicsize && raw->tp_dictoffset == base->tp_dictoffset &&
      (base->tp_flags & Py_TPFLAGS_HAVE_GC) == 0) {
    raw->tp_flags &= ~Py_TPFLAGS_HAVE_GC;
    raw->tp_free = base->tp_free;
    raw->tp_dealloc = base->tp_dealloc;
  }
  return type;
}

// Made by the engine alone: calling the class raises. The slots need live no longer than the call. What holds a member
// `weakly` can be weakly referred to, once it is told where that stands.
template <class Held>
py::object native_type(py::module_ &module, const char *name, const char *documentation, std::vector<PyType_Slot> slots,
                       py::handle base = {}, unsigned long flags = 0) {
  destructor end = [](PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    if constexpr (requires { held_by<Held>(self).weakly; })
      if (held_by<Held>(self).weakly != nullptr)
        PyObject_ClearWeakRefs(self);
    held_by<Held>(self).~Held();
    bool kept = false;
    if constexpr (Spared<Held>)
      kept = Held::spare.keep(self, type);
    if (!kept)
      type->tp_free(self);
    Py_DECREF(type);
  };
  slots.push_back({Py_tp_doc, const_cast<char *>(documentation)});
  slots.push_back({Py_tp_dealloc, reinterpret_cast<void *>(end)});
  slots.push_back({0, nullptr});
  const std::string full = "spie._core." + std::string(name);
  PyType_Spec spec{
      full.c_str(), static_cast<int>(sizeof(Native<Held>)), 0,
      static_cast<unsigned>(Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION | flags),
      slots.data()};
  py::object bases = base ? py::object(py::make_tuple(base)) : py::object();
  PyObject *type = PyType_FromSpecWithBases(&spec, bases.ptr());
  if (type == nullptr)
    throw py::error_already_set();
  module.attr(name) = py::reinterpret_borrow<py::object>(type);
  return py::reinterpret_steal<py::object>(type);
}

} // namespace spie::python
