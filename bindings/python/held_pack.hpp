// A pack in Python's hands; the families that take one as an argument share it.
#pragma once

#include "bindings/python/core.hpp"

#include "spie/pack/pack.hpp"

#include <utility>

namespace spie::python {

struct HeldPack {
  std::shared_ptr<const Pack> pack;
};

// {name: value}, for parameters given another value.
std::vector<std::pair<std::string, feel::Value>> to_pairs(const py::dict &dict);

} // namespace spie::python
