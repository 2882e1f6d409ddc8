// Decision tables: one extension node, whose children are the input expressions, then for each rule its cells and
// output entries, then the default outputs.
#pragma once

#include "rules/dmn/boxed.hpp"
#include "rules/dmn/document.hpp"
#include "rules/feel/node.hpp"

namespace spie::dmn {

// Throws Error for a cell or an entry that cannot be bound, and for columns that do not add up.
feel::NodePtr bind_table(BoxedBinder &binder, const TableDecl &declared);

} // namespace spie::dmn
