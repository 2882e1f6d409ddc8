// The notice, and the erasure with what is kept of it.
#include "insertion/conservation/gel.hpp"
#include "insertion/conservation/regle.hpp"
#include "insertion/dossier/inconnu.hpp"
#include "insertion/dossier/paroles.hpp"
#include "insertion/droits/propositions.hpp"
#include "insertion/droits/relations.hpp"
#include "spie/conservation/conservation.hpp"

#include <limits>
#include <set>

namespace spie::conservation {

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
    dossier::refuse_unknown(person); // a notice alone would make a dossier of her
  std::vector events{decision(dossier::holder(journal, person), "demandee", act)};
  journal.append(events, act.at);
}

std::vector<DoublonOuvert> doublons_ouverts(dossier::Journal &journal, const std::vector<dossier::Sujet> &personnes) {
  std::set<dossier::Sujet> leaving;
  for (const dossier::Sujet &person : personnes)
    leaving.insert(dossier::holder(journal, person));
  std::vector<DoublonOuvert> list;
  for (const dossier::Sujet &person : leaving)
    for (dossier::Proposition &one : droits::propositions(journal, dossier::Recueil(journal, person, {}), {}))
      if (!leaving.contains(one.dossier))
        list.push_back({person, one.dossier, std::move(one.raisons)});
  return list;
}

Effaces effacer(dossier::Journal &journal, const std::vector<dossier::Sujet> &personnes, const Pack &pack,
                const ReglesConservation &regles, const droits::Droits &droits, const dossier::Acte &act) {
  Effaces done;
  done.personnes = personnes.size();
  if (!personnes.empty()) {
    for (const dossier::Sujet &person : personnes)
      if (journal.about(person).empty())
        dossier::refuse_unknown(person);
    done.doublons = doublons_ouverts(journal, personnes);
    const Figees counts = figer(journal, personnes, act.effet, pack, regles, droits);
    done.effacements = dossier::effacer(journal, personnes, act, [&] { geler(journal, counts, act); });
  }
  done.figees = figees(journal);
  return done;
}

std::vector<dossier::Sujet> personnes_a_effacer(dossier::Journal &journal, feel::Date au, const Pack &pack,
                                                const ReglesConservation &regles) {
  std::vector<dossier::Sujet> persons;
  for (const EcheanceDonnees &due : echeances_donnees(journal, au, pack, regles))
    if (due.etat == EtatConservation::a_effacer)
      persons.push_back(due.personne);
  return persons;
}

Effaces effacer_echus(dossier::Journal &journal, const Pack &pack, const ReglesConservation &regles,
                      const droits::Droits &droits, const dossier::Acte &act) {
  return effacer(journal, personnes_a_effacer(journal, act.effet, pack, regles), pack, regles, droits, act);
}

std::int64_t purger_acces(droits::JournalAcces &accesses, feel::Date au, const Pack &pack) {
  std::optional<dossier::Instant> first; // to be kept
  std::optional<feel::Date> last_day_read;
  accesses.each([&](const droits::Acces &entry) {
    const feel::Date day = droits::jour_de(entry.instant);
    if (first || day == last_day_read)
      return;
    last_day_read = day; // one question a day, not one an entry
    if (regle(pack, "fin_conservation_acces", {{"date_acces", day}}, au).date() >= au)
      first = entry.instant;
  });
  return accesses.purger(first.value_or(dossier::Instant{std::numeric_limits<std::int64_t>::max()}));
}

} // namespace spie::conservation
