// The one spelling of a JSON document (RFC 8785, JCS): what eddsa-jcs-2022 signs, what @json literals hold.
#pragma once

#include "rules/json/reader.hpp"
#include "spie/feel/value.hpp"

#include <map>
#include <string>
#include <string_view>

namespace spie::credentials {

using Digits = decltype(json::Verbatim::digits);

// Numbers are ECMAScript's doubles, keys stand in the order of their UTF-16 code units. With `digits`, those of the
// document of which `value` is the part at `pointer`, a number of any length is rounded once.
// Throws Error B001 for a number that no double holds, B012 for a value that is no JSON.
std::string canonical_json(const feel::Value &value, const Digits *digits = nullptr, std::string pointer = {});
std::string canonical_json(const json::Verbatim &document);

// As ECMAScript writes a finite number: "1e+21", "0.000001", "-0" is "0".
std::string ecmascript_number(double value);
// The double that these digits denote, rounded to the nearest.
double double_of(std::string_view digits);

// "a/b" as one step of a JSON pointer: "a~1b".
void append_step(std::string &pointer, std::string_view key);

} // namespace spie::credentials
