#include "spie/conservation/regles.hpp"

#include "insertion/droits/lecteur.hpp"
#include "spie/dossier/contenu.hpp"

namespace spie::conservation {

using droits::Lecteur;

ReglesConservation read_conservation(const Pack &pack) {
  const feel::Value nothing;
  const feel::Value *data = pack.data("conservation");
  const Lecteur from(data == nullptr ? nothing : *data, "donnees/conservation.json#");
  if (data == nullptr)
    from.refuse("the pack '" + pack.id() + "' does not say how long data is kept");
  const auto type_of = [](const Lecteur &one) {
    std::string type = one.text("type");
    if (dossier::find_type(type) == nullptr)
      one.refuse("there is no event of the type '" + type + "'", "/type");
    return type;
  };
  ReglesConservation rules;
  for (const Lecteur &one : from.items("contacts"))
    rules.contacts.push_back({type_of(one), one.texts("etapes"), one.boolean("importe")});
  for (const Lecteur &one : from.items("mesures"))
    rules.mesures.push_back({one.text("nom"), one.text_or_empty("titre"), type_of(one)});
  for (const Lecteur &one : from.items("publics"))
    rules.publics.push_back({one.text("nom"), one.text_or_empty("titre"), one.text("fait")});
  if (const feel::Value *places = pack.data("communes_epci"); places != nullptr)
    for (const Lecteur &one : Lecteur(*places, "donnees/communes_epci.json#").items("epci"))
      for (const std::string &commune : one.texts("communes"))
        rules.epci[commune] = one.text("nom");
  return rules;
}

} // namespace spie::conservation
