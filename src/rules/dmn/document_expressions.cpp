// Boxed expressions and decision tables.
#include "rules/dmn/document_reader.hpp"
#include "rules/feel/builtins/vendors.hpp"
#include "rules/feel/text.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace spie::dmn {

bool DocumentReader::is_expression(std::string_view kind) {
  constexpr std::array<std::string_view, 12> kinds{
      "literalExpression",  "context",     "decisionTable", "invocation", "list", "relation",
      "functionDefinition", "conditional", "filter",        "for",        "some", "every"};
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

void DocumentReader::take_expression(pugi::xml_node node, BoxedPtr &into) {
  if (into) {
    find("a second expression stands beside the first", line(node));
    into = unread(line(node));
    return;
  }
  const bool around = std::exchange(spoiled_, false);
  into = expression(node);
  if (std::exchange(spoiled_, around))
    into = unread(line(node));
}

BoxedPtr DocumentReader::inner(pugi::xml_node node, std::initializer_list<std::string_view> besides) {
  BoxedPtr result;
  for (const auto &child : node.children()) {
    const std::string_view kind = local(child);
    if (is_expression(kind))
      take_expression(child, result);
    else if (std::find(besides.begin(), besides.end(), kind) == besides.end())
      unexpected(child);
  }
  if (!result)
    return missing(node);
  return result;
}

BoxedPtr DocumentReader::missing(pugi::xml_node node, std::string_view what) {
  find(std::string(what) + " is missing in `" + std::string(local(node)) + "`", line(node));
  return empty(line(node));
}

BoxedPtr DocumentReader::empty(std::uint32_t at) {
  auto result = std::make_unique<Boxed>();
  result->line = at;
  return result;
}

BoxedPtr DocumentReader::unread(std::uint32_t at) {
  auto result = empty(at);
  result->kind = BoxedKind::list;
  result->children.push_back(empty(at));
  return result;
}

BoxedPtr DocumentReader::child_expression(pugi::xml_node node, std::string_view key) {
  for (const auto &child : node.children())
    if (local(child) == key)
      return inner(child);
  return missing(node, "the element `" + std::string(key) + "`");
}

void DocumentReader::only(pugi::xml_node node, std::initializer_list<std::string_view> keys) {
  for (const auto &child : node.children())
    if (std::find(keys.begin(), keys.end(), local(child)) == keys.end())
      unexpected(child);
}

BoxedPtr DocumentReader::expression(pugi::xml_node node) {
  const std::string_view kind = local(node);
  if (kind == "functionDefinition")
    return function(node);
  auto result = std::make_unique<Boxed>();
  name(node, *result);
  result->type_ref = type_ref(node);
  if (kind == "literalExpression")
    literal(node, *result);
  else if (kind == "context")
    context(node, *result);
  else if (kind == "decisionTable")
    result->kind = BoxedKind::table, result->table = table(node);
  else if (kind == "invocation")
    invocation(node, *result);
  else if (kind == "list") {
    result->kind = BoxedKind::list;
    for (const auto &child : node.children())
      if (is_expression(local(child)))
        result->children.push_back(expression(child));
      else
        unexpected(child);
  } else if (kind == "relation")
    relation(node, *result);
  else if (kind == "conditional")
    parts(node, *result, BoxedKind::conditional, {"if", "then", "else"});
  else if (kind == "filter")
    parts(node, *result, BoxedKind::filter, {"in", "match"});
  else {
    VariableDecl iterator;
    iterator.name = trimmed(attribute(node, "iteratorVariable"));
    iterator.line = result->line;
    if (iterator.name.empty())
      spoil("an iteration has no iteratorVariable", result->line);
    for (const auto &child : node.children())
      if (local(child) == "in")
        iterator.type_ref = type_ref(child);
    result->names.push_back(std::move(iterator));
    if (kind == "for")
      parts(node, *result, BoxedKind::for_loop, {"in", "return"});
    else
      parts(node, *result, kind == "some" ? BoxedKind::some : BoxedKind::every, {"in", "satisfies"});
  }
  return result;
}

void DocumentReader::parts(pugi::xml_node node, Boxed &result, BoxedKind kind,
                           std::initializer_list<std::string_view> keys) {
  result.kind = kind;
  for (const std::string_view key : keys)
    result.children.push_back(child_expression(node, key));
  only(node, keys);
}

void DocumentReader::literal(pugi::xml_node node, Boxed &result) {
  result.kind = BoxedKind::literal;
  result.language = default_language_;
  if (const std::string own = attribute(node, "expressionLanguage"); !own.empty())
    result.language = is_feel(own) ? std::string() : own;
  for (const auto &child : node.children())
    if (local(child) == "importedValues")
      find("imported values are not supported", line(child));
  result.text = text(node, "importedValues").text;
}

void DocumentReader::context(pugi::xml_node node, Boxed &result) {
  result.kind = BoxedKind::context;
  for (const auto &entry : node.children()) {
    if (local(entry) != "contextEntry") {
      unexpected(entry);
      continue;
    }
    VariableDecl named;
    named.line = line(entry);
    for (const auto &child : entry.children())
      if (local(child) == "variable")
        named = variable(child);
    if (!result.names.empty() && result.names.back().name.empty())
      find("an entry stands after the result of the context", named.line);
    result.names.push_back(std::move(named));
    result.children.push_back(inner(entry, {"variable"}));
  }
}

void DocumentReader::invocation(pugi::xml_node node, Boxed &result) {
  result.kind = BoxedKind::invocation;
  BoxedPtr called;
  for (const auto &child : node.children())
    if (is_expression(local(child)))
      take_expression(child, called);
  result.children.push_back(called ? std::move(called) : missing(node));
  for (const auto &child : node.children()) {
    if (local(child) != "binding") {
      if (!is_expression(local(child)))
        unexpected(child);
      continue;
    }
    VariableDecl parameter;
    parameter.line = line(child);
    BoxedPtr argument;
    for (const auto &part : child.children())
      if (local(part) == "parameter")
        parameter = variable(part);
      else if (is_expression(local(part)))
        take_expression(part, argument);
      else
        unexpected(part);
    if (parameter.name.empty())
      find("a binding has no parameter", parameter.line);
    if (!argument) { // a parameter left out is null
      argument = std::make_unique<Boxed>();
      argument->text = "null";
      argument->line = parameter.line;
    }
    result.names.push_back(std::move(parameter));
    result.children.push_back(std::move(argument));
  }
}

void DocumentReader::relation(pugi::xml_node node, Boxed &result) {
  result.kind = BoxedKind::relation;
  for (const auto &child : node.children())
    if (local(child) == "column")
      result.names.push_back(variable(child));
    else if (local(child) != "row")
      unexpected(child);
  for (const auto &row : node.children()) {
    if (local(row) != "row")
      continue;
    std::size_t cells = 0;
    for (const auto &cell : row.children())
      if (is_expression(local(cell)))
        result.children.push_back(expression(cell)), ++cells;
      else
        unexpected(cell);
    if (cells != result.names.size())
      spoil("a row of the relation has " + feel::counted(cells, "cell") + " for " +
                feel::counted(result.names.size(), "column"),
            line(row));
  }
}

BoxedPtr DocumentReader::function(pugi::xml_node node) {
  auto result = std::make_unique<Boxed>();
  name(node, *result);
  result->kind = BoxedKind::function;
  result->type_ref = type_ref(node);
  result->function_kind = attribute(node, "kind");
  if (result->function_kind.empty())
    result->function_kind = "FEEL";
  BoxedPtr body;
  for (const auto &child : node.children())
    if (local(child) == "formalParameter")
      result->names.push_back(variable(child));
    else if (is_expression(local(child)))
      take_expression(child, body);
    else
      unexpected(child);
  if (!body) { // a new function of an editor
    body = std::make_unique<Boxed>();
    body->line = result->line;
  }
  result->children.push_back(std::move(body));
  return result;
}

namespace {

// "'BEST': one of UNIQUE, FIRST".
std::string unnamed(const std::string &given, std::span<const std::string_view> known) {
  std::string text;
  for (const std::string_view one : known)
    if (!one.empty())
      text += (text.empty() ? "" : ", ") + std::string(one);
  return "'" + given + "': one of " + text;
}

} // namespace

namespace {

// One column of several, where each rule writes one of them and no column holds its values in bounds: Camunda's
// handlers of COLLECT aggregate the one entry of each rule that matches, and refuse a rule with more. False: it is not
// so.
bool join_outputs(TableDecl &table) {
  const auto &outputs = table.outputs;
  if (outputs.size() < 2 || std::any_of(outputs.begin(), outputs.end(), [&](const ColumnDecl &one) {
        return one.values || one.default_output || one.type_ref != outputs.front().type_ref;
      }))
    return false;
  const auto is_written = [](const Text &entry) {
    return entry.text.find_first_not_of(" \t\r\n") != std::string::npos;
  };
  for (const RuleDecl &rule : table.rules)
    if (std::count_if(rule.outputs.begin(), rule.outputs.end(), is_written) != 1)
      return false;
  for (RuleDecl &rule : table.rules)
    rule.outputs = {*std::find_if(rule.outputs.begin(), rule.outputs.end(), is_written)};
  table.outputs.resize(1);
  return true;
}

// As it is written: "< 18 | 3 → "oui"".
std::string cells_of(const RuleDecl &rule) {
  std::string cells;
  for (const Text &entry : rule.inputs)
    cells.append(cells.empty() ? "" : " | ").append(entry.text);
  cells += " →";
  for (std::size_t i = 0; i < rule.outputs.size(); ++i)
    cells.append(i == 0 ? " " : " | ").append(rule.outputs[i].text);
  return cells;
}

} // namespace

std::unique_ptr<TableDecl> DocumentReader::table(pugi::xml_node node) {
  auto result = std::make_unique<TableDecl>();
  name(node, *result);
  if (const std::string policy = attribute(node, "hitPolicy"); !policy.empty())
    result->hit_policy = policy;
  result->aggregation = attribute(node, "aggregation");
  result->output_label = attribute(node, "outputLabel");
  constexpr std::array<std::string_view, 7> policies{"UNIQUE",  "FIRST",      "PRIORITY",    "ANY",
                                                     "COLLECT", "RULE ORDER", "OUTPUT ORDER"};
  if (std::find(policies.begin(), policies.end(), result->hit_policy) == policies.end())
    find("there is no hit policy " + unnamed(result->hit_policy, policies), result->line);
  constexpr std::array<std::string_view, 5> aggregations{"", "SUM", "COUNT", "MIN", "MAX"};
  if (std::find(aggregations.begin(), aggregations.end(), result->aggregation) == aggregations.end())
    find("there is no aggregation " + unnamed(result->aggregation, aggregations), result->line);
  for (const auto &child : node.children()) {
    const std::string_view kind = local(child);
    if (kind == "input")
      result->inputs.push_back(input_column(child));
    else if (kind == "output")
      result->outputs.push_back(output_column(child));
    else if (kind == "annotation")
      result->annotation_names.push_back(attribute(child, "name"));
    else if (kind == "rule")
      result->rules.push_back(rule(child));
    else
      unexpected(child);
  }
  // One that has nothing at all is a decision without logic, as dmn-js leaves it.
  if (result->outputs.empty() && !(result->inputs.empty() && result->rules.empty()))
    find("a decision table has no output", result->line);
  for (std::size_t i = 0; i < result->rules.size(); ++i) {
    const RuleDecl &rule = result->rules[i];
    if (rule.inputs.size() != result->inputs.size() || rule.outputs.size() != result->outputs.size())
      findings_.push_back({Code::dmn_structure,
                           Level::error,
                           "rule " + std::to_string(i + 1) + " has " +
                               feel::counted(rule.inputs.size(), "input entry", "input entries") + " and " +
                               feel::counted(rule.outputs.size(), "output entry", "output entries") + " for " +
                               feel::counted(result->inputs.size(), "input") + " and " +
                               feel::counted(result->outputs.size(), "output"),
                           where(rule.line) + ", rule " + std::to_string(i + 1),
                           {},
                           cells_of(rule)});
  }
  if (!result->aggregation.empty() && !options_.strict &&
      feel::any_vendor(options_.extensions, &feel::Vendor::one_output_a_rule) && join_outputs(*result))
    find("each rule writes one of the outputs: the aggregation is over these", result->line, Level::warning);
  return result;
}

namespace {

// An attribute of another namespace, whatever its prefix here; empty when there is none.
std::string vendor_attribute(pugi::xml_node node, std::string_view uri, std::string_view key) {
  for (const auto &one : node.attributes()) {
    const std::string_view name = one.name();
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos || name.substr(colon + 1) != key)
      continue;
    const std::string declared = "xmlns:" + std::string(name.substr(0, colon));
    for (pugi::xml_node at = node; at; at = at.parent())
      if (const auto found = at.attribute(declared.c_str()))
        return found.value() == uri ? one.value() : std::string();
  }
  return {};
}

} // namespace

ColumnDecl DocumentReader::input_column(pugi::xml_node node) {
  ColumnDecl result;
  name(node, result);
  result.cell_name = trimmed(vendor_attribute(node, "http://camunda.org/schema/1.0/dmn", "inputVariable"));
  bool given = false;
  for (const auto &child : node.children())
    if (local(child) == "inputExpression") {
      result.expression = text(child);
      result.type_ref = type_ref(child);
      given = true;
    } else if (local(child) == "inputValues")
      result.values = text(child);
    else
      unexpected(child);
  if (!given)
    result.expression.line = result.line;
  return result;
}

ColumnDecl DocumentReader::output_column(pugi::xml_node node) {
  ColumnDecl result;
  name(node, result);
  result.type_ref = type_ref(node);
  for (const auto &child : node.children())
    if (local(child) == "outputValues")
      result.values = text(child);
    else if (local(child) == "defaultOutputEntry")
      result.default_output = text(child);
    else
      unexpected(child);
  return result;
}

RuleDecl DocumentReader::rule(pugi::xml_node node) {
  RuleDecl result;
  name(node, result);
  for (const auto &child : node.children())
    if (local(child) == "inputEntry")
      result.inputs.push_back(text(child));
    else if (local(child) == "outputEntry")
      result.outputs.push_back(text(child));
    else if (local(child) == "annotationEntry")
      result.annotations.push_back(trimmed(text(child).text)); // under its column, empty or not
    else
      unexpected(child);
  while (!result.annotations.empty() && result.annotations.back().empty())
    result.annotations.pop_back();
  if (!result.description.empty() && // where dmn-js writes its one column
      std::find(result.annotations.begin(), result.annotations.end(), result.description) == result.annotations.end())
    result.annotations.push_back(result.description);
  return result;
}

} // namespace spie::dmn
