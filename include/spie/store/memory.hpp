// A journal in memory: for tests, for a first look at a file, for what need not last.
#pragma once

#include "spie/dossier/journal.hpp"

#include <memory>

namespace spie::store {

// With the caller's clock, an instant more than a day after it is refused (E004).
std::unique_ptr<dossier::Journal> open_memory(dossier::Horloge maintenant = {});

} // namespace spie::store
