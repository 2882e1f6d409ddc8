// One row through a table: its input columns, then the rules in order, as far as the policy needs.
#include "rules/dmn/table.hpp"

#include "rules/dmn/recorder.hpp"
#include "rules/feel/operators.hpp"

namespace spie::dmn {

using feel::Evaluation;
using feel::Frame;
using feel::Node;
using feel::Value;

namespace {

Verdict verdict_of(const Value &cell) {
  if (cell.is_true())
    return Verdict::vrai;
  if (cell.is_error())
    return Verdict::erreur;
  return cell.is_unknown() ? Verdict::inconnu : Verdict::faux;
}

} // namespace

Match Table::match(Run &run, std::size_t rule, Value &doubt) const {
  bool possible = false, failed = false;
  std::vector<Verdict> *verdicts = nullptr;
  if (run.trace != nullptr) {
    verdicts = &run.trace->rules[rule].cells;
    verdicts->assign(inputs.size(), Verdict::non_evalue);
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (rules[rule].any[i]) {
      if (verdicts != nullptr)
        (*verdicts)[i] = Verdict::vrai;
      continue;
    }
    if (const auto decided = rules[rule].quick[i].test(run.frame[inputs[i].slot])) {
      run.evaluation.step();
      if (verdicts != nullptr)
        (*verdicts)[i] = *decided ? Verdict::vrai : Verdict::faux;
      if (*decided)
        continue;
      if (verdicts != nullptr)
        run.trace->rules[rule].verdict = Verdict::faux;
      return Match::no;
    }
    const Value result = feel::evaluate(run.evaluation, *run.node.children[cell(rule, i)], run.frame);
    if (verdicts != nullptr)
      (*verdicts)[i] = verdict_of(result);
    if (result.is_true())
      continue;
    if (result.cause() == nullptr || !run.evaluation.facts_may_be_unknown) {
      // Standard FEEL: what is not true does not match; an error met on the way is not forgotten.
      if (result.is_error())
        run.evaluation.consume(result);
      if (run.trace != nullptr)
        run.trace->rules[rule].verdict = result.is_error() ? Verdict::erreur : Verdict::faux;
      return Match::no;
    }
    possible = true;
    failed |= result.is_error();
    doubt = merge_causes(doubt, result);
  }
  if (run.trace != nullptr)
    run.trace->rules[rule].verdict = failed ? Verdict::erreur : possible ? Verdict::inconnu : Verdict::vrai;
  return possible ? Match::maybe : Match::yes;
}

// Looks at the rules in order, as far as the policy needs.
void Table::scan(Run &run) const {
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    Value doubt;
    switch (match(run, rule, doubt)) {
    case Match::no:
      break;
    case Match::maybe:
      run.possible.push_back(static_cast<std::uint32_t>(rule));
      run.doubt = merge_causes(run.doubt, doubt);
      break;
    case Match::yes:
      if (run.first_hit < 0)
        run.first_hit = static_cast<std::int64_t>(rule);
      else if (run.second_hit < 0)
        run.second_hit = static_cast<std::int64_t>(rule);
      if (policy == Policy::first)
        return;
      if (keeps_many() || policy == Policy::any)
        run.hits.push_back(static_cast<std::uint32_t>(rule));
      break;
    }
    if (run.evaluation.exhausted())
      return;
  }
}

Value Table::evaluate(Evaluation &evaluation, const Node &node, Frame frame) const {
  Run run{evaluation, node, frame, nullptr, {}, -1, -1, {}, {}};
  TableTrace trace;
  auto *recorder = evaluation.observer == nullptr ? nullptr : dynamic_cast<Recorder *>(evaluation.observer);
  if (recorder != nullptr) {
    run.trace = &trace;
    trace.hit_policy = shown_policy;
    trace.rules.resize(rules.size());
    for (std::size_t rule = 0; rule < rules.size(); ++rule) {
      trace.rules[rule].number = rule + 1;
      trace.rules[rule].id = rules[rule].id;
      trace.rules[rule].cells.assign(inputs.size(), Verdict::non_evalue);
      trace.rules[rule].annotations = rules[rule].annotations;
    }
  }
  Value refused;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    Value &value = frame[inputs[i].slot];
    value = feel::evaluate(evaluation, *node.children[i], frame);
    if (!value.is_null() && inputs[i].values && !inputs[i].values->allows(evaluation, value))
      refused = merge_causes(refused, error(run, Code::feel_coercion,
                                            feel::in_brief(value) + " is not among the values of the input '" +
                                                inputs[i].label + "': " + inputs[i].values->to_string()));
    if (run.trace != nullptr)
      trace.inputs.push_back({inputs[i].label, inputs[i].expression, evaluation.bounded(value)});
  }
  Value result;
  if (refused.cause() != nullptr) {
    result = refused;
  } else {
    scan(run);
    evaluation.line = evaluation.column = 0;
    result = evaluation.exhausted() ? evaluation.out_of_limits() : decide(run);
  }
  if (recorder != nullptr) {
    trace.value = evaluation.bounded(result);
    recorder->table(std::move(trace));
  }
  return result;
}

Value Table::output_value(Run &run, const Output &output, const Node &entry) const {
  Value value = feel::evaluate(run.evaluation, entry, run.frame);
  if (value.is_null())
    return value;
  if (!output.type.is_any()) {
    run.evaluation.line = run.evaluation.column = 0;
    value = feel::coerce(run.evaluation, value, output.type);
  }
  if (!value.is_null() && output.values && !output.values->allows(run.evaluation, value))
    return error(run, Code::feel_coercion,
                 feel::in_brief(value) + " is not among the values of the output: " + output.values->to_string());
  return value;
}

Value Table::rule_output(Run &run, std::size_t rule, bool used) const {
  if (used && run.trace != nullptr)
    run.trace->rules[rule].hit = true;
  const std::size_t start = cell(rule, inputs.size());
  if (outputs.size() == 1)
    return output_value(run, outputs.front(), *run.node.children[start]);
  feel::Context context;
  for (std::size_t i = 0; i < outputs.size(); ++i)
    context.set(outputs[i].name, output_value(run, outputs[i], *run.node.children[start + i]));
  return context;
}

} // namespace spie::dmn
