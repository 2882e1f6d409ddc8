// How long dossiers are kept, and what is left of those that were erased.
#include "bindings/python/held_pack.hpp"
#include "bindings/python/held_store.hpp"
#include "bindings/python/records.hpp"

#include "insertion/passeport/records.hpp"
#include "spie/conservation/conservation.hpp"
#include "spie/dossier/values.hpp"
#include "spie/passeport/survivances.hpp"

#include <pybind11/stl.h>

namespace spie::python {
namespace {

using namespace conservation;
using dossier::Journal;

// The rules of a pack over a store. Python keeps the store alive.
struct HeldConservation {
  HeldConservation(HeldStore &held, const HeldPack &of)
      : store(held), pack(of.pack), rules(read_conservation(*pack)), rights(droits::read_droits(*pack)) {}

  HeldStore &store;
  std::shared_ptr<const Pack> pack;
  ReglesConservation rules;
  droits::Droits rights;
};

py::object due(HeldConservation &self, const std::string &person, py::handle at) {
  const dossier::Sujet who = to_subject(person, "personne");
  const feel::Date date = to_date(at, "au");
  return python::to_python(conservation::to_value(
      self.store.use([&](Journal &journal) { return echeance_donnees(journal, who, date, *self.pack, self.rules); })));
}

py::object all_due(HeldConservation &self, py::handle at) {
  const feel::Date date = to_date(at, "au");
  return python::to_python(conservation::to_value(
      self.store.use([&](Journal &journal) { return echeances_donnees(journal, date, *self.pack, self.rules); })));
}

void warn(HeldConservation &self, const std::string &person, const std::string &author, const std::string &at,
          py::handle effect, const std::string &reason) {
  const dossier::Sujet who = to_subject(person, "personne");
  const dossier::Acte act = to_act(author, at, effect, reason);
  self.store.use([&](Journal &journal) { prevenir(journal, who, act); });
}

std::vector<dossier::Sujet> to_subjects(const std::vector<std::string> &persons) {
  std::vector<dossier::Sujet> who;
  for (const std::string &person : persons)
    who.push_back(to_subject(person, "personnes"));
  return who;
}

py::object doubles(HeldConservation &self, const std::vector<std::string> &persons) {
  const auto who = to_subjects(persons);
  return python::to_python(
      conservation::to_value(self.store.use([&](Journal &journal) { return doublons_ouverts(journal, who); })));
}

// With what outlives the passports as records.
py::object erased(const passeport::Effaces &done) {
  py::dict made = python::to_python(conservation::to_value(done.effaces));
  made["passeports"] = give(done.passeports, 0);
  return std::move(made);
}

py::object erase_due(HeldConservation &self, const std::string &author, const std::string &at, py::handle effect,
                     const std::string &reason) {
  const dossier::Acte act = to_act(author, at, effect, reason);
  return erased(self.store.use(
      [&](Journal &journal) { return passeport::effacer_echus(journal, *self.pack, self.rules, self.rights, act); }));
}

py::object erase(HeldConservation &self, const std::vector<std::string> &persons, const std::string &author,
                 const std::string &at, py::handle effect, const std::string &reason) {
  const dossier::Acte act = to_act(author, at, effect, reason);
  const auto who = to_subjects(persons);
  return erased(self.store.use(
      [&](Journal &journal) { return passeport::effacer(journal, who, *self.pack, self.rules, self.rights, act); }));
}

py::object outlives(HeldStore &store, const std::string &person) {
  const dossier::Sujet who = to_subject(person, "personne");
  return give_record(store.use([&](Journal &journal) { return passeport::survivances(journal, who); }));
}

py::object share_entries(HeldStore &store, const std::string &person, const std::string &share) {
  const dossier::Sujet who = to_subject(person, "personne");
  return give(store.use([&](Journal &journal) { return passeport::statuts_du_partage(journal, who, share); }), 0);
}

py::object frozen(HeldStore &store) {
  return python::to_python(conservation::to_value(store.use([](Journal &journal) { return figees(journal); })));
}

py::object frozen_one_by_one(HeldStore &store) {
  return python::to_python(conservation::to_value(store.use([](Journal &journal) { return gels(journal); })));
}

std::size_t restore_frozen(HeldStore &store, py::handle given, const std::string &author, const std::string &at,
                           py::handle effect, const std::string &reason) {
  const std::vector<Gel> list = read_gels(to_value(given));
  const dossier::Acte act = to_act(author, at, effect, reason);
  return store.use([&](Journal &journal) { return reprendre(journal, list, act); });
}

} // namespace

void register_conservation(py::module_ &module) {
  py::class_<HeldConservation>(module, "Conservation", "How long the dossiers of a store are kept.")
      .def(py::init<HeldStore &, const HeldPack &>(), py::arg("store"), py::arg("pack"), py::keep_alive<1, 2>())
      .def("due", &due, py::arg("person"), py::arg("at"))
      .def("all_due", &all_due, py::arg("at"))
      .def("warn", &warn, py::arg("person"), py::arg("author"), py::arg("at"), py::arg("effect"), py::arg("reason"))
      .def("doubles", &doubles, py::arg("persons"))
      .def("erase", &erase, py::arg("persons"), py::arg("author"), py::arg("at"), py::arg("effect"), py::arg("reason"))
      .def("erase_due", &erase_due, py::arg("author"), py::arg("at"), py::arg("effect"), py::arg("reason"));
  module.def("passport_outlives", &outlives, py::arg("store"), py::arg("person"));
  module.def("passport_share_entries", &share_entries, py::arg("store"), py::arg("person"), py::arg("share"));
  module.def("frozen", &frozen, py::arg("store"));
  module.def("frozen_one_by_one", &frozen_one_by_one, py::arg("store"));
  module.def("restore_frozen", &restore_frozen, py::arg("store"), py::arg("frozen"), py::arg("author"), py::arg("at"),
             py::arg("effect"), py::arg("reason"));
}

} // namespace spie::python
