#include "spie/feel/evaluation.hpp"

namespace spie::feel {

Value Evaluation::error(Code code, std::string message) const {
  std::string where = element == nullptr ? std::string() : *element;
  if (line != 0) { // a boxed expression has no text
    if (!where.empty())
      where += ", ";
    where += std::to_string(line) + ':' + std::to_string(column);
  }
  return error_value(code, std::move(message), std::move(where));
}

} // namespace spie::feel
