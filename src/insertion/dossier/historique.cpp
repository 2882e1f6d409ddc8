// What was said of one fact, by whom and when; and what differs between two situations.
#include "insertion/dossier/paroles.hpp"
#include "spie/dossier/situation.hpp"

#include <algorithm>
#include <unordered_map>

namespace spie::dossier {

namespace {

// A path that the caller writes: a type, then a key, then a field, each but the first left out at will.
struct Chemin {
  bool household = false;
  const TypeContenu *type = nullptr;
  std::string key;
  const Champ *field = nullptr;
};

Chemin read_path(std::string_view text) {
  Chemin path;
  const std::string whole(text);
  if (text.starts_with("foyer.")) {
    path.household = true;
    text.remove_prefix(6);
  }
  const std::size_t dot = std::min(text.find('.'), text.size());
  path.type = find_type(text.substr(0, dot));
  if (path.type == nullptr || path.type->cardinalite == Cardinalite::mecanique ||
      (path.type->genre == Genre::foyer) != path.household)
    throw Error({Code::dossier_unknown,
                 Level::error,
                 "there is no fact '" + whole + "'",
                 {},
                 "Write a path of a situation: identite.nom, revenu.001, foyer.droit_rsa."});
  text.remove_prefix(std::min(dot + 1, text.size()));
  const auto field_of = [&](std::string_view name) -> const Champ * {
    const auto found = std::find_if(path.type->champs.begin(), path.type->champs.end(),
                                    [&](const Champ &field) { return field.nom == name; });
    return found == path.type->champs.end() ? nullptr : &*found;
  };
  if (text.empty())
    return path;
  const std::size_t last = text.rfind('.');
  path.field = field_of(last == std::string_view::npos ? text : text.substr(last + 1));
  if (path.field != nullptr)
    text = last == std::string_view::npos ? std::string_view() : text.substr(0, last);
  path.key = text;
  if (path.field == nullptr && path.type->cle.empty())
    throw Error({Code::dossier_unknown, Level::error, "there is no fact '" + whole + "'", {}, "Check the last word."});
  return path;
}

bool of_key(std::string_view key, std::string_view asked) {
  return asked.empty() || key == asked || (key.starts_with(asked) && key[asked.size()] == '/');
}

} // namespace

std::vector<Parole> historique(Journal &journal, const Sujet &subject, std::string_view chemin,
                               const Connaissance &known) {
  const Chemin path = read_path(chemin);
  std::vector<Sujet> holders;
  const Recueil own(journal, subject, known);
  if (own.events().empty())
    throw Error({Code::dossier_unknown, Level::error, "the journal has no '" + subject.to_string() + "'", {}, {}});
  if (!path.household) {
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
    const Recueil gathered(journal, holder, known);
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
      if (!of_key(word.cle, path.key))
        continue;
      const feel::Value *value = path.field == nullptr ? nullptr : event->contenu.find(path.field->nom);
      feel::Value spoken;
      if (event->type != "retrait")
        spoken = path.field == nullptr ? feel::Value(event->contenu) : value == nullptr ? feel::Value() : *value;
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

std::vector<Difference> comparer(const Situation &before, const Situation &after) {
  std::vector<Difference> differences;
  for (const Fait &fact : before.faits) {
    const Fait *now = after.find(fact.chemin);
    if (now == nullptr)
      differences.push_back({fact.chemin, fact.dire, std::nullopt});
    else if (!feel::identical(fact.dire.valeur, now->dire.valeur))
      differences.push_back({fact.chemin, fact.dire, now->dire});
  }
  for (const Fait &fact : after.faits)
    if (before.find(fact.chemin) == nullptr)
      differences.push_back({fact.chemin, std::nullopt, fact.dire});
  return differences;
}

} // namespace spie::dossier
