// The most memory that this process held so far.
#pragma once

#include <sys/resource.h>

#ifndef __has_feature
#define __has_feature(feature) 0
#endif

namespace spie::testing {

// A sanitizer keeps what was freed, and shadows of it.
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

inline long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

} // namespace spie::testing
