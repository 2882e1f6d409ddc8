#include "spie/pack/coverage.hpp"

#include "rules/pack/proposals.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace spie::pack {

namespace {

using feel::Context;
using feel::Kind;
using feel::List;
using feel::Value;

Value number(std::size_t count) { return static_cast<std::int64_t>(count); }

class Coverage {
public:
  Coverage(const Pack &pack, const CoverageOptions &options) : pack_(pack), options_(options) {
    for (const dmn::Element &element : analysis::linked(pack.model()).elements())
      if (element.kind == dmn::ElementKind::decision)
        tables_[element.info.name] = analysis::tables_of(element);
  }

  Value run() {
    for (const PackCase &one : pack_.cases())
      if (const auto result = evaluated(pack_, one)) {
        collect(tables_, *result, hits_);
        for (const ParameterUse &use : result->parametres)
          used_.insert({use.nom, use.valeur.to_feel()});
      }
    Hits untried;
    for (const auto &[decision, found] : tables_)
      for (std::size_t t = 0; t < found.size(); ++t)
        for (std::size_t rule = 1; rule <= found[t].table->rules.size(); ++rule)
          if (hits_.count({{decision, t}, rule}) == 0)
            untried.insert({{decision, t}, rule});
    Proposals search(pack_, tables_, untried, options_);
    List tables, proposals;
    std::size_t total = 0, tried = 0;
    for (const auto &[decision, found] : tables_)
      for (std::size_t t = 0; t < found.size(); ++t) {
        const std::size_t count = found[t].table->rules.size();
        List missed;
        for (std::size_t rule = 1; rule <= count; ++rule) {
          const RuleAt at{{decision, t}, rule};
          if (untried.count(at) == 0)
            continue;
          missed.push_back(number(rule));
          if (const auto one = search.find(at))
            proposals.push_back(Context{{"decision", decision},
                                        {"table", number(t + 1)},
                                        {"regle", number(rule)},
                                        {"cas", written(one->one, named(at), one->result)}});
        }
        total += count;
        tried += count - missed.size();
        if (!missed.empty())
          tables.push_back(Context{{"decision", decision},
                                   {"table", number(t + 1)},
                                   {"total", number(count)},
                                   {"non_exercees", std::move(missed)}});
      }
    List parameters;
    const auto unread = [&](const Proposals::ValueAt &value) {
      const Value since = value.since ? Value(value.since->to_string()) : Value();
      parameters.push_back(Context{{"nom", value.parameter.nom}, {"depuis", since}, {"valeur", value.valeur}});
      if (const auto one = search.find(value)) {
        const std::string name =
            value.parameter.nom + (value.since ? "-depuis-" + since.text() : "-lecture-" + number_of(value));
        proposals.push_back(Context{{"parametre", value.parameter.nom},
                                    {"depuis", since},
                                    {"valeur", value.valeur},
                                    {"cas", written(one->one, name, one->result)}});
      }
    };
    for (const PackParameter &parameter : pack_.parameters()) {
      for (std::size_t i = 0; i < parameter.valeurs.size(); ++i)
        if (const ParameterValue &value = parameter.valeurs[i];
            used_.count({parameter.nom, value.valeur.to_feel()}) == 0)
          unread({parameter, value.valeur, value.depuis,
                  i + 1 < parameter.valeurs.size() ? std::optional(parameter.valeurs[i + 1].depuis) : std::nullopt});
      for (const ParameterReading &reading : parameter.lectures)
        if (used_.count({parameter.nom, reading.valeur.to_feel()}) == 0 &&
            std::none_of(parameter.valeurs.begin(), parameter.valeurs.end(),
                         [&](const ParameterValue &value) { return feel::identical(value.valeur, reading.valeur); }))
          unread({parameter, reading.valeur, std::nullopt, std::nullopt});
    }
    return Context{{"regles", Context{{"exercees", number(tried)}, {"total", number(total)}}},
                   {"tables", std::move(tables)},
                   {"parametres", std::move(parameters)},
                   {"propositions", std::move(proposals)}};
  }

private:
  static std::string named(const RuleAt &rule) {
    const std::string table = rule.first.table == 0 ? "" : "-table-" + std::to_string(rule.first.table + 1);
    return rule.first.decision + table + "-regle-" + std::to_string(rule.second);
  }
  static std::string number_of(const Proposals::ValueAt &value) { // of a reading, from 1
    const auto &all = value.parameter.lectures;
    const auto at = std::find_if(
        all.begin(), all.end(), [&](const ParameterReading &one) { return feel::identical(one.valeur, value.valeur); });
    return std::to_string(at - all.begin() + 1);
  }
  static Value written(const PackCase &one, std::string name, const PackResult &result) {
    Context expected{{"statut", std::string(dmn::text(result.status))}};
    if (result.status == dmn::Status::determine)
      expected.set("valeur", result.value);
    Context written{
        {"nom", std::move(name)}, {"decision", one.decision}, {"as_of", one.as_of.to_string()}, {"faits", one.faits}};
    if (one.parametres.is(Kind::context) && !one.parametres.context().empty())
      written.set("parametres", one.parametres);
    written.set("attendu", Value(std::move(expected)));
    return written;
  }

  const Pack &pack_;
  const CoverageOptions &options_;
  TablesByDecision tables_;
  Hits hits_;
  std::set<std::pair<std::string, std::string>> used_; // parameters with their values
};

} // namespace

Value coverage(const Pack &pack, const CoverageOptions &options) { return Coverage(pack, options).run(); }

} // namespace spie::pack
