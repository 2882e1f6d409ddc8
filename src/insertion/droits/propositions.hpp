// Dossiers that were proposed as doubles of one, and are two still.
#pragma once

#include "insertion/dossier/paroles.hpp"
#include "spie/dossier/identite.hpp"

#include <vector>

namespace spie::droits {

// As far as `gathered` knows; each once, with every reason that was given.
std::vector<dossier::Proposition> propositions(dossier::Journal &journal, const dossier::Recueil &gathered,
                                               const dossier::Connaissance &known);

} // namespace spie::droits
