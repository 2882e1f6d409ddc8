// Evaluation: given values are admitted into the slots of their inputs, decisions run in the order of their
// requirements, and what the value rests on makes the status.
#include "rules/dmn/admission.hpp"
#include "rules/dmn/model_impl.hpp"
#include "rules/dmn/prepared.hpp"
#include "rules/dmn/recorder.hpp"
#include "rules/dmn/row_program.hpp"
#include "rules/feel/operators.hpp"
#include "rules/feel/text.hpp"
#include "spie/json.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace spie::dmn {

using feel::Evaluation;
using feel::Value;

namespace {

template <typename Item> void sort_unique(std::vector<Item> &items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

} // namespace

std::string_view text(Status status) noexcept {
  switch (status) {
  case Status::determine:
    return "determine";
  case Status::indetermine:
    return "indetermine";
  case Status::erreur:
    return "erreur";
  }
  return {};
}

std::string_view text(Verdict verdict) noexcept {
  switch (verdict) {
  case Verdict::vrai:
    return "vrai";
  case Verdict::faux:
    return "faux";
  case Verdict::inconnu:
    return "inconnu";
  case Verdict::erreur:
    return "erreur";
  case Verdict::non_evalue:
    return "non_evalue";
  }
  return {};
}

feel::Type ModelFunction::type() const {
  std::vector<feel::Type> types;
  for (const feel::Parameter &parameter : parameters_)
    types.push_back(parameter.type);
  return feel::Type::function(std::move(types), result_);
}

std::optional<Value> ModelFunction::admit(Evaluation &evaluation, std::span<const Value> given,
                                          std::vector<Value> &arguments) const {
  if (given.size() != parameters_.size())
    return evaluation.error(Code::feel_argument, "'" + name_ + "' takes " +
                                                     feel::counted(parameters_.size(), "argument") + ", not " +
                                                     std::to_string(given.size()));
  for (std::size_t i = 0; i < given.size(); ++i) {
    Value value = feel::coerce(evaluation, given[i], parameters_[i].type);
    if (value.is_null() && !given[i].is_null())
      return value;
    arguments.push_back(std::move(value));
  }
  return std::nullopt;
}

void ModelFunction::own(Evaluation &evaluation, std::optional<feel::Owning> &owning) const {
  if (evaluation.owner.get() != &model_)
    if (auto model = model_.weak_from_this().lock()) // none while the model is being linked
      owning.emplace(evaluation, std::move(model));
}

Value KnowledgeFunction::call(Evaluation &evaluation, std::span<const Value> arguments) const {
  if (!closure.is(feel::Kind::function))
    return closure; // why it could not be bound
  std::optional<feel::Owning> owning;
  own(evaluation, owning);
  return closure.function()->call(evaluation, arguments);
}

Value ServiceFunction::call(Evaluation &evaluation, std::span<const Value> arguments) const {
  std::vector<Value> admitted;
  if (auto refused = admit(evaluation, arguments, admitted))
    return *refused;
  const feel::Nesting nesting(evaluation);
  if (nesting.too_deep())
    return evaluation.error(Code::feel_limit, "services call one another more than " +
                                                  std::to_string(evaluation.limits.depth) + " levels deep");
  const Element &service = model_.elements()[element_];
  std::optional<feel::Owning> owning;
  own(evaluation, owning);
  std::vector<Value> values(model_.elements().size());
  for (std::size_t i = 0; i < admitted.size(); ++i)
    values[service.parameters[i]] = std::move(admitted[i]);
  return model_.run_service(evaluation, service, values);
}

Value ModelImpl::run_decision(Evaluation &evaluation, const Element &decision) const {
  if (!decision.expression)
    return decision.unusable;
  return decision.expression->evaluate(evaluation);
}

namespace {

// The schema lets a service have none, as those of a drawing that is not finished.
Value no_output(const Element &service) {
  return feel::error_value(Code::dmn_structure, "the decision service has no output decision", service.place);
}

} // namespace

Value ModelImpl::run_service(Evaluation &evaluation, const Element &service, std::vector<Value> &values) const {
  const auto outer = std::exchange(evaluation.globals, values);
  const auto outer_reads = std::exchange(evaluation.reads, {});
  const auto outer_pending = std::exchange(evaluation.pending, nullptr);
  auto outer_gathered = std::exchange(evaluation.gathered, {});
  const std::vector<std::uint32_t> found = service.plan ? std::vector<std::uint32_t>() : find_plan(service);
  for (const std::uint32_t index : service.plan ? *service.plan : found)
    values[index] = run_decision(evaluation, elements_[index]);
  evaluation.globals = outer;
  evaluation.reads = outer_reads;
  evaluation.pending = outer_pending;
  evaluation.gathered = std::move(outer_gathered);
  if (service.outputs.empty())
    return no_output(service);
  Value result;
  if (service.outputs.size() == 1) {
    result = values[service.outputs.front()];
  } else {
    feel::Context context;
    for (const std::uint32_t index : service.outputs)
      context.set(elements_[index].variable_name, values[index]);
    result = context;
  }
  return feel::coerce(evaluation, result, service.function->type().result());
}

const Element *ModelImpl::find_given(std::string_view name, std::string_view model_namespace) const {
  for (const ElementKind kind : {ElementKind::input, ElementKind::decision})
    if (const Element *element = find(kind, name, model_namespace))
      return element;
  return nullptr;
}

Slots ModelImpl::admit(const std::vector<Given> &inputs, const EvaluateOptions &options) const {
  Slots slots;
  slots.values.resize(elements_.size());
  ValueFacts source;
  FirstFault faults;
  Admission admission(options.facts_may_be_unknown ? Admission::Manner::unknown : Admission::Manner::standard, source,
                      faults, options);
  for (const Given &one : inputs) {
    const Element *found = find_given(one.name, one.model_namespace);
    if (found == nullptr && options.extra == Extra::ignore)
      continue;
    if (found == nullptr)
      throw Error(Diagnostic{Code::dmn_unknown_input, Level::error, unknown_element(ElementKind::input, one.name),
                             pointer_of(one.name)});
    const Element &element = *found;
    const bool decision = element.kind == ElementKind::decision;
    if (decision || options.facts_may_be_unknown) {
      slots.given.resize(elements_.size(), 0);
      slots.given[element.index] = 1;
      slots.decisions_given |= decision;
    }
    // The type that binding found for a decision without one binds its logic, not its caller.
    slots.values[element.index] =
        admission.admit(&one.value, decision && !element.typed ? feel::Type() : element.type, {nullptr, one.name});
  }
  slots.consumed = std::move(admission.evaluation().consumed);
  slots.now = admission.evaluation().now;
  return slots;
}

Result ModelImpl::evaluate(std::string_view decision, const std::vector<Given> &inputs, const EvaluateOptions &options,
                           std::string_view model_namespace) const {
  const Element &target = require(ElementKind::decision, decision, model_namespace);
  return run(target, admit(inputs, options), options);
}

Result ModelImpl::evaluate_service(std::string_view service, const std::vector<Given> &inputs,
                                   const EvaluateOptions &options, std::string_view model_namespace) const {
  const Element &target = require(ElementKind::service, service, model_namespace);
  return run(target, admit(inputs, options), options);
}

namespace {

// The part of a value that a path names, for traces; nullptr when it is not there.
Value follow(const Value &value, const std::vector<std::string> &path) {
  const Value *at = &value;
  for (const std::string &name : path) {
    if (!at->is(feel::Kind::context))
      return *at;
    at = at->context().find(name);
    if (at == nullptr)
      return {};
  }
  return *at;
}

void append(feel::Cause &into, feel::Cause &&more) {
  const auto move_all = [](auto &to, auto &from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  move_all(into.errors, more.errors);
  move_all(into.missing, more.missing);
  move_all(into.refused, more.refused);
}

// What each decision of a run consumed: a decision that was evaluated and then not read binds nothing. Reads are
// counted from the first consumption on, since no decision before it can have read it.
class Consumption {
public:
  Consumption(Evaluation &evaluation, const std::vector<Element> &elements, feel::Cause inputs)
      : evaluation_(evaluation), elements_(elements), inputs_(std::move(inputs)) {}

  void settle(const Element &decision) {
    if (!reads_.empty()) {
      for (const std::uint32_t read : decision.requires_values)
        if (reads_[read] != 0)
          read_[decision.index].push_back(read);
      std::fill(reads_.begin(), reads_.end(), 0);
    }
    if (is_empty(evaluation_.consumed))
      return;
    own_[decision.index] = std::exchange(evaluation_.consumed, {});
    reads_.resize(elements_.size(), 0);
    evaluation_.reads = reads_;
  }

  // What the decisions wanted and those that they read consumed, in the order of the plan; then nothing is left.
  feel::Cause of(const std::vector<std::uint32_t> &wanted, const std::vector<std::uint32_t> &plan) {
    append(inputs_, std::exchange(evaluation_.consumed, {}));
    if (own_.empty())
      return std::move(inputs_);
    std::set<std::uint32_t> reached(wanted.begin(), wanted.end());
    for (auto index = plan.rbegin(); !own_.empty() && index != plan.rend(); ++index)
      if (reached.contains(*index))
        reached.insert(read_[*index].begin(), read_[*index].end());
    for (auto &[index, cause] : own_)
      if (reached.contains(index))
        append(inputs_, std::move(cause));
    return std::move(inputs_);
  }

private:
  Evaluation &evaluation_;
  const std::vector<Element> &elements_;
  feel::Cause inputs_; // of the values given
  std::map<std::uint32_t, feel::Cause> own_;
  std::map<std::uint32_t, std::vector<std::uint32_t>> read_;
  std::vector<char> reads_;
};

} // namespace

namespace {

// Most decisions give a scalar, which has no size to speak of.
Value bounded(const Evaluation &evaluation, Value value) {
  switch (value.kind()) {
  case feel::Kind::null:
  case feel::Kind::boolean:
  case feel::Kind::number:
  case feel::Kind::date:
    return value;
  default:
    return evaluation.bounded(std::move(value));
  }
}

// The decisions of a run that nobody watches: each is evaluated when it is first read, and one that is not read costs
// nothing. What it consumed counts by that, as Consumption reckons it.
class OnDemand final : public feel::Pending {
public:
  OnDemand(const ModelImpl &model, Evaluation &evaluation, std::span<Value> values,
           const std::vector<std::uint32_t> &plan)
      : model_(model), evaluation_(evaluation), values_(values), waits_(values.size(), 0) {
    for (const std::uint32_t index : plan)
      waits_[index] = 1;
    evaluation_.pending = this;
  }

  void settle(std::size_t slot) override {
    if (waits_[slot] == 0)
      return;
    waits_[slot] = 0;
    const auto *element = std::exchange(evaluation_.element, nullptr);
    const auto line = evaluation_.line, column = evaluation_.column;
    const int depth = std::exchange(evaluation_.depth, 0);
    std::optional<feel::Cause> outer; // most consume nothing
    if (!is_empty(evaluation_.consumed))
      outer = std::exchange(evaluation_.consumed, {});
    values_[slot] = bounded(evaluation_, model_.run_decision(evaluation_, model_.elements()[slot]));
    if (!is_empty(evaluation_.consumed))
      consumed_.emplace(slot, std::exchange(evaluation_.consumed, {}));
    if (outer)
      evaluation_.consumed = *std::move(outer);
    evaluation_.depth = depth;
    evaluation_.element = element;
    evaluation_.line = line;
    evaluation_.column = column;
  }

  ~OnDemand() override { evaluation_.pending = nullptr; }
  OnDemand(const OnDemand &) = delete;
  OnDemand &operator=(const OnDemand &) = delete;

  bool has_consumed() const noexcept { return !consumed_.empty(); }
  // In the order of the elements, after what the inputs consumed.
  feel::Cause consumed(feel::Cause inputs) {
    for (auto &[slot, cause] : consumed_)
      append(inputs, std::move(cause));
    return inputs;
  }

private:
  const ModelImpl &model_;
  Evaluation &evaluation_;
  std::span<Value> values_;
  std::vector<char> waits_; // by slot
  std::map<std::size_t, feel::Cause> consumed_;
};

// Beyond, decisions that read one another could stand too deep in one stack.
constexpr std::size_t most_on_demand = 64;

// What the value rests on, with what was consumed on the way to it, makes the status.
void conclude(Result &result, feel::Cause causes) {
  collect_causes(result.value, causes);
  if (causes.errors.size() < 2) {
    result.errors = std::move(causes.errors);
  } else {
    std::set<std::string> seen;
    for (Diagnostic &error : causes.errors)
      if (seen.insert(to_string(error)).second)
        result.errors.push_back(std::move(error));
  }
  result.missing = std::move(causes.missing);
  result.missing.insert(result.missing.end(), causes.refused.begin(), causes.refused.end());
  result.refused = std::move(causes.refused);
  sort_unique(result.missing);
  sort_unique(result.refused);
  result.status = !result.errors.empty()    ? Status::erreur
                  : !result.missing.empty() ? Status::indetermine
                                            : Status::determine;
}

} // namespace

void conclude(Result &result) { conclude(result, {}); }

Result ModelImpl::run_unwatched(const Element &target, Evaluation &evaluation, std::span<Value> values,
                                const std::vector<std::uint32_t> &plan, feel::Cause *inputs) const {
  const auto given = [&] { return inputs == nullptr ? feel::Cause() : std::move(*inputs); };
  const bool consumed = inputs != nullptr && !is_empty(*inputs);
  Result result;
  if (evaluation.facts_may_be_unknown && plan.size() <= most_on_demand) {
    OnDemand on_demand(*this, evaluation, values, plan);
    on_demand.settle(target.index);
    result.value = std::move(values[target.index]);
    if (consumed || on_demand.has_consumed() || result.value.holds_causes())
      conclude(result, on_demand.consumed(given()));
    return result;
  }
  std::optional<Consumption> consumption; // from the first decision that consumes something on
  for (const std::uint32_t index : plan) {
    values[index] = bounded(evaluation, run_decision(evaluation, elements_[index]));
    if (!consumption && is_empty(evaluation.consumed))
      continue;
    if (!consumption)
      consumption.emplace(evaluation, elements_, given());
    consumption->settle(elements_[index]);
  }
  result.value = std::move(values[target.index]);
  if (consumed || consumption || result.value.holds_causes())
    conclude(result, consumption ? consumption->of({target.index}, plan) : given());
  return result;
}

Result ModelImpl::run(const Element &target, Slots slots, const EvaluateOptions &options,
                      std::span<const feel::Known> known, const RowPrograms *programs) const {
  const bool service = target.kind == ElementKind::service;
  std::vector<Value> &values = slots.values;
  if (programs == nullptr)
    programs = programs_of(target);
  if (programs != nullptr && !slots.decisions_given && is_empty(slots.consumed) && takes_programs(options))
    if (auto value = programs->run(values, options.facts_may_be_unknown)) {
      give_back(std::move(slots));
      return concluded(*std::move(value));
    }
  std::vector<char> &given = slots.given;
  Evaluation evaluation;
  evaluation.now = options.now ? options.now : slots.now;
  evaluation.clock = options.clock;
  evaluation.facts_may_be_unknown = options.facts_may_be_unknown;
  evaluation.limits = options.limits;
  evaluation.globals = values;
  evaluation.known = known;
  evaluation.owner = shared_from_this();

  std::vector<std::uint32_t> own_plan;
  if (slots.decisions_given) {
    for (const std::uint32_t index : service ? target.parameters : std::vector<std::uint32_t>())
      given[index] = 1;
    own_plan = plan_for(service ? target.outputs : std::vector<std::uint32_t>{target.index}, given);
  } else if (!target.plan) {
    own_plan = find_plan(target);
  }
  const std::vector<std::uint32_t> &plan = slots.decisions_given || !target.plan ? own_plan : *target.plan;
  if (options.facts_may_be_unknown) {
    given.resize(elements_.size(), 0);
    const auto fill = [&](std::uint32_t index) {
      const Element &element = elements_[index];
      if (given[index] == 0 && (element.kind == ElementKind::input || service)) {
        values[index] = element.unknown ? *element.unknown : unknown_of(element.type, element.declared->name);
        given[index] = 1;
      }
    };
    for (const std::uint32_t index : plan)
      for (const std::uint32_t required : elements_[index].requires_values)
        if (elements_[required].kind == ElementKind::input)
          fill(required);
    if (service)
      for (const std::uint32_t index : target.parameters)
        fill(index);
  }

  if (!options.trace && !service)
    return run_unwatched(target, evaluation, values, plan, &slots.consumed);

  Result result;
  Consumption consumption(evaluation, elements_, std::move(slots.consumed));
  Recorder recorder;
  if (options.trace) {
    evaluation.observer = &recorder;
    result.trace.decisions.reserve(plan.size());
  }
  for (const std::uint32_t index : plan) {
    const Element &element = elements_[index];
    if (!options.trace) {
      values[index] = evaluation.bounded(run_decision(evaluation, element));
      consumption.settle(element);
      continue;
    }
    DecisionTrace &trace = result.trace.decisions.emplace_back();
    trace.name = element.info.name;
    trace.label = element.info.label;
    trace.file = element.info.file;
    trace.authorities = element.info.authorities;
    recorder.current = &trace;
    values[index] = bounded(evaluation, run_decision(evaluation, element));
    recorder.current = nullptr;
    consumption.settle(element);
    trace.value = values[index];
    trace.facts.reserve(element.uses.size());
    for (const feel::Use &use : element.uses) {
      const Element &read = elements_[use.slot];
      FactTrace &fact = trace.facts.emplace_back();
      fact.path = read.info.name;
      for (const std::string &part : use.path)
        fact.path += "." + part;
      fact.label = use.path.empty() ? read.info.label : fact.path;
      fact.value = follow(values[use.slot], use.path);
      fact.decision = read.kind == ElementKind::decision;
    }
  }
  if (service && target.outputs.empty()) {
    result.value = no_output(target);
  } else if (service && target.outputs.size() != 1) {
    feel::Context context;
    for (const std::uint32_t index : target.outputs)
      context.set(elements_[index].variable_name, values[index]);
    result.value = evaluation.bounded(context);
  } else {
    result.value = values[service ? target.outputs.front() : target.index];
  }
  if (service)
    result.value = feel::coerce(evaluation, result.value, target.function->type().result());

  feel::Cause causes = consumption.of(service ? target.outputs : std::vector<std::uint32_t>{target.index}, plan);
  if (!is_empty(causes) || result.value.holds_causes())
    conclude(result, std::move(causes));
  return result;
}

} // namespace spie::dmn
