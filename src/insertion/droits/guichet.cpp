#include "insertion/dossier/cles.hpp"
#include "insertion/dossier/paroles.hpp"
#include "insertion/droits/foyers.hpp"
#include "insertion/droits/masque.hpp"
#include "insertion/droits/propositions.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace spie::droits {

namespace {

bool sees_name(const Masque &mask) { return mask.judge_under("identite.nom").traitement == Traitement::clair; }

// A name that the situation holds now: an old one, corrected since, finds nobody.
bool named(const dossier::Situation &situation, const std::string &wanted) {
  return std::any_of(situation.faits.begin(), situation.faits.end(), [&](const dossier::Fait &fact) {
    return fact.type == "identite" && (fact.champ == "nom" || fact.champ == "nom_naissance") &&
           fact.dire.valeur.is(feel::Kind::text) &&
           dossier::normalized_name(fact.dire.valeur.text()).starts_with(wanted);
  });
}

} // namespace

// Before anything is shown: a view that cannot be noted is not given.
void Guichet::noter(const Demande &asked, const std::string &role, std::string operation,
                    std::vector<dossier::Sujet> dossiers) {
  Acces entry{0,    asked.instant,  asked.acteur.id,      asked.acteur.structure,
              role, asked.finalite, std::move(operation), std::move(dossiers)};
  acces_.noter(entry);
}

Vue Guichet::voir(const Demande &asked, const dossier::Sujet &person, feel::Date at,
                  const dossier::Connaissance &known) {
  check(asked, droits_);
  const Masque mask(journal_, person, asked, droits_, regles_);
  Vue view{mask.role(), mask.apply(dossier::situation(journal_, person, at, known, regles_)), mask.retenues()};
  noter(asked, view.role, "voir", {mask.dossier()});
  return view;
}

VueHistorique Guichet::historique(const Demande &asked, const dossier::Sujet &person, std::string_view path,
                                  const dossier::Connaissance &known) {
  check(asked, droits_);
  const Masque mask(journal_, person, asked, droits_, regles_);
  auto words = dossier::historique(journal_, person, mask.asked(path), known);
  if (path.starts_with("foyer."))
    words = while_member(journal_, person, known, std::move(words));
  VueHistorique view{mask.role(), mask.apply(std::move(words), path), mask.retenues()};
  noter(asked, view.role, "historique", {mask.dossier()});
  return view;
}

VueDifferences Guichet::comparer(const Demande &asked, const dossier::Sujet &person, feel::Date before,
                                 feel::Date after, const dossier::Connaissance &known_before,
                                 const dossier::Connaissance &known_after) {
  check(asked, droits_);
  const Masque mask(journal_, person, asked, droits_, regles_);
  const dossier::Situation first = dossier::situation(journal_, person, before, known_before, regles_);
  const dossier::Situation second = dossier::situation(journal_, person, after, known_after, regles_);
  VueDifferences view{mask.role(), dossier::comparer(mask.apply(first), mask.apply(second)), mask.retenues()};
  // One text declassified, the other not: that one side is held back is no difference.
  std::erase_if(view.differences, [&](const dossier::Difference &one) {
    const auto &side = !one.avant ? first.faits : second.faits;
    return one.avant.has_value() != one.apres.has_value() &&
           std::any_of(side.begin(), side.end(), [&](const dossier::Fait &held) {
             return droits_.texte_libre(held.type, held.champ) && mask.path_of(held) == one.chemin;
           });
  });
  noter(asked, view.role, "comparer", {mask.dossier()});
  return view;
}

std::vector<Vue> Guichet::rechercher(const Demande &asked, std::string_view name, feel::Date at, std::size_t limit) {
  check(asked, droits_);
  const std::string wanted = dossier::normalized_name(name);
  std::vector<Vue> views;
  std::vector<dossier::Sujet> shown;
  std::set<dossier::Sujet> seen;
  std::string role;
  // Those that he may not see do not count: the limit is on what is shown.
  const auto found = wanted.empty() ? std::vector<dossier::Sujet>()
                                    : journal_.lookup_prefix("nom", wanted, std::numeric_limits<std::int32_t>::max());
  for (const dossier::Sujet &subject : found) {
    if (views.size() == limit)
      break;
    const Masque mask(journal_, subject, asked, droits_, regles_);
    if (!seen.insert(mask.dossier()).second || !sees_name(mask))
      continue;
    Vue view{mask.role(), mask.apply(dossier::situation(journal_, subject, at, {{}, asked.instant}, regles_)), {}};
    if (!named(view.situation, wanted))
      continue;
    std::erase_if(view.situation.faits, [](const dossier::Fait &fact) { return fact.type != "identite"; });
    role = view.role;
    shown.push_back(mask.dossier());
    views.push_back(std::move(view));
  }
  noter(asked, role, "recherche", std::move(shown));
  return views;
}

std::vector<Doublon> Guichet::doublons(const Demande &asked, const dossier::Sujet &person) {
  check(asked, droits_);
  const Masque mask(journal_, person, asked, droits_, regles_);
  std::vector<Doublon> list;
  std::vector<dossier::Sujet> shown{mask.dossier()};
  const dossier::Recueil gathered(journal_, person, {{}, asked.instant});
  if (sees_name(mask))
    for (dossier::Proposition &one : propositions(journal_, gathered, {{}, asked.instant}))
      if (sees_name(Masque(journal_, one.dossier, asked, droits_, regles_))) {
        shown.push_back(one.dossier);
        list.push_back({one.dossier, std::move(one.raisons)});
      }
  noter(asked, mask.role(), "doublons", std::move(shown));
  return list;
}

} // namespace spie::droits
