// FEEL texts alone: compiled, evaluated, tested.
#include "bindings/python/core.hpp"
#include "bindings/python/limits.hpp"

#include "spie/feel/expression.hpp"

#include <pybind11/stl.h>

namespace spie::python {
namespace {

using Names = std::vector<std::string>;

// So that keys with spaces are read whole after a dot, wherever they stand in the values.
void add_words(feel::Scope &scope, const feel::Value &value, int depth = 0) {
  if (depth > max_nesting)
    return;
  if (value.is(feel::Kind::context)) {
    for (const auto &[key, item] : value.context()) {
      scope.add_word(key);
      add_words(scope, item, depth + 1);
    }
  } else if (value.is(feel::Kind::list)) {
    for (const feel::Value &item : value.list())
      add_words(scope, item, depth + 1);
  }
}

// Bare FEEL keeps the standard's nulls: a wrong type is found at run time, not refused.
constexpr bool refuse_types = false;

struct Compiled {
  feel::Expression expression;
  Names names;
  bool unary = false;
};

Compiled compile(const std::string &text, const Names &names, const std::vector<feel::Value> &values, bool unary,
                 const AskedLimits &limits) {
  feel::Scope scope;
  for (std::size_t i = 0; i < names.size(); ++i) {
    scope.add_variable(names[i], {}, static_cast<std::uint32_t>(i));
    if (i < values.size())
      add_words(scope, values[i]);
  }
  feel::CompileOptions options;
  options.types = refuse_types;
  options.limits = to_load_limits(limits);
  return {unary ? feel::Expression::compile_unary_tests(text, scope, {}, options)
                : feel::Expression::compile(text, scope, options),
          names, unary};
}

bool same(const Diagnostic &a, const Diagnostic &b) {
  return a.code == b.code && a.where == b.where && a.message == b.message;
}

struct Outcome {
  feel::Value value;
  std::vector<Diagnostic> errors; // each once
};

Outcome run(const Compiled &compiled, const std::vector<feel::Value> &globals, const feel::Value &tested,
            std::optional<feel::DateTime> now, const AskedLimits &limits) {
  feel::Evaluation evaluation;
  if (limits)
    evaluation.limits = to_limits(*limits);
  evaluation.now = std::move(now);
  evaluation.globals = globals;
  Outcome outcome;
  outcome.value =
      compiled.unary ? compiled.expression.test(evaluation, tested) : compiled.expression.evaluate(evaluation);
  evaluation.line = evaluation.column = 0;
  outcome.value = evaluation.bounded(std::move(outcome.value));
  feel::Cause cause = evaluation.consumed;
  feel::collect_causes(outcome.value, cause);
  for (Diagnostic &error : cause.errors) {
    const auto is_same = [&](const Diagnostic &other) { return same(error, other); };
    if (std::none_of(outcome.errors.begin(), outcome.errors.end(), is_same))
      outcome.errors.push_back(std::move(error));
  }
  return outcome;
}

py::tuple to_tuple(const Outcome &outcome) {
  return py::make_tuple(to_python(outcome.value), to_python(outcome.errors));
}

void read_variables(const py::dict &variables, Names &names, std::vector<feel::Value> &values) {
  for (const auto &[key, item] : variables) {
    if (!py::isinstance<py::str>(key))
      throw Error(Diagnostic{Code::api_argument, Level::error, "The name of a variable is not a text.", "variables"});
    names.push_back(py::cast<std::string>(key));
  }
  const feel::Value context = to_value(variables);
  for (const std::string &name : names)
    values.push_back(*context.context().find(name));
}

py::tuple evaluate_text(const std::string &text, const py::dict &variables, py::handle now, bool unary,
                        py::handle tested, const AskedLimits &limits, const AskedLimits &text_limits) {
  Names names;
  std::vector<feel::Value> values;
  read_variables(variables, names, values);
  const feel::Value input = to_value(tested);
  const auto instant = to_instant(now);
  Outcome outcome;
  {
    const py::gil_scoped_release release;
    outcome = run(compile(text, names, values, unary, text_limits), values, input, instant, limits);
  }
  return to_tuple(outcome);
}

py::tuple evaluate_compiled(const Compiled &self, const py::dict &variables, py::handle now, py::handle tested,
                            const AskedLimits &limits) {
  Names names;
  std::vector<feel::Value> given;
  read_variables(variables, names, given);
  std::vector<feel::Value> values(self.names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = std::find(self.names.begin(), self.names.end(), names[i]);
    if (found == self.names.end())
      throw Error(Diagnostic{Code::feel_unknown_name, Level::error,
                             "The expression was compiled without a variable \"" + names[i] + "\".", "variables"});
    values[static_cast<std::size_t>(found - self.names.begin())] = std::move(given[i]);
  }
  const feel::Value input = to_value(tested);
  const auto instant = to_instant(now);
  Outcome outcome;
  {
    const py::gil_scoped_release release;
    outcome = run(self, values, input, instant, limits);
  }
  return to_tuple(outcome);
}

} // namespace

void register_feel(py::module_ &module) {
  module.def("feel_evaluate", &evaluate_text, py::arg("text"), py::arg("variables"), py::arg("now"), py::arg("unary"),
             py::arg("tested"), py::arg("limits"), py::arg("text_limits"),
             "The value of a FEEL text and the errors it met.");

  py::class_<Compiled>(module, "Expression", "A FEEL text, compiled once.")
      .def(py::init([](const std::string &text, const Names &names, bool unary, const AskedLimits &limits) {
             return compile(text, names, {}, unary, limits);
           }),
           py::arg("text"), py::arg("names"), py::arg("unary"), py::arg("limits"))
      .def_readonly("names", &Compiled::names)
      .def("run", &evaluate_compiled, py::arg("variables"), py::arg("now"), py::arg("tested"), py::arg("limits"));
}

} // namespace spie::python
