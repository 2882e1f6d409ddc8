// What a verification of badges is asked for, as Python gives it.
#pragma once

#include "bindings/python/core.hpp"

#include "spie/credentials/badge.hpp"

namespace spie::python {

// {"au", "documents", "cles", "confiance", "exiger", "destinataire", "chercher"}. Throws Error A001.
credentials::OptionsVerification to_verification(const py::dict &given);

} // namespace spie::python
