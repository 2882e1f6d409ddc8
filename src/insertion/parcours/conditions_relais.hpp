// The conditions of one relay, from what the dossier says.
#pragma once

#include "insertion/parcours/choses.hpp"
#include "spie/parcours/relais.hpp"

#include <string>
#include <vector>

namespace spie::parcours {

// A condition as the pack says it.
struct ConditionDuPack {
  std::string code, libelle, qui, source;
  std::vector<std::string> objets; // of relays
  std::vector<std::string> lit;    // paths of the dossier that it rests on
  std::string dispense;            // the fact that waives it, when it is true; empty for none
};
// What donnees/relais.json says beside its conditions.
struct ReglagesRelais {
  std::optional<std::int64_t> refus_avant_saisine; // so many refusals make a referral; none without it
  bool referent_et_coordinateur = false;           // both may be in force at once
};
ReglagesRelais reglages_relais(const Pack &pack);

// From donnees/relais.json. P011 when the pack has none; P002 with its place when it has not its form.
std::vector<ConditionDuPack> conditions_du_pack(const Pack &pack);

// All of them, nothing being reserved. `au` is the day of the relay, `relais` as it will stand.
std::vector<ConditionRelais> conditions_relais(dossier::Journal &journal, const Pack &pack,
                                               const dossier::Enonces &dits, const Chose &relais, feel::Date au);

// Whether that professional, or his structure, is gone on that day.
bool parti(dossier::Journal &journal, std::string_view professionnel, std::string_view structure, feel::Date au);

} // namespace spie::parcours
