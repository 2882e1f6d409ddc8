// What was said of one fact, by whom and when; and what differs between two situations.
#include "insertion/dossier/chemin.hpp"
#include "insertion/dossier/inconnu.hpp"
#include "insertion/dossier/paroles.hpp"
#include "spie/dossier/situation.hpp"

#include <algorithm>
#include <unordered_map>

namespace spie::dossier {

namespace {

Chemin read_path(std::string_view text) {
  const auto refuse = [&](std::string remedy) {
    throw Error(
        {Code::dossier_unknown, Level::error, "there is no fact '" + std::string(text) + "'", {}, std::move(remedy)});
  };
  auto path = Chemin::parse(text);
  if (!path || path->type->cardinalite == Cardinalite::mecanique ||
      (path->type->genre == Genre::foyer) != path->du_foyer)
    refuse("Write a path of a situation: identite.nom, revenu.001, foyer.droit_rsa.");
  if (path->type->cle.empty() && !path->cle.empty())
    refuse("Check the last word.");
  if (path->champ == "etapes") // what is said of them is one step each
    path->champ = "etape";
  return *std::move(path);
}

} // namespace

std::vector<Parole> historique(Journal &journal, const Sujet &sujet, std::string_view chemin,
                               const Connaissance &connu) {
  const Chemin path = read_path(chemin);
  std::vector<Sujet> holders;
  const Recueil own(journal, sujet, connu);
  if (own.events().empty())
    refuse_unknown(sujet);
  if (!path.du_foyer) {
    holders.push_back(own.holder());
  } else { // every household that the person was ever said to belong to
    for (const Evenement *event : own.events())
      if (event->type == "appartenance" && own.known(*event))
        if (const auto household = Sujet::parse(event->contenu.find("foyer")->text());
            household && std::find(holders.begin(), holders.end(), *household) == holders.end())
          holders.push_back(*household);
  }

  std::vector<Parole> said;
  for (const Sujet &holder : holders) {
    const Recueil gathered(journal, holder, connu);
    std::unordered_map<std::string, std::string> corrections;
    std::unordered_map<std::string, const Evenement *> by_id;
    for (const Evenement *event : gathered.events())
      if (gathered.known(*event)) {
        by_id.emplace(event->id, event);
        if (!event->corrige.empty())
          corrections.emplace(event->corrige, event->id);
      }
    for (const Evenement *event : gathered.events()) {
      if (!gathered.known(*event))
        continue;
      const Evenement *about = event;
      if (event->type == "retrait") { // it speaks of what it retracts, at any distance
        const auto target = by_id.find(event->corrige);
        if (target == by_id.end())
          continue;
        about = target->second;
      }
      if (about->type != path.type->nom)
        continue;
      Parole word;
      word.cle = key_of(*path.type, about->contenu);
      if (!path.has_key(word.cle))
        continue;
      const feel::Value *value = path.champ.empty() ? nullptr : event->contenu.find(path.champ);
      feel::Value spoken;
      if (event->type != "retrait")
        spoken = path.champ.empty() ? feel::Value(event->contenu) : value == nullptr ? feel::Value() : *value;
      word.dire = {std::move(spoken), event->source.nom, event->auteur,     event->id,
                   event->seq,        event->effet,      event->enregistre, false};
      word.type = event->type;
      word.corrige = event->corrige;
      if (const auto by = corrections.find(event->id); by != corrections.end())
        word.corrige_par = by->second;
      word.dire.corrige = !word.corrige_par.empty();
      word.compte = gathered.visible(*event);
      said.push_back(std::move(word));
    }
  }
  std::sort(said.begin(), said.end(), [](const Parole &a, const Parole &b) { return a.dire.seq < b.dire.seq; });
  return said;
}

std::vector<Difference> comparer(const Situation &avant, const Situation &apres) {
  std::vector<Difference> differences;
  for (const Fait &fact : avant.faits) {
    const Fait *now = apres.find(fact.chemin);
    if (now == nullptr)
      differences.push_back({fact.chemin, fact.dire, std::nullopt});
    else if (!feel::identical(fact.dire.valeur, now->dire.valeur))
      differences.push_back({fact.chemin, fact.dire, now->dire});
  }
  for (const Fait &fact : apres.faits)
    if (avant.find(fact.chemin) == nullptr)
      differences.push_back({fact.chemin, std::nullopt, fact.dire});
  return differences;
}

} // namespace spie::dossier
