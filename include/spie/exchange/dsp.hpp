// The socio-professional data (DSP) of people who ask for the RSA: flows VIRD0201 (recueil) and VIRS0901 (instruction).
// No schema and no sample of them is public: docs/imports.md lists what was guessed.
#pragma once

#include "spie/exchange/import.hpp"
#include "spie/exchange/nomenclatures.hpp"

namespace spie::exchange {

// Each answer is a fact `reponse_diagnostic` of the question "dsp.ELEMENT", true on the date of creation of the flow
// (DTCREAFLUX), else on `options.date_fichier`. Facts stand under the source "caf.dsp", as the list of codes does. A
// file that cannot be read to its end gives a report that is not closed.
Rapport import_dsp(dossier::Journal &journal, Octets &bytes, const ImportOptions &options,
                   const Nomenclatures &nomenclatures = {});

} // namespace spie::exchange
