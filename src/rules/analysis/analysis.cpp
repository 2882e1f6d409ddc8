#include "spie/analysis/analysis.hpp"

#include "rules/analysis/model_tables.hpp"
#include "rules/analysis/table_analysis.hpp"
#include "text/suggestion.hpp"

#include <algorithm>

namespace spie::analysis {

using feel::Context;
using feel::List;
using feel::Value;

namespace {

Value number(std::size_t count) { return static_cast<std::int64_t>(count); }

Value to_value(const std::vector<std::size_t> &rules) {
  List list;
  for (const std::size_t rule : rules)
    list.push_back(number(rule));
  return Value(std::move(list));
}

Value to_value(const std::vector<TableReport::Pair> &pairs) {
  List list;
  for (const auto &[first, second] : pairs)
    list.push_back(Value(List{number(first), number(second)}));
  return Value(std::move(list));
}

Value to_value(const TableReport &table) {
  List gaps, overlaps;
  for (const Gap &gap : table.trous)
    gaps.push_back(Context{{"temoin", gap.temoin}, {"region", gap.region}, {"niveau", std::string(text(gap.niveau))}});
  for (const Overlap &overlap : table.recouvrements)
    overlaps.push_back(Context{{"regles", List{number(overlap.first), number(overlap.second)}},
                               {"temoin", overlap.temoin},
                               {"conflit", overlap.conflit}});
  return Context{{"decision", table.decision},
                 {"analyse", std::string(text(table.analyse))},
                 {"motif", table.motif.empty() ? Value() : Value(table.motif)},
                 {"trous", std::move(gaps)},
                 {"recouvrements", std::move(overlaps)},
                 {"mortes", to_value(table.mortes)},
                 {"cachees", to_value(table.cachees)},
                 {"subsumees", to_value(table.subsumees)},
                 {"fusionnables", to_value(table.fusionnables)},
                 {"sorties_absentes", table.sorties_absentes},
                 {"valeurs_non_testees", table.valeurs_non_testees},
                 {"valeurs_hors_domaine", table.valeurs_hors_domaine}};
}

} // namespace

std::string_view text(Extent extent) noexcept {
  return extent == Extent::complete ? "complete" : extent == Extent::partielle ? "partielle" : "impossible";
}

bool TableReport::conflict() const {
  return std::any_of(recouvrements.begin(), recouvrements.end(), [](const Overlap &one) { return one.conflit; });
}

bool TableReport::hole() const {
  return std::any_of(trous.begin(), trous.end(), [](const Gap &gap) { return gap.niveau == Level::error; });
}

bool Report::fails() const {
  return std::any_of(tables.begin(), tables.end(), [](const TableReport &table) {
    return table.conflict() || table.hole() || !table.mortes.empty();
  });
}

Report analyse(const dmn::Model &model, const Options &options) {
  const dmn::ModelImpl &whole = linked(model);
  Surroundings surroundings;
  surroundings.whole = [&](const feel::Node &expression, const dmn::Table::Input &column) {
    return is_whole(whole, expression, column);
  };
  Report report;
  const dmn::ElementInfo *wanted = options.decision.empty() ? nullptr : model.find_decision(options.decision);
  if (!options.decision.empty() && wanted == nullptr)
    throw Error(Diagnostic{Code::dmn_unknown_decision, Level::error,
                           whole.unknown_element(dmn::ElementKind::decision, options.decision), options.decision});
  for (const dmn::Element &element : whole.elements()) {
    if (wanted != nullptr && (element.kind != dmn::ElementKind::decision || &element.info != wanted))
      continue;
    for (const TableOf &found : tables_of(element)) {
      TableReport table = analyse_table(*found.table, *found.node, surroundings, options);
      table.decision = element.info.name;
      report.tables.push_back(std::move(table));
    }
  }
  return report;
}

Value to_value(const Report &report) {
  List tables;
  for (const TableReport &table : report.tables)
    tables.push_back(to_value(table));
  return Context{{"tables", std::move(tables)}};
}

} // namespace spie::analysis
