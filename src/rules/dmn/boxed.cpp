#include "rules/dmn/boxed.hpp"

#include "rules/dmn/language.hpp"
#include "rules/dmn/table.hpp"
#include "rules/feel/external.hpp"
#include "rules/feel/limit.hpp"

#include <algorithm>
#include <unordered_set>

namespace spie::dmn {

using feel::NodeKind;
using feel::NodePtr;

namespace {

// Boxes within boxes; the depth of the file bounds them too, and this keeps the tree shallow whatever that limit is.
constexpr int max_boxes = 200;

// A boxed context that ends in a result: its entries, then the value. The standard shows the result alone.
class ContextResult final : public feel::Extension {
public:
  Form form() const override { return Form::context_result; }
  feel::Value evaluate(feel::Evaluation &evaluation, const feel::Node &node, feel::Frame frame) const override {
    const std::size_t last = node.children.size() - 1;
    for (std::size_t i = 0; i < last; ++i) {
      feel::Value value = feel::evaluate(evaluation, *node.children[i], frame);
      if (evaluation.observer != nullptr)
        evaluation.observer->entry(node.names[i], evaluation.bounded(value));
      frame[node.slots[i]] = std::move(value);
    }
    return feel::evaluate(evaluation, *node.children[last], frame);
  }
};

// A boxed condition that is neither a boolean nor null gives null (TCK 1150), where `if` in a text takes its else.
class BoxedCondition final : public feel::Extension {
public:
  feel::Value evaluate(feel::Evaluation &evaluation, const feel::Node &node, feel::Frame frame) const override {
    const feel::Value condition = feel::evaluate(evaluation, *node.children[0], frame);
    if (!condition.is(feel::Kind::boolean) && !condition.is_null()) {
      evaluation.line = evaluation.column = 0;
      return evaluation.error(Code::feel_not_a_boolean, "the condition is a " + std::string(name(condition.kind())));
    }
    if (condition.cause() != nullptr) {
      if (evaluation.facts_may_be_unknown || feel::rests_on_limit(condition))
        return condition;
      evaluation.consume(condition);
    }
    return feel::evaluate(evaluation, *node.children[condition.is_true() ? 1 : 2], frame);
  }
};

[[noreturn]] void refuse(Code code, std::string message, std::string place) {
  throw Error(Diagnostic{code, Level::error, std::move(message), std::move(place)});
}

} // namespace

NodePtr BoxedBinder::coerced(NodePtr node, const feel::Type &type, std::uint32_t line) {
  if (type.is_any() && type.constraint() == nullptr)
    return node;
  auto result = feel::make_node(NodeKind::coerce, std::move(node));
  result->target = type;
  result->type = type;
  result->element = std::make_shared<const std::string>(place(line));
  return result;
}

NodePtr BoxedBinder::bind(const Boxed &boxed) {
  if (++depth_ > max_boxes)
    refuse(Code::feel_limit, "boxed expressions are nested too deeply", place(boxed.line));
  NodePtr node = bind_bare(boxed);
  --depth_;
  return boxed.kind == BoxedKind::function ? std::move(node)
                                           : coerced(std::move(node), type(boxed.type_ref, boxed.line), boxed.line);
}

NodePtr BoxedBinder::bind_bare(const Boxed &boxed) {
  switch (boxed.kind) {
  case BoxedKind::literal:
    return literal(boxed);
  case BoxedKind::context:
    return context(boxed);
  case BoxedKind::invocation:
    return invocation(boxed);
  case BoxedKind::relation:
    return relation(boxed);
  case BoxedKind::table:
    return bind_table(*this, *boxed.table);
  case BoxedKind::function:
    return bind_function(boxed, {});
  case BoxedKind::for_loop:
    return iteration(boxed, NodeKind::for_loop);
  case BoxedKind::some:
    return iteration(boxed, NodeKind::some);
  case BoxedKind::every:
    return iteration(boxed, NodeKind::every);
  case BoxedKind::list: {
    auto node = feel::make_node(NodeKind::list);
    feel::Type element;
    for (const auto &child : boxed.children) {
      node->children.push_back(bind(*child));
      const feel::Type &one = node->children.back()->type;
      element = node->children.size() == 1 || element.equivalent_to(one) ? one : feel::Type();
    }
    node->type = feel::Type::list(std::move(element));
    return node;
  }
  case BoxedKind::conditional: {
    auto node = feel::make_node(NodeKind::extension);
    node->extension = std::make_shared<BoxedCondition>();
    for (const auto &child : boxed.children)
      node->children.push_back(bind(*child));
    if (node->children[1]->type.equivalent_to(node->children[2]->type))
      node->type = node->children[1]->type;
    node->element = std::make_shared<const std::string>(place(boxed.line));
    return node;
  }
  case BoxedKind::filter: {
    // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDeleteLeaks): a NodePtr holds it
    NodePtr filtered = bind(*boxed.children[0]);
    auto node = feel::make_node(NodeKind::filter, std::move(filtered));
    const feel::Type &list = node->children[0]->type;
    compiler().open_scope();
    node->slot = compiler().declare_item(list.kind() == feel::Type::Kind::list ? list.element() : list);
    node->children.push_back(bind(*boxed.children[1]));
    compiler().close_scope();
    // A number in the brackets gives an item, a condition a list.
    if (list.kind() == feel::Type::Kind::list && node->children[1]->type.kind() == feel::Type::Kind::boolean)
      node->type = feel::Type::list(list.element());
    node->element = std::make_shared<const std::string>(place(boxed.line));
    return node;
  }
  }
  refuse(Code::dmn_structure, "the expression is not supported", place(boxed.line));
}

NodePtr BoxedBinder::literal(const Boxed &boxed) {
  return compile_feel(boxed.text, boxed.language, place(boxed.line),
                      [&] { return compiler().expression(boxed.text, place(boxed.line)); });
}

NodePtr BoxedBinder::context(const Boxed &boxed) {
  const bool with_result = !boxed.names.empty() && boxed.names.back().name.empty();
  auto node = feel::make_node(with_result ? NodeKind::extension : NodeKind::context);
  node->boxed = true;
  compiler().open_scope();
  std::vector<feel::Type::Member> members;
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < boxed.children.size(); ++i) {
    const VariableDecl &entry = boxed.names[i];
    const feel::Type declared = type(entry.type_ref, entry.line);
    // The variable of a function may be typed by what the function gives, as that of a business knowledge model is.
    const bool by_result =
        boxed.children[i]->kind == BoxedKind::function && declared.kind() != feel::Type::Kind::function;
    NodePtr value = by_result ? bind_function(*boxed.children[i], declared)
                              : coerced(bind(*boxed.children[i]), declared, entry.line);
    if (!entry.name.empty()) {
      if (!seen.insert(entry.name).second)
        refuse(Code::feel_duplicate_key, "the entry '" + entry.name + "' is given twice", place(entry.line));
      node->names.push_back(entry.name);
      node->slots.push_back(compiler().declare(entry.name, value->type));
      members.emplace_back(entry.name, value->type);
    } else if (i + 1 < boxed.children.size()) {
      refuse(Code::dmn_structure, "an entry of the context has no name", place(entry.line));
    }
    node->children.push_back(std::move(value));
  }
  compiler().close_scope();
  if (with_result) {
    node->extension = std::make_shared<ContextResult>();
    node->type = node->children.back()->type;
  } else {
    node->type = feel::Type::context(std::move(members));
  }
  node->element = std::make_shared<const std::string>(place(boxed.line));
  return node;
}

NodePtr BoxedBinder::invocation(const Boxed &boxed) {
  auto node = feel::make_node(NodeKind::call, bind(*boxed.children[0]));
  for (std::size_t i = 1; i < boxed.children.size(); ++i) {
    const VariableDecl &parameter = boxed.names[i - 1];
    node->names.push_back(parameter.name);
    node->children.push_back(
        coerced(bind(*boxed.children[i]), type(parameter.type_ref, parameter.line), parameter.line));
  }
  const feel::Type &called = node->children[0]->type;
  if (called.kind() == feel::Type::Kind::function)
    node->type = called.result();
  node->element = std::make_shared<const std::string>(place(boxed.line));
  return node;
}

NodePtr BoxedBinder::relation(const Boxed &boxed) {
  auto node = feel::make_node(NodeKind::list);
  const std::size_t width = boxed.names.size();
  std::unordered_set<std::string> seen;
  for (const VariableDecl &column : boxed.names)
    if (!seen.insert(feel::canonical_name(column.name)).second)
      refuse(Code::dmn_duplicate, "two columns of the relation are named '" + column.name + "'", place(column.line));
  feel::Type element;
  for (std::size_t start = 0; width > 0 && start < boxed.children.size(); start += width) {
    auto row = feel::make_node(NodeKind::context);
    std::vector<feel::Type::Member> members;
    compiler().open_scope();
    for (std::size_t column = 0; column < width; ++column) {
      const VariableDecl &declared = boxed.names[column];
      const Boxed &cell = *boxed.children[start + column];
      row->children.push_back(coerced(bind(cell), type(declared.type_ref, declared.line), cell.line));
      row->names.push_back(declared.name);
      row->slots.push_back(compiler().reserve()); // cells do not see their neighbours
      members.emplace_back(declared.name, row->children.back()->type);
    }
    compiler().close_scope();
    row->type = feel::Type::context(std::move(members));
    row->element = std::make_shared<const std::string>(place(boxed.children[start]->line));
    element = start == 0 || element.equivalent_to(row->type) ? row->type : feel::Type();
    node->children.push_back(std::move(row));
  }
  node->type = feel::Type::list(std::move(element));
  return node;
}

NodePtr BoxedBinder::iteration(const Boxed &boxed, NodeKind kind) {
  auto node = feel::make_node(kind);
  const VariableDecl &variable = boxed.names[0];
  NodePtr domain = bind(*boxed.children[0]);
  feel::Type item = type(variable.type_ref, variable.line);
  if (item.kind() == feel::Type::Kind::list) // `in` may say its own type or that of the variable
    item = item.element();
  else if (item.is_any() &&
           (domain->type.kind() == feel::Type::Kind::list || domain->type.kind() == feel::Type::Kind::range))
    item = domain->type.element();
  node->children.push_back(std::move(domain));
  compiler().open_scope();
  node->names.push_back(variable.name);
  node->slots.push_back(compiler().declare(variable.name, item));
  if (kind == NodeKind::for_loop)
    node->slot = compiler().declare("partial", feel::Type::list({}));
  node->children.push_back(bind(*boxed.children[1]));
  compiler().close_scope();
  node->type =
      kind == NodeKind::for_loop ? feel::Type::list(node->children[1]->type) : feel::Type(feel::Type::Kind::boolean);
  node->element = std::make_shared<const std::string>(place(boxed.line));
  return node;
}

std::vector<feel::Parameter> BoxedBinder::parameters(const Boxed &function) {
  std::vector<feel::Parameter> result;
  std::unordered_set<std::string> seen;
  for (const VariableDecl &parameter : function.names) {
    if (!seen.insert(parameter.name).second)
      refuse(Code::dmn_duplicate, "two parameters are named '" + parameter.name + "'", place(parameter.line));
    result.push_back({parameter.name, type(parameter.type_ref, parameter.line)});
  }
  return result;
}

NodePtr BoxedBinder::bind_function(const Boxed &boxed, const feel::Type &result) {
  auto taken = parameters(boxed);
  if (boxed.function_kind == "Java")
    return external(boxed, taken);
  if (boxed.function_kind != "FEEL")
    refuse(Code::dmn_external, "functions of kind '" + boxed.function_kind + "' are not available", place(boxed.line));
  compiler().open_function(taken);
  NodePtr body = bind(*boxed.children[0]);
  // The typeRef of a function definition may be that of the function or of what it gives.
  feel::Type own = type(boxed.type_ref, boxed.line);
  if (own.kind() == feel::Type::Kind::function)
    own = own.result();
  body = coerced(std::move(body), own, boxed.line);
  body = coerced(std::move(body), result, boxed.line);
  NodePtr node = compiler().close_function(std::move(taken), std::move(body));
  node->element = std::make_shared<const std::string>(place(boxed.line));
  return node;
}

NodePtr BoxedBinder::external(const Boxed &boxed, const std::vector<feel::Parameter> &parameters) {
  const Boxed &body = *boxed.children[0];
  std::string class_name, signature;
  if (body.kind == BoxedKind::context)
    for (std::size_t i = 0; i < body.children.size(); ++i) {
      const auto listed = listed_values(body.children[i]->text);
      if (listed.size() != 1 || !listed.front().is(feel::Kind::text))
        continue;
      if (body.names[i].name == "class")
        class_name = listed.front().text();
      else if (body.names[i].name == "method signature")
        signature = listed.front().text();
    }
  const auto function = feel::find_external(class_name, signature, parameters);
  auto node = feel::make_node(NodeKind::constant);
  node->value =
      function ? feel::Value(function)
               : feel::error_value(Code::dmn_external, "there is no external function " + class_name + "." + signature,
                                   place(boxed.line));
  if (function)
    node->type = function->type();
  return node;
}

} // namespace spie::dmn
