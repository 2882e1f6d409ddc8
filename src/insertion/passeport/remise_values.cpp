// What is asked of a signature, and what it gives, as JSON.
#include "credentials/records.hpp"
#include "insertion/passeport/records_profil.hpp"
#include "rules/json/reader.hpp"
#include "spie/passeport/remise.hpp"

#include <algorithm>
#include <initializer_list>

namespace spie::passeport {

namespace {

json::Reader reader_of(const feel::Value &value, std::initializer_list<std::string_view> keys) {
  json::Reader from(value, "", {Code::path_request});
  if (!value.is(feel::Kind::context))
    from.refuse("an object is expected", "");
  for (const auto &[key, unused] : value.context())
    if (std::ranges::find(keys, key) == keys.end())
      from.refuse("the key '" + key + "' is not known", "/" + key);
  return from;
}

Titulaire read_titulaire(const json::Reader &from) {
  const feel::Value *given = from.value().context().find("titulaire");
  if (given == nullptr || given->is_null())
    return {};
  const json::Reader holder = from.at("titulaire");
  return {holder.text_if_any("adresse"), holder.text_if_any("id")};
}

Mots read_mots(const json::Reader &from) {
  Mots words;
  const feel::Value *given = from.value().context().find("mots");
  if (given == nullptr || given->is_null())
    return words;
  if (!given->is(feel::Kind::context))
    from.refuse("an object is expected", "/mots");
  for (const auto &[element, text] : given->context()) {
    if (!text.is(feel::Kind::text))
      from.refuse("a text is expected", "/mots/" + element);
    words[element] = text.text();
  }
  return words;
}

} // namespace

DemandeBadge read_demande_badge(const feel::Value &value) {
  const json::Reader from = reader_of(value, {"immersion", "titulaire", "mots"});
  return {from.text("immersion"), read_titulaire(from), read_mots(from), nullptr};
}

DemandeRemise read_demande_remise(const feel::Value &value) {
  const json::Reader from = reader_of(value, {"partage", "forme", "elements", "titulaire", "mots", "accord_recueilli"});
  DemandeRemise asked;
  asked.partage = from.text_if_any("partage");
  if (std::string form = from.text_if_any("forme"); !form.empty())
    asked.forme = std::move(form);
  if (value.context().find("elements") != nullptr)
    asked.elements = from.texts("elements");
  asked.titulaire = read_titulaire(from);
  asked.mots = read_mots(from);
  asked.accord_recueilli = from.text_if_any("accord_recueilli");
  return asked;
}

feel::Value to_value(const Delivre &delivre) {
  return feel::Context{
      {"badge", record::to_context(delivre.badge)},  {"titulaire", delivre.titulaire},
      {"statuts", record::to_list(delivre.statuts)}, {"retenus", record::to_list(delivre.retenus)},
      {"acte", parcours::to_value(delivre.acte)},    {"avertissements", record::to_list(delivre.avertissements)}};
}

feel::Value to_value(const Remis &remis) {
  return feel::Context{{"forme", remis.forme},
                       {"texte", remis.texte},
                       {"empreinte", remis.empreinte},
                       {"titulaire", remis.titulaire.empty() ? feel::Value() : feel::Value(remis.titulaire)},
                       {"emetteur", remis.emetteur.empty() ? feel::Value() : feel::Value(remis.emetteur)},
                       {"badges", record::to_list(remis.badges)},
                       {"statuts", record::to_list(remis.statuts)},
                       {"selection", to_value(remis.selection)},
                       {"acte", parcours::to_value(remis.acte)},
                       {"avertissements", record::to_list(remis.avertissements)}};
}

} // namespace spie::passeport
