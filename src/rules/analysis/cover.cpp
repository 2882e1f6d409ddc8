#include "rules/analysis/cover.hpp"

#include <algorithm>
#include <deque>
#include <utility>

namespace spie::analysis {

bool intersect(const Box &a, const Box &b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!a[i].intersects(b[i]))
      return false;
  return true;
}

bool contains(const Box &a, const Box &b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!a[i].contains(b[i]))
      return false;
  return true;
}

Box meet(const Box &a, const Box &b) {
  Box both = a;
  for (std::size_t i = 0; i < a.size(); ++i)
    both[i] &= b[i];
  return both;
}

namespace {

using Covers = std::vector<const Box *>;

struct Part {
  Box box;
  Covers covers;     // that may meet it
  std::size_t found; // regions that were known when the covers were chosen
};

class Search {
public:
  Search(const std::vector<Axis> &axes, const Box &whole, const Covers &covers, std::size_t at_most, Work &work)
      : axes_(axes), whole_(whole), covers_(covers), at_most_(at_most), work_(work) {}

  Uncovered run() {
    std::vector<Part> parts;
    parts.push_back({whole_, covers_, 0});
    while (!parts.empty()) {
      Part part = std::move(parts.back());
      parts.pop_back();
      for (; part.found < regions_.size(); ++part.found)
        part.covers.push_back(&regions_[part.found]);
      if (!work_.take((part.covers.size() + 1) * axes_.size()))
        return stop();
      bool covered = false;
      std::erase_if(part.covers, [&](const Box *cover) {
        covered = covered || contains(*cover, part.box);
        return covered || !intersect(*cover, part.box);
      });
      if (covered)
        continue;
      if (part.covers.empty()) {
        if (regions_.size() == at_most_ || !work_.take(covers_.size() * axes_.size() * axes_.size()))
          return stop();
        regions_.push_back(grown(part.box));
        parts.push_back(std::move(part)); // what the region leaves of it
        continue;
      }
      if (!split(std::move(part), parts))
        return stop();
    }
    return {{regions_.begin(), regions_.end()}, true};
  }

private:
  Uncovered stop() { return {{regions_.begin(), regions_.end()}, false}; }

  // One connected region around the box, or around a part of it, that no cover meets.
  Box grown(const Box &from) const {
    Box box = from;
    for (std::size_t i = 0; i < axes_.size(); ++i)
      box[i] = axes_[i].piece(from[i], from[i]);
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      Bits free = whole_[i];
      for (const Box *cover : covers_)
        if (meets_but(box, *cover, i))
          free -= (*cover)[i];
      box[i] = axes_[i].piece(free, box[i]);
    }
    return box;
  }
  static bool meets_but(const Box &a, const Box &b, std::size_t axis) {
    for (std::size_t i = 0; i < a.size(); ++i)
      if (i != axis && !a[i].intersects(b[i]))
        return false;
    return true;
  }

  bool split(Part part, std::vector<Part> &parts) {
    constexpr std::size_t candidates = 3;
    std::size_t best_axis = 0, best_cost = SIZE_MAX;
    Bits best;
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      const std::size_t step = std::max<std::size_t>(1, part.covers.size() / candidates);
      for (std::size_t c = 0; c < part.covers.size(); c += step) {
        Bits inside = part.box[i] & (*part.covers[c])[i];
        const Bits outside = part.box[i] - inside;
        if (!outside.any())
          continue;
        if (!work_.take(2 * part.covers.size()))
          return false;
        std::size_t in = 0, out = 0;
        for (const Box *cover : part.covers) {
          in += (*cover)[i].intersects(inside) ? 1U : 0U;
          out += (*cover)[i].intersects(outside) ? 1U : 0U;
        }
        const std::size_t cost = in * in + out * out;
        if (cost < best_cost) {
          best_cost = cost;
          best_axis = i;
          best = std::move(inside);
        }
      }
    }
    if (best_cost == SIZE_MAX) { // the covers looked at constrain other atoms: any that cuts will do
      for (std::size_t i = 0; i < axes_.size() && best_cost == SIZE_MAX; ++i)
        for (const Box *cover : part.covers)
          if (!(*cover)[i].contains(part.box[i])) {
            best_cost = 0;
            best_axis = i;
            best = part.box[i] & (*cover)[i];
            break;
          }
    }
    Part inside{part.box, part.covers, part.found};
    part.box[best_axis] -= best;
    inside.box[best_axis] = std::move(best);
    parts.push_back(std::move(part));
    parts.push_back(std::move(inside));
    return true;
  }

  const std::vector<Axis> &axes_;
  const Box &whole_;
  const Covers &covers_;
  std::size_t at_most_;
  Work &work_;
  std::deque<Box> regions_; // never moved: parts point to them
};

} // namespace

Uncovered uncovered(const std::vector<Axis> &axes, const Box &box, const std::vector<const Box *> &covers,
                    std::size_t at_most, Work &work) {
  return Search(axes, box, covers, at_most, work).run();
}

} // namespace spie::analysis
