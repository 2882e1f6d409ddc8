// The passport of skills: what it holds, and what the dossier lets a person add.
#include "capi/desk.hpp"
#include "capi/verification.hpp"
#include "spie/passeport/garantie.hpp"
#include "spie/passeport/passeport.hpp"
#include "spie/passeport/profil.hpp"
#include "spie/passeport/remise.hpp"
#include "spie/passeport/survivances.hpp"

using namespace spie;
using namespace spie::capi;
using droits::Demande;
using droits::Guichet;

namespace {

// Who signs: the key that is handed over, once the caller gave the credential its entry of status.
passeport::Delivrance issuing_argument(const spie_passport_signing *given) {
  needed(given, "signing");
  check_options(given, sizeof(spie_passport_signing), "signing");
  passeport::Delivrance by;
  credentials::OptionsEmission options;
  if (given->proof_count != 0)
    needed(given->proofs, "signing.proofs");
  for (std::size_t i = 0; i < given->proof_count; ++i)
    options.preuves.push_back(credentials::read_preuve(text_argument(given->proofs[i], "signing.proofs")));
  options.instant = by.instant = text_argument(given->at, "signing.at");
  if (given->method != nullptr)
    options.methode = text_argument(given->method, "signing.method");
  if (given->issuer != nullptr)
    by.emetteur = text_argument(given->issuer, "signing.issuer");
  if (given->name != nullptr)
    by.nom = text_argument(given->name, "signing.name");
  by.signer = [given, options](std::string_view credential) {
    std::string text(credential);
    if (given->enter != nullptr) {
      const char *bytes = nullptr;
      std::size_t length = 0;
      if (given->enter(given->context, text.data(), text.size(), &bytes, &length) != 0)
        refuse_argument("signing.enter", "gave no entry of status");
      text = document_argument(bytes, length, "signing.enter");
    }
    return credentials::emettre(text, needed(given->key, "signing.key").key, options);
  };
  return by;
}

const passeport::Rome *rome_argument(const spie_passport_signing *given) {
  if (given != nullptr)
    check_options(given, sizeof(spie_passport_signing), "signing");
  return given != nullptr && given->rome != nullptr ? given->rome->rome.get() : nullptr;
}

} // namespace

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
  return spie_desk_passport_selection_with(json, length, desk, store, demand, person, date, share, nullptr, error);
}

spie_status spie_desk_passport_selection_with(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                              const spie_demand *demand, const char *person, const char *date,
                                              const char *share, const spie_rome *rome, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return passeport::to_value(passeport::selectionner(
        counter, desk->rights, *desk->pack, who, subject_argument(person, "person"), date_argument(date, "date"),
        std::string(text_argument(share, "share")), rome == nullptr ? nullptr : rome->rome.get()));
  });
}

spie_status spie_desk_passport_issue(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                     const spie_demand *demand, const char *person, const char *date,
                                     const char *request, size_t request_length, const spie_passport_signing *signing,
                                     spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    passeport::DemandeBadge asked = passeport::read_demande_badge(object_argument(request, request_length, "request"));
    const passeport::Delivrance by = issuing_argument(signing);
    asked.rome = rome_argument(signing);
    return passeport::to_value(passeport::delivrer(counter, desk->rights, *desk->pack, who,
                                                   subject_argument(person, "person"), date_argument(date, "date"),
                                                   asked, by));
  });
}

spie_status spie_desk_passport_hand_over(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                         const spie_demand *demand, const char *person, const char *date,
                                         const char *request, size_t request_length,
                                         const spie_passport_signing *signing, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    passeport::DemandeRemise asked =
        passeport::read_demande_remise(object_argument(request, request_length, "request"));
    const passeport::Delivrance by =
        signing == nullptr || asked.forme == "json" ? passeport::Delivrance() : issuing_argument(signing);
    asked.rome = rome_argument(signing);
    return passeport::to_value(passeport::remettre(counter, desk->rights, *desk->pack, who,
                                                   subject_argument(person, "person"), date_argument(date, "date"),
                                                   asked, by));
  });
}

spie_status spie_desk_passport_guarantee(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                         const spie_demand *demand, const char *person, const char *item,
                                         const char *badge, size_t badge_length, const spie_badge_options *options,
                                         spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return passeport::to_value(
        passeport::garantir(counter, desk->rights, *desk->pack, who, subject_argument(person, "person"),
                            std::string(text_argument(item, "item")), bytes_argument(badge, badge_length, "badge"),
                            verification_argument(options)));
  });
}

spie_status spie_desk_passport_review(char **json, size_t *length, spie_desk *desk, spie_store *store,
                                      const spie_demand *demand, const char *person, const spie_badge_options *options,
                                      int32_t record, spie_error *error) {
  return answer(json, length, desk, store, demand, error, [&](Guichet &counter, const Demande &who) {
    return passeport::to_value(passeport::revoir(counter, desk->rights, *desk->pack, who,
                                                 subject_argument(person, "person"), verification_argument(options),
                                                 record != 0));
  });
}

spie_status spie_passport_outlives(char **json, size_t *length, spie_store *store, const char *person,
                                   const char *share, spie_error *error) {
  return give_text(json, length, error, [&] {
    const dossier::Sujet who = subject_argument(person, "person");
    const Use journal(store);
    if (share == nullptr)
      return passeport::to_value(passeport::survivances(*journal, who));
    return passeport::to_value(
        passeport::statuts_du_partage(*journal, who, std::string(text_argument(share, "share"))));
  });
}
