// How long a dossier is kept: proposed, announced, then erased, and what closed indicators need kept apart, coarse and
// unlinked. The list of what counts as a contact, the delays and the threshold are the pack's
// (donnees/conservation.json, parametres.json).
#pragma once

#include "spie/dossier/identite.hpp"
#include "spie/dossier/situation.hpp"
#include "spie/droits/acces.hpp"
#include "spie/droits/droits.hpp"
#include "spie/pack/pack.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace spie::droits {

// What counts as a contact with the person: the effect of an event of that type, at one of these steps when it has
// steps. Neither the reading of a file nor an access does; a fact that was read in a file does where its date is its
// own.
struct Contact {
  std::string type;
  std::vector<std::string> etapes; // all when there is none
  bool importe = false;
};
struct Mesure {
  std::string nom, titre, type; // an indicator, and the type of the events that it counts
};
struct Public {
  std::string nom, titre, fait; // the fact that is "oui" for who belongs to it
};
struct ReglesConservation {
  std::vector<Contact> contacts;
  std::vector<Mesure> mesures;
  std::vector<Public> publics;
  std::map<std::string, std::string, std::less<>> epci; // by commune; from donnees/communes_epci.json
};
// Throws Error R003 with the place of what has not its form.
ReglesConservation read_conservation(const Pack &pack);

// --- deadlines ---

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

// --- what is kept of those who were erased ---

// How many, and nothing else. "*" where the case was too small to be told apart.
struct Case {
  std::string mesure;
  std::string trimestre; // "2022-T1"
  std::string tranche, epci;
  std::string public_; // "tous", or the name of one: a person counts in each of hers
  std::int64_t effectif = 0;
};
// In a fixed order, which is not that of the erasures.
using Figees = std::vector<Case>;

// Of these persons, what closed indicators need. Each case that the pack does not keep loses its age band and its EPCI,
// then its quarter; what is small still is counted in its measure alone. It is these persons' own counts that are held
// to the threshold: two states of the table differ by no small case.
Figees figer(dossier::Journal &journal, const std::vector<dossier::Sujet> &personnes, feel::Date au, const Pack &pack,
             const ReglesConservation &regles, const Droits &droits);
Figees ajouter(const Figees &a, const Figees &b);

// What one erasure froze, as an event of the journal that names nobody.
struct Gel {
  std::string evenement; // its id
  Figees cases;
};
// Those of every erasure, in the order of their record; then all of them added up.
std::vector<Gel> gels(dossier::Journal &journal);
Figees figees(dossier::Journal &journal);
// Of a store that was restored from a backup: records those that it has not; how many. Throws Error E004 as append
// does.
std::size_t reprendre(dossier::Journal &journal, const std::vector<Gel> &gels, const dossier::Acte &acte);

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
                const ReglesConservation &regles, const Droits &droits, const dossier::Acte &acte);
// The same of those that are to be erased on the day of the act.
Effaces effacer_echus(dossier::Journal &journal, const Pack &pack, const ReglesConservation &regles,
                      const Droits &droits, const dossier::Acte &acte);

// Takes away the accesses that the pack keeps no longer; how many.
std::int64_t purger_acces(JournalAcces &acces, feel::Date au, const Pack &pack);

feel::Value to_value(const EcheanceDonnees &echeance);
feel::Value to_value(const std::vector<EcheanceDonnees> &echeances);
feel::Value to_value(const std::vector<DoublonOuvert> &doublons); // [{"efface", "dossier", "raisons"}]
// {"personnes", "effacements", "figees", "doublons"}
feel::Value to_value(const Effaces &effaces);
feel::Value to_value(const Figees &figees); // [{"mesure", "trimestre", "tranche", "epci", "public", "effectif"}]
feel::Value to_value(const std::vector<Gel> &gels); // [{"evenement", "cases"}]
// Throws Error R003.
std::vector<Gel> read_gels(const feel::Value &value);

} // namespace spie::droits
