#include "spie/exchange/saisie.hpp"

#include "exchange/controles.hpp"

namespace spie::exchange {

namespace {

// A date that was typed is a text still; one that is no date is the schema's to refuse.
std::optional<feel::Date> date_of(const feel::Value &value) {
  return value.is(feel::Kind::date)   ? std::optional(value.date())
         : value.is(feel::Kind::text) ? feel::Date::parse(value.text())
                                      : std::nullopt;
}

} // namespace

std::vector<FauteSaisie> verifier_saisie(std::string_view type, const feel::Value &contenu, feel::Date jour) {
  const dossier::TypeContenu *known = dossier::find_type(type);
  if (known == nullptr)
    throw Error(
        {Code::dossier_type, Level::error, "there is no event of the type '" + std::string(type) + "'", "type", {}});
  if (!contenu.is(feel::Kind::context))
    throw Error({Code::json_value, Level::error, "the content of an event is an object", "content", {}});
  const feel::Context &content = contenu.context();
  std::vector<FauteSaisie> faults;
  const auto add = [&](const std::string &field, std::optional<FauteValeur> fault, bool kept) {
    if (fault)
      faults.push_back({field, std::move(fault->motif), std::move(fault->remede), kept});
  };
  for (const auto &[field, value] : content) {
    if (known->nom == "identite" && field == "date_naissance") {
      if (const auto birth = date_of(value))
        add(field, birth_fault(*birth, jour), false);
      continue;
    }
    const auto kind = kind_of(field);
    if (!kind)
      continue;
    const feel::List alone{value};
    for (const feel::Value &one : value.is(feel::Kind::list) ? value.list() : alone)
      if (one.is(feel::Kind::text) && !one.text().empty())
        add(field, fault_of(*kind, one.text()), is_kept(*kind));
  }
  return faults;
}

feel::Value to_value(const std::vector<FauteSaisie> &fautes) {
  feel::List list;
  for (const FauteSaisie &one : fautes)
    list.push_back(
        feel::Context{{"champ", one.champ}, {"motif", one.motif}, {"remede", one.remede}, {"gardee", one.gardee}});
  return feel::Value(std::move(list));
}

} // namespace spie::exchange
