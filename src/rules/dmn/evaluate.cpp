// Evaluation: given values are checked against the types of their inputs, decisions run in the order of their
// requirements, and what the value rests on makes the status.
#include "rules/dmn/model_impl.hpp"
#include "rules/dmn/recorder.hpp"
#include "rules/feel/operators.hpp"
#include "rules/feel/text.hpp"
#include "spie/json.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace spie::dmn {

using feel::Evaluation;
using feel::Value;

namespace {

constexpr std::array<std::string_view, 2> not_answered{"non_aborde", "ne_sait_pas"};
constexpr std::string_view refusal = "refuse";

Value refused_value(std::string path) {
  auto cause = std::make_shared<feel::Cause>();
  cause->refused.push_back(std::move(path));
  return feel::Null{std::move(cause)};
}

// An absent fact: of a context type each of its members is unknown by its own name, so that only those read are missed.
Value unknown_of(const feel::Type &type, const std::string &path) {
  if (type.kind() != feel::Type::Kind::context || type.members().empty())
    return feel::unknown_value(path);
  feel::Context context;
  for (const auto &[name, member] : type.members())
    context.set(name, unknown_of(member, path + "." + name));
  return context;
}

// "freins[2].code" as a JSON pointer, "/freins/2/code".
std::string pointer(const std::string &path) {
  std::string result = "/";
  for (const char c : path)
    if (c == '.' || c == '[')
      result += '/';
    else if (c != ']')
      result += c;
  return result;
}

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

Value ModelImpl::run_service(Evaluation &evaluation, const Element &service, std::vector<Value> &values) const {
  const auto outer = std::exchange(evaluation.globals, values);
  const auto outer_reads = std::exchange(evaluation.reads, {});
  const std::vector<std::uint32_t> found = service.plan ? std::vector<std::uint32_t>() : find_plan(service);
  for (const std::uint32_t index : service.plan ? *service.plan : found)
    values[index] = run_decision(evaluation, elements_[index]);
  evaluation.globals = outer;
  evaluation.reads = outer_reads;
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

const Element &ModelImpl::find_given(const Given &given) const {
  for (const ElementKind kind : {ElementKind::input, ElementKind::decision})
    if (const Element *element = find(kind, given.name, given.model_namespace))
      return *element;
  std::vector<std::string> names;
  for (const Element &element : elements_)
    if (element.kind == ElementKind::input)
      names.push_back(element.declared->name);
  throw Error(Diagnostic{Code::dmn_unknown_input, Level::error,
                         "the model has no input '" + given.name + "'" + suggestion(given.name, names),
                         pointer(given.name)});
}

Value ModelImpl::admit(Evaluation &evaluation, const Value &value, const feel::Type &type, const std::string &path,
                       const std::string &place) const {
  const bool unknown = evaluation.facts_may_be_unknown;
  using Kind = feel::Type::Kind;
  const auto refuse = [&](const std::string &message) {
    throw Error(Diagnostic{Code::dmn_input_type, Level::error, "'" + path + "' " + message, pointer(path)});
  };
  if (value.is_null())
    return !unknown ? value : value.cause() != nullptr ? value : unknown_of(type, path);
  if (unknown && value.is(feel::Kind::text) && type.constraint() != nullptr) {
    const std::string &answer = value.text();
    if (answer == refusal || std::find(not_answered.begin(), not_answered.end(), answer) != not_answered.end())
      for (const Value &listed : type.constraint()->enumerated())
        if (listed.is(feel::Kind::text) && listed.text() == answer)
          return answer == refusal ? refused_value(path) : feel::unknown_value(path);
  }
  Value admitted = value;
  if (type.kind() == Kind::context && !type.members().empty() && value.is(feel::Kind::context)) {
    feel::Context context;
    std::vector<std::string> names;
    for (const auto &[name, member] : type.members()) {
      names.push_back(name);
      const Value *given = value.context().find(name);
      if (given != nullptr)
        context.set(name, admit(evaluation, *given, member, path + "." + name, place));
      else if (unknown)
        context.set(name, unknown_of(member, path + "." + name));
      else
        refuse("has no '" + name + "', which its type " + type.to_string() + " asks for");
    }
    for (const auto &[name, more] : value.context()) {
      if (context.find(name) != nullptr)
        continue;
      if (unknown)
        throw Error(Diagnostic{Code::dmn_unknown_input, Level::error,
                               "'" + path + "' has no member '" + name + "'" + suggestion(name, names),
                               pointer(path + "." + name)});
      context.set(name, more);
    }
    admitted = context;
  } else if (type.kind() == Kind::list && value.is(feel::Kind::list) && (!type.element().is_any() || unknown)) {
    feel::List list;
    list.reserve(value.list().size());
    for (std::size_t i = 0; i < value.list().size(); ++i)
      list.push_back(
          admit(evaluation, value.list()[i], type.element(), path + "[" + std::to_string(i + 1) + "]", place));
    admitted = Value(std::move(list));
  } else if (type.is_any()) {
    if (type.constraint() == nullptr)
      return value;
  } else if (type.kind() == Kind::list && unknown && value.is(feel::Kind::context)) {
    return admit(evaluation, Value(feel::List{value}), type, path, place); // one item stands for the list of it
  } else {
    if (type.kind() == Kind::date && value.is(feel::Kind::date_time)) {
      // What has no type for a date alone (pandas, spreadsheets) gives its midnight.
      if (!value.date_time().is_bare_date())
        refuse("is a date and time, not a date: give its date alone");
      return admit(evaluation, value.date_time().date, type, path, place);
    }
    admitted = feel::coerce(evaluation, value, type);
    if (admitted.is_null())
      refuse(type.constraint() != nullptr && feel::type_of(value).conforms_to(type)
                 ? "is " + feel::in_brief(value) +
                       ", which is not among its allowed values: " + type.constraint()->to_string()
                 : "is of type " + feel::type_of(value).to_string() + ", not " + feel::Type(type.kind()).to_string() +
                       std::string(type.kind() == Kind::context ? empty_array_hint(value) : ""));
    return admitted;
  }
  if (type.constraint() != nullptr && !type.constraint()->allows(evaluation, admitted))
    refuse("does not hold to its allowed values: " + type.constraint()->to_string());
  return admitted;
}

Result ModelImpl::evaluate(std::string_view decision, const std::vector<Given> &inputs, const EvaluateOptions &options,
                           std::string_view model_namespace) const {
  return run(require(ElementKind::decision, decision, model_namespace), inputs, options);
}

Result ModelImpl::evaluate_service(std::string_view service, const std::vector<Given> &inputs,
                                   const EvaluateOptions &options, std::string_view model_namespace) const {
  return run(require(ElementKind::service, service, model_namespace), inputs, options);
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
  Consumption(Evaluation &evaluation, const std::vector<Element> &elements)
      : evaluation_(evaluation), elements_(elements), inputs_(std::exchange(evaluation.consumed, {})) {}

  void settle(const Element &decision) {
    if (!reads_.empty()) {
      for (const std::uint32_t read : decision.requires_values)
        if (reads_[read] != 0)
          read_[decision.index].push_back(read);
      std::fill(reads_.begin(), reads_.end(), 0);
    }
    const feel::Cause &own = evaluation_.consumed;
    if (own.errors.empty() && own.missing.empty() && own.refused.empty())
      return;
    own_[decision.index] = std::exchange(evaluation_.consumed, {});
    reads_.resize(elements_.size(), 0);
    evaluation_.reads = reads_;
  }

  // What the decisions wanted and those that they read consumed, in the order of the plan; then nothing is left.
  feel::Cause of(const std::vector<std::uint32_t> &wanted, const std::vector<std::uint32_t> &plan) {
    append(inputs_, std::exchange(evaluation_.consumed, {}));
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

Result ModelImpl::run(const Element &target, const std::vector<Given> &inputs, const EvaluateOptions &options) const {
  const bool service = target.kind == ElementKind::service;
  std::vector<Value> values(elements_.size());
  Evaluation evaluation;
  evaluation.now = options.now;
  evaluation.facts_may_be_unknown = options.facts_may_be_unknown;
  evaluation.limits = options.limits;
  evaluation.globals = values;
  evaluation.owner = shared_from_this();

  std::vector<char> given;
  bool decisions_given = false;
  for (const Given &one : inputs) {
    const Element &element = find_given(one);
    if (element.kind == ElementKind::decision || options.facts_may_be_unknown) {
      given.resize(elements_.size(), 0);
      given[element.index] = 1;
      decisions_given |= element.kind == ElementKind::decision;
    }
    // The type that binding found for a decision without one binds its logic, not its caller.
    values[element.index] =
        admit(evaluation, one.value, element.kind == ElementKind::input || element.typed ? element.type : feel::Type(),
              one.name, element.place);
  }
  std::vector<std::uint32_t> own_plan;
  if (decisions_given) {
    for (const std::uint32_t index : service ? target.parameters : std::vector<std::uint32_t>())
      given[index] = 1;
    own_plan = plan_for(service ? target.outputs : std::vector<std::uint32_t>{target.index}, given);
  } else if (!target.plan) {
    own_plan = find_plan(target);
  }
  const std::vector<std::uint32_t> &plan = decisions_given || !target.plan ? own_plan : *target.plan;
  if (options.facts_may_be_unknown) {
    given.resize(elements_.size(), 0);
    const auto fill = [&](std::uint32_t index) {
      if (given[index] == 0 && (elements_[index].kind == ElementKind::input || service)) {
        values[index] = unknown_of(elements_[index].type, elements_[index].declared->name);
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

  Result result;
  Consumption consumption(evaluation, elements_);
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
    DecisionTrace trace;
    trace.name = element.info.name;
    trace.label = element.info.label;
    trace.file = element.info.file;
    trace.authorities = element.info.authorities;
    recorder.current = &trace;
    values[index] = evaluation.bounded(run_decision(evaluation, element));
    recorder.current = nullptr;
    consumption.settle(element);
    trace.value = values[index];
    for (const feel::Use &use : element.uses) {
      const Element &read = elements_[use.slot];
      std::string path = read.info.name;
      for (const std::string &part : use.path)
        path += "." + part;
      trace.facts.push_back({path, use.path.empty() ? read.info.label : path, follow(values[use.slot], use.path),
                             read.kind == ElementKind::decision});
    }
    result.trace.decisions.push_back(std::move(trace));
  }
  if (service && target.outputs.size() != 1) {
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
  collect_causes(result.value, causes);
  std::set<std::string> seen;
  for (Diagnostic &error : causes.errors)
    if (seen.insert(to_string(error)).second)
      result.errors.push_back(std::move(error));
  result.missing = std::move(causes.missing);
  result.missing.insert(result.missing.end(), causes.refused.begin(), causes.refused.end());
  result.refused = std::move(causes.refused);
  sort_unique(result.missing);
  sort_unique(result.refused);
  result.status = !result.errors.empty()    ? Status::erreur
                  : !result.missing.empty() ? Status::indetermine
                                            : Status::determine;
  return result;
}

} // namespace spie::dmn
