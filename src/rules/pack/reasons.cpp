#include "rules/pack/reasons.hpp"

#include <algorithm>
#include <set>

namespace spie::pack {

namespace {

using dmn::DecisionTrace;
using dmn::FactTrace;
using dmn::RuleTrace;
using dmn::TableTrace;
using feel::Kind;
using feel::Value;

using Cells = WrittenRules::Cells;

std::vector<std::string> texts(const Value *list) {
  std::vector<std::string> result;
  if (list != nullptr && list->is(Kind::list))
    for (const Value &item : list->list())
      result.push_back(item.is(Kind::text) ? item.text() : std::string());
  return result;
}

// The rules of every table in a decision's logic.
void collect_rules(const Value &logic, Cells &inputs, Cells &outputs) {
  if (logic.is(Kind::list))
    for (const Value &item : logic.list())
      collect_rules(item, inputs, outputs);
  if (!logic.is(Kind::context))
    return;
  for (const auto &[key, value] : logic.context()) {
    if (key != "rules" || !value.is(Kind::list)) {
      collect_rules(value, inputs, outputs);
      continue;
    }
    for (const Value &rule : value.list()) {
      const Value *id = rule.is(Kind::context) ? rule.context().find("id") : nullptr;
      if (id == nullptr || !id->is(Kind::text))
        continue;
      inputs[id->text()] = texts(rule.context().find("inputs"));
      outputs[id->text()] = texts(rule.context().find("outputs"));
    }
  }
}

bool part_of_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The name stands in the text as a word of its own.
bool names(const std::string &text, const std::string &name) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !part_of_name(text[at - 1])) && (end == text.size() || !part_of_name(text[end])))
      return true;
  }
  return false;
}

// The texts that a decision which is one table rests on; empty when all of it counts: no rule was hit, or the hit
// policy makes the rules that were not hit count as much.
std::vector<std::string> texts_that_count(const TableTrace &table, const Cells &inputs, const Cells &outputs) {
  const bool first = table.hit_policy == "FIRST";
  if (!first && table.hit_policy != "UNIQUE" && table.hit_policy != "ANY")
    return {};
  const auto hit = std::find_if(table.rules.begin(), table.rules.end(), [](const RuleTrace &rule) { return rule.hit; });
  if (hit == table.rules.end())
    return {};
  std::vector<std::string> result;
  for (auto rule = first ? table.rules.begin() : hit; rule != std::next(hit); ++rule) {
    const auto asked = inputs.find(rule->id);
    if (asked == inputs.end())
      return {};
    for (std::size_t i = 0; i < asked->second.size() && i < table.inputs.size(); ++i)
      if (asked->second[i] != "-") {
        result.push_back(table.inputs[i].expression);
        result.push_back(asked->second[i]);
      }
  }
  const auto given = outputs.find(hit->id);
  if (given == outputs.end())
    return {};
  result.insert(result.end(), given->second.begin(), given->second.end());
  return result;
}

Reason reason_of(const PackImpl &pack, const DecisionTrace &decision) {
  Reason reason;
  reason.decision = &decision;
  std::vector<std::string> counting;
  static const Cells none;
  reason.cells = &none;
  if (const WrittenRules *rules = decision.tables.empty() ? nullptr : pack.rules_of(decision.name)) {
    reason.cells = &rules->inputs;
    if (decision.tables.size() == 1 && rules->is_table)
      counting = texts_that_count(decision.tables.front(), rules->inputs, rules->outputs);
  }
  for (const FactTrace &fact : decision.facts)
    if (counting.empty() ||
        std::any_of(counting.begin(), counting.end(), [&](const std::string &text) { return names(text, fact.path); }))
      reason.facts.push_back(&fact);
  return reason;
}

} // namespace

WrittenRules written_rules(const Value &logic) {
  WrittenRules rules;
  collect_rules(logic, rules.inputs, rules.outputs);
  const Value *kind = logic.is(Kind::context) ? logic.context().find("kind") : nullptr;
  rules.is_table = kind != nullptr && kind->to_string() == "decision_table";
  return rules;
}

std::vector<Reason> reasons_of(const PackImpl &pack, const dmn::Trace &trace) {
  std::vector<Reason> reasons;
  std::set<std::string> wanted;
  if (!trace.decisions.empty())
    wanted.insert(trace.decisions.back().name);
  // A decision stands after those it requires: from the last to the first, each wanted one says which others are.
  for (auto decision = trace.decisions.rbegin(); decision != trace.decisions.rend(); ++decision) {
    if (wanted.count(decision->name) == 0)
      continue;
    Reason reason = reason_of(pack, *decision);
    for (const FactTrace *fact : reason.facts)
      if (fact->decision)
        wanted.insert(fact->path.substr(0, fact->path.find('.')));
    reasons.push_back(std::move(reason));
  }
  std::reverse(reasons.begin(), reasons.end());
  return reasons;
}

} // namespace spie::pack
