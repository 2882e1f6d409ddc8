// What the cases of a pack never try: rules, and values of parameters; and facts that would try them.
#pragma once

#include "spie/feel/value.hpp"
#include "spie/pack/pack.hpp"

#include <cstddef>

namespace spie::pack {

struct CoverageOptions {
  std::size_t tries = 2'000; // evaluations to find facts for one rule or value; 0: none are proposed
};

// {regles: {exercees, total}, tables: [{decision, table, total, non_exercees: [rule]}], parametres: [{nom, depuis,
// valeur}], propositions: [{decision, table, regle, cas} or {parametre, depuis, valeur, cas}]}: tables and rules from
// 1, a rule being exercised when its outputs counted in the result of a case; `cas` as a file of cas/ holds it, with
// the result that the pack gives today as what it expects: read it before it is kept.
feel::Value coverage(const Pack &pack, const CoverageOptions &options = {});

} // namespace spie::pack
