// A release of the ROME: read, searched, held against the codes of a passport.
#include "bindings/python/held_rome.hpp"
#include "bindings/python/limits.hpp"
#include "bindings/python/records.hpp"

#include "insertion/passeport/records_rome.hpp"

#include "spie/passeport/rome.hpp"

#include <pybind11/stl.h>

namespace spie::python {
namespace {

using namespace passeport;

HeldRome load(const std::string &folder, const std::string &version, const AskedLimits &limits) {
  const py::gil_scoped_release release;
  return {Rome::load(folder, version, to_load_limits(limits))};
}

HeldRome from_files(const std::string &version, const std::vector<std::pair<std::string, py::bytes>> &files,
                    const AskedLimits &limits) {
  std::vector<FichierRome> given;
  for (const auto &[name, bytes] : files)
    given.push_back({name, std::string_view(bytes)});
  const py::gil_scoped_release release;
  return {Rome::from_files(version, given, to_load_limits(limits))};
}

py::object search(const HeldRome &self, const std::string &text, std::vector<std::string> natures, std::size_t limit) {
  const OptionsRecherche options{std::move(natures), limit};
  RechercheRome found;
  {
    const py::gil_scoped_release release;
    found = self.rome->chercher(text, options);
  }
  return give_record(found);
}

py::object compare(const HeldRome &self, py::handle references) {
  return give_record(self.rome->comparer(read_references_rome(to_value(references))));
}

} // namespace

void register_rome(py::module_ &module) {
  py::class_<HeldRome>(module, "Rome", "A release of the ROME.")
      .def_static("load", &load, py::arg("folder"), py::arg("version"), py::arg("limits"))
      .def_static("from_files", &from_files, py::arg("version"), py::arg("files"), py::arg("limits"))
      .def("__len__", [](const HeldRome &self) { return self.rome->size(); })
      .def("version", [](const HeldRome &self) { return self.rome->version(); })
      .def("reading", [](const HeldRome &self) { return give_record(self.rome->lecture()); })
      .def(
          "find",
          [](const HeldRome &self, const std::string &code, const std::string &nature) {
            return give_records(self.rome->trouver(code, nature));
          },
          py::arg("code"), py::arg("nature"))
      .def("search", &search, py::arg("text"), py::arg("natures"), py::arg("limit"))
      .def("compare", &compare, py::arg("references"));
  module.def("rome_natures", [] {
    py::list names;
    for (const std::string_view one : natures_rome())
      names.append(py::str(one.data(), one.size()));
    return names;
  });
}

} // namespace spie::python
