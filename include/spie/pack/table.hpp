// A decision of a pack asked of each row of a table (docs/tables.md); what is unknown there is unknown here.
#pragma once

#include "spie/pack/pack.hpp"
#include "spie/table/table.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace spie {

struct PackTableOptions : table::Options {
  std::vector<std::pair<std::string, feel::Value>> parametres; // as PackEvaluateOptions
  std::optional<feel::Limits> limits = {};                     // of each row; rows then go one by one
};

// As table::evaluate, on a day: a date of its own for each row where `as_of` names a column of dates, or one for all of
// them ("2022-06-01"; a column of that very name comes first). Also throws P009, P015, and P018 for a parameter that
// has no value on the one day.
void evaluate_table(ArrowArrayStream &answer, const std::shared_ptr<const PackDecision> &decision,
                    ArrowArrayStream &given, const std::string &as_of, const PackTableOptions &options = {});

// Whether a decision goes column by column over a table that gives each of its facts in the layout of its type, and if
// not, why: the first thing in it that goes row by row. What a decision gives is the same either way.
struct DecisionColumns {
  // Where and why: `motif` in English, for whoever writes the pack, `mots` in French.
  struct Reason {
    std::string place, motif, mots;
  };
  std::string decision;
  bool colonnes = false;
  std::string place, motif, mots; // where and why not; empty where it does
  // Of one that does, the parts of it that are evaluated row by row and then go on by columns: none where all goes by
  // columns.
  std::vector<Reason> par_lignes = {};
};

// Of each decision of the pack, in the order of its model, on a day.
std::vector<DecisionColumns> columns_of(const std::shared_ptr<const Pack> &pack, feel::Date as_of);

} // namespace spie
