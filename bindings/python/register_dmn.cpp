// DMN models: load, list, evaluate; results and their traces.
#include "bindings/python/python_facts.hpp"
#include "bindings/python/records.hpp"

#include "rules/dmn/records.hpp"

#include "spie/dmn/decision.hpp"
#include "spie/dmn/values.hpp"

#include <pybind11/stl.h>

namespace spie::python {

namespace {

struct HeldModel {
  std::shared_ptr<const dmn::Model> model;
};

struct HeldDecision {
  std::shared_ptr<const dmn::Decision> decision;
};

bool is_pair_of_texts(py::handle key) {
  return PyTuple_Check(key.ptr()) != 0 && PyTuple_GET_SIZE(key.ptr()) == 2 &&
         PyUnicode_Check(PyTuple_GET_ITEM(key.ptr(), 0)) != 0 && PyUnicode_Check(PyTuple_GET_ITEM(key.ptr(), 1)) != 0;
}

// {name: value} or {(namespace, name): value}.
std::vector<dmn::Given> to_given(const py::dict &inputs) {
  std::vector<dmn::Given> given;
  given.reserve(inputs.size());
  for (const auto &[key, item] : inputs) {
    dmn::Given one;
    if (py::isinstance<py::str>(key)) {
      one.name = py::cast<std::string>(key);
    } else if (is_pair_of_texts(key)) {
      const auto pair = py::reinterpret_borrow<py::tuple>(key);
      one.model_namespace = py::cast<std::string>(pair[0]);
      one.name = py::cast<std::string>(pair[1]);
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

HeldModel load(const std::vector<std::pair<std::string, std::string>> &sources, bool lenient) {
  std::vector<dmn::Source> given;
  for (const auto &[name, xml] : sources)
    given.push_back({name, xml});
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

dmn::EvaluateOptions options_of(py::handle now, bool trace) {
  dmn::EvaluateOptions options;
  options.now = to_instant(now);
  options.trace = trace;
  return options;
}

dmn::Result evaluate_prepared(const HeldDecision &self, const py::dict &inputs, py::handle now, bool trace) {
  const auto given = to_given(inputs);
  const dmn::EvaluateOptions options = options_of(now, trace);
  const py::gil_scoped_release release;
  return self.decision->evaluate(given, options);
}

std::optional<dmn::Result> evaluate_plain(const HeldDecision &self, py::handle inputs, py::handle now, bool trace) {
  const dmn::EvaluateOptions options = options_of(now, trace);
  auto slots =
      read_plain(inputs, [&](PythonFacts &source) { return self.decision->read(source, inputs.ptr(), options); });
  if (!slots)
    return std::nullopt;
  const py::gil_scoped_release release;
  return self.decision->evaluate(*std::move(slots), options);
}

} // namespace

void register_dmn(py::module_ &module) {
  py::class_<dmn::Result>(module, "Result", "What an evaluation gives.")
      .def_property_readonly("value", [](const dmn::Result &self) { return to_python(self.value); })
      .def_property_readonly("status", [](const dmn::Result &self) { return py::str(dmn::text(self.status)); })
      .def_property_readonly("errors", [](const dmn::Result &self) { return to_python(self.errors); })
      .def_property_readonly("missing", [](const dmn::Result &self) { return to_python(self.missing); })
      .def_property_readonly("refused", [](const dmn::Result &self) { return to_python(self.refused); })
      .def_property_readonly("trace", [](const dmn::Result &self) { return to_python(dmn::to_value(self.trace)); })
      .def("to_dict", [](const dmn::Result &self) { return to_python(dmn::to_value(self)); });

  py::class_<HeldModel>(module, "Model", "A DMN model, loaded and linked.")
      .def_static("load", &load, py::arg("sources"), py::arg("lenient"))
      .def_property_readonly("name", [](const HeldModel &self) { return self.model->name(); })
      .def_property_readonly("namespace", [](const HeldModel &self) { return self.model->model_namespace(); })
      .def_property_readonly("findings", [](const HeldModel &self) { return to_python(self.model->findings()); })
      .def_property_readonly("inputs", [](const HeldModel &self) { return give_records(self.model->inputs()); })
      .def_property_readonly("decisions", [](const HeldModel &self) { return give_records(self.model->decisions()); })
      .def_property_readonly("services", [](const HeldModel &self) { return give_records(self.model->services()); })
      .def_property_readonly("functions", [](const HeldModel &self) { return give_records(self.model->functions()); })
      .def(
          "facts",
          [](const HeldModel &self, const std::string &name, const std::string &model_namespace) {
            return give_records(self.model->facts(name, model_namespace));
          },
          py::arg("decision"), py::arg("namespace") = "")
      .def(
          "requirements",
          [](const HeldModel &self, const std::string &name) { return to_python(self.model->requirements(name)); },
          py::arg("decision"))
      .def(
          "describe",
          [](const HeldModel &self, const std::string &name) { return to_python(self.model->describe(name)); },
          py::arg("decision"))
      .def(
          "decision",
          [](const HeldModel &self, const std::string &name, const std::string &model_namespace) {
            return HeldDecision{self.model->decision(name, model_namespace)};
          },
          py::arg("name"), py::arg("namespace"))
      .def("evaluate", &evaluate, py::arg("name"), py::arg("inputs"), py::arg("now"), py::arg("trace"),
           py::arg("namespace"), py::arg("service"));

  py::class_<HeldDecision>(module, "Decision", "A decision of a model, made ready.")
      .def_property_readonly("name", [](const HeldDecision &self) { return self.decision->info().name; })
      .def_property_readonly("inputs",
                             [](const HeldDecision &self) {
                               py::list list;
                               for (const dmn::ElementInfo *input : self.decision->inputs())
                                 list.append(give_record(*input));
                               return list;
                             })
      .def("evaluate", &evaluate_prepared, py::arg("inputs"), py::arg("now"), py::arg("trace"))
      .def("evaluate_plain", &evaluate_plain, py::arg("inputs"), py::arg("now"), py::arg("trace"),
           "None for what is not plainly right: evaluate() takes it, or says what is wrong.");
}

} // namespace spie::python
