// The limits of an evaluation or of a load, as spie.Limits gives them.
#pragma once

#include "spie/feel/evaluation.hpp"
#include "spie/limits.hpp"

#include <pybind11/stl.h>

#include <array>
#include <cstdint>
#include <optional>

namespace spie::python {

// depth, steps, list_size, bytes, milliseconds; 0: the usual one. Checked on the side of Python.
using AskedLimits = std::optional<std::array<std::int32_t, 5>>;

inline feel::Limits to_limits(const std::array<std::int32_t, 5> &asked) {
  feel::Limits limits;
  const auto &[depth, steps, list_size, bytes, milliseconds] = asked;
  limits.depth = depth != 0 ? depth : limits.depth;
  limits.steps = steps != 0 ? steps : limits.steps;
  limits.list_size = list_size != 0 ? list_size : limits.list_size;
  limits.bytes = bytes != 0 ? static_cast<std::size_t>(bytes) : limits.bytes;
  limits.time = std::chrono::milliseconds(milliseconds);
  return limits;
}

inline LoadLimits to_load_limits(const AskedLimits &asked) {
  LoadLimits limits;
  if (!asked)
    return limits;
  const auto &[depth, steps, list_size, bytes, milliseconds] = *asked;
  limits.depth = depth;
  limits.steps = steps;
  limits.list_size = static_cast<std::size_t>(list_size);
  limits.bytes = static_cast<std::size_t>(bytes);
  limits.time = std::chrono::milliseconds(milliseconds);
  return limits;
}

} // namespace spie::python
