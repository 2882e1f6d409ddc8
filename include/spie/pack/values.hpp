// What packs and their results hold, as FEEL values under the French keys of the JSON (see spie/dmn/values.hpp).
#pragma once

#include "spie/dmn/values.hpp"
#include "spie/pack/pack.hpp"

#include <utility>
#include <vector>

namespace spie {

// {id, version, titre, autorite, debut, fin, sha256, bases, roles}
feel::Value to_value(const Pack &pack);
// docs/schemas/resultats/pack.Article.json and pack.ParameterUse.json.
feel::Value to_value(const Article &article);
feel::Value to_value(const ParameterUse &use);
// {nom, titre, unite, type, article, pack, valeurs: [{depuis, valeur, source, note}], lectures: [{valeur, sens}]}
feel::Value to_value(const PackParameter &parameter);
// {nom, titre, decision, as_of, faits, parametres, attendu, commentaire, pack, fichier}
feel::Value to_value(const PackCase &one);
// {nom, reussi, difference}
feel::Value to_value(const CaseResult &result);
// {decision, as_of, pack: {id, version, sha256}, statut, valeur, manquants, refuses, erreurs, trace, articles,
//  parametres: [{nom, valeur, depuis, article, donne}], explication}
feel::Value to_value(const PackResult &result);

template <class T> feel::Value to_list(const std::vector<T> &items) {
  feel::List list;
  list.reserve(items.size());
  for (const T &item : items)
    list.push_back(to_value(item));
  return feel::Value(std::move(list));
}

} // namespace spie
