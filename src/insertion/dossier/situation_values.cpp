#include "spie/dossier/situation.hpp"

namespace spie::dossier {

namespace {

feel::Context dire_value(const Dire &said) {
  feel::Context result{{"valeur", said.valeur}, {"source", said.source}};
  if (!said.auteur.empty())
    result.set("auteur", said.auteur);
  result.set("debut", said.effet.debut);
  if (said.effet.fin)
    result.set("fin", *said.effet.fin);
  if (said.effet.precision != Precision::jour)
    result.set("precision", text(said.effet.precision));
  result.set("enregistre", said.enregistre.to_string());
  result.set("evenement", said.evenement);
  result.set("seq", said.seq);
  if (said.corrige)
    result.set("corrige", true);
  return result;
}

feel::Value side(const std::optional<Dire> &said) { return said ? feel::Value(dire_value(*said)) : feel::Value(); }

// The context under `parts`, the value set at the last of them.
void set_at(feel::Context &into, const std::vector<std::string_view> &parts, std::size_t from,
            const feel::Value &value) {
  if (from + 1 == parts.size()) {
    into.set(std::string(parts[from]), value);
    return;
  }
  const feel::Value *held = into.find(parts[from]);
  feel::Context inner = held != nullptr && held->is(feel::Kind::context) ? held->context() : feel::Context();
  set_at(inner, parts, from + 1, value);
  into.set(std::string(parts[from]), std::move(inner));
}

} // namespace

feel::Value to_value(const Situation &situation) {
  feel::Context result{{"dossier", situation.sujet.to_string()}};
  feel::List absorbed;
  for (const Sujet &subject : situation.absorbes)
    absorbed.emplace_back(subject.to_string());
  result.set("absorbes", std::move(absorbed));
  result.set("foyer", situation.foyer ? feel::Value(situation.foyer->to_string()) : feel::Value());
  result.set("au", situation.au);
  feel::Context known;
  if (situation.connu.seq)
    known.set("seq", *situation.connu.seq);
  if (situation.connu.instant)
    known.set("instant", situation.connu.instant->to_string());
  result.set("connu", std::move(known));
  result.set("seq", situation.seq);
  feel::List facts;
  for (const Fait &fact : situation.faits) {
    feel::Context item{{"chemin", fact.chemin}};
    for (const auto &[key, value] : dire_value(fact.dire))
      item.set(key, value);
    item.set("raison", text(fact.raison));
    feel::List others;
    for (const Dire &other : fact.autres)
      others.push_back(dire_value(other));
    item.set("autres", std::move(others));
    facts.push_back(std::move(item));
  }
  result.set("faits", std::move(facts));
  return result;
}

feel::Value to_value(const std::vector<Parole> &history) {
  feel::List result;
  for (const Parole &word : history) {
    feel::Context item = dire_value(word.dire);
    item.set("type", word.type);
    if (!word.cle.empty())
      item.set("cle", word.cle);
    if (!word.corrige.empty())
      item.set("corrige", word.corrige);
    item.set("corrige_par", word.corrige_par.empty() ? feel::Value() : feel::Value(word.corrige_par));
    item.set("compte", word.compte);
    result.push_back(std::move(item));
  }
  return result;
}

feel::Value to_value(const std::vector<Difference> &differences) {
  feel::List result;
  for (const Difference &difference : differences)
    result.push_back(feel::Context{
        {"chemin", difference.chemin}, {"avant", side(difference.avant)}, {"apres", side(difference.apres)}});
  return result;
}

std::vector<std::string_view> Fait::parties() const {
  std::vector<std::string_view> parts;
  parts.reserve(4);
  if (du_foyer)
    parts.emplace_back("foyer");
  parts.emplace_back(type);
  if (!cle.empty())
    parts.emplace_back(cle);
  parts.emplace_back(champ);
  return parts;
}

feel::Context valeurs(const Situation &situation) {
  feel::Context result;
  for (const Fait &fact : situation.faits)
    set_at(result, fact.parties(), 0, fact.dire.valeur);
  return result;
}

} // namespace spie::dossier
