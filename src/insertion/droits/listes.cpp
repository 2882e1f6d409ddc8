// Lists of persons: those whom the actor may name, and no trace of any other.
#include "insertion/dossier/cles.hpp"
#include "insertion/droits/masque.hpp"
#include "insertion/droits/propositions.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace spie::droits {

namespace {

template <class Visit> void each_person(dossier::Journal &journal, Visit &&visit) {
  constexpr std::size_t page = 1'000;
  std::string after;
  for (;;) {
    const auto subjects = journal.subjects(dossier::Genre::personne, after, page);
    for (const dossier::Sujet &subject : subjects)
      if (!journal.about(subject).empty()) // named by others' events alone
        visit(subject);
    if (subjects.size() < page)
      return;
    after = subjects.back().id;
  }
}

bool is_text(const dossier::Fait &fact) { return fact.dire.valeur.is(feel::Kind::text); }

std::vector<Referent> followed_by(const std::vector<dossier::Fait> &facts, feel::Date today) {
  std::map<std::string, Referent> by_key;
  std::set<std::string> ended;
  for (const dossier::Fait &fact : facts) {
    if (fact.type != "referent" || !is_text(fact))
      continue;
    Referent &one = by_key[fact.cle];
    one.role = fact.cle;
    const std::string &value = fact.dire.valeur.text();
    if (fact.champ == "professionnel")
      one.professionnel = value;
    else if (fact.champ == "structure")
      one.structure = value;
    else if (fact.champ == "etape" && (value == "termine" || (fact.dire.effet.fin && *fact.dire.effet.fin <= today)))
      ended.insert(fact.cle);
  }
  std::vector<Referent> list;
  for (auto &[key, one] : by_key)
    if (!ended.contains(key) && !(one.professionnel.empty() && one.structure.empty()))
      list.push_back(std::move(one));
  return list;
}

bool comes_before(const Inscrit &a, const Inscrit &b) {
  const auto key = [](const Inscrit &one) {
    return std::tuple(dossier::normalized_name(one.nom), dossier::normalized_name(one.prenom), one.dossier.id);
  };
  return key(a) < key(b);
}

} // namespace

std::vector<dossier::Proposition> propositions(dossier::Journal &journal, const dossier::Recueil &gathered,
                                               const dossier::Connaissance &known) {
  std::vector<dossier::Proposition> list;
  std::vector<dossier::Sujet> group = gathered.absorbed();
  group.push_back(gathered.holder());
  for (const dossier::Sujet &member : group)
    for (const dossier::Evenement &event : journal.about(member)) {
      if (event.type != "proposition_doublon" || !gathered.visible(event))
        continue;
      for (const dossier::Sujet &other : event.sujets) {
        if (journal.about(other).empty()) // erased since
          continue;
        const dossier::Sujet held = dossier::holder(journal, other, known);
        if (held == gathered.holder())
          continue;
        auto found = std::find_if(list.begin(), list.end(),
                                  [&](const dossier::Proposition &one) { return one.dossier == held; });
        if (found == list.end())
          found = list.insert(found, {held, {}});
        for (const feel::Value &reason : event.contenu.find("raisons")->list())
          if (std::find(found->raisons.begin(), found->raisons.end(), reason.text()) == found->raisons.end())
            found->raisons.push_back(reason.text());
      }
    }
  return list;
}

// `role` is that which plays, once somebody is shown.
std::optional<Inscrit> Guichet::inscrit(const Demande &demande, const dossier::Sujet &person, std::string &role) {
  const Masque mask(journal_, person, demande, droits_, regles_);
  if (mask.pseudonyme() || mask.judge_under("identite.nom").traitement != Traitement::clair)
    return std::nullopt;
  role = mask.role();
  const feel::Date today = jour_de(demande.instant);
  const dossier::Situation shown = mask.situation(today, {{}, demande.instant});
  Inscrit one{mask.dossier(), {}, {}, {}, followed_by(shown.faits, today)};
  for (const dossier::Fait &fact : shown.faits) {
    if (fact.type != "identite" || fact.du_foyer || // a coarse birth date is a text
        mask.judge_under(fact.chemin).traitement != Traitement::clair)
      continue;
    if (fact.champ == "nom" && is_text(fact))
      one.nom = fact.dire.valeur.text();
    else if (fact.champ == "prenom" && is_text(fact))
      one.prenom = fact.dire.valeur.text();
    else if (fact.champ == "date_naissance" && fact.dire.valeur.is(feel::Kind::date))
      one.naissance = fact.dire.valeur.date();
  }
  return one;
}

Liste Guichet::lister(const Demande &demande, const std::optional<dossier::Sujet> &structure, std::size_t page) {
  return traced(demande, "liste", {}, [&] {
    check(demande, droits_);
    check_names(demande);
    if (page == 0)
      throw Error({Code::api_argument, Level::error, "pages count from 1", "page", {}});
    std::vector<Inscrit> seen;
    std::string role;
    each_person(journal_, [&](const dossier::Sujet &person) {
      if (dossier::holder(journal_, person, {{}, demande.instant}) != person)
        return; // it follows the one that absorbed it
      std::string played;
      auto one = inscrit(demande, person, played);
      const auto follows = [&](const Referent &by) { return by.structure == structure->to_string(); };
      if (!one || (structure && std::none_of(one->referents.begin(), one->referents.end(), follows)))
        return;
      role = std::move(played);
      seen.push_back(std::move(*one));
    });
    std::sort(seen.begin(), seen.end(), comes_before);
    Liste list;
    list.page = page;
    list.total = seen.size();
    list.pages = (seen.size() + par_page - 1) / par_page;
    const std::size_t first = page > list.pages ? seen.size() : (page - 1) * par_page;
    std::vector<dossier::Sujet> shown;
    for (std::size_t i = first; i < std::min(first + par_page, seen.size()); ++i) {
      shown.push_back(seen[i].dossier);
      list.dossiers.push_back(std::move(seen[i]));
    }
    noter(demande, role, "liste", std::move(shown));
    return list;
  });
}

std::vector<Inscrit> Guichet::nommer(const Demande &demande, const std::vector<dossier::Sujet> &personnes) {
  return traced(demande, "liste", personnes, [&] {
    check(demande, droits_);
    std::vector<Inscrit> list;
    std::vector<dossier::Sujet> shown;
    std::string role;
    for (const dossier::Sujet &person : personnes)
      if (auto one = inscrit(demande, person, role)) {
        shown.push_back(one->dossier);
        list.push_back(std::move(*one));
      }
    noter(demande, role, "liste", std::move(shown));
    return list;
  });
}

std::vector<Paire> Guichet::doublons(const Demande &demande) {
  return traced(demande, "doublons", {}, [&] {
    check(demande, droits_);
    check_names(demande);
    const dossier::Connaissance known{{}, demande.instant};
    std::map<dossier::Sujet, std::optional<Inscrit>> people; // a person stands in many pairs
    std::string role;
    const auto named = [&](const dossier::Sujet &person) -> const std::optional<Inscrit> & {
      const auto found = people.find(person);
      return found != people.end() ? found->second
                                   : people.emplace(person, inscrit(demande, person, role)).first->second;
    };
    std::vector<Paire> pairs;
    std::set<dossier::Sujet> shown;
    each_person(journal_, [&](const dossier::Sujet &person) {
      const auto events = journal_.about(person);
      if (std::none_of(events.begin(), events.end(),
                       [](const dossier::Evenement &one) { return one.type == "proposition_doublon"; }))
        return;
      const dossier::Recueil gathered(journal_, person, known);
      const dossier::Sujet &first = gathered.holder();
      for (dossier::Proposition &proposal : propositions(journal_, gathered, known)) {
        // Told from both sides, and by each dossier that one of them absorbed.
        const auto is_this = [&](const Paire &one) {
          return (one.garde.dossier == first && one.absorbe.dossier == proposal.dossier) ||
                 (one.garde.dossier == proposal.dossier && one.absorbe.dossier == first);
        };
        if ((shown.contains(first) && shown.contains(proposal.dossier) &&
             std::any_of(pairs.begin(), pairs.end(), is_this)) ||
            !named(first) || !named(proposal.dossier))
          continue;
        const bool older = journal_.about(first).front().seq < journal_.about(proposal.dossier).front().seq;
        pairs.push_back({*named(older ? first : proposal.dossier), *named(older ? proposal.dossier : first),
                         std::move(proposal.raisons)});
        shown.insert({first, proposal.dossier});
      }
    });
    std::sort(pairs.begin(), pairs.end(), [](const Paire &a, const Paire &b) {
      return comes_before(a.garde, b.garde) || (!comes_before(b.garde, a.garde) && comes_before(a.absorbe, b.absorbe));
    });
    noter(demande, role, "doublons", {shown.begin(), shown.end()});
    return pairs;
  });
}

Guichet::Tournee Guichet::parcourir(const Demande &demande, std::string_view operation, feel::Date au,
                                    const dossier::Connaissance &connu,
                                    const std::function<bool(const Passage &)> &visite, const dossier::Types *types) {
  return traced(demande, operation, {}, [&] {
    check(demande, droits_, connu);
    dossier::Connaissance known = connu;
    if (!known.instant || *known.instant > demande.instant)
      known.instant = demande.instant;
    Tournee tour;
    std::vector<dossier::Sujet> shown;
    std::string role;
    each_person(journal_, [&](const dossier::Sujet &person) {
      if (dossier::holder(journal_, person, {{}, demande.instant}) != person)
        return;
      const Masque mask(journal_, person, demande, droits_, regles_);
      if (mask.role().empty())
        return;
      if (mask.refuse()) {
        ++tour.ecartes;
        return;
      }
      ++tour.vus;
      if (visite({mask.role(), mask.situation(au, known, types)})) {
        role = mask.role();
        shown.push_back(mask.dossier());
      }
    });
    noter(demande, role, std::string(operation), std::move(shown));
    return tour;
  });
}

void Guichet::examiner(const Demande &demande, std::string_view operation, const std::vector<dossier::Sujet> &personnes,
                       const std::function<bool(const Masque &)> &visite) {
  traced(demande, operation, {}, [&] {
    check(demande, droits_);
    std::set<dossier::Sujet> seen;
    std::vector<dossier::Sujet> shown;
    std::string role;
    for (const dossier::Sujet &person : personnes) {
      if (journal_.about(person).empty() ||
          !seen.insert(dossier::holder(journal_, person, {{}, demande.instant})).second)
        continue;
      const Masque mask(journal_, person, demande, droits_, regles_);
      if (mask.role().empty() || mask.refuse() || !visite(mask))
        continue;
      role = mask.role();
      shown.push_back(mask.dossier());
    }
    noter(demande, role, std::string(operation), std::move(shown));
    return true;
  });
}

feel::Value to_value(const Inscrit &inscrit) {
  feel::List referents;
  for (const Referent &by : inscrit.referents)
    referents.push_back(
        feel::Context{{"role", by.role}, {"professionnel", by.professionnel}, {"structure", by.structure}});
  return feel::Context{{"dossier", inscrit.dossier.to_string()},
                       {"nom", inscrit.nom},
                       {"prenom", inscrit.prenom},
                       {"date_naissance", inscrit.naissance ? feel::Value(*inscrit.naissance) : feel::Value()},
                       {"referents", std::move(referents)}};
}

feel::Value to_value(const std::vector<Inscrit> &inscrits) {
  feel::List values;
  for (const Inscrit &one : inscrits)
    values.push_back(to_value(one));
  return values;
}

feel::Value to_value(const Liste &list) {
  const auto count = [](std::size_t number) { return feel::Value(static_cast<std::int64_t>(number)); };
  return feel::Context{{"page", count(list.page)},
                       {"pages", count(list.pages)},
                       {"total", count(list.total)},
                       {"dossiers", to_value(list.dossiers)}};
}

feel::Value to_value(const std::vector<Paire> &paires) {
  feel::List values;
  for (const Paire &pair : paires)
    values.push_back(feel::Context{{"garde", to_value(pair.garde)},
                                   {"absorbe", to_value(pair.absorbe)},
                                   {"raisons", feel::List(pair.raisons.begin(), pair.raisons.end())}});
  return values;
}

} // namespace spie::droits
