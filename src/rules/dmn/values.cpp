#include "spie/dmn/values.hpp"

#include "rules/dmn/records.hpp"

#include <utility>

namespace spie {

using feel::Context;
using feel::List;
using feel::Value;

Value to_value(const Diagnostic &diagnostic) { return record::written(diagnostic, 0); }

Value to_value(const std::vector<Diagnostic> &diagnostics) { return record::written(diagnostics, 0); }

Value to_value(const std::vector<std::string> &texts) { return Value(List(texts.begin(), texts.end())); }

namespace dmn {

namespace {

Value number(std::size_t count) { return Value(static_cast<std::int64_t>(count)); }

Value to_value(const TableInputTrace &input) {
  return Context{{"libelle", input.label}, {"expression", input.expression}, {"valeur", input.value}};
}

Value to_value(const RuleTrace &rule) {
  List cells;
  for (const Verdict cell : rule.cells)
    cells.emplace_back(text(cell));
  return Context{{"numero", number(rule.number)}, {"id", rule.id},
                 {"verdict", text(rule.verdict)}, {"retenue", rule.hit},
                 {"cellules", std::move(cells)},  {"annotations", spie::to_value(rule.annotations)}};
}

Value to_value(const TableTrace &table) {
  List columns;
  for (const TableInputTrace &input : table.inputs)
    columns.push_back(to_value(input));
  List rules;
  for (const RuleTrace &rule : table.rules)
    rules.push_back(to_value(rule));
  return Context{{"politique", table.hit_policy},
                 {"colonnes", std::move(columns)},
                 {"regles", std::move(rules)},
                 {"sortie_par_defaut", table.default_output},
                 {"valeur", table.value}};
}

Value to_value(const FactTrace &fact) {
  return Context{{"chemin", fact.path}, {"libelle", fact.label}, {"valeur", fact.value}, {"decision", fact.decision}};
}

Value to_value(const EntryTrace &entry) { return Context{{"nom", entry.name}, {"valeur", entry.value}}; }

Value to_value(const DecisionTrace &decision) {
  List facts;
  for (const FactTrace &fact : decision.facts)
    facts.push_back(to_value(fact));
  List tables;
  for (const TableTrace &table : decision.tables)
    tables.push_back(to_value(table));
  List entries;
  for (const EntryTrace &entry : decision.entries)
    entries.push_back(to_value(entry));
  return Context{{"nom", decision.name},          {"libelle", decision.label},
                 {"fichier", decision.file},      {"valeur", decision.value},
                 {"faits", std::move(facts)},     {"tables", std::move(tables)},
                 {"entrees", std::move(entries)}, {"sources", spie::to_value(decision.authorities)}};
}

} // namespace

Value to_value(const ElementInfo &element) { return record::to_context(element); }

Value to_value(const FactInfo &fact) { return record::to_context(fact); }

Value to_value(const Trace &trace) {
  List decisions;
  for (const DecisionTrace &decision : trace.decisions)
    decisions.push_back(to_value(decision));
  return Value(std::move(decisions));
}

Value to_value(const Result &result) {
  return Context{{"statut", text(result.status)},
                 {"valeur", result.value},
                 {"manquants", spie::to_value(result.missing)},
                 {"refuses", spie::to_value(result.refused)},
                 {"erreurs", spie::to_value(result.errors)},
                 {"trace", to_value(result.trace)}};
}

} // namespace dmn

} // namespace spie
