// Numbers and texts that other implementations do not read, or do not sign, as this one does: refused in what is
// issued, told in what is verified.
#pragma once

#include "rules/json/reader.hpp"
#include "spie/diagnostic.hpp"

#include <vector>

namespace spie::credentials {

// Warnings B015, with their pointers, at most a hundred. A number: one beyond 2^53, one that sixteen digits or a double
// do not keep, one so small that it is written with an exponent, -0. A text, or a key: a tab or another control
// character but the ends of lines, U+007F, U+FFFE, U+FFFF.
std::vector<Diagnostic> hazards(const json::Verbatim &document);

} // namespace spie::credentials
