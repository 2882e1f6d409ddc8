#include "insertion/dossier/noms.hpp"
#include "insertion/dossier/paroles.hpp"
#include "insertion/droits/foyers.hpp"
#include "insertion/droits/masque.hpp"
#include "insertion/droits/propositions.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace spie::droits {

namespace {

bool sees_name(const Masque &mask) { return mask.judge_under("identite.nom").traitement == Traitement::clair; }

// A name that the situation holds now: an old one, corrected since, finds nobody.
std::optional<std::string> named(const dossier::Situation &situation, const std::string &wanted) {
  for (const dossier::Fait &fact : situation.faits)
    if (fact.type == "identite" && (fact.champ == "nom" || fact.champ == "nom_naissance") &&
        fact.dire.valeur.is(feel::Kind::text))
      for (std::string &form : dossier::name_forms(fact.dire.valeur.text()))
        if (form.starts_with(wanted))
          return std::move(form);
  return std::nullopt;
}

bool past(const Demande &asked, const dossier::Connaissance &known) {
  return known.instant && *known.instant < asked.instant;
}

} // namespace

// Before anything is shown: a view that cannot be noted is not given.
void Guichet::noter(const Demande &demande, const std::string &role, std::string operation,
                    std::vector<dossier::Sujet> dossiers) {
  Acces entry{0,    demande.instant,  demande.acteur.id,    demande.acteur.structure,
              role, demande.finalite, std::move(operation), std::move(dossiers)};
  journal_.garder_acces(acces_.identite(), demande.instant);
  acces_.noter(entry);
}

// What was asked in words that mean nothing here is not written down: they may be anything.
void Guichet::noter_refus(const Demande &demande, std::string_view operation,
                          const std::vector<dossier::Sujet> &dossiers, const Diagnostic &refusal) {
  const auto subject = [](const std::string &text) { return dossier::Sujet::parse(text) ? text : std::string(); };
  Acces entry{0,
              demande.instant,
              subject(demande.acteur.id),
              subject(demande.acteur.structure),
              {},
              {},
              std::string(operation),
              {},
              std::string(text(refusal.code))};
  if (droits_.finalite(demande.finalite) != nullptr)
    entry.finalite = demande.finalite;
  if (demande.role && droits_.role(*demande.role) != nullptr)
    entry.role = *demande.role;
  try {
    for (const dossier::Sujet &one : dossiers) {
      if (journal_.about(one).empty()) // a dossier that is not there is named by what was typed
        continue;
      dossier::Sujet held =
          one.genre == dossier::Genre::personne ? dossier::holder(journal_, one, {{}, demande.instant}) : one;
      if (std::find(entry.dossiers.begin(), entry.dossiers.end(), held) == entry.dossiers.end())
        entry.dossiers.push_back(std::move(held));
    }
    acces_.noter(entry);
  } catch (const Error &) { // what cannot be noted was refused all the same, and why is what he is told
  }
}

bool Guichet::shows_names(const Role &role, const Demande &demande) const {
  const auto &own = demande.acteur.roles;
  if (std::find(own.begin(), own.end(), role.nom) == own.end() || (demande.role && *demande.role != role.nom))
    return false;
  const Famille *names = droits_.famille_of("identite", {}, "nom");
  const Ligne *line = droits_.ligne(role.nom, demande.finalite);
  return names != nullptr && line != nullptr && line->cellules.find(names->nom)->second.avec == Traitement::clair;
}

// A role or a purpose that never shows a name is told so: an empty answer would say that nobody bears it.
void Guichet::check_names(const Demande &demande) const {
  if (std::none_of(droits_.roles.begin(), droits_.roles.end(),
                   [&](const Role &role) { return shows_names(role, demande); }))
    throw Error({Code::rights_refused,
                 Level::error,
                 "the table of rights shows no name here, for '" + demande.finalite + "' and in a role of this actor",
                 {},
                 {}});
}

Vue Guichet::voir(const Demande &demande, const dossier::Sujet &person, feel::Date au,
                  const dossier::Connaissance &connu) {
  return traced(demande, "voir", {person}, [&] {
    check(demande, droits_, connu);
    const Masque mask(journal_, person, demande, droits_, regles_);
    Vue view{mask.role(), mask.situation(au, connu), mask.retenues(past(demande, connu))};
    noter(demande, view.role, "voir", {mask.dossier()});
    return view;
  });
}

VueClaire Guichet::voir_clair(const Demande &demande, const dossier::Sujet &person, feel::Date au,
                              const dossier::Connaissance &connu, std::string_view operation,
                              const std::vector<std::string> &chemins,
                              const std::function<std::optional<feel::Date>(const dossier::Situation &)> &repere) {
  return traced(demande, operation, {person}, [&] {
    check(demande, droits_, connu);
    const dossier::Regles newest;
    const Masque mask(journal_, person, demande, droits_, regles_), recent(journal_, person, demande, droits_, newest);
    const auto clear = [&](dossier::Situation shown) {
      std::erase_if(shown.faits, [&](const dossier::Fait &fact) {
        return mask.judge(dossier::Chemin::of(fact), fact.dire.evenement, &fact.dire.valeur).traitement !=
               Traitement::clair;
      });
      return shown;
    };
    VueClaire view{mask.role(), clear(mask.situation(au, connu)),   clear(recent.situation(au, connu)), {},
                   {},          mask.retenues(past(demande, connu))};
    if (const auto day = repere ? repere(view.situation) : std::nullopt)
      view.repere = clear(mask.situation(*day, connu));
    for (const std::string &path : chemins)
      view.clairs.push_back(mask.judge_under(path).traitement == Traitement::clair);
    noter(demande, view.role, std::string(operation), {mask.dossier()});
    return view;
  });
}

VueHistorique Guichet::historique(const Demande &demande, const dossier::Sujet &person, std::string_view chemin,
                                  const dossier::Connaissance &connu) {
  return traced(demande, "historique", {person}, [&] {
    check(demande, droits_, connu);
    const Masque mask(journal_, person, demande, droits_, regles_);
    auto words = dossier::historique(journal_, person, mask.asked(chemin), connu);
    if (chemin.starts_with("foyer."))
      words = while_member(journal_, person, connu, std::move(words));
    VueHistorique view{mask.role(), mask.apply(std::move(words), chemin), mask.retenues(past(demande, connu))};
    if (auto closed = mask.closed(chemin))
      view.retenues.insert(view.retenues.begin(), *std::move(closed));
    noter(demande, view.role, "historique", {mask.dossier()});
    return view;
  });
}

VueDifferences Guichet::comparer(const Demande &demande, const dossier::Sujet &person, feel::Date avant,
                                 feel::Date apres, const dossier::Connaissance &connu_avant,
                                 const dossier::Connaissance &connu_apres) {
  return traced(demande, "comparer", {person}, [&] {
    check(demande, droits_, connu_avant);
    check(demande, droits_, connu_apres);
    const Masque mask(journal_, person, demande, droits_, regles_);
    VueDifferences view{mask.role(),
                        dossier::comparer(mask.situation(avant, connu_avant), mask.situation(apres, connu_apres)),
                        mask.retenues(past(demande, connu_avant) || past(demande, connu_apres))};
    // One text declassified, the other not, or none: the same answer.
    std::erase_if(view.differences, [&](const dossier::Difference &one) {
      const auto path = dossier::Chemin::parse(one.chemin);
      return one.avant.has_value() != one.apres.has_value() && path &&
             droits_.texte_libre(path->type->nom, path->champ) && mask.closed(one.chemin);
    });
    noter(demande, view.role, "comparer", {mask.dossier()});
    return view;
  });
}

// Whom he may see is found from him, not from the name: that somebody whom he may not see bears it costs nothing and
// shows nowhere. Where no tie is needed the name leads, but to those about whom a decision was taken.
std::vector<dossier::Sujet> Guichet::candidates(const Demande &demande, const std::string &nom) {
  std::set<dossier::Sujet> found;
  const auto add = [&](const std::vector<dossier::Sujet> &list) { found.insert(list.begin(), list.end()); };
  const auto all = [&](std::string_view kind, std::string_view value) { return journal_.lookup(kind, value); };
  for (const Role &role : droits_.roles) {
    if (!shows_names(role, demande))
      continue;
    switch (role.relation) {
    case Relation::soi:
      if (const auto self = dossier::Sujet::parse(demande.acteur.id); self && !journal_.about(*self).empty())
        found.insert(*self);
      break;
    case Relation::instance:
      for (const dossier::Sujet &instance : all("siege", demande.acteur.id))
        add(all("lien", instance.to_string()));
      [[fallthrough]];
    case Relation::referent:
    case Relation::membre:
    case Relation::pressenti:
    case Relation::sortant:
      add(all("lien", demande.acteur.id));
      break;
    case Relation::animateur:
      for (const dossier::Sujet &instance : all("siege", demande.acteur.id))
        add(all("lien", instance.to_string()));
      break;
    case Relation::structure:
      if (!demande.acteur.structure.empty())
        add(all("lien", demande.acteur.structure));
      break;
    case Relation::aucune:
      add(journal_.lookup_prefix("nom", nom, std::numeric_limits<std::int32_t>::max()));
      add(all("decision", "acceptee"));
      break;
    }
  }
  return {found.begin(), found.end()};
}

std::vector<Vue> Guichet::rechercher(const Demande &demande, std::string_view nom, feel::Date au, std::size_t limit) {
  return traced(demande, "recherche", {}, [&] {
    check(demande, droits_);
    check_names(demande);
    const auto forms = dossier::name_forms(nom);
    const std::string wanted = forms.empty() ? std::string() : forms.front();
    // By the name that is shown, then by the dossier: as an index of names would.
    std::map<std::pair<std::string, dossier::Sujet>, Vue> found;
    std::set<dossier::Sujet> seen;
    for (const dossier::Sujet &subject : wanted.empty() ? std::vector<dossier::Sujet>() : candidates(demande, wanted)) {
      const Masque mask(journal_, subject, demande, droits_, regles_);
      if (!seen.insert(mask.dossier()).second)
        continue;
      Vue view{mask.role(), mask.situation(au, {{}, demande.instant}), {}};
      const auto borne = sees_name(mask) ? named(view.situation, wanted) : std::nullopt;
      if (!borne)
        continue;
      std::erase_if(view.situation.faits, [](const dossier::Fait &fact) { return fact.type != "identite"; });
      found.emplace(std::pair{*borne, mask.dossier()}, std::move(view));
    }
    std::vector<Vue> views;
    std::vector<dossier::Sujet> shown;
    std::string role;
    for (auto &[key, view] : found) {
      if (views.size() == limit)
        break;
      role = view.role;
      shown.push_back(key.second);
      views.push_back(std::move(view));
    }
    noter(demande, role, "recherche", std::move(shown));
    return views;
  });
}

std::vector<Doublon> Guichet::doublons(const Demande &demande, const dossier::Sujet &person) {
  return traced(demande, "doublons", {person}, [&] {
    check(demande, droits_);
    check_names(demande);
    const Masque mask(journal_, person, demande, droits_, regles_);
    std::vector<Doublon> list;
    std::vector<dossier::Sujet> shown{mask.dossier()};
    const dossier::Recueil gathered(journal_, person, {{}, demande.instant});
    if (sees_name(mask))
      for (dossier::Proposition &one : propositions(journal_, gathered, {{}, demande.instant}))
        if (sees_name(Masque(journal_, one.dossier, demande, droits_, regles_))) {
          shown.push_back(one.dossier);
          list.push_back({one.dossier, std::move(one.raisons)});
        }
    noter(demande, mask.role(), "doublons", std::move(shown));
    return list;
  });
}

} // namespace spie::droits
