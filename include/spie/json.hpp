// JSON and FEEL values. What JSON lacks is tagged: {"@date": "2022-06-01"}, {"@time": …}, {"@datetime": …},
// {"@duration": "P15D"} or {"@duration": "P3M"}, {"@range": "[1..5)"}, and {"@number": "1E+400"} for what a double
// cannot hold. Numbers are read from their digits, never through a double, and written with them.
#pragma once

#include "spie/feel/value.hpp"

#include <string>
#include <string_view>

namespace spie {

struct JsonLimits {
  int depth = 256;
  std::size_t bytes = 64u << 20;
};

// Throws Error: J001 (line and column of the fault), J002 for a tag whose text is not what it says, J003 beyond the
// limits, J004 for a key given twice. `name` names the text in the findings ("faits.json"). UTF-8, with or without a
// byte order mark; a byte 0 is refused wherever it stands.
feel::Value read_json(std::string_view text, std::string_view name = {}, JsonLimits limits = {});

// One line, or indented by `indent` spaces when it is positive. Functions are written as null. Keys keep their order.
// Throws Error J003 beyond `bytes`: values share their parts, and a small one may unfold without end.
std::string write_json(const feel::Value &value, int indent = 0, std::size_t bytes = 1u << 30);

// For the end of a message that wanted an object: what PHP writes for an empty array, when the value is that.
std::string_view empty_array_hint(const feel::Value &value) noexcept;

} // namespace spie
