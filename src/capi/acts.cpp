// Acts of the path, their undoing, and what they come to.
#include "capi/desk.hpp"
#include "spie/parcours/acte.hpp"
#include "spie/parcours/carnet.hpp"
#include "spie/parcours/parcours.hpp"
#include "spie/parcours/relais.hpp"

using namespace spie;
using namespace spie::capi;
using droits::Demande;
using droits::Guichet;

spie_status spie_path_acts(char **json, size_t *length, spie_error *error) {
  return give_text(json, length, error, [&] { return parcours::to_value(parcours::transitions()); });
}

spie_status spie_desk_act(char **json, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                          const char *act, size_t act_length, spie_error *error) {
  return answer(
      json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who, dossier::Journal &journal) {
        const auto asked = parcours::read_demande_acte(object_argument(act, act_length, "act"));
        return parcours::to_value(parcours::Bureau(journal, counter, *desk->pack, desk->rules).agir(who, asked));
      });
}

spie_status spie_desk_undo(char **json, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                           const char *act, spie_error *error) {
  return answer(
      json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who, dossier::Journal &journal) {
        return parcours::to_value(
            parcours::Bureau(journal, counter, *desk->pack, desk->rules).annuler(who, text_argument(act, "act")));
      });
}

spie_status spie_desk_relays(char **json, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                             const char *person, spie_error *error) {
  return answer(
      json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who, dossier::Journal &journal) {
        return parcours::to_value(parcours::etat_relais(journal, counter, *desk->pack, desk->rights, desk->rules, who,
                                                        subject_argument(person, "person")));
      });
}

spie_status spie_desk_path(char **json, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                           const char *person, const char *date, spie_error *error) {
  return answer(
      json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who, dossier::Journal &journal) {
        return parcours::to_value(parcours::parcours(journal, counter, *desk->pack, desk->rights, desk->rules, who,
                                                     subject_argument(person, "person"), date_argument(date, "date")));
      });
}

spie_status spie_desk_logbook(char **json, size_t *length, spie_desk *desk, spie_store *store,
                              const spie_demand *demand, const char *person, const char *date, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return parcours::to_value(
        parcours::carnet(counter, desk->rights, who, subject_argument(person, "person"), date_argument(date, "date")));
  });
}
