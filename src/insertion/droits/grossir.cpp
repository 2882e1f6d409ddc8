#include "insertion/droits/grossir.hpp"

#include "insertion/dossier/chemin.hpp"

#include <algorithm>

namespace spie::droits {

// A type whose key is sensitive loses its keys, its fields with them: `frein.sante.impact` and `frein.mobilite.reponse`
// both become `frein.social.reponse`.
void Grossisseur::add(const dossier::Fait &fait) {
  if (!droits_.types_sensibles.contains(fait.type)) {
    if (auto value = coarse(fait))
      alone_.push_back(made(fait, fait.cle, fait.champ, std::move(*value)));
    return;
  }
  const std::string name = group(fait);
  Groupe &held = groupes_.try_emplace(fait.type + "." + name, Groupe{made(fait, name, "reponse", {})}).first->second;
  if (fait.champ == "reponse" && fait.dire.valeur.is(feel::Kind::text)) {
    held.asked = true;
    held.yes = held.yes || fait.dire.valeur.text() == "oui";
    held.all_no = held.all_no && fait.dire.valeur.text() == "non";
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

dossier::Fait Grossisseur::made(const dossier::Fait &like, std::string cle, std::string champ,
                                feel::Value value) const {
  dossier::Fait fact;
  fact.du_foyer = like.du_foyer;
  fact.type = like.type;
  fact.cle = std::move(cle);
  fact.champ = std::move(champ);
  fact.chemin = dossier::Chemin::of(fact).to_string();
  fact.dire.valeur = std::move(value);
  fact.dire.effet.debut = jour_;
  return fact;
}

std::string Grossisseur::group(const dossier::Fait &fait) const {
  for (const auto &[field, part] : dossier::key_parts(*dossier::find_type(fait.type), fait.cle))
    if (const auto groups = droits_.groupes.find(fait.type + "." + std::string(field)); groups != droits_.groupes.end())
      if (const auto found = groups->second.find(part); found != groups->second.end())
        return found->second;
  return "autre";
}

bool Grossisseur::has_form(const Droits &droits, std::string_view type, std::string_view champ) {
  const std::string name = std::string(type) + "." + std::string(champ);
  const auto groups = droits.groupes.find(name);
  return droits.types_sensibles.contains(type) || (groups != droits.groupes.end() && !groups->second.empty()) ||
         std::any_of(droits.grossissements.begin(), droits.grossissements.end(),
                     [&](const Grossissement &one) { return one.champ == name; });
}

std::optional<feel::Value> Grossisseur::coarse(const dossier::Fait &fait) const {
  const std::string name = fait.type + "." + fait.champ;
  const feel::Value &value = fait.dire.valeur;
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
