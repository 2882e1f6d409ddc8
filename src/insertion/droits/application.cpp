// A dossier under its mask.
#include "insertion/droits/masque.hpp"
#include "spie/dossier/contenu.hpp"

#include <algorithm>
#include <map>

namespace spie::droits {

namespace {

// Whom the value names: a pseudonym is no use beside the name of the household or of the référent.
bool names_somebody(const feel::Value &value) {
  if (!value.is(feel::Kind::text))
    return false;
  const auto subject = dossier::Sujet::parse(value.text());
  return subject && (subject->genre == dossier::Genre::personne || subject->genre == dossier::Genre::foyer ||
                     subject->genre == dossier::Genre::professionnel);
}

feel::Value without_events(const feel::Value &steps) {
  feel::List list;
  for (const feel::Value &step : steps.list()) {
    feel::Context kept;
    for (const char *key : {"etape", "date"})
      if (const feel::Value *value = step.context().find(key); value != nullptr)
        kept.set(key, *value);
    list.push_back(std::move(kept));
  }
  return list;
}

} // namespace

dossier::Situation Masque::apply(dossier::Situation situation) const {
  Grossisseur coarse = grossisseur(situation.au);
  std::vector<dossier::Fait> kept;
  for (dossier::Fait &fact : situation.faits) {
    const auto shown_as = [&](const dossier::Dire &said) {
      return judge(fact.type, fact.cle, fact.champ, said.evenement).traitement;
    };
    const Traitement treatment = shown_as(fact.dire);
    if (treatment == Traitement::clair) {
      // What another source says beside a text that was declassified is another text.
      std::erase_if(fact.autres, [&](const dossier::Dire &other) { return shown_as(other) != Traitement::clair; });
      kept.push_back(std::move(fact));
    } else if (treatment == Traitement::grossi)
      coarse.add(fact);
  }
  for (dossier::Fait &fact : coarse.facts())
    kept.push_back(std::move(fact));
  situation.faits = std::move(kept);
  if (refus_ != Motif::aucun || judge("appartenance", {}, "foyer").traitement != Traitement::clair)
    situation.foyer.reset();
  if (refus_ != Motif::aucun) {
    situation.absorbes.clear();
    situation.seq = 0;
  }
  if (pseudonyme())
    hide_origins(situation);
  return situation;
}

void Masque::hide_origins(dossier::Situation &situation) const {
  situation.sujet.id = pseudonym();
  situation.absorbes.clear();
  situation.foyer.reset();
  situation.seq = 0;
  std::map<std::string, std::map<std::string, std::size_t>> ranks; // of what a source numbers: action A-17 is the first
  std::erase_if(situation.faits, [](const dossier::Fait &fact) {
    return names_somebody(fact.dire.valeur) || fact.champ == "id" || fact.type == "declassement" || // it names an event
           (fact.type == "action" && fact.champ == "objectif");
  });
  for (dossier::Fait &fact : situation.faits) {
    fact.dire.auteur.clear();
    fact.dire.evenement.clear();
    fact.dire.seq = 0;
    fact.dire.enregistre = {};
    fact.autres.clear();
    if (fact.champ == "etapes")
      fact.dire.valeur = without_events(fact.dire.valeur);
    const dossier::TypeContenu *type = dossier::find_type(fact.type);
    if (type == nullptr || type->cle != "id")
      continue;
    auto &of_type = ranks[fact.type];
    fact.cle = std::to_string(of_type.try_emplace(fact.cle, of_type.size() + 1).first->second);
    fact.chemin = fact.type + "." + fact.cle + "." + fact.champ;
  }
}

std::vector<dossier::Parole> Masque::apply(std::vector<dossier::Parole> words, std::string_view path) const {
  if (refus_ != Motif::aucun || pseudonyme()) // events, their authors and their hours lead back to the person
    return {};
  if (path.starts_with("foyer."))
    path.remove_prefix(6);
  const dossier::TypeContenu *type = dossier::find_type(path.substr(0, path.find('.')));
  if (type == nullptr)
    return {};
  const std::size_t last = path.rfind('.');
  const std::string_view field = last == std::string_view::npos ? std::string_view() : path.substr(last + 1);
  const bool one_field = std::any_of(type->champs.begin(), type->champs.end(),
                                     [&](const dossier::Champ &one) { return one.nom == field; });
  std::erase_if(words, [&](dossier::Parole &word) {
    const auto clear = [&](std::string_view name) {
      return judge(type->nom, word.cle, name, word.dire.evenement).traitement == Traitement::clair;
    };
    if (one_field)
      return !clear(field);
    if (!word.dire.valeur.is(feel::Kind::context)) // a retraction
      return std::none_of(type->champs.begin(), type->champs.end(),
                          [&](const dossier::Champ &one) { return clear(one.nom); });
    feel::Context kept;
    for (const auto &[name, value] : word.dire.valeur.context())
      if (clear(name))
        kept.set(name, value);
    const bool nothing = kept.empty();
    word.dire.valeur = std::move(kept);
    return nothing;
  });
  return words;
}

} // namespace spie::droits
