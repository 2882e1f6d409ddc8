// One table, looked at whole.
#pragma once

#include "rules/analysis/cell.hpp"
#include "rules/dmn/table.hpp"
#include "spie/analysis/analysis.hpp"

#include <cstdint>
#include <functional>
#include <map>

namespace spie::analysis {

// What stands around a table.
struct Surroundings {
  Constants constants;
  std::map<std::uint32_t, feel::List> listed; // the values that a variable may take, by slot
  // Whether the numbers of a column are whole.
  std::function<bool(const feel::Node &expression, const dmn::Table::Input &column)> whole;
  std::vector<std::string> no_answers; // texts that are unknown values where a type lists them
};

TableReport analyse_table(const dmn::Table &table, const feel::Node &node, const Surroundings &surroundings,
                          const Options &options);

} // namespace spie::analysis
