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
  void add(Bits carry) {
    for (std::size_t p = 0; p < most_planes; ++p) {
      Word some = 0;
      for (std::size_t w = 0; w < chunk_words; ++w) {
        const Word sum = planes_[p][w] ^ carry[w];
        carry[w] &= planes_[p][w];
        planes_[p][w] = sum;
        some |= carry[w];
      }
      used_ = std::max(used_, p + 1);
      if (some == 0)
        break;
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
