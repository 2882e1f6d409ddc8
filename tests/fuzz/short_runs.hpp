// The limits of an evaluation by a harness: low, since a fuzzer finds more in many runs than in long ones.
#pragma once

#include "spie/feel/evaluation.hpp"

namespace spie::fuzz {

inline feel::Limits short_runs() {
  feel::Limits limits;
  limits.depth = 100;
  limits.steps = 20'000;
  limits.list_size = 2'000;
  limits.text_size = 1u << 14;
  limits.bytes = 1u << 22;
  limits.result = 1u << 14; // a small value may unfold without end
  return limits;
}

} // namespace spie::fuzz
