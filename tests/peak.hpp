// The most memory that this process held so far.
#pragma once

#include <sys/resource.h>

namespace spie::testing {

inline long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

} // namespace spie::testing
