// The digits of a decimal.Decimal, read where CPython keeps them: its text costs more than a whole decision.
#pragma once

#include "bindings/python/core.hpp"

#include <optional>

namespace spie::python {

// Of an object whose type is decimal.Decimal itself; nullopt for what has too many digits, is no number, or where this
// CPython does not keep them as expected: its text then says what it is.
std::optional<feel::Number> digits_of(PyObject *decimal);

} // namespace spie::python
