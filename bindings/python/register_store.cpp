// Stores and dossiers. What is found crosses as the dictionary of its JSON.
#include "bindings/python/held_pack.hpp"
#include "bindings/python/held_situation.hpp"
#include "bindings/python/held_store.hpp"
#include "bindings/python/results.hpp"

#include "spie/dossier/faits.hpp"
#include "spie/dossier/recherche.hpp"
#include "spie/dossier/situation.hpp"
#include "spie/dossier/values.hpp"
#include "spie/store/memory.hpp"
#include "spie/store/store.hpp"

#include <pybind11/stl.h>

namespace spie::python {
namespace {

using namespace dossier;
using Store = std::unique_ptr<HeldStore>;

using Fixed = std::optional<std::string>; // an instant

store::Options store_options(std::int64_t busy_ms, bool durable, const Fixed &now) {
  store::Options options;
  options.busy_ms = busy_ms;
  options.durable = durable;
  options.maintenant = to_clock(now);
  return options;
}

Store memory(const Fixed &now) {
  store::Options options;
  options.maintenant = to_clock(now);
  return std::make_unique<HeldStore>(store::open_memory(options));
}

Store create(const std::string &path, const std::string &keys, std::int64_t busy_ms, bool durable, const Fixed &now) {
  const auto options = store_options(busy_ms, durable, now);
  const py::gil_scoped_release release;
  return std::make_unique<HeldStore>(store::create(path, keys, options));
}

Store open(const std::string &path, const std::string &keys, std::int64_t busy_ms, bool durable, const Fixed &now) {
  const auto options = store_options(busy_ms, durable, now);
  const py::gil_scoped_release release;
  return std::make_unique<HeldStore>(store::open(path, keys, options));
}

// --- events ---

// With its payload typed: dates as dates.
py::object event_to_python(const Evenement &event) {
  py::dict record = to_python(dossier::to_value(event));
  record["contenu"] = to_python(feel::Value(event.contenu));
  return record;
}

template <class Events> py::list events_to_python(const Events &events) {
  py::list list;
  for (const Evenement &event : events)
    list.append(event_to_python(event));
  return list;
}

py::object append(HeldStore &self, py::handle events, const std::string &at) {
  const feel::Value given = to_value(events);
  const Instant instant = to_record(at, "at");
  const feel::Value recorded = self.use([&](Journal &journal) {
    auto batch = read_evenements(given);
    journal.append(batch, instant);
    return recorded_value(batch);
  });
  return to_python(recorded);
}

py::list events(HeldStore &self, const std::string &subject) {
  const Sujet about = to_subject(subject, "sujet");
  return events_to_python(self.use([&](Journal &journal) { return journal.about(about); }));
}

py::object event(HeldStore &self, const std::string &id) {
  return event_to_python(self.use([&](Journal &journal) { return evenement(journal, id); }));
}

// --- what is known of a person ---

py::object history(HeldStore &self, const std::string &subject, const std::string &path,
                   const std::optional<std::string> &known) {
  const Sujet about = to_subject(subject, "sujet");
  const Connaissance how_far = to_known(known, "connu");
  return to_python(
      dossier::to_value(self.use([&](Journal &journal) { return historique(journal, about, path, how_far); })));
}

py::object compare(HeldStore &self, const std::string &subject, py::handle date_before,
                   const std::optional<std::string> &known_before, py::handle date_after,
                   const std::optional<std::string> &known_after, const HeldPack *pack) {
  const Sujet about = to_subject(subject, "sujet");
  const feel::Date before = to_date(date_before, "avant"), after = to_date(date_after, "apres");
  const Connaissance then = to_known(known_before, "connu_avant"), now = to_known(known_after, "connu_apres");
  const auto differences = self.use([&](Journal &journal) {
    const Regles rules = rules_of(pack);
    return comparer(situation(journal, about, before, then, rules), situation(journal, about, after, now, rules));
  });
  return to_python(dossier::to_value(differences));
}

// (the result, the facts, {fact of the pack: [paths]})
py::tuple decide(HeldStore &self, const std::string &subject, py::handle at, const std::optional<std::string> &known,
                 const HeldPack &pack, const std::string &decision, py::handle facts) {
  const Sujet about = to_subject(subject, "sujet");
  const feel::Date date = to_date(at, "au");
  const Connaissance how_far = to_known(known, "connu");
  const feel::Value given = to_value(facts);
  const Decision made = self.use([&](Journal &journal) {
    return decider(*pack.pack, situation(journal, about, date, how_far, rules_of(&pack)), decision,
                   given.is(feel::Kind::context) ? given.context() : feel::Context());
  });
  return py::make_tuple(give_result(made.resultat), to_python(made.lus.faits),
                        to_python(dossier::to_value(made.lus.origines)));
}

std::vector<std::string> find(HeldStore &self, const std::string &key, const std::string &value, std::size_t limit) {
  std::vector<std::string> found;
  for (const Sujet &subject : self.use([&](Journal &journal) { return chercher(journal, key, value, limit); }))
    found.push_back(subject.to_string());
  return found;
}

std::vector<std::string> subjects(HeldStore &self, const std::string &genre, const std::string &after,
                                  std::size_t limit) {
  const auto wanted = genre_of(genre);
  if (!wanted)
    throw Error(
        Diagnostic{Code::api_argument, Level::error, "There is no subject of the genre '" + genre + "'.", "genre"});
  std::vector<std::string> found;
  for (const Sujet &subject : self.use([&](Journal &journal) { return journal.subjects(*wanted, after, limit); }))
    found.push_back(subject.to_string());
  return found;
}

// --- what people decide of one ---

std::string merge(HeldStore &self, const std::string &kept, const std::string &absorbed, const std::string &author,
                  const std::string &at, py::handle effect, const std::string &reason) {
  const Sujet keeper = to_subject(kept, "garde"), other = to_subject(absorbed, "absorbe");
  const Acte act = to_act(author, at, effect, reason);
  return self.use([&](Journal &journal) { return fusionner(journal, keeper, other, act); });
}

py::list merged_since(HeldStore &self, const std::string &merge_id) {
  return events_to_python(self.use([&](Journal &journal) { return evenements_depuis(journal, merge_id); }));
}

void unmerge(HeldStore &self, const std::string &merge_id, py::handle assignments, const std::string &author,
             const std::string &at, py::handle effect, const std::string &reason) {
  const feel::Value given = to_value(assignments);
  const Acte act = to_act(author, at, effect, reason);
  self.use([&](Journal &journal) { defusionner(journal, merge_id, read_affectations(given), act); });
}

std::string detach(HeldStore &self, const std::string &attachment, const std::string &author, const std::string &at,
                   py::handle effect, const std::string &reason) {
  const Acte act = to_act(author, at, effect, reason);
  return self.use([&](Journal &journal) { return detacher(journal, attachment, act).to_string(); });
}

std::string correct(HeldStore &self, const std::string &event_id, py::handle correction, const std::string &author,
                    const std::string &at, py::handle effect, const std::string &reason) {
  const feel::Value given = to_value(correction);
  const Acte act = to_act(author, at, effect, reason);
  return self.use([&](Journal &journal) { return corriger(journal, event_id, given, act); });
}

py::object erase(HeldStore &self, const std::string &person, const std::string &author, const std::string &at,
                 py::handle effect, const std::string &reason) {
  const Sujet who = to_subject(person, "personne");
  const Acte act = to_act(author, at, effect, reason);
  return to_python(dossier::to_value(self.use([&](Journal &journal) { return effacer(journal, who, act); })));
}

// --- the chain ---

py::object verify(HeldStore &self, const std::optional<std::string> &head) {
  const Verification proof = self.use(
      [&](Journal &journal) { return journal.verify(head ? std::optional<std::string_view>(*head) : std::nullopt); });
  py::dict record = to_python(dossier::to_value(proof));
  record["constats"] = to_python(proof.constats);
  return record;
}

py::object mend_clock(HeldStore &self, const std::string &author, const std::string &at, const std::string &reason) {
  const Instant instant = to_record(at, "at");
  return to_python(dossier::to_value(
      self.use([&](Journal &journal) { return journal.reprendre_horloge(reason, author, instant); })));
}

// The instant of the last event, as text.
std::optional<std::string> last_instant(HeldStore &self) {
  const auto found = self.use([](Journal &journal) { return journal.dernier_instant(); });
  return found ? std::optional(found->to_string()) : std::nullopt;
}

std::size_t replay(HeldStore &self, py::handle erasures, const std::string &author, const std::string &at) {
  const feel::Value given = to_value(erasures);
  const Instant instant = to_record(at, "at");
  return self.use([&](Journal &journal) { return journal.replay(read_jetons(given), author, instant); });
}

} // namespace

void register_store(py::module_ &module) {
  module.def("draw_keys", &store::draw_keys);
  module.def("rotate_keys", &store::rotate_keys, py::arg("keys"));
  module.def("event_types", [] { return to_python(event_types_value()); });

  const auto act = [](auto &definition, const char *name, auto function, auto... arguments) {
    definition.def(name, function, arguments..., py::arg("author"), py::arg("at"), py::arg("effect"),
                   py::arg("reason"));
  };
  py::class_<HeldStore> held(module, "Store", "A journal of dossiers.");
  held.def_static("memory", &memory, py::arg("now"))
      .def_static("create", &create, py::arg("path"), py::arg("keys"), py::arg("busy_ms"), py::arg("durable"),
                  py::arg("now"))
      .def_static("open", &open, py::arg("path"), py::arg("keys"), py::arg("busy_ms"), py::arg("durable"),
                  py::arg("now"))
      .def("close", &HeldStore::close)
      .def("append", &append, py::arg("events"), py::arg("at"))
      .def("events", &events, py::arg("subject"))
      .def("event", &event, py::arg("id"))
      .def("history", &history, py::arg("subject"), py::arg("path"), py::arg("known"))
      .def("compare", &compare, py::arg("subject"), py::arg("before"), py::arg("known_before"), py::arg("after"),
           py::arg("known_after"), py::arg("pack"))
      .def("decide", &decide, py::arg("subject"), py::arg("at"), py::arg("known"), py::arg("pack"), py::arg("decision"),
           py::arg("facts"))
      .def("find", &find, py::arg("key"), py::arg("value"), py::arg("limit"))
      .def("subjects", &subjects, py::arg("genre"), py::arg("after"), py::arg("limit"))
      .def("merged_since", &merged_since, py::arg("merge"))
      .def("verify", &verify, py::arg("head"))
      .def("mend_clock", &mend_clock, py::arg("author"), py::arg("at"), py::arg("reason"))
      .def("last_instant", &last_instant)
      .def("head",
           [](HeldStore &self) {
             return to_python(dossier::to_value(self.use([](Journal &journal) { return journal.head(); })));
           })
      .def(
          "backup",
          [](HeldStore &self, const std::string &path) { self.use([&](Journal &journal) { journal.backup(path); }); },
          py::arg("path"))
      .def("scrub", [](HeldStore &self) { self.use([](Journal &journal) { journal.scrub(); }); })
      .def("erasures",
           [](HeldStore &self) {
             return to_python(dossier::to_value(self.use([](Journal &journal) { return journal.erasures(); })));
           })
      .def("replay", &replay, py::arg("erasures"), py::arg("author"), py::arg("at"))
      .def(
          "adopt_keys",
          [](HeldStore &self, const std::string &keys) {
            self.use([&](Journal &journal) { journal.adopt_keys(keys); });
          },
          py::arg("keys"));
  act(held, "merge", &merge, py::arg("kept"), py::arg("absorbed"));
  act(held, "unmerge", &unmerge, py::arg("merge"), py::arg("assignments"));
  act(held, "detach", &detach, py::arg("attachment"));
  act(held, "correct", &correct, py::arg("event"), py::arg("correction"));
  act(held, "erase", &erase, py::arg("person"));
  register_situation(module, held);
}

} // namespace spie::python
