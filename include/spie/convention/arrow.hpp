// The money of a convention as tables of Arrow: a row for each line, a column for each field of its record
// (docs/schemas/resultats), amounts decimal128 with two decimals, dates date32 (docs/tables.md). What holds of the
// whole (the pack that judged, the day) stands in the metadata of the schema.
//
// Each makes `out`, which the caller gives and releases, a stream of one batch that needs the result no more. Throws
// Error T005 for a number that its column cannot hold; `out` is then left alone.
#pragma once

#include "spie/arrow.h"
#include "spie/convention/budget.hpp"
#include "spie/convention/echeancier.hpp"
#include "spie/convention/etat.hpp"
#include "spie/convention/registre.hpp"

namespace spie::convention {

void to_arrow(ArrowArrayStream &out, const Budget &budget);         // an action a row
void to_arrow(ArrowArrayStream &out, const Registre &registre);     // a line that was read a row
void to_arrow(ArrowArrayStream &out, const Versements &versements); // a payment a row
// The lines; or the totals, the column `par` saying of what: an "action", a "nature", or the "total".
void to_arrow(ArrowArrayStream &out, const EtatDesDepenses &etat, Tableau tableau = Tableau::lignes);
void to_arrow(ArrowArrayStream &out, const Controle &controle);     // one row
void to_arrow(ArrowArrayStream &out, const Echeancier &echeancier); // a duty a row

} // namespace spie::convention
