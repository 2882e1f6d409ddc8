// Packs: load, list, check, run cases, evaluate.
#include "held_pack.hpp"
#include "results.hpp"

#include <pybind11/stl.h>

namespace spie::python {
namespace {

py::dict to_python(const Article &article) {
  py::dict result;
  result["id"] = article.id;
  result["titre"] = article.titre;
  result["resume"] = article.resume;
  result["place"] = article.place;
  result["sans_regle"] = article.sans_regle;
  result["pack"] = article.pack;
  return result;
}

py::dict to_python(const PackParameter &parameter) {
  py::list values;
  for (const ParameterValue &value : parameter.valeurs) {
    py::dict one;
    one["depuis"] = python::to_python(value.depuis);
    one["valeur"] = python::to_python(value.valeur);
    one["source"] = value.source;
    one["note"] = value.note;
    values.append(one);
  }
  py::list readings;
  for (const ParameterReading &reading : parameter.lectures) {
    py::dict one;
    one["valeur"] = python::to_python(reading.valeur);
    one["sens"] = reading.sens;
    readings.append(one);
  }
  py::dict result;
  result["nom"] = parameter.nom;
  result["titre"] = parameter.titre;
  result["unite"] = parameter.unite;
  result["type"] = parameter.type;
  result["article"] = parameter.article;
  result["pack"] = parameter.pack;
  result["valeurs"] = values;
  result["lectures"] = readings;
  return result;
}

py::dict to_python(const PackCase &one) {
  py::dict result;
  result["nom"] = one.nom;
  result["titre"] = one.titre;
  result["decision"] = one.decision;
  result["as_of"] = python::to_python(one.as_of);
  result["faits"] = python::to_python(one.faits);
  result["parametres"] = python::to_python(one.parametres);
  result["attendu"] = python::to_python(one.attendu);
  result["commentaire"] = one.commentaire;
  result["pack"] = one.pack;
  result["fichier"] = one.file;
  return result;
}

py::dict to_python(const CaseResult &result) {
  py::dict one;
  one["nom"] = result.nom;
  one["reussi"] = result.passed;
  one["difference"] = result.difference;
  return one;
}

template <class T> py::list list_of(const std::vector<T> &items) {
  py::list list;
  for (const T &item : items) list.append(to_python(item));
  return list;
}

py::list parameters_used(const PackResult &self) {
  py::list list;
  for (const ParameterUse &use : self.parametres) {
    py::dict one;
    one["nom"] = use.nom;
    one["valeur"] = python::to_python(use.valeur);
    one["depuis"] = python::to_python(use.depuis);
    one["article"] = use.article;
    one["donne"] = use.given;
    list.append(one);
  }
  return list;
}

HeldPack load(const std::string &folder, const std::vector<std::string> &search) {
  const py::gil_scoped_release release;
  PackOptions options;
  options.search = search;
  return {Pack::load(folder, options)};
}

HeldPack from_files(const std::vector<std::pair<std::string, py::bytes>> &files, const std::vector<HeldPack> &bases) {
  Pack::Files given;
  for (const auto &[name, bytes] : files) given.emplace_back(name, std::string(bytes));
  std::vector<std::shared_ptr<const Pack>> packs;
  for (const HeldPack &base : bases) packs.push_back(base.pack);
  const py::gil_scoped_release release;
  return {Pack::from_files(given, packs)};
}

PackResult evaluate(const HeldPack &self, const std::string &decision, const py::dict &facts, py::handle as_of,
                    const py::dict &parameters, bool trace) {
  const feel::Value given = to_value(facts);
  const feel::Date date = to_date(as_of, "as_of");
  PackEvaluateOptions options;
  options.trace = trace;
  options.parametres = to_pairs(parameters);
  const py::gil_scoped_release release;
  return self.pack->evaluate(decision, given, date, options);
}

} // namespace

std::vector<std::pair<std::string, feel::Value>> to_pairs(const py::dict &dict) {
  std::vector<std::pair<std::string, feel::Value>> pairs;
  const feel::Value value = to_value(dict);
  for (const auto &[name, item] : value.context()) pairs.emplace_back(name, item);
  return pairs;
}

void register_pack(py::module_ &module) {
  py::class_<PackResult, dmn::Result>(module, "PackResult", "What a decision of a pack gives.")
      .def_readonly("decision", &PackResult::decision)
      .def_property_readonly("as_of", [](const PackResult &self) { return python::to_python(self.as_of); })
      .def_readonly("pack_id", &PackResult::pack_id)
      .def_readonly("pack_version", &PackResult::pack_version)
      .def_readonly("pack_sha256", &PackResult::pack_sha256)
      .def_property_readonly("articles", [](const PackResult &self) { return python::to_python(self.articles); })
      .def_property_readonly("parameters", &parameters_used)
      .def_readonly("explanation", &PackResult::explanation);

  py::class_<HeldPack>(module, "Pack", "A pack, loaded and linked.")
      .def_static("load", &load, py::arg("folder"), py::arg("search"))
      .def_static("from_files", &from_files, py::arg("files"), py::arg("bases"))
      .def_property_readonly("id", [](const HeldPack &self) { return self.pack->id(); })
      .def_property_readonly("version", [](const HeldPack &self) { return self.pack->version(); })
      .def_property_readonly("title", [](const HeldPack &self) { return self.pack->title(); })
      .def_property_readonly("authority", [](const HeldPack &self) { return self.pack->authority(); })
      .def_property_readonly("sha256", [](const HeldPack &self) { return self.pack->sha256(); })
      .def_property_readonly("period_start",
                             [](const HeldPack &self) { return python::to_python(self.pack->period_start()); })
      .def_property_readonly("period_end", [](const HeldPack &self) { return optional_date(self.pack->period_end()); })
      .def_property_readonly("bases", [](const HeldPack &self) { return python::to_python(self.pack->bases()); })
      .def_property_readonly("articles", [](const HeldPack &self) { return list_of(self.pack->articles()); })
      .def_property_readonly("parameters", [](const HeldPack &self) { return list_of(self.pack->parameters()); })
      .def_property_readonly("cases", [](const HeldPack &self) { return list_of(self.pack->cases()); })
      .def_property_readonly("roles",
                             [](const HeldPack &self) {
                               py::dict roles;
                               for (const auto &[role, decision] : self.pack->roles()) roles[py::str(role)] = decision;
                               return roles;
                             })
      .def_property_readonly("inputs", [](const HeldPack &self) { return to_list(self.pack->model().inputs()); })
      .def_property_readonly("decisions", [](const HeldPack &self) { return to_list(self.pack->model().decisions()); })
      .def_property_readonly("functions", [](const HeldPack &self) { return to_list(self.pack->model().functions()); })
      .def("data",
           [](const HeldPack &self, const std::string &name) {
             const feel::Value *value = self.pack->data(name);
             return value == nullptr ? py::object(py::none()) : python::to_python(*value);
           },
           py::arg("name"))
      .def("parameter_at",
           [](const HeldPack &self, const std::string &name, py::handle date) {
             return python::to_python(self.pack->parameter_at(name, to_date(date, "date")).valeur);
           },
           py::arg("name"), py::arg("date"))
      .def("facts", [](const HeldPack &self, const std::string &name) { return to_list(self.pack->facts(name)); },
           py::arg("decision"))
      .def("requirements",
           [](const HeldPack &self, const std::string &name) {
             return python::to_python(self.pack->model().requirements(name));
           },
           py::arg("decision"))
      .def("describe",
           [](const HeldPack &self, const std::string &name) {
             return python::to_python(self.pack->model().describe(name));
           },
           py::arg("decision"))
      .def("evaluate", &evaluate, py::arg("decision"), py::arg("facts"), py::arg("as_of"), py::arg("parameters"),
           py::arg("trace"))
      .def("check",
           [](const HeldPack &self) {
             std::vector<Diagnostic> findings;
             {
               const py::gil_scoped_release release;
               findings = self.pack->check();
             }
             return python::to_python(findings);
           })
      .def("run_cases", [](const HeldPack &self) {
        std::vector<CaseResult> results;
        {
          const py::gil_scoped_release release;
          results = self.pack->run_cases();
        }
        return list_of(results);
      });
}

} // namespace spie::python
