// Where a relay stands: which of its conditions hold, what is missing, and who can give it. The conditions are the
// pack's (donnees/relais.json, role "conditions_relais"), by the object of the relay (docs/parcours.md).
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

enum class EtatCondition : std::uint8_t {
  rempli,
  non_rempli,
  inconnu,  // and then it holds the relay up
  dispense, // by the pack: who would fulfil it is gone, or the law's authority decided
  reserve,  // it rests on facts that the actor does not see
};
std::string_view text(EtatCondition etat) noexcept;
EtatCondition read_etat_condition(std::string_view text) noexcept; // unknown for any other text

struct ConditionRelais {
  std::string code, libelle;
  EtatCondition etat = EtatCondition::inconnu;
  std::string qui;    // who can give it, in French
  std::string source; // of the condition
};

// A reorientation that an instance decided since the relay was asked for: the law's authority, its article, and when
// she was told.
struct ReorientationLue {
  std::string autorite, article;
  std::optional<feel::Date> notifie_le, date;
};

struct EtatRelais {
  std::string relais; // its id; its rank for who does not see the whole of it
  std::string etape, objet, role;
  std::string de, vers; // empty for none
  std::string motif;
  std::optional<feel::Date> depuis; // of its step
  std::vector<ConditionRelais> conditions;
  bool possible = false; // each condition is fulfilled, or waived
  std::string accord;    // hers: "oui", "non"; empty when it is not said, or not seen
  std::string accord_recueilli;
  std::vector<std::string> dispenses; // conditions that it was waived, once it is effective
  std::optional<ReorientationLue> reorientation;
};

// The relays of a person that the actor sees in clear, the pending ones with their conditions. The view is written
// down in the journal of accesses, as any other. Throws Error P011 for a pack without conditions; else as
// Guichet::voir.
std::vector<EtatRelais> etat_relais(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                                    const droits::Droits &rights, const dossier::Regles &rules,
                                    const droits::Demande &demand, const dossier::Sujet &person);

feel::Value to_value(const EtatRelais &etat);
feel::Value to_value(const std::vector<EtatRelais> &etats);

} // namespace spie::parcours
