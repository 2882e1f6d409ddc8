// How frozen counts stand in the journal.
#pragma once

#include "spie/droits/conservation.hpp"

namespace spie::droits {

// Records them, in the batch that is begun.
void geler(dossier::Journal &journal, const Figees &counts, const dossier::Acte &act);

} // namespace spie::droits
