// Types that the bound tree tells better than its nodes: a branch that is null leaves the type of the other.
#include "rules/dmn/bound.hpp"
#include "rules/dmn/model_impl.hpp"

#include <algorithm>
#include <set>

namespace spie::dmn {

namespace {

using feel::Node;
using feel::NodeKind;
using feel::Type;

class Telling {
public:
  explicit Telling(const ModelImpl &model) : model_(model) {}

  Type of_decision(std::uint32_t slot) {
    const Element &element = model_.elements()[slot];
    if (element.typed || !element.expression || element.kind != ElementKind::decision || !asked_.insert(slot).second)
      return element.type;
    return of(element.expression->root());
  }

  Type of(const Node &node) {
    switch (node.kind) {
    case NodeKind::constant:
      return node.value.is_null() ? Type(Type::Kind::null) : node.type;
    case NodeKind::global:
      return node.type.is_any() ? of_decision(node.slot) : node.type;
    case NodeKind::conditional:
      return node.type.is_any() ? either(of(*node.children[1]), of(*node.children[2])) : node.type;
    case NodeKind::context: {
      std::vector<Type::Member> members;
      for (std::size_t i = 0; i < node.children.size(); ++i)
        members.emplace_back(node.names[i], of(*node.children[i]));
      return Type::context(std::move(members));
    }
    case NodeKind::extension:
      if (!node.type.is_any())
        return node.type;
      if (node.boxed) // a context that ends in a result
        return of(*node.children.back());
      return node.children.size() == 3 ? either(of(*node.children[1]), of(*node.children[2])) : node.type;
    default:
      return node.type;
    }
  }

private:
  static Type either(const Type &a, const Type &b) {
    if (a.kind() == Type::Kind::null)
      return b;
    return b.kind() == Type::Kind::null || a.equivalent_to(b) ? a : Type();
  }

  const ModelImpl &model_;
  std::set<std::uint32_t> asked_;
};

} // namespace

Type type_of_decision(const ModelImpl &model, std::uint32_t slot) { return Telling(model).of_decision(slot); }
Type type_of_part(const ModelImpl &model, const Node &node) { return Telling(model).of(node); }

} // namespace spie::dmn
