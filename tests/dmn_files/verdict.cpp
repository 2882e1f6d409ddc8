#include "tests/dmn_files/verdict.hpp"

#include <algorithm>
#include <set>

namespace dmn_files {

namespace {

using spie::Code;
using spie::Diagnostic;
using spie::Level;
namespace dmn = spie::dmn;

struct Load {
  std::shared_ptr<const dmn::Model> model; // null: refused
  std::vector<Diagnostic> errors;
};

template <typename Options> Options options_of(bool strict, bool lenient, bool extensions) {
  Options options;
  options.lenient = lenient;
  if constexpr (requires { options.strict; })
    options.strict = strict;
  if constexpr (requires { options.extensions; })
    if (extensions)
      options.extensions = {"camunda", "kie", "signavio"};
  return options;
}

Load load(const std::vector<dmn::Source> &sources, bool strict, bool lenient, bool extensions) {
  Load result;
  const auto keep = [&](const std::vector<Diagnostic> &findings) {
    std::copy_if(findings.begin(), findings.end(), std::back_inserter(result.errors),
                 [](const Diagnostic &one) { return one.level == Level::error; });
  };
  try {
    result.model = dmn::Model::load(sources, options_of<dmn::LoadOptions>(strict, lenient, extensions));
    keep(result.model->findings());
  } catch (const spie::Error &error) {
    keep(error.diagnostics());
  }
  return result;
}

// A decision that gives no value whatever it is given: it could not be bound, or it requires itself.
bool has_unusable_decision(const dmn::Model &model) {
  dmn::EvaluateOptions options;
  options.now = spie::feel::DateTime::parse("2026-01-15T10:30:00Z");
  options.limits = {.depth = 100, .steps = 1'000'000, .list_size = 100'000};
  for (const dmn::ElementInfo &decision : model.decisions()) {
    const dmn::Result result = model.evaluate(decision.name, {}, options, decision.model_namespace);
    if (std::any_of(result.errors.begin(), result.errors.end(), [](const Diagnostic &error) {
          return error.code == Code::dmn_unusable || error.code == Code::dmn_cycle;
        }))
      return true;
  }
  return false;
}

// "decision 'entree'", of "entree.dmn:12, decision 'entree'".
std::string element_of(const Diagnostic &error) {
  const std::size_t comma = error.where.find(", ");
  if (comma == std::string::npos)
    return {};
  return error.where.substr(comma + 2, error.where.find(", ", comma + 2) - comma - 2);
}

// Whether each element with a fault bears a text in another language, which the findings name.
bool is_of_another_language(const std::vector<Diagnostic> &errors) {
  std::set<std::string> faulty, foreign;
  for (const Diagnostic &error : errors) {
    faulty.insert(element_of(error));
    if (text(error.code) == "D015")
      foreign.insert(element_of(error));
  }
  return !foreign.empty() && faulty == foreign;
}

bool lacks_an_import(const std::vector<Diagnostic> &errors) {
  return std::any_of(errors.begin(), errors.end(), [](const Diagnostic &error) {
    return error.code == Code::dmn_reference && error.message.find("imported model") != std::string::npos;
  });
}

// A model of a model: PMML, which another engine runs.
bool is_external(const std::vector<Diagnostic> &errors) {
  return !errors.empty() && std::all_of(errors.begin(), errors.end(), [](const Diagnostic &error) {
    return error.code == Code::dmn_external && error.message.find("'PMML'") != std::string::npos;
  });
}

std::string codes_of(const std::vector<Diagnostic> &errors) {
  std::set<std::string> codes;
  for (const Diagnostic &error : errors)
    codes.emplace(text(error.code));
  std::string result;
  for (const std::string &code : codes)
    result += (result.empty() ? "" : "+") + code;
  return result;
}

} // namespace

std::string name(Outcome outcome) {
  switch (outcome) {
  case Outcome::strictly:
    return "usable, read strictly";
  case Outcome::by_default:
    return "usable, read by default";
  case Outcome::leniently:
    return "usable, read leniently";
  case Outcome::rightly_refused:
    return "rightly refused";
  case Outcome::other:
    return "not usable";
  }
  return {};
}

Verdict judge(const std::vector<dmn::Source> &sources, bool extensions, bool wrong) {
  if (load(sources, true, false, extensions).model)
    return {Outcome::strictly, {}, {}};
  if (load(sources, false, false, extensions).model)
    return {Outcome::by_default, {}, {}};
  const Load lenient = load(sources, false, true, extensions);
  if (lenient.model && !has_unusable_decision(*lenient.model))
    return {Outcome::leniently, {}, {}};
  Verdict verdict;
  verdict.findings = lenient.errors;
  verdict.outcome = Outcome::rightly_refused;
  if (wrong)
    verdict.cause = "wrong";
  else if (lacks_an_import(lenient.errors))
    verdict.cause = "import";
  else if (is_of_another_language(lenient.errors))
    verdict.cause = "language";
  else if (is_external(lenient.errors))
    verdict.cause = "pmml";
  else {
    verdict.outcome = Outcome::other;
    verdict.cause = codes_of(lenient.errors);
  }
  return verdict;
}

} // namespace dmn_files
