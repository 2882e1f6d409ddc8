// From the last contact to the erasure.
#include "spie/conservation/conservation.hpp"

#include "insertion/conservation/regle.hpp"
#include "insertion/dossier/inconnu.hpp"
#include "insertion/dossier/paroles.hpp"
#include "insertion/droits/relations.hpp"

#include <algorithm>
#include <array>

namespace spie::conservation {

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

} // namespace

std::string_view text(EtatConservation etat) noexcept { return etats[static_cast<std::size_t>(etat)]; }

EcheanceDonnees echeance_donnees(dossier::Journal &journal, const dossier::Sujet &person, feel::Date au,
                                 const Pack &pack, const ReglesConservation &regles) {
  const dossier::Recueil gathered(journal, person, {});
  if (gathered.events().empty())
    dossier::refuse_unknown(person);
  const dossier::Enonces said = dossier::statements(gathered);
  EcheanceDonnees due;
  due.personne = gathered.holder();
  due.dernier_contact = last_contact(said, au, regles);
  const feel::Date from = due.dernier_contact.value_or(droits::jour_de(gathered.events().front()->enregistre));
  due.fin = regle(pack, "fin_conservation", {{"dernier_contact", from}}, au).date();
  due.preavis = regle(pack, "preavis_effacement", {{"dernier_contact", from}}, au).date();

  bool accepted = false, kept = false;
  for (const auto &[day, step] : erasure_steps(said, au)) {
    accepted = step == "acceptee" || (accepted && step != "levee");
    if (day < due.preavis)
      continue; // of an earlier deadline: there was a contact since
    kept = step == "refusee" || step == "levee" || (kept && step != "demandee");
    if (step == "demandee")
      due.prevenu_le = day;
  }
  if (accepted) {
    due.etat = EtatConservation::a_effacer;
  } else if (au < due.preavis || kept) {
    due.etat = EtatConservation::conserve;
  } else if (!due.prevenu_le) {
    due.etat = EtatConservation::a_prevenir;
  } else {
    const bool told = au >= regle(pack, "fin_preavis", {{"date_preavis", *due.prevenu_le}}, au).date();
    due.etat = told && au > due.fin ? EtatConservation::a_effacer : EtatConservation::prevenu;
  }
  return due;
}

std::vector<EcheanceDonnees> echeances_donnees(dossier::Journal &journal, feel::Date au, const Pack &pack,
                                               const ReglesConservation &regles) {
  constexpr std::size_t page = 1'000;
  std::vector<EcheanceDonnees> list;
  std::string after;
  for (;;) {
    const auto subjects = journal.subjects(dossier::Genre::personne, after, page);
    for (const dossier::Sujet &subject : subjects) {
      if (journal.about(subject).empty())
        continue; // named by others' events alone
      const EcheanceDonnees due = echeance_donnees(journal, subject, au, pack, regles);
      if (due.personne == subject && due.etat != EtatConservation::conserve) // the absorbed follow who holds them
        list.push_back(due);
    }
    if (subjects.size() < page)
      return list;
    after = subjects.back().id;
  }
}

} // namespace spie::conservation
