// Every dossier of a journal, one after the other: a page of their names at a time, and one of them in memory.
#pragma once

#include "spie/dossier/situation.hpp"

#include <functional>

namespace spie::parcours {

// Of the facts of these types alone. One that another absorbed follows the one that holds it; nothing is told of whom
// others' events alone name.
void each_situation(dossier::Journal &journal, feel::Date au, const dossier::Connaissance &connu,
                    const dossier::Regles &regles, const dossier::Types &types,
                    const std::function<void(const dossier::Situation &)> &visite);

} // namespace spie::parcours
