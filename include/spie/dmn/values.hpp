// What models and their results hold, as FEEL values under the French keys of the JSON: one shape for C, Python and the
// command line. Dates that are part of the record (as_of, depuis) are ISO texts; facts and values stay typed.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/dmn/model.hpp"
#include "spie/feel/value.hpp"

#include <string>
#include <vector>

namespace spie {

// {code, level, message, where, remedy, signification, remede, details, suggestion}: the general remedy of the code
// where the finding has none of its own; the last four as en_francais gives them.
feel::Value to_value(const Diagnostic &diagnostic);
feel::Value to_value(const std::vector<Diagnostic> &diagnostics);
feel::Value to_value(const std::vector<std::string> &texts);

namespace dmn {

// docs/schemas/resultats/dmn.Element.json and dmn.Fact.json.
feel::Value to_value(const ElementInfo &element);
feel::Value to_value(const FactInfo &fact);
// [{nom, libelle, fichier, valeur, faits, tables, entrees, sources}]
feel::Value to_value(const Trace &trace);
// {statut, valeur, manquants, refuses, erreurs, trace}
feel::Value to_value(const Result &result);

template <class T> feel::Value to_list(const std::vector<T> &items) {
  feel::List list;
  list.reserve(items.size());
  for (const T &item : items)
    list.push_back(to_value(item));
  return feel::Value(std::move(list));
}

} // namespace dmn

} // namespace spie
