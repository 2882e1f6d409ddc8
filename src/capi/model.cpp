// DMN models alone.
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "spie/dmn/values.hpp"

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

template <class Evaluate>
spie_status evaluate(char **json, std::size_t *length, const spie_model *model, const char *name, const char *inputs,
                     std::size_t inputs_length, const spie_model_evaluate_options *options, spie_error *error,
                     Evaluate &&call) noexcept {
  return give_text(json, length, error, [&] {
    const dmn::Model &asked = model_of(model);
    const std::string_view wanted = text_argument(name, "name");
    const auto given = options_argument(options, spie_model_evaluate_options SPIE_MODEL_EVALUATE_OPTIONS_INIT);
    const feel::Value context = object_argument(inputs, inputs_length, "inputs");
    std::vector<dmn::Given> values;
    for (const auto &[key, value] : context.context())
      values.push_back(given_of(key, value));
    dmn::EvaluateOptions evaluation;
    evaluation.trace = given.trace != 0;
    evaluation.now = instant_argument(given.now, "now");
    const feel::Value record =
        dmn::to_value(call(asked, wanted, values, evaluation, namespace_argument(given.model_namespace)));
    std::vector<feel::Context::Entry> entries;
    for (const feel::Context::Entry &entry : record.context())
      if (entry.first != "trace" || evaluation.trace)
        entries.push_back(entry);
    return result_text(feel::Context::of_distinct(std::move(entries)));
  });
}

} // namespace

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;

spie_status spie_model_from_files(spie_model **model, const spie_file *files, size_t file_count,
                                  const spie_model_options *options, spie_error *error) {
  return give_handle(model, error, [&] {
    const auto given = options_argument(options, spie_model_options SPIE_MODEL_OPTIONS_INIT);
    dmn::LoadOptions load;
    load.lenient = given.lenient != 0;
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

spie_status spie_model_evaluate(char **json, size_t *length, const spie_model *model, const char *decision,
                                const char *inputs, size_t inputs_length, const spie_model_evaluate_options *options,
                                spie_error *error) {
  return evaluate(json, length, model, decision, inputs, inputs_length, options, error,
                  [](const dmn::Model &asked, auto &&...rest) { return asked.evaluate(rest...); });
}

spie_status spie_model_evaluate_service(char **json, size_t *length, const spie_model *model, const char *service,
                                        const char *inputs, size_t inputs_length,
                                        const spie_model_evaluate_options *options, spie_error *error) {
  return evaluate(json, length, model, service, inputs, inputs_length, options, error,
                  [](const dmn::Model &asked, auto &&...rest) { return asked.evaluate_service(rest...); });
}
