// What retention answers, as FEEL values under the French keys of the JSON.
#include "spie/dossier/values.hpp"
#include "spie/conservation/conservation.hpp"

namespace spie::conservation {

feel::Value to_value(const EcheanceDonnees &due) {
  const auto date = [](const std::optional<feel::Date> &day) {
    return day ? feel::Value(day->to_string()) : feel::Value();
  };
  return feel::Context{{"personne", due.personne.to_string()}, {"dernier_contact", date(due.dernier_contact)},
                       {"preavis", due.preavis.to_string()},   {"fin", due.fin.to_string()},
                       {"prevenu_le", date(due.prevenu_le)},   {"etat", text(due.etat)}};
}

feel::Value to_value(const std::vector<EcheanceDonnees> &list) {
  feel::List items;
  for (const EcheanceDonnees &one : list)
    items.push_back(to_value(one));
  return items;
}

feel::Value to_value(const std::vector<DoublonOuvert> &list) {
  feel::List values;
  for (const DoublonOuvert &one : list)
    values.push_back(feel::Context{{"efface", one.efface.to_string()},
                                   {"dossier", one.dossier.to_string()},
                                   {"raisons", feel::List(one.raisons.begin(), one.raisons.end())}});
  return values;
}

feel::Value to_value(const Effaces &done) {
  return feel::Context{{"personnes", static_cast<std::int64_t>(done.personnes)},
                       {"effacements", dossier::to_value(done.effacements)},
                       {"figees", to_value(done.figees)},
                       {"doublons", to_value(done.doublons)}};
}

feel::Value to_value(const Figees &table) {
  feel::List items;
  for (const Cellule &one : table)
    items.push_back(feel::Context{{"mesure", one.mesure},
                                  {"trimestre", one.trimestre},
                                  {"tranche", one.tranche},
                                  {"epci", one.epci},
                                  {"public", one.public_},
                                  {"effectif", one.effectif}});
  return items;
}

} // namespace spie::conservation
