// Which part of a box no other box covers. A box is a set of atoms on each axis: a rule, or a region.
#pragma once

#include "rules/analysis/axis.hpp"
#include "rules/analysis/bits.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace spie::analysis {

using Box = std::vector<Bits>;

bool intersect(const Box &a, const Box &b);
bool contains(const Box &a, const Box &b);
Box meet(const Box &a, const Box &b);

// What an analysis may still do, in comparisons of two cells; shared by all that it looks for.
struct Work {
  std::uint64_t left;
  bool take(std::uint64_t count) {
    if (count > left) {
      left = 0;
      return false;
    }
    left -= count;
    return true;
  }
};

struct Uncovered {
  std::vector<Box> regions; // connected, as large as they can be; they may overlap
  bool finished = true;     // false: the work or the number allowed was used up
};

// Covering a box by boxes is hard in general (DNF tautology): the box is split along the cell that parts the covers
// best, each part is left with the covers that it meets, and a part with none is grown and remembered as a cover.
Uncovered uncovered(const std::vector<Axis> &axes, const Box &box, const std::vector<const Box *> &covers,
                    std::size_t at_most, Work &work);

} // namespace spie::analysis
