// The money of the convention: budget, ledger, statement, control, schedule. Each crosses as the dictionary of its
// JSON.
#include "bindings/python/held_pack.hpp"

#include "spie/convention/budget.hpp"
#include "spie/convention/echeancier.hpp"
#include "spie/convention/etat.hpp"
#include "spie/convention/registre.hpp"
#include "spie/convention/tables.hpp"

#include <pybind11/stl.h>

namespace spie::python {
namespace {

using namespace convention;

ReadOptions read_options(bool windows_1252, const std::string &separator) {
  ReadOptions options;
  options.encodage = windows_1252 ? Encodage::windows_1252 : Encodage::devine;
  if (separator.size() > 1)
    throw Error(Diagnostic{Code::api_argument, Level::error, "A separator is one character: comma, semicolon or tab.",
                           "separator"});
  if (!separator.empty())
    options.separateur = separator.front();
  return options;
}

Options to_options(const py::dict &parameters) {
  Options options;
  options.parametres = to_pairs(parameters);
  return options;
}

Registre read_ledger(const py::bytes &bytes, const std::string &name, const HeldPack &pack, bool windows_1252,
                     const std::string &separator) {
  const auto options = read_options(windows_1252, separator);
  const std::string_view text = bytes;
  const py::gil_scoped_release release;
  return read_registre(text, name, *pack.pack, options);
}

Registre ledger_of(py::handle lines, const std::string &name, const HeldPack &pack) {
  const feel::Value value = to_value(lines);
  const py::gil_scoped_release release;
  return registre_from_value(value, name, *pack.pack);
}

Versements read_payments(const py::bytes &bytes, const std::string &name, bool windows_1252,
                         const std::string &separator) {
  const auto options = read_options(windows_1252, separator);
  const std::string_view text = bytes;
  const py::gil_scoped_release release;
  return read_versements(text, name, options);
}

Versements payments_of(py::handle lines, const std::string &name) {
  const feel::Value value = to_value(lines);
  const py::gil_scoped_release release;
  return versements_from_value(value, name);
}

EtatDesDepenses statement(const HeldPack &pack, const Registre &ledger, const Versements &payments,
                          const py::dict &facts, py::handle at, const py::dict &parameters) {
  const feel::Value given = to_value(facts);
  const feel::Date date = to_date(at, "at");
  const Options options = to_options(parameters);
  const py::gil_scoped_release release;
  return etat_des_depenses(*pack.pack, ledger, payments, given, date, options);
}

// Without a year, that of the end of the convention.
Controle control(const HeldPack &pack, const Registre &ledger, const Versements &payments, std::optional<int> year,
                 const py::dict &parameters) {
  const Options options = to_options(parameters);
  const py::gil_scoped_release release;
  return year ? controle(*pack.pack, ledger, payments, *year, options)
              : controle_final(*pack.pack, ledger, payments, options);
}

Echeancier schedule(const HeldPack &pack, const py::dict &facts, py::handle at, const py::dict &parameters) {
  const feel::Value given = to_value(facts);
  const feel::Date date = to_date(at, "at");
  const Options options = to_options(parameters);
  const py::gil_scoped_release release;
  return echeancier(*pack.pack, given, date, options);
}

py::object parse_parameter(const HeldPack &pack, const std::string &name, const std::string &text) {
  return to_python(parse_parametre(*pack.pack, name, text).second);
}

// What has one table.
template <class Record> void register_table(py::module_ &module, const char *name, const char *purpose) {
  py::class_<Record>(module, name, purpose)
      .def("to_dict", [](const Record &self) { return to_python(to_value(self)); })
      .def("csv", [](const Record &self) { return write_csv(self); });
}

} // namespace

void register_convention(py::module_ &module) {
  py::class_<Registre>(module, "Ledger", "The lines of a ledger of expenses, and the account of their reading.")
      .def_static("read", &read_ledger, py::arg("content"), py::arg("name"), py::arg("pack"), py::arg("windows_1252"),
                  py::arg("separator"))
      .def_static("of", &ledger_of, py::arg("lines"), py::arg("name"), py::arg("pack"))
      .def("__len__", [](const Registre &self) { return self.depenses.size(); })
      .def("to_dict", [](const Registre &self) { return to_python(to_value(self)); })
      .def("reading", [](const Registre &self) { return to_python(to_value(self.lecture)); });

  py::class_<Versements>(module, "Payments", "Payments received, and the account of their reading.")
      .def(py::init<>())
      .def_static("read", &read_payments, py::arg("content"), py::arg("name"), py::arg("windows_1252"),
                  py::arg("separator"))
      .def_static("of", &payments_of, py::arg("lines"), py::arg("name"))
      .def("__len__", [](const Versements &self) { return self.versements.size(); })
      .def("to_dict", [](const Versements &self) { return to_python(to_value(self)); })
      .def("reading", [](const Versements &self) { return to_python(to_value(self.lecture)); });

  py::class_<EtatDesDepenses>(module, "Statement", "A statement of expenses.")
      .def("to_dict", [](const EtatDesDepenses &self) { return to_python(to_value(self)); })
      .def(
          "csv",
          [](const EtatDesDepenses &self, bool totals) {
            return write_csv(self, totals ? Tableau::totaux : Tableau::lignes);
          },
          py::arg("totals"));

  register_table<Budget>(module, "Budget", "The budget of a convention.");
  register_table<Controle>(module, "Control", "The control of a year, or of the whole.");
  register_table<Echeancier>(module, "Schedule", "Every duty at a date.");

  module.def(
      "budget",
      [](const HeldPack &pack, const py::dict &parameters) { return read_budget(*pack.pack, to_options(parameters)); },
      py::arg("pack"), py::arg("parameters"));
  module.def("statement", &statement, py::arg("pack"), py::arg("ledger"), py::arg("payments"), py::arg("facts"),
             py::arg("at"), py::arg("parameters"));
  module.def("control", &control, py::arg("pack"), py::arg("ledger"), py::arg("payments"), py::arg("year"),
             py::arg("parameters"));
  module.def("schedule", &schedule, py::arg("pack"), py::arg("facts"), py::arg("at"), py::arg("parameters"));
  module.def("parse_parameter", &parse_parameter, py::arg("pack"), py::arg("name"), py::arg("text"));
}

} // namespace spie::python
