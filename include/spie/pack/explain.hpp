// The explanation of a result that was asked for without one.
#pragma once

#include "spie/pack/pack.hpp"

#include <string>

namespace spie {

// As Pack::evaluate writes it: in French, what was decided, because of which facts, by which rule of which article. The
// result is one of this pack, with its trace; empty without.
std::string explain(const Pack &pack, const PackResult &result);

} // namespace spie
