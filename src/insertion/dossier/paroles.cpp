#include "insertion/dossier/paroles.hpp"
#include "insertion/text_of.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace spie::dossier {

namespace {

// Which of the merges among these events hold: those that no event undoes.
struct Merges {
  std::vector<std::pair<Sujet, Sujet>> active;           // who holds, who is absorbed
  std::unordered_map<std::string, std::string> assigned; // event → dossier, by an undoing or an assignment
};

void read_assignments(const Evenement &event, Merges &merges) {
  const feel::Value *list = event.contenu.find("affectations");
  if ((event.type != "defusion" && event.type != "reaffectation") || list == nullptr)
    return;
  for (const feel::Value &item : list->list())
    merges.assigned[text_of(item.context(), "evenement")] = text_of(item.context(), "dossier");
}

Merges merges_of(const std::vector<const Evenement *> &events) {
  std::set<std::string> undone;
  for (const Evenement *event : events)
    if (event->type == "defusion")
      undone.insert(text_of(event->contenu, "fusion"));
  Merges merges;
  for (const Evenement *event : events) {
    if (event->type == "fusion" && !undone.contains(event->id))
      if (const auto absorbed = Sujet::parse(text_of(event->contenu, "absorbe")))
        merges.active.emplace_back(event->sujets.front(), *absorbed);
    read_assignments(*event, merges);
  }
  return merges;
}

// What somebody wants or decides is said anew each time: a withdrawal after another one that was retracted is heard.
bool is_act(std::string_view type) {
  return type == "consentement" || type == "partage" || type == "decision_donnees" || type == "declassement";
}

} // namespace

Recueil::Recueil(Journal &journal, const Sujet &subject, const Connaissance &known)
    : journal_(journal), connaissance_(known), holder_(subject) {
  gather(subject);
}

bool Recueil::visible(const Evenement &event) const {
  if (!known(event))
    return false;
  if (event.source.import_id.empty() || event.type == "import")
    return true;
  const auto closing = journal_.closed(event.source.import_id);
  return closing && connaissance_.covers(closing->first, closing->second);
}

void Recueil::gather(const Sujet &subject) {
  std::set<Sujet> group{subject};
  std::vector<Sujet> waiting{subject};
  std::vector<const Evenement *> mechanics; // visible merges and assignments that name one of the group
  std::vector<const Evenement *> held;
  Merges merges;
  std::set<std::int64_t> seen;
  while (!waiting.empty()) {
    const Sujet next = waiting.back();
    waiting.pop_back();
    const Evenements events = journal_.about(next);
    keep(events);
    for (const Evenement &event : events) {
      const bool mechanic = event.type == "fusion" || event.type == "defusion" || event.type == "reaffectation";
      if (mechanic && visible(event) && seen.insert(event.seq).second)
        mechanics.push_back(&event);
      if (event.sujets.front() == next)
        held.push_back(&event);
    }
    merges = merges_of(mechanics);
    for (const auto &[keeper, absorbed] : merges.active)
      for (const Sujet &other : {keeper, absorbed})
        if ((group.contains(keeper) || group.contains(absorbed)) && group.insert(other).second)
          waiting.push_back(other);
  }
  // The one that no other absorbs.
  for (const Sujet &member : group)
    if (std::none_of(merges.active.begin(), merges.active.end(),
                     [&](const auto &merge) { return merge.second == member && group.contains(merge.first); }))
      holder_ = member;
  for (const Sujet &member : group)
    if (member != holder_)
      absorbed_.push_back(member);

  for (const Evenement *event : held)
    if (const auto found = merges.assigned.find(event->id); found == merges.assigned.end()) {
      events_.push_back(event);
    } else if (const auto to = Sujet::parse(found->second); to && group.contains(*to)) {
      events_.push_back(event);
    }
  for (const auto &[id, dossier] : merges.assigned) {
    const auto to = Sujet::parse(dossier);
    if (!to || !group.contains(*to))
      continue;
    auto fetched = journal_.find(id);
    if (!fetched || group.contains(fetched->sujets.front()))
      continue;
    fetched_.push_back(std::make_unique<Evenement>(std::move(*fetched)));
    events_.push_back(fetched_.back().get());
  }
  std::sort(events_.begin(), events_.end(), [](const Evenement *a, const Evenement *b) { return a->seq < b->seq; });
}

Enonces statements(const Recueil &gathered, std::string_view sans_auteur) {
  std::unordered_map<std::string_view, const Evenement *> corrections;
  std::vector<const Evenement *> visible;
  for (const Evenement *event : gathered.events())
    if (gathered.visible(*event) && (sans_auteur.empty() || event->auteur != sans_auteur)) {
      visible.push_back(event);
      if (!event->corrige.empty())
        corrections.emplace(event->corrige, event);
    }
  std::set<std::string_view> present;
  if (!corrections.empty()) // nearly no dossier has any
    for (const Evenement *event : visible)
      present.insert(event->id);

  Enonces result;
  for (const Evenement *event : visible) {
    const TypeContenu *type = find_type(event->type);
    if (type == nullptr || type->cardinalite == Cardinalite::mecanique)
      continue;
    if (!event->corrige.empty() && present.contains(event->corrige))
      continue; // it stands for what it corrects
    Enonce statement{event, event, false, {}};
    for (auto next = corrections.find(event->id); next != corrections.end();
         next = corrections.find(statement.actuel->id)) {
      statement.actuel = next->second;
      statement.corrige = true;
    }
    statement.effet = statement.actuel->effet;
    result[type->nom].push_back(statement);
  }
  // A source that says again what was corrected says nothing new: the correction binds it. Another value of that source
  // in between opens the question anew.
  for (auto &[name, list] : result) {
    if (std::ranges::none_of(list, &Enonce::corrige))
      continue; // nothing binds, nothing is retracted
    const TypeContenu &type = *find_type(name);
    std::map<std::pair<std::string, std::string>, const Enonce *> bound; // by source and key
    for (Enonce &statement : list) {
      if (is_act(name))
        break;
      const Enonce *&last = bound[{statement.source(), key_of(type, statement.origine->contenu)}];
      if (statement.corrige) {
        last = &statement;
      } else if (last != nullptr && feel::identical(last->origine->contenu, statement.origine->contenu)) {
        statement.actuel = last->actuel;
        statement.corrige = true;
      } else {
        last = nullptr;
      }
    }
    std::erase_if(list, [](const Enonce &statement) { return statement.actuel->type == "retrait"; });
  }
  return result;
}

} // namespace spie::dossier
