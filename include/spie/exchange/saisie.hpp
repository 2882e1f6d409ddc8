// What somebody types, judged as the same value read in a file is.
#pragma once

#include "spie/dossier/contenu.hpp"
#include "spie/feel/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spie::exchange {

struct FauteSaisie {
  std::string champ, motif, remede; // in French, the first aside
  bool gardee = false;              // an import keeps such a value, and says so
};

// The fields of the content of an event whose values are wrong for their kind: telephones, addresses, postcodes, birth
// dates. `jour` is that of typing: nobody is born after it. The form of the content is the schema's to judge.
// Throws Error: E002 when there is no such type, J002 when the content is no object.
std::vector<FauteSaisie> verifier_saisie(std::string_view type, const feel::Value &contenu, feel::Date jour);
// [{"champ", "motif", "remede", "gardee"}]
feel::Value to_value(const std::vector<FauteSaisie> &fautes);

} // namespace spie::exchange
