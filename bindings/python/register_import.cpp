// Files read into a store.
#include "bindings/python/held_store.hpp"
#include "bindings/python/limits.hpp"
#include "bindings/python/records.hpp"

#include "exchange/records.hpp"

#include "spie/exchange/formats.hpp"
#include "spie/exchange/saisie.hpp"

#include <pybind11/stl.h>

namespace spie::python {
namespace {

using namespace exchange;

// Called with the records received, from a thread that has let the interpreter's lock go; what it raises ends the
// import. A signal (Ctrl-C) does too.
std::function<void(std::int64_t)> progress_of(const py::object &callback) {
  return [call = py::handle(callback)](std::int64_t records) {
    const py::gil_scoped_acquire acquire;
    if (PyErr_CheckSignals() != 0)
      throw py::error_already_set();
    if (!call.is_none())
      call(records);
  };
}

// `content`: the path of a file as a text, or its bytes.
py::object import_file(HeldStore &self, const std::string &format, py::handle content, const py::dict &given,
                       const py::object &progress) {
  ImportOptions options;
  options.fichier = py::cast<std::string>(given["fichier"]);
  options.auteur = py::cast<std::string>(given["auteur"]);
  options.enregistre = to_record(py::cast<std::string>(given["at"]), "at");
  if (!given["date_fichier"].is_none())
    options.date_fichier = to_date(given["date_fichier"], "date_fichier");
  options.identite.rattacher_sur_noms = py::cast<bool>(given["sur_noms"]);
  options.lot = py::cast<std::size_t>(given["lot"]);
  options.progres = progress_of(progress);
  options.limits = to_load_limits(py::cast<AskedLimits>(given["limits"]));
  Complements more;
  if (!given["personne"].is_none())
    more.personne = to_subject(py::cast<std::string>(given["personne"]), "personne");
  more.plan = py::cast<std::string>(given["plan"]);
  more.organisme = py::cast<std::string>(given["organisme"]);
  const auto folder = py::cast<std::string>(given["nomenclatures"]);
  const bool in_memory = PyBytes_Check(content.ptr()) != 0;
  const std::string path = in_memory ? std::string() : py::cast<std::string>(content);
  const std::string_view bytes = in_memory ? std::string_view(py::cast<py::bytes>(content)) : std::string_view();
  return give_record(self.use([&](dossier::Journal &journal) {
    const auto read = in_memory ? memory_bytes(bytes) : file_bytes(path);
    return importer(journal, format, *read, options, Nomenclatures::load(folder), more);
  }));
}

} // namespace

void register_import(py::module_ &module) {
  module.def(
      "entry_check",
      [](const std::string &type, const py::dict &content, py::handle day) {
        return to_python(to_value(verifier_saisie(type, python::to_value(content), to_date(day, "day"))));
      },
      py::arg("type"), py::arg("content"), py::arg("day"));
  module.def("import_formats", [] { return to_python(formats_value()); });
  module.def("import_file", &import_file, py::arg("store"), py::arg("format"), py::arg("content"), py::arg("options"),
             py::arg("progress"));
}

} // namespace spie::python
