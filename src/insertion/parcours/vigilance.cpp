#include "spie/parcours/vigilance.hpp"

#include "insertion/dossier/chemin.hpp"
#include "insertion/parcours/tournee.hpp"
#include "insertion/text_of.hpp"
#include "rules/json/reader.hpp"
#include "spie/dossier/contenu.hpp"
#include "spie/dossier/faits.hpp"
#include "spie/droits/genres.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace spie::parcours {

namespace {

using dossier::Situation;
using dossier::Sujet;
using feel::Value;
using json::Reader;

constexpr std::string_view file = "donnees/vigilance.json#";

std::string_view root_of(std::string_view path) { return path.substr(0, path.find_first_of(".[")); }

// Those whom dossiers name: the same few professionals and instances stand in many.
class Entourage {
public:
  Entourage(dossier::Journal &journal, const dossier::Regles &rules, const OptionsVigilance &options)
      : journal_(journal), rules_(rules), options_(options) {}

  const Situation *operator()(const Sujet &subject) {
    const auto [at, fresh] = known_.try_emplace(subject);
    if (fresh && subject.genre != dossier::Genre::personne && !journal_.about(subject).empty())
      at->second = dossier::situation(journal_, subject, options_.au, options_.connu, rules_);
    return at->second ? &*at->second : nullptr;
  }

private:
  dossier::Journal &journal_;
  const dossier::Regles &rules_;
  const OptionsVigilance &options_;
  std::map<Sujet, std::optional<Situation>> known_;
};

void gather_missing(const Value &value, std::set<std::string> &into) {
  if (value.is_null() && value.cause() != nullptr)
    into.insert(value.cause()->missing.begin(), value.cause()->missing.end());
  if (value.is(feel::Kind::context))
    for (const auto &[key, one] : value.context())
      gather_missing(one, into);
}

Value member(const Value &of, std::string_view key) {
  const Value *found = of.is(feel::Kind::context) ? of.context().find(key) : nullptr;
  return found == nullptr ? Value() : *found;
}

} // namespace

struct ReglesVigilance::Moteur {
  // One moment made ready: its decision, the inputs that it reads.
  struct Regle {
    std::shared_ptr<const PackDecision> decision;
    std::set<std::string, std::less<>> entrees;
    std::vector<std::string> chemins;
  };

  explicit Moteur(const Pack &pack) : lecteur(pack, pack.role("vigilance")) {}
  dossier::LecteurFaits lecteur;
  std::shared_ptr<const PackDecision> ensemble; // all moments by their names, at one reading; none: one by one
  std::vector<Regle> regles;                    // in the order of the moments

  // Of events, that these moments may read: the others of a dossier are left folded.
  dossier::Types types(const std::vector<std::size_t> &which) const;
  // What one dossier adds.
  void voir(const std::vector<MomentVigilance> &moments, const std::vector<std::size_t> &which,
            const OptionsVigilance &options, const Situation &situation, const dossier::Voisins &around,
            Vigilance &into) const;
};

ReglesVigilance::ReglesVigilance(std::shared_ptr<const Pack> pack) : pack_(std::move(pack)) {
  const Value *data = pack_->data("vigilance");
  if (data == nullptr)
    throw Error({Code::pack_role,
                 Level::error,
                 "the pack '" + pack_->id() + "' has no moments of vigilance",
                 "donnees/vigilance.json",
                 {}});
  const Reader from(*data, std::string(file), {Code::pack_json});
  niveaux_ = from.texts("niveaux");
  responsables_ = from.texts("responsables");
  for (const Reader &one : from.items("moments")) {
    MomentVigilance moment{one.text("nom"),    one.text("titre"),      one.text("decision"),
                           one.text("niveau"), one.text("population"), one.text("delai"),
                           one.text("source"), one.text("suite"),      one.text("article")};
    if (std::ranges::find(niveaux_, moment.niveau) == niveaux_.end())
      one.at("niveau").refuse("'" + moment.niveau + "' is no level" + suggestion(moment.niveau, niveaux_));
    if (pack_->find_article(moment.article) == nullptr)
      one.at("article").refuse("'" + moment.article + "' names no article of the pack");
    moments_.push_back(std::move(moment));
  }
  moteur_ = std::make_unique<Moteur>(*pack_);
  if (const std::string all = pack_->role("vigilance"); !all.empty())
    moteur_->ensemble = pack_->decision(all);
  for (const MomentVigilance &moment : moments_) {
    Moteur::Regle rule;
    rule.decision = pack_->decision(moment.decision);
    const dossier::LecteurFaits reader(*pack_, moment.decision);
    for (const dossier::Origine &origin : reader.origines()) {
      rule.entrees.emplace(root_of(origin.fait));
      for (const std::string &path : origin.chemins)
        if (std::ranges::find(rule.chemins, path) == rule.chemins.end())
          rule.chemins.push_back(path);
    }
    moteur_->regles.push_back(std::move(rule));
  }
}

ReglesVigilance::ReglesVigilance(ReglesVigilance &&) noexcept = default;
ReglesVigilance::~ReglesVigilance() = default;

const std::vector<std::string> &ReglesVigilance::chemins(std::string_view moment) const {
  static const std::vector<std::string> none;
  for (std::size_t i = 0; i < moments_.size(); ++i)
    if (moments_[i].nom == moment)
      return moteur_->regles[i].chemins;
  return none;
}

dossier::Types ReglesVigilance::Moteur::types(const std::vector<std::size_t> &which) const {
  dossier::Types types{"referent", "suite_vigilance"}; // who leads, what was taken up
  for (const std::size_t at : which)
    for (const std::string &path : regles[at].chemins)
      types.emplace(dossier::Chemin::parse(path)->type->nom);
  return types;
}

void ReglesVigilance::Moteur::voir(const std::vector<MomentVigilance> &moments, const std::vector<std::size_t> &which,
                                   const OptionsVigilance &options, const Situation &situation,
                                   const dossier::Voisins &around, Vigilance &into) const {
  const dossier::Mandat *leads = nullptr; // the référent before a coordinator, the last named
  for (const dossier::Mandat &one : situation.mandats)
    if (leads == nullptr || std::tuple(one.role == "referent_unique", one.depuis) >=
                                std::tuple(leads->role == "referent_unique", leads->depuis))
      leads = &one;
  if (options.structure && (leads == nullptr || leads->structure != *options.structure))
    return;
  const feel::Context facts = lecteur.faits(situation, around);
  const PackEvaluateOptions bare{false, false, {}};
  std::optional<Value> together;
  if (ensemble != nullptr && which.size() == moments.size())
    together = ensemble->evaluate(facts, options.au, bare).value;
  for (const std::size_t at : which) {
    const MomentVigilance &moment = moments[at];
    const Regle &rule = regles[at];
    const auto read = [&] {
      std::vector<feel::Context::Entry> kept;
      for (const auto &[name, value] : facts)
        if (rule.entrees.contains(name))
          kept.emplace_back(name, value);
      return kept;
    };
    const Value found = together ? member(*together, moment.nom)
                                 : rule.decision->evaluate(feel::Context::of_distinct(read()), options.au, bare).value;
    const Value told = member(found, "alerte");
    if (told.is_false())
      continue;
    if (!told.is_true()) {
      std::set<std::string> missing;
      gather_missing(found, missing);
      into.a_verifier.push_back({situation.sujet, moment.nom, {missing.begin(), missing.end()}});
      continue;
    }
    Alerte alert;
    alert.personne = situation.sujet;
    alert.moment = moment.nom;
    alert.niveau = moment.niveau;
    if (const Value since = member(found, "depuis"); since.is(feel::Kind::date))
      alert.depuis = since.date();
    auto kept = read();
    std::erase_if(kept, [](const auto &entry) { return entry.first == "date_etat"; });
    alert.faits = feel::Context::of_distinct(std::move(kept));
    alert.source = moment.source;
    alert.suite = moment.suite;
    if (leads != nullptr) {
      alert.structure = leads->structure;
      alert.referent = leads->professionnel;
    }
    // Without a day, what was taken up stays so.
    if (const dossier::Fait *taken = situation.find("suite_vigilance." + moment.nom + ".decision")) {
      const dossier::Fait *until = situation.find("suite_vigilance." + moment.nom + ".jusqu_au");
      alert.traite = until == nullptr || !until->dire.valeur.is(feel::Kind::date) ||
                     until->dire.evenement != taken->dire.evenement || until->dire.valeur.date() >= options.au;
    }
    ++into.comptes[moment.nom];
    into.alertes.push_back(std::move(alert));
  }
}

namespace {

std::vector<std::size_t> chosen(const std::vector<MomentVigilance> &moments, const OptionsVigilance &options) {
  std::vector<std::string> names;
  for (const MomentVigilance &one : moments)
    names.push_back(one.nom);
  for (const std::string &asked : options.moments)
    if (std::ranges::find(names, asked) == names.end())
      throw Error({Code::path_request,
                   Level::error,
                   "'" + asked + "' is no moment" + suggestion(asked, names),
                   "moment",
                   {},
                   asked,
                   nearest_or_all(asked, names)});
  std::vector<std::size_t> which;
  for (std::size_t i = 0; i < moments.size(); ++i)
    if (options.moments.empty() || std::ranges::find(options.moments, moments[i].nom) != options.moments.end())
      which.push_back(i);
  return which;
}

void sort(Vigilance &found, const std::vector<std::string> &levels) {
  const auto key = [&](const Alerte &one) {
    return std::tuple(one.traite, std::ranges::find(levels, one.niveau) - levels.begin(), !one.depuis.has_value(),
                      one.depuis.value_or(feel::Date()), one.personne.id, one.moment);
  };
  std::ranges::sort(found.alertes, [&](const Alerte &a, const Alerte &b) { return key(a) < key(b); });
}

} // namespace

Vigilance ReglesVigilance::cibler(dossier::Journal &journal, const dossier::Regles &regles,
                                  const OptionsVigilance &options) const {
  const auto which = chosen(moments_, options);
  Vigilance found;
  for (const std::size_t at : which)
    found.comptes[moments_[at].nom] = 0;
  const dossier::Types types = moteur_->types(which);
  Entourage around(journal, regles, options);
  const dossier::Voisins neighbours = [&](const Sujet &subject) { return around(subject); };
  each_situation(journal, options.au, options.connu, regles, types,
                 [&](const Situation &one) { moteur_->voir(moments_, which, options, one, neighbours, found); });
  sort(found, niveaux_);
  return found;
}

Vigilance ReglesVigilance::cibler(droits::Guichet &guichet, const droits::Demande &demande,
                                  const OptionsVigilance &options) const {
  const droits::Droits &droits = guichet.droits();
  const auto which = chosen(moments_, options);
  Vigilance found;
  // By role: what one shows does not depend on whose dossier it is.
  std::map<std::string, std::vector<std::size_t>> seen;
  const auto seen_by = [&](const std::string &role) -> const std::vector<std::size_t> & {
    const auto [at, fresh] = seen.try_emplace(role);
    if (fresh)
      for (const std::size_t moment : which)
        if (std::ranges::all_of(moteur_->regles[moment].chemins, [&](const std::string &path) {
              return droits::clair_toujours(droits, role, demande.finalite, path);
            }))
          at->second.push_back(moment);
    return at->second;
  };
  std::set<std::size_t> open;
  bool controller = false;
  for (const droits::Role &role : droits.roles)
    if (std::ranges::find(demande.acteur.roles, role.nom) != demande.acteur.roles.end() &&
        (!demande.role || *demande.role == role.nom) && droits.ligne(role.nom, demande.finalite) != nullptr) {
      open.insert(seen_by(role.nom).begin(), seen_by(role.nom).end());
      controller = controller || std::ranges::find(responsables_, role.nom) != responsables_.end();
    }
  for (const std::size_t at : which) {
    if (open.contains(at))
      found.comptes[moments_[at].nom] = 0;
    else
      found.moments_non_vus.push_back(moments_[at].nom);
  }
  OptionsVigilance known = options;
  if (!known.connu.instant || *known.connu.instant > demande.instant)
    known.connu.instant = demande.instant;
  Entourage around(guichet.journal(), guichet.regles(), known);
  const dossier::Voisins neighbours = [&](const Sujet &subject) { return around(subject); };
  const dossier::Types types = moteur_->types({open.begin(), open.end()});
  const auto tour = guichet.parcourir(
      demande, "vigilance", options.au, options.connu,
      [&](const droits::Guichet::Passage &one) {
        const std::size_t before = found.alertes.size() + found.a_verifier.size();
        moteur_->voir(moments_, seen_by(one.role), options, one.situation, neighbours, found);
        return found.alertes.size() + found.a_verifier.size() > before;
      },
      &types);
  if (controller)
    found.oppositions = tour.ecartes;
  sort(found, niveaux_);
  return found;
}

Value to_value(const Alerte &alert) {
  const auto named = [](const std::string &text) { return text.empty() ? Value() : Value(text); };
  return feel::Context{{"personne", alert.personne.to_string()},
                       {"moment", alert.moment},
                       {"niveau", alert.niveau},
                       {"depuis", alert.depuis ? Value(alert.depuis->to_string()) : Value()},
                       {"faits", dossier::plain_contenu(alert.faits)},
                       {"source", alert.source},
                       {"suite", alert.suite},
                       {"structure", named(alert.structure)},
                       {"referent", named(alert.referent)},
                       {"traite", alert.traite}};
}

Value to_value(const Vigilance &vigilance, bool detail) {
  feel::List alerts, unseen(vigilance.moments_non_vus.begin(), vigilance.moments_non_vus.end());
  for (const Alerte &one : vigilance.alertes)
    alerts.push_back(to_value(one));
  feel::Context counts;
  for (const auto &[moment, count] : vigilance.comptes)
    counts.set(moment, static_cast<std::int64_t>(count));
  Value to_check = static_cast<std::int64_t>(vigilance.a_verifier.size());
  if (detail) {
    feel::List list;
    for (const AVerifier &one : vigilance.a_verifier)
      list.push_back(feel::Context{{"personne", one.personne.to_string()},
                                   {"moment", one.moment},
                                   {"manquants", feel::List(one.manquants.begin(), one.manquants.end())}});
    to_check = std::move(list);
  }
  feel::Context told{{"alertes", std::move(alerts)},
                     {"a_verifier", std::move(to_check)},
                     {"comptes", std::move(counts)},
                     {"moments_non_vus", std::move(unseen)}};
  if (vigilance.oppositions)
    told.set("oppositions", static_cast<std::int64_t>(*vigilance.oppositions));
  return told;
}

Value to_value(const std::vector<MomentVigilance> &moments) {
  feel::List list;
  for (const MomentVigilance &one : moments)
    list.push_back(feel::Context{{"nom", one.nom},
                                 {"titre", one.titre},
                                 {"decision", one.decision},
                                 {"niveau", one.niveau},
                                 {"population", one.population},
                                 {"delai", one.delai},
                                 {"source", one.source},
                                 {"suite", one.suite},
                                 {"article", one.article}});
  return list;
}

} // namespace spie::parcours
