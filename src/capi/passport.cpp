// The passport of skills: what it holds, and what the dossier lets a person add.
#include "capi/desk.hpp"
#include "spie/passeport/passeport.hpp"
#include "spie/passeport/profil.hpp"

using namespace spie;
using namespace spie::capi;
using droits::Demande;
using droits::Guichet;

spie_status spie_desk_passport(char **json, size_t *length, spie_desk *desk, spie_store *store,
                               const spie_demand *demand, const char *person, const char *date, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return passeport::to_value(passeport::passeport(counter, desk->rights, who, subject_argument(person, "person"),
                                                    date_argument(date, "date")));
  });
}

spie_status spie_desk_passport_proposals(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                         const spie_demand *demand, const char *person, const char *date,
                                         spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    if (!desk->diagnostic && !desk->pack->role("grille").empty())
      desk->diagnostic.emplace(desk->pack);
    return passeport::to_value(
        passeport::propositions(counter, desk->rights, *desk->pack, desk->diagnostic ? &*desk->diagnostic : nullptr,
                                who, subject_argument(person, "person"), date_argument(date, "date")));
  });
}

spie_status spie_desk_passport_compare(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                       const spie_demand *demand, const char *person, const char *date,
                                       const char *profile, size_t profile_length, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    const auto asked = passeport::read_demande_comparaison(object_argument(profile, profile_length, "profile"));
    return passeport::to_value(passeport::comparer(counter, desk->rights, *desk->pack, who,
                                                   subject_argument(person, "person"), date_argument(date, "date"),
                                                   asked.profil, asked.metiers, asked.bassin));
  });
}

spie_status spie_desk_passport_badge(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                     const spie_demand *demand, const char *person, const char *date,
                                     const char *immersion, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return passeport::to_value(
        passeport::badge_immersion(counter, desk->rights, *desk->pack, who, subject_argument(person, "person"),
                                   date_argument(date, "date"), std::string(text_argument(immersion, "immersion"))));
  });
}

spie_status spie_desk_passport_selection(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                         const spie_demand *demand, const char *person, const char *date,
                                         const char *share, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return passeport::to_value(passeport::selectionner(counter, desk->rights, *desk->pack, who,
                                                       subject_argument(person, "person"), date_argument(date, "date"),
                                                       std::string(text_argument(share, "share"))));
  });
}
