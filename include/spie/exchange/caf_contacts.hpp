// The monthly file of contacts that a CAF sends: how to reach who is responsible for each household. No public schema
// of it; its columns are those that the programs which read it know (docs/imports.md).
#pragma once

#include "spie/exchange/import.hpp"

#include <string_view>

namespace spie::exchange {

// A row completes the dossier of the person of that household whose names agree, and makes none: the household is
// known by its MATRICULE within the CAF of that number ("771"), as the flow VRSB gave it. The file does not carry its
// date: `options.date_fichier` is required. Facts stand under "caf.contacts". Throws Error A001 for a number that is
// none.
Rapport import_caf_contacts(dossier::Journal &journal, Octets &bytes, std::string_view organisme,
                            const ImportOptions &options);

} // namespace spie::exchange
