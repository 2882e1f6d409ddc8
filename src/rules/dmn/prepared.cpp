#include "rules/dmn/prepared.hpp"

#include "rules/dmn/admission.hpp"
#include "rules/dmn/row_program.hpp"
#include "rules/feel/few_values.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace spie::dmn {

namespace {

Admission::Manner manner(const EvaluateOptions &options) {
  return options.facts_may_be_unknown ? Admission::Manner::unknown : Admission::Manner::standard;
}

// Of an admitted value; what is not given has no mark under the semantics of the standard.
template <class Given> void put(Slots &slots, std::uint32_t slot, Given &&value, const EvaluateOptions &options) {
  slots.values[slot] = std::forward<Given>(value);
  if (options.facts_may_be_unknown) {
    slots.given.resize(slots.values.size(), 0);
    slots.given[slot] = 1;
  }
}

// All of whose values are plain nulls. Out of line: where it is not, a library asks for its place at each use.
[[gnu::noinline]] Slots &spare_of_thread() {
  thread_local Slots spare;
  return spare;
}

} // namespace

void give_back(Slots &&slots) noexcept {
  for (feel::Value &value : slots.values)
    if (!value.is_null() || value.cause() != nullptr)
      value = {};
  std::fill(slots.given.begin(), slots.given.end(), 0);
  Slots &spare = spare_of_thread();
  spare.values.swap(slots.values);
  spare.given.swap(slots.given);
}

std::shared_ptr<const Decision> ModelImpl::decision(std::string_view name, std::string_view model_namespace,
                                                    const FixedValues &fixed) const {
  return std::make_shared<PreparedDecision>(shared_from_this(), require(ElementKind::decision, name, model_namespace),
                                            fixed);
}

std::shared_ptr<const PreparedDecision> ModelImpl::prepared(const ElementInfo &decision, const FixedValues &fixed,
                                                            std::vector<std::uint32_t> steady) const {
  return std::make_shared<PreparedDecision>(shared_from_this(), elements_[decision.slot], fixed, std::move(steady));
}

std::vector<feel::Known> ModelImpl::known_of(const Element &decision, const FixedValues &fixed) const {
  std::vector<feel::Known> known;
  if (fixed.empty())
    return known;
  std::vector<feel::Value> values(elements_.size());
  std::vector<char> is_fixed(elements_.size(), 0);
  for (const auto &[slot, value] : fixed) {
    values[slot] = value;
    is_fixed[slot] = 1;
  }
  for (const std::uint32_t index : find_plan(decision))
    if (elements_[index].expression)
      elements_[index].expression->collect_known(values, is_fixed, known);
  return known;
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

PreparedDecision::PreparedDecision(std::shared_ptr<const ModelImpl> model, const Element &target,
                                   const FixedValues &fixed, std::vector<std::uint32_t> steady)
    : model_(std::move(model)), target_(target), inputs_(model_->inputs_of(target)),
      known_(model_->known_of(target, fixed)), order_(model_->elements().size()) {
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    plain_.push_back(plain_kind(inputs_[i]->type));
    order_[inputs_[i]->slot] = static_cast<std::uint32_t>(i);
  }
  if (!steady.empty() && model_->programs_of(target) != nullptr)
    own_programs_ = std::make_shared<RowPrograms>(*model_, target, std::move(steady));
  constexpr std::size_t soon_found = 16; // by looking at each
  for (const ElementInfo *input : inputs_)
    if (named_.size() < soon_found && model_->find_input(input->name, {}) == input)
      named_.push_back(input);
}

Slots PreparedDecision::slots() const {
  Slots slots;
  Slots &spare = spare_of_thread();
  if (spare.values.size() == model_->elements().size()) {
    slots.values.swap(spare.values);
    slots.given.swap(spare.given);
  } else {
    slots.values.resize(model_->elements().size());
  }
  return slots;
}

Result PreparedDecision::evaluate(const std::vector<Given> &inputs, const EvaluateOptions &options) const {
  return model_->run(target_, model_->admit(inputs, options), options, known(options), programs());
}

void PreparedDecision::prepare(feel::Evaluation &evaluation, const EvaluateOptions &options,
                               std::span<const feel::Value> values) const {
  evaluation.now = options.now;
  evaluation.clock = options.clock;
  evaluation.facts_may_be_unknown = options.facts_may_be_unknown;
  evaluation.limits = options.limits;
  evaluation.globals = values;
  evaluation.known = known(options);
  evaluation.owner = model_;
}

bool PreparedDecision::are_plain(std::span<const feel::Value> inputs) const {
  const feel::Value *const given = inputs.data();
  const feel::Kind *const plain = plain_.data();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (given[i].kind() == plain[i] && plain[i] != feel::Kind::null)
      continue;
    if (given[i].is_null() ? given[i].cause() != nullptr : !is_plain(given[i], inputs_[i]->type))
      return false;
  }
  return true;
}

std::optional<Result> PreparedDecision::run_plain(std::span<const feel::Value> inputs,
                                                  const EvaluateOptions &options) const {
  constexpr std::size_t few = 32;
  if (model_->elements().size() > few)
    return std::nullopt;
  feel::FewValues<few> values(model_->elements().size());
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (!inputs[i].is_null())
      std::construct_at(&values.all()[inputs_[i]->slot], inputs[i]); // over a plain null, which holds nothing
  feel::Evaluation evaluation;
  prepare(evaluation, options, values.all());
  return model_->run_unwatched(target_, evaluation, values.all(), *target_.plan, nullptr);
}

Result PreparedDecision::evaluate(std::span<const feel::Value> inputs, const EvaluateOptions &options) const {
  if (inputs.size() != inputs_.size())
    throw Error(Diagnostic{Code::api_argument, Level::error,
                           "the decision '" + target_.info.name + "' reads " + std::to_string(inputs_.size()) +
                               " inputs, " + std::to_string(inputs.size()) + " values are given",
                           "inputs"});
  if (!options.trace && !options.facts_may_be_unknown && are_plain(inputs)) {
    if (const RowPrograms *by = programs(); by != nullptr && takes_programs(options))
      if (auto value = by->run(inputs, false, order_))
        return concluded(*std::move(value));
    if (target_.plan)
      if (auto result = run_plain(inputs, options))
        return *std::move(result);
  }
  Slots made = slots();
  std::optional<Admission> admission; // of what is not plainly of its type
  ValueFacts source;
  FirstFault faults;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].is_null() && inputs[i].cause() == nullptr)
      continue;
    if (is_plain(inputs[i], inputs_[i]->type)) {
      put(made, inputs_[i]->slot, inputs[i], options);
      continue;
    }
    if (!admission)
      admission.emplace(manner(options), source, faults, options);
    put(made, inputs_[i]->slot, admission->admit(&inputs[i], inputs_[i]->type, {nullptr, inputs_[i]->name}), options);
  }
  if (admission) {
    made.consumed = std::move(admission->evaluation().consumed);
    made.now = admission->evaluation().now;
  }
  return model_->run(target_, std::move(made), options, known(options), programs());
}

std::optional<Slots> PreparedDecision::read(FactSource &source, FactSource::Node facts,
                                            const EvaluateOptions &options) const {
  std::vector<FactSource::Entry> entries;
  source.entries(facts, entries);
  Slots made = slots();
  AnyFault faults;
  Admission admission(manner(options), source, faults, options);
  for (const FactSource::Entry &entry : entries) {
    const auto named =
        std::find_if(named_.begin(), named_.end(), [&](const ElementInfo *one) { return one->name == entry.name; });
    const ElementInfo *input = named != named_.end() ? *named : model_->find_input(entry.name, {});
    if (input == nullptr && options.extra == Extra::ignore && !entry.name.starts_with('{') &&
        !model_->takes(entry.name))
      continue;
    if (input == nullptr)
      return std::nullopt;
    put(made, input->slot, admission.admit(entry.node, input->type, {nullptr, entry.name}), options);
    if (faults.found)
      return std::nullopt;
  }
  made.consumed = std::move(admission.evaluation().consumed);
  made.now = admission.evaluation().now;
  return made;
}

Result PreparedDecision::evaluate(Slots slots, const EvaluateOptions &options) const {
  return model_->run(target_, std::move(slots), options, known(options), programs());
}

} // namespace spie::dmn
