// How a store is opened, whatever keeps it.
#pragma once

#include "spie/dossier/journal.hpp"

#include <cstdint>

namespace spie::store {

struct Options {
  std::int64_t busy_ms = 10'000;       // how long to wait for another writer
  std::int64_t tolerance_ms = 300'000; // how far an instant of record may lie before the last one
  // Every commit outlives a loss of power. Without it the last ones may be lost, and the store stays whole: for what
  // can be read again.
  bool durable = true;
  // The caller's clock: an instant of record or of asking that lies more than a day after it is refused (E004), so that
  // one wrong clock does not stop a store for years. Without it, nothing bounds what lies ahead.
  dossier::Horloge maintenant;
};

} // namespace spie::store
