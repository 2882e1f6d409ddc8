// A table from its declaration: cells, entries and allowed values become nodes and constraints.
#include "rules/dmn/table.hpp"

#include "rules/dmn/language.hpp"
#include "rules/feel/builtins/vendors.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace spie::dmn {

using feel::Node;
using feel::NodeKind;
using feel::NodePtr;

namespace {

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

// No evaluation changes what they allow.
bool is_fixed(const feel::Constraint *constraint) { return constraint == nullptr || !constraint->enumerated().empty(); }

// What an output gives whatever the row; nullopt where that is not known, or is a null that has its reason to say.
std::optional<feel::Value> ready_output(const Table::Output &output, const Node &entry) {
  if (entry.kind != NodeKind::constant || !is_fixed(output.type.constraint()) || !is_fixed(output.values.get()))
    return std::nullopt;
  feel::Evaluation evaluation;
  feel::Value value = output.type.is_any() ? entry.value : feel::coerce(evaluation, entry.value, output.type);
  if (value.is_null() || (output.values && !output.values->allows(evaluation, value)))
    return std::nullopt;
  return value;
}

// The outputs of a rule, or the default ones, as Table::rule_output gives them; `entry` finds that of an output, a null
// where there is none.
template <class EntryOf> std::optional<feel::Value> ready_outputs(const Table &table, EntryOf &&entry_of) {
  feel::Context context;
  for (std::size_t i = 0; i < table.outputs.size(); ++i) {
    const Node *entry = entry_of(i);
    auto value = entry == nullptr ? std::nullopt : ready_output(table.outputs[i], *entry);
    if (!value || table.outputs.size() == 1)
      return value;
    context.set(table.outputs[i].name, *std::move(value));
  }
  return feel::Value(std::move(context));
}

void make_ready(Table &table, const Node &node) {
  for (std::size_t r = 0; r < table.rules.size(); ++r)
    table.rules[r].ready = ready_outputs(
        table, [&](std::size_t i) { return node.children[table.cell(r, table.inputs.size()) + i].get(); });
  table.ready_default = ready_outputs(table, [&](std::size_t i) -> const Node * {
    const int child = table.outputs[i].default_child;
    return child < 0 ? nullptr : node.children[static_cast<std::size_t>(child)].get();
  });
  std::vector<std::vector<const QuickCell *>> cells(table.inputs.size());
  std::vector<RuleBits> any(table.inputs.size(), RuleBits((table.rules.size() + 63) / 64, 0));
  for (std::size_t r = 0; r < table.rules.size(); ++r)
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
      cells[i].push_back(&table.rules[r].quick[i]);
      if (table.rules[r].any[i])
        any[i][r / 64] |= std::uint64_t{1} << (r % 64);
    }
  table.by_value = TableIndex(cells, any);
  if (!table.by_value.useful() || (table.policy != Policy::first && table.policy != Policy::unique))
    return;
  for (std::size_t i = 0; i < table.inputs.size(); ++i) {
    if (node.children[i]->kind != NodeKind::global || table.inputs[i].values)
      return table.variables.clear();
    table.variables.push_back(node.children[i]->slot);
  }
}

// How the cells of a column may call its value beside `?`; empty: not at all.
std::string cell_name(const LoadOptions &options, const ColumnDecl &column) {
  for (const std::string &extension : options.extensions)
    if (const std::string_view name = feel::find_vendor(extension)->cell_input; !name.empty())
      return column.cell_name.empty() ? std::string(name) : column.cell_name;
  return {};
}

// "the input column 2, 'Revenu',".
std::string name_of(const TableDecl &table, std::size_t column) {
  const std::string &label = table.inputs[column].label;
  return "the input column " + std::to_string(column + 1) + (label.empty() ? std::string() : ", '" + label + "',");
}

bool is_tested(const TableDecl &table, std::size_t column) {
  return std::any_of(table.rules.begin(), table.rules.end(), [&](const RuleDecl &rule) {
    return column < rule.inputs.size() && rule.inputs[column].text.find_first_not_of(" \t\r\n-") != std::string::npos;
  });
}

// The expression of an input column. One that is not written is a null where nothing tests it, else what the label
// names; a strict load asks for it.
NodePtr bind_column(Binding &binding, const TableDecl &table, std::size_t number) {
  feel::Compiler &compiler = binding.compiler();
  const ColumnDecl &column = table.inputs[number];
  const std::string place = binding.place(column.expression.line);
  const bool strict = binding.options().strict;
  if (!is_blank(column.expression.text)) {
    NodePtr node = compile_feel(column.expression.text, column.expression.language, place,
                                [&] { return compiler.column(column.expression.text, place); });
    // The name of a built-in alone is a function, which no cell can test: with free names it is an input.
    if (!strict && node->kind == NodeKind::constant && node->value.is(feel::Kind::function))
      throw Error(Diagnostic{Code::feel_unknown_name, Level::error,
                             "'" + column.expression.text + "' is a function and no value to test", place});
    return node;
  }
  const std::string named = name_of(table, number) + " has no expression";
  if (strict)
    refuse(named, place);
  if (!is_tested(table, number)) {
    binding.warn(Code::dmn_structure, named + " and no test: it is left out", column.expression.line);
    return feel::make_node(NodeKind::constant);
  }
  NodePtr node = compiler.named(column.label, place);
  if (node == nullptr)
    refuse(named, place);
  binding.warn(Code::dmn_structure, named + ": its label stands for it", column.expression.line);
  return node;
}

bool is_written(const TableDecl &table, std::size_t output) {
  const auto &otherwise = table.outputs[output].default_output;
  return (otherwise && !is_blank(otherwise->text)) ||
         std::any_of(table.rules.begin(), table.rules.end(), [output](const RuleDecl &rule) {
           return output < rule.outputs.size() && !is_blank(rule.outputs[output].text);
         });
}

} // namespace

std::vector<std::size_t> kept_outputs(const TableDecl &table, bool strict) {
  const bool aggregates = !table.aggregation.empty() && table.outputs.size() > 1;
  std::vector<std::size_t> kept;
  for (std::size_t o = 0; o < table.outputs.size(); ++o) {
    const ColumnDecl &column = table.outputs[o];
    const bool needed =
        strict || table.outputs.size() == 1 || (!aggregates && !(column.name.empty() && column.label.empty()));
    if (needed || is_written(table, o))
      kept.push_back(o);
  }
  if (kept.empty() && !table.outputs.empty())
    kept.push_back(0);
  return kept;
}

NodePtr bind_table(Binding &binding, const TableDecl &declared) {
  auto table = std::make_shared<Table>();
  table->place = binding.place(declared.line);
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
  const std::vector<std::size_t> kept = kept_outputs(declared, binding.options().strict);
  for (std::size_t o = 0; o < declared.outputs.size(); ++o)
    if (std::find(kept.begin(), kept.end(), o) == kept.end())
      binding.warn(Code::dmn_structure,
                   "the output column " + std::to_string(o + 1) + " is written by no rule: it is left out",
                   declared.outputs[o].line);

  auto node = feel::make_node(NodeKind::extension);
  feel::Compiler &compiler = binding.compiler();
  compiler.open_scope();
  std::vector<feel::Type> input_types;
  for (std::size_t i = 0; i < declared.inputs.size(); ++i) {
    const ColumnDecl &column = declared.inputs[i];
    Table::Input input;
    input.expression = column.expression.text;
    input.label = column.label.empty() ? column.expression.text : column.label;
    node->children.push_back(bind_column(binding, declared, i));
    feel::Type type = binding.type(column.type_ref, column.expression.line);
    if (type.is_any())
      type = node->children.back()->type;
    if (column.values && !is_blank(column.values->text))
      input.values = make_constraint(column.values->text, type, binding.type_scope(),
                                     binding.place(column.values->line), compiler.options().types);
    input.slot = compiler.reserve();
    input.type = type;
    input.whole = is_whole_type(column.type_ref);
    input_types.push_back(std::move(type));
    table->inputs.push_back(std::move(input));
  }
  for (const std::size_t o : kept) {
    const ColumnDecl &column = declared.outputs[o];
    Table::Output output;
    output.name = !column.name.empty() ? column.name : column.label;
    if (output.name.empty() && kept.size() > 1)
      refuse("the output column " + std::to_string(o + 1) + " has no name, in a table of several: name it",
             binding.place(column.line));
    if (kept.size() > 1 && std::any_of(table->outputs.begin(), table->outputs.end(), [&](const Table::Output &other) {
          return feel::canonical_name(other.name) == feel::canonical_name(output.name);
        }))
      throw Error(Diagnostic{Code::dmn_duplicate,
                             Level::error,
                             "two outputs of the table are named '" + output.name + "'",
                             binding.place(column.line),
                             {},
                             output.name});
    output.type = binding.type(column.type_ref, column.line);
    if (column.values && !is_blank(column.values->text)) {
      output.values = make_constraint(column.values->text, output.type, binding.type_scope(),
                                      binding.place(column.values->line), compiler.options().types);
      output.order = listed_values(column.values->text);
    } else if (output.type.constraint() != nullptr) {
      output.order = output.type.constraint()->enumerated();
    }
    if (output.order.empty() && (table->policy == Policy::priority || table->policy == Policy::output_order))
      binding.warn(Code::dmn_structure, "the output has no outputValues to order it by", column.line);
    table->outputs.push_back(std::move(output));
  }
  std::vector<std::vector<const Node *>> entries(kept.size());
  for (std::size_t r = 0; r < declared.rules.size(); ++r) {
    const RuleDecl &rule = declared.rules[r];
    const std::string suffix = ", rule " + std::to_string(r + 1);
    if (rule.inputs.size() != declared.inputs.size() || rule.outputs.size() != declared.outputs.size())
      refuse("the rule has not as many entries as the table has columns", binding.place(rule.line) + suffix);
    Table::Rule bound{rule.id, {}, {}, {}, {}};
    const auto annotate = [&](const std::string &text) { // each once
      if (!text.empty() &&
          std::find(bound.annotations.begin(), bound.annotations.end(), text) == bound.annotations.end())
        bound.annotations.push_back(text);
    };
    annotate(rule.description);
    for (const std::string &annotation : rule.annotations)
      annotate(annotation);
    for (std::size_t i = 0; i < rule.inputs.size(); ++i) {
      const Text &cell = rule.inputs[i];
      const std::string place = binding.place(cell.line) + suffix;
      const auto tests = [&](const std::string &text) {
        return compiler.unary_tests(text, input_types[i], table->inputs[i].slot, place);
      };
      compiler.open_scope();
      if (const std::string name = cell_name(binding.options(), declared.inputs[i]); !name.empty())
        compiler.alias(name, input_types[i], table->inputs[i].slot);
      node->children.push_back(is_blank(cell.text) ? tests("-") : compile_feel(cell.text, cell.language, place, [&] {
        return tests(cell.text);
      }));
      compiler.close_scope();
      bound.any.push_back(node->children.back()->kind == NodeKind::unary_all);
      bound.quick.emplace_back(*node->children.back(), table->inputs[i].slot);
    }
    for (std::size_t o = 0; o < kept.size(); ++o) {
      const Text &entry = rule.outputs[kept[o]];
      const std::string place = binding.place(entry.line) + suffix;
      node->children.push_back(is_blank(entry.text) ? compiler.expression("null", place)
                                                    : compile_feel(entry.text, entry.language, place, [&] {
                                                        return compiler.expression(entry.text, place);
                                                      }));
      entries[o].push_back(node->children.back().get());
    }
    table->rules.push_back(std::move(bound));
  }
  for (std::size_t o = 0; o < kept.size(); ++o)
    if (const auto &text = declared.outputs[kept[o]].default_output; text && !is_blank(text->text)) {
      table->outputs[o].default_child = static_cast<int>(node->children.size());
      const std::string place = binding.place(text->line) + ", default output";
      node->children.push_back(
          compile_feel(text->text, text->language, place, [&] { return compiler.expression(text->text, place); }));
      entries[o].push_back(node->children.back().get());
    }
  compiler.close_scope();
  // Said after what is wrong in the cells: many of these tables are in another language.
  if (table->policy > Policy::collect && kept.size() > 1)
    refuse("an aggregation needs a single output, and " + std::to_string(kept.size()) +
               " are written: make a table of each",
           table->place);

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
  make_ready(*table, *node);
  node->element = std::make_shared<const std::string>(table->place);
  node->extension = std::move(table);
  return node;
}

} // namespace spie::dmn
