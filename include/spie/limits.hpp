// What one load may take: of a model, a pack, a ledger, the schema of a table. Documents come from outside; what is
// made of them is evaluated within limits of its own (feel::Limits).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace spie {

// 0 is the usual limit, which stands beside each load that takes these. Beyond one the load throws Error, with the code
// of its documents, the place and what to raise.
struct LoadLimits {
  // Levels of a document: elements, objects or types within one another. At most the usual one, since what is nested is
  // walked with the stack: A001 above it.
  int depth = 0;
  std::int64_t steps = 0;    // elements, cells, nodes of expressions: bounds the time, the same everywhere
  std::size_t list_size = 0; // elements of a model, files of a folder of a pack, columns of a table, lines of a ledger
  std::size_t bytes = 0;     // of one file; what it becomes in memory is in proportion
  std::chrono::milliseconds time{0}; // by the clock, looked at every thousand steps; 0: none
};

} // namespace spie
