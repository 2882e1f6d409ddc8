#include "rules/pack/prepared.hpp"

#include "rules/dmn/row.hpp"
#include "rules/pack/content.hpp"
#include "rules/pack/pack_impl.hpp"
#include "spie/json.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <utility>

namespace spie::pack {

namespace {

using dmn::Admission;
using feel::Value;

dmn::EvaluateOptions unknown_facts() {
  dmn::EvaluateOptions options;
  options.facts_may_be_unknown = true;
  return options;
}

void put(dmn::Slots &slots, std::uint32_t slot, Value value) {
  slots.values[slot] = std::move(value);
  slots.given.resize(slots.values.size(), 0);
  slots.given[slot] = 1;
}

// What the pack itself gives an input; throws D010.
Value admitted(const Value &value, const dmn::ElementInfo &input, feel::Cause &consumed) {
  dmn::ValueFacts source;
  dmn::FirstFault faults;
  Admission admission(Admission::Manner::unknown, source, faults);
  Value result = admission.admit(&value, input.type, {nullptr, input.name});
  feel::Cause &more = admission.evaluation().consumed;
  consumed.errors.insert(consumed.errors.end(), more.errors.begin(), more.errors.end());
  consumed.missing.insert(consumed.missing.end(), more.missing.begin(), more.missing.end());
  consumed.refused.insert(consumed.refused.end(), more.refused.begin(), more.refused.end());
  return result;
}

// The same, once for all evaluations; nullopt for what has something to say, which each of them then says.
std::optional<Value> admitted_once(const Value &value, const dmn::ElementInfo &input) {
  try {
    feel::Cause consumed;
    Value result = admitted(value, input, consumed);
    if (consumed.errors.empty() && consumed.missing.empty() && consumed.refused.empty())
      return result;
  } catch (const Error &) { // said by each evaluation
  }
  return std::nullopt;
}

bool is_error(const Diagnostic &finding) { return finding.level == Level::error; }

void refuse_errors(std::vector<Diagnostic> findings) {
  std::erase_if(findings, [](const Diagnostic &finding) { return !is_error(finding); });
  if (!findings.empty())
    throw Error(std::move(findings));
}

} // namespace

Prepared::Prepared(const PackImpl &pack, const dmn::ElementInfo &decision, const std::set<std::string> &reads,
                   For calls)
    : pack_(pack), info_(decision) {
  const dmn::Model &model = pack.model();
  for (const PackParameter &parameter : pack.parameters()) {
    const dmn::ElementInfo *input = model.find_input(parameter.nom);
    if (input == nullptr || reads.count(parameter.nom) == 0)
      continue;
    ReadParameter read;
    read.parameter = &parameter;
    read.input = input;
    for (const ParameterValue &value : parameter.valeurs)
      read.admitted.push_back(admitted_once(value.valeur, *input));
    if (!parameter.lu_au.empty()) {
      const std::string root = pack.root_of(parameter.lu_au);
      read.dated = model.find_input(root);
      for (std::size_t at = root.size(); at < parameter.lu_au.size();) {
        const std::size_t end = std::min(parameter.lu_au.find('.', at + 1), parameter.lu_au.size());
        read.members.push_back(parameter.lu_au.substr(at + 1, end - at - 1));
        at = end;
      }
    }
    parameters_.push_back(std::move(read));
  }
  for (const auto &[name, value] : pack.lists())
    if (const dmn::ElementInfo *input = model.find_input(name); input != nullptr && reads.count(name) != 0)
      lists_.push_back({input, value, admitted_once(value, *input)});
  dmn::FixedValues fixed;
  for (const ReadList &list : lists_)
    if (calls == For::many && list.admitted)
      fixed.emplace_back(list.input->slot, *list.admitted);
  std::vector<std::uint32_t> steady;
  for (const ReadParameter &read : parameters_)
    steady.push_back(read.input->slot);
  for (const ReadList &list : lists_)
    steady.push_back(list.input->slot);
  decision_ = dynamic_cast<const dmn::ModelImpl &>(model).prepared(decision, fixed, std::move(steady));
}

const Pack &Prepared::pack() const { return pack_; }

std::optional<dmn::Slots> Prepared::read(dmn::FactSource &source, dmn::FactSource::Node facts) const {
  std::vector<dmn::FactSource::Entry> entries;
  source.entries(facts, entries);
  dmn::Slots slots = decision_->slots();
  dmn::AnyFault faults;
  Admission admission(Admission::Manner::facts, source, faults);
  for (const dmn::FactSource::Entry &entry : entries) {
    const dmn::ElementInfo *input = pack_.fact(entry.name);
    if (input == nullptr)
      return std::nullopt;
    put(slots, input->slot, admission.admit(entry.node, input->type, {nullptr, entry.name}));
    if (faults.found)
      return std::nullopt;
  }
  slots.consumed = std::move(admission.evaluation().consumed);
  return slots;
}

PackResult Prepared::evaluate(const Value &facts, feel::Date as_of, const PackEvaluateOptions &options) const {
  std::vector<Diagnostic> findings;
  std::optional<Diagnostic> refused;
  dmn::Slots slots = decision_->slots();
  if (!facts.is_null() && !facts.is(feel::Kind::context))
    findings.push_back({Code::pack_fact_type, Level::error,
                        "the facts are a " + std::string(feel::name(facts.kind())) + ", an object is expected" +
                            std::string(empty_array_hint(facts)),
                        ""});
  else if (!facts.is_null())
    for (const auto &[name, value] : facts.context()) {
      const dmn::ElementInfo *input = pack_.fact(name);
      if (input == nullptr) {
        findings.push_back(pack_.no_fact(name));
        continue;
      }
      dmn::ValueFacts source;
      FactFaults faults('/' + name, findings);
      Admission admission(Admission::Manner::facts, source, faults);
      put(slots, input->slot, admission.admit(&value, input->type, {nullptr, name}));
      feel::Cause &consumed = admission.evaluation().consumed;
      slots.consumed.errors.insert(slots.consumed.errors.end(), consumed.errors.begin(), consumed.errors.end());
      if (!refused)
        refused = std::move(faults.whole);
    }
  check(options.parametres, findings);
  refuse_errors(std::move(findings));
  return run(std::move(slots), std::move(refused), as_of, options);
}

PackResult Prepared::evaluate(dmn::Slots slots, feel::Date as_of, const PackEvaluateOptions &options) const {
  std::vector<Diagnostic> findings;
  check(options.parametres, findings);
  refuse_errors(std::move(findings));
  return run(std::move(slots), std::nullopt, as_of, options);
}

void Prepared::check(const std::vector<std::pair<std::string, Value>> &parameters,
                     std::vector<Diagnostic> &findings) const {
  for (const auto &[name, value] : parameters) {
    const PackParameter *parameter = pack_.find_parameter(name);
    if (parameter == nullptr) {
      std::vector<std::string> names;
      for (const PackParameter &one : pack_.parameters())
        names.push_back(one.nom);
      findings.push_back({Code::pack_unknown_fact, Level::error, unknown("parameter", name, names), name});
    } else if (const auto read = parameter_value(value, parameter->type);
               !read || !parameter_allows(*parameter, *read)) {
      findings.push_back({Code::pack_parameter_type, Level::error,
                          "the value " + value.to_feel() + " given for the parameter '" + name + "' is not a " +
                              parameter->type + " or not one of its readings",
                          name});
    }
  }
}

// At the date of the decision, or at that of the fact that `lu_au` names.
ParameterUse Prepared::use(const ReadParameter &read, feel::Date as_of, const PackEvaluateOptions &options,
                           const Value *dated, const std::optional<Value> *&admitted) const {
  const PackParameter &parameter = *read.parameter;
  ParameterUse use{parameter.nom, {}, {}, parameter.article, false};
  for (const auto &[name, value] : options.parametres)
    if (name == parameter.nom) {
      use.valeur = *parameter_value(value, parameter.type);
      use.depuis = as_of;
      use.given = true;
    }
  if (use.given)
    return use;
  use.lu_au = parameter.lu_au;
  use.date = as_of;
  const ParameterValue *value = nullptr;
  if (parameter.lu_au.empty()) {
    value = &pack_.value_at(parameter, as_of);
  } else {
    Value fact = dated != nullptr ? *dated : feel::unknown_value(parameter.lu_au);
    for (const std::string &name : read.members) {
      if (!fact.is(feel::Kind::context))
        break;
      const Value *member = fact.context().find(name);
      fact = member == nullptr ? feel::unknown_value(parameter.lu_au) : Value(*member);
    }
    if (!fact.is(feel::Kind::date)) { // its cause goes with it: what is missing is the fact
      use.date.reset();
      use.valeur = std::move(fact);
      return use;
    }
    use.date = fact.date();
    use.avant = fact.date() < parameter.valeurs.front().depuis;
    value = use.avant ? &parameter.valeurs.front() : &pack_.value_at(parameter, fact.date());
  }
  use.valeur = value->valeur;
  use.depuis = value->depuis;
  use.article = value->article;
  use.seconde_main = value->seconde_main;
  admitted = &read.admitted[static_cast<std::size_t>(value - parameter.valeurs.data())];
  return use;
}

void Prepared::put_lists(dmn::HeldRow &row) const {
  feel::Cause consumed;
  for (const ReadList &list : lists_)
    row.put(list.input->slot, list.admitted ? *list.admitted : admitted(list.value, *list.input, consumed));
}

void Prepared::put_parameters(dmn::HeldRow &row, feel::Date as_of, bool other_day) const {
  for (const ReadParameter &read : parameters_) {
    if (!other_day && read.parameter->lu_au.empty())
      continue;
    const std::optional<Value> *once = nullptr;
    const ParameterUse given =
        use(read, as_of, {}, read.dated != nullptr ? &row.value_of(read.dated->slot) : nullptr, once);
    feel::Cause consumed;
    row.put(read.input->slot, once != nullptr && *once ? **once : admitted(given.valeur, *read.input, consumed));
  }
}

PackResult Prepared::run(dmn::Slots slots, std::optional<Diagnostic> refused, feel::Date as_of,
                         const PackEvaluateOptions &options) const {
  PackResult result;
  std::vector<const std::optional<Value> *> once(parameters_.size(), nullptr);
  result.parametres.reserve(parameters_.size());
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const dmn::ElementInfo *dated = parameters_[i].dated;
    const bool known = dated != nullptr && !slots.given.empty() && slots.given[dated->slot] != 0;
    ParameterUse use = this->use(parameters_[i], as_of, options, known ? &slots.values[dated->slot] : nullptr, once[i]);
    for (const ParameterReading &reading : parameters_[i].parameter->lectures)
      if (feel::identical(reading.valeur, use.valeur))
        use.libelles = reading.libelles;
    result.parametres.push_back(std::move(use));
  }
  if (refused)
    throw Error(*std::move(refused));
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const dmn::ElementInfo &input = *parameters_[i].input;
    put(slots, input.slot,
        once[i] != nullptr && *once[i] ? **once[i] : admitted(result.parametres[i].valeur, input, slots.consumed));
  }
  for (const ReadList &list : lists_)
    put(slots, list.input->slot, list.admitted ? *list.admitted : admitted(list.value, *list.input, slots.consumed));

  dmn::EvaluateOptions evaluation = unknown_facts();
  evaluation.trace = options.trace;
  evaluation.limits = options.limits;
  static_cast<dmn::Result &>(result) = decision_->evaluate(std::move(slots), evaluation);
  result.decision = info_.name;
  result.as_of = as_of;
  result.pack_id = pack_.id();
  result.pack_version = pack_.version();
  result.pack_sha256 = pack_.sha256();
  if (options.trace) {
    cite(pack_, result);
    if (options.explanation)
      result.explanation = explain(pack_, result);
  }
  return result;
}

} // namespace spie::pack
