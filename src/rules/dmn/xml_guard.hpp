// What an XML text from outside must satisfy before a parser that builds a tree sees it: UTF-8, no document type, no
// entity of its own, bounded nesting. The tree would else be as deep as the file says, and so would the stack.
#pragma once

#include "rules/feel/loading.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace spie::dmn {

struct XmlFault {
  std::string message;
  std::uint32_t line = 0;
  std::string_view limit = {}; // that it passes, as LoadLimits names it
};

// Counts each element as a step of the load; one that exhausts it is left to whoever holds it.
std::optional<XmlFault> check_xml(std::string_view text, feel::Loading &loading);

} // namespace spie::dmn
