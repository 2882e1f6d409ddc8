// The network: relays for all those of a professional, appointments, records and counts, solicitations, satisfaction.
#include "capi/desk.hpp"
#include "spie/parcours/relais_tous.hpp"
#include "spie/parcours/rendez_vous.hpp"
#include "spie/parcours/reseau.hpp"
#include "spie/parcours/satisfaction.hpp"
#include "spie/parcours/sollicitations.hpp"

using namespace spie;
using namespace spie::capi;
using droits::Demande;
using droits::Guichet;

spie_status spie_desk_relay_all(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                const spie_demand *demand, const char *request, size_t request_length,
                                spie_error *error) {
  return answer(
      json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who, dossier::Journal &journal) {
        const auto asked = parcours::read_demande_relais_tous(object_argument(request, request_length, "request"));
        return parcours::to_value(parcours::relayer_tous(journal, counter, *desk->pack, desk->rules, who, asked));
      });
}

spie_status spie_desk_appointments(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                   const spie_demand *demand, const char *person, const char *date, const char *request,
                                   size_t request_length, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    parcours::DemandeRendezVous options;
    if (request != nullptr)
      options = parcours::read_demande_rendez_vous(object_argument(request, request_length, "request"));
    return parcours::to_value(parcours::rendez_vous_proposes(
        counter, *desk->pack, who, subject_argument(person, "person"), date_argument(date, "date"), options));
  });
}

spie_status spie_desk_network_record(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                     const spie_demand *demand, const char *subject, const char *date,
                                     spie_error *error) {
  return answer(
      json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who, dossier::Journal &journal) {
        return parcours::to_value(parcours::fiche_reseau(
            journal, counter, *desk->pack, who, subject_argument(subject, "subject"), date_argument(date, "date")));
      });
}

spie_status spie_desk_network_counts(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                     const spie_demand *demand, const char *from, const char *to, spie_error *error) {
  return answer(json, length, desk, store, demand, error,
                [&](Guichet &counter, const Demande &who, dossier::Journal &journal) {
                  return parcours::to_value(parcours::compter_reseau(journal, counter, who, date_argument(from, "from"),
                                                                     date_argument(to, "to")));
                });
}

spie_status spie_desk_labelled(char **json, size_t *length, spie_desk *desk, spie_store *store,
                               const spie_demand *demand, const char *structure, const char *date, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return parcours::to_value(parcours::suivis_label(
        counter, *desk->pack, who, subject_argument(structure, "structure"), date_argument(date, "date")));
  });
}

spie_status spie_desk_solicitations(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                    const spie_demand *demand, const char *date, int32_t all, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return parcours::to_value(
        parcours::sollicitations(counter, *desk->pack, who, date_argument(date, "date"), all != 0));
  });
}

spie_status spie_satisfaction_form(char **json, size_t *length, const spie_pack *pack, spie_error *error) {
  return give_text(json, length, error, [&] {
    return parcours::to_value(parcours::questionnaire_satisfaction(*needed(pack, "pack").pack));
  });
}

spie_status spie_desk_satisfaction_answer(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                          const spie_demand *demand, const char *request, size_t request_length,
                                          spie_error *error) {
  return answer(
      json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who, dossier::Journal &journal) {
        const auto given = parcours::read_reponse_satisfaction(object_argument(request, request_length, "request"));
        return feel::Context{{"trimestre", parcours::repondre_satisfaction(journal, counter, *desk->pack, who, given)}};
      });
}

spie_status spie_desk_satisfaction(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                   const spie_demand *demand, const char *date, spie_error *error) {
  return answer(json, length, desk, store, demand, error,
                [&](Guichet &counter, const Demande &who, dossier::Journal &journal) {
                  return parcours::to_value(
                      parcours::satisfaction(journal, counter, *desk->pack, who, date_argument(date, "date")));
                });
}
