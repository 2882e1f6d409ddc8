// The codes of findings for those who read French: caseworkers, lawyers, those who write packs.
#pragma once

#include "spie/diagnostic.hpp"

#include <string>

namespace spie {

// What the code means, a French clause without a stop.
std::string_view meaning_fr(Code code) noexcept;
// What to do about it, a French clause without a stop.
std::string_view remedy_fr(Code code) noexcept;

// A finding in French: a sentence without a stop, what to do about it, the words at fault as they were written, and
// what was probably meant, or every name that is allowed. A finding that says no words has those that its message
// quotes.
struct EnFrancais {
  std::string phrase, remede, details, suggestion;
};
EnFrancais en_francais(const Diagnostic &diagnostic);

} // namespace spie
