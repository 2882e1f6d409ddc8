// No NIR is kept in clear, whatever the field that holds it.
#pragma once

#include "spie/dossier/journal.hpp"

#include <functional>
#include <string_view>

namespace spie::dossier {

// Puts its keyed fingerprint in the place of each text that is a NIR, its first digit in the place of one that stands
// in a text, nothing in the place of a number that is one; `found` is told of the field and of what stood there.
void hide_nir(feel::Context &contenu, Journal &journal,
              const std::function<void(std::string_view champ, const feel::Value &valeur)> &found = {});

} // namespace spie::dossier
