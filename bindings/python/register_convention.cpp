// The money of the convention: budget, ledger, statement, control, schedule. Each is a record of Python, but for the
// ledger and the payments, which a statement is made from again and again.
#include "bindings/python/held_pack.hpp"
#include "bindings/python/limits.hpp"
#include "bindings/python/records.hpp"

#include "insertion/convention/records.hpp"

#include "spie/convention/budget.hpp"
#include "spie/convention/echeancier.hpp"
#include "spie/convention/etat.hpp"
#include "spie/convention/registre.hpp"
#include "spie/convention/tables.hpp"

#include <pybind11/stl.h>

namespace spie::python {
namespace {

using namespace convention;

ReadOptions read_options(bool windows_1252, const std::string &separator, const AskedLimits &limits) {
  ReadOptions options;
  options.encodage = windows_1252 ? Encodage::windows_1252 : Encodage::devine;
  if (separator.size() > 1)
    throw Error(Diagnostic{Code::api_argument, Level::error, "A separator is one character: comma, semicolon or tab.",
                           "separator"});
  if (!separator.empty())
    options.separateur = separator.front();
  options.limits = to_load_limits(limits);
  return options;
}

// Computed while other threads of Python run.
template <class Compute> auto unlocked(const Compute &compute) {
  const py::gil_scoped_release release;
  return compute();
}

Options to_options(const py::dict &parameters) {
  Options options;
  options.parametres = to_pairs(parameters);
  return options;
}

Registre read_ledger(const py::bytes &bytes, const std::string &name, const HeldPack &pack, bool windows_1252,
                     const std::string &separator, const AskedLimits &limits) {
  const auto options = read_options(windows_1252, separator, limits);
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
                         const std::string &separator, const AskedLimits &limits) {
  const auto options = read_options(windows_1252, separator, limits);
  const std::string_view text = bytes;
  const py::gil_scoped_release release;
  return read_versements(text, name, options);
}

Versements payments_of(py::handle lines, const std::string &name) {
  const feel::Value value = to_value(lines);
  const py::gil_scoped_release release;
  return versements_from_value(value, name);
}

py::object budget(const HeldPack &pack, const py::dict &parameters) {
  return give_record(read_budget(*pack.pack, to_options(parameters)));
}

py::object statement(const HeldPack &pack, const Registre &ledger, const Versements &payments, const py::dict &facts,
                     py::handle at, const py::dict &parameters) {
  const feel::Value given = to_value(facts);
  const feel::Date date = to_date(at, "at");
  const Options options = to_options(parameters);
  return give_record(unlocked([&] { return etat_des_depenses(*pack.pack, ledger, payments, given, date, options); }));
}

// Without a year, that of the end of the convention.
py::object control(const HeldPack &pack, const Registre &ledger, const Versements &payments, std::optional<int> year,
                   const py::dict &parameters) {
  const Options options = to_options(parameters);
  return give_record(unlocked([&] {
    return year ? controle(*pack.pack, ledger, payments, *year, options)
                : controle_final(*pack.pack, ledger, payments, options);
  }));
}

py::object schedule(const HeldPack &pack, const py::dict &facts, py::handle at, const py::dict &parameters) {
  const feel::Value given = to_value(facts);
  const feel::Date date = to_date(at, "at");
  const Options options = to_options(parameters);
  return give_record(unlocked([&] { return echeancier(*pack.pack, given, date, options); }));
}

py::object parse_parameter(const HeldPack &pack, const std::string &name, const std::string &text) {
  return to_python(parse_parametre(*pack.pack, name, text).second);
}

// From what lines() and reading() gave: nothing is read, and nothing judged, anew.
Registre ledger_again(py::handle lines, py::handle reading) {
  Registre made;
  take(lines, made.depenses);
  take(reading, made.lecture);
  return made;
}

Versements payments_again(py::handle lines, py::handle reading) {
  Versements made;
  take(lines, made.versements);
  take(reading, made.lecture);
  return made;
}

template <class Record> std::string table(py::handle record) { return write_csv(take_record<Record>(record)); }

std::string statement_table(py::handle record, bool totals) {
  return write_csv(take_record<EtatDesDepenses>(record), totals ? Tableau::totaux : Tableau::lignes);
}

} // namespace

void register_convention(py::module_ &module) {
  py::class_<Registre>(module, "Ledger", "The lines of a ledger of expenses, and the account of their reading.")
      .def_static("read", &read_ledger, py::arg("content"), py::arg("name"), py::arg("pack"), py::arg("windows_1252"),
                  py::arg("separator"), py::arg("limits"))
      .def_static("of", &ledger_of, py::arg("lines"), py::arg("name"), py::arg("pack"))
      .def_static("again", &ledger_again, py::arg("lines"), py::arg("reading"))
      .def("__len__", [](const Registre &self) { return self.depenses.size(); })
      .def("to_dict", [](const Registre &self) { return to_python(to_value(self)); })
      .def("lines", [](const Registre &self) { return give_records(self.depenses); })
      .def("reading", [](const Registre &self) { return give_record(self.lecture); });

  py::class_<Versements>(module, "Payments", "Payments received, and the account of their reading.")
      .def(py::init<>())
      .def_static("read", &read_payments, py::arg("content"), py::arg("name"), py::arg("windows_1252"),
                  py::arg("separator"), py::arg("limits"))
      .def_static("of", &payments_of, py::arg("lines"), py::arg("name"))
      .def_static("again", &payments_again, py::arg("lines"), py::arg("reading"))
      .def("__len__", [](const Versements &self) { return self.versements.size(); })
      .def("to_dict", [](const Versements &self) { return to_python(to_value(self)); })
      .def("lines", [](const Versements &self) { return give_records(self.versements); })
      .def("reading", [](const Versements &self) { return give_record(self.lecture); });

  module.def("budget", &budget, py::arg("pack"), py::arg("parameters"));
  module.def("statement", &statement, py::arg("pack"), py::arg("ledger"), py::arg("payments"), py::arg("facts"),
             py::arg("at"), py::arg("parameters"));
  module.def("control", &control, py::arg("pack"), py::arg("ledger"), py::arg("payments"), py::arg("year"),
             py::arg("parameters"));
  module.def("schedule", &schedule, py::arg("pack"), py::arg("facts"), py::arg("at"), py::arg("parameters"));
  module.def("budget_csv", &table<Budget>, py::arg("budget"));
  module.def("statement_csv", &statement_table, py::arg("statement"), py::arg("totals"));
  module.def("control_csv", &table<Controle>, py::arg("control"));
  module.def("schedule_csv", &table<Echeancier>, py::arg("schedule"));
  module.def("parse_parameter", &parse_parameter, py::arg("pack"), py::arg("name"), py::arg("text"));
}

} // namespace spie::python
