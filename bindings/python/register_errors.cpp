// Findings and the one exception translator: a spie::Error becomes the class of spie.errors that its code asks for.
#include "bindings/python/core.hpp"

#include "spie/diagnostic_fr.hpp"
#include "spie/nir.hpp"
#include "spie/suggestion.hpp"

#include <pybind11/stl.h>

#include <exception>
#include <new>
#include <optional>

namespace spie::python {

namespace {

// A message may quote what a file holds, whatever its bytes.
py::object to_text(std::string_view text) {
  PyObject *decoded = PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
  if (decoded == nullptr)
    throw py::error_already_set();
  return py::reinterpret_steal<py::object>(decoded);
}

} // namespace

py::object to_python(const Diagnostic &given) {
  const Diagnostic diagnostic = masked_finding(given); // of a result: it was not thrown
  const EnFrancais french = en_francais(diagnostic);
  return py::module_::import("spie.errors")
      .attr("Diagnostic")(
          to_text(text(diagnostic.code)), to_text(text(diagnostic.level)), to_text(diagnostic.message),
          to_text(diagnostic.where), to_text(diagnostic.remedy.empty() ? remedy(diagnostic.code) : diagnostic.remedy),
          to_text(french.phrase), to_text(french.remede), to_text(french.details), to_text(french.suggestion));
}

py::list to_python(const std::vector<Diagnostic> &diagnostics) {
  py::list list;
  for (const Diagnostic &diagnostic : diagnostics)
    list.append(to_python(diagnostic));
  return list;
}

py::list to_python(const std::vector<std::string> &texts) {
  py::list list;
  for (const std::string &one : texts)
    list.append(py::str(one));
  return list;
}

namespace {

void raise(const std::vector<Diagnostic> &diagnostics) {
  const py::object exception = py::module_::import("spie.errors").attr("from_diagnostics")(to_python(diagnostics));
  PyErr_SetObject(reinterpret_cast<PyObject *>(Py_TYPE(exception.ptr())), exception.ptr());
}

} // namespace

PyObject *raised() noexcept {
  try {
    try {
      throw;
    } catch (const Error &error) {
      raise(error.diagnostics());
    }
  } catch (py::error_already_set &error) {
    error.restore();
  } catch (const std::bad_alloc &) {
    PyErr_NoMemory();
  } catch (const std::exception &error) {
    PyErr_SetString(PyExc_RuntimeError, error.what());
  } catch (...) {
    PyErr_SetString(PyExc_RuntimeError, "an exception of an unknown kind");
  }
  return nullptr;
}

void register_errors(py::module_ &module) {
  // A text that is not UTF-8 in a message would raise inside the translator: py::error_already_set then takes over.
  py::register_local_exception_translator([](std::exception_ptr pointer) {
    try {
      if (pointer)
        std::rethrow_exception(pointer);
    } catch (const Error &error) {
      try {
        raise(error.diagnostics());
      } catch (py::error_already_set &inner) {
        inner.restore();
      }
    }
  });

  module.def(
      "codes",
      [] {
        py::list list;
        for (const Code code : all_codes())
          list.append(py::make_tuple(py::str(text(code)), py::str(meaning(code)), py::str(remedy(code))));
        return list;
      },
      "Every diagnostic code, with its meaning and its remedy.");
  module.def(
      "without_nir", [](const std::string &text) { return without_nir(text); }, py::arg("text"),
      "The text without the NIR that it quotes.");
  module.def(
      "nearest",
      [](const std::string &text, const std::vector<std::string> &names) -> std::optional<std::string> {
        const std::string *found = nearest(text, names);
        return found == nullptr ? std::nullopt : std::optional(*found);
      },
      py::arg("text"), py::arg("names"), "The name that the text most looks like; None when none does.");
  module.def(
      "unknown",
      [](const std::string &what, const std::string &name, const std::vector<std::string> &names) {
        return unknown(what, name, names);
      },
      py::arg("what"), py::arg("name"), py::arg("names"), "What is said of a name that is not known.");
}

} // namespace spie::python
