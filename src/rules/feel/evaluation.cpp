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

Value Evaluation::made(std::string text) {
  if (text.size() > limits.text_size)
    return error(Code::feel_limit, "a text would have more than " + std::to_string(limits.text_size) + " bytes");
  if (!step(static_cast<std::int64_t>(text.size() / 16)))
    return error(Code::feel_limit, "the evaluation takes too many steps");
  return text;
}

} // namespace spie::feel
