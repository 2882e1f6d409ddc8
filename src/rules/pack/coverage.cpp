#include "spie/pack/coverage.hpp"

#include "rules/analysis/model_tables.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace spie::pack {

namespace {

using analysis::TableOf;
using feel::Context;
using feel::Kind;
using feel::List;
using feel::Value;

Value number(std::size_t count) { return static_cast<std::int64_t>(count); }

struct Place {
  std::string decision;
  std::size_t table; // of its tables, from 0
  friend auto operator<=>(const Place &, const Place &) = default;
};
using Hits = std::set<std::pair<Place, std::size_t>>; // rules from 1

class Coverage {
public:
  Coverage(const Pack &pack, const CoverageOptions &options) : pack_(pack), options_(options) {
    for (const dmn::Element &element : analysis::linked(pack.model()).elements())
      if (element.kind == dmn::ElementKind::decision)
        tables_[element.info.name] = analysis::tables_of(element);
  }

  Value run() {
    for (const PackCase &one : pack_.cases())
      if (const auto result = evaluated(one)) {
        collect(*result, hits_);
        for (const ParameterUse &use : result->parametres)
          used_.insert({use.nom, use.valeur.to_feel()});
      }
    List tables, proposals;
    std::size_t total = 0, tried = 0;
    for (const auto &[decision, found] : tables_)
      for (std::size_t t = 0; t < found.size(); ++t) {
        const std::size_t count = found[t].table->rules.size();
        List missed;
        for (std::size_t rule = 1; rule <= count; ++rule) {
          if (hits_.count({{decision, t}, rule}) != 0)
            continue;
          missed.push_back(number(rule));
          if (Value facts = proposal({decision, t}, rule); !facts.is_null())
            proposals.push_back(Context{
                {"decision", decision}, {"table", number(t + 1)}, {"regle", number(rule)}, {"cas", std::move(facts)}});
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
    for (const PackParameter &parameter : pack_.parameters()) {
      for (const ParameterValue &value : parameter.valeurs)
        if (used_.count({parameter.nom, value.valeur.to_feel()}) == 0)
          parameters.push_back(
              Context{{"nom", parameter.nom}, {"depuis", value.depuis.to_string()}, {"valeur", value.valeur}});
      for (const ParameterReading &reading : parameter.lectures)
        if (used_.count({parameter.nom, reading.valeur.to_feel()}) == 0 &&
            std::none_of(parameter.valeurs.begin(), parameter.valeurs.end(),
                         [&](const ParameterValue &value) { return feel::identical(value.valeur, reading.valeur); }))
          parameters.push_back(Context{{"nom", parameter.nom}, {"depuis", Value()}, {"valeur", reading.valeur}});
    }
    return Context{{"regles", Context{{"exercees", number(tried)}, {"total", number(total)}}},
                   {"tables", std::move(tables)},
                   {"parametres", std::move(parameters)},
                   {"propositions", std::move(proposals)}};
  }

private:
  std::optional<PackResult> evaluated(const PackCase &one) const {
    PackEvaluateOptions options;
    options.explanation = false;
    if (one.parametres.is(Kind::context))
      for (const auto &[name, value] : one.parametres.context())
        options.parametres.emplace_back(name, value);
    try {
      return pack_.evaluate(one.decision, one.faits, one.as_of, options);
    } catch (const Error &) { // a case may expect a refusal
      return std::nullopt;
    }
  }

  // A trace has the tables that were evaluated, in that order: one is known by its columns and its rules.
  void collect(const PackResult &result, Hits &into) const {
    for (const dmn::DecisionTrace &decision : result.trace.decisions) {
      const auto found = tables_.find(decision.name);
      if (found == tables_.end())
        continue;
      for (const dmn::TableTrace &trace : decision.tables)
        for (std::size_t t = 0; t < found->second.size(); ++t)
          if (is_of(trace, *found->second[t].table))
            for (const dmn::RuleTrace &rule : trace.rules)
              if (rule.hit)
                into.insert({{decision.name, t}, rule.number});
    }
  }
  static bool is_of(const dmn::TableTrace &trace, const dmn::Table &table) {
    if (trace.rules.size() != table.rules.size() || trace.inputs.size() != table.inputs.size())
      return false;
    for (std::size_t rule = 0; rule < table.rules.size(); ++rule)
      if (trace.rules[rule].id != table.rules[rule].id)
        return false;
    for (std::size_t input = 0; input < table.inputs.size(); ++input)
      if (trace.inputs[input].expression != table.inputs[input].expression)
        return false;
    return true;
  }

  // The values that a fact could take instead: those allowed, those that cases give, and what stands beside a number or
  // a date.
  List values_for(const dmn::FactInfo &fact) const {
    List values;
    if (const feel::Constraint *constraint = fact.type.constraint())
      values = constraint->enumerated();
    if (fact.type.kind() == feel::Type::Kind::boolean)
      values = {Value(true), Value(false)};
    constexpr std::size_t enough = 40;
    for (const PackCase &one : pack_.cases()) {
      const Value *held = &one.faits;
      for (const std::string &part : parts(fact.path)) {
        held = held != nullptr && held->is(Kind::context) ? held->context().find(part) : nullptr;
        if (held == nullptr)
          break;
      }
      if (held != nullptr && !held->is_null() && values.size() < enough &&
          std::none_of(values.begin(), values.end(), [&](const Value &value) { return feel::identical(value, *held); }))
        values.push_back(*held);
    }
    if (fact.type.kind() == feel::Type::Kind::number)
      for (const int value : {-1, 0, 1, 1'000'000})
        values.push_back(value);
    return values;
  }
  static std::vector<std::string> parts(const std::string &path) {
    std::vector<std::string> found;
    for (std::size_t start = 0; start <= path.size();) {
      const std::size_t end = std::min(path.find('.', start), path.size());
      found.push_back(path.substr(start, end - start));
      start = end + 1;
    }
    return found;
  }
  static Value with(const Value &facts, const std::vector<std::string> &path, std::size_t at, const Value &value) {
    if (at == path.size())
      return value;
    Context context = facts.is(Kind::context) ? facts.context() : Context();
    const Value *held = context.find(path[at]);
    context.set(path[at], with(held == nullptr ? Value() : *held, path, at + 1, value));
    return context;
  }

  // The cases that ask for the decision, or for one that requires it, with one fact changed, then two.
  Value proposal(const Place &place, std::size_t rule) {
    std::vector<PackCase> starts;
    for (const PackCase &one : pack_.cases())
      if (one.decision == place.decision)
        starts.push_back(one);
    if (starts.empty()) {
      PackCase bare;
      bare.as_of = pack_.period_start();
      bare.faits = Value(Context());
      starts.push_back(std::move(bare));
    }
    struct Change {
      std::vector<std::string> path;
      Value value;
    };
    std::vector<Change> changes;
    for (const dmn::FactInfo &fact : pack_.facts(place.decision))
      if (fact.path.find("[]") == std::string::npos)
        for (const Value &value : values_for(fact))
          changes.push_back({parts(fact.path), value});
    std::size_t tries = 0;
    const auto hit = [&](const PackCase &start, const Value &facts) -> Value {
      PackCase one = start;
      one.decision = place.decision;
      one.faits = facts;
      const auto result = evaluated(one);
      Hits found;
      if (result)
        collect(*result, found);
      return found.count({place, rule}) == 0 ? Value() : written(one, place, rule, *result);
    };
    for (const PackCase &start : starts)
      for (const Change &first : changes) {
        if (tries++ >= options_.tries / 2)
          break;
        if (Value found = hit(start, with(start.faits, first.path, 0, first.value)); !found.is_null())
          return found;
      }
    for (const PackCase &start : starts)
      for (std::size_t a = 0; a < changes.size(); ++a)
        for (std::size_t b = a + 1; b < changes.size(); ++b) {
          if (changes[a].path == changes[b].path)
            continue;
          if (tries++ >= options_.tries)
            return {};
          const Value facts =
              with(with(start.faits, changes[a].path, 0, changes[a].value), changes[b].path, 0, changes[b].value);
          if (Value found = hit(start, facts); !found.is_null())
            return found;
        }
    return {};
  }

  static Value written(const PackCase &one, const Place &place, std::size_t rule, const PackResult &result) {
    Context expected{{"statut", std::string(dmn::text(result.status))}};
    if (result.status == dmn::Status::determine)
      expected.set("valeur", result.value);
    Context written{{"nom", place.decision + "-regle-" + std::to_string(rule)},
                    {"decision", place.decision},
                    {"as_of", one.as_of.to_string()},
                    {"faits", one.faits}};
    if (one.parametres.is(Kind::context) && !one.parametres.context().empty())
      written.set("parametres", one.parametres);
    written.set("attendu", Value(std::move(expected)));
    return written;
  }

  const Pack &pack_;
  const CoverageOptions &options_;
  std::map<std::string, std::vector<TableOf>> tables_;
  Hits hits_;
  std::set<std::pair<std::string, std::string>> used_; // parameters with their values
};

} // namespace

Value coverage(const Pack &pack, const CoverageOptions &options) { return Coverage(pack, options).run(); }

} // namespace spie::pack
