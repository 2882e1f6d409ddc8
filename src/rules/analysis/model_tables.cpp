#include "rules/analysis/model_tables.hpp"

#include "rules/dmn/types.hpp"

namespace spie::analysis {

namespace {

void collect(const feel::Node &node, const dmn::Element &element, std::vector<TableOf> &into) {
  if (const auto *table = dynamic_cast<const dmn::Table *>(node.extension.get()))
    into.push_back({&element, table, &node});
  for (const auto &child : node.children)
    collect(*child, element, into);
  if (node.body)
    collect(*node.body, element, into);
}

} // namespace

const dmn::ModelImpl &linked(const dmn::Model &model) { return dynamic_cast<const dmn::ModelImpl &>(model); }

const feel::Node *logic_of(const dmn::Element &element) {
  if (element.expression)
    return &element.expression->root();
  const auto *function = dynamic_cast<const dmn::KnowledgeFunction *>(element.function.get());
  return function != nullptr && function->expression ? &function->expression->root() : nullptr;
}

std::vector<TableOf> tables_of(const dmn::Element &element) {
  std::vector<TableOf> tables;
  if (const feel::Node *root = logic_of(element))
    collect(*root, element, tables);
  return tables;
}

namespace {

// How a variable, or a member of one, is typed in the document: by a name, or by components of its own.
struct Declared {
  std::string type_ref = {};
  const dmn::ItemDefinition *own = nullptr;
};

constexpr int longest_chain = 100; // of types that name one another

const dmn::ItemDefinition *with_components(const dmn::ModelImpl &model, const Declared &declared) {
  const dmn::ItemDefinition *at = declared.own != nullptr ? declared.own : model.find_definition(declared.type_ref);
  for (int step = 0; step < longest_chain && at != nullptr; ++step) {
    if (at->collection)
      return nullptr;
    if (!at->components.empty())
      return at;
    at = model.find_definition(at->type_ref);
  }
  return nullptr;
}

Declared declared(const dmn::ModelImpl &model, const feel::Node &node) {
  if (node.kind == feel::NodeKind::global) {
    const dmn::VariableDecl *variable = model.elements()[node.slot].variable;
    return variable == nullptr ? Declared() : Declared{variable->type_ref};
  }
  if (node.kind == feel::NodeKind::path)
    if (const auto *holder = with_components(model, declared(model, *node.children.front())))
      for (const dmn::ItemDefinition &member : holder->components)
        if (member.name == node.name && !member.collection)
          return {member.type_ref, member.components.empty() ? nullptr : &member};
  return {};
}

bool is_whole(const dmn::ModelImpl &model, std::string name) {
  for (int step = 0; step < longest_chain && !name.empty(); ++step) {
    if (dmn::is_whole_type(name))
      return true;
    const dmn::ItemDefinition *definition = model.find_definition(name);
    if (definition == nullptr || definition->collection)
      return false;
    name = definition->type_ref;
  }
  return false;
}

} // namespace

bool is_whole(const dmn::ModelImpl &model, const feel::Node &expression, const dmn::Table::Input &column) {
  return column.whole || is_whole(model, column.type.name()) || is_whole(model, declared(model, expression).type_ref);
}

} // namespace spie::analysis
