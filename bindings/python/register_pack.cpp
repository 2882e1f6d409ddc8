// Packs: load, list, check, run cases, evaluate.
#include "bindings/python/held_pack.hpp"
#include "bindings/python/limits.hpp"
#include "bindings/python/prepared.hpp"
#include "bindings/python/records.hpp"
#include "bindings/python/results.hpp"

#include "rules/dmn/records.hpp"
#include "rules/pack/records.hpp"

#include "spie/pack/coverage.hpp"
#include "spie/pack/difference.hpp"
#include "spie/pack/table.hpp"
#include "spie/pack/values.hpp"
#include "spie/parcours/trame.hpp"

#include <pybind11/stl.h>

namespace spie::python {
namespace {

// The parts that a pack lists, as the dictionaries of their JSON.
template <class T> py::object listed(const std::vector<T> &items) { return to_python(to_list(items)); }

HeldPack load(const std::string &folder, const std::vector<std::string> &search, const AskedLimits &limits) {
  const py::gil_scoped_release release;
  PackOptions options;
  options.search = search;
  options.limits = to_load_limits(limits);
  return {Pack::load(folder, options)};
}

HeldPack from_files(const std::vector<std::pair<std::string, py::bytes>> &files, const std::vector<HeldPack> &bases,
                    const AskedLimits &limits) {
  Pack::Files given;
  for (const auto &[name, bytes] : files)
    given.emplace_back(name, std::string(bytes));
  std::vector<std::shared_ptr<const Pack>> packs;
  for (const HeldPack &base : bases)
    packs.push_back(base.pack);
  const py::gil_scoped_release release;
  return {Pack::from_files(given, packs, to_load_limits(limits))};
}

PackEvaluateOptions options_of(const py::dict &parameters, bool trace, const AskedLimits &limits = {}) {
  PackEvaluateOptions options;
  options.trace = trace;
  options.explanation = false; // written when it is asked for
  if (!parameters.empty())
    options.parametres = to_pairs(parameters);
  if (limits)
    options.limits = to_limits(*limits);
  return options;
}

// `evaluate(options)` gives the result. Its trace takes longer than the decision, and mostly nobody reads it: it is
// made when somebody does, of the same facts, which changes nothing since packs read no clock. Within limits of their
// own both are made at once.
template <class Evaluate>
py::object give(const PackEvaluateOptions &options, bool limited, std::shared_ptr<const Pack> pack, Evaluate evaluate) {
  if (!options.trace || limited)
    return give_result(without_gil([&] { return evaluate(options); }), std::move(pack));
  PackEvaluateOptions silent = options;
  silent.trace = false;
  PackResult result = without_gil([&] { return evaluate(silent); });
  return give_result(std::move(result), std::move(pack),
                     [evaluate = std::move(evaluate), options] { return evaluate(options); });
}

py::object evaluate(const HeldPack &self, const std::string &decision, const py::dict &facts, py::handle as_of,
                    const py::dict &parameters, bool trace, const AskedLimits &limits) {
  const feel::Value given = to_value(facts);
  const feel::Date date = to_date(as_of, "as_of");
  const PackEvaluateOptions options = options_of(parameters, trace, limits);
  return give(options, limits.has_value(), self.pack,
              [pack = self.pack, decision, given, date](const PackEvaluateOptions &asked) {
                return pack->evaluate(decision, given, date, asked);
              });
}

struct Nothing {};
struct Prepared : HeldDecision<PackDecision, Nothing> {
  std::shared_ptr<const Pack> pack() const { return {decision, &decision->pack()}; }
};

py::object call_decision(Prepared &held, const Given &given) {
  const PackDecision &decision = *held.decision;
  std::array<Argument, 4> arguments{
      {{"facts", Py_None}, {"as_of", nullptr}, {"parameters", Py_None}, {"trace", Py_True}}};
  const auto &[facts, as_of, parameters, trace] = arguments;
  if (!plain_arguments(given, arguments) || as_of.value == nullptr || parameters.value != Py_None ||
      PyBool_Check(trace.value) == 0)
    return {};
  auto slots = read_plain(facts.value, [&](PythonFacts &source) { return decision.read(source, facts.value); });
  if (!slots)
    return {};
  const feel::Date date = to_date(as_of.value, "as_of");
  PackEvaluateOptions options;
  options.trace = trace.value == Py_True;
  options.explanation = false;
  if (!options.trace)
    return give_result(without_gil([&] { return decision.evaluate(*std::move(slots), date, options); }), held.pack());
  return give(options, false, held.pack(),
              [decision = held.decision, slots = *std::move(slots), date](const PackEvaluateOptions &asked) {
                return decision->evaluate(slots, date, asked);
              });
}

const py::object &decision_class() {
  PYBIND11_CONSTINIT static ClassOfUsers storage;
  return class_of_users("spie.pack", "Decision", storage, &by_vector);
}

py::object register_decision(py::module_ &module) {
  static std::array getters{
      PyGetSetDef{"name",
                  &read_native<Prepared, [](const auto &held) -> py::object { return py::str(held->info().name); }>,
                  nullptr, "As the pack gives it.", nullptr},
      PyGetSetDef{},
  };
  static std::array methods{PyMethodDef{}};
  return decision_type<Prepared>(module, "PackDecision", "A decision of a pack, made ready.", getters.data(),
                                 methods.data());
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
  const py::object decision = register_decision(module);
  module.def(
      "evaluate_pack_decision",
      [decision](py::handle self, const py::dict &facts, py::handle as_of, const py::dict &parameters, bool trace,
                 const AskedLimits &limits) {
        const feel::Value given = to_value(facts);
        const feel::Date date = to_date(as_of, "as_of");
        const PackEvaluateOptions options = options_of(parameters, trace, limits);
        to_decision<Prepared>(self, decision);
        const auto &held = held_by<Prepared>(self.ptr());
        return give(options, limits.has_value(), held.pack(),
                    [asked = held.decision, given, date](const PackEvaluateOptions &wanted) {
                      return asked->evaluate(given, date, wanted);
                    });
      },
      py::arg("decision"), py::arg("facts"), py::arg("as_of"), py::arg("parameters"), py::arg("trace"),
      py::arg("limits"));

  py::class_<HeldPack>(module, "Pack", "A pack, loaded and linked.")
      .def_static("load", &load, py::arg("folder"), py::arg("search"), py::arg("limits"))
      .def_static("from_files", &from_files, py::arg("files"), py::arg("bases"), py::arg("limits"))
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
          [](const HeldPack &self, const std::string &name) {
            return make_native<Prepared>(
                decision_class(), Prepared{{self.pack->decision(name), {}, &call_prepared<Prepared, call_decision>}});
          },
          py::arg("name"))
      .def("evaluate", &evaluate, py::arg("decision"), py::arg("facts"), py::arg("as_of"), py::arg("parameters"),
           py::arg("trace"), py::arg("limits"))
      .def(
          "coverage",
          [](const HeldPack &self, std::size_t tries) {
            return to_python(without_gil([&] { return pack::coverage(*self.pack, {tries}); }));
          },
          py::arg("tries"))
      .def(
          "difference",
          [](const HeldPack &self, const HeldPack &other) {
            return to_python(without_gil([&] { return pack::difference(*self.pack, *other.pack); }));
          },
          py::arg("other"))
      .def("check",
           [](const HeldPack &self) {
             std::vector<Diagnostic> findings;
             {
               const py::gil_scoped_release release;
               findings = parcours::verifier_pack(*self.pack);
             }
             return to_python(findings);
           })
      .def(
          "columns",
          [](const HeldPack &self, py::handle as_of) {
            const feel::Date day = to_date(as_of, "as_of");
            std::vector<DecisionColumns> found;
            {
              const py::gil_scoped_release release;
              found = columns_of(self.pack, day);
            }
            py::list result;
            for (const DecisionColumns &one : found) {
              py::list parts;
              for (const DecisionColumns::Reason &part : one.par_lignes)
                parts.append(py::make_tuple(part.place, part.motif, part.mots));
              result.append(py::make_tuple(one.decision, one.colonnes, one.place, one.motif, one.mots, parts));
            }
            return result;
          },
          py::arg("as_of"))
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
