#include "spie/parcours/ruptures.hpp"

#include "insertion/dossier/chemin.hpp"
#include "insertion/parcours/tournee.hpp"
#include "rules/json/reader.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace spie::parcours {

namespace {

using dossier::Fait;
using dossier::Situation;
using feel::Kind;
using feel::Value;
using json::Reader;

struct Rupture {
  std::string genre;
  feel::Date le;
};
using Suite = std::pair<std::string, std::vector<std::string>>; // the break, and what came before
using Profil = std::pair<std::string, std::string>;             // public, age band
using Comptes = std::map<Profil, std::map<Suite, std::size_t>>;

bool says(const Fait *fact, std::string_view word) {
  return fact != nullptr && fact->dire.valeur.is(Kind::text) && fact->dire.valeur.text() == word;
}

} // namespace

struct ReglesRuptures::Regles {
  struct Public {
    std::string nom, fait;
  };

  std::shared_ptr<const Pack> pack;
  ReglesVigilance vigilance;
  droits::Droits droits;
  std::size_t nombre = 0;
  std::string gardee;
  std::vector<std::string> sorties, moments, evenements;
  std::vector<Public> publics;
  dossier::Types types; // that are read

  explicit Regles(std::shared_ptr<const Pack> of)
      : pack(std::move(of)), vigilance(pack), droits(droits::read_droits(*pack)) {}

  // The moments at which dossiers stand, by dossier: of two, the older one.
  std::map<dossier::Sujet, Rupture> ruptures(const Vigilance &found) const {
    std::map<dossier::Sujet, Rupture> by_person;
    for (const Alerte &one : found.alertes) {
      if (!one.depuis)
        continue;
      const auto [at, fresh] = by_person.try_emplace(one.personne, Rupture{one.moment, *one.depuis});
      if (!fresh && std::tuple(*one.depuis, one.moment) < std::tuple(at->second.le, at->second.genre))
        at->second = {one.moment, *one.depuis};
    }
    return by_person;
  }

  std::optional<Rupture> sortie(const Situation &situation) const {
    const Fait *motive = situation.find("sortie.motif");
    if (motive == nullptr || !motive->dire.valeur.is(Kind::text) ||
        std::ranges::find(sorties, motive->dire.valeur.text()) == sorties.end())
      return std::nullopt;
    return Rupture{"sortie." + motive->dire.valeur.text(), motive->dire.effet.debut};
  }

  Profil profil(const Situation &situation) const {
    const auto held =
        std::ranges::find_if(publics, [&](const Public &one) { return says(situation.find(one.fait), "oui"); });
    const Fait *birth = situation.find("identite.date_naissance");
    std::string band;
    if (birth != nullptr && birth->dire.valeur.is(Kind::date))
      band = droits.tranche(birth->dire.valeur.date(), situation.au);
    else if (birth != nullptr && birth->dire.valeur.is(Kind::text)) // shown coarsely: it is a band already
      band = birth->dire.valeur.text();
    return {held == publics.end() ? "autre" : held->nom, band.empty() ? "inconnu" : band};
  }

  // On one day, in the order of the pack, then of the steps.
  std::vector<std::string> avant(const Situation &situation, feel::Date end) const {
    std::vector<std::tuple<feel::Date, std::size_t, std::size_t, std::string>> all;
    std::set<std::string, std::less<>> seen; // of a type without steps, one event has many fields
    const auto add = [&](const std::string &type, std::string_view step, feel::Date on, std::size_t order) {
      const auto at = std::ranges::find(evenements, type) - evenements.begin();
      if (on <= end)
        all.emplace_back(on, static_cast<std::size_t>(at), order, type + (step.empty() ? "" : ".") + std::string(step));
    };
    for (const Fait &fact : situation.faits) {
      if (std::ranges::find(evenements, fact.type) == evenements.end())
        continue;
      if (dossier::find_type(fact.type)->cardinalite != dossier::Cardinalite::etapes) {
        if (seen.insert(dossier::Chemin::join(false, *dossier::find_type(fact.type), fact.cle, {})).second)
          add(fact.type, {}, fact.dire.effet.debut, 0);
        continue;
      }
      if (fact.champ != "etapes" || !fact.dire.valeur.is(Kind::list))
        continue;
      std::size_t order = 0;
      for (const Value &one : fact.dire.valeur.list()) {
        const Value *step = one.context().find("etape"), *on = one.context().find("date");
        if (step != nullptr && on != nullptr && step->is(Kind::text) && on->is(Kind::date))
          add(fact.type, step->text(), on->date(), order++);
      }
    }
    for (const dossier::Presence &one : situation.presences)
      if (std::ranges::find(evenements, one.type) != evenements.end())
        add(one.type, {}, one.depuis, 0);
    std::ranges::sort(all);
    std::vector<std::string> last;
    for (std::size_t i = all.size() - std::min(all.size(), nombre); i < all.size(); ++i)
      last.push_back(std::get<3>(all[i]));
    return last;
  }

  void ajouter(Comptes &counts, const Situation &situation, const std::map<dossier::Sujet, Rupture> &moments_of) const {
    auto broken = sortie(situation);
    if (const auto at = moments_of.find(situation.sujet); !broken && at != moments_of.end())
      broken = at->second;
    if (broken)
      ++counts[profil(situation)][{broken->genre, avant(situation, broken->le)}];
  }

  Ruptures montrer(const Comptes &counts, feel::Date au, std::vector<std::string> unseen) const {
    std::map<std::size_t, bool> asked;
    const auto kept = [&](std::size_t count) {
      const auto [at, fresh] = asked.try_emplace(count);
      if (fresh)
        at->second =
            pack->evaluate(gardee, feel::Context{{"effectif", static_cast<std::int64_t>(count)}}, au).value.is_true();
      return at->second;
    };
    Ruptures told;
    told.moments_non_vus = std::move(unseen);
    std::vector<std::size_t> totals;
    for (const auto &[profile, suites] : counts) {
      totals.push_back(0);
      for (const auto &[suite, count] : suites)
        totals.back() += count;
    }
    const std::size_t all = std::accumulate(totals.begin(), totals.end(), std::size_t{0});
    if (all != 0 && !kept(all))
      return told;
    told.effectif = all;
    const auto shown = cases_montrees(totals, kept);
    std::size_t i = 0;
    for (const auto &[profile, suites] : counts) {
      if (!shown[i]) {
        told.masques += totals[i++];
        continue;
      }
      ProfilRuptures one{profile.first, profile.second, totals[i++], {}, 0};
      std::vector<std::size_t> sizes;
      for (const auto &[suite, count] : suites)
        sizes.push_back(count);
      const auto told_of = cases_montrees(sizes, kept);
      std::size_t at = 0;
      for (const auto &[suite, count] : suites)
        if (told_of[at++])
          one.suites.push_back({suite.first, suite.second, count});
        else
          one.masques += count;
      std::ranges::stable_sort(one.suites, [](const auto &a, const auto &b) { return a.effectif > b.effectif; });
      told.profils.push_back(std::move(one));
    }
    return told;
  }
};

std::vector<bool> cases_montrees(const std::vector<std::size_t> &counts,
                                 const std::function<bool(std::size_t)> &gardee) {
  std::vector<bool> shown(counts.size(), true);
  std::size_t hidden = 0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] != 0 && !gardee(counts[i])) {
      shown[i] = false;
      hidden += counts[i];
    }
  while (hidden != 0 && !gardee(hidden)) {
    std::optional<std::size_t> least;
    for (std::size_t i = 0; i < counts.size(); ++i)
      if (shown[i] && counts[i] != 0 && (!least || counts[i] < counts[*least]))
        least = i;
    if (!least)
      break;
    shown[*least] = false;
    hidden += counts[*least];
  }
  return shown;
}

ReglesRuptures::ReglesRuptures(std::shared_ptr<const Pack> pack) {
  const Value *data = pack->data("ruptures");
  if (data == nullptr)
    throw Error({Code::pack_role,
                 Level::error,
                 "the pack '" + pack->id() + "' does not say what breaks a path",
                 "donnees/ruptures.json",
                 {}});
  auto rules = std::make_unique<Regles>(std::move(pack));
  const Reader from(*data, "donnees/ruptures.json#", {Code::pack_json});
  from.keys(
      {"titre", "statut", "source", "article", "nombre", "gardee", "sorties", "moments", "publics", "evenements"});
  rules->nombre = static_cast<std::size_t>(from.whole("nombre").value_or(3));
  rules->gardee = from.text("gardee");
  rules->sorties = from.texts("sorties");
  rules->moments = from.texts("moments");
  rules->evenements = from.texts("evenements");
  for (const std::string &name : rules->moments)
    if (std::ranges::none_of(rules->vigilance.moments(), [&](const auto &one) { return one.nom == name; }))
      from.at("moments").refuse("'" + name + "' is no moment of vigilance");
  for (const std::string &name : rules->evenements)
    if (dossier::find_type(name) == nullptr)
      from.at("evenements").refuse("there is no type of events '" + name + "'");
  rules->types = {rules->evenements.begin(), rules->evenements.end()};
  rules->types.insert({"sortie", "identite"});
  for (const Reader &one : from.items("publics")) {
    rules->publics.push_back({one.text("nom"), one.text("fait")});
    const auto path = dossier::Chemin::parse(rules->publics.back().fait);
    if (!path)
      one.at("fait").refuse("no type of events has this path");
    rules->types.emplace(path->type->nom);
  }
  if (rules->pack->find_article(from.text("article")) == nullptr)
    from.at("article").refuse("this names no article of the pack");
  regles_ = std::move(rules);
}

ReglesRuptures::ReglesRuptures(ReglesRuptures &&) noexcept = default;
ReglesRuptures::~ReglesRuptures() = default;

Ruptures ReglesRuptures::compter(dossier::Journal &journal, const dossier::Regles &sources, feel::Date au,
                                 const dossier::Connaissance &connu) const {
  const Vigilance found = regles_->vigilance.cibler(journal, sources, {au, connu, regles_->moments, {}});
  const auto moments = regles_->ruptures(found);
  Comptes counts;
  each_situation(journal, au, connu, sources, regles_->types,
                 [&](const Situation &one) { regles_->ajouter(counts, one, moments); });
  return regles_->montrer(counts, au, {});
}

Ruptures ReglesRuptures::compter(droits::Guichet &guichet, const droits::Demande &demande, feel::Date au,
                                 const dossier::Connaissance &connu) const {
  Vigilance found = regles_->vigilance.cibler(guichet, demande, {au, connu, regles_->moments, {}});
  const auto moments = regles_->ruptures(found);
  Comptes counts;
  guichet.parcourir(
      demande, "ruptures", au, connu,
      [&](const droits::Guichet::Passage &one) {
        regles_->ajouter(counts, one.situation, moments);
        return true; // of each of them something is counted, or may be
      },
      &regles_->types);
  return regles_->montrer(counts, au, std::move(found.moments_non_vus));
}

Value to_value(const Ruptures &ruptures) {
  const auto number = [](std::size_t count) { return Value(static_cast<std::int64_t>(count)); };
  feel::List profiles;
  for (const ProfilRuptures &profile : ruptures.profils) {
    feel::List suites;
    for (const SuiteRupture &one : profile.suites)
      suites.push_back(feel::Context{{"rupture", one.rupture},
                                     {"evenements", feel::List(one.evenements.begin(), one.evenements.end())},
                                     {"effectif", number(one.effectif)}});
    profiles.push_back(feel::Context{{"public", profile.public_},
                                     {"tranche", profile.tranche},
                                     {"effectif", number(profile.effectif)},
                                     {"suites", std::move(suites)},
                                     {"masques", number(profile.masques)}});
  }
  return feel::Context{
      {"profils", std::move(profiles)},
      {"effectif", ruptures.effectif ? number(*ruptures.effectif) : Value()},
      {"masques", number(ruptures.masques)},
      {"moments_non_vus", feel::List(ruptures.moments_non_vus.begin(), ruptures.moments_non_vus.end())}};
}

} // namespace spie::parcours
