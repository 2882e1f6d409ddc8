// No NIR is kept in clear, whatever the field that holds it.
#pragma once

#include "spie/dossier/journal.hpp"

#include <functional>
#include <string_view>

namespace spie::dossier {

// Puts its keyed fingerprint in the place of each text that is a NIR, and its first digit in the place of one that
// stands in a text; `found` is told of the field and of the number.
void hide_nir(feel::Context &contenu, Journal &journal,
              const std::function<void(std::string_view champ, std::string_view texte)> &found = {});

} // namespace spie::dossier
