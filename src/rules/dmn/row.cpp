#include "rules/dmn/row.hpp"

#include "rules/dmn/row_program.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace spie::dmn {

using feel::Type;
using feel::Value;

std::unique_ptr<Row> Row::of(std::shared_ptr<const Decision> decision, const EvaluateOptions &options) {
  auto prepared = std::dynamic_pointer_cast<const PreparedDecision>(std::move(decision));
  if (prepared == nullptr)
    throw Error(
        Diagnostic{Code::api_argument, Level::error, "the decision is not one of Model::decision()", "decision"});
  return std::make_unique<HeldRow>(std::move(prepared), options,
                                   options.facts_may_be_unknown ? Admission::Manner::unknown
                                                                : Admission::Manner::standard);
}

HeldRow::HeldRow(std::shared_ptr<const PreparedDecision> decision, const EvaluateOptions &options,
                 Admission::Manner manner, Takes takes, const void *context)
    : decision_(std::move(decision)), options_(options), manner_(manner),
      values_(decision_->model().elements().size()) {
  for (const ElementInfo *input : decision_->inputs()) {
    if (takes == nullptr || takes(context, *input))
      add(input->type, input->name, no_part, input->slot);
    else if (options_.facts_may_be_unknown)
      values_[input->slot] = unknown_of(input->type, input->name);
  }
  if (takes_programs(options_, false))
    programs_ = decision_->programs();
  steps_count_ = !takes_programs(options_);
  if (!decision_->target().plan)
    own_plan_ = decision_->model().find_plan(decision_->target());
  for (Part &one : parts_)
    if (one.up == no_part)
      values_[one.element] = one.absent;
}

std::uint32_t HeldRow::add(const Type &type, std::string path, std::uint32_t up, std::uint32_t element) {
  const auto index = static_cast<std::uint32_t>(parts_.size());
  parts_.emplace_back();
  parts_[index].path = path;
  parts_[index].type = &type;
  parts_[index].up = up;
  parts_[index].root = up == no_part ? index : parts_[up].root;
  parts_[index].element = element;
  parts_[index].plain = plain_kind(type);
  if (options_.facts_may_be_unknown)
    parts_[index].absent = unknown_of(type, path);
  if (type.kind() != Type::Kind::context || type.members().empty()) {
    leaves_.push_back(index);
    slots_.push_back({std::move(path), type});
    return index;
  }
  for (const auto &[name, member] : type.members()) {
    const std::uint32_t below = add(member, path + "." + name, index, element);
    parts_[index].members.push_back(below);
  }
  return index;
}

std::optional<std::size_t> HeldRow::find(std::string_view path) const {
  const auto found = std::find_if(slots_.begin(), slots_.end(), [&](const Slot &slot) { return slot.path == path; });
  return found == slots_.end() ? std::nullopt
                               : std::optional(static_cast<std::size_t>(std::distance(slots_.begin(), found)));
}

HeldRow::Part &HeldRow::part(std::size_t slot) {
  if (slot >= leaves_.size())
    throw std::out_of_range("a row has no such slot");
  return parts_[leaves_[slot]];
}

// What is plainly of the type is not asked after.
Value HeldRow::admit(Part &part, const Value &value) {
  ValueFacts source;
  FirstFault faults;
  Admission admission(manner_, source, faults, options_);
  Value admitted = admission.admit(&value, *part.type, {nullptr, part.path});
  part.consumed = std::move(admission.evaluation().consumed);
  consumes(part, !is_empty(part.consumed));
  return admitted;
}

void HeldRow::consumes(Part &part, bool does) {
  if (std::exchange(part.consumes, does) != does)
    does ? ++consuming_ : --consuming_;
}

void HeldRow::take(Part &part, Value value) {
  part.given = true;
  if (part.up == no_part) {
    values_[part.element] = std::move(value);
    return;
  }
  part.value = std::move(value);
  changed(part);
}

void HeldRow::changed(Part &part) {
  Part &root = parts_[part.root];
  if (!std::exchange(root.stale, true))
    stale_.push_back(part.root);
}

void HeldRow::set(std::size_t slot, Value value) {
  if (value.is_null() && value.cause() == nullptr)
    return unset(slot);
  Part &one = part(slot);
  if (value.kind() == one.plain || is_plain(value, *one.type)) {
    consumes(one, false);
    take(one, std::move(value));
  } else {
    take(one, admit(one, value));
  }
}

void HeldRow::set_text(std::size_t slot, std::string_view text) {
  if (text.size() > longest_kept)
    return set(slot, Value(text));
  Part &one = part(slot);
  const std::size_t place = std::hash<std::string_view>{}(text) % texts_kept;
  if (one.texts == nullptr)
    one.texts = std::make_unique<Texts>();
  Value &kept = one.texts->given[place];
  if (!kept.is(feel::Kind::text) || kept.text() != text) {
    const Value fresh{text};
    const bool plain = is_plain(fresh, *one.type);
    Value admitted = plain ? fresh : admit(one, fresh);
    if (!plain && one.consumes) // which is said anew each time
      return take(one, std::move(admitted));
    kept = fresh;
    one.texts->admitted[place] = std::move(admitted);
  }
  consumes(one, false);
  take(one, one.texts->admitted[place]);
}

void HeldRow::unset(std::size_t slot) {
  Part &one = part(slot);
  one.given = false;
  consumes(one, false);
  if (one.up == no_part)
    values_[one.element] = one.absent;
  else
    changed(one);
}

void HeldRow::clear() {
  for (std::size_t slot = 0; slot < leaves_.size(); ++slot)
    unset(slot);
}

bool HeldRow::is_given(const Part &part) const {
  return part.given ||
         std::any_of(part.members.begin(), part.members.end(), [&](std::uint32_t i) { return is_given(parts_[i]); });
}

Value HeldRow::made(const Part &part) const {
  if (part.members.empty())
    return part.given ? part.value : part.absent;
  if (!is_given(part))
    return part.absent;
  std::vector<feel::Context::Entry> entries;
  entries.reserve(part.members.size());
  for (std::size_t i = 0; i < part.members.size(); ++i)
    entries.emplace_back(part.type->members()[i].first, made(parts_[part.members[i]]));
  Value whole = feel::Context::of_distinct(std::move(entries));
  if (part.type->constraint() == nullptr)
    return whole;
  ValueFacts source;
  FirstFault faults;
  Admission admission(manner_, source, faults, options_);
  return admission.admit(&whole, *part.type, {nullptr, part.path});
}

void HeldRow::make_stale_inputs() {
  if (stale_.empty())
    return;
  for (const std::uint32_t index : stale_) {
    parts_[index].stale = false;
    values_[parts_[index].element] = made(parts_[index]);
  }
  stale_.clear();
}

const Value &HeldRow::value_of(std::uint32_t element) {
  make_stale_inputs();
  return values_[element];
}

Result HeldRow::evaluated(bool &exhausted) {
  make_stale_inputs();
  std::optional<feel::Cause> consumed;
  for (const Part &one : parts_)
    if (one.consumes) {
      feel::Cause &all = consumed ? *consumed : consumed.emplace();
      all.errors.insert(all.errors.end(), one.consumed.errors.begin(), one.consumed.errors.end());
      all.missing.insert(all.missing.end(), one.consumed.missing.begin(), one.consumed.missing.end());
      all.refused.insert(all.refused.end(), one.consumed.refused.begin(), one.consumed.refused.end());
    }
  const Element &target = decision_->target();
  feel::Evaluation evaluation;
  decision_->prepare(evaluation, options_, values_);
  Result result = decision_->model().run_unwatched(target, evaluation, values_, target.plan ? *target.plan : own_plan_,
                                                   consumed ? &*consumed : nullptr);
  exhausted = evaluation.exhausted();
  return result;
}

std::optional<Value> HeldRow::programmed() {
  make_stale_inputs();
  return programs_ != nullptr && consuming_ == 0 ? programs_->run(values_, options_.facts_may_be_unknown)
                                                 : std::nullopt;
}

const Result &HeldRow::evaluate() {
  if (!steps_count_)
    if (auto value = programmed())
      return result_ = concluded(*std::move(value));
  bool exhausted = false;
  return result_ = evaluated(exhausted);
}

std::optional<Result> HeldRow::run() {
  bool exhausted = false;
  Result result = evaluated(exhausted);
  return exhausted ? std::nullopt : std::optional(std::move(result));
}

} // namespace spie::dmn
