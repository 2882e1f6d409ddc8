// A rule or a value of a parameter that no case exercises, and a case that would: facts are changed one at a time, from
// the cases that come nearest, and each try is evaluated.
#pragma once

#include "rules/analysis/model_tables.hpp"
#include "spie/pack/coverage.hpp"

#include <compare>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace spie::pack {

struct Place {
  std::string decision;
  std::size_t table; // of its tables, from 0
  friend auto operator<=>(const Place &, const Place &) = default;
};
using RuleAt = std::pair<Place, std::size_t>; // from 1
using Hits = std::set<RuleAt>;
using TablesByDecision = std::map<std::string, std::vector<analysis::TableOf>>;

// Nothing where the pack refuses the facts: a case may expect it to.
std::optional<PackResult> evaluated(const Pack &pack, const PackCase &one);

// The rules whose outputs counted. A trace has the tables that were evaluated, in that order: one is known by its
// columns and its rules.
void collect(const TablesByDecision &tables, const PackResult &result, Hits &into);

class Proposals {
public:
  Proposals(const Pack &pack, const TablesByDecision &tables, Hits missed, const CoverageOptions &options);
  ~Proposals();

  struct Found {
    PackCase one;
    PackResult result;
  };
  std::optional<Found> find(const RuleAt &rule);
  // `since`: the first day of the value and the first after it; without them it is a reading, given with the case.
  struct ValueAt {
    const PackParameter &parameter;
    feel::Value valeur;
    std::optional<feel::Date> since, until;
  };
  std::optional<Found> find(const ValueAt &value);

private:
  class Search;
  std::unique_ptr<Search> search_;
};

} // namespace spie::pack
