#include "exchange/enonces.hpp"

#include "spie/dossier/contenu.hpp"

#include <algorithm>

namespace spie::exchange {

void put(feel::Context &content, std::string_view field, std::string_view text) {
  if (!text.empty())
    content.set(std::string(field), text);
}

void put(feel::Context &content, std::string_view field, const std::optional<feel::Date> &date) {
  if (date)
    content.set(std::string(field), *date);
}

void put(feel::Context &content, std::string_view field, const std::vector<std::string> &texts) {
  feel::List kept;
  for (const std::string &text : texts)
    if (!text.empty())
      kept.emplace_back(text);
  if (!kept.empty())
    content.set(std::string(field), std::move(kept));
}

namespace {

// "/contenu/lignes/3" is of the field "lignes".
std::string_view field_of(std::string_view pointer) {
  constexpr std::string_view top = "/contenu/";
  if (!pointer.starts_with(top))
    return {};
  pointer.remove_prefix(top.size());
  return pointer.substr(0, pointer.find('/'));
}

feel::Context without(const feel::Context &content, std::string_view field) {
  feel::Context kept;
  for (const auto &[name, value] : content)
    if (name != field)
      kept.set(name, value);
  return kept;
}

// What is left of the content once what its type refuses is taken off; nothing when the rest is of no use.
std::optional<feel::Context> kept(const Contexte &context, std::string_view type_name, const feel::Context &content) {
  const dossier::TypeContenu &type = *dossier::find_type(type_name);
  feel::Context left = content;
  while (!left.empty()) {
    std::vector<Diagnostic> faults;
    feel::Context read = dossier::read_contenu(type, left, faults);
    if (faults.empty())
      return read;
    const std::string field(field_of(faults.front().where));
    const feel::Value *value = field.empty() ? nullptr : left.find(field);
    if (value == nullptr)
      return std::nullopt; // a field that the type asks for is missing: that was said where it was read
    context.session.refuse(Code::import_value, context.place, std::string(type_name) + "." + field, value->to_string(),
                           "la valeur n'a pas la forme attendue, ou dépasse la taille d'un champ",
                           "La corriger à la source.");
    left = without(left, field);
  }
  return std::nullopt;
}

} // namespace

void state(const Contexte &context, std::string_view type, const feel::Context &content, const dossier::Effet &effect,
           const std::vector<dossier::Sujet> &others) {
  if (auto read = kept(context, type, content))
    context.fil.state(type, std::move(*read), effect, context.place, others);
}

void state_now(const Contexte &context, std::string_view type, const feel::Context &content,
               std::optional<feel::Date> since, const std::vector<dossier::Sujet> &others) {
  if (auto read = kept(context, type, content))
    context.fil.state_now(type, std::move(*read), since, {}, context.place, others);
}

bool is_key(std::string_view text) noexcept {
  constexpr std::size_t most = 100;
  return !text.empty() && text.size() <= most;
}

} // namespace spie::exchange
