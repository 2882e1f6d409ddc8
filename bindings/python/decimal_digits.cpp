#include "bindings/python/decimal_digits.hpp"

#include <array>

namespace spie::python {

namespace {

bool is_as_expected() {
  struct Known {
    const char *text;
    std::int64_t coefficient;
    int exponent;
  };
  constexpr std::array known{Known{"12.50", 1250, -2}, Known{"-0.001", -1, -3}, Known{"1E+5", 1, 5},
                             Known{"123456789012345678", 123456789012345678, 0}};
  const py::object decimal = py::module_::import("decimal").attr("Decimal");
  // The four words that small numbers keep inside the object end it.
  const auto expected = static_cast<Py_ssize_t>(sizeof(Digits) + 4 * sizeof(std::uint64_t));
  if (sizeof(void *) != 8 || reinterpret_cast<PyTypeObject *>(decimal.ptr())->tp_basicsize != expected)
    return false;
  for (const Known &one : known) {
    const py::object made = decimal(one.text);
    Digits found;
    std::memcpy(&found, made.ptr(), sizeof found);
    const auto *inside = reinterpret_cast<const char *>(made.ptr()) + sizeof(Digits);
    if (found.length != 1 || reinterpret_cast<const char *>(found.words) != inside)
      return false; // nothing is read through a pointer that may be none
    const auto number = Digits::number_in(made.ptr());
    if (!number || feel::NumberBits::coefficient(*number) != one.coefficient ||
        feel::NumberBits::exponent(*number) != one.exponent)
      return false;
  }
  return true;
}

} // namespace

bool keeps_digits_as_expected() {
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<bool> storage;
  return storage.call_once_and_store_result(&is_as_expected).get_stored();
}

std::optional<feel::Number> digits_of(PyObject *decimal) {
  return keeps_digits_as_expected() ? Digits::number_in(decimal) : std::nullopt;
}

} // namespace spie::python
