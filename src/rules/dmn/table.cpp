// One row through a table: its input columns, then the rules in order, as far as the policy needs.
#include "rules/dmn/table.hpp"

#include "rules/dmn/recorder.hpp"
#include "rules/feel/operators.hpp"
#include "rules/feel/work.hpp"

#include <algorithm>
#include <bit>
#include <span>
#include <utility>

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
  if (run.trace != nullptr)
    verdicts = &run.trace->rules[rule].cells;
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

bool Table::enough(Run &run, std::size_t rule, Match match, const Value &doubt) const {
  switch (match) {
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
      return true;
    if (keeps_many() || policy == Policy::any)
      run.hits.push_back(static_cast<std::uint32_t>(rule));
    break;
  }
  return run.evaluation.exhausted();
}

// Looks at the rules in order, as far as the policy needs.
void Table::scan(Run &run) const {
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    Value doubt;
    const Match found = match(run, rule, doubt);
    if (enough(run, rule, found, doubt))
      return;
  }
}

namespace {

// The index reads a text whole.
bool may_search(Evaluation &evaluation, std::span<const Value *const> values) {
  return std::all_of(values.begin(), values.end(), [&](const Value *value) {
    return !value->is(feel::Kind::text) || feel::work::text(evaluation, value->text().size());
  });
}

} // namespace

// The same over the rules that the index does not exclude.
void Table::scan_index(Run &run, const Standing &values) const {
  if (!may_search(run.evaluation, std::span(values).first(inputs.size())))
    return;
  const TableIndex::Search search(by_value, values);
  run.evaluation.step(static_cast<std::int64_t>(inputs.size()));
  for (std::size_t word = 0; word < by_value.words(); ++word) {
    const auto [candidates, certain] = search.word(word);
    for (std::uint64_t left = candidates; left != 0; left &= left - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(left));
      const std::size_t rule = word * 64 + bit;
      Match found = Match::yes;
      Value doubt;
      if (((certain >> bit) & 1) == 0) {
        if (!std::exchange(run.in_frame, true))
          for (std::size_t i = 0; i < inputs.size(); ++i)
            if (Value &cell_reads = run.frame[inputs[i].slot]; &cell_reads != values[i])
              cell_reads = *values[i];
        found = match(run, rule, doubt);
      }
      if (enough(run, rule, found, doubt))
        return;
    }
  }
}

Value Table::allowed(Run &run, const Input &input, const Value &value) const {
  if (!input.values || value.is_null() || input.values->allows(run.evaluation, value))
    return {};
  return error(run, Code::feel_coercion,
               feel::in_brief(value) + " is not among the values of the input '" + input.label +
                   "': " + input.values->to_string());
}

Table::Standing Table::standing(Evaluation &evaluation) const {
  Standing standing;
  for (std::size_t i = 0; i < variables.size(); ++i)
    standing[i] = &evaluation.read(variables[i]);
  return standing;
}

const Value *Table::found(const TableIndex::Search &search, std::size_t &hit) const {
  if (!search.says_all())
    return nullptr;
  hit = rules.size();
  for (std::size_t word = 0; word < by_value.words(); ++word) {
    const std::uint64_t found = search.word(word).certain;
    if (found == 0)
      continue;
    if (hit != rules.size() || (policy == Policy::unique && (found & (found - 1)) != 0))
      return nullptr; // two rules, which is to be said
    hit = word * 64 + static_cast<std::size_t>(std::countr_zero(found));
    if (policy == Policy::first)
      break;
  }
  const std::optional<Value> &ready = hit == rules.size() ? ready_default : rules[hit].ready;
  return ready ? &*ready : nullptr;
}

const Value *Table::looked_up(Evaluation &evaluation) const {
  if (variables.empty() || !evaluation.step(static_cast<std::int64_t>(variables.size())))
    return nullptr;
  const Standing values = standing(evaluation);
  if (!may_search(evaluation, std::span(values).first(inputs.size())))
    return nullptr;
  std::size_t hit = 0;
  return found({by_value, values}, hit);
}

// The same, with what it did: the index has the verdict of each cell too.
const Value *Table::looked_up(Evaluation &evaluation, TableTrace &trace) const {
  if (variables.empty() || !evaluation.step(static_cast<std::int64_t>(variables.size())))
    return nullptr;
  const Standing values = standing(evaluation);
  if (!may_search(evaluation, std::span(values).first(inputs.size())))
    return nullptr;
  const TableIndex::Search search(by_value, values);
  std::size_t hit = 0;
  const Value *const value = found(search, hit);
  if (value == nullptr)
    return nullptr;
  trace.inputs.reserve(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    TableInputTrace &told = trace.inputs.emplace_back();
    told.label = inputs[i].label;
    told.expression = inputs[i].expression;
    told.value = evaluation.bounded(*values[i]);
  }
  tell(search, hit, trace);
  trace.default_output = hit == rules.size();
  trace.value = evaluation.bounded(*value);
  return value;
}

// As the plain scan would: a rule up to the first of its cells that is false, the rules up to the one that decides.
void Table::tell(const TableIndex::Search &search, std::size_t hit, TableTrace &trace) const {
  const std::size_t looked_at = policy == Policy::first && hit < rules.size() ? hit + 1 : rules.size();
  trace.rules.reserve(rules.size());
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    RuleTrace &told = trace.rules.emplace_back();
    told.number = rule + 1;
    told.id = rules[rule].id;
    if (!rules[rule].annotations.empty())
      told.annotations = rules[rule].annotations;
    told.cells.assign(inputs.size(), Verdict::non_evalue);
    if (rule >= looked_at)
      continue;
    told.verdict = Verdict::vrai;
    for (std::size_t i = 0; i < inputs.size() && told.verdict == Verdict::vrai; ++i)
      told.verdict = told.cells.data()[i] = search.satisfies(i, rule) ? Verdict::vrai : Verdict::faux;
  }
  if (hit < rules.size())
    trace.rules[hit].hit = true;
}

Value Table::evaluate(Evaluation &evaluation, const Node &node, Frame frame) const {
  if (evaluation.observer != nullptr) {
    if (auto *recorder = dynamic_cast<Recorder *>(evaluation.observer))
      return evaluate_traced(evaluation, node, frame, *recorder);
  } else if (const Value *value = looked_up(evaluation)) {
    return *value;
  }
  Run run{evaluation, node, frame};
  const bool indexed = by_value.useful();
  Standing standing;
  Value refused;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const Node &read = *node.children[i];
    const Value *value = nullptr;
    if (indexed && read.kind == feel::NodeKind::global && evaluation.step()) { // where it stands: a copy costs more
      value = &evaluation.read(read.slot);
      run.in_frame = false;
    } else {
      frame[inputs[i].slot] = feel::evaluate(evaluation, read, frame);
      value = &frame[inputs[i].slot];
    }
    if (indexed)
      standing[i] = value;
    if (inputs[i].values)
      refused = merge_causes(refused, allowed(run, inputs[i], *value));
  }
  if (refused.cause() != nullptr)
    return refused;
  if (indexed)
    scan_index(run, standing);
  else
    scan(run);
  evaluation.line = evaluation.column = 0;
  return evaluation.exhausted() ? evaluation.out_of_limits() : decide(run);
}

// Rule by rule where the index does not say all, since a trace tells the verdict of each cell.
Value Table::evaluate_traced(Evaluation &evaluation, const Node &node, Frame frame, Recorder &recorder) const {
  TableTrace trace;
  trace.hit_policy = shown_policy;
  if (const Value *value = looked_up(evaluation, trace)) {
    recorder.table(std::move(trace));
    return *value;
  }
  Run run{evaluation, node, frame, &trace};
  trace.rules.resize(rules.size());
  for (std::size_t rule = 0; rule < rules.size(); ++rule) {
    trace.rules[rule].number = rule + 1;
    trace.rules[rule].id = rules[rule].id;
    trace.rules[rule].cells.assign(inputs.size(), Verdict::non_evalue);
    if (!rules[rule].annotations.empty())
      trace.rules[rule].annotations = rules[rule].annotations;
  }
  Value refused;
  trace.inputs.reserve(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    Value &value = frame[inputs[i].slot];
    value = feel::evaluate(evaluation, *node.children[i], frame);
    if (inputs[i].values)
      refused = merge_causes(refused, allowed(run, inputs[i], value));
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
  trace.value = evaluation.bounded(result);
  recorder.table(std::move(trace));
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
  if (rules[rule].ready)
    return *rules[rule].ready;
  const std::size_t start = cell(rule, inputs.size());
  if (outputs.size() == 1)
    return output_value(run, outputs.front(), *run.node.children[start]);
  feel::Context context;
  for (std::size_t i = 0; i < outputs.size(); ++i)
    context.set(outputs[i].name, output_value(run, outputs[i], *run.node.children[start + i]));
  return context;
}

} // namespace spie::dmn
