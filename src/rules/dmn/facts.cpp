// What a decision reads, and how its logic is written: for those who ask for facts and those who print tables.
#include "rules/dmn/model_impl.hpp"

#include <algorithm>
#include <functional>

namespace spie::dmn {

using feel::Context;
using feel::List;
using feel::Value;

const ItemDefinition *ModelImpl::find_definition(const std::string &name) const {
  const ItemDefinition *found = nullptr;
  if (!name.empty())
    for (const Document &document : documents_)
      for (const ItemDefinition &definition : document.types)
        if (definition.name == name)
          found = &definition; // in merge mode the last one replaces the others
  return found;
}

namespace {

using Finder = std::function<const ItemDefinition *(const std::string &)>;

// The component that describes a member, where its context has a name of its own.
const ItemDefinition *component_of(const ItemDefinition *definition, const std::string &member, const Finder &find) {
  for (int hops = 0; definition != nullptr && definition->components.empty() && hops < 32; ++hops)
    definition = find(definition->type_ref);
  if (definition != nullptr)
    for (const ItemDefinition &component : definition->components)
      if (component.name == member)
        return &component;
  return nullptr;
}

struct Fact {
  std::string path, label, description;
  feel::Type type;
  const ItemDefinition *definition = nullptr;
};

// The leaves below a fact: the members of contexts, and of the items of lists ("freins[].code").
void expand(const Fact &fact, const Finder &find, std::map<std::string, FactInfo> &into) {
  const bool list = fact.type.kind() == feel::Type::Kind::list;
  const feel::Type &type = list ? fact.type.element() : fact.type;
  if (type.kind() != feel::Type::Kind::context || type.members().empty()) {
    into.try_emplace(fact.path, FactInfo{fact.path, fact.label, fact.description, fact.type});
    return;
  }
  for (const auto &[name, member] : type.members()) {
    const ItemDefinition *component = component_of(fact.definition, name, find);
    Fact below{fact.path + (list ? "[]." : ".") + name, name, {}, member, component};
    if (component != nullptr) {
      below.label = component->label.empty() ? name : component->label;
      below.description = component->description;
      if (component->components.empty() && !component->type_ref.empty())
        if (const ItemDefinition *named = find(component->type_ref))
          below.definition = named;
    }
    expand(below, find, into);
  }
}

} // namespace

void ModelImpl::add_facts(const Element &decision, std::map<std::string, FactInfo> &into) const {
  const Finder find = [this](const std::string &name) { return find_definition(name); };
  for (const feel::Use &use : decision.uses) {
    const Element &read = elements_[use.slot];
    if (read.kind != ElementKind::input)
      continue;
    // An input that its name alone does not reach is called as it is given, {namespace}name.
    const bool named = this->find(ElementKind::input, read.declared->name, {}) == &read;
    Fact fact{named ? read.info.name : "{" + read.info.model_namespace + "}" + read.info.name, read.info.label,
              read.info.description, read.type, find_definition(read.variable->type_ref)};
    for (const std::string &part : use.path) {
      const bool list = fact.type.kind() == feel::Type::Kind::list;
      const feel::Type *member = (list ? fact.type.element() : fact.type).member(part);
      if (member == nullptr)
        break; // a property such as `year`, or a type that says nothing of its members
      const ItemDefinition *component = component_of(fact.definition, part, find);
      Fact below{fact.path + (list ? "[]." : ".") + part, part, {}, *member, component};
      if (component != nullptr) {
        below.label = component->label.empty() ? part : component->label;
        below.description = component->description;
      }
      fact = std::move(below);
    }
    expand(fact, find, into);
  }
}

std::vector<FactInfo> ModelImpl::facts(std::string_view decision, std::string_view model_namespace) const {
  std::map<std::string, FactInfo> found;
  for (const std::uint32_t index : find_plan(require(ElementKind::decision, decision, model_namespace)))
    add_facts(elements_[index], found);
  std::vector<FactInfo> result;
  for (auto &[path, fact] : found)
    result.push_back(std::move(fact));
  return result;
}

std::vector<ElementInfo> ModelImpl::unused_inputs() const {
  std::vector<char> used(elements_.size(), 0);
  for (const Element &element : elements_) {
    for (const feel::Use &use : element.uses)
      used[use.slot] = 1;
    if (element.decision != nullptr && !element.expression) // its logic is not known
      for (const std::uint32_t index : element.requires_values)
        used[index] = 1;
  }
  std::vector<ElementInfo> result;
  for (const Element &element : elements_)
    if (element.kind == ElementKind::input && used[element.index] == 0)
      result.push_back(element.info);
  return result;
}

namespace {

Value describe_boxed(const Boxed &boxed);

Value texts(const std::vector<std::string> &list) {
  List result;
  for (const std::string &text : list)
    result.push_back(text);
  return result;
}

void set_text(Context &context, const char *key, const std::string &text) {
  if (!text.empty())
    context.set(key, text);
}

Value describe_table(const TableDecl &table) {
  Context result;
  result.set("kind", "decision_table");
  set_text(result, "id", table.id);
  result.set("hit_policy", table.hit_policy);
  set_text(result, "aggregation", table.aggregation);
  set_text(result, "output_label", table.output_label);
  List inputs, outputs, rules;
  for (const ColumnDecl &column : table.inputs) {
    Context one;
    one.set("label", column.label.empty() ? column.expression.text : column.label);
    one.set("expression", column.expression.text);
    set_text(one, "type", column.type_ref);
    if (column.values)
      one.set("values", column.values->text);
    inputs.push_back(one);
  }
  for (const ColumnDecl &column : table.outputs) {
    Context one;
    one.set("label", !column.label.empty() ? column.label : !column.name.empty() ? column.name : table.output_label);
    set_text(one, "name", column.name);
    set_text(one, "type", column.type_ref);
    if (column.values)
      one.set("values", column.values->text);
    if (column.default_output)
      one.set("default", column.default_output->text);
    outputs.push_back(one);
  }
  for (std::size_t i = 0; i < table.rules.size(); ++i) {
    const RuleDecl &rule = table.rules[i];
    Context one;
    one.set("number", static_cast<std::int64_t>(i + 1));
    set_text(one, "id", rule.id);
    List cells, entries;
    for (const Text &cell : rule.inputs)
      cells.push_back(cell.text);
    for (const Text &entry : rule.outputs)
      entries.push_back(entry.text);
    one.set("inputs", std::move(cells));
    one.set("outputs", std::move(entries));
    one.set("annotations", texts(rule.annotations));
    rules.push_back(one);
  }
  result.set("inputs", std::move(inputs));
  result.set("outputs", std::move(outputs));
  result.set("annotations", texts(table.annotation_names));
  result.set("rules", std::move(rules));
  return result;
}

Value named_children(const Boxed &boxed, std::size_t first) {
  List result;
  for (std::size_t i = first; i < boxed.children.size(); ++i) {
    Context one;
    const VariableDecl &name = boxed.names[i - first];
    one.set("name", name.name);
    set_text(one, "type", name.type_ref);
    one.set("expression", describe_boxed(*boxed.children[i]));
    result.push_back(one);
  }
  return result;
}

Value describe_boxed(const Boxed &boxed) {
  if (boxed.kind == BoxedKind::table)
    return describe_table(*boxed.table);
  Context result;
  const auto parts = [&](const char *kind, std::initializer_list<const char *> keys) {
    result.set("kind", kind);
    if (!boxed.names.empty())
      result.set("variable", boxed.names.front().name);
    std::size_t i = 0;
    for (const char *key : keys)
      result.set(key, describe_boxed(*boxed.children[i++]));
  };
  switch (boxed.kind) {
  case BoxedKind::literal:
    result.set("kind", "literal_expression");
    result.set("text", boxed.text);
    break;
  case BoxedKind::context:
    result.set("kind", "context");
    result.set("entries", named_children(boxed, 0));
    break;
  case BoxedKind::invocation:
    result.set("kind", "invocation");
    result.set("function", describe_boxed(*boxed.children.front()));
    result.set("arguments", named_children(boxed, 1));
    break;
  case BoxedKind::list: {
    result.set("kind", "list");
    List items;
    for (const auto &child : boxed.children)
      items.push_back(describe_boxed(*child));
    result.set("items", std::move(items));
    break;
  }
  case BoxedKind::relation: {
    result.set("kind", "relation");
    List columns, rows;
    for (const VariableDecl &column : boxed.names)
      columns.push_back(column.name);
    for (std::size_t start = 0; !boxed.names.empty() && start < boxed.children.size(); start += boxed.names.size()) {
      List row;
      for (std::size_t i = 0; i < boxed.names.size(); ++i)
        row.push_back(describe_boxed(*boxed.children[start + i]));
      rows.push_back(std::move(row));
    }
    result.set("columns", std::move(columns));
    result.set("rows", std::move(rows));
    break;
  }
  case BoxedKind::function: {
    result.set("kind", "function");
    result.set("language", boxed.function_kind);
    List parameters;
    for (const VariableDecl &parameter : boxed.names) {
      Context one;
      one.set("name", parameter.name);
      set_text(one, "type", parameter.type_ref);
      parameters.push_back(one);
    }
    result.set("parameters", std::move(parameters));
    result.set("body", describe_boxed(*boxed.children.front()));
    break;
  }
  case BoxedKind::conditional:
    parts("conditional", {"if", "then", "else"});
    break;
  case BoxedKind::filter:
    parts("filter", {"in", "match"});
    break;
  case BoxedKind::for_loop:
    parts("for", {"in", "return"});
    break;
  case BoxedKind::some:
    parts("some", {"in", "satisfies"});
    break;
  case BoxedKind::every:
    parts("every", {"in", "satisfies"});
    break;
  case BoxedKind::table:
    break;
  }
  set_text(result, "type", boxed.type_ref);
  return result;
}

} // namespace

Value ModelImpl::describe(std::string_view decision) const {
  const Element &element = require(ElementKind::decision, decision, {});
  return element.decision->logic ? describe_boxed(*element.decision->logic) : Value();
}

} // namespace spie::dmn
