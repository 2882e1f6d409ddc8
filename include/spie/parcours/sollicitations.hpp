// What professionals of a path asked of each other (S:2260-2261): for the one who asked and the one who was asked, and
// what waits for longer than the pack says (role "delai_sollicitation"; docs/reseau.md).
#pragma once

#include "spie/droits/vue.hpp"
#include "spie/pack/pack.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spie::parcours {

struct SollicitationVue {
  std::string personne, sollicitation;           // its id, to answer it; its rank for who sees it in part
  std::string etape, de, a, objet, texte;        // the last two empty when they are not said, or not shown
  std::string sens;                              // "recue" or "envoyee"
  std::optional<feel::Date> demandee_le, depuis; // the day that it was asked, and that of its last step
  std::optional<feel::Date> attendue_le;         // the last day for an answer
  bool en_retard = false;                        // asked, not answered, and that day is over
};

// Those that the actor asked or was asked, in the dossiers and as far as he sees them now: what waits longest first,
// then the others. `toutes` gives closed ones too. Noted as "sollicitations". Throws Error P011 without the rule, and
// what Guichet::parcourir throws.
std::vector<SollicitationVue> sollicitations(droits::Guichet &guichet, const Pack &pack, const droits::Demande &demande,
                                             feel::Date au, bool toutes = false);

feel::Value to_value(const std::vector<SollicitationVue> &liste);

} // namespace spie::parcours
