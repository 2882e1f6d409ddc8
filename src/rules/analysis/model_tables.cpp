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

bool is_whole(const dmn::ModelImpl &model, std::uint32_t slot) {
  constexpr int longest_chain = 100;
  const dmn::VariableDecl *variable = model.elements()[slot].variable;
  std::string name = variable == nullptr ? "" : variable->type_ref;
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

} // namespace spie::analysis
