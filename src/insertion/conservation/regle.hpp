// What the pack decides about the keeping of data, asked by role.
#pragma once

#include "spie/pack/pack.hpp"

#include <string>
#include <string_view>

namespace spie::conservation {

// The value of the decision that plays this role, on that day; P011 when the pack has none, or when it does not answer.
inline feel::Value regle(const Pack &pack, std::string_view role, feel::Context facts, feel::Date at) {
  const std::string decision = pack.role(role);
  const auto refuse = [&](const std::string &what) {
    throw Error(
        {Code::pack_role, Level::error, what + " the role '" + std::string(role) + "'", "pack.json#/roles", {}});
  };
  if (decision.empty())
    refuse("the pack gives no decision for");
  PackEvaluateOptions options;
  options.trace = false;
  PackResult result = pack.evaluate(decision, std::move(facts), at, options);
  if (result.status != dmn::Status::determine)
    refuse("the decision does not answer for");
  return result.value;
}

} // namespace spie::conservation
