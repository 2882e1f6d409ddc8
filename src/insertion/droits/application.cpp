// A dossier under its mask.
#include "insertion/droits/masque.hpp"
#include "spie/dossier/contenu.hpp"

#include <algorithm>

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

bool contains(const std::vector<dossier::Sujet> &list, const dossier::Sujet &one) {
  return std::find(list.begin(), list.end(), one) != list.end();
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
  std::erase_if(situation.faits, [&](dossier::Fait &fact) {
    std::erase_if(fact.autres, [&](const dossier::Dire &other) { return !holds(other.evenement); });
    return !holds(fact.dire.evenement);
  });
  std::erase_if(situation.absorbes, [&](const dossier::Sujet &one) { return !contains(groupe_, one); });
  if (situation.foyer && !foyers_.contains(*situation.foyer))
    situation.foyer.reset();
  if (!contains(groupe_, situation.sujet))
    situation.sujet = dossier();
  Grossisseur coarse = grossisseur(situation.au);
  std::vector<dossier::Fait> kept;
  for (dossier::Fait &fact : situation.faits) {
    const auto shown_as = [&](const dossier::Dire &said) {
      return judge(dossier::Chemin::of(fact), said.evenement).traitement;
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
  if (refus_ != Motif::aucun || judge_under("appartenance.foyer").traitement != Traitement::clair)
    situation.foyer.reset();
  if (refus_ != Motif::aucun) {
    situation.absorbes.clear();
    situation.seq = 0;
  }
  if (refus_ == Motif::aucun)
    hide_numbers(situation.faits);
  if (pseudonyme())
    hide_origins(situation);
  return situation;
}

void Masque::hide_origins(dossier::Situation &situation) const {
  situation.sujet.id = pseudonym();
  situation.absorbes.clear();
  situation.foyer.reset();
  situation.seq = 0;
  std::erase_if(situation.faits, [](const dossier::Fait &fact) {
    return names_somebody(fact.dire.valeur) || fact.type == "declassement"; // it names an event
  });
  for (dossier::Fait &fact : situation.faits) {
    fact.dire.auteur.clear();
    fact.dire.evenement.clear();
    fact.dire.seq = 0;
    fact.dire.enregistre = {};
    fact.autres.clear();
    if (fact.champ == "etapes")
      fact.dire.valeur = without_events(fact.dire.valeur);
  }
}

std::string Masque::asked(std::string_view path) const {
  auto read = dossier::Chemin::parse(path);
  if (!read || read->cle.empty() || !hides_keys(read->type->nom))
    return std::string(path);
  read->cle.clear();
  return read->to_string();
}

std::vector<dossier::Parole> Masque::apply(std::vector<dossier::Parole> words, std::string_view path) const {
  if (refus_ != Motif::aucun || pseudonyme()) // events, their authors and their hours lead back to the person
    return {};
  auto read = dossier::Chemin::parse(path);
  if (!read)
    return {};
  if (read->champ == "etapes")
    read->champ = "etape";
  const dossier::TypeContenu &type = *read->type;
  std::erase_if(words, [&](dossier::Parole &word) {
    if (!holds(word.dire.evenement))
      return true;
    const auto clear = [&, key = word.cle](std::string_view name) {
      return judge({read->du_foyer, &type, key, std::string(name)}, word.dire.evenement).traitement ==
             Traitement::clair;
    };
    if (hides_keys(type.nom)) {
      const auto rank = ranks().of(type.nom, word.cle);
      if (!rank || (!read->cle.empty() && read->cle != *rank)) // a number of the source finds nothing
        return true;
      word.cle = *rank;
    }
    if (!read->champ.empty()) {
      auto shown = clear(read->champ) ? number(type.nom, read->champ, word.dire.valeur) : std::nullopt;
      if (shown)
        word.dire.valeur = std::move(*shown);
      return !shown;
    }
    if (!word.dire.valeur.is(feel::Kind::context)) // a retraction
      return std::none_of(type.champs.begin(), type.champs.end(),
                          [&](const dossier::Champ &one) { return clear(one.nom); });
    feel::Context kept;
    for (const auto &[name, value] : word.dire.valeur.context())
      if (clear(name))
        if (auto shown = number(type.nom, name, value))
          kept.set(name, std::move(*shown));
    const bool nothing = kept.empty();
    word.dire.valeur = std::move(kept);
    return nothing;
  });
  return words;
}

} // namespace spie::droits
