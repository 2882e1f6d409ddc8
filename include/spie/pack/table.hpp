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
};

// As table::evaluate, on a day: a date of its own for each row where `as_of` names a column of dates, or one for all of
// them ("2022-06-01"; a column of that very name comes first). Also throws P009, P015, and P018 for a parameter that
// has no value on the one day.
void evaluate_table(ArrowArrayStream &answer, const std::shared_ptr<const PackDecision> &decision,
                    ArrowArrayStream &given, const std::string &as_of, const PackTableOptions &options = {});

} // namespace spie
