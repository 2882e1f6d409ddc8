#include "rules/columns/classes.hpp"

#include <limits>
#include <utility>

namespace spie::columns {

namespace {

// As many steps for any value, none of which is guessed.
std::size_t searched(const std::vector<std::int64_t> &cuts, std::int64_t value) {
  const std::int64_t *from = cuts.data();
  for (std::size_t count = cuts.size(); count > 1;) {
    const std::size_t half = count / 2;
    from += from[half - 1] <= value ? half : 0;
    count -= half;
  }
  return static_cast<std::size_t>(from - cuts.data()) + (*from <= value ? 1 : 0);
}

} // namespace

IntegerClasses::IntegerClasses(std::vector<std::int64_t> cuts) : cuts_(std::move(cuts)) {
  constexpr std::size_t near = std::size_t{1} << 14, most = std::size_t{1} << 16; // the first cache holds `near`
  if (cuts_.empty() || cuts_.front() == std::numeric_limits<std::int64_t>::min())
    return;
  low_ = cuts_.front() - 1;
  high_ = cuts_.back();
  place(near, 1);
  if (table_.empty())
    place(most, 4);
  if (!table_.empty() && low_ >= std::numeric_limits<std::int32_t>::min() &&
      high_ <= std::numeric_limits<std::int32_t>::max())
    for (const std::int64_t cut : cuts_)
      narrow_cuts_.push_back(static_cast<std::int32_t>(cut));
}

// In at most so many stretches, where none has more steps.
void IntegerClasses::place(std::size_t most, std::size_t steps) {
  shift_ = 0;
  while (distance(high_) >> shift_ >= most)
    ++shift_;
  std::vector<std::uint32_t> within((distance(high_) >> shift_) + 1, 0);
  for (const std::int64_t cut : cuts_)
    within[distance(cut) >> shift_] += (distance(cut) & ((std::uint64_t{1} << shift_) - 1)) != 0 ? 1U : 0U;
  steps_ = *std::max_element(within.begin(), within.end());
  if (steps_ > steps)
    return;
  table_.reserve(within.size() + 1);
  std::size_t of = 0;
  for (std::uint64_t stretch = 0; stretch < within.size(); ++stretch) {
    while (of < cuts_.size() && distance(cuts_[of]) <= stretch << shift_)
      ++of;
    table_.push_back(static_cast<std::uint16_t>(of));
  }
  table_.push_back(table_.back());
}

void IntegerClasses::of(const Kernels &k, const std::array<std::int32_t, chunk_rows> &values,
                        std::array<std::uint16_t, chunk_rows> &into) const {
  if (!narrow_cuts_.empty())
    return k.classes_by_cuts(values.data(),
                             {static_cast<std::int32_t>(low_), static_cast<std::int32_t>(high_), shift_, steps_,
                              table_.data(), narrow_cuts_.data()},
                             into.data());
  std::array<std::int64_t, chunk_rows> wide;
  k.widen(values.data(), wide.data());
  of(wide, into);
}

void IntegerClasses::of(const std::array<std::int64_t, chunk_rows> &values,
                        std::array<std::uint16_t, chunk_rows> &into) const {
  if (cuts_.empty()) {
    into.fill(0);
  } else if (table_.empty()) {
    for (std::size_t i = 0; i < chunk_rows; ++i)
      into[i] = static_cast<std::uint16_t>(searched(cuts_, values[i]));
  } else {
    const std::uint16_t *const table = table_.data();
    const std::int64_t *const cuts = cuts_.data();
    for (std::size_t i = 0; i < chunk_rows; ++i) {
      const std::int64_t value = std::clamp(values[i], low_, high_ - 1); // below the last cut there is a next one
      std::size_t at = table[distance(value) >> shift_];
      for (std::uint32_t step = 0; step < steps_; ++step)
        at += cuts[at] <= value ? 1 : 0;
      into[i] = static_cast<std::uint16_t>(at + (values[i] >= high_ ? 1 : 0));
    }
  }
}

} // namespace spie::columns
