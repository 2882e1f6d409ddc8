#include "insertion/conservation/gel.hpp"

#include "insertion/text_of.hpp"
#include "rules/json/reader.hpp"

#include <algorithm>

namespace spie::conservation {

using json::Reader;

namespace {

const dossier::Sujet &holder_of_counts() {
  static const dossier::Sujet journal{dossier::Genre::journal, "journal"};
  return journal;
}

Figees read_cases(const Reader &from) {
  Figees table;
  for (const Reader &one : from.items("cases")) {
    const auto count = one.whole("effectif");
    if (!count || *count < 1)
      one.refuse("a count of one or more is expected", "/effectif");
    table.push_back(
        {one.text("mesure"), one.text("trimestre"), one.text("tranche"), one.text("epci"), one.text("public"), *count});
  }
  return table;
}

dossier::Evenement event_of(const Figees &counts, const dossier::Acte &act) {
  dossier::Evenement event;
  event.sujets = {holder_of_counts()};
  event.type = "effectifs_figes";
  event.effet.debut = act.effet;
  event.auteur = act.auteur;
  event.source.nom = "effacement";
  event.contenu = feel::Context{{"cases", to_value(counts)}};
  return event;
}

} // namespace

void geler(dossier::Journal &journal, const Figees &counts, const dossier::Acte &act) {
  constexpr std::size_t most = 1'000; // items of a list in a payload
  std::vector<dossier::Evenement> events;
  for (std::size_t at = 0; at < counts.size(); at += most) {
    const auto first = counts.begin() + static_cast<std::ptrdiff_t>(at);
    const auto last = first + static_cast<std::ptrdiff_t>(std::min(most, counts.size() - at));
    events.push_back(event_of({first, last}, act));
  }
  journal.append(events, act.at);
}

std::vector<Gel> gels(dossier::Journal &journal) {
  std::vector<Gel> list;
  for (const dossier::Evenement &event : journal.about(holder_of_counts()))
    if (event.type == "effectifs_figes") {
      const feel::Value content = event.contenu;
      list.push_back({event.id, read_cases(Reader(content, event.id + "/", {Code::rights_table}))});
    }
  return list;
}

Figees figees(dossier::Journal &journal) {
  Figees all;
  for (const Gel &one : gels(journal))
    all = ajouter(all, one.cases);
  return all;
}

std::size_t reprendre(dossier::Journal &journal, const std::vector<Gel> &gels, const dossier::Acte &act) {
  std::vector<dossier::Evenement> events;
  for (const Gel &one : gels)
    if (!journal.find(one.evenement)) {
      events.push_back(event_of(one.cases, act));
      events.back().id = one.evenement;
    }
  journal.append(events, act.at);
  return events.size();
}

feel::Value to_value(const std::vector<Gel> &gels) {
  feel::List items;
  for (const Gel &one : gels)
    items.push_back(feel::Context{{"evenement", one.evenement}, {"cases", to_value(one.cases)}});
  return items;
}

std::vector<Gel> read_gels(const feel::Value &value) {
  const feel::Value held = feel::Context{{"figees", value}};
  std::vector<Gel> list;
  for (const Reader &one : Reader(held, "", {Code::rights_table}).items("figees"))
    list.push_back({one.text("evenement"), read_cases(one)});
  return list;
}

} // namespace spie::conservation
