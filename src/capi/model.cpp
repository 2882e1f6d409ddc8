// DMN models alone.
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "spie/analysis/analysis.hpp"
#include "spie/dmn/values.hpp"

#include <cstddef>

namespace spie::capi {

namespace {

const dmn::Model &model_of(const spie_model *model) { return *needed(model, "model").model; }

std::vector<dmn::Source> sources_argument(const spie_file *files, std::size_t count) {
  if (count == 0)
    refuse_argument("files", "are none");
  needed(files, "files");
  std::vector<dmn::Source> sources;
  for (std::size_t i = 0; i < count; ++i)
    sources.push_back({std::string(text_argument(files[i].name, "files[].name")),
                       std::string(bytes_argument(files[i].bytes, files[i].length, "files[].bytes"))});
  return sources;
}

// Empty for NULL: the model's own first, then any.
std::string_view namespace_argument(const char *text) {
  return text == nullptr ? "" : text_argument(text, "model_namespace");
}

// "{namespace}name" or "name"; a FEEL name cannot begin with a brace.
dmn::Given given_of(const std::string &key, const feel::Value &value) {
  if (!key.starts_with('{'))
    return {key, value};
  const std::size_t close = key.find('}');
  if (close == std::string::npos || close + 1 == key.size())
    throw Error(Diagnostic{Code::dmn_unknown_input, Level::error,
                           "the key '" + key + "' is neither a name nor {namespace}name", "inputs"});
  return {key.substr(close + 1), value, key.substr(1, close - 1)};
}

std::vector<dmn::Given> values_of(const feel::Value &inputs) {
  std::vector<dmn::Given> values;
  for (const auto &[key, value] : inputs.context())
    values.push_back(given_of(key, value));
  return values;
}

// `asked` says what is evaluated, before the rest is read: a function of the inputs, the options and the namespace.
template <class Asked>
spie_status evaluate(char **json, std::size_t *length, const char *inputs, std::size_t inputs_length,
                     const spie_model_evaluate_options *options, spie_error *error, Asked &&asked) noexcept {
  return give_text(json, length, error, [&] {
    const auto call = asked();
    const auto given = options_argument(options, spie_model_evaluate_options SPIE_MODEL_EVALUATE_OPTIONS_INIT,
                                        offsetof(spie_model_evaluate_options, ignore_extra));
    const feel::Value context = object_argument(inputs, inputs_length, "inputs", given.input);
    dmn::EvaluateOptions evaluation;
    evaluation.trace = given.trace != 0;
    evaluation.iso_texts = true;
    if (given.ignore_extra != 0)
      evaluation.extra = dmn::Extra::ignore;
    evaluation.now = instant_argument(given.now, "now");
    evaluation.limits = limits_argument(given.limits);
    const feel::Value record = dmn::to_value(call(context, evaluation, given.model_namespace));
    std::vector<feel::Context::Entry> entries;
    for (const feel::Context::Entry &entry : record.context())
      if (entry.first != "trace" || evaluation.trace)
        entries.push_back(entry);
    return result_text(feel::Context::of_distinct(std::move(entries)));
  });
}

dmn::Result evaluate_prepared(const dmn::Decision &decision, const feel::Value &inputs,
                              const dmn::EvaluateOptions &options) {
  dmn::ValueFacts source;
  if (auto slots = decision.read(source, &inputs, options))
    return decision.evaluate(*std::move(slots), options);
  return decision.evaluate(values_of(inputs), options);
}

} // namespace

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;

spie_status spie_model_from_files(spie_model **model, const spie_file *files, size_t file_count,
                                  const spie_model_options *options, spie_error *error) {
  return give_handle(model, error, [&] {
    const auto given =
        options_argument(options, spie_model_options SPIE_MODEL_OPTIONS_INIT, offsetof(spie_model_options, extensions));
    dmn::LoadOptions load;
    load.lenient = given.lenient != 0;
    load.strict = given.strict != 0;
    load.limits = load_limits_argument(given.limits);
    if (given.extension_count > 0)
      needed(given.extensions, "extensions");
    for (std::size_t i = 0; i < given.extension_count; ++i)
      load.extensions.emplace_back(text_argument(given.extensions[i], "extensions[]"));
    return std::make_unique<spie_model>(spie_model{dmn::Model::load(sources_argument(files, file_count), load)});
  });
}

void spie_model_free(spie_model *model) { delete model; }

spie_status spie_model_check_files(char **json, size_t *length, const spie_file *files, size_t file_count,
                                   spie_error *error) {
  return give_text(json, length, error, [&] {
    const std::vector<dmn::Source> sources = sources_argument(files, file_count);
    std::shared_ptr<const dmn::Model> model;
    const std::vector<Diagnostic> refusals = refusals_of([&] { model = dmn::Model::load(sources); });
    return to_value(refusals.empty() ? model->findings() : refusals);
  });
}

spie_status spie_model_describe(char **json, size_t *length, const spie_model *model, spie_error *error) {
  return give_text(json, length, error, [&] {
    const dmn::Model &given = model_of(model);
    return feel::Value(feel::Context{{"nom", given.name()},
                                     {"espace", given.model_namespace()},
                                     {"version", given.version()},
                                     {"entrees", dmn::to_list(given.inputs())},
                                     {"decisions", dmn::to_list(given.decisions())},
                                     {"services", dmn::to_list(given.services())},
                                     {"fonctions", dmn::to_list(given.functions())},
                                     {"constats", to_value(given.findings())}});
  });
}

spie_status spie_model_facts(char **json, size_t *length, const spie_model *model, const char *decision,
                             const char *model_namespace, spie_error *error) {
  return give_text(json, length, error, [&] {
    const dmn::Model &given = model_of(model);
    return dmn::to_list(given.facts(text_argument(decision, "decision"), namespace_argument(model_namespace)));
  });
}

spie_status spie_model_analyse(char **json, size_t *length, const spie_model *model,
                               const spie_analysis_options *options, spie_error *error) {
  return give_text(json, length, error, [&] {
    const auto given = options_argument(options, spie_analysis_options SPIE_ANALYSIS_OPTIONS_INIT);
    analysis::Options asked;
    if (given.decision != nullptr)
      asked.decision = text_argument(given.decision, "decision");
    if (given.work != 0)
      asked.work = given.work;
    if (given.listed != 0)
      asked.listed = given.listed;
    return analysis::to_value(analysis::analyse(model_of(model), asked));
  });
}

spie_status spie_model_evaluate(char **json, size_t *length, const spie_model *model, const char *decision,
                                const char *inputs, size_t inputs_length, const spie_model_evaluate_options *options,
                                spie_error *error) {
  return evaluate(json, length, inputs, inputs_length, options, error, [&] {
    const dmn::Model &asked = model_of(model);
    return [&asked, name = text_argument(decision, "name")](const feel::Value &given, const dmn::EvaluateOptions &how,
                                                            const char *model_namespace) {
      return asked.evaluate(name, values_of(given), how, namespace_argument(model_namespace));
    };
  });
}

spie_status spie_model_evaluate_service(char **json, size_t *length, const spie_model *model, const char *service,
                                        const char *inputs, size_t inputs_length,
                                        const spie_model_evaluate_options *options, spie_error *error) {
  return evaluate(json, length, inputs, inputs_length, options, error, [&] {
    const dmn::Model &asked = model_of(model);
    return [&asked, name = text_argument(service, "name")](const feel::Value &given, const dmn::EvaluateOptions &how,
                                                           const char *model_namespace) {
      return asked.evaluate_service(name, values_of(given), how, namespace_argument(model_namespace));
    };
  });
}

spie_status spie_model_decision(spie_prepared **prepared, const spie_model *model, const char *decision,
                                const char *model_namespace, spie_error *error) {
  return give_handle(prepared, error, [&] {
    return std::make_unique<spie_prepared>(spie_prepared{
        model_of(model).decision(text_argument(decision, "decision"), namespace_argument(model_namespace))});
  });
}

void spie_prepared_free(spie_prepared *prepared) { delete prepared; }

spie_status spie_prepared_evaluate(char **json, size_t *length, const spie_prepared *prepared, const char *inputs,
                                   size_t inputs_length, const spie_model_evaluate_options *options,
                                   spie_error *error) {
  return evaluate(json, length, inputs, inputs_length, options, error, [&] {
    const dmn::Decision &asked = *needed(prepared, "prepared").decision;
    return [&asked](const feel::Value &given, const dmn::EvaluateOptions &how, const char * /*unread*/) {
      return evaluate_prepared(asked, given, how);
    };
  });
}
