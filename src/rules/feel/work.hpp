// Steps for what takes more of the time than a node: without them a short text may ask for the work of years. Each is
// false once a limit is reached, and the whole evaluation is null with F008 then.
#pragma once

#include "spie/feel/evaluation.hpp"
#include "spie/feel/value.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>

namespace spie::feel::work {

constexpr std::size_t bytes_in_a_step = 64, names_in_a_step = 16, items_in_a_step = 8;

inline bool parts(Evaluation &evaluation, std::size_t count, std::size_t in_a_step) noexcept {
  return count < in_a_step || evaluation.step(static_cast<std::int64_t>(count / in_a_step));
}

// Of a text that is read whole.
inline bool text(Evaluation &evaluation, std::size_t bytes) noexcept {
  return parts(evaluation, bytes, bytes_in_a_step);
}
// Of the names of a context, which are compared one after the other.
inline bool names(Evaluation &evaluation, const Context &context) noexcept {
  return parts(evaluation, context.size(), names_in_a_step);
}
// Of items that are looked at, and moved or copied.
inline bool items(Evaluation &evaluation, std::size_t count) noexcept {
  return parts(evaluation, count, items_in_a_step);
}

// Of items that are put in order.
inline bool sorting(Evaluation &evaluation, std::size_t count) noexcept {
  return items(evaluation, count * static_cast<std::size_t>(std::bit_width(count)));
}

} // namespace spie::feel::work
