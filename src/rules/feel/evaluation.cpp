#include "spie/feel/evaluation.hpp"

namespace spie::feel {

Value Evaluation::error(Code code, std::string message, std::string details, std::string suggestion) const {
  std::string where = element == nullptr ? std::string() : *element;
  if (line != 0) { // a boxed expression has no text
    if (!where.empty())
      where += ", ";
    where += std::to_string(line) + ':' + std::to_string(column);
  }
  return error_value(code, std::move(message), std::move(where), std::move(details), std::move(suggestion));
}

Value Evaluation::out_of_limits() const {
  return error(Code::feel_limit, late_ ? "the evaluation takes more than " + std::to_string(limits.time.count()) + " ms"
                                 : bytes_ > limits.bytes
                                     ? "the values made take more than " + std::to_string(limits.bytes) + " bytes"
                                     : "the evaluation takes too many steps");
}

bool Evaluation::in_time() noexcept {
  constexpr std::int64_t between_looks = 1'000;
  if (late_)
    return false;
  if (steps_ < next_look_)
    return true;
  const auto present = std::chrono::steady_clock::now();
  if (next_look_ == 0)
    deadline_ = present + limits.time;
  next_look_ = steps_ + between_looks;
  late_ = present > deadline_;
  return !late_;
}

Value Evaluation::made(std::string text) {
  if (text.size() > limits.text_size)
    return error(Code::feel_limit, "a text would have more than " + std::to_string(limits.text_size) + " bytes");
  if (!step(static_cast<std::int64_t>(text.size() / 16))) // the time of a copy
    return out_of_limits();
  return made(Value(std::move(text)));
}

Value Evaluation::made(Value value) {
  std::size_t own = 0;
  switch (value.kind()) {
  case Kind::text:
    own = sizeof(std::string) + value.text().size();
    break;
  case Kind::list:
    own = sizeof(HeldList) + value.list().size() * sizeof(Value);
    break;
  case Kind::context:
    own = sizeof(HeldContext);
    for (const auto &[key, entry] : value.context())
      own += sizeof(Context::Entry) + (key.size() < sizeof(std::string) / 2 ? 0 : key.size());
    break;
  default:
    return value;
  }
  if (!take(own))
    return out_of_limits();
  return value;
}

Value Evaluation::bounded(Value value) const {
  if (value.unfolded() <= limits.result)
    return value;
  return error(Code::feel_limit,
               "the value would take more than " + std::to_string(limits.result) + " bytes once it is written out");
}

} // namespace spie::feel
