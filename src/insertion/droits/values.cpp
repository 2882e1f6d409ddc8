#include "insertion/droits/values.hpp"

#include "spie/dossier/values.hpp"
#include "spie/nir.hpp"
#include "spie/pack/values.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace spie::droits {

namespace {

// A key whose value is not shown is left out: a zero or a day of 1970 would be taken for what it says. So is the order
// number, which would count what is held back.
feel::Context shown(const feel::Context &given, const dossier::Dire &said) {
  const bool coarse = said.source.empty(), untraced = said.evenement.empty();
  feel::Context kept;
  for (const auto &[key, value] : given)
    if (coarse            ? key == "chemin" || key == "valeur"
        : key == "autres" ? true
                          : key != "seq" && !(untraced && (key == "enregistre" || key == "evenement")))
      kept.set(key, key == "autres" ? feel::Value(without_seq(value.list())) : value);
  if (coarse)
    kept.set("grossi", true);
  return kept;
}

feel::Value differences_value(const std::vector<dossier::Difference> &differences) {
  const feel::Value given = dossier::to_value(differences);
  feel::List list;
  for (std::size_t i = 0; i < differences.size(); ++i) {
    feel::Context item = given.list()[i].context();
    for (const auto &[side, said] :
         {std::pair{"avant", &differences[i].avant}, std::pair{"apres", &differences[i].apres}})
      if (*said)
        item.set(side, shown(item.find(side)->context(), **said));
    list.push_back(std::move(item));
  }
  return list;
}

} // namespace

feel::List without_seq(const feel::List &items) {
  feel::List list;
  for (const feel::Value &item : items) {
    feel::Context kept;
    for (const auto &[key, value] : item.context())
      if (key != "seq")
        kept.set(key, value);
    list.push_back(std::move(kept));
  }
  return list;
}

feel::Value situation_value(const dossier::Situation &situation) {
  const feel::Value given = dossier::to_value(situation);
  feel::Context result;
  feel::List facts;
  for (std::size_t i = 0; i < situation.faits.size(); ++i)
    facts.push_back(shown(given.context().find("faits")->list()[i].context(), situation.faits[i].dire));
  const feel::Value held = std::move(facts);
  for (const auto &[key, value] : given.context())
    if (key != "seq")
      result.set(key, key == "faits" ? held : value);
  return result;
}

feel::List sources_value(const dossier::Recueil &gathered) {
  struct Etendue {
    std::int64_t evenements = 0;
    feel::Date premier, dernier;
  };
  std::map<std::string, Etendue> by_source;
  for (const dossier::Evenement *event : gathered.events()) {
    Etendue &span = by_source[event->source.nom];
    const feel::Date day = event->effet.debut;
    span.premier = span.evenements == 0 ? day : std::min(span.premier, day);
    span.dernier = span.evenements == 0 ? day : std::max(span.dernier, day);
    ++span.evenements;
  }
  feel::List list;
  for (const auto &[name, span] : by_source)
    list.push_back(feel::Context{
        {"source", name}, {"evenements", span.evenements}, {"premier", span.premier}, {"dernier", span.dernier}});
  return list;
}

feel::Value to_value(const Retenue &retenue) {
  return feel::Context{{"objet", retenue.objet},
                       {"titre", retenue.titre},
                       {"traitement", text(retenue.traitement)},
                       {"motif", text(retenue.motif)},
                       {"texte", retenue.texte}};
}

feel::Value to_value(const std::vector<Retenue> &retenues) {
  feel::List list;
  for (const Retenue &one : retenues)
    list.push_back(to_value(one));
  return list;
}

feel::Value to_value(const Vue &vue) {
  return feel::Context{
      {"role", vue.role}, {"situation", situation_value(vue.situation)}, {"retenues", to_value(vue.retenues)}};
}

feel::Value to_value(const VueHistorique &vue) {
  return feel::Context{{"role", vue.role},
                       {"historique", without_seq(dossier::to_value(vue.paroles).list())},
                       {"retenues", to_value(vue.retenues)}};
}

feel::Value to_value(const VueDifferences &vue) {
  return feel::Context{
      {"role", vue.role}, {"differences", differences_value(vue.differences)}, {"retenues", to_value(vue.retenues)}};
}

feel::Value to_value(const std::vector<Doublon> &doublons) {
  feel::List list;
  for (const Doublon &one : doublons)
    list.push_back(feel::Context{{"dossier", one.dossier.to_string()},
                                 {"raisons", feel::List(one.raisons.begin(), one.raisons.end())}});
  return list;
}

feel::Value to_value(const VueResultat &vue) {
  feel::Context result = spie::to_value(vue.resultat).context();
  if (vue.voile)
    result.set("statut", feel::Value());
  return feel::Context{{"role", vue.role}, {"resultat", std::move(result)}, {"retenues", to_value(vue.retenues)}};
}

feel::Value to_value(const std::vector<Acces> &entries) {
  feel::List list;
  for (const Acces &one : entries)
    list.push_back(to_value(one));
  return list;
}

void hide_nir(Acces &acces) {
  const std::array<std::pair<const char *, const std::string *>, 5> texts{{{"/acteur", &acces.acteur},
                                                                           {"/structure", &acces.structure},
                                                                           {"/role", &acces.role},
                                                                           {"/finalite", &acces.finalite},
                                                                           {"/operation", &acces.operation}}};
  for (const auto &[where, text] : texts)
    if (holds_nir(*text))
      throw Error({Code::dossier_event, Level::error, "a NIR stands here: the journal of accesses keeps none", where,
                   "Name the actor by an identifier of the application."});
  for (dossier::Sujet &one : acces.dossiers)
    while (const auto at = find_nir(one.id)) // letters, digits and points alone make an identifier
      one.id.replace(at->first, at->second, one.id.substr(at->first, 1) + "...");
}

feel::Value to_value(const Acces &acces) {
  feel::List dossiers;
  for (const dossier::Sujet &one : acces.dossiers)
    dossiers.push_back(one.to_string());
  feel::Context value{{"seq", acces.seq == 0 ? feel::Value() : feel::Value(acces.seq)},
                      {"instant", acces.instant.to_string()},
                      {"acteur", acces.acteur},
                      {"structure", acces.structure.empty() ? feel::Value() : feel::Value(acces.structure)},
                      {"role", acces.role.empty() ? feel::Value() : feel::Value(acces.role)},
                      {"finalite", acces.finalite},
                      {"operation", acces.operation},
                      {"dossiers", std::move(dossiers)},
                      {"refus", acces.refus.empty() ? feel::Value() : feel::Value(acces.refus)}};
  if (acces.reprise) {
    value.set("reprise", feel::Context{{"du", acces.reprise->du}, {"au", acces.reprise->au}});
    value.set("motif", acces.motif.empty() ? feel::Value() : feel::Value(acces.motif));
  }
  return value;
}

feel::Value to_value(const VerificationAcces &verification) {
  return feel::Context{
      {"intact", verification.intact},
      {"premier", verification.premier},
      {"entrees", verification.entrees},
      {"tete", dossier::to_value(verification.tete)},
      {"tete_trouvee", verification.tete_trouvee ? feel::Value(*verification.tete_trouvee) : feel::Value()},
      {"identite", verification.identite.empty() ? feel::Value() : feel::Value(verification.identite)},
      {"constats", spie::to_value(verification.constats)}};
}

} // namespace spie::droits
