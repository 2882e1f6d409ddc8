// What the register_*.cpp of spie._core share: Python objects ↔ FEEL values and dates, findings, exceptions.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/feel/temporal.hpp"
#include "spie/feel/value.hpp"

#include <pybind11/pybind11.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace spie::python {

namespace py = pybind11;

// A FEEL function held by Python: callable from FEEL only, when it is given back as a value.
struct HeldFunction {
  std::shared_ptr<const feel::Function> function;
};

// Straight, without JSON. Containers nest at most this deep, in both directions; beyond: J003.
constexpr int max_nesting = 256;
// Of containers and scalars together: a list that holds itself many times over ends here. Beyond: J003.
constexpr std::size_t max_items = 10'000'000;
constexpr std::size_t max_bytes = std::size_t{1} << 30;
// Of a value given to Python, once what it shares is written out. Beyond: J003.
constexpr std::size_t max_unfolded = std::size_t{256} << 20;

// Error J002 for what stands for no FEEL value, with the JSON pointer of the culprit.
feel::Value to_value(py::handle object);
// None for every null; spie.feel types for what Python has no twin of.
py::object to_python(const feel::Value &value);

feel::Date to_date(py::handle object, const char *argument);
py::object to_python(feel::Date date);
py::object optional_date(const std::optional<feel::Date> &date);
// What now() is to give: the instant given, a datetime without zone as it is; None is the system clock, in its own
// zone.
feel::DateTime to_instant(py::handle object);
feel::DateTime system_clock(); // needs no GIL

// spie.errors.Diagnostic objects.
py::object to_python(const Diagnostic &diagnostic);
py::list to_python(const std::vector<Diagnostic> &diagnostics);
py::list to_python(const std::vector<std::string> &texts);

// In a catch block of what CPython calls: raises in Python what was thrown in C++. Gives nullptr.
PyObject *raised() noexcept;

// Each registers one family in the module.
void register_errors(py::module_ &module);
void register_values(py::module_ &module);
void register_feel(py::module_ &module);
void register_results(py::module_ &module);
void register_dmn(py::module_ &module);
void register_pack(py::module_ &module);
void register_table(py::module_ &module);
void register_convention(py::module_ &module);
void register_store(py::module_ &module);
void register_droits(py::module_ &module);
void register_conservation(py::module_ &module);
void register_import(py::module_ &module);
void register_parcours(py::module_ &module);
void register_rome(py::module_ &module);
void register_badges(py::module_ &module);
void register_records(py::module_ &module);

} // namespace spie::python
