// What retention answers, as FEEL values under the French keys of the JSON.
#include "spie/dossier/values.hpp"
#include "spie/conservation/conservation.hpp"

namespace spie::conservation {

feel::Value to_value(const EcheanceDonnees &echeance) {
  const auto date = [](const std::optional<feel::Date> &day) {
    return day ? feel::Value(day->to_string()) : feel::Value();
  };
  return feel::Context{{"personne", echeance.personne.to_string()}, {"dernier_contact", date(echeance.dernier_contact)},
                       {"preavis", echeance.preavis.to_string()},   {"fin", echeance.fin.to_string()},
                       {"prevenu_le", date(echeance.prevenu_le)},   {"etat", text(echeance.etat)}};
}

feel::Value to_value(const std::vector<EcheanceDonnees> &echeances) {
  feel::List items;
  for (const EcheanceDonnees &one : echeances)
    items.push_back(to_value(one));
  return items;
}

feel::Value to_value(const std::vector<DoublonOuvert> &doublons) {
  feel::List values;
  for (const DoublonOuvert &one : doublons)
    values.push_back(feel::Context{{"efface", one.efface.to_string()},
                                   {"dossier", one.dossier.to_string()},
                                   {"raisons", feel::List(one.raisons.begin(), one.raisons.end())}});
  return values;
}

feel::Value to_value(const Effaces &effaces) {
  return feel::Context{{"personnes", static_cast<std::int64_t>(effaces.personnes)},
                       {"effacements", dossier::to_value(effaces.effacements)},
                       {"figees", to_value(effaces.figees)},
                       {"doublons", to_value(effaces.doublons)}};
}

feel::Value to_value(const Figees &figees) {
  feel::List items;
  for (const Cellule &one : figees)
    items.push_back(feel::Context{{"mesure", one.mesure},
                                  {"trimestre", one.trimestre},
                                  {"tranche", one.tranche},
                                  {"epci", one.epci},
                                  {"public", one.public_},
                                  {"effectif", one.effectif}});
  return items;
}

} // namespace spie::conservation
