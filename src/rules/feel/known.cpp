// What an expression computes alike at each evaluation, because it rests on variables whose values never change.
#include "rules/feel/node.hpp"
#include "spie/feel/expression.hpp"

#include <algorithm>

namespace spie::feel {

namespace {

class Search {
public:
  Search(std::span<const Value> globals, std::span<const char> fixed, std::size_t frame_size, std::vector<Known> &known)
      : globals_(globals), fixed_(fixed), frame_(frame_size), known_(known) {}

  // Filters alone are kept: they are what a rule does to a list of a pack.
  void visit(const Node &node) {
    if (node.kind == NodeKind::filter) {
      if (rests_on_fixed(node) && keep(node))
        return;
      if (rests_on_fixed(*node.children[0]))
        keep_by_key(node);
    }
    for (const NodePtr &child : node.children)
      visit(*child);
  }

private:
  bool keep(const Node &node) {
    Evaluation evaluation;
    evaluation.facts_may_be_unknown = true;
    evaluation.globals = globals_;
    Value value = evaluate(evaluation, node, frame_);
    const Cause &consumed = evaluation.consumed;
    if (value.holds_causes() || !consumed.errors.empty() || !consumed.missing.empty() || !consumed.refused.empty())
      return false;
    known_.push_back({&node, std::move(value)});
    return true;
  }

  // `list[member = key]`, where each item has a text in that member and the key does not read the item.
  void keep_by_key(const Node &node) {
    const Node &by = *node.children[1];
    if (by.kind != NodeKind::equal)
      return;
    const Node &member = *by.children[0];
    const bool of_item = (member.kind == NodeKind::path && member.children[0]->kind == NodeKind::local &&
                          member.children[0]->slot == node.slot) ||
                         (member.kind == NodeKind::item_name && member.slot == node.slot);
    if (!of_item || reads_local(*by.children[1], node.slot))
      return;
    Evaluation evaluation;
    evaluation.facts_may_be_unknown = true;
    evaluation.globals = globals_;
    const Value list = evaluate(evaluation, *node.children[0], frame_);
    if (!list.is(Kind::list) || list.list().empty())
      return;
    std::unordered_map<std::string, List> items;
    for (const Value &item : list.list()) {
      const Value *text = item.is(Kind::context) ? item.context().find(member.name) : nullptr;
      if (text == nullptr || !text->is(Kind::text))
        return;
      items[text->text()].push_back(item);
    }
    Known known{&node, Value(List()), by.children[1].get()};
    for (auto &[key, kept] : items)
      known.by_key.emplace(key, Value(std::move(kept)));
    known_.push_back(std::move(known));
  }

  static bool reads_local(const Node &node, std::uint32_t slot) {
    const auto captures = [&](const Capture &capture) { return !capture.from_global && capture.from == slot; };
    const bool of_slot =
        node.kind == NodeKind::local || node.kind == NodeKind::item_name || node.kind == NodeKind::test_value;
    return (of_slot && node.slot == slot) || std::any_of(node.captures.begin(), node.captures.end(), captures) ||
           std::any_of(node.children.begin(), node.children.end(),
                       [&](const NodePtr &child) { return reads_local(*child, slot); });
  }

  bool is_bound(std::uint32_t slot) const { return std::find(bound_.begin(), bound_.end(), slot) != bound_.end(); }

  bool all(const Node &node, std::size_t first, std::size_t last) {
    return std::all_of(node.children.begin() + static_cast<std::ptrdiff_t>(first),
                       node.children.begin() + static_cast<std::ptrdiff_t>(last),
                       [&](const NodePtr &child) { return rests_on_fixed(*child); });
  }

  // Whether it reads those variables alone, and locals that it binds itself.
  bool rests_on_fixed(const Node &node) {
    const std::size_t bound = bound_.size();
    const bool result = reads_fixed(node);
    bound_.resize(bound);
    return result;
  }

  bool reads_fixed(const Node &node) {
    const std::size_t count = node.children.size();
    switch (node.kind) {
    case NodeKind::constant:
      return !node.value.is(Kind::function);
    case NodeKind::global:
      return fixed_[node.slot] != 0;
    case NodeKind::local:
      return is_bound(node.slot);
    case NodeKind::item_name:
    case NodeKind::test_value:
      return is_bound(node.slot) && all(node, 0, count);
    case NodeKind::filter:
    case NodeKind::in:
      if (!all(node, 0, 1))
        return false;
      bound_.push_back(node.slot);
      return all(node, 1, count);
    case NodeKind::path:
    case NodeKind::negate:
    case NodeKind::add:
    case NodeKind::subtract:
    case NodeKind::multiply:
    case NodeKind::divide:
    case NodeKind::power:
    case NodeKind::equal:
    case NodeKind::not_equal:
    case NodeKind::less:
    case NodeKind::less_or_equal:
    case NodeKind::greater:
    case NodeKind::greater_or_equal:
    case NodeKind::logical_and:
    case NodeKind::logical_or:
    case NodeKind::between:
    case NodeKind::unary_any:
    case NodeKind::unary_not:
    case NodeKind::unary_all:
    case NodeKind::conditional:
    case NodeKind::list:
    case NodeKind::range:
      return all(node, 0, count);
    default: // calls, functions, tables: not worth what telling them apart would take
      return false;
    }
  }

  std::span<const Value> globals_;
  std::span<const char> fixed_;
  std::vector<Value> frame_;
  std::vector<Known> &known_;
  std::vector<std::uint32_t> bound_;
};

} // namespace

void Expression::collect_known(std::span<const Value> globals, std::span<const char> fixed,
                               std::vector<Known> &known) const {
  Search(globals, fixed, frame_size_, known).visit(*root_);
}

} // namespace spie::feel
