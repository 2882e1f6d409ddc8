#include "spie/conservation/regles.hpp"

#include "rules/json/reader.hpp"
#include "spie/dossier/contenu.hpp"

namespace spie::conservation {

using json::Reader;

ReglesConservation read_conservation(const Pack &pack) {
  const feel::Value nothing;
  const feel::Value *data = pack.data("conservation");
  const Reader from(data == nullptr ? nothing : *data, "donnees/conservation.json#", {Code::rights_table});
  if (data == nullptr)
    from.refuse("the pack '" + pack.id() + "' does not say how long data is kept");
  const auto type_of = [](const Reader &one) {
    std::string type = one.text("type");
    if (dossier::find_type(type) == nullptr)
      one.refuse("there is no event of the type '" + type + "'", "/type");
    return type;
  };
  ReglesConservation rules;
  for (const Reader &one : from.items("contacts"))
    rules.contacts.push_back({type_of(one), one.texts("etapes"), one.boolean("importe")});
  for (const Reader &one : from.items("mesures"))
    rules.mesures.push_back({one.text("nom"), one.text_if_any("titre"), type_of(one)});
  for (const Reader &one : from.items("publics"))
    rules.publics.push_back({one.text("nom"), one.text_if_any("titre"), one.text("fait")});
  if (const feel::Value *places = pack.data("communes_epci"); places != nullptr)
    for (const Reader &one : Reader(*places, "donnees/communes_epci.json#", {Code::rights_table}).items("epci"))
      for (const std::string &commune : one.texts("communes"))
        rules.epci[commune] = one.text("nom");
  return rules;
}

} // namespace spie::conservation
