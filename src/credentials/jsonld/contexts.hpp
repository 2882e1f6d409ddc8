// Which contexts a document may name: those that are pinned, and those that the caller adds. Nothing is fetched.
#pragma once

#include "spie/feel/value.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace spie::credentials::jsonld {

struct Registry; // active.hpp

// Immutable, cheap to copy, for several threads. What a context means is worked out once.
class Contexts {
public:
  static const Contexts &pinned();
  // The pinned ones, and the JSON texts at these addresses. Throws Error: J… for a text that is no JSON, B002 for one
  // without "@context", B003 for a construct that is not supported or an address that is pinned already.
  static Contexts with(const std::map<std::string, std::string> &documents);

  bool knows(std::string_view address) const;
  const Registry &registry() const noexcept { return *registry_; }

private:
  explicit Contexts(std::shared_ptr<const Registry> registry) : registry_(std::move(registry)) {}
  std::shared_ptr<const Registry> registry_;
};

} // namespace spie::credentials::jsonld
