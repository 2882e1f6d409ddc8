#include "insertion/droits/rangs.hpp"

#include "insertion/droits/masque.hpp"
#include "spie/dossier/contenu.hpp"

#include <algorithm>

namespace spie::droits {

void Rangs::add(const std::string &type, const std::set<std::string> &cles,
                const std::function<std::string(const std::string &)> &fingerprint) {
  std::map<std::string, std::string> by_print;
  for (const std::string &key : cles)
    by_print.emplace(fingerprint(key), key);
  auto &ranks = ranks_[type];
  for (const auto &[print, key] : by_print)
    ranks.emplace(key, ranks.size() + 1);
}

std::optional<std::string> Rangs::of(std::string_view type, std::string_view cle) const {
  const auto ranks = ranks_.find(type);
  if (ranks == ranks_.end())
    return std::nullopt;
  const auto found = ranks->second.find(cle);
  return found == ranks->second.end() ? std::nullopt : std::optional(std::to_string(found->second));
}

// A type is shown under its own numbers when all its facts, all their fields, are in clear: were it fact by fact, a
// number of the source could be taken for a rank. What shows nothing has no rank: the others would count it.
const Rangs &Masque::ranks() const {
  if (rangs_)
    return *rangs_;
  rangs_.emplace();
  std::map<std::string, std::set<std::string>> keys;
  for (const auto &[field, type] : droits_.numeros)
    keys[type];
  if (pseudonyme()) // beside a pseudonym, whatever the table leaves out
    for (const dossier::TypeContenu &type : dossier::types_contenu())
      if (type.cle == "id")
        keys[std::string(type.nom)];
  const auto shows = [&](const dossier::Evenement &event, const std::string &key) {
    dossier::Chemin path{false, dossier::find_type(event.type), key, {}};
    return std::any_of(event.contenu.begin(), event.contenu.end(), [&](const auto &field) {
      path.champ = field.first;
      const Traitement shown = judge(path, event.id, &field.second).traitement;
      return path.champ != path.type->cle &&
             (shown == Traitement::clair ||
              (shown == Traitement::grossi && Grossisseur::has_form(droits_, event.type, path.champ)));
    });
  };
  for (const dossier::Evenement *event : relations_.recueil().events())
    if (const auto held = keys.find(event->type); held != keys.end())
      if (std::string key = dossier::key_of(*dossier::find_type(event->type), event->contenu); shows(*event, key))
        held->second.insert(own_key(event->auteur, std::move(key)));
  for (const auto &[name, of_type] : keys) {
    const dossier::TypeContenu &type = *dossier::find_type(name);
    const bool whole = std::all_of(type.champs.begin(), type.champs.end(), [&](const dossier::Champ &field) {
      return clear({false, &type, {}, std::string(field.nom)}, {}, nullptr);
    });
    if (!pseudonyme() && whole)
      continue;
    // The word before keeps it apart from the fingerprints of NIR and from pseudonyms.
    rangs_->add(name, of_type, [&, prefix = "rang:" + dossier().id + ":" + name + ":"](const std::string &key) {
      return journal_.nir_fingerprints(prefix + key).front();
    });
  }
  return *rangs_;
}

std::string_view Masque::ranked_as(std::string_view type) const {
  // Most facts have no such key: they are spared the keys of the whole dossier.
  const bool numbered =
      std::any_of(droits_.numeros.begin(), droits_.numeros.end(), [&](const auto &one) { return one.second == type; });
  const dossier::TypeContenu *found = numbered || !pseudonyme() ? nullptr : dossier::find_type(type);
  if ((numbered || (found != nullptr && found->cle == "id")) && ranks().hides(type))
    return type;
  const dossier::TypeContenu *held = dossier::find_type(type);
  const auto named = held == nullptr || held->cle.empty()
                         ? droits_.numeros.end()
                         : droits_.numeros.find(dossier::NomChamp(type, held->cle).text());
  return named != droits_.numeros.end() && ranks().hides(named->second) ? std::string_view(named->second)
                                                                        : std::string_view();
}

std::optional<feel::Value> Masque::number(std::string_view type, std::string_view champ,
                                          const feel::Value &value) const {
  const dossier::TypeContenu *found = dossier::find_type(type);
  if (found != nullptr && found->cle == champ && hides_keys(type)) // the path has it
    return std::nullopt;
  const auto numbered = droits_.numeros.find(dossier::NomChamp(type, champ).text());
  if (numbered == droits_.numeros.end() || !ranks().hides(numbered->second))
    return value;
  if (numbered->second == type || !value.is(feel::Kind::text))
    return std::nullopt;
  auto rank = ranks().of(numbered->second, value.text());
  return rank ? std::optional<feel::Value>(std::move(*rank)) : std::nullopt;
}

void Masque::hide_numbers(std::vector<dossier::Fait> &faits) const {
  std::erase_if(faits, [&](dossier::Fait &fact) {
    auto shown = number(fact.type, fact.champ, fact.dire.valeur);
    if (!shown)
      return true;
    if (!feel::identical(*shown, fact.dire.valeur))
      fact.autres.clear(); // other numbers of a source
    fact.dire.valeur = std::move(*shown);
    if (!hides_keys(fact.type))
      return false;
    auto rank = ranks().of(ranked_as(fact.type), fact.cle);
    if (!rank) // held by no dossier of hers any more
      return true;
    fact.cle = std::move(*rank);
    fact.chemin = dossier::Chemin::of(fact).to_string();
    return false;
  });
  sort_by_rank(faits);
}

void Masque::sort_by_rank(std::vector<dossier::Fait> &faits) const {
  const auto before = [](const dossier::Fait &a, const dossier::Fait &b) {
    return a.cle.size() != b.cle.size() ? a.cle.size() < b.cle.size() : a.cle < b.cle; // ranks are whole numbers
  };
  for (auto from = faits.begin(); from != faits.end();) {
    const auto to = std::find_if(from, faits.end(), [&](const dossier::Fait &one) { return one.type != from->type; });
    if (hides_keys(from->type))
      std::stable_sort(from, to, before);
    from = to;
  }
}

} // namespace spie::droits
