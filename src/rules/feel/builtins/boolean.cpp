// Truth values, and identity (DMN 1.5 §10.3.4.2, table 80). `all` and `any` stand with the lists.
#include "rules/feel/builtins/support.hpp"

#include <array>

namespace spie::feel {

namespace {

using builtins::Arguments;

Value negation(Evaluation &, Arguments a) { return a[0].is_null() ? a[0] : Value(!a[0].boolean()); }

// Unlike `=`, of the same type and written the same: times of two zones are never the same.
Value is_same(Evaluation &evaluation, Arguments a) {
  for (const Value &value : a) {
    if (value.is_unknown())
      return merge_causes(a[0], a[1]);
    evaluation.consume(value);
  }
  return identical(a[0], a[1]);
}

constexpr std::array rows{
    Signature{"not", "negand: boolean | null", "boolean", negation, "False for true, true for false, null for null.",
              "not(false)"},
    Signature{"is", "value1: any, value2: any", "boolean", is_same,
              "Whether the two values are the same, their type and zone included.",
              "is(time(\"23:00:50Z\"), time(\"23:00:50\")) = false"},
};

} // namespace

std::span<const Signature> boolean_builtins() { return rows; }

} // namespace spie::feel
