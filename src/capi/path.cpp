// The path of a person: what the law says of an immersion, and when her path may break.
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "spie/parcours/equite.hpp"
#include "spie/parcours/immersion.hpp"
#include "spie/parcours/ruptures.hpp"
#include "spie/parcours/vigilance.hpp"

namespace spie::capi {

parcours::OptionsVigilance vigilance_argument(const char *date, const char *known,
                                              const spie_vigilance_options *given) {
  const auto asked = options_argument(given, spie_vigilance_options SPIE_VIGILANCE_OPTIONS_INIT);
  parcours::OptionsVigilance options;
  options.au = date_argument(date, "date");
  options.connu = known_argument(known, "known");
  if (asked.moments_count > 0)
    needed(asked.moments, "options.moments");
  for (std::size_t i = 0; i < asked.moments_count; ++i)
    options.moments.emplace_back(text_argument(asked.moments[i], "options.moments"));
  if (asked.structure != nullptr)
    options.structure = text_argument(asked.structure, "options.structure");
  return options;
}

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;

spie_status spie_immersion_check(char **json, size_t *length, const spie_pack *pack, const char *request,
                                 size_t request_length, const char *date, spie_error *error) {
  return give_text(json, length, error, [&] {
    const Pack &law = *needed(pack, "pack").pack;
    const feel::Date at = date_argument(date, "date");
    const feel::Value asked = object_argument(request, request_length, "request");
    return parcours::to_value(parcours::verifier_immersion(law, parcours::read_demande_immersion(law, asked), at));
  });
}

spie_status spie_dossier_immersion(char **json, size_t *length, spie_store *store, const spie_pack *pack,
                                   const char *subject, const char *immersion, const char *date, const char *known,
                                   spie_error *error) {
  return give_text(json, length, error, [&] {
    const Pack &law = *needed(pack, "pack").pack;
    const feel::Date at = date_argument(date, "date");
    const dossier::Sujet about = subject_argument(subject, "subject");
    const std::string_view id = text_argument(immersion, "immersion");
    const dossier::Connaissance how_far = known_argument(known, "known");
    const Use journal(store);
    const auto here = dossier::situation(*journal, about, at, how_far, dossier::read_regles(law));
    return parcours::to_value(parcours::verifier_immersion(law, parcours::demande_du_dossier(here, id), at));
  });
}

spie_status spie_vigilance_moments(char **json, size_t *length, const spie_pack *pack, spie_error *error) {
  return give_text(json, length, error,
                   [&] { return parcours::to_value(parcours::ReglesVigilance(needed(pack, "pack").pack).moments()); });
}

spie_status spie_store_vigilance(char **json, size_t *length, spie_store *store, const spie_pack *pack,
                                 const char *date, const char *known, const spie_vigilance_options *options,
                                 spie_error *error) {
  return give_text(json, length, error, [&] {
    const auto &rules = needed(pack, "pack").pack;
    const auto asked = vigilance_argument(date, known, options);
    const Use journal(store);
    return parcours::to_value(parcours::ReglesVigilance(rules).cibler(*journal, dossier::read_regles(*rules), asked),
                              options != nullptr && options->detail != 0);
  });
}

spie_status spie_store_diagnosis_delay(char **json, size_t *length, spie_store *store, const spie_pack *pack,
                                       const char *date, const char *known, spie_error *error) {
  return give_text(json, length, error, [&] {
    const auto &rules = needed(pack, "pack").pack;
    const feel::Date at = date_argument(date, "date");
    const dossier::Connaissance how_far = known_argument(known, "known");
    const Use journal(store);
    return parcours::to_value(parcours::delai_median(*journal, *rules, dossier::read_regles(*rules), at, how_far));
  });
}

spie_status spie_store_breaks(char **json, size_t *length, spie_store *store, const spie_pack *pack, const char *date,
                              const char *known, spie_error *error) {
  return give_text(json, length, error, [&] {
    const auto &rules = needed(pack, "pack").pack;
    const feel::Date at = date_argument(date, "date");
    const dossier::Connaissance how_far = known_argument(known, "known");
    const Use journal(store);
    return parcours::to_value(
        parcours::ReglesRuptures(rules).compter(*journal, dossier::read_regles(*rules), at, how_far));
  });
}
