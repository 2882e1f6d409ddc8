// Events written in a line, for tests. The people are invented.
#pragma once

#include "tests/catch.hpp"

#include "spie/dossier/identite.hpp"
#include "spie/dossier/journal.hpp"
#include "spie/dossier/situation.hpp"
#include "spie/json.hpp"
#include "spie/store/memory.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spie::testing {

inline feel::Date day(std::string_view text) { return feel::Date::parse(text).value(); }
inline dossier::Instant instant(std::string_view text) { return dossier::Instant::parse(text).value(); }
inline dossier::Sujet subject(std::string_view text) { return dossier::Sujet::parse(text).value(); }

struct Event {
  std::string about; // "personne:aline", or several by blanks
  std::string type;
  std::string content; // JSON
  std::string since;
  std::string source = "saisie";
  std::string id = {};
  std::string corrects = {};
  std::string until = {};
  std::string import_id = {};
};

inline dossier::Evenement made(const Event &from) {
  dossier::Evenement event;
  std::string_view rest = from.about;
  while (!rest.empty()) {
    const std::size_t blank = std::min(rest.find(' '), rest.size());
    event.sujets.push_back(subject(rest.substr(0, blank)));
    rest.remove_prefix(std::min(blank + 1, rest.size()));
  }
  event.id = from.id;
  event.type = from.type;
  event.effet.debut = day(from.since);
  if (!from.until.empty())
    event.effet.fin = day(from.until);
  event.source.nom = from.source;
  event.source.import_id = from.import_id;
  event.auteur = "test";
  event.corrige = from.corrects;
  event.contenu = read_json(from.content).context();
  return event;
}

// Appends in one batch, at noon UTC of that day.
inline std::vector<dossier::Evenement> record(dossier::Journal &journal, std::string_view on,
                                              const std::vector<Event> &events) {
  std::vector<dossier::Evenement> batch;
  for (const Event &event : events)
    batch.push_back(made(event));
  journal.append(batch, instant(std::string(on) + "T12:00:00Z"));
  return batch;
}

// "E003 at /0/corrige" of what a call is refused for; empty when it is not.
template <class Call> std::string refusal(Call &&call) {
  try {
    call();
    return {};
  } catch (const Error &error) {
    const Diagnostic &first = error.first();
    return std::string(text(first.code)) + (first.where.empty() ? "" : " at " + first.where);
  }
}

// "valeur (source, raison)" of one fact; "-" when the situation has none.
inline std::string fact(const dossier::Situation &situation, std::string_view path) {
  const dossier::Fait *found = situation.find(path);
  if (found == nullptr)
    return "-";
  return found->dire.valeur.to_string() + " (" + found->dire.source + ", " + std::string(text(found->raison)) + ")";
}

} // namespace spie::testing
