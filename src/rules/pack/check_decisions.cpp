// What stands across decisions: those that are always null, a null that reaches who asks, comparisons that never hold,
// a pack that no case tries.
#include "rules/analysis/model_tables.hpp"
#include "rules/pack/pack_impl.hpp"

#include <algorithm>
#include <set>

namespace spie::pack {

namespace {

using feel::Node;
using feel::NodeKind;
using feel::Value;

class Nulls {
public:
  explicit Nulls(const dmn::ModelImpl &model) : model_(model) {}

  bool always(const Node &node) const {
    if (node.kind == NodeKind::constant)
      return node.value.is_null();
    if (node.kind == NodeKind::coerce)
      return always(*node.children[0]);
    if (node.kind == NodeKind::conditional)
      return always(*node.children[1]) && always(*node.children[2]);
    const std::vector<const Node *> outputs = outputs_of(node);
    return !outputs.empty() &&
           std::all_of(outputs.begin(), outputs.end(), [&](const Node *one) { return always(*one); });
  }
  // Whether a null that is written somewhere may be the value; `through` says where it stands.
  bool may_be(const Node &node, std::string &through) {
    switch (node.kind) {
    case NodeKind::constant:
      return node.value.is_null() && node.value.cause() == nullptr;
    case NodeKind::coerce:
      return may_be(*node.children[0], through);
    case NodeKind::conditional:
      return may_be(*node.children[1], through) || may_be(*node.children[2], through);
    case NodeKind::global: {
      const dmn::Element &element = model_.elements()[node.slot];
      const Node *logic = element.kind == dmn::ElementKind::decision && seen_.insert(node.slot).second
                              ? analysis::logic_of(element)
                              : nullptr;
      if (logic == nullptr || !may_be(*logic, through))
        return false;
      if (through.empty())
        through = element.info.name;
      return true;
    }
    default: {
      const std::vector<const Node *> outputs = outputs_of(node);
      return std::any_of(outputs.begin(), outputs.end(), [&](const Node *one) { return may_be(*one, through); });
    }
    }
  }

private:
  // Of a table of one output, what its rules and its default give.
  static std::vector<const Node *> outputs_of(const Node &node) {
    std::vector<const Node *> found;
    const auto *table = dynamic_cast<const dmn::Table *>(node.extension.get());
    if (table == nullptr || table->outputs.size() != 1 || table->policy >= dmn::Policy::rule_order)
      return found;
    for (std::size_t rule = 0; rule < table->rules.size(); ++rule)
      found.push_back(node.children[table->cell(rule, table->inputs.size())].get());
    if (const int child = table->outputs.front().default_child; child >= 0)
      found.push_back(node.children[static_cast<std::size_t>(child)].get());
    return found;
  }

  const dmn::ModelImpl &model_;
  std::set<std::uint32_t> seen_;
};

feel::List allowed_of(const feel::Type &type) {
  return type.constraint() == nullptr ? feel::List() : type.constraint()->enumerated();
}

bool holds(const feel::List &list, const Value &value) {
  return std::any_of(list.begin(), list.end(), [&](const Value &one) { return feel::identical(one, value); });
}

// Comparisons for equality of two sides that allow no common value.
void find_never_equal(const Node &node, std::set<std::string> &found) {
  if ((node.kind == NodeKind::equal || node.kind == NodeKind::not_equal) && node.children.size() == 2) {
    const auto side = [](const Node &one) {
      return one.kind == NodeKind::constant && !one.value.is_null() ? feel::List{one.value} : allowed_of(one.type);
    };
    const feel::List left = side(*node.children[0]), right = side(*node.children[1]);
    const bool constants = node.children[0]->kind == NodeKind::constant && node.children[1]->kind == NodeKind::constant;
    if (!constants && !left.empty() && !right.empty() &&
        std::none_of(left.begin(), left.end(), [&](const Value &one) { return holds(right, one); }))
      found.insert(Value(left).to_string() + " = " + Value(right).to_string());
  }
  for (const auto &child : node.children)
    find_never_equal(*child, found);
  if (node.body)
    find_never_equal(*node.body, found);
}

} // namespace

void check_decisions(const PackImpl &pack, std::vector<Diagnostic> &findings) {
  const dmn::ModelImpl &model = analysis::linked(pack.model());
  std::set<std::string> open; // to who asks from outside
  for (const auto &[role, decision] : pack.roles())
    open.insert(decision);
  for (const dmn::Element &element : model.elements()) {
    const Node *logic = analysis::logic_of(element);
    if (logic == nullptr)
      continue;
    std::set<std::string> never;
    find_never_equal(*logic, never);
    for (const std::string &comparison : never)
      findings.push_back({Code::pack_untested_value,
                          Level::warning,
                          "a comparison never holds: " + comparison + " have no common value",
                          element.place,
                          {},
                          comparison});
    std::string through;
    if (Nulls(model).always(*logic))
      findings.push_back(
          {Code::pack_null, Level::warning, "'" + element.info.name + "' can only be null", element.place});
    else if (open.count(element.info.name) != 0 && Nulls(model).may_be(*logic, through))
      findings.push_back({Code::pack_null, Level::note,
                          "'" + element.info.name + "' may be null, and plays a role" +
                              (through.empty() ? "" : "; the null comes from '" + through + "'"),
                          element.place});
  }
}

} // namespace spie::pack
