// How many bits stand in each row, over columns of them: one bit of the counts a plane, an adder of whole words.
#pragma once

#include "rules/columns/lanes.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace spie::columns {

template <std::size_t most_planes> class Counter {
public:
  void add(const State &state, Bits carry) {
    bool more = true;
    for (std::size_t p = 0; p < most_planes && more; ++p) {
      more = state.k.carry(planes_[p].data(), carry.data());
      used_ = std::max(used_, p + 1);
    }
  }

  // The counts as the numbers of a lane; its nulls are for the caller.
  void give(const State &state, Lane &out) const {
    out.is_narrow = true;
    out.narrow.fill(0);
    for (std::size_t p = 0; p < used_; ++p)
      state.k.add_where(planes_[p].data(), std::int32_t{1} << p, out.narrow.data());
  }

private:
  std::array<Bits, most_planes> planes_{};
  std::size_t used_ = 0;
};

} // namespace spie::columns
