// How long a département takes from the first trace of a person to her first diagnostic: what the output `equite` of a
// diagnostic stands beside (S:766-798).
#pragma once

#include "spie/dossier/journal.hpp"
#include "spie/dossier/situation.hpp"
#include "spie/pack/pack.hpp"

#include <cstdint>
#include <optional>

namespace spie::parcours {

// Days from the first trace of the person, whatever it is, to her first diagnostic; nullopt without one.
std::optional<std::int64_t> delai_du_diagnostic(const dossier::Situation &situation);

struct DelaiMedian {
  std::optional<std::int64_t> mediane;  // in days, the lower of two in the middle; none when the count is hidden
  std::optional<std::int64_t> effectif; // of the dossiers with a diagnostic; none when it is small
};
// Over every dossier of the journal but those whose data an accepted objection, limitation or erasure holds back. The
// pack says which counts are small (role "case_gardee"); without that role none is. Two medians of two days may be
// compared: who may ask for it is the caller's to decide.
DelaiMedian delai_median(dossier::Journal &journal, const Pack &pack, const dossier::Regles &regles, feel::Date au,
                         const dossier::Connaissance &connu = {});

feel::Value to_value(const DelaiMedian &delai); // {"mediane", "effectif"}

} // namespace spie::parcours
