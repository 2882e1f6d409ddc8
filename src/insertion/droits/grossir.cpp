#include "insertion/droits/grossir.hpp"

#include "insertion/dossier/chemin.hpp"

#include <algorithm>

namespace spie::droits {

// A type whose key is sensitive loses its keys, its fields with them: `frein.sante.impact` and `frein.mobilite.reponse`
// both become `frein.social.reponse`.
void Grossisseur::add(const dossier::Fait &fact) {
  if (!droits_.types_sensibles.contains(fact.type)) {
    if (auto value = coarse(fact))
      alone_.push_back(made(fact, fact.cle, fact.champ, std::move(*value)));
    return;
  }
  const std::string name = group(fact);
  Groupe &held = groupes_.try_emplace(fact.type + "." + name, Groupe{made(fact, name, "reponse", {})}).first->second;
  if (fact.champ == "reponse" && fact.dire.valeur.is(feel::Kind::text)) {
    held.asked = true;
    held.yes = held.yes || fact.dire.valeur.text() == "oui";
    held.all_no = held.all_no && fact.dire.valeur.text() == "non";
  }
}

std::vector<dossier::Fait> Grossisseur::facts() const {
  std::vector<dossier::Fait> list = alone_;
  for (const auto &[path, held] : groupes_) {
    list.push_back(held.like);
    // One that is there makes a yes; only all of them make a no.
    list.back().dire.valeur = !held.asked ? "renseigne" : held.yes ? "oui" : held.all_no ? "non" : "non_aborde";
  }
  return list;
}

dossier::Fait Grossisseur::made(const dossier::Fait &like, std::string key, std::string field,
                                feel::Value value) const {
  dossier::Fait fact;
  fact.du_foyer = like.du_foyer;
  fact.type = like.type;
  fact.cle = std::move(key);
  fact.champ = std::move(field);
  fact.chemin = dossier::Chemin::of(fact).to_string();
  fact.dire.valeur = std::move(value);
  fact.dire.effet.debut = jour_;
  return fact;
}

std::string Grossisseur::group(const dossier::Fait &fact) const {
  for (const auto &[field, part] : dossier::key_parts(*dossier::find_type(fact.type), fact.cle))
    if (const auto groups = droits_.groupes.find(fact.type + "." + std::string(field)); groups != droits_.groupes.end())
      if (const auto found = groups->second.find(part); found != groups->second.end())
        return found->second;
  return "autre";
}

bool Grossisseur::has_form(const Droits &rights, std::string_view type, std::string_view field) {
  const std::string name = std::string(type) + "." + std::string(field);
  const auto groups = rights.groupes.find(name);
  return rights.types_sensibles.contains(type) || (groups != rights.groupes.end() && !groups->second.empty()) ||
         std::any_of(rights.grossissements.begin(), rights.grossissements.end(),
                     [&](const Grossissement &one) { return one.champ == name; });
}

std::optional<feel::Value> Grossisseur::coarse(const dossier::Fait &fact) const {
  const std::string name = fact.type + "." + fact.champ;
  const feel::Value &value = fact.dire.valeur;
  const auto form = std::find_if(droits_.grossissements.begin(), droits_.grossissements.end(),
                                 [&](const Grossissement &one) { return one.champ == name; });
  if (form == droits_.grossissements.end()) {
    const auto groups = droits_.groupes.find(name);
    if (groups == droits_.groupes.end() || groups->second.empty() || !value.is(feel::Kind::text))
      return std::nullopt;
    const auto found = groups->second.find(value.text());
    return feel::Value(found == groups->second.end() ? std::string("autre") : found->second);
  }
  switch (form->forme) {
  case Forme::tel_quel:
    return value;
  case Forme::present:
    return feel::Value("renseigne");
  case Forme::annee:
    return value.is(feel::Kind::date) ? std::optional<feel::Value>(std::to_string(value.date().civil().year))
                                      : std::nullopt;
  case Forme::tranche_age:
    return value.is(feel::Kind::date) ? std::optional<feel::Value>(droits_.tranche(value.date(), jour_)) : std::nullopt;
  case Forme::prefixe:
    return value.is(feel::Kind::text)
               ? std::optional<feel::Value>(value.text().substr(0, static_cast<std::size_t>(form->longueur)))
               : std::nullopt;
  case Forme::compte:
    return value.is(feel::Kind::list) ? std::optional<feel::Value>(static_cast<std::int64_t>(value.list().size()))
                                      : std::nullopt;
  }
  return std::nullopt;
}

} // namespace spie::droits
