// How frozen counts stand in the journal.
#pragma once

#include "spie/conservation/figees.hpp"

namespace spie::conservation {

// Records them, in the batch that is begun.
void geler(dossier::Journal &journal, const Figees &counts, const dossier::Acte &act);

} // namespace spie::conservation
