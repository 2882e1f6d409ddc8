// The text under a key; empty when there is none, or when it is something else.
#pragma once

#include "spie/feel/value.hpp"

#include <string>
#include <string_view>

namespace spie {

inline std::string text_of(const feel::Context &from, std::string_view key) {
  const feel::Value *found = from.find(key);
  return found != nullptr && found->is(feel::Kind::text) ? found->text() : std::string();
}
inline std::string text_of(const feel::Value &from, std::string_view key) {
  return from.is(feel::Kind::context) ? text_of(from.context(), key) : std::string();
}

} // namespace spie
