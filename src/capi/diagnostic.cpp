// The shared diagnostic of a dossier: what remains to ask, what the grid reads, the road map.
#include "capi/desk.hpp"
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "spie/parcours/vue.hpp"

namespace spie::capi {

namespace {

// What `ask` answers, given the journal, the counter, the demand, and what reads the questionnaire of the pack.
template <class Ask>
spie_status diagnosed(char **json, std::size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                      spie_error *error, Ask &&ask) {
  return give_text(json, length, error, [&] {
    const droits::Demande who = demand_argument(demand);
    needed(desk, "desk");
    const Use journal(store);
    const std::lock_guard<std::mutex> held(desk->one_at_a_time);
    if (!desk->diagnostic)
      desk->diagnostic.emplace(desk->pack);
    droits::Guichet counter(*journal, *desk->accesses, desk->rights, desk->rules);
    return ask(*journal, counter, who, *desk->diagnostic);
  });
}

} // namespace

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;
using droits::Demande;
using droits::Guichet;

spie_status spie_desk_questions(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                const spie_demand *demand, const char *person, const char *date, const char *known,
                                spie_error *error) {
  return diagnosed(json, length, desk, store, demand, error,
                   [&](dossier::Journal &, Guichet &counter, const Demande &who, const auto &reader) {
                     return parcours::to_value(parcours::questions(counter, who, subject_argument(person, "person"),
                                                                   date_argument(date, "date"),
                                                                   known_argument(known, "known"), reader));
                   });
}

spie_status spie_desk_diagnostic(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                 const spie_demand *demand, const char *person, const char *date, const char *known,
                                 spie_error *error) {
  return diagnosed(json, length, desk, store, demand, error,
                   [&](dossier::Journal &journal, Guichet &counter, const Demande &who, const auto &reader) {
                     return parcours::to_value(
                         parcours::diagnostic(journal, counter, who, subject_argument(person, "person"),
                                              date_argument(date, "date"), known_argument(known, "known"), reader));
                   });
}

spie_status spie_desk_road_map(char **json, size_t *length, spie_desk *desk, spie_store *store,
                               const spie_demand *demand, const char *person, const char *date, const char *known,
                               spie_error *error) {
  return diagnosed(json, length, desk, store, demand, error,
                   [&](dossier::Journal &, Guichet &counter, const Demande &who, const auto &reader) {
                     return parcours::to_value(parcours::feuille_de_route(
                         counter, who, subject_argument(person, "person"), date_argument(date, "date"),
                         known_argument(known, "known"), reader));
                   });
}
