#include "rules/dmn/prepared.hpp"

#include "rules/dmn/admission.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace spie::dmn {

namespace {

Admission::Manner manner(const EvaluateOptions &options) {
  return options.facts_may_be_unknown ? Admission::Manner::unknown : Admission::Manner::standard;
}

// Of an admitted value; what is not given has no mark under the semantics of the standard.
void put(Slots &slots, std::uint32_t slot, feel::Value value, const EvaluateOptions &options) {
  slots.values[slot] = std::move(value);
  if (options.facts_may_be_unknown) {
    slots.given.resize(slots.values.size(), 0);
    slots.given[slot] = 1;
  }
}

} // namespace

std::shared_ptr<const Decision> ModelImpl::decision(std::string_view name, std::string_view model_namespace) const {
  return std::make_shared<PreparedDecision>(shared_from_this(), require(ElementKind::decision, name, model_namespace));
}

std::vector<const ElementInfo *> ModelImpl::inputs_of(const Element &decision) const {
  std::vector<char> read(elements_.size(), 0);
  for (const std::uint32_t index : find_plan(decision))
    for (const std::uint32_t required : elements_[index].requires_values)
      read[required] = 1;
  std::vector<const ElementInfo *> inputs;
  for (const Element &element : elements_)
    if (element.kind == ElementKind::input && read[element.index] != 0)
      inputs.push_back(&element.info);
  return inputs;
}

Slots PreparedDecision::slots() const {
  Slots slots;
  slots.values.resize(model_->elements().size());
  return slots;
}

Result PreparedDecision::evaluate(const std::vector<Given> &inputs, const EvaluateOptions &options) const {
  return model_->run(target_, model_->admit(inputs, options), options);
}

Result PreparedDecision::evaluate(std::span<const feel::Value> inputs, const EvaluateOptions &options) const {
  if (inputs.size() != inputs_.size())
    throw Error(Diagnostic{Code::api_argument, Level::error,
                           "the decision '" + target_.info.name + "' reads " + std::to_string(inputs_.size()) +
                               " inputs, " + std::to_string(inputs.size()) + " values are given",
                           "inputs"});
  Slots made = slots();
  ValueFacts source;
  FirstFault faults;
  Admission admission(manner(options), source, faults, options);
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (!inputs[i].is_null() || inputs[i].cause() != nullptr)
      put(made, inputs_[i]->slot, admission.admit(&inputs[i], inputs_[i]->type, {nullptr, inputs_[i]->name}), options);
  made.consumed = std::move(admission.evaluation().consumed);
  return model_->run(target_, std::move(made), options);
}

std::optional<Slots> PreparedDecision::read(FactSource &source, FactSource::Node facts,
                                            const EvaluateOptions &options) const {
  std::vector<FactSource::Entry> entries;
  source.entries(facts, entries);
  Slots made = slots();
  AnyFault faults;
  Admission admission(manner(options), source, faults, options);
  for (const FactSource::Entry &entry : entries) {
    const ElementInfo *input = model_->find_input(entry.name, {});
    if (input == nullptr)
      return std::nullopt;
    put(made, input->slot, admission.admit(entry.node, input->type, {nullptr, entry.name}), options);
    if (faults.found)
      return std::nullopt;
  }
  made.consumed = std::move(admission.evaluation().consumed);
  return made;
}

Result PreparedDecision::evaluate(Slots slots, const EvaluateOptions &options) const {
  return model_->run(target_, std::move(slots), options);
}

} // namespace spie::dmn
