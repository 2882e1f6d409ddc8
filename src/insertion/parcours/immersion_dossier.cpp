// The immersions of a dossier as the law reads them.
#include "spie/parcours/immersion.hpp"

#include <algorithm>
#include <map>

namespace spie::parcours {

namespace {

using dossier::Fait;

using Champs = std::map<std::string_view, const Fait *>; // of one thing, by field

std::map<std::string_view, Champs> things(const dossier::Situation &situation, std::string_view type) {
  std::map<std::string_view, Champs> by_key;
  for (const Fait &fact : situation.faits)
    if (fact.type == type)
      by_key[fact.cle][fact.champ] = &fact;
  return by_key;
}

std::optional<std::string> text(const Champs &from, std::string_view field) {
  const auto found = from.find(field);
  if (found == from.end() || !found->second->dire.valeur.is(feel::Kind::text))
    return std::nullopt;
  return found->second->dire.valeur.text();
}
std::optional<feel::Date> date(const Champs &from, std::string_view field) {
  const auto found = from.find(field);
  if (found == from.end() || !found->second->dire.valeur.is(feel::Kind::date))
    return std::nullopt;
  return found->second->dire.valeur.date();
}
std::vector<std::string> texts(const Champs &from, std::string_view field) {
  std::vector<std::string> list;
  if (const auto found = from.find(field); found != from.end() && found->second->dire.valeur.is(feel::Kind::list))
    for (const feel::Value &one : found->second->dire.valeur.list())
      if (one.is(feel::Kind::text))
        list.push_back(one.text());
  std::ranges::sort(list);
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

ConventionImmersion convention(std::string_view id, const Champs &from) {
  ConventionImmersion read;
  read.id = id;
  read.structure = text(from, "structure");
  read.objet = text(from, "objet");
  read.objectifs = texts(from, "objectifs");
  read.debut = date(from, "date_debut");
  read.fin = date(from, "date_fin");
  if (read.debut && read.fin && *read.fin < *read.debut)
    read.fin.reset(); // nobody knows which of them is meant
  read.renouvelle = text(from, "renouvelle");
  read.prescripteur = text(from, "prescripteur");
  read.delegation = text(from, "delegation");
  read.usages = texts(from, "usages");
  for (const char *mention : {"tuteur", "accompagnement"})
    if (from.contains(mention))
      read.mentions.emplace_back(mention);
  return read;
}

// Whether it was signed: it is a precedent.
bool signed_once(const Champs &from) {
  const std::string step = text(from, "etape").value_or("");
  if (step == "prevue")
    return false;
  const auto first = date(from, "date_debut");
  if (step != "annulee" || !first)
    return true;
  return from.at("etape")->dire.effet.debut >= *first;
}

} // namespace

DemandeImmersion demande_du_dossier(const dossier::Situation &situation, std::string_view immersion) {
  const auto all = things(situation, "immersion");
  const auto planned = all.find(immersion);
  if (planned == all.end())
    throw Error({Code::dossier_unknown,
                 Level::error,
                 "the dossier has no immersion '" + std::string(immersion) + "'",
                 std::string(immersion),
                 {}});
  const auto ends = things(situation, "bilan_immersion");
  DemandeImmersion asked;
  asked.convention = convention(planned->first, planned->second);
  if (situation.find("identite.nom") != nullptr)
    asked.convention.mentions.emplace_back("beneficiaire");
  for (const auto &[id, fields] : all) {
    if (id == immersion || !signed_once(fields))
      continue;
    asked.precedentes.push_back(convention(id, fields));
    if (const auto end = ends.find(id); end != ends.end())
      asked.precedentes.back().objectifs_atteints = text(end->second, "objectifs_atteints") == "oui";
  }
  return asked;
}

} // namespace spie::parcours
