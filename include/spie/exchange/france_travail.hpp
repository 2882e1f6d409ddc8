// The files of France Travail, once Pôle emploi, made for the SPIE: the extract of job seekers (44 columns), their
// actions (11 columns), and the diagnostic of one person as the API gives it. docs/imports.md says what is read, and
// what was guessed.
#pragma once

#include "spie/exchange/import.hpp"
#include "spie/exchange/nomenclatures.hpp"

namespace spie::exchange {

// No file of these carries its date: `options.date_fichier` is required. Facts stand under "france_travail.extrait".
Rapport import_france_travail_extrait(dossier::Journal &journal, Octets &bytes, const ImportOptions &options,
                                      const Nomenclatures &nomenclatures);

// One event for each step: prescribed, started, ended. Actions of someone whom no extract named are held under the
// identifier, and become theirs when an extract brings it. Facts stand under "france_travail.actions".
Rapport import_france_travail_actions(dossier::Journal &journal, Octets &bytes, const ImportOptions &options,
                                      const Nomenclatures &nomenclatures);

// One person's diagnostic, in the state v1 or v4 of the API, told by its shape: the document names neither. It does not
// name the person either. What bears no date is true at `options.date_fichier`. Facts stand under
// "france_travail.diagnostic".
Rapport import_france_travail_diagnostic(dossier::Journal &journal, Octets &bytes, const ImportOptions &options,
                                         const dossier::Sujet &personne, const Nomenclatures &nomenclatures);

} // namespace spie::exchange
