// What views hold, as FEEL values under the French keys of the JSON.
#pragma once

#include "insertion/dossier/paroles.hpp"
#include "spie/droits/vue.hpp"

namespace spie::droits {

// As dossier::to_value gives it; a coarse fact has {"chemin", "valeur", "grossi": true} alone.
feel::Value situation_value(const dossier::Situation &situation);
// [{"source", "evenements", "premier", "dernier"}]: who told what is held, and between which days of effect.
feel::List sources_value(const dossier::Recueil &gathered);

// Without their order numbers, which would count what is held back.
feel::List without_seq(const feel::List &items);

} // namespace spie::droits
