// A rule of the pack, asked by its role, whose answer may be unknown.
#pragma once

#include "spie/pack/pack.hpp"

#include <string>
#include <string_view>

namespace spie::parcours {

// The value of the decision that plays this role: a null, or a context that holds nulls, where a fact is missing. P011
// when the pack has none.
inline feel::Value regle_du_pack(const Pack &pack, std::string_view role, feel::Context facts, feel::Date at) {
  const std::string decision = pack.role(role);
  if (decision.empty())
    throw Error({Code::pack_role,
                 Level::error,
                 "the pack '" + pack.id() + "' has no decision of role '" + std::string(role) + "'",
                 "pack.json#/roles",
                 {}});
  PackEvaluateOptions bare;
  bare.trace = bare.explanation = false;
  return pack.evaluate(decision, std::move(facts), at, bare).value;
}

inline feel::Value membre_ou_nul(const feel::Value &of, std::string_view key) {
  const feel::Value *found = of.is(feel::Kind::context) ? of.context().find(key) : nullptr;
  return found == nullptr ? feel::Value() : *found;
}

} // namespace spie::parcours
