// DMN models: load, list, evaluate.
#include "bindings/python/by_name.hpp"
#include "bindings/python/limits.hpp"
#include "bindings/python/prepared.hpp"
#include "bindings/python/quick_row.hpp"
#include "bindings/python/records.hpp"
#include "bindings/python/results.hpp"

#include "rules/dmn/records.hpp"
#include "rules/dmn/row_program.hpp"

#include "spie/analysis/analysis.hpp"
#include "spie/dmn/decision.hpp"

#include <pybind11/stl.h>

namespace spie::python {

namespace {

struct HeldModel {
  std::shared_ptr<const dmn::Model> model;
};

bool is_pair_of_texts(py::handle key) {
  return PyTuple_Check(key.ptr()) != 0 && PyTuple_GET_SIZE(key.ptr()) == 2 &&
         PyUnicode_Check(PyTuple_GET_ITEM(key.ptr(), 0)) != 0 && PyUnicode_Check(PyTuple_GET_ITEM(key.ptr(), 1)) != 0;
}

// {name: value} or {(namespace, name): value}.
std::vector<dmn::Given> to_given(const py::dict &inputs) {
  std::vector<dmn::Given> given;
  given.reserve(inputs.size());
  for (const auto &[name, given_as] : inputs) {
    const auto key = py::reinterpret_borrow<py::object>(name); // held: reading a value may run a caller's code
    const auto item = py::reinterpret_borrow<py::object>(given_as);
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

HeldModel load(const std::vector<std::pair<std::string, std::string>> &sources, bool lenient, bool strict,
               std::vector<std::string> extensions, const AskedLimits &limits) {
  std::vector<dmn::Source> given;
  for (const auto &[name, xml] : sources)
    given.push_back({name, xml});
  dmn::LoadOptions options;
  options.lenient = lenient;
  options.strict = strict;
  options.extensions = std::move(extensions);
  options.limits = to_load_limits(limits);
  const py::gil_scoped_release release;
  return {dmn::Model::load(std::move(given), options)};
}

dmn::EvaluateOptions options_of(py::handle now, bool trace, bool ignore_extra, const AskedLimits &limits = {}) {
  dmn::EvaluateOptions options;
  options.iso_texts = true;
  if (ignore_extra)
    options.extra = dmn::Extra::ignore;
  if (now.is_none())
    options.clock = &system_clock;
  else
    options.now = to_instant(now);
  options.trace = trace;
  if (limits)
    options.limits = to_limits(*limits);
  return options;
}

py::object evaluate(const HeldModel &self, const std::string &name, const py::dict &inputs, py::handle now, bool trace,
                    const std::string &model_namespace, bool service, bool ignore_extra, const AskedLimits &limits) {
  const auto given = to_given(inputs);
  const dmn::EvaluateOptions options = options_of(now, trace, ignore_extra, limits);
  return give_result(without_gil([&] {
    return service ? self.model->evaluate_service(name, given, options, model_namespace)
                   : self.model->evaluate(name, given, options, model_namespace);
  }));
}

using Prepared = HeldDecision<dmn::Decision, QuickRow>;

// Of what is plainly right its row, which has read it; else null.
QuickRow *row_of(Prepared &held, PyObject *inputs) {
  if (!PyDict_CheckExact(inputs))
    return nullptr;
  if (!held.kept)
    held.kept = std::make_unique<QuickRow>(held.decision);
  return held.kept->read(inputs) ? held.kept.get() : nullptr;
}

// Null for what goes at length.
py::object answer_row(Prepared &held, PyObject *inputs) {
  QuickRow *const row = row_of(held, inputs);
  if (row == nullptr)
    return {};
  if (auto value = row->value())
    return value->holds_causes() ? give_result(dmn::concluded(*std::move(value))) : give_determined(*std::move(value));
  auto result = row->result();
  return result ? give_result(*std::move(result)) : py::object();
}

py::object call_decision(Prepared &held, const Given &given) {
  if (given.by_position == 1 && given.by_name() == 0)
    if (py::object result = answer_row(held, given.values[0]))
      return result;
  const dmn::Decision &decision = *held.decision;
  std::array<Argument, 4> arguments{{{"inputs", Py_None}, {"now", Py_None}, {"trace", Py_False}, {"extra", nullptr}}};
  const auto &[inputs, now, trace, extra] = arguments;
  if (!plain_arguments(given, arguments) || PyBool_Check(trace.value) == 0)
    return {};
  const bool ignore_extra = extra.value != nullptr && PyUnicode_Check(extra.value) != 0 &&
                            PyUnicode_CompareWithASCIIString(extra.value, "ignore") == 0;
  if (extra.value != nullptr && !ignore_extra) // refuse, or a word that is none
    return {};
  const dmn::EvaluateOptions options = options_of(now.value, trace.value == Py_True, ignore_extra);
  auto slots =
      read_plain(inputs.value, [&](PythonFacts &source) { return decision.read(source, inputs.value, options); });
  if (!slots)
    return {};
  return give_result(without_gil([&] { return decision.evaluate(*std::move(slots), options); }));
}

PyObject *value_of_row(PyObject *self, PyObject *inputs) noexcept {
  try {
    if (QuickRow *const row = row_of(held_by<Prepared>(self), inputs)) {
      if (const auto value = row->value())
        return to_python(*value).release().ptr();
      if (const auto result = row->result())
        return to_python(result->value).release().ptr();
    }
    const py::object result = py::handle(self)(py::handle(inputs));
    return PyObject_GetAttrString(result.ptr(), "value");
  } catch (...) {
    return raised();
  }
}

const py::object &decision_class() {
  PYBIND11_CONSTINIT static ClassOfUsers storage;
  return class_of_users("spie.dmn", "Decision", storage, &by_vector);
}

// Where the objects of spie.dmn.Model hold the decisions that they have made ready, by name: a slot, which is read as
// it stands.
struct MadeReady {
  PyTypeObject *of;
  Py_ssize_t at;
};

MadeReady slot_of_models() {
  const py::object model = py::module_::import("spie.dmn").attr("Model"), slot = model.attr("_made_ready");
  if (Py_TYPE(slot.ptr()) != &PyMemberDescr_Type)
    throw py::type_error("spie.dmn.Model has no slot _made_ready");
  return {reinterpret_cast<PyTypeObject *>(model.inc_ref().ptr()),
          reinterpret_cast<PyMemberDescrObject *>(slot.ptr())->d_member->offset};
}

// Of a spie.dmn.Model itself, by those of the decisions it has made ready whose type is spie's own, as it puts them
// there.
py::object call_by_name_of(PyObject *model, PyObject *name, PyObject *inputs) {
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<MadeReady> storage;
  const MadeReady &made_ready = storage.call_once_and_store_result(&slot_of_models).get_stored();
  if (Py_TYPE(model) != made_ready.of)
    return {};
  PyObject *const known = *reinterpret_cast<PyObject **>(reinterpret_cast<char *>(model) + made_ready.at);
  if (known == nullptr || !PyDict_CheckExact(known))
    return {};
  PyObject *decision = PyDict_GetItemWithError(known, name);
  if (decision == nullptr || !py::type::handle_of(decision).is(decision_class()))
    return {};
  const py::object held = py::reinterpret_borrow<py::object>(decision); // whatever becomes of the model meanwhile
  return answer_row(held_by<Prepared>(decision), inputs);
}

py::object register_decision(py::module_ &module) {
  static std::array methods{
      PyMethodDef{
          "value", &value_of_row, METH_O,
          "value($self, inputs, /)\n--\n\nThe value alone that a call with the inputs of a row gives, without the "
          "Result around it: None where\nit has none, and the call says why."},
      PyMethodDef{},
  };
  static std::array getters{
      PyGetSetDef{"name",
                  &read_native<Prepared, [](const auto &held) -> py::object { return py::str(held->info().name); }>,
                  nullptr, "As the model gives it.", nullptr},
      PyGetSetDef{"inputs",
                  &read_native<Prepared,
                               [](const auto &held) -> py::object {
                                 py::list list;
                                 for (const dmn::ElementInfo *input : held->inputs())
                                   list.append(give_record(*input));
                                 return std::move(list);
                               }>,
                  nullptr, "The inputs that it reads, itself or through other decisions.", nullptr},
      PyGetSetDef{},
  };
  return decision_type<Prepared>(module, "Decision", "A decision of a model, made ready.", getters.data(),
                                 methods.data());
}

} // namespace

void register_dmn(py::module_ &module) {
  const py::object decision = register_decision(module);
  module.attr("by_name") = by_name_decorator<call_by_name_of>(module);
  module.def(
      "evaluate_decision",
      [decision](py::handle self, const py::dict &inputs, py::handle now, bool trace, bool ignore_extra,
                 const AskedLimits &limits) {
        const auto given = to_given(inputs);
        const dmn::EvaluateOptions options = options_of(now, trace, ignore_extra, limits);
        const auto &asked = to_decision<Prepared>(self, decision);
        return give_result(without_gil([&] { return asked.evaluate(given, options); }));
      },
      py::arg("decision"), py::arg("inputs"), py::arg("now"), py::arg("trace"), py::arg("ignore_extra"),
      py::arg("limits"));

  py::class_<HeldModel>(module, "Model", "A DMN model, loaded and linked.")
      .def_static("load", &load, py::arg("sources"), py::arg("lenient"), py::arg("strict"), py::arg("extensions"),
                  py::arg("limits"))
      .def_property_readonly("name", [](const HeldModel &self) { return self.model->name(); })
      .def_property_readonly("namespace", [](const HeldModel &self) { return self.model->model_namespace(); })
      .def_property_readonly("version", [](const HeldModel &self) { return self.model->version(); })
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
          "verify",
          [](const HeldModel &self, const std::string &decision, std::optional<std::uint64_t> work,
             std::optional<std::size_t> listed) {
            analysis::Options options;
            options.decision = decision;
            options.work = work.value_or(options.work);
            options.listed = listed.value_or(options.listed);
            analysis::Report report;
            {
              const py::gil_scoped_release release;
              report = analysis::analyse(*self.model, options);
            }
            return py::make_tuple(to_python(analysis::to_value(report)), report.fails());
          },
          py::arg("decision"), py::arg("work"), py::arg("listed"))
      .def(
          "decision",
          [](const HeldModel &self, const std::string &name, const std::string &model_namespace) {
            return make_native<Prepared>(
                decision_class(),
                Prepared{self.model->decision(name, model_namespace), {}, &call_prepared<Prepared, call_decision>});
          },
          py::arg("name"), py::arg("namespace"))
      .def("evaluate", &evaluate, py::arg("name"), py::arg("inputs"), py::arg("now"), py::arg("trace"),
           py::arg("namespace"), py::arg("service"), py::arg("ignore_extra"), py::arg("limits"));
}

} // namespace spie::python
