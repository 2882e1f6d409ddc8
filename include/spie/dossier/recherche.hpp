// Finding dossiers again: by name, by NIR, by an identifier.
#pragma once

#include "spie/dossier/journal.hpp"

#include <string_view>
#include <vector>

namespace spie::dossier {

// The dossiers that hold what is found, at most `limit`. `cle` is
//   "nom": the beginning of a surname, or of a surname at birth; accents, hyphens and capitals aside;
//   "nir": a number of 13 or 15 characters, looked up by its fingerprint;
//   "siret", or the genre of an identifier: its whole value.
// Throws Error E005 for a NIR that is none, or an empty text.
std::vector<Sujet> chercher(Journal &journal, std::string_view cle, std::string_view valeur, std::size_t limit);

} // namespace spie::dossier
