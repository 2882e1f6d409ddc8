// What the bound tree of a decision says of the numbers and instants that it gives, before any row: how many decimals
// at most, which zone. It errs towards "not bounded".
#pragma once

#include "rules/feel/node.hpp"
#include "spie/feel/temporal.hpp"
#include "spie/feel/type.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace spie::dmn {
class ModelImpl;
}

namespace spie::table {

struct Layout;

struct Bound {
  enum class Known : std::uint8_t { none, yes, no }; // none: there is no such value, at any depth
  Known scaled = Known::none;
  int scale = 0; // decimals, when scaled is `yes`
  Known zoned = Known::none;
  feel::Zone zone; // of every instant, when zoned is `yes`
  struct Member;
  std::vector<Member> members; // of a context, where each is known apart

  static Bound unbounded();
  static Bound decimals(int scale);
  void join(const Bound &other); // of values that may be either
  Bound member(const std::string &name) const;
};

struct Bound::Member {
  std::string name;
  Bound bound;
};

Bound bound_of(const feel::Value &value);
Bound bound_of(const Layout &column);

// The bound of what is given to a slot; nullopt for a decision that is not given, but computed.
using BoundOfGiven = std::function<std::optional<Bound>(std::uint32_t slot)>;
// The type of what a decision gives, where `if` and contexts leave one untold: null is of any type.
feel::Type type_of_decision(const dmn::ModelImpl &model, std::uint32_t slot);
Bound bound_of_decision(const dmn::ModelImpl &model, std::uint32_t slot, const BoundOfGiven &given);

} // namespace spie::table
