// The tables of a model, where they stand in its logic.
#pragma once

#include "rules/dmn/model_impl.hpp"
#include "rules/dmn/table.hpp"

#include <cstdint>
#include <vector>

namespace spie::analysis {

struct TableOf {
  const dmn::Element *element; // the decision, or the business knowledge model
  const dmn::Table *table;
  const feel::Node *node;
};

// The root of an element's logic; nullptr when it has none that could be bound.
const feel::Node *logic_of(const dmn::Element &element);
std::vector<TableOf> tables_of(const dmn::Element &element);
// Whether a column is declared to hold whole numbers (integer, long, short, or a type named `entier`): by itself, or by
// the variable that it reads, or the member of one, directly or through item definitions.
bool is_whole(const dmn::ModelImpl &model, const feel::Node &expression, const dmn::Table::Input &column);
const dmn::ModelImpl &linked(const dmn::Model &model);

} // namespace spie::analysis
