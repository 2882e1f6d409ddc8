// Who asks at a desk, and how he is answered.
#pragma once

#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "spie/droits/vue.hpp"

#include <mutex>
#include <type_traits>

namespace spie::capi {

inline droits::Demande demand_argument(const spie_demand *given) {
  needed(given, "demand");
  check_options(given, sizeof(spie_demand), "demand");
  droits::Demande demand;
  demand.acteur.id = text_argument(given->actor, "demand.actor");
  if (given->structure != nullptr)
    demand.acteur.structure = text_argument(given->structure, "demand.structure");
  if (given->roles_count > 0)
    needed(given->roles, "demand.roles");
  for (std::size_t i = 0; i < given->roles_count; ++i)
    demand.acteur.roles.emplace_back(text_argument(given->roles[i], "demand.roles"));
  demand.finalite = text_argument(given->purpose, "demand.purpose");
  demand.instant = record_argument(given->asked_at, "demand.asked_at");
  if (given->role != nullptr)
    demand.role = text_argument(given->role, "demand.role");
  return demand;
}

// What `ask` is answered, as a value of JSON.
template <class Ask>
spie_status answer(char **json, std::size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                   spie_error *error, Ask &&ask) {
  return give_text(json, length, error, [&] {
    const droits::Demande who = demand_argument(demand);
    needed(desk, "desk");
    const Use journal(store);
    const std::lock_guard<std::mutex> held(desk->one_at_a_time);
    droits::Guichet counter(*journal, *desk->accesses, desk->rights, desk->rules);
    if constexpr (std::is_invocable_v<Ask, droits::Guichet &, const droits::Demande &, dossier::Journal &>)
      return feel::Value(ask(counter, who, *journal));
    else
      return feel::Value(ask(counter, who));
  });
}

} // namespace spie::capi
