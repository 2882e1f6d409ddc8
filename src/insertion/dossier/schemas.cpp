// Payloads and their envelope as JSON Schema, draft 2020-12: what docs/schemas holds.
#include "spie/dossier/contenu.hpp"

#include "insertion/dossier/contenu_permis.hpp"

namespace spie::dossier {

namespace {

constexpr const char *draft = "https://json-schema.org/draft/2020-12/schema";
constexpr const char *any_genre = "(personne|foyer|structure|professionnel|instance|import|journal)";
// What "date-time" leaves open: to the millisecond, and no zone farther than fourteen hours.
constexpr const char *instant_form = "^[^.]{19}([.][0-9]{1,3}0*)?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)$";
constexpr const char *subject_id = ":[A-Za-z0-9._-]{1,64}$";

feel::Context schema_of(std::span<const Champ> fields);

feel::Context one_schema(const Champ &field) {
  feel::Context schema;
  switch (field.nature) {
  case Nature::objet:
    return schema_of(field.champs);
  case Nature::booleen:
    return {{"type", "boolean"}};
  case Nature::entier:
    return {{"type", "integer"}};
  case Nature::montant:
    return {{"type", "number"}}; // of two decimals at most, which programs that read doubles cannot tell
  case Nature::date:
    return {{"type", "string"}, {"format", "date"}};
  case Nature::mois:
    return {{"type", "string"}, {"pattern", "^[0-9]{4}-(0[1-9]|1[0-2])$"}};
  case Nature::instant:
    return {{"type", "string"}, {"format", "date-time"}, {"pattern", instant_form}};
  case Nature::sujet:
    return {
        {"type", "string"},
        {"pattern", "^" + (field.valeurs.empty() ? std::string(any_genre) : std::string(field.valeurs)) + subject_id}};
  case Nature::reponse:
    return {{"enum", feel::List(reponses.begin(), reponses.end())}};
  case Nature::code:
    if (const auto allowed = words(field.valeurs); !allowed.empty())
      return {{"enum", feel::List(allowed.begin(), allowed.end())}};
    return {{"type", "string"}, {"minLength", 1}, {"maxLength", static_cast<std::int64_t>(max_code)}};
  case Nature::texte:
    break;
  }
  return {{"type", "string"}, {"maxLength", static_cast<std::int64_t>(max_text)}};
}

feel::Context schema_of(std::span<const Champ> fields) {
  feel::Context properties;
  feel::List required;
  for (const Champ &field : fields) {
    feel::Context schema = one_schema(field);
    if (field.liste)
      schema = feel::Context{{"type", "array"}, {"maxItems", static_cast<std::int64_t>(max_items)}, {"items", schema}};
    schema.set("title", field.titre);
    properties.set(std::string(field.nom), schema);
    if (field.obligatoire)
      required.emplace_back(field.nom);
  }
  feel::Context result{{"type", "object"}, {"properties", properties}};
  if (!required.empty())
    result.set("required", required);
  result.set("additionalProperties", false);
  return result;
}

feel::Context short_text() { return {{"type", "string"}, {"maxLength", 512}}; }

feel::Context object(feel::Context properties, feel::List required) {
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

} // namespace

feel::Value json_schema(const TypeContenu &type) {
  feel::Context schema{{"$schema", draft},
                       {"$id", "urn:spie:evenement:" + std::string(type.nom) + ":" + std::to_string(type.version)},
                       {"title", type.titre}};
  const feel::Context body = schema_of(type.champs);
  for (const auto &[key, value] : body)
    schema.set(key, value);
  return schema;
}

feel::Value envelope_schema() {
  const feel::Context date{{"type", "string"}, {"format", "date"}};
  feel::List names;
  for (const TypeContenu &type : types_contenu())
    names.emplace_back(type.nom);
  feel::Context schema{{"$schema", draft}, {"$id", "urn:spie:evenement"}, {"title", "Événement"}};
  const feel::Context body = object(
      {{"id", short_text()},
       {"seq", feel::Context{{"type", "integer"}, {"minimum", 1}}},
       {"enregistre", feel::Context{{"type", "string"}, {"format", "date-time"}}},
       {"type", feel::Context{{"enum", std::move(names)}}},
       {"version", feel::Context{{"type", "integer"}, {"minimum", 1}}},
       {"sujets", feel::Context{{"type", "array"},
                                {"minItems", 1},
                                {"maxItems", 64},
                                {"uniqueItems", true},
                                {"items", feel::Context{{"type", "string"},
                                                        {"pattern", "^" + std::string(any_genre) + subject_id}}}}},
       {"effet", object({{"debut", date},
                         {"fin", date},
                         {"precision", feel::Context{{"enum", feel::List{"jour", "mois", "annee"}}}}},
                        {"debut"})},
       {"auteur", short_text()},
       {"source", object({{"nom", feel::Context{{"type", "string"}, {"minLength", 1}, {"maxLength", 512}}},
                          {"document", feel::Context{{"type", "string"}, {"pattern", "^[0-9a-fA-F]{64}$"}}},
                          {"place", short_text()},
                          {"cle", short_text()},
                          {"nomenclature", short_text()},
                          {"import", short_text()},
                          {"sans_date", feel::Context{{"type", "boolean"}}}},
                         {"nom"})},
       {"corrige", short_text()},
       {"acte", short_text()},
       {"contenu", feel::Context{{"type", "object"}}}},
      {"type", "sujets", "effet", "source", "contenu"});
  for (const auto &[key, value] : body)
    schema.set(key, value);
  return schema;
}

} // namespace spie::dossier
