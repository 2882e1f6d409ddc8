// What vendors add to FEEL, off until a load names them (LoadOptions::extensions). Their own documentation is the
// source: docs/dmn-names.md names the pages, and what is left out.
#pragma once

#include "rules/feel/builtins/builtins.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::feel {

// A function of a vendor that is not read, and what to do without it.
struct LeftOut {
  std::string_view name, why;
};

struct Vendor {
  std::string_view name;
  std::span<const Signature> functions; // a name of the standard is that of more overloads
  // The name that the value of a column has in its cells, where the column gives it none; empty: it has none.
  std::string_view cell_input;
  std::span<const LeftOut> left_out = {};
  bool unknown_types = false;     // a type that nothing defines is no type, with a warning
  bool one_output_a_rule = false; // an aggregation takes the one output that each rule writes, whatever its column
};

std::span<const Signature> signavio_functions();
std::span<const LeftOut> signavio_left_out();

namespace vendor {

// A function that is one of the standard under another name.
template <const char *name> Value standard(Evaluation &evaluation, std::span<const Value> arguments) {
  return (*find_builtin(name))->call(evaluation, arguments);
}

// A null is not defined, whatever made it null: an unknown fact alone cannot tell.
template <bool defined> Value is_defined(Evaluation & /*evaluation*/, std::span<const Value> arguments) {
  return arguments[0].is_unknown() ? arguments[0] : Value(arguments[0].is_null() != defined);
}

} // namespace vendor

std::span<const Vendor> vendors();
const Vendor *find_vendor(std::string_view name); // nullptr when there is none
// Whether one of the vendors that a load names has it.
bool any_vendor(std::span<const std::string> names, bool Vendor::*trait);
// The functions of a vendor, each once, over those of the standard that they extend. They live as long as the program.
const std::vector<std::pair<std::string, std::shared_ptr<const Function>>> &functions_of(const Vendor &vendor);

} // namespace spie::feel
