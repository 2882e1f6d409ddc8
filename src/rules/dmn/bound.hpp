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
#include <unordered_map>
#include <vector>

namespace spie::dmn {

class ModelImpl;

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

// The bound of what is given to a slot; nullopt for a decision that is not given, but computed.
using BoundOfGiven = std::function<std::optional<Bound>(std::uint32_t slot)>;
// The type of what a decision, or a part of one, gives, where `if` and contexts leave one untold: null is of any type.
feel::Type type_of_decision(const ModelImpl &model, std::uint32_t slot);
feel::Type type_of_part(const ModelImpl &model, const feel::Node &node);
Bound bound_of_decision(const ModelImpl &model, std::uint32_t slot, const BoundOfGiven &given);
// Of a part of an expression, whose locals are bounded by slot; one that is not there is not bounded.
Bound bound_of_part(const ModelImpl &model, const feel::Node &node,
                    const std::unordered_map<std::uint32_t, Bound> &locals, const BoundOfGiven &given);

} // namespace spie::dmn
