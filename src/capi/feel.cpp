// FEEL expressions alone.
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "spie/dmn/values.hpp"

#include <algorithm>

namespace spie::capi {

namespace {

// So that keys with spaces are read whole after a dot, wherever they stand in the values. The reader of JSON has
// bounded the depth.
void add_words(feel::Scope &scope, const feel::Value &value) {
  if (value.is(feel::Kind::context)) {
    for (const auto &[key, item] : value.context()) {
      scope.add_word(key);
      add_words(scope, item);
    }
  } else if (value.is(feel::Kind::list)) {
    for (const feel::Value &item : value.list())
      add_words(scope, item);
  }
}

constexpr std::string_view tested_name = "?";

class Compilation {
public:
  void declare(std::string_view name, const char *argument) {
    std::string canonical = feel::canonical_name(name);
    if (canonical.empty())
      refuse_argument(argument, "has an empty name");
    const auto slot = static_cast<std::uint32_t>(slots_.size());
    if (!slots_.emplace(std::move(canonical), slot).second)
      refuse_argument(argument, "declares '" + std::string(name) + "' twice");
    scope_.add_variable(name, {}, slot);
  }
  void words_of(const feel::Value &value) { add_words(scope_, value); }

  std::unique_ptr<spie_expression> compile(std::string_view text, bool tests, const spie_limits *limits) {
    feel::CompileOptions options;
    options.limits = load_limits_argument(limits);
    options.types = false; // bare FEEL keeps the standard's nulls: a wrong type is told when it is met
    return std::make_unique<spie_expression>(
        spie_expression{tests ? feel::Expression::compile_unary_tests(text, scope_, {}, options)
                              : feel::Expression::compile(text, scope_, options),
                        std::move(slots_), tests});
  }

private:
  feel::Scope scope_;
  std::unordered_map<std::string, std::uint32_t> slots_;
};

std::unique_ptr<spie_expression> compile(const char *text, std::size_t length, const char *const *names,
                                         std::size_t count, bool tests, const spie_limits *limits) {
  const std::string_view source = document_argument(text, length, "text");
  if (count != 0)
    needed(names, "names");
  Compilation compilation;
  for (std::size_t i = 0; i < count; ++i)
    compilation.declare(text_argument(names[i], "names"), "names");
  return compilation.compile(source, tests, limits);
}

feel::Value run(const spie_expression &expression, const feel::Value &variables, std::optional<feel::DateTime> now,
                const feel::Limits &limits) {
  std::vector<feel::Value> globals(expression.slots.size());
  feel::Value tested;
  for (const auto &[key, value] : variables.context()) {
    if (expression.tests && key == tested_name) {
      tested = value;
      continue;
    }
    const auto slot = expression.slots.find(feel::canonical_name(key));
    if (slot == expression.slots.end())
      throw Error(Diagnostic{Code::feel_unknown_name, Level::error,
                             "the expression was compiled without a variable '" + key + "'", "variables#/" + key});
    globals[slot->second] = value;
  }
  feel::Evaluation evaluation;
  evaluation.now = std::move(now);
  evaluation.limits = limits;
  evaluation.globals = globals;
  feel::Value value =
      expression.tests ? expression.expression.test(evaluation, tested) : expression.expression.evaluate(evaluation);
  evaluation.line = evaluation.column = 0;
  value = evaluation.bounded(std::move(value));
  feel::Cause cause = evaluation.consumed;
  feel::collect_causes(value, cause);
  feel::List errors; // each once
  for (const Diagnostic &error : cause.errors) {
    feel::Value one = to_value(error);
    if (std::none_of(errors.begin(), errors.end(), [&](const feel::Value &other) { return identical(one, other); }))
      errors.push_back(std::move(one));
  }
  const dmn::Status status = errors.empty() ? dmn::Status::determine : dmn::Status::erreur;
  return feel::Context{{"statut", dmn::text(status)}, {"valeur", std::move(value)}, {"erreurs", std::move(errors)}};
}

} // namespace

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;

spie_status spie_expression_compile(spie_expression **expression, const char *text, size_t text_length,
                                    const char *const *names, size_t name_count, spie_error *error) {
  return spie_expression_compile_within(expression, text, text_length, names, name_count, nullptr, error);
}

spie_status spie_expression_compile_within(spie_expression **expression, const char *text, size_t text_length,
                                           const char *const *names, size_t name_count, const spie_limits *limits,
                                           spie_error *error) {
  return give_handle(expression, error, [&] { return compile(text, text_length, names, name_count, false, limits); });
}

spie_status spie_expression_compile_tests(spie_expression **expression, const char *text, size_t text_length,
                                          const char *const *names, size_t name_count, spie_error *error) {
  return spie_expression_compile_tests_within(expression, text, text_length, names, name_count, nullptr, error);
}

spie_status spie_expression_compile_tests_within(spie_expression **expression, const char *text, size_t text_length,
                                                 const char *const *names, size_t name_count, const spie_limits *limits,
                                                 spie_error *error) {
  return give_handle(expression, error, [&] { return compile(text, text_length, names, name_count, true, limits); });
}

void spie_expression_free(spie_expression *expression) { delete expression; }

spie_status spie_expression_evaluate(char **json, size_t *length, const spie_expression *expression,
                                     const char *variables, size_t variables_length, const char *now,
                                     spie_error *error) {
  return spie_expression_evaluate_within(json, length, expression, variables, variables_length, now, nullptr, error);
}

spie_status spie_expression_evaluate_within(char **json, size_t *length, const spie_expression *expression,
                                            const char *variables, size_t variables_length, const char *now,
                                            const spie_limits *limits, spie_error *error) {
  spie_feel_options options = SPIE_FEEL_OPTIONS_INIT;
  options.now = now;
  options.limits = limits;
  return spie_expression_evaluate_with(json, length, expression, variables, variables_length, &options, error);
}

spie_status spie_expression_evaluate_with(char **json, size_t *length, const spie_expression *expression,
                                          const char *variables, size_t variables_length,
                                          const spie_feel_options *options, spie_error *error) {
  return give_text(json, length, error, [&] {
    const spie_feel_options given = options_argument(options, spie_feel_options SPIE_FEEL_OPTIONS_INIT);
    const spie_expression &compiled = needed(expression, "expression");
    return result_text(run(compiled, object_argument(variables, variables_length, "variables", given.input),
                           instant_argument(given.now, "now"), limits_argument(given.limits)));
  });
}

spie_status spie_feel_evaluate(char **json, size_t *length, const char *text, size_t text_length, const char *variables,
                               size_t variables_length, const char *now, spie_error *error) {
  spie_feel_options options = SPIE_FEEL_OPTIONS_INIT;
  options.now = now;
  return spie_feel_evaluate_with(json, length, text, text_length, variables, variables_length, &options, error);
}

spie_status spie_feel_evaluate_with(char **json, size_t *length, const char *text, size_t text_length,
                                    const char *variables, size_t variables_length, const spie_feel_options *options,
                                    spie_error *error) {
  return give_text(json, length, error, [&] {
    const spie_feel_options given = options_argument(options, spie_feel_options SPIE_FEEL_OPTIONS_INIT);
    const std::string_view source = document_argument(text, text_length, "text");
    const feel::Value context = object_argument(variables, variables_length, "variables", given.input);
    const auto instant = instant_argument(given.now, "now");
    Compilation compilation;
    for (const auto &[name, value] : context.context()) {
      compilation.declare(name, "variables");
      compilation.words_of(value);
    }
    return result_text(
        run(*compilation.compile(source, false, given.text), context, instant, limits_argument(given.limits)));
  });
}
