// What changes from one pack to another: in the words of their tables, and in the results of their named cases.
#pragma once

#include "spie/feel/value.hpp"
#include "spie/pack/pack.hpp"

namespace spie::pack {

// {decisions, entrees, parametres, articles: each [{nom, changements: [text]}], cas: [{nom, decision, avant, apres}],
// fichiers_identiques: boolean} in French; `entrees` are the types of what is read. The cases are those of either pack,
// the later one's where both name one; `avant` and `apres` are {statut, valeur}, with {manquants: [path]} where facts
// are missing and {articles: [id]} where these differ, or {refus: text}. Empty lists where nothing changes.
feel::Value difference(const Pack &before, const Pack &after);

} // namespace spie::pack
