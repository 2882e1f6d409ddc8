#include "rules/dmn/linker.hpp"
#include "rules/dmn/model_impl.hpp"
#include "rules/dmn/row_program.hpp"
#include "rules/feel/builtins/vendors.hpp"
#include "text/suggestion.hpp"

#include <algorithm>

namespace spie::dmn {

std::shared_ptr<const Model> Model::load(const std::vector<Source> &sources, const LoadOptions &options) {
  if (sources.empty())
    throw Error(Diagnostic{Code::api_argument, Level::error, "a model needs at least one source", {}});
  std::vector<std::string> vendors;
  for (const feel::Vendor &vendor : feel::vendors())
    vendors.emplace_back(vendor.name);
  for (const std::string &extension : options.extensions)
    if (feel::find_vendor(extension) == nullptr)
      throw Error(Diagnostic{Code::api_argument, Level::error, unknown("extension", extension, vendors), "extensions"});
  feel::Loading loading(options.limits, usual_limits);
  return std::make_shared<ModelImpl>(sources, options, loading);
}

ModelImpl::ModelImpl(const std::vector<Source> &sources, const LoadOptions &options, feel::Loading &loading)
    : options_(options) {
  documents_.reserve(sources.size());
  for (const Source &source : sources)
    documents_.push_back(read_document(source, options, loading, findings_));
  for (std::size_t d = 0; d < documents_.size(); ++d) {
    for (std::size_t other = 0; other < d; ++other)
      if (!options.merge && documents_[other].model_namespace == documents_[d].model_namespace)
        findings_.push_back({Code::dmn_duplicate, Level::error,
                             "two models have the namespace " + documents_[d].model_namespace, documents_[d].file});
    for (const ImportDecl &import : documents_[d].imports) {
      const bool is_model = import.import_type.empty() || import.import_type.find("/DMN/") != std::string::npos;
      const bool given = std::any_of(documents_.begin(), documents_.end(), [&](const Document &document) {
        return document.model_namespace == import.model_namespace;
      });
      if (is_model && !given)
        findings_.push_back({Code::dmn_reference, Level::error,
                             "the imported model " + import.model_namespace + " is not given",
                             documents_[d].file + ":" + std::to_string(import.line)});
    }
  }
  // Each decision has a scope of its own, so that binding costs decisions times types.
  std::size_t count = 0;
  for (const Document &document : documents_)
    count += document.types.size() + document.inputs.size() + document.decisions.size() + document.functions.size() +
             document.services.size();
  if (count > loading.limits().list_size)
    throw Error(feel::beyond_limit(
        Code::dmn_xml, "the model has more than " + std::to_string(loading.limits().list_size) + " elements",
        documents_.front().file, "list_size"));
  Linker(*this, loading).run();
  std::stable_sort(findings_.begin(), findings_.end(),
                   [](const Diagnostic &a, const Diagnostic &b) { return a.level < b.level; });
  if (!options.lenient && !findings_.empty() && findings_.front().level == Level::error) {
    std::vector<Diagnostic> errors = findings_;
    throw Error(std::move(errors));
  }
  programs_.resize(elements_.size());
  for (const Element &element : elements_)
    if (element.kind == ElementKind::decision && element.expression)
      programs_[element.index] = std::make_shared<RowPrograms>(*this, element, std::vector<std::uint32_t>());
}

const Element *ModelImpl::find(ElementKind kind, std::string_view name, std::string_view model_namespace) const {
  auto found = by_name_.find(name);
  if (found == by_name_.end())
    found = by_name_.find(feel::canonical_name(name));
  if (found == by_name_.end())
    return nullptr;
  for (const std::uint32_t index : found->second) {
    const Element &element = elements_[index];
    if (element.kind == kind &&
        (options_.merge || model_namespace.empty() || documents_[element.document].model_namespace == model_namespace))
      return &element;
  }
  return nullptr;
}

const Element &ModelImpl::require(ElementKind kind, std::string_view name, std::string_view model_namespace) const {
  if (const Element *element = find(kind, name, model_namespace))
    return *element;
  throw Error(Diagnostic{Code::dmn_unknown_decision, Level::error, unknown_element(kind, name), std::string(name)});
}

std::string ModelImpl::unknown_element(ElementKind kind, std::string_view name) const {
  const std::string_view what = kind == ElementKind::service ? "decision service"
                                : kind == ElementKind::input ? "input"
                                                             : "decision";
  std::vector<std::string> names;
  for (const Element &element : elements_) {
    const bool may_be_given = kind == ElementKind::input && element.kind == ElementKind::decision;
    if (element.kind != kind && !may_be_given)
      continue;
    const std::string &own = element.declared->name;
    if (element.declared->id == name || element.variable_name == name)
      return unknown(what, name, {}) + ", did you mean '" + own + "'?";
    if (!may_be_given)
      names.push_back(own);
  }
  return unknown(what, name, names);
}

const ElementInfo *ModelImpl::find_input(std::string_view name, std::string_view model_namespace) const {
  const Element *element = find(ElementKind::input, name, model_namespace);
  return element == nullptr ? nullptr : &element->info;
}

const ElementInfo *ModelImpl::find_decision(std::string_view name, std::string_view model_namespace) const {
  const Element *element = find(ElementKind::decision, name, model_namespace);
  return element == nullptr ? nullptr : &element->info;
}

std::vector<std::uint32_t> ModelImpl::plan_for(const std::vector<std::uint32_t> &wanted,
                                               const std::vector<char> &given) const {
  const auto has_value = [&](std::uint32_t index) { return !given.empty() && given[index] != 0; };
  std::vector<std::uint32_t> order;
  std::vector<char> seen(elements_.size(), 0);
  struct Step {
    std::uint32_t element;
    std::size_t next;
  };
  for (const std::uint32_t start : wanted) {
    if (seen[start] != 0 || has_value(start))
      continue;
    std::vector<Step> stack{{start, 0}};
    seen[start] = 1;
    while (!stack.empty()) {
      Step &step = stack.back();
      const Element &element = elements_[step.element];
      if (step.next == element.requires_values.size()) {
        order.push_back(step.element);
        stack.pop_back();
        continue;
      }
      const std::uint32_t next = element.requires_values[step.next++];
      if (seen[next] == 0 && elements_[next].kind == ElementKind::decision && !has_value(next)) {
        seen[next] = 1;
        stack.push_back({next, 0});
      }
    }
  }
  return order;
}

std::vector<std::uint32_t> ModelImpl::find_plan(const Element &target) const {
  if (target.plan)
    return *target.plan;
  if (target.kind == ElementKind::decision)
    return plan_for({target.index}, {});
  std::vector<char> given(elements_.size(), 0);
  for (const std::uint32_t index : target.parameters)
    given[index] = 1;
  return plan_for(target.outputs, given);
}

std::vector<std::string> ModelImpl::requirements(std::string_view decision) const {
  std::vector<std::string> names;
  for (const std::uint32_t index : find_plan(require(ElementKind::decision, decision, {})))
    names.push_back(elements_[index].declared->name);
  return names;
}

} // namespace spie::dmn
