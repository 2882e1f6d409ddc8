// Which part of a box no other box covers. A box is a set of atoms on each axis: a rule, or a region.
#pragma once

#include "rules/analysis/axis.hpp"
#include "rules/analysis/bits.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace spie::analysis {

using Box = std::vector<Bits>;

bool intersect(const Box &a, const Box &b);
bool contains(const Box &a, const Box &b);
Box meet(const Box &a, const Box &b);

// What an analysis may still do, in comparisons of two cells; shared by all that it looks for.
struct Work {
  std::uint64_t left;
  // Of a set of many atoms a comparison counts for several.
  static std::uint64_t of(const Bits &set) { return 1 + set.words() / 24; }
  static std::uint64_t of(const Box &box) {
    std::uint64_t count = 0;
    for (const Bits &set : box)
      count += of(set);
    return count;
  }
  bool take(std::uint64_t count) {
    if (count > left) {
      left = 0;
      return false;
    }
    left -= count;
    return true;
  }
  // Taken apart, so that one search leaves something to those that follow.
  Work half() {
    const std::uint64_t part = left - left / 2;
    left -= part;
    return {part};
  }
};

struct Uncovered {
  std::vector<Box> regions; // connected, as large as they can be; they may overlap
  bool finished = true;     // false: the work or the number allowed was used up
};

// Whether the covers hold all of the box; empty where the work was used up.
std::optional<bool> covered(const std::vector<Axis> &axes, const Box &box, const std::vector<const Box *> &covers,
                            Work &work);

// Covering a box by boxes is hard in general (DNF tautology): the box is split along the cell that parts the covers
// best, each part is left with the covers that it meets, and a part with none is grown and remembered as a cover.
Uncovered uncovered(const std::vector<Axis> &axes, const Box &box, const std::vector<const Box *> &covers,
                    std::size_t at_most, Work &work);

} // namespace spie::analysis
