// DMN documents: refused with findings, or loaded; then every decision and service gives a value within limits.
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/short_runs.hpp"

#include "spie/dmn/model.hpp"
#include "spie/dmn/values.hpp"
#include "spie/json.hpp"

#include <utility>

using namespace spie;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string xml(fuzz::text_of(data, size));
  for (const auto &[lenient, strict] : {std::pair{false, true}, {false, false}, {true, false}}) {
    dmn::LoadOptions options;
    options.lenient = lenient;
    options.strict = strict;
    if (lenient)
      options.extensions = {"camunda", "kie", "signavio"};
    std::shared_ptr<const dmn::Model> model;
    try {
      model = dmn::Model::load({{"fuzz.dmn", xml}}, options);
    } catch (const Error &refusal) {
      fuzz::promise(!refusal.diagnostics().empty(), "a refusal has findings");
      continue;
    }
    dmn::EvaluateOptions evaluation;
    evaluation.trace = lenient;
    evaluation.limits = fuzz::short_runs();
    for (const auto &decision : model->decisions()) {
      try {
        (void)write_json(dmn::to_value(model->evaluate(decision.name, {}, evaluation, decision.model_namespace)));
        (void)model->facts(decision.name);
        (void)model->describe(decision.name);
      } catch (const Error &) {
      }
    }
    for (const auto &service : model->services()) {
      try {
        (void)model->evaluate_service(service.name, {}, evaluation, service.model_namespace);
      } catch (const Error &) {
      }
    }
  }
  return 0;
}
