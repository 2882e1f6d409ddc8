// What CPython's plainest objects hold, read where it stands: a call would take longer. Under the GIL.
#pragma once

#include "bindings/python/core.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace spie::python {

// Of an int, its value where that is one digit of CPython's, below 2^30.
inline std::optional<std::int64_t> small_integer(PyObject *integer) noexcept {
  auto *const held = reinterpret_cast<PyLongObject *>(integer);
#if PY_VERSION_HEX >= 0x030C0000
  if (PyUnstable_Long_IsCompact(held))
    return PyUnstable_Long_CompactValue(held);
#else
  const Py_ssize_t digits = Py_SIZE(held); // negative as the number is
  if (digits >= -1 && digits <= 1)
    return digits * static_cast<std::int64_t>(held->ob_digit[0]);
#endif
  return std::nullopt;
}

// Of a str of ASCII alone its letters, which live as long as it does.
inline std::optional<std::string_view> ascii_letters(PyObject *text) noexcept {
#if PY_VERSION_HEX < 0x030C0000
  if (PyUnicode_IS_READY(text) == 0)
    return std::nullopt;
#endif
  if (PyUnicode_IS_COMPACT_ASCII(text) == 0)
    return std::nullopt;
  return std::string_view(reinterpret_cast<const char *>(PyUnicode_1BYTE_DATA(text)),
                          static_cast<std::size_t>(PyUnicode_GET_LENGTH(text)));
}

// Whether a dict was written in, by anybody and in any way: what it was found to be then is what it is as long as its
// mark is the same (PEP 509; from 3.12 on no dict has one, and has to be read again).
#if PY_VERSION_HEX < 0x030C0000
constexpr bool dicts_are_marked = true;
inline std::uint64_t mark_of(PyObject *dict) noexcept { return reinterpret_cast<PyDictObject *>(dict)->ma_version_tag; }
#else
constexpr bool dicts_are_marked = false;
inline std::uint64_t mark_of(PyObject * /*dict*/) noexcept { return 0; }
#endif

} // namespace spie::python
