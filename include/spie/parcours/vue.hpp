// The shared diagnostic for an actor: computed from what he sees in clear, and from nothing else (docs/diagnostic.md).
#pragma once

#include "spie/droits/vue.hpp"
#include "spie/parcours/diagnostic.hpp"

#include <string>
#include <vector>

namespace spie::parcours {

template <class Lu> struct VueDe {
  std::string role; // that played; empty when none could
  Lu lu;
  std::vector<droits::Retenue> retenues;
};

// `guichet` is the counter of that journal. Each call is noted in the journal of accesses ("questions", "diagnostic",
// "feuille_de_route"). Throws what Guichet::voir throws.
VueDe<Questions> questions(droits::Guichet &guichet, const droits::Demande &demande, const dossier::Sujet &personne,
                           feel::Date au, const dossier::Connaissance &connu, const LecteurDiagnostic &lecteur);
VueDe<DiagnosticPartage> diagnostic(dossier::Journal &journal, droits::Guichet &guichet, const droits::Demande &demande,
                                    const dossier::Sujet &personne, feel::Date au, const dossier::Connaissance &connu,
                                    const LecteurDiagnostic &lecteur, std::optional<std::int64_t> mediane = {});
VueDe<FeuilleDeRoute> feuille_de_route(droits::Guichet &guichet, const droits::Demande &demande,
                                       const dossier::Sujet &personne, feel::Date au,
                                       const dossier::Connaissance &connu, const LecteurDiagnostic &lecteur);

// The record, with "role" and "retenues" beside its keys.
template <class Lu> feel::Value to_value(const VueDe<Lu> &vue) {
  feel::Context shown{{"role", vue.role.empty() ? feel::Value() : feel::Value(vue.role)}};
  const feel::Value record = to_value(vue.lu);
  for (const auto &[key, value] : record.context())
    shown.set(key, value);
  shown.set("retenues", droits::to_value(vue.retenues));
  return shown;
}

} // namespace spie::parcours
