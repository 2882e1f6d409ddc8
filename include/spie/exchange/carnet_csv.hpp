// The files that carnet-de-bord imports: beneficiaries (25 columns), structures with those in charge of them (15
// columns). docs/imports.md says what is read, and what was guessed.
#pragma once

#include "spie/exchange/import.hpp"
#include "spie/exchange/nomenclatures.hpp"

namespace spie::exchange {

// The file does not carry its date: `options.date_fichier` is required. An empty cell says nothing. Facts of both files
// stand under "carnet".
Rapport import_carnet_beneficiaires(dossier::Journal &journal, Octets &bytes, const ImportOptions &options,
                                    const Nomenclatures &nomenclatures);

// Lines of one SIRET are one structure; each brings the person in charge that it names.
Rapport import_carnet_structures(dossier::Journal &journal, Octets &bytes, const ImportOptions &options,
                                 const Nomenclatures &nomenclatures);

} // namespace spie::exchange
