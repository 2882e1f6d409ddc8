#include "rules/analysis/outputs.hpp"

#include <algorithm>

namespace spie::analysis {

using feel::Node;
using feel::NodeKind;
using feel::Value;

void write(const Node &node, std::string &into) {
  const auto add = [&](const auto &number) { into += std::to_string(static_cast<long long>(number)) + ' '; };
  add(node.kind);
  if (node.kind == NodeKind::constant && !node.value.is(feel::Kind::function)) {
    into += node.value.to_feel() + '\n';
    return;
  }
  add(node.slot);
  add(node.reading);
  add(node.form);
  add(node.start_end);
  add(node.end_end);
  into += node.name + ' ';
  for (const std::string &name : node.names)
    into += name + ' ';
  for (const std::uint32_t slot : node.slots)
    add(slot);
  add(reinterpret_cast<std::uintptr_t>(node.function));
  if (node.value.is(feel::Kind::function))
    into += node.value.function()->name();
  add(reinterpret_cast<std::uintptr_t>(node.extension.get()));
  add(reinterpret_cast<std::uintptr_t>(node.body.get()));
  into += node.target.to_string() + '(';
  for (const auto &child : node.children)
    write(*child, into);
  into += ")\n";
}

Outputs::Outputs(const dmn::Table &table, const Node &node) : table_(table), node_(node), texts_(table.rules.size()) {
  for (std::size_t rule = 0; rule < texts_.size(); ++rule)
    for (std::size_t output = 0; output < table.outputs.size(); ++output)
      write(entry(rule, output), texts_[rule]);
}

const Node &Outputs::entry(std::size_t rule, std::size_t output) const {
  return *node_.children[table_.cell(rule, table_.inputs.size() + output)];
}

std::optional<bool> Outputs::differ(std::size_t a, std::size_t b) const {
  if (same(a, b))
    return false;
  bool known = true;
  for (std::size_t output = 0; output < table_.outputs.size(); ++output) {
    const Node &one = entry(a, output), &other = entry(b, output);
    if (one.kind != NodeKind::constant || other.kind != NodeKind::constant)
      known = false;
    else if (!feel::identical(one.value, other.value))
      return true;
  }
  return known ? std::optional(false) : std::nullopt;
}

bool Outputs::has_default() const {
  return std::any_of(table_.outputs.begin(), table_.outputs.end(),
                     [](const dmn::Table::Output &output) { return output.default_child >= 0; });
}

void Outputs::find_absent(const std::vector<std::size_t> &rules, bool default_counts, feel::List &into) const {
  for (std::size_t o = 0; o < table_.outputs.size(); ++o) {
    const dmn::Table::Output &output = table_.outputs[o];
    feel::List allowed = output.values ? output.values->enumerated() : feel::List();
    if (allowed.empty() && output.type.constraint() != nullptr)
      allowed = output.type.constraint()->enumerated();
    std::vector<const Node *> entries;
    for (const std::size_t rule : rules)
      entries.push_back(&entry(rule, o));
    if (output.default_child >= 0 && default_counts)
      entries.push_back(node_.children[static_cast<std::size_t>(output.default_child)].get());
    if (std::any_of(entries.begin(), entries.end(), [](const Node *one) { return one->kind != NodeKind::constant; }))
      continue;
    for (const Value &value : allowed)
      if (std::none_of(entries.begin(), entries.end(),
                       [&](const Node *one) { return feel::identical(one->value, value); }))
        into.push_back(feel::Context{{"sortie", output.name}, {"valeur", value}});
  }
}

} // namespace spie::analysis
