#include "spie/parcours/rendez_vous.hpp"

#include "insertion/parcours/records_reseau.hpp"
#include "insertion/parcours/regle_du_pack.hpp"
#include "insertion/text_of.hpp"
#include "rules/json/reader.hpp"
#include "spie/conservation/regles.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace spie::parcours {

namespace {

using dossier::Fait;
using dossier::Situation;
using feel::Value;

constexpr std::array<std::string_view, 5> proximites{"meme_commune", "meme_epci", "a_portee", "inconnu", "trop_loin"};

std::string text_at(const Situation &seen, const std::string &path) {
  const Fait *fact = seen.find(path);
  return fact != nullptr && fact->dire.valeur.is(feel::Kind::text) ? fact->dire.valeur.text() : std::string();
}

// One appointment, or relay, as the view shows it.
struct Etat {
  std::string etape;
  feel::Date depuis;
  std::map<std::string, std::string, std::less<>> champs;
  std::string text(std::string_view field) const {
    const auto found = champs.find(field);
    return found == champs.end() ? std::string() : found->second;
  }
  // Of an appointment: the day that it was planned for, else that of its step.
  std::optional<feel::Date> prevu() const { return feel::Date::parse(text("prevu_le").substr(0, 10)); }
};

std::map<std::string, Etat> things(const Situation &seen, std::string_view type) {
  std::map<std::string, Etat> list;
  for (const Fait &fact : seen.faits) {
    if (fact.type != type || fact.du_foyer)
      continue;
    Etat &one = list[fact.cle];
    if (fact.champ == "etape") {
      one.depuis = fact.dire.effet.debut;
      one.etape = fact.dire.valeur.is(feel::Kind::text) ? fact.dire.valeur.text() : std::string();
    } else if (fact.dire.valeur.is(feel::Kind::text)) {
      one.champs[fact.champ] = fact.dire.valeur.text();
    } else {
      one.champs[fact.champ] = fact.dire.valeur.to_string();
    }
  }
  return list;
}

// The communes and the ways between them, as far as they are known.
class Lieux {
public:
  Lieux(const Pack &pack, feel::Date au, std::string commune, const DemandeRendezVous &options)
      : pack_(pack), au_(au), commune_(std::move(commune)), epci_(conservation::read_conservation(pack).epci) {
    for (const Trajet &one : options.minutes) {
      minutes_[{one.de, one.vers}] = one.minutes;
      minutes_.try_emplace({one.vers, one.de}, one.minutes);
    }
  }

  std::optional<std::int64_t> minutes(const std::string &to) const {
    const auto found = minutes_.find({commune_, to});
    return commune_.empty() || to.empty() || found == minutes_.end() ? std::nullopt : std::optional(found->second);
  }
  std::string proximite(const std::string &to) const {
    const auto named = [](const std::string &code) { return code.empty() ? Value() : Value(code); };
    const auto here = epci_.find(commune_), there = epci_.find(to);
    const bool known = here != epci_.end() && there != epci_.end();
    const auto way = minutes(to);
    feel::Context facts{{"commune_personne", named(commune_)},
                        {"commune_lieu", named(to)},
                        {"epci_connue", known},
                        {"meme_epci", known ? Value(here->second == there->second) : Value()},
                        {"minutes_dites", way.has_value()},
                        {"minutes", way ? Value(*way) : Value()}};
    const Value said = regle_du_pack(pack_, "proximite_lieu", {{"lieu_lu", std::move(facts)}}, au_);
    return said.is(feel::Kind::text) ? said.text() : "inconnu";
  }

private:
  const Pack &pack_;
  feel::Date au_;
  std::string commune_;
  std::map<std::string, std::string, std::less<>> epci_;
  std::map<std::pair<std::string, std::string>, std::int64_t> minutes_;
};

std::optional<Situation> known_structure(droits::Guichet &desk, const std::string &structure, feel::Date au,
                                         const droits::Demande &demand) {
  const auto subject = dossier::Sujet::parse(structure);
  if (!subject || subject->genre != dossier::Genre::structure || desk.journal().about(*subject).empty())
    return std::nullopt;
  return dossier::situation(desk.journal(), *subject, au, {{}, demand.instant}, desk.regles());
}

const char *sentence(const std::string &code, bool sure) {
  if (code == "trop_loin")
    return sure ? "le rendez-vous est loin de chez elle" : "on ne sait pas si le rendez-vous est près de chez elle";
  if (code == "trop_tard")
    return sure ? "le rendez-vous vient après le délai du pack"
                : "on ne sait pas si le rendez-vous vient dans le délai du pack";
  return sure ? "elle n’est pas venue plusieurs fois de suite" : "on ne sait pas si elle est venue";
}

} // namespace

DemandeRendezVous read_demande_rendez_vous(const Value &value) {
  const json::Reader from(value, "", {Code::path_request});
  from.keys({"minutes", "structures"});
  DemandeRendezVous asked;
  for (const json::Reader &one : from.items("minutes")) {
    one.keys({"de", "vers", "minutes"});
    const auto minutes = one.whole("minutes");
    if (!minutes || *minutes < 0)
      one.refuse("a number of minutes is expected", "/minutes");
    asked.minutes.push_back({one.text("de"), one.text("vers"), *minutes});
  }
  for (const json::Reader &one : from.items("structures")) {
    const auto subject = dossier::Sujet::parse(one.as_text());
    if (!subject || subject->genre != dossier::Genre::structure)
      one.refuse("this names no structure");
    asked.structures.push_back(subject->to_string());
  }
  return asked;
}

RendezVousProposes rendez_vous_proposes(droits::Guichet &guichet, const Pack &pack, const droits::Demande &demande,
                                        const dossier::Sujet &personne, feel::Date au,
                                        const DemandeRendezVous &options) {
  const auto view = guichet.voir_clair(demande, personne, au, {}, "rendez_vous",
                                       {"rendez_vous.etape", "relais.etape", "entree", "adresse.code_commune"});
  const Situation &seen = view.situation;
  const bool sees_appointments = view.clairs[0], sees_relays = view.clairs[1];
  const auto appointments = things(seen, "rendez_vous");

  std::optional<feel::Date> last_held, last_missed, pending, next;
  for (const auto &[key, one] : appointments)
    if (one.etape == "tenu" && one.depuis <= au)
      last_held = std::max(last_held.value_or(one.depuis), one.depuis);
  std::int64_t missed = 0;
  for (const auto &[key, one] : appointments) {
    if (one.etape == "absent" && one.depuis <= au && (!last_held || *last_held < one.depuis)) {
      ++missed;
      last_missed = std::max(last_missed.value_or(one.depuis), one.depuis);
    }
    if (const auto day = one.prevu(); one.etape == "fixe" && day && *day >= au)
      next = next ? std::min(*next, *day) : *day;
  }
  for (const auto &[key, one] : things(seen, "relais"))
    if (one.etape == "demande" || one.etape == "accepte")
      pending = pending ? std::min(*pending, one.depuis) : one.depuis;
  std::optional<feel::Date> entered;
  for (const dossier::Presence &one : seen.presences)
    if (view.clairs[2] && one.type == "entree" && one.depuis <= au)
      entered = one.depuis;
  for (const Fait &fact : seen.faits)
    if (fact.type == "entree" && fact.dire.effet.debut <= au)
      entered = fact.dire.effet.debut;

  const auto day = [](const std::optional<feel::Date> &date) { return date ? Value(*date) : Value(); };
  const auto facts = [&](const std::optional<feel::Date> &planned) {
    return feel::Context{
        {"rendez_vous_lu", feel::Context{{"absences_de_suite", sees_appointments ? Value(missed) : Value()},
                                         {"deja_venu", sees_appointments ? Value(last_held.has_value()) : Value()},
                                         {"relais_en_cours", sees_relays ? Value(pending.has_value()) : Value()},
                                         {"entree", day(entered)},
                                         {"derniere_absence", day(last_missed)},
                                         {"relais_depuis", day(pending)},
                                         {"dernier_tenu", day(last_held)},
                                         {"prevu_le", day(planned)}}}};
  };

  RendezVousProposes made{personne.to_string(), view.role, au, {}, {}, missed, {}, {}};
  const Value delay = regle_du_pack(pack, "delai_rendez_vous", facts(next), au);
  made.motif = text_of(delay, "motif");
  if (const Value due = membre_ou_nul(delay, "au_plus_tard"); due.is(feel::Kind::date))
    made.au_plus_tard = due.date();

  const Lieux places(pack, au, text_at(seen, "adresse.code_commune"), options);
  std::vector<std::string> structures = options.structures;
  if (structures.empty()) {
    std::set<std::string> follow;
    for (const char *type : {"referent", "membre"})
      for (const auto &[key, one] : things(seen, type))
        if (one.etape != "termine" && !one.text("structure").empty())
          follow.insert(one.text("structure"));
    structures.assign(follow.begin(), follow.end());
  }
  for (const std::string &structure : structures) {
    LieuPropose place{structure, {}, {}, {}, {}};
    if (const auto known = known_structure(guichet, structure, au, demande)) {
      place.nom = text_at(*known, "structure.nom");
      place.code_commune = text_at(*known, "structure.code_commune");
    }
    place.proximite = places.proximite(place.code_commune);
    place.minutes = places.minutes(place.code_commune);
    made.lieux.push_back(std::move(place));
  }
  const auto order = [](const LieuPropose &one) {
    return std::tuple(std::ranges::find(proximites, one.proximite) - proximites.begin(), one.minutes.value_or(0),
                      one.structure);
  };
  std::ranges::sort(made.lieux, {}, order);

  const auto flag = [&](const std::string &which, const std::string &code, const Value &told) {
    if (!told.is_false())
      made.signalements.push_back({which, code, told.is_true() ? "oui" : "inconnu", sentence(code, told.is_true())});
  };
  for (const auto &[key, one] : appointments) {
    const auto planned = one.prevu();
    if (one.etape != "fixe" || (planned && *planned < au))
      continue;
    if (!planned || planned == next) { // a later one beside it is no delay
      const Value judged = regle_du_pack(pack, "signalement_rendez_vous", facts(planned), au);
      flag(key, "trop_tard", membre_ou_nul(judged, "trop_tard"));
    }
    std::string commune = one.text("code_commune");
    if (commune.empty())
      if (const auto known = known_structure(guichet, one.text("structure"), au, demande))
        commune = text_at(*known, "structure.code_commune");
    const std::string near = places.proximite(commune);
    flag(key, "trop_loin", near == "inconnu" ? Value() : Value(near == "trop_loin"));
  }
  const Value judged = regle_du_pack(pack, "signalement_rendez_vous", facts(next), au);
  flag({}, "absences_de_suite", membre_ou_nul(judged, "absences_de_suite"));
  return made;
}

Value to_value(const RendezVousProposes &proposes) { return record::to_context(proposes); }

} // namespace spie::parcours
