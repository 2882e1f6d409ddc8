// How a table is refused: one code, and where it stands.
#pragma once

#include "spie/diagnostic.hpp"

#include <string>
#include <utility>

namespace spie::table {

inline Error fault(Code code, std::string message, std::string where = "table", std::string details = {},
                   std::string suggestion = {}) {
  return Error(Diagnostic{
      code, Level::error, std::move(message), std::move(where), {}, std::move(details), std::move(suggestion)});
}

} // namespace spie::table
