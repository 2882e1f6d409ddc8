#include "rules/dmn/decision_table.hpp"

#include "rules/dmn/quick_cell.hpp"
#include "rules/dmn/recorder.hpp"
#include "rules/feel/operators.hpp"

#include <algorithm>
#include <array>

namespace spie::dmn {

using feel::Evaluation;
using feel::Frame;
using feel::Node;
using feel::NodeKind;
using feel::NodePtr;
using feel::Value;

namespace {

enum class Policy : std::uint8_t {
  unique,
  first,
  any,
  priority,
  rule_order,
  output_order,
  collect,
  sum,
  count,
  min,
  max
};

struct PolicyName {
  std::string_view hit_policy, aggregation, shown;
  Policy policy;
};
constexpr std::array<PolicyName, 11> policy_names{{{"UNIQUE", "", "UNIQUE", Policy::unique},
                                                   {"FIRST", "", "FIRST", Policy::first},
                                                   {"ANY", "", "ANY", Policy::any},
                                                   {"PRIORITY", "", "PRIORITY", Policy::priority},
                                                   {"RULE ORDER", "", "RULE ORDER", Policy::rule_order},
                                                   {"OUTPUT ORDER", "", "OUTPUT ORDER", Policy::output_order},
                                                   {"COLLECT", "", "COLLECT", Policy::collect},
                                                   {"COLLECT", "SUM", "COLLECT SUM", Policy::sum},
                                                   {"COLLECT", "COUNT", "COLLECT COUNT", Policy::count},
                                                   {"COLLECT", "MIN", "COLLECT MIN", Policy::min},
                                                   {"COLLECT", "MAX", "COLLECT MAX", Policy::max}}};

// Whether a rule matches; `maybe`: no cell is false, and one is unknown or an error (packs, decisions §1).
enum class Match : std::uint8_t { no, yes, maybe };

struct Output {
  std::string name;
  feel::Type type;
  std::shared_ptr<const feel::Constraint> values;
  feel::List order; // its values, the one that comes first has priority
  int default_child = -1;
};

struct Input {
  std::string label, expression;
  std::uint32_t slot = 0;
  std::shared_ptr<const feel::Constraint> values;
};

struct Rule {
  std::string id;
  std::vector<std::string> annotations;
  std::vector<bool> any; // cells that accept anything, and need no evaluation
  std::vector<QuickCell> quick;
};

class Table final : public feel::Extension {
public:
  Policy policy = Policy::unique;
  std::string shown_policy;
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<Rule> rules;
  std::string place;

  Value evaluate(Evaluation &evaluation, const Node &node, Frame frame) const override;

private:
  // What one evaluation of the table has found.
  struct Run {
    Evaluation &evaluation;
    const Node &node;
    Frame frame;
    TableTrace *trace = nullptr;
    std::vector<std::uint32_t> hits; // of the policies that keep several
    std::int64_t first_hit = -1, second_hit = -1;
    std::vector<std::uint32_t> possible;
    Value doubt; // the causes of every possible rule
  };

  std::size_t cell(std::size_t rule, std::size_t input) const {
    return inputs.size() + rule * (inputs.size() + outputs.size()) + input;
  }
  bool keeps_many() const { return policy >= Policy::priority; }

  Match match(Run &run, std::size_t rule, Value &doubt) const;
  void scan(Run &run) const;
  Value decide(Run &run) const;
  Value unique(Run &run) const;
  Value any(Run &run) const;
  Value by_priority(Run &run) const;
  Value aggregate(Run &run, const std::vector<Value> &values) const;
  Value no_hit(Run &run) const;
  Value rule_output(Run &run, std::size_t rule, bool used = true) const;
  Value output_value(Run &run, const Output &output, const Node &entry) const;
  // The ranks of the outputs of a rule; nullopt when an output is null.
  std::optional<std::vector<std::size_t>> rank(Run &run, const Value &value) const;
  Value error(Run &run, Code code, std::string message) const {
    run.evaluation.line = run.evaluation.column = 0;
    return run.evaluation.error(code, std::move(message));
  }
  std::string numbers(const std::vector<std::uint32_t> &rules_hit) const;
};

Verdict verdict_of(const Value &cell) {
  if (cell.is_true())
    return Verdict::vrai;
  if (cell.is_error())
    return Verdict::erreur;
  return cell.is_unknown() ? Verdict::inconnu : Verdict::faux;
}

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

Value Table::decide(Run &run) const {
  switch (policy) {
  case Policy::first:
    // What stands before the first true rule might match instead.
    if (!run.possible.empty())
      return run.doubt;
    return run.first_hit < 0 ? no_hit(run) : rule_output(run, static_cast<std::size_t>(run.first_hit));
  case Policy::unique:
    return unique(run);
  case Policy::any:
    return any(run);
  case Policy::priority:
    return by_priority(run);
  default:
    break;
  }
  if (!run.possible.empty())
    return run.doubt;
  if (run.hits.empty() && (policy != Policy::count || outputs.front().default_child >= 0))
    return no_hit(run);
  std::vector<Value> values;
  values.reserve(run.hits.size());
  for (const std::uint32_t rule : run.hits)
    values.push_back(rule_output(run, rule));
  if (policy == Policy::rule_order || policy == Policy::collect)
    return Value(feel::List(values.begin(), values.end()));
  if (policy != Policy::output_order)
    return aggregate(run, values);
  std::vector<std::pair<std::vector<std::size_t>, std::size_t>> ranked;
  for (std::size_t i = 0; i < values.size(); ++i)
    ranked.emplace_back(rank(run, values[i]).value_or(std::vector<std::size_t>{SIZE_MAX}), i);
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
  feel::List ordered;
  for (const auto &[ranks, index] : ranked)
    ordered.push_back(values[index]);
  return Value(std::move(ordered));
}

std::string Table::numbers(const std::vector<std::uint32_t> &rules_hit) const {
  std::string result;
  for (const std::uint32_t rule : rules_hit)
    result += (result.empty() ? "" : ", ") + std::to_string(rule + 1);
  return result;
}

Value Table::unique(Run &run) const {
  if (run.second_hit >= 0) {
    if (run.trace != nullptr)
      for (const std::int64_t rule : {run.first_hit, run.second_hit})
        run.trace->rules[static_cast<std::size_t>(rule)].hit = true;
    return error(run, Code::dmn_many_rules,
                 "rules " + std::to_string(run.first_hit + 1) + " and " + std::to_string(run.second_hit + 1) +
                     " both match in a UNIQUE table");
  }
  if (!run.possible.empty())
    return run.doubt;
  return run.first_hit < 0 ? no_hit(run) : rule_output(run, static_cast<std::size_t>(run.first_hit));
}

Value Table::any(Run &run) const {
  Value result;
  for (std::size_t i = 0; i < run.hits.size(); ++i) {
    Value value = rule_output(run, run.hits[i]);
    if (i == 0)
      result = std::move(value);
    else if (!identical(result, value))
      return error(run, Code::dmn_many_rules,
                   "rules " + numbers(run.hits) + " match in an ANY table and their outputs differ");
  }
  if (!run.possible.empty())
    return run.doubt;
  return run.hits.empty() ? no_hit(run) : result;
}

std::optional<std::vector<std::size_t>> Table::rank(Run &run, const Value &value) const {
  std::vector<std::size_t> result;
  for (const Output &output : outputs) {
    const Value *one = outputs.size() == 1             ? &value
                       : value.is(feel::Kind::context) ? value.context().find(output.name)
                                                       : nullptr;
    if (one == nullptr || one->cause() != nullptr)
      return std::nullopt;
    std::size_t place_of = 0;
    while (place_of < output.order.size() && !feel::is_equal(run.evaluation, output.order[place_of], *one))
      ++place_of;
    result.push_back(place_of);
  }
  return result;
}

Value Table::by_priority(Run &run) const {
  std::optional<std::vector<std::size_t>> best;
  std::uint32_t rule = 0;
  for (const std::uint32_t hit : run.hits) {
    const Value value = rule_output(run, hit, false);
    auto ranks = rank(run, value);
    if (!ranks)
      return value.is(feel::Kind::context) || value.cause() == nullptr ? rule_output(run, hit) : value;
    if (!best || *ranks < *best) {
      best = std::move(ranks);
      rule = hit;
    }
  }
  // A possible rule matters unless what it would give ranks no higher than what is certain.
  for (const std::uint32_t possible : run.possible) {
    const auto ranks = best ? rank(run, rule_output(run, possible, false)) : std::nullopt;
    if (!ranks || *ranks < *best)
      return run.doubt;
  }
  return best ? rule_output(run, rule) : no_hit(run);
}

Value Table::aggregate(Run &run, const std::vector<Value> &values) const {
  if (policy == Policy::count)
    return static_cast<std::int64_t>(values.size());
  Value result = values.front();
  for (std::size_t i = 1; i < values.size(); ++i) {
    run.evaluation.line = run.evaluation.column = 0;
    if (policy == Policy::sum) {
      result = feel::add(run.evaluation, result, values[i]);
      continue;
    }
    if (result.is_null() || values[i].is_null()) {
      if (result.cause() != nullptr || values[i].cause() != nullptr)
        result = merge_causes(result, values[i]);
      else
        return error(run, Code::feel_null_operand, "a null has no place in a minimum or maximum");
      continue;
    }
    const auto compared = feel::order(values[i], result);
    if (!compared)
      return error(run, Code::feel_type, "the outputs of the rules are not of one ordered type");
    if (policy == Policy::min ? *compared < 0 : *compared > 0)
      result = values[i];
  }
  return result;
}

Value Table::no_hit(Run &run) const {
  if (std::none_of(outputs.begin(), outputs.end(), [](const Output &output) { return output.default_child >= 0; }))
    return error(run, Code::dmn_no_rule, "no rule matches, and the table has no default output");
  if (run.trace != nullptr)
    run.trace->default_output = true;
  feel::Context context;
  Value single;
  for (const Output &output : outputs) {
    Value value = output.default_child < 0
                      ? Value()
                      : output_value(run, output, *run.node.children[static_cast<std::size_t>(output.default_child)]);
    if (outputs.size() == 1)
      single = std::move(value);
    else
      context.set(output.name, std::move(value));
  }
  Value value = outputs.size() == 1 ? std::move(single) : Value(std::move(context));
  const bool list = policy == Policy::rule_order || policy == Policy::output_order || policy == Policy::collect;
  return list && !value.is(feel::Kind::list) && value.cause() == nullptr ? Value(feel::List{std::move(value)}) : value;
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

bool is_blank(const std::string &text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

[[noreturn]] void refuse(std::string message, std::string place) {
  throw Error(Diagnostic{Code::dmn_structure, Level::error, std::move(message), std::move(place)});
}

feel::Type common_type(const std::vector<const Node *> &entries) {
  feel::Type result;
  bool first = true;
  for (const Node *entry : entries) {
    if (entry->type.kind() == feel::Type::Kind::null)
      continue;
    if (!first && !result.equivalent_to(entry->type))
      return {};
    result = entry->type;
    first = false;
  }
  return result;
}

} // namespace

NodePtr bind_table(BoxedBinder &binder, const TableDecl &declared) {
  auto table = std::make_shared<Table>();
  table->place = binder.place(declared.line);
  const auto policy = std::find_if(policy_names.begin(), policy_names.end(), [&](const PolicyName &name) {
    return name.hit_policy == declared.hit_policy &&
           (name.policy < Policy::collect || name.aggregation == declared.aggregation);
  });
  if (policy == policy_names.end())
    refuse("there is no hit policy " + declared.hit_policy + " " + declared.aggregation, table->place);
  table->policy = policy->policy;
  table->shown_policy = policy->shown;
  if (declared.outputs.empty())
    refuse("the table has no output", table->place);
  if (table->policy > Policy::collect && declared.outputs.size() > 1)
    refuse("an aggregation needs a single output", table->place);

  auto node = feel::make_node(NodeKind::extension);
  feel::Compiler &compiler = binder.compiler();
  compiler.open_scope();
  std::vector<feel::Type> input_types;
  for (const ColumnDecl &column : declared.inputs) {
    const std::string place = binder.place(column.expression.line);
    if (is_blank(column.expression.text))
      refuse("the input column " + std::to_string(table->inputs.size() + 1) +
                 (column.label.empty() ? std::string() : ", '" + column.label + "',") + " has no expression",
             place);
    Input input;
    input.expression = column.expression.text;
    input.label = column.label.empty() ? column.expression.text : column.label;
    node->children.push_back(compiler.expression(column.expression.text, place));
    feel::Type type = binder.type(column.type_ref, column.expression.line);
    if (type.is_any())
      type = node->children.back()->type;
    if (column.values && !is_blank(column.values->text))
      input.values = make_constraint(column.values->text, type, binder.type_scope(), binder.place(column.values->line),
                                     compiler.options().types);
    input.slot = compiler.reserve();
    input_types.push_back(std::move(type));
    table->inputs.push_back(std::move(input));
  }
  for (const ColumnDecl &column : declared.outputs) {
    Output output;
    output.name = !column.name.empty() ? column.name : column.label;
    if (output.name.empty() && declared.outputs.size() > 1)
      refuse("an output of a table with several outputs has no name", binder.place(column.line));
    if (declared.outputs.size() > 1 &&
        std::any_of(table->outputs.begin(), table->outputs.end(), [&](const Output &other) {
          return feel::canonical_name(other.name) == feel::canonical_name(output.name);
        }))
      throw Error(Diagnostic{Code::dmn_duplicate,
                             Level::error,
                             "two outputs of the table are named '" + output.name + "'",
                             binder.place(column.line),
                             {},
                             output.name});
    output.type = binder.type(column.type_ref, column.line);
    if (column.values && !is_blank(column.values->text)) {
      output.values = make_constraint(column.values->text, output.type, binder.type_scope(),
                                      binder.place(column.values->line), compiler.options().types);
      output.order = listed_values(column.values->text);
    } else if (output.type.constraint() != nullptr) {
      output.order = output.type.constraint()->enumerated();
    }
    if (output.order.empty() && (table->policy == Policy::priority || table->policy == Policy::output_order))
      binder.warn(Code::dmn_structure, "the output has no outputValues to order it by", column.line);
    table->outputs.push_back(std::move(output));
  }
  std::vector<std::vector<const Node *>> entries(declared.outputs.size());
  for (std::size_t r = 0; r < declared.rules.size(); ++r) {
    const RuleDecl &rule = declared.rules[r];
    const std::string suffix = ", rule " + std::to_string(r + 1);
    if (rule.inputs.size() != declared.inputs.size() || rule.outputs.size() != declared.outputs.size())
      refuse("the rule has not as many entries as the table has columns", binder.place(rule.line) + suffix);
    Rule bound{rule.id, rule.annotations, {}, {}};
    for (std::size_t i = 0; i < rule.inputs.size(); ++i) {
      const std::string &text = rule.inputs[i].text;
      node->children.push_back(compiler.unary_tests(is_blank(text) ? "-" : text, input_types[i], table->inputs[i].slot,
                                                    binder.place(rule.inputs[i].line) + suffix));
      bound.any.push_back(node->children.back()->kind == NodeKind::unary_all);
      bound.quick.emplace_back(*node->children.back(), table->inputs[i].slot);
    }
    for (std::size_t o = 0; o < rule.outputs.size(); ++o) {
      const std::string &text = rule.outputs[o].text;
      node->children.push_back(
          compiler.expression(is_blank(text) ? "null" : text, binder.place(rule.outputs[o].line) + suffix));
      entries[o].push_back(node->children.back().get());
    }
    table->rules.push_back(std::move(bound));
  }
  for (std::size_t o = 0; o < declared.outputs.size(); ++o)
    if (const auto &text = declared.outputs[o].default_output; text && !is_blank(text->text)) {
      table->outputs[o].default_child = static_cast<int>(node->children.size());
      node->children.push_back(compiler.expression(text->text, binder.place(text->line) + ", default output"));
      entries[o].push_back(node->children.back().get());
    }
  compiler.close_scope();

  std::vector<feel::Type::Member> members;
  for (std::size_t o = 0; o < table->outputs.size(); ++o)
    members.emplace_back(table->outputs[o].name,
                         table->outputs[o].type.is_any() ? common_type(entries[o]) : table->outputs[o].type);
  feel::Type type = members.size() == 1 ? members.front().second : feel::Type::context(std::move(members));
  switch (table->policy) {
  case Policy::rule_order:
  case Policy::output_order:
  case Policy::collect:
    node->type = feel::Type::list(std::move(type));
    break;
  case Policy::count:
    node->type = feel::Type::Kind::number;
    break;
  default:
    node->type = std::move(type);
  }
  node->element = std::make_shared<const std::string>(table->place);
  node->extension = std::move(table);
  return node;
}

} // namespace spie::dmn
