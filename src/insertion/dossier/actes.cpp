// What people decide about dossiers: to merge two, to part them again, to detach a record, to correct, to erase.
#include "insertion/dossier/connu.hpp"
#include "insertion/dossier/inconnu.hpp"
#include "insertion/text_of.hpp"
#include "spie/dossier/identite.hpp"
#include "spie/dossier/situation.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace spie::dossier {

namespace {

[[noreturn]] void refuse(Code code, std::string message, std::string remedy = {}) {
  throw Error({code, Level::error, std::move(message), {}, std::move(remedy)});
}

Evenement act_event(const Acte &act, std::vector<Sujet> subjects, std::string type, feel::Context content) {
  Evenement event;
  event.sujets = std::move(subjects);
  event.type = std::move(type);
  event.effet.debut = act.effet;
  event.auteur = act.auteur;
  event.source.nom = "saisie";
  event.contenu = std::move(content);
  return event;
}

void add_motive(feel::Context &content, const Acte &act) {
  if (!act.motif.empty())
    content.set("motif", act.motif);
}

void must_exist(Journal &journal, const Sujet &subject) {
  const Evenements events = journal.about(subject);
  if (std::none_of(events.begin(), events.end(),
                   [&](const Evenement &event) { return event.sujets.front() == subject; }))
    refuse_unknown(subject);
}

Evenement event_of(Journal &journal, std::string_view id, std::string_view type) {
  auto event = journal.find(id);
  if (!event || (!type.empty() && event->type != type))
    refuse(Code::dossier_unknown, "there is no event '" + std::string(id) + "'" +
                                      (type.empty() ? "" : " of the type '" + std::string(type) + "'"));
  return std::move(*event);
}

Sujet absorbed_by(const Evenement &merge) { return *Sujet::parse(text_of(merge.contenu, "absorbe")); }

bool is_undone(Journal &journal, const Evenement &merge) {
  const Evenements events = journal.about(merge.sujets.front());
  return std::any_of(events.begin(), events.end(), [&](const Evenement &event) {
    return event.type == "defusion" && text_of(event.contenu, "fusion") == merge.id;
  });
}

// The number that an import took from somebody, recorded anew; nothing when she has it again already.
std::optional<Evenement> given_back_by(Journal &journal, const Evenement &taken, const Acte &act) {
  const auto lost = journal.find(taken.corrige);
  if (!lost || lost->type != "identifiant")
    return std::nullopt;
  if (DossierConnu(journal, lost->sujets.front(), {}).nir({text_of(lost->contenu, "valeur")}) == EtatNir::tenu)
    return std::nullopt;
  Evenement anew = act_event(act, {lost->sujets.front()}, "identifiant", lost->contenu);
  anew.effet = lost->effet; // in her name who decides it: said again by the source, the retraction would bind it
  return anew;
}

feel::List assignments_value(const std::vector<Affectation> &assignments) {
  feel::List list;
  for (const Affectation &one : assignments)
    list.push_back(feel::Context{{"evenement", one.evenement}, {"dossier", one.dossier.to_string()}});
  return list;
}

} // namespace

std::string fusionner(Journal &journal, const Sujet &garde, const Sujet &absorbed, const Acte &act) {
  if (garde.genre != Genre::personne || absorbed.genre != Genre::personne)
    refuse(Code::dossier_merge, "only dossiers of persons are merged");
  must_exist(journal, garde);
  must_exist(journal, absorbed);
  const Sujet first = holder(journal, garde), second = holder(journal, absorbed);
  if (first == second)
    refuse(Code::dossier_merge, "these two are one dossier already, '" + first.to_string() + "'");
  feel::Context content{{"absorbe", second.to_string()}};
  add_motive(content, act);
  std::vector events{act_event(act, {first, second}, "fusion", std::move(content))};
  journal.append(events, act.at);
  return events.front().id;
}

std::vector<Evenement> evenements_depuis(Journal &journal, std::string_view fusion) {
  const Evenement merge = event_of(journal, fusion, "fusion");
  const Recueil gathered(journal, merge.sujets.front(), {});
  std::vector<Evenement> events;
  for (const Evenement *event : gathered.events())
    if (event->seq > merge.seq && event->type != "fusion" && event->type != "defusion" &&
        event->type != "reaffectation")
      events.push_back(*event);
  return events;
}

void defusionner(Journal &journal, std::string_view fusion, const std::vector<Affectation> &affectations,
                 const Acte &act) {
  const Evenement merge = event_of(journal, fusion, "fusion");
  if (is_undone(journal, merge))
    refuse(Code::dossier_merge, "this merge was undone already");
  const Sujet keeper = merge.sujets.front(), absorbed = absorbed_by(merge);
  std::set<std::string> waiting;
  for (const Evenement &event : evenements_depuis(journal, fusion))
    waiting.insert(event.id);
  for (const Affectation &one : affectations) {
    if (one.dossier != keeper && one.dossier != absorbed)
      refuse(Code::dossier_merge, "'" + one.dossier.to_string() + "' is neither of the two dossiers");
    if (waiting.erase(one.evenement) == 0)
      refuse(Code::dossier_merge, "'" + one.evenement + "' is not an event recorded since the merge");
  }
  if (!waiting.empty())
    refuse(Code::dossier_merge,
           std::to_string(waiting.size()) + " events recorded since the merge are not assigned, '" + *waiting.begin() +
               "' among them",
           "Assign each of them to one of the two dossiers.");
  feel::Context content{{"fusion", merge.id}};
  if (!affectations.empty())
    content.set("affectations", assignments_value(affectations));
  add_motive(content, act);
  std::vector events{act_event(act, {keeper, absorbed}, "defusion", std::move(content))};
  journal.append(events, act.at);
}

Sujet detacher(Journal &journal, std::string_view rattachement, const Acte &act) {
  const Evenement attachment = event_of(journal, rattachement, "rattachement");
  const Sujet from = attachment.sujets.front();
  const Sujet target{Genre::personne, journal.draw_id()};
  const std::string key = text_of(attachment.contenu, "cle");

  std::vector<Affectation> assignments;
  const Recueil gathered(journal, from, {});
  for (const Evenement *event : gathered.events())
    if (event->id != attachment.id && event->type != "retrait" && event->source.nom == attachment.source.nom &&
        event->source.cle == attachment.source.cle)
      assignments.push_back({event->id, target});

  feel::Context retraction;
  add_motive(retraction, act);
  Evenement retract = act_event(act, {from}, "retrait", std::move(retraction));
  retract.corrige = attachment.id;
  // The next file finds the record at its new place.
  Evenement anew = act_event(act, {target}, "rattachement", {{"cle", key}, {"regle", "nouveau"}});
  anew.source.nom = attachment.source.nom;
  anew.source.cle = attachment.source.cle;
  std::vector events{std::move(retract), std::move(anew)};
  if (!assignments.empty()) {
    feel::Context content{{"affectations", assignments_value(assignments)}};
    add_motive(content, act);
    events.push_back(act_event(act, {from, target}, "reaffectation", std::move(content)));
  }
  for (const Evenement &taken : journal.about(from))
    if (taken.type == "retrait" && !taken.source.import_id.empty() && taken.source.nom == attachment.source.nom &&
        taken.source.cle == attachment.source.cle && journal.closed(taken.source.import_id))
      if (auto given_back = given_back_by(journal, taken, act))
        events.push_back(std::move(*given_back));
  journal.append(events, act.at);
  return target;
}

std::string corriger(Journal &journal, std::string_view evenement, const std::optional<feel::Context> &contenu,
                     const std::optional<Effet> &effet, const Acte &act) {
  const Evenement target = event_of(journal, evenement, {});
  if (target.type == "rattachement")
    refuse(Code::dossier_event, "an attachment is not corrected", "Detach it.");
  feel::Context given = contenu.value_or(feel::Context());
  if (!contenu)
    add_motive(given, act);
  Evenement event = act_event(act, target.sujets, contenu ? target.type : "retrait", std::move(given));
  event.corrige = target.id;
  event.effet = effet.value_or(target.effet);
  std::vector events{std::move(event)};
  journal.append(events, act.at);
  return events.front().id;
}

std::vector<Effacement> effacer(Journal &journal, const std::vector<Sujet> &personnes, const Acte &act,
                                const std::function<void()> &before) {
  std::set<Sujet> group, households;
  for (const Sujet &person : personnes) {
    must_exist(journal, person);
    const Recueil gathered(journal, person, {});
    group.insert(gathered.holder());
    group.insert(gathered.absorbed().begin(), gathered.absorbed().end());
    for (const Evenement *event : gathered.events())
      if (event->type == "appartenance")
        if (const auto household = Sujet::parse(text_of(event->contenu, "foyer")))
          households.insert(*household);
  }
  std::vector<Sujet> erased(group.begin(), group.end());
  for (const Sujet &household : households) {
    const Evenements events = journal.about(household);
    const bool others = std::any_of(events.begin(), events.end(), [&](const Evenement &event) {
      return event.sujets.front().genre == Genre::personne && !group.contains(event.sujets.front());
    });
    if (!others && !events.empty())
      erased.push_back(household);
  }
  return journal.erase(erased, act.motif, act.auteur, act.at, before);
}

} // namespace spie::dossier
