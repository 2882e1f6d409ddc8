// The tables of a pack, analysed at each date on which a parameter that their cells compare with takes another value.
#include "rules/analysis/model_tables.hpp"
#include "rules/analysis/table_analysis.hpp"
#include "rules/pack/pack_impl.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace spie::pack {

namespace {

using analysis::TableOf;
using analysis::TableReport;
using feel::Value;

// A parameter of the pack, as the model sees it.
struct Dated {
  const PackParameter *parameter;
  std::uint32_t slot;
};

void collect_globals(const feel::Node &node, std::set<std::uint32_t> &slots) {
  if (node.kind == feel::NodeKind::global)
    slots.insert(node.slot);
  for (const auto &child : node.children)
    collect_globals(*child, slots);
}

std::string in_words(const feel::Context &values) {
  std::string text;
  for (const auto &[name, value] : values)
    text += (text.empty() ? "" : ", ") + name + " = " + value.to_string();
  return text;
}

std::string both(std::size_t first, const char *between, std::size_t second) {
  return std::to_string(first) + between + std::to_string(second);
}

class Tables {
public:
  Tables(const PackImpl &pack, std::vector<Diagnostic> &findings)
      : pack_(pack), model_(analysis::linked(pack.model())), findings_(findings) {
    constants_.globals.resize(model_.elements().size());
    constants_.known.resize(model_.elements().size(), 0);
    for (const auto &[name, value] : pack.lists())
      if (const dmn::ElementInfo *input = model_.find_input(name, {}))
        know(input->slot, value);
    surroundings_.no_answers = {"non_aborde", "ne_sait_pas", "refuse"}; // decisions see them as unknown facts
    surroundings_.whole = [this](const feel::Node &expression, const dmn::Table::Input &column) {
      return analysis::is_whole(model_, expression, column);
    };
    for (const PackParameter &parameter : pack.parameters())
      if (const dmn::ElementInfo *input = model_.find_input(parameter.nom, {});
          input != nullptr && !parameter.valeurs.empty()) {
        dated_.push_back({&parameter, input->slot});
        surroundings_.listed[input->slot] = values_of(parameter);
      }
  }

  void check() {
    std::set<std::string, std::less<>> with_holes;
    for (const dmn::Element &element : model_.elements())
      for (const TableOf &table : analysis::tables_of(element)) {
        subject_ = element.info.name;
        place_ = table.table->place;
        said_.clear();
        for (const std::optional<feel::Date> &date : dates_of(table)) {
          date_ = date;
          const TableReport report = analysed(table);
          if (report.hole())
            with_holes.insert(element.info.name);
          tell(report, *table.table);
        }
      }
    std::vector<std::string> names;
    for (const dmn::ElementInfo &decision : pack_.model().decisions())
      names.push_back(decision.name);
    for (const auto &[decision, why] : pack_.incomplete())
      if (with_holes.count(decision) == 0)
        findings_.push_back({Code::pack_unused, Level::warning,
                             pack_.model().find_decision(decision) == nullptr
                                 ? unknown("decision", decision, names)
                                 : "the table of '" + decision + "' has no hole",
                             "pack.json#/incompletes/" + decision});
  }

private:
  void know(std::uint32_t slot, const Value &value) {
    constants_.globals[slot] = value;
    constants_.known[slot] = 1;
  }

  static feel::List values_of(const PackParameter &parameter) {
    feel::List values;
    const auto add = [&](const Value &value) {
      if (std::none_of(values.begin(), values.end(), [&](const Value &one) { return feel::identical(one, value); }))
        values.push_back(value);
    };
    for (const ParameterValue &one : parameter.valeurs)
      add(one.valeur);
    for (const ParameterReading &reading : parameter.lectures)
      add(reading.valeur);
    return values;
  }

  // Those on which the cells change; one without a date where they never do.
  std::vector<std::optional<feel::Date>> dates_of(const TableOf &table) const {
    std::set<std::uint32_t> slots;
    for (std::size_t rule = 0; rule < table.table->rules.size(); ++rule)
      for (std::size_t input = 0; input < table.table->inputs.size(); ++input)
        collect_globals(*table.node->children[table.table->cell(rule, input)], slots);
    std::set<feel::Date> dates;
    for (const Dated &one : dated_)
      if (slots.count(one.slot) != 0)
        for (const ParameterValue &value : one.parameter->valeurs)
          dates.insert(value.depuis);
    if (dates.empty())
      return {std::nullopt};
    return {dates.begin(), dates.end()};
  }

  TableReport analysed(const TableOf &table) {
    if (date_)
      for (const Dated &one : dated_) { // before its first value, that one
        const ParameterValue *held = &one.parameter->valeurs.front();
        for (const ParameterValue &value : one.parameter->valeurs)
          if (value.depuis <= *date_)
            held = &value;
        know(one.slot, held->valeur);
      }
    surroundings_.constants = constants_;
    return analysis::analyse_table(*table.table, *table.node, surroundings_, {});
  }

  // `details` is what the sentence of the code quotes in French.
  void add(Code code, Level level, const std::string &message, const std::string &details) {
    if (!said_.insert(message).second) // once, at the first date
      return;
    findings_.push_back({code,
                         level,
                         message + (date_ ? " (on " + date_->to_string() + ")" : ""),
                         place_,
                         {},
                         details + (date_ ? ", le " + date_->to_string() : "")});
  }

  void tell(const TableReport &report, const dmn::Table &table) {
    const auto meant = pack_.incomplete().find(subject_);
    for (const analysis::Gap &gap : report.trous)
      // Rules that are kept together, and a default, leave holes by design: nothing is to be said of them.
      if (gap.niveau == Level::error)
        add(Code::pack_table_hole, meant == pack_.incomplete().end() ? Level::error : Level::note,
            "no rule takes " + gap.region + "; for instance " + in_words(gap.temoin), gap.region);
    for (const analysis::Overlap &overlap : report.recouvrements)
      if (overlap.conflit)
        add(Code::pack_table_conflict, Level::error,
            "rules " + both(overlap.first, " and ", overlap.second) + " both match, for instance " +
                in_words(overlap.temoin),
            "règles " + both(overlap.first, " et ", overlap.second) + ", " + in_words(overlap.temoin));
    for (const std::size_t rule : report.mortes)
      add(Code::pack_dead_rule, Level::error, "no allowed input matches rule " + std::to_string(rule),
          "règle " + std::to_string(rule));
    for (const std::size_t rule : report.cachees)
      add(Code::pack_hidden_rule, Level::warning, "the rules before rule " + std::to_string(rule) + " hide it",
          "règle " + std::to_string(rule) + ", par celles qui la précèdent");
    for (const auto &[rule, other] : report.subsumees)
      add(Code::pack_hidden_rule, Level::warning,
          "all that rule " + both(rule, " matches, rule ", other) + " matches with the same outputs",
          "règle " + both(rule, ", par la règle ", other));
    for (const auto &[rule, other] : report.fusionnables)
      add(Code::pack_mergeable_rules, Level::note, "rules " + both(rule, " and ", other) + " could be one",
          "règles " + both(rule, " et ", other));
    for (const Value &one : report.valeurs_hors_domaine)
      add(Code::pack_untested_value, Level::warning,
          "rule " + member(one, "regle") + " tests '" + member(one, "entree") + "' for " + member(one, "valeur") +
              ", which is not allowed",
          "règle " + member(one, "regle") + ", " + member(one, "entree") + ", " + member(one, "valeur"));
    const bool keeps_many = table.policy > dmn::Policy::priority; // what no rule tests there is no oversight
    for (const Value &one : report.valeurs_non_testees)
      if (!keeps_many)
        add(Code::pack_untested_value, Level::note,
            "no rule tests '" + member(one, "entree") + "' for " + member(one, "valeur"),
            member(one, "entree") + ", " + member(one, "valeur"));
    const bool lists = std::any_of(table.outputs.begin(), table.outputs.end(), [](const dmn::Table::Output &output) {
      return output.values != nullptr; // its own; those of a type may be for others
    });
    for (const Value &one : report.sorties_absentes)
      if (lists)
        add(Code::pack_untested_value, Level::note, "no rule gives " + member(one, "valeur"),
            member(one, "sortie") + ", " + member(one, "valeur"));
    if (!report.motif.empty())
      add(Code::pack_not_analysed, Level::note, "the table was not analysed whole: " + report.motif, report.motif);
  }
  static std::string member(const Value &context, const char *name) {
    return context.context().find(name)->to_string();
  }

  const PackImpl &pack_;
  const dmn::ModelImpl &model_;
  std::vector<Diagnostic> &findings_;
  analysis::Constants constants_;
  analysis::Surroundings surroundings_;
  std::vector<Dated> dated_;
  std::string subject_, place_;
  std::optional<feel::Date> date_; // of the parameters, where a cell compares with one
  std::set<std::string> said_;
};

} // namespace

void check_tables(const PackImpl &pack, std::vector<Diagnostic> &findings) { Tables(pack, findings).check(); }

} // namespace spie::pack
