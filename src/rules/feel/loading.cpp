#include "rules/feel/loading.hpp"

namespace spie::feel {

namespace {

template <class T> T asked_or_usual(T asked, T usual, const char *name) {
  if (asked < T{})
    throw Error(Diagnostic{Code::api_argument, Level::error, std::string("the limit ") + name + " is negative", name});
  return asked == T{} ? usual : asked;
}

} // namespace

Loading::Loading(const LoadLimits &asked, const LoadLimits &usual) {
  limits_.depth = asked_or_usual(asked.depth, usual.depth, "limits.depth");
  limits_.steps = asked_or_usual(asked.steps, usual.steps, "limits.steps");
  limits_.list_size = asked.list_size == 0 ? usual.list_size : asked.list_size;
  limits_.bytes = asked.bytes == 0 ? usual.bytes : asked.bytes;
  limits_.time = asked_or_usual(asked.time, usual.time, "limits.time");
  if (limits_.depth > usual.depth)
    throw Error(Diagnostic{Code::api_argument, Level::error,
                           "a document of this kind is read to a depth of " + std::to_string(usual.depth) +
                               " at most, not " + std::to_string(limits_.depth),
                           "limits.depth", "Give a smaller depth, or none."});
  if (limits_.time.count() != 0)
    deadline_ = std::chrono::steady_clock::now() + limits_.time;
}

bool Loading::step(std::int64_t count) noexcept {
  constexpr std::int64_t between_looks = 1'000;
  steps_ += count;
  if (limits_.time.count() != 0 && !late_ && steps_ >= next_look_) {
    next_look_ = steps_ + between_looks;
    late_ = std::chrono::steady_clock::now() > deadline_;
  }
  return !exhausted();
}

Diagnostic Loading::fault(Code code, const std::string &place) const {
  const std::string &where = place_.empty() ? place : place_;
  if (late_)
    return beyond_limit(code, "the load takes more than " + std::to_string(limits_.time.count()) + " ms", where,
                        "milliseconds");
  return beyond_limit(code, "the load takes more than " + std::to_string(limits_.steps) + " steps", where, "steps");
}

std::string limit_remedy(std::string_view limit) {
  return "Split the document, or raise the limit `" + std::string(limit) + "` of its load.";
}

Diagnostic beyond_limit(Code code, std::string message, std::string place, std::string_view limit) {
  return {code, Level::error, std::move(message), std::move(place), limit_remedy(limit)};
}

} // namespace spie::feel
