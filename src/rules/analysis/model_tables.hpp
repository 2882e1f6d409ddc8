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
// Whether the variable of a slot is declared a whole number: integer, long or short, by itself or through item
// definitions.
bool is_whole(const dmn::ModelImpl &model, std::uint32_t slot);
const dmn::ModelImpl &linked(const dmn::Model &model);

} // namespace spie::analysis
