// Dossiers as tables of Arrow (docs/tables.md): a row for each fact, with what its source says of it. A value of any
// type is its JSON in `valeur`, and stands in the column of its kind: `texte`, `nombre` (decimal128, `echelle`
// decimals), `jour` (date32), `booleen`.
//
// Each makes `out`, which the caller gives and releases, a stream of one batch that needs what it is made of no more.
// Throws Error T005 for a number that needs more decimals; `out` is then left alone.
#pragma once

#include "spie/arrow.h"
#include "spie/dossier/situation.hpp"

#include <span>
#include <vector>

namespace spie::dossier {

// Of one dossier or of many, one after the other: `dossier`, `au`, `chemin`, what is said, `raison`, `grossi` (false
// here: nothing is masked), `autres`, what other sources say otherwise.
void to_arrow(ArrowArrayStream &out, std::span<const Situation *const> situations, int echelle = 6); // none is null
void to_arrow(ArrowArrayStream &out, const std::vector<Situation> &situations, int echelle = 6);
// `type`, `cle`, what is said, `corrige_par`, `compte`.
void to_arrow(ArrowArrayStream &out, const std::vector<Parole> &history, int echelle = 6);
// `chemin`, then each side: `avant_valeur`, `apres_valeur`…
void to_arrow(ArrowArrayStream &out, const std::vector<Difference> &differences, int echelle = 6);

} // namespace spie::dossier
