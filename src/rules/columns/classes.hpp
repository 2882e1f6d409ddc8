// Integers by the cuts between them: the class of a value is the number of cuts that are not above it.
#pragma once

#include "rules/columns/kernels.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace spie::columns {

// Found without a search where the cuts are near enough to one another: a table has the class at the beginning of each
// of so many equal stretches, and what a stretch cuts is asked cut by cut. Of a stretch of one there is nothing to ask.
class IntegerClasses {
public:
  IntegerClasses() = default;
  explicit IntegerClasses(std::vector<std::int64_t> cuts); // in their order, each once; fewer than 65,535

  std::size_t count() const noexcept { return cuts_.size() + 1; }
  const std::vector<std::int64_t> &cuts() const noexcept { return cuts_; }

  std::size_t of(std::int64_t value) const noexcept {
    const std::int64_t *const cuts = cuts_.data();
    const std::size_t all = cuts_.size();
    if (table_.empty())
      return static_cast<std::size_t>(std::upper_bound(cuts, cuts + all, value) - cuts);
    if (value < low_)
      return 0;
    if (value >= high_)
      return all;
    std::size_t of = table_.data()[distance(value) >> shift_];
    while (cuts[of] <= value)
      ++of;
    return of;
  }
  // Of a chunk.
  void of(const Kernels &k, const std::array<std::int32_t, chunk_rows> &values,
          std::array<std::uint16_t, chunk_rows> &into) const;
  void of(const std::array<std::int64_t, chunk_rows> &values, std::array<std::uint16_t, chunk_rows> &into) const;

private:
  void place(std::size_t most, std::size_t steps);
  std::uint64_t distance(std::int64_t value) const noexcept { // of one that is not below the low one
    return static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(low_);
  }

  std::vector<std::int64_t> cuts_;
  std::int64_t low_ = 0, high_ = 0;       // the value before the first cut, and the last cut
  unsigned shift_ = 0;                    // a stretch is two to that
  std::uint32_t steps_ = 0;               // the most cuts within one, its beginning left out
  std::vector<std::uint16_t> table_;      // of each stretch, and one more; empty: cuts are searched
  std::vector<std::int32_t> narrow_cuts_; // where all of them have four bytes, and a table
};

} // namespace spie::columns
