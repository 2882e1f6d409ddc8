// Packs: load, list, check, run cases, evaluate.
#include "bindings/python/held_pack.hpp"
#include "bindings/python/python_facts.hpp"
#include "bindings/python/records.hpp"

#include "rules/dmn/records.hpp"
#include "rules/pack/records.hpp"

#include "spie/parcours/trame.hpp"
#include "spie/pack/values.hpp"

#include <pybind11/stl.h>

namespace spie::python {
namespace {

// The parts that a pack lists, as the dictionaries of their JSON.
template <class T> py::object listed(const std::vector<T> &items) { return to_python(to_list(items)); }

HeldPack load(const std::string &folder, const std::vector<std::string> &search) {
  const py::gil_scoped_release release;
  PackOptions options;
  options.search = search;
  return {Pack::load(folder, options)};
}

HeldPack from_files(const std::vector<std::pair<std::string, py::bytes>> &files, const std::vector<HeldPack> &bases) {
  Pack::Files given;
  for (const auto &[name, bytes] : files)
    given.emplace_back(name, std::string(bytes));
  std::vector<std::shared_ptr<const Pack>> packs;
  for (const HeldPack &base : bases)
    packs.push_back(base.pack);
  const py::gil_scoped_release release;
  return {Pack::from_files(given, packs)};
}

PackEvaluateOptions options_of(const py::dict &parameters, bool trace) {
  PackEvaluateOptions options;
  options.trace = trace;
  if (!parameters.empty())
    options.parametres = to_pairs(parameters);
  return options;
}

PackResult evaluate(const HeldPack &self, const std::string &decision, const py::dict &facts, py::handle as_of,
                    const py::dict &parameters, bool trace) {
  const feel::Value given = to_value(facts);
  const feel::Date date = to_date(as_of, "as_of");
  const PackEvaluateOptions options = options_of(parameters, trace);
  const py::gil_scoped_release release;
  return self.pack->evaluate(decision, given, date, options);
}

struct HeldPackDecision {
  std::shared_ptr<const PackDecision> decision;
};

PackResult evaluate_prepared(const HeldPackDecision &self, const py::dict &facts, py::handle as_of,
                             const py::dict &parameters, bool trace) {
  const feel::Value given = to_value(facts);
  const feel::Date date = to_date(as_of, "as_of");
  const PackEvaluateOptions options = options_of(parameters, trace);
  const py::gil_scoped_release release;
  return self.decision->evaluate(given, date, options);
}

std::optional<PackResult> evaluate_plain(const HeldPackDecision &self, py::handle facts, py::handle as_of, bool trace) {
  auto slots = read_plain(facts, [&](PythonFacts &source) { return self.decision->read(source, facts.ptr()); });
  if (!slots)
    return std::nullopt;
  const feel::Date date = to_date(as_of, "as_of");
  PackEvaluateOptions options;
  options.trace = trace;
  const py::gil_scoped_release release;
  return self.decision->evaluate(*std::move(slots), date, options);
}

} // namespace

std::vector<std::pair<std::string, feel::Value>> to_pairs(const py::dict &dict) {
  std::vector<std::pair<std::string, feel::Value>> pairs;
  const feel::Value value = to_value(dict);
  for (const auto &[name, item] : value.context())
    pairs.emplace_back(name, item);
  return pairs;
}

void register_pack(py::module_ &module) {
  py::class_<HeldPackDecision>(module, "PackDecision", "A decision of a pack, made ready.")
      .def_property_readonly("name", [](const HeldPackDecision &self) { return self.decision->info().name; })
      .def("evaluate", &evaluate_prepared, py::arg("facts"), py::arg("as_of"), py::arg("parameters"), py::arg("trace"))
      .def("evaluate_plain", &evaluate_plain, py::arg("facts"), py::arg("as_of"), py::arg("trace"),
           "None for what is not plainly right: evaluate() takes it, or says what is wrong.");

  py::class_<PackResult, dmn::Result>(module, "PackResult", "What a decision of a pack gives.")
      .def_readonly("decision", &PackResult::decision)
      .def_property_readonly("as_of", [](const PackResult &self) { return to_python(self.as_of); })
      .def_readonly("pack_id", &PackResult::pack_id)
      .def_readonly("pack_version", &PackResult::pack_version)
      .def_readonly("pack_sha256", &PackResult::pack_sha256)
      .def_property_readonly("articles", [](const PackResult &self) { return to_python(self.articles); })
      .def_property_readonly("parameters", [](const PackResult &self) { return give_records(self.parametres); })
      .def("to_dict", [](const PackResult &self) { return to_python(spie::to_value(self)); })
      .def_readonly("explanation", &PackResult::explanation);

  py::class_<HeldPack>(module, "Pack", "A pack, loaded and linked.")
      .def_static("load", &load, py::arg("folder"), py::arg("search"))
      .def_static("from_files", &from_files, py::arg("files"), py::arg("bases"))
      .def_property_readonly("id", [](const HeldPack &self) { return self.pack->id(); })
      .def_property_readonly("version", [](const HeldPack &self) { return self.pack->version(); })
      .def_property_readonly("title", [](const HeldPack &self) { return self.pack->title(); })
      .def_property_readonly("authority", [](const HeldPack &self) { return self.pack->authority(); })
      .def_property_readonly("sha256", [](const HeldPack &self) { return self.pack->sha256(); })
      .def_property_readonly("period_start", [](const HeldPack &self) { return to_python(self.pack->period_start()); })
      .def_property_readonly("period_end", [](const HeldPack &self) { return optional_date(self.pack->period_end()); })
      .def_property_readonly("bases", [](const HeldPack &self) { return to_python(self.pack->bases()); })
      .def_property_readonly("articles", [](const HeldPack &self) { return give_records(self.pack->articles()); })
      .def_property_readonly("parameters", [](const HeldPack &self) { return listed(self.pack->parameters()); })
      .def_property_readonly("cases", [](const HeldPack &self) { return listed(self.pack->cases()); })
      .def_property_readonly("roles",
                             [](const HeldPack &self) {
                               py::dict roles;
                               for (const auto &[role, decision] : self.pack->roles())
                                 roles[py::str(role)] = decision;
                               return roles;
                             })
      .def_property_readonly("labels", [](const HeldPack &self) { return self.pack->labels(); })
      .def_property_readonly("tones", [](const HeldPack &self) { return self.pack->tones(); })
      .def_property_readonly("inputs", [](const HeldPack &self) { return give_records(self.pack->model().inputs()); })
      .def_property_readonly("decisions",
                             [](const HeldPack &self) { return give_records(self.pack->model().decisions()); })
      .def_property_readonly("functions",
                             [](const HeldPack &self) { return give_records(self.pack->model().functions()); })
      .def("to_dict", [](const HeldPack &self) { return to_python(spie::to_value(*self.pack)); })
      .def(
          "data",
          [](const HeldPack &self, const std::string &name) {
            const feel::Value *value = self.pack->data(name);
            return value == nullptr ? py::object(py::none()) : to_python(*value);
          },
          py::arg("name"))
      .def(
          "parameter_at",
          [](const HeldPack &self, const std::string &name, py::handle date) {
            return to_python(self.pack->parameter_at(name, to_date(date, "date")).valeur);
          },
          py::arg("name"), py::arg("date"))
      .def(
          "facts", [](const HeldPack &self, const std::string &name) { return give_records(self.pack->facts(name)); },
          py::arg("decision"))
      .def(
          "requirements",
          [](const HeldPack &self, const std::string &name) {
            return to_python(self.pack->model().requirements(name));
          },
          py::arg("decision"))
      .def(
          "describe",
          [](const HeldPack &self, const std::string &name) { return to_python(self.pack->model().describe(name)); },
          py::arg("decision"))
      .def(
          "decision",
          [](const HeldPack &self, const std::string &name) { return HeldPackDecision{self.pack->decision(name)}; },
          py::arg("name"))
      .def("evaluate", &evaluate, py::arg("decision"), py::arg("facts"), py::arg("as_of"), py::arg("parameters"),
           py::arg("trace"))
      .def("check",
           [](const HeldPack &self) {
             std::vector<Diagnostic> findings;
             {
               const py::gil_scoped_release release;
               findings = parcours::verifier_pack(*self.pack);
             }
             return to_python(findings);
           })
      .def("run_cases", [](const HeldPack &self) {
        std::vector<CaseResult> results;
        {
          const py::gil_scoped_release release;
          results = self.pack->run_cases();
        }
        return listed(results);
      });
}

} // namespace spie::python
