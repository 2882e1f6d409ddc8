// DMN models: load, list, evaluate; results and their traces.
#include "results.hpp"

#include <pybind11/stl.h>

namespace spie::python {

namespace {

// The values that a type allows, where they are a list; None otherwise.
py::object allowed_values(const feel::Type &type) {
  const feel::Constraint *constraint = type.constraint();
  if (constraint == nullptr) return py::none();
  const feel::List values = constraint->enumerated();
  return values.empty() ? py::object(py::none()) : to_python(feel::Value(values));
}

py::dict to_python(const dmn::TableTrace &table) {
  py::list columns;
  for (const dmn::TableInputTrace &input : table.inputs) {
    py::dict column;
    column["libelle"] = input.label;
    column["expression"] = input.expression;
    column["valeur"] = python::to_python(input.value);
    columns.append(column);
  }
  py::list rules;
  for (const dmn::RuleTrace &rule : table.rules) {
    py::list cells;
    for (const dmn::Verdict cell : rule.cells) cells.append(py::str(dmn::text(cell)));
    py::dict one;
    one["numero"] = rule.number;
    one["id"] = rule.id;
    one["verdict"] = py::str(dmn::text(rule.verdict));
    one["retenue"] = rule.hit;
    one["cellules"] = cells;
    one["annotations"] = python::to_python(rule.annotations);
    rules.append(one);
  }
  py::dict result;
  result["politique"] = table.hit_policy;
  result["colonnes"] = columns;
  result["regles"] = rules;
  result["sortie_par_defaut"] = table.default_output;
  result["valeur"] = python::to_python(table.value);
  return result;
}

py::dict to_python(const dmn::DecisionTrace &decision) {
  py::list facts;
  for (const dmn::FactTrace &fact : decision.facts) {
    py::dict one;
    one["chemin"] = fact.path;
    one["libelle"] = fact.label;
    one["valeur"] = python::to_python(fact.value);
    one["decision"] = fact.decision;
    facts.append(one);
  }
  py::list tables;
  for (const dmn::TableTrace &table : decision.tables) tables.append(to_python(table));
  py::list entries;
  for (const dmn::EntryTrace &entry : decision.entries) {
    py::dict one;
    one["nom"] = entry.name;
    one["valeur"] = python::to_python(entry.value);
    entries.append(one);
  }
  py::dict result;
  result["nom"] = decision.name;
  result["libelle"] = decision.label;
  result["fichier"] = decision.file;
  result["valeur"] = python::to_python(decision.value);
  result["faits"] = facts;
  result["tables"] = tables;
  result["entrees"] = entries;
  result["sources"] = python::to_python(decision.authorities);
  return result;
}

struct HeldModel {
  std::shared_ptr<const dmn::Model> model;
};

HeldModel load(const std::vector<std::pair<std::string, std::string>> &sources, bool lenient) {
  std::vector<dmn::Source> given;
  for (const auto &[name, xml] : sources) given.push_back({name, xml});
  dmn::LoadOptions options;
  options.lenient = lenient;
  const py::gil_scoped_release release;
  return {dmn::Model::load(std::move(given), options)};
}

dmn::Result evaluate(const HeldModel &self, const std::string &name, const py::dict &inputs, py::handle now, bool trace,
                     const std::string &model_namespace, bool service) {
  const auto given = to_given(inputs);
  dmn::EvaluateOptions options;
  options.now = to_instant(now);
  options.trace = trace;
  const py::gil_scoped_release release;
  return service ? self.model->evaluate_service(name, given, options, model_namespace)
                 : self.model->evaluate(name, given, options, model_namespace);
}

} // namespace

py::dict to_python(const dmn::ElementInfo &element) {
  py::dict result;
  result["nom"] = element.name;
  result["libelle"] = element.label;
  result["description"] = element.description;
  result["question"] = element.question;
  result["id"] = element.id;
  result["fichier"] = element.file;
  result["espace"] = element.model_namespace;
  result["type"] = element.type.to_string();
  result["valeurs"] = allowed_values(element.type);
  result["sources"] = to_python(element.authorities);
  result["table"] = element.has_table;
  return result;
}

py::dict to_python(const dmn::FactInfo &fact) {
  py::dict result;
  result["chemin"] = fact.path;
  result["libelle"] = fact.label;
  result["description"] = fact.description;
  result["type"] = fact.type.to_string();
  result["valeurs"] = allowed_values(fact.type);
  return result;
}

py::list to_python(const dmn::Trace &trace) {
  py::list list;
  for (const dmn::DecisionTrace &decision : trace.decisions) list.append(to_python(decision));
  return list;
}

std::vector<dmn::Given> to_given(const py::dict &inputs) {
  std::vector<dmn::Given> given;
  given.reserve(inputs.size());
  for (const auto &[key, item] : inputs) {
    dmn::Given one;
    if (py::isinstance<py::str>(key)) {
      one.name = py::cast<std::string>(key);
    } else if (py::isinstance<py::tuple>(key) && py::len(key) == 2) {
      const auto [model_namespace, name] = py::cast<std::pair<std::string, std::string>>(key);
      one.name = name;
      one.model_namespace = model_namespace;
    } else {
      throw Error(Diagnostic{Code::api_argument, Level::error,
                             "The key of an input is neither a name nor a pair (namespace, name).", "inputs"});
    }
    try {
      one.value = to_value(item);
    } catch (const Error &error) { // the place starts at the input
      Diagnostic first = error.first();
      first.where = "/" + one.name + first.where;
      throw Error(std::move(first));
    }
    given.push_back(std::move(one));
  }
  return given;
}

void register_dmn(py::module_ &module) {
  py::class_<dmn::Result>(module, "Result", "What an evaluation gives.")
      .def_property_readonly("value", [](const dmn::Result &self) { return to_python(self.value); })
      .def_property_readonly("status", [](const dmn::Result &self) { return py::str(dmn::text(self.status)); })
      .def_property_readonly("errors", [](const dmn::Result &self) { return to_python(self.errors); })
      .def_property_readonly("missing", [](const dmn::Result &self) { return to_python(self.missing); })
      .def_property_readonly("refused", [](const dmn::Result &self) { return to_python(self.refused); })
      .def_property_readonly("trace", [](const dmn::Result &self) { return to_python(self.trace); });

  py::class_<HeldModel>(module, "Model", "A DMN model, loaded and linked.")
      .def_static("load", &load, py::arg("sources"), py::arg("lenient"))
      .def_property_readonly("name", [](const HeldModel &self) { return self.model->name(); })
      .def_property_readonly("namespace", [](const HeldModel &self) { return self.model->model_namespace(); })
      .def_property_readonly("findings", [](const HeldModel &self) { return to_python(self.model->findings()); })
      .def_property_readonly("inputs", [](const HeldModel &self) { return to_list(self.model->inputs()); })
      .def_property_readonly("decisions", [](const HeldModel &self) { return to_list(self.model->decisions()); })
      .def_property_readonly("services", [](const HeldModel &self) { return to_list(self.model->services()); })
      .def_property_readonly("functions", [](const HeldModel &self) { return to_list(self.model->functions()); })
      .def("facts", [](const HeldModel &self, const std::string &name) { return to_list(self.model->facts(name)); },
           py::arg("decision"))
      .def("requirements",
           [](const HeldModel &self, const std::string &name) { return to_python(self.model->requirements(name)); },
           py::arg("decision"))
      .def("describe",
           [](const HeldModel &self, const std::string &name) { return to_python(self.model->describe(name)); },
           py::arg("decision"))
      .def("evaluate", &evaluate, py::arg("name"), py::arg("inputs"), py::arg("now"), py::arg("trace"),
           py::arg("namespace"), py::arg("service"));
}

} // namespace spie::python
