// How long a dossier is kept: proposed, announced, then erased.
#pragma once

#include "spie/conservation/figees.hpp"
#include "spie/conservation/regles.hpp"
#include "spie/dossier/identite.hpp"
#include "spie/droits/acces.hpp"
#include "spie/droits/droits.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::conservation {

enum class EtatConservation : std::uint8_t {
  conserve,
  a_prevenir, // the notice can be given from now on
  prevenu,    // given: its delay, or the time of keeping, runs
  a_effacer,  // both are over, or the controller decided it
};
std::string_view text(EtatConservation etat) noexcept;

struct EcheanceDonnees {
  dossier::Sujet personne;
  std::optional<feel::Date> dernier_contact; // without any, time runs from the first record
  feel::Date preavis;                        // the first day of the notice
  feel::Date fin;                            // the last day of keeping
  std::optional<feel::Date> prevenu_le;
  EtatConservation etat = EtatConservation::conserve;
};

// Throws Error E005 when the journal has no such person, P011 when the pack gives no role for it.
EcheanceDonnees echeance_donnees(dossier::Journal &journal, const dossier::Sujet &personne, feel::Date au,
                                 const Pack &pack, const ReglesConservation &regles);
// Of all dossiers, those that are not simply kept.
std::vector<EcheanceDonnees> echeances_donnees(dossier::Journal &journal, feel::Date au, const Pack &pack,
                                               const ReglesConservation &regles);
// Records that the person and those around her were told: an event `decision_donnees`, effacement, demandee.
// Throws Error E005 when the journal has no such person.
void prevenir(dossier::Journal &journal, const dossier::Sujet &personne, const dossier::Acte &acte);

// A dossier that may be of a person who is erased, and is not: it was proposed as a double of hers.
struct DoublonOuvert {
  dossier::Sujet efface, dossier;
  std::vector<std::string> raisons;
};
// Those that erasing these persons leaves: to be looked at before, since nothing leads from one to the other after.
std::vector<DoublonOuvert> doublons_ouverts(dossier::Journal &journal, const std::vector<dossier::Sujet> &personnes);

struct Effaces {
  std::vector<dossier::Effacement> effacements;
  std::size_t personnes = 0;
  Figees figees; // of every erasure, this one included
  std::vector<DoublonOuvert> doublons;
};
// Erases these persons, whatever their deadlines, and records what closed indicators need of them in the same
// transaction: all of it or nothing. Throws Error E005 when the journal has not one of them.
Effaces effacer(dossier::Journal &journal, const std::vector<dossier::Sujet> &personnes, const Pack &pack,
                const ReglesConservation &regles, const droits::Droits &droits, const dossier::Acte &acte);
// Those that are to be erased on that day.
std::vector<dossier::Sujet> personnes_a_effacer(dossier::Journal &journal, feel::Date au, const Pack &pack,
                                                const ReglesConservation &regles);
// The same of those that are to be erased on the day of the act.
Effaces effacer_echus(dossier::Journal &journal, const Pack &pack, const ReglesConservation &regles,
                      const droits::Droits &droits, const dossier::Acte &acte);

// Takes away the accesses that the pack keeps no longer; how many.
std::int64_t purger_acces(droits::JournalAcces &acces, feel::Date au, const Pack &pack);

feel::Value to_value(const EcheanceDonnees &echeance);
feel::Value to_value(const std::vector<EcheanceDonnees> &echeances);
feel::Value to_value(const std::vector<DoublonOuvert> &doublons); // [{"efface", "dossier", "raisons"}]
// {"personnes", "effacements", "figees", "doublons"}
feel::Value to_value(const Effaces &effaces);

} // namespace spie::conservation
