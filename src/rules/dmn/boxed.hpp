// Boxed expressions as one bound tree: each box opens the scopes it needs and asks the FEEL compiler for the texts
// inside.
#pragma once

#include "rules/dmn/binding.hpp"
#include "rules/dmn/document.hpp"
#include "rules/feel/node.hpp"

#include <cstdint>
#include <vector>

namespace spie::dmn {

class BoxedBinder : public Binding {
public:
  using Binding::Binding;

  // Throws Error for what cannot be bound.
  feel::NodePtr bind(const Boxed &boxed);
  // The parameters and the body of a function as a function node.
  feel::NodePtr bind_function(const Boxed &boxed, const feel::Type &result);
  std::vector<feel::Parameter> parameters(const Boxed &function);
  // The value as the type asks for it; the node itself when it asks for nothing.
  feel::NodePtr coerced(feel::NodePtr node, const feel::Type &type, std::uint32_t line);

private:
  feel::NodePtr bind_bare(const Boxed &boxed);
  feel::NodePtr literal(const Boxed &boxed);
  feel::NodePtr context(const Boxed &boxed);
  feel::NodePtr invocation(const Boxed &boxed);
  feel::NodePtr relation(const Boxed &boxed);
  feel::NodePtr external(const Boxed &boxed, const std::vector<feel::Parameter> &parameters);
  feel::NodePtr iteration(const Boxed &boxed, feel::NodeKind kind);

  int depth_ = 0;
};

} // namespace spie::dmn
