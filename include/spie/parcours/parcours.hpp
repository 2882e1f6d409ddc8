// The path of a person (parcours): when she entered it and left it, how she is accompanied and by whom, its steps, its
// pauses, and the follow-up of a job (suivi dans l'emploi). Read from the statements that the actor sees in clear, and
// from nothing else (docs/parcours.md; S:1333-1360).
#pragma once

#include "spie/dossier/journal.hpp"
#include "spie/dossier/situation.hpp"
#include "spie/droits/vue.hpp"
#include "spie/pack/pack.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::parcours {

enum class EtatParcours : std::uint8_t {
  pas_entre, // no entry is seen, which is not that there is none
  en_cours,
  en_pause,
  sorti,
};
std::string_view text(EtatParcours etat) noexcept;
EtatParcours read_etat_parcours(std::string_view text) noexcept; // pas_entre for any other text

// An entry and the first exit after it: one at a time, an entry before that exit begins none.
struct Episode {
  feel::Date entree;
  std::optional<feel::Date> sortie;
  std::string motif; // of the exit; empty for none, or when it is not shown
};
struct Accompagnement {
  feel::Date depuis;
  std::optional<feel::Date> jusqu_au; // the eve of the next one; none for that in force
  std::string modalite;               // "individuel", "collectif"; empty when nobody said
  std::string dispositif, structure, motif;
};
// A step of the path, or a pause: from its first day until its last, which nobody may have said yet.
struct Etape {
  std::string libelle, module;
  feel::Date ouverte;
  std::optional<feel::Date> close;
};
struct Pause {
  feel::Date debut;
  std::optional<feel::Date> reprise, reprise_prevue;
  std::string motif;
};
// Who leads: référent or coordinator (S:1333-1337), each naming in force.
struct Meneur {
  std::string role, professionnel, structure, source;
  feel::Date depuis;
};
// From the first day of a job until the same day so many months later, by the pack (role "fin_suivi"; S:1357-1360).
struct Suivi {
  feel::Date emploi;
  std::optional<feel::Date> fin;   // its last day; none for a pack that does not say
  std::optional<feel::Date> perdu; // the job, on a day of the follow-up: which ended it
  bool en_cours = false;
};

struct Parcours {
  std::string personne;
  feel::Date au;
  std::string role; // of who asks; empty when no tie holds
  EtatParcours etat = EtatParcours::pas_entre;
  std::vector<Episode> episodes;
  std::vector<Accompagnement> accompagnements;
  std::vector<Etape> etapes;
  std::vector<Pause> pauses;
  std::vector<Meneur> meneurs;
  std::vector<std::string> conflits; // roles that two different professionals hold on that day
  std::vector<Suivi> suivis;
  std::vector<droits::Retenue> retenues;
};

// As of that day, in the order of their days. Noted in the journal of accesses as any view; throws what Guichet::voir
// throws.
Parcours parcours(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack, const droits::Droits &rights,
                  const dossier::Regles &rules, const droits::Demande &demand, const dossier::Sujet &person,
                  feel::Date au);

feel::Value to_value(const Parcours &parcours); // the record, and "retenues"

} // namespace spie::parcours
