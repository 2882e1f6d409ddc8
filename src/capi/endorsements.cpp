// What others say for a person, and the badges of structures: the documents that are signed, and what was signed.
#include "capi/desk.hpp"
#include "capi/verification.hpp"
#include "spie/passeport/recommandation.hpp"
#include "spie/passeport/structure.hpp"

using namespace spie;
using namespace spie::capi;
using dossier::Journal;
using droits::Demande;
using droits::Guichet;

namespace {

// A text, and not a value of JSON.
template <class Ask>
spie_status told(char **text, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                 spie_error *error, Ask &&ask) {
  return give_text(text, length, error, [&]() -> std::string {
    const Demande who = demand_argument(demand);
    needed(desk, "desk");
    const Use journal(store);
    const std::lock_guard<std::mutex> held(desk->one_at_a_time);
    Guichet counter(*journal, *desk->accesses, desk->rights, desk->rules);
    return ask(counter, who, *journal);
  });
}

} // namespace

spie_status spie_desk_endorsement(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                  const spie_demand *demand, const char *person, const char *date,
                                  const char *endorsement, const char *asked, size_t asked_length, spie_error *error) {
  return told(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who, Journal &) {
    return passeport::attestation_recommandation(
        counter, desk->rights, *desk->pack, who, subject_argument(person, "person"), date_argument(date, "date"),
        std::string(text_argument(endorsement, "endorsement")),
        passeport::read_demande_avenant(object_argument(asked, asked_length, "asked")));
  });
}

spie_status spie_desk_endorsed(char **json, size_t *length, spie_desk *desk, spie_store *store,
                               const spie_demand *demand, const char *person, const char *date, const char *endorsement,
                               const char *signed_one, size_t signed_length, const spie_badge_options *options,
                               spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who, Journal &journal) {
    const credentials::Verificateur verifier(verification_argument(options));
    parcours::Bureau bureau(journal, counter, *desk->pack, desk->rules);
    return passeport::to_value(passeport::recevoir_recommandation(
        bureau, counter, desk->rights, who, subject_argument(person, "person"), date_argument(date, "date"),
        std::string(text_argument(endorsement, "endorsement")), bytes_argument(signed_one, signed_length, "signed_one"),
        verifier));
  });
}

spie_status spie_desk_structure_badges(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                       const spie_demand *demand, const char *structure, const char *date,
                                       spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who, Journal &journal) {
    return passeport::to_value(passeport::badges_structure(
        journal, counter, *desk->pack, who, subject_argument(structure, "structure"), date_argument(date, "date")));
  });
}

spie_status spie_desk_structure_credential(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                           const spie_demand *demand, const char *structure, const char *date,
                                           const char *asked, size_t asked_length, spie_error *error) {
  return told(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who, Journal &journal) {
    return passeport::attestation_structure(
        journal, counter, *desk->pack, who, subject_argument(structure, "structure"), date_argument(date, "date"),
        passeport::read_demande_badge_structure(object_argument(asked, asked_length, "asked")));
  });
}

namespace {

spie_status issued(char **json, size_t *length, spie_desk *desk, spie_store *store, const spie_demand *demand,
                   const char *structure, const char *date, const char *code, const char *badge, size_t badge_length,
                   const spie_badge_options *options, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who, Journal &) {
    return parcours::to_value(passeport::noter_badge_structure(
        counter, *desk->pack, who, subject_argument(structure, "structure"), date_argument(date, "date"),
        std::string(text_argument(code, "code")), bytes_argument(badge, badge_length, "badge"),
        options == nullptr ? credentials::OptionsVerification() : verification_argument(options)));
  });
}

} // namespace

spie_status spie_desk_structure_issued(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                       const spie_demand *demand, const char *structure, const char *date,
                                       const char *code, const char *badge, size_t badge_length, spie_error *error) {
  return issued(json, length, desk, store, demand, structure, date, code, badge, badge_length, nullptr, error);
}

spie_status spie_desk_structure_issued_with(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                            const spie_demand *demand, const char *structure, const char *date,
                                            const char *code, const char *badge, size_t badge_length,
                                            const spie_badge_options *options, spie_error *error) {
  return issued(json, length, desk, store, demand, structure, date, code, badge, badge_length, options, error);
}
