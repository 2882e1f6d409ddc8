// What a pack says of facts that are unknown, or that contradict one another (decisions of packs): ours, not of the
// standard. Operators keep an unknown unknown; these are for a fact that has a substitute, for what no fact given so
// far can tell, and for facts that cannot stand together.
#include "rules/feel/builtins/support.hpp"
#include "rules/feel/causes.hpp"

#include <array>

namespace spie::feel {

namespace {

using builtins::Arguments;

Value first_known(Evaluation &, Arguments a) {
  Causes unknown;
  for (const Value &value : a[0].list()) {
    if (!value.is_unknown())
      return value;
    unknown.add(value);
  }
  return unknown.null();
}

Value unknown_fact(Evaluation &, Arguments a) { return unknown_value(a[0].text()); }

Value contradiction(Evaluation &evaluation, Arguments a) {
  return evaluation.error(Code::feel_contradiction, a[0].text());
}

constexpr std::array rows{
    Signature{"first known", "...values: any", "any", first_known,
              "The first value that does not depend on an unknown fact; unknown for all their reasons when each does.",
              "first known(null, 2) = null"},
    Signature{"unknown fact", "path: string", "any", unknown_fact,
              "What cannot be told until the fact of this path is given anew.",
              "first known(unknown fact(\"freins\"), 2) = 2"},
    Signature{"contradictory facts", "message: string", "any", contradiction,
              "An error: the facts cannot stand together. The message says which, in the words of the pack.",
              "(if 1 > 2 then contradictory facts(\"la fin précède le début\") else 3) = 3"},
};

} // namespace

std::span<const Signature> unknown_builtins() { return rows; }

} // namespace spie::feel
