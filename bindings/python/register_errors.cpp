// Findings and the one exception translator: a spie::Error becomes the class of spie.errors that its code asks for.
#include "core.hpp"

#include "spie/diagnostic_fr.hpp"

#include <exception>

namespace spie::python {

py::object to_python(const Diagnostic &diagnostic) {
  const std::string_view general = remedy(diagnostic.code);
  const EnFrancais french = en_francais(diagnostic);
  return py::module_::import("spie.errors")
      .attr("Diagnostic")(
          py::str(text(diagnostic.code)), py::str(text(diagnostic.level)), py::str(diagnostic.message),
          py::str(diagnostic.where), diagnostic.remedy.empty() ? py::str(general) : py::str(diagnostic.remedy),
          py::str(french.phrase), py::str(french.remede), py::str(french.details), py::str(french.suggestion));
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
}

} // namespace spie::python
