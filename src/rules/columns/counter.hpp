// How many bits stand in each row, over columns of them: one bit of the counts a plane, an adder of whole words.
#pragma once

#include "rules/columns/lanes.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace spie::columns {

template <std::size_t most_planes> class Counter {
public:
  void add(const State &state, Bits carry) {
    bool more = true;
    for (std::size_t p = 0; p < most_planes && more; ++p) {
      if (p == used_)
        planes_[used_++].fill(0);
      more = state.k.carry(planes_[p].data(), carry.data());
    }
  }

  // The counts as the numbers of a lane; its nulls are for the caller.
  void give(const State &state, Lane &out) const {
    std::array<const Word *, most_planes> planes{};
    for (std::size_t p = 0; p < used_; ++p)
      planes[p] = planes_[p].data();
    out.is_narrow = true;
    state.k.sum_planes(planes.data(), used_, out.narrow.data());
  }

private:
  std::array<Bits, most_planes> planes_; // those that are used
  std::size_t used_ = 0;
};

} // namespace spie::columns
