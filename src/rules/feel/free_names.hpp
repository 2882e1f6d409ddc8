// What names mean that no scope has, where a text is read with free names (decisions of bare models): the elements that
// the reader's own element does not require, and inputs that nothing declares.
#pragma once

#include "spie/feel/expression.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace spie::feel {

class FreeNames {
public:
  struct Meaning {
    Scope::Entry entry;
    std::string member; // the one of the variable that is meant; empty: the variable itself
  };

  FreeNames() = default;
  virtual ~FreeNames() = default;
  FreeNames(const FreeNames &) = delete;
  FreeNames &operator=(const FreeNames &) = delete;

  // Names are canonical.
  virtual bool has(const std::string &name) const = 0;   // an element has it: it is read whole
  virtual std::size_t longest_name() const noexcept = 0; // in parts, of those that has() knows
  virtual Meaning meaning(const std::string &name) = 0;  // of one that has() knows; it is used from now on
  // The slot of the input that the name stands for, a new one where need be; nullopt: none may be made here.
  virtual std::optional<std::uint32_t> input(const std::string &name) = 0;
};

} // namespace spie::feel
