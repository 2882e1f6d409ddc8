// A release of the ROME in Python's hands.
#pragma once

#include "spie/passeport/rome.hpp"

#include <memory>

namespace spie::python {

struct HeldRome {
  std::shared_ptr<const passeport::Rome> rome;
};

} // namespace spie::python
