#include "spie/dossier/values.hpp"

#include "insertion/dossier/records.hpp"

#include "spie/dmn/values.hpp"
#include "spie/dossier/contenu.hpp"

#include <algorithm>

namespace spie::dossier {

namespace {

[[noreturn]] void refuse(std::string message, std::string where, std::string remedy = {}) {
  throw Error({Code::dossier_event, Level::error, std::move(message), std::move(where), std::move(remedy)});
}

// What one item of a list is refused for says which item it is.
template <class Read> auto item_of(std::size_t index, Read &&read) {
  try {
    return read();
  } catch (const Error &refusal) {
    std::vector<Diagnostic> faults = refusal.diagnostics();
    for (Diagnostic &fault : faults)
      fault.where = "/" + std::to_string(index) + fault.where;
    throw Error(std::move(faults));
  }
}

template <class Read> auto read_list(const feel::Value &list, Read &&read) {
  if (!list.is(feel::Kind::list))
    refuse("a list is expected", {});
  std::vector<decltype(read(list))> items;
  for (const feel::Value &item : list.list())
    items.push_back(item_of(items.size(), [&] { return read(item); }));
  return items;
}

Affectation read_affectation(const feel::Value &value) {
  Affectation one;
  if (!value.is(feel::Kind::context))
    refuse("an object is expected", {}, "Write {\"evenement\": \"…\", \"dossier\": \"personne:…\"}.");
  const feel::Value *event = value.context().find("evenement");
  if (event == nullptr || !event->is(feel::Kind::text))
    refuse("the id of an event is expected", "/evenement");
  one.evenement = event->text();
  const feel::Value *named = value.context().find("dossier");
  const auto subject = named != nullptr && named->is(feel::Kind::text) ? Sujet::parse(named->text()) : std::nullopt;
  if (!subject)
    refuse("this names no subject", "/dossier", "Write a genre and an id: \"personne:4kq9…\".");
  one.dossier = *subject;
  return one;
}

} // namespace

std::vector<Evenement> read_evenements(const feel::Value &list) {
  return read_list(list, [](const feel::Value &item) {
    Evenement event = read_evenement(item);
    if (event.seq != 0 || event.enregistre != Instant{})
      refuse("the store gives the seq and the instant of record", event.seq != 0 ? "/seq" : "/enregistre",
             "Leave them out.");
    return event;
  });
}

std::vector<Affectation> read_affectations(const feel::Value &list) { return read_list(list, read_affectation); }

std::string corriger(Journal &journal, std::string_view evenement, const feel::Value &correction, const Acte &act) {
  std::optional<feel::Context> content;
  std::optional<Effet> effect;
  if (!correction.is(feel::Kind::context))
    refuse("an object is expected", {}, "Write {\"contenu\": {…}, \"effet\": {…}}.");
  for (const auto &[key, value] : correction.context()) {
    if (value.is_null())
      continue;
    if (key == "effet")
      effect = read_effet(value);
    else if (key != "contenu")
      refuse("the key '" + key + "' is unknown", "/" + key);
    else if (!value.is(feel::Kind::context))
      refuse("an object is expected", "/contenu");
    else
      content = value.context();
  }
  if (effect && !content)
    if (const auto event = journal.find(evenement)) // corriger() says what is wrong when there is none
      content = event->contenu;
  return corriger(journal, evenement, content, effect, act);
}

Evenement evenement(Journal &journal, std::string_view id) {
  auto event = journal.find(id);
  if (!event)
    throw Error({Code::dossier_unknown, Level::error, "there is no event '" + std::string(id) + "'", {}, {}});
  return std::move(*event);
}

std::vector<std::string> read_jetons(const feel::Value &list) {
  return read_list(list, [](const feel::Value &item) {
    const feel::Value *token = item.is(feel::Kind::context) ? item.context().find("jeton") : nullptr;
    if (token == nullptr || !token->is(feel::Kind::text))
      refuse("an object with the key 'jeton' is expected", {}, "Give the list as it was exported.");
    return token->text();
  });
}

feel::Value recorded_value(const std::vector<Evenement> &events) {
  feel::List list;
  for (const Evenement &event : events)
    list.push_back(feel::Context{{"id", event.id}, {"seq", event.seq}});
  return list;
}

feel::Value to_value(const Evenements &events) {
  feel::List list;
  for (const Evenement &event : events)
    list.push_back(to_value(event));
  return list;
}

feel::Value to_value(const std::vector<Evenement> &events) {
  return to_value(Evenements(std::make_shared<const std::vector<Evenement>>(events)));
}

feel::Value to_value(const Tete &head) { return record::to_context(head); }

feel::Value to_value(const Verification &verification) {
  return feel::Context{
      {"intact", verification.intact},
      {"evenements", verification.evenements},
      {"effaces", verification.effaces},
      {"tete", to_value(verification.tete)},
      {"tete_trouvee", verification.tete_trouvee ? feel::Value(*verification.tete_trouvee) : feel::Value()},
      {"journal_acces", verification.acces.empty() ? feel::Value() : feel::Value(verification.acces)},
      {"constats", spie::to_value(verification.constats)}};
}

feel::Value to_value(const Reprise &mended) {
  return feel::Context{{"du", mended.du}, {"au", mended.au}, {"instant", mended.instant.to_string()}};
}

feel::Value to_value(const std::vector<Effacement> &erasures) {
  feel::List list;
  for (const Effacement &one : erasures)
    list.push_back(feel::Context{{"jeton", one.jeton}, {"evenements", one.evenements}});
  return list;
}

feel::Value event_types_value() {
  feel::List list;
  for (const TypeContenu &type : types_contenu()) {
    feel::List key;
    for (std::string_view rest = type.cle; !rest.empty();) {
      const std::size_t blank = std::min(rest.find(' '), rest.size());
      key.emplace_back(rest.substr(0, blank));
      rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
    list.push_back(feel::Context{{"nom", type.nom},
                                 {"version", type.version},
                                 {"genre", type.genre ? feel::Value(text(*type.genre)) : feel::Value()},
                                 {"cardinalite", text(type.cardinalite)},
                                 {"cle", std::move(key)},
                                 {"titre", type.titre},
                                 {"par_plan", type.par_plan},
                                 {"schema", json_schema(type)}});
  }
  return list;
}

} // namespace spie::dossier
