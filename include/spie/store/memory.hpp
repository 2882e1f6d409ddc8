// A journal in memory: for tests, for a first look at a file, for what need not last.
#pragma once

#include "spie/dossier/journal.hpp"
#include "spie/store/options.hpp"

#include <memory>

namespace spie::store {

std::unique_ptr<dossier::Journal> open_memory(const Options &options = {});

} // namespace spie::store
