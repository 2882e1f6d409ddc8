// Nulls that stand for what was not computed.
#pragma once

#include "spie/feel/value.hpp"

namespace spie::feel {

// Whether a null rests on a limit of the engine (F008). What it stands for was not computed: it is no null of the
// model, which may be compared with null or make an `else` taken.
bool rests_on_limit(const Cause &cause);
inline bool rests_on_limit(const Value &value) { return value.cause() != nullptr && rests_on_limit(*value.cause()); }

} // namespace spie::feel
