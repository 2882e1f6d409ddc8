#include "bindings/python/decimal_digits.hpp"

#include <array>
#include <cstring>

namespace spie::python {

namespace {

// What the module _decimal of CPython has in its objects since 3.3, on 64 bits: libmpdec's mpd_t after the head and the
// hash. No header declares it; so it is believed only when known numbers are found in it (is_as_expected).
struct Digits {
  PyObject head;
  Py_hash_t hash;
  std::uint8_t flags; // 1: negative; 2, 4, 8: infinite, not a number
  std::int64_t exponent, digits, length, allocated;
  const std::uint64_t *words; // in base 10^19, the least first
};

struct Parts {
  std::int64_t coefficient, exponent;
};

std::optional<Parts> parts_of(PyObject *decimal) {
  Digits found;
  std::memcpy(&found, decimal, sizeof found);
  if ((found.flags & 0x0F) > 1 || found.length != 1)
    return std::nullopt;
  const std::uint64_t word = *found.words;
  if (word > static_cast<std::uint64_t>(INT64_MAX) || found.exponent < -100 || found.exponent > 100)
    return std::nullopt;
  const auto coefficient = static_cast<std::int64_t>(word);
  return Parts{(found.flags & 1) != 0 ? -coefficient : coefficient, found.exponent};
}

bool is_as_expected() {
  struct Known {
    const char *text;
    Parts parts;
  };
  constexpr std::array known{Known{"12.50", {1250, -2}}, Known{"-0.001", {-1, -3}}, Known{"1E+5", {1, 5}},
                             Known{"123456789012345678", {123456789012345678, 0}}};
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
    const auto parts = parts_of(made.ptr());
    if (!parts || parts->coefficient != one.parts.coefficient || parts->exponent != one.parts.exponent)
      return false;
  }
  return true;
}

} // namespace

std::optional<feel::Number> digits_of(PyObject *decimal) {
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<bool> storage;
  if (!storage.call_once_and_store_result(&is_as_expected).get_stored())
    return std::nullopt;
  const auto parts = parts_of(decimal);
  return parts ? feel::Number::scaled(parts->coefficient, static_cast<int>(parts->exponent)) : std::nullopt;
}

} // namespace spie::python
