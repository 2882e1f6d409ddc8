// Situations, one or many.
#include "bindings/python/held_situation.hpp"

#include <pybind11/stl.h>

#include <array>

namespace spie::python {
namespace {

using namespace dossier;
using Held = std::unique_ptr<HeldSituation>;

// What an event says stands side by side in a situation: what its facts share is made once.
class Saying {
public:
  void write(const Dire &said, PyObject *row) {
    if (event_ != said.evenement || seq_ != said.seq || effect_ != said.effet) {
      event_ = said.evenement;
      seq_ = said.seq;
      effect_ = said.effet;
      shared_ = {py::str(said.source),
                 py::str(said.auteur),
                 to_python(said.effet.debut),
                 optional_date(said.effet.fin),
                 py::str(std::string(text(said.effet.precision))),
                 instant(said.enregistre),
                 py::str(said.evenement),
                 py::int_(said.seq)};
    }
    Py_ssize_t at = 0;
    PyTuple_SET_ITEM(row, at++, to_python(said.valeur).release().ptr());
    for (const py::object &one : shared_)
      PyTuple_SET_ITEM(row, at++, one.inc_ref().ptr());
    PyTuple_SET_ITEM(row, at, py::bool_(said.corrige).release().ptr());
  }

  static constexpr Py_ssize_t fields = 10;

private:
  static py::object instant(Instant recorded) {
    feel::DateTime made;
    made.date = recorded.date();
    made.time.nanos = (recorded.ms - made.date.days * 86'400'000) * 1'000'000;
    made.time.zone = feel::Zone::offset(0);
    return to_python(feel::Value(made));
  }

  std::string event_;
  std::int64_t seq_ = 0;
  Effet effect_;
  std::array<py::object, 8> shared_;
};

} // namespace

Regles rules_of(const HeldPack *pack) { return pack == nullptr ? Regles() : read_regles(*pack->pack); }

py::tuple HeldSituation::head() const {
  py::tuple absorbed(found_.absorbes.size());
  for (std::size_t i = 0; i < found_.absorbes.size(); ++i)
    absorbed[i] = found_.absorbes[i].to_string();
  return py::make_tuple(found_.sujet.to_string(), absorbed,
                        found_.foyer ? py::object(py::str(found_.foyer->to_string())) : py::none(),
                        to_python(found_.au), found_.seq);
}

py::object HeldSituation::value(std::string_view path) const {
  const Fait *fact = found_.find(path);
  return fact == nullptr ? py::none() : to_python(fact->dire.valeur);
}

py::list HeldSituation::facts() const {
  Saying saying;
  py::list rows(found_.faits.size());
  for (std::size_t i = 0; i < found_.faits.size(); ++i) {
    const Fait &fact = found_.faits[i];
    py::tuple row(static_cast<std::size_t>(Saying::fields) + 3);
    saying.write(fact.dire, row.ptr());
    py::tuple others(fact.autres.size());
    for (std::size_t other = 0; other < fact.autres.size(); ++other) {
      py::tuple said(static_cast<std::size_t>(Saying::fields));
      saying.write(fact.autres[other], said.ptr());
      PyTuple_SET_ITEM(others.ptr(), static_cast<Py_ssize_t>(other), said.release().ptr());
    }
    PyTuple_SET_ITEM(row.ptr(), Saying::fields, py::str(fact.chemin).release().ptr());
    PyTuple_SET_ITEM(row.ptr(), Saying::fields + 1, py::str(std::string(text(fact.raison))).release().ptr());
    PyTuple_SET_ITEM(row.ptr(), Saying::fields + 2, others.release().ptr());
    PyList_SET_ITEM(rows.ptr(), static_cast<Py_ssize_t>(i), row.release().ptr());
  }
  return rows;
}

py::dict HeldSituation::values() const {
  py::dict result;
  for (const Fait &fact : found_.faits) {
    py::dict into = result;
    const auto parts = fact.parties();
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      const py::str key(parts[i]);
      PyObject *held = PyDict_GetItemWithError(into.ptr(), key.ptr());
      if (held == nullptr || PyDict_Check(held) == 0) {
        py::dict inner;
        into[key] = inner;
        into = std::move(inner);
      } else {
        into = py::reinterpret_borrow<py::dict>(held);
      }
    }
    into[py::str(parts.back())] = to_python(fact.dire.valeur);
  }
  return result;
}

py::object HeldSituation::record() const { return to_python(dossier::to_value(found_)); }

namespace {

Held situation_at(HeldStore &self, const std::string &subject, py::handle at, const std::optional<std::string> &known,
                  const HeldPack *pack) {
  const Sujet about = to_subject(subject, "sujet");
  const feel::Date date = to_date(at, "au");
  const Connaissance how_far = to_known(known, "connu");
  return self.use([&](Journal &journal) {
    return std::make_unique<HeldSituation>(situation(journal, about, date, how_far, rules_of(pack)));
  });
}

// Those of the subjects in their order, up to the first that has none: asked for first, that one is refused.
std::vector<Held> situations_at(HeldStore &self, const std::vector<std::string> &subjects, py::handle at,
                                const std::optional<std::string> &known, const HeldPack *pack) {
  std::vector<Sujet> about;
  about.reserve(subjects.size());
  for (const std::string &subject : subjects)
    about.push_back(to_subject(subject, "sujets"));
  const feel::Date date = to_date(at, "au");
  const Connaissance how_far = to_known(known, "connu");
  return self.use([&](Journal &journal) {
    const Regles rules = rules_of(pack);
    std::vector<Held> found;
    found.reserve(about.size());
    for (const Sujet &one : about) {
      try {
        found.push_back(std::make_unique<HeldSituation>(situation(journal, one, date, how_far, rules)));
      } catch (const Error &) {
        if (found.empty())
          throw;
        break;
      }
    }
    return found;
  });
}

} // namespace

void register_situation(py::module_ &module, py::class_<HeldStore> &store) {
  py::class_<HeldSituation>(module, "Situation", "A situation, of which what is asked for alone becomes Python.")
      .def("head", &HeldSituation::head)
      .def("__len__", &HeldSituation::size)
      .def("__contains__", &HeldSituation::contains, py::arg("path"))
      .def("value", &HeldSituation::value, py::arg("path"))
      .def("facts", &HeldSituation::facts)
      .def("values", &HeldSituation::values)
      .def("record", &HeldSituation::record);
  store.def("situation", &situation_at, py::arg("subject"), py::arg("at"), py::arg("known"), py::arg("pack"))
      .def("situations", &situations_at, py::arg("subjects"), py::arg("at"), py::arg("known"), py::arg("pack"));
}

} // namespace spie::python
