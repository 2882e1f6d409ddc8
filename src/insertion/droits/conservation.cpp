// From the last contact to the erasure.
#include "spie/droits/conservation.hpp"

#include "insertion/dossier/paroles.hpp"
#include "insertion/droits/gel.hpp"
#include "insertion/droits/lecteur.hpp"
#include "insertion/droits/propositions.hpp"
#include "insertion/droits/regle.hpp"
#include "insertion/droits/relations.hpp"
#include "spie/dossier/contenu.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <set>

namespace spie::droits {

namespace {

constexpr std::array<std::string_view, 4> etats{"conserve", "a_prevenir", "prevenu", "a_effacer"};

std::string step_of(const feel::Context &content) {
  const feel::Value *step = content.find("etape");
  return step != nullptr && step->is(feel::Kind::text) ? step->text() : std::string();
}

// The latest day that a date of that grain may stand for: a contact "in March" keeps the dossier from its 31st.
feel::Date last_day(const dossier::Effet &effect) {
  const std::int64_t months = effect.precision == dossier::Precision::mois    ? 1
                              : effect.precision == dossier::Precision::annee ? 12
                                                                              : 0;
  const auto next = months == 0 ? std::nullopt : effect.debut.plus_months(months);
  return next ? feel::Date{next->days - 1} : effect.debut;
}

std::optional<feel::Date> last_contact(const dossier::Enonces &said, feel::Date at, const ReglesConservation &rules) {
  std::optional<feel::Date> last;
  for (const Contact &rule : rules.contacts) {
    const auto found = said.find(rule.type);
    if (found == said.end())
      continue;
    for (const dossier::Enonce &one : found->second) {
      // Read in a file, it is a contact where its date is its own; a correction of it says one.
      const dossier::Source &from = one.origine->source;
      const bool undated = from.sans_date && one.effet.debut == one.origine->effet.debut;
      const bool counts = one.effet.debut <= at && (from.import_id.empty() || (rule.importe && !undated)) &&
                          (rule.etapes.empty() || std::find(rule.etapes.begin(), rule.etapes.end(),
                                                            step_of(one.contenu())) != rule.etapes.end());
      if (counts)
        last = std::max(last.value_or(one.effet.debut), std::min(last_day(one.effet), at));
    }
  }
  return last;
}

// What was decided, or announced, about erasing this dossier, in its order.
std::vector<std::pair<feel::Date, std::string>> erasure_steps(const dossier::Enonces &said, feel::Date at) {
  std::vector<std::pair<feel::Date, std::string>> steps;
  if (const auto found = said.find("decision_donnees"); found != said.end())
    for (const dossier::Enonce &one : found->second)
      if (one.effet.debut <= at && one.contenu().find("genre")->text() == "effacement")
        steps.emplace_back(one.effet.debut, step_of(one.contenu()));
  std::stable_sort(steps.begin(), steps.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
  return steps;
}

[[noreturn]] void refuse_unknown(const dossier::Sujet &person) {
  throw Error({Code::dossier_unknown, Level::error, "the journal has no '" + person.to_string() + "'", {}, {}});
}

} // namespace

std::string_view text(EtatConservation state) noexcept { return etats[static_cast<std::size_t>(state)]; }

EcheanceDonnees echeance_donnees(dossier::Journal &journal, const dossier::Sujet &person, feel::Date at,
                                 const Pack &pack, const ReglesConservation &rules) {
  const dossier::Recueil gathered(journal, person, {});
  if (gathered.events().empty())
    refuse_unknown(person);
  const dossier::Enonces said = dossier::statements(gathered);
  EcheanceDonnees due;
  due.personne = gathered.holder();
  due.dernier_contact = last_contact(said, at, rules);
  const feel::Date from = due.dernier_contact.value_or(jour_de(gathered.events().front()->enregistre));
  due.fin = regle(pack, "fin_conservation", {{"dernier_contact", from}}, at).date();
  due.preavis = regle(pack, "preavis_effacement", {{"dernier_contact", from}}, at).date();

  bool accepted = false, kept = false;
  for (const auto &[day, step] : erasure_steps(said, at)) {
    accepted = step == "acceptee" || (accepted && step != "levee");
    if (day < due.preavis)
      continue; // of an earlier deadline: there was a contact since
    kept = step == "refusee" || step == "levee" || (kept && step != "demandee");
    if (step == "demandee")
      due.prevenu_le = day;
  }
  if (accepted) {
    due.etat = EtatConservation::a_effacer;
  } else if (at < due.preavis || kept) {
    due.etat = EtatConservation::conserve;
  } else if (!due.prevenu_le) {
    due.etat = EtatConservation::a_prevenir;
  } else {
    const bool told = at >= regle(pack, "fin_preavis", {{"date_preavis", *due.prevenu_le}}, at).date();
    due.etat = told && at > due.fin ? EtatConservation::a_effacer : EtatConservation::prevenu;
  }
  return due;
}

std::vector<EcheanceDonnees> echeances_donnees(dossier::Journal &journal, feel::Date at, const Pack &pack,
                                               const ReglesConservation &rules) {
  constexpr std::size_t page = 1'000;
  std::vector<EcheanceDonnees> list;
  std::string after;
  for (;;) {
    const auto subjects = journal.subjects(dossier::Genre::personne, after, page);
    for (const dossier::Sujet &subject : subjects) {
      if (journal.about(subject).empty())
        continue; // named by others' events alone
      const EcheanceDonnees due = echeance_donnees(journal, subject, at, pack, rules);
      if (due.personne == subject && due.etat != EtatConservation::conserve) // the absorbed follow who holds them
        list.push_back(due);
    }
    if (subjects.size() < page)
      return list;
    after = subjects.back().id;
  }
}

namespace {

dossier::Evenement decision(const dossier::Sujet &person, std::string step, const dossier::Acte &act) {
  dossier::Evenement event;
  event.sujets = {person};
  event.type = "decision_donnees";
  event.effet.debut = act.effet;
  event.auteur = act.auteur;
  event.source.nom = "saisie";
  event.contenu = feel::Context{{"genre", "effacement"}, {"etape", std::move(step)}};
  if (!act.motif.empty())
    event.contenu.set("motif", act.motif);
  return event;
}

} // namespace

void prevenir(dossier::Journal &journal, const dossier::Sujet &person, const dossier::Acte &act) {
  if (journal.about(person).empty())
    refuse_unknown(person); // a notice alone would make a dossier of her
  std::vector events{decision(dossier::holder(journal, person), "demandee", act)};
  journal.append(events, act.at);
}

std::vector<DoublonOuvert> doublons_ouverts(dossier::Journal &journal, const std::vector<dossier::Sujet> &persons) {
  std::set<dossier::Sujet> leaving;
  for (const dossier::Sujet &person : persons)
    leaving.insert(dossier::holder(journal, person));
  std::vector<DoublonOuvert> list;
  for (const dossier::Sujet &person : leaving)
    for (dossier::Proposition &one : propositions(journal, dossier::Recueil(journal, person, {}), {}))
      if (!leaving.contains(one.dossier))
        list.push_back({person, one.dossier, std::move(one.raisons)});
  return list;
}

Effaces effacer(dossier::Journal &journal, const std::vector<dossier::Sujet> &persons, const Pack &pack,
                const ReglesConservation &rules, const Droits &rights, const dossier::Acte &act) {
  Effaces done;
  done.personnes = persons.size();
  if (!persons.empty()) {
    for (const dossier::Sujet &person : persons)
      if (journal.about(person).empty())
        refuse_unknown(person);
    done.doublons = doublons_ouverts(journal, persons);
    const Figees counts = figer(journal, persons, act.effet, pack, rules, rights);
    done.effacements = dossier::effacer(journal, persons, act, [&] { geler(journal, counts, act); });
  }
  done.figees = figees(journal);
  return done;
}

Effaces effacer_echus(dossier::Journal &journal, const Pack &pack, const ReglesConservation &rules,
                      const Droits &rights, const dossier::Acte &act) {
  std::vector<dossier::Sujet> persons;
  for (const EcheanceDonnees &due : echeances_donnees(journal, act.effet, pack, rules))
    if (due.etat == EtatConservation::a_effacer)
      persons.push_back(due.personne);
  return effacer(journal, persons, pack, rules, rights, act);
}

std::int64_t purger_acces(JournalAcces &accesses, feel::Date at, const Pack &pack) {
  std::optional<dossier::Instant> first; // to be kept
  std::optional<feel::Date> last_day_read;
  accesses.each([&](const Acces &entry) {
    const feel::Date day = jour_de(entry.instant);
    if (first || day == last_day_read)
      return;
    last_day_read = day; // one question a day, not one an entry
    if (regle(pack, "fin_conservation_acces", {{"date_acces", day}}, at).date() >= at)
      first = entry.instant;
  });
  return accesses.purger(first.value_or(dossier::Instant{std::numeric_limits<std::int64_t>::max()}));
}

ReglesConservation read_conservation(const Pack &pack) {
  const feel::Value nothing;
  const feel::Value *data = pack.data("conservation");
  const Lecteur from(data == nullptr ? nothing : *data, "donnees/conservation.json#");
  if (data == nullptr)
    from.refuse("the pack '" + pack.id() + "' does not say how long data is kept");
  const auto type_of = [](const Lecteur &one) {
    std::string type = one.text("type");
    if (dossier::find_type(type) == nullptr)
      one.refuse("there is no event of the type '" + type + "'", "/type");
    return type;
  };
  ReglesConservation rules;
  for (const Lecteur &one : from.items("contacts"))
    rules.contacts.push_back({type_of(one), one.texts("etapes"), one.boolean("importe")});
  for (const Lecteur &one : from.items("mesures"))
    rules.mesures.push_back({one.text("nom"), one.text_or_empty("titre"), type_of(one)});
  for (const Lecteur &one : from.items("publics"))
    rules.publics.push_back({one.text("nom"), one.text_or_empty("titre"), one.text("fait")});
  if (const feel::Value *places = pack.data("communes_epci"); places != nullptr)
    for (const Lecteur &one : Lecteur(*places, "donnees/communes_epci.json#").items("epci"))
      for (const std::string &commune : one.texts("communes"))
        rules.epci[commune] = one.text("nom");
  return rules;
}

} // namespace spie::droits
