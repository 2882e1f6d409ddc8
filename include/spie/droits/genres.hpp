// What a role sees of a kind of fact whatever a dossier holds: what a rule over many dossiers may read.
#pragma once

#include "spie/droits/droits.hpp"

#include <string_view>

namespace spie::droits {

// Whether every fact under that path ("action", "adresse.code_commune") is in clear for this role and this purpose, by
// the table alone: no consent, no tie to one thing among others, no code that may be sensitive. Of a type that is said
// once, without a field: that it is said and since when, which words that are not shown do not hide. A fact of a
// structure, a professional or an instance is nobody's: in clear.
bool clair_toujours(const Droits &droits, std::string_view role, std::string_view finalite, std::string_view chemin);

} // namespace spie::droits
