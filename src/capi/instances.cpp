// Instances: their census, the agenda of a session, what is counted of them.
#include "capi/desk.hpp"
#include "spie/parcours/instance.hpp"

using namespace spie;
using namespace spie::capi;
using droits::Demande;
using droits::Guichet;

spie_status spie_instances(char **json, size_t *length, spie_store *store, const char *date, const char *known,
                           spie_error *error) {
  return give_text(json, length, error, [&] {
    const feel::Date at = date_argument(date, "date");
    const dossier::Connaissance how_far = known_argument(known, "known");
    const Use journal(store);
    return parcours::to_value(parcours::recenser_instances(*journal, at, how_far));
  });
}

spie_status spie_desk_agenda(char **json, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                             const char *instance, const char *session, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return parcours::to_value(
        parcours::agenda(counter, who, subject_argument(instance, "instance"),
                         session == nullptr ? std::string_view() : text_argument(session, "session")));
  });
}

spie_status spie_desk_participation(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                    const spie_demand *demand, const char *instance, const char *from, const char *to,
                                    spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    const auto one = instance == nullptr ? std::nullopt : std::optional(subject_argument(instance, "instance"));
    return parcours::to_value(
        parcours::participation(counter, *desk->pack, who, one, date_argument(from, "from"), date_argument(to, "to")));
  });
}
