// The codes of findings for those who read French: caseworkers, lawyers, those who write packs.
#pragma once

#include "spie/diagnostic.hpp"

namespace spie {

// What the code means, a French clause without a stop.
std::string_view meaning_fr(Code code) noexcept;
// What to do about it, a French clause without a stop.
std::string_view remedy_fr(Code code) noexcept;

} // namespace spie
