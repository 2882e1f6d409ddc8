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

// A cover, and an atom of the part that it lacks: as long as the part has that one, the cover does not hold it all.
struct Watched {
  const Box *cover;
  std::size_t axis = 0, atom = Bits::none;

  bool holds(const Box &part) {
    if (atom != Bits::none && part[axis].test(atom))
      return false;
    for (axis = 0; axis < part.size(); ++axis)
      if ((atom = (*cover)[axis].missing(part[axis])) != Bits::none)
        return false;
    return true;
  }
};

struct Part {
  Box box;
  std::vector<Watched> covers; // that may meet it
  std::size_t found = 0;       // regions that were known when the covers were chosen
};

class Search {
public:
  Search(const std::vector<Axis> &axes, const Box &whole, const Covers &covers, std::size_t at_most, Work &work)
      : axes_(axes), whole_(whole), covers_(covers), at_most_(at_most), work_(work), box_cost_(Work::of(whole)) {
    Part &part = parts_.emplace_back();
    part.box = whole_;
    for (const Box *cover : covers)
      part.covers.push_back({cover});
  }

  Uncovered run() {
    while (std::optional<Part> part = next()) {
      if (regions_.size() == at_most_ || !take(covers_.size() * axes_.size()))
        return {{regions_.begin(), regions_.end()}, false};
      regions_.push_back(grown(part->box));
      parts_.push_back(*std::move(part)); // what the region leaves of it
    }
    return {{regions_.begin(), regions_.end()}, finished_};
  }
  std::optional<bool> covered() {
    const bool some_left = next().has_value();
    return finished_ ? std::optional(!some_left) : std::nullopt;
  }

private:
  bool take(std::uint64_t boxes) { return finished_ = work_.take(boxes * box_cost_); }

  // A part that nothing covers; empty where there is no other, or no work left.
  std::optional<Part> next() {
    while (!parts_.empty()) {
      Part part = std::move(parts_.back());
      parts_.pop_back();
      for (; part.found < regions_.size(); ++part.found)
        part.covers.push_back({&regions_[part.found]});
      if (!take(part.covers.size() + 1))
        return std::nullopt;
      bool covered = false;
      std::erase_if(part.covers, [&](Watched &one) {
        covered = covered || one.holds(part.box);
        return covered || !intersect(*one.cover, part.box);
      });
      if (covered)
        continue;
      if (part.covers.empty())
        return part;
      if (!split(std::move(part)))
        return std::nullopt;
    }
    return std::nullopt;
  }

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

  bool split(Part part) {
    constexpr std::size_t candidates = 3;
    std::size_t best_axis = 0, best_cost = SIZE_MAX;
    Bits best;
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      const std::size_t step = std::max<std::size_t>(1, part.covers.size() / candidates);
      for (std::size_t c = 0; c < part.covers.size(); c += step) {
        Bits inside = part.box[i] & (*part.covers[c].cover)[i];
        const Bits outside = part.box[i] - inside;
        if (!outside.any())
          continue;
        if (!(finished_ = work_.take(2 * (part.covers.size() + 2) * Work::of(outside))))
          return false;
        std::size_t in = 0, out = 0;
        for (const Watched &one : part.covers) {
          in += (*one.cover)[i].intersects(inside) ? 1U : 0U;
          out += (*one.cover)[i].intersects(outside) ? 1U : 0U;
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
        for (const Watched &one : part.covers)
          if (!(*one.cover)[i].contains(part.box[i])) {
            best_cost = 0;
            best_axis = i;
            best = part.box[i] & (*one.cover)[i];
            break;
          }
    }
    Part inside{part.box, part.covers, part.found};
    part.box[best_axis] -= best;
    inside.box[best_axis] = std::move(best);
    parts_.push_back(std::move(part));
    parts_.push_back(std::move(inside));
    return true;
  }

  const std::vector<Axis> &axes_;
  const Box &whole_;
  const Covers &covers_;
  std::size_t at_most_;
  Work &work_;
  std::uint64_t box_cost_; // of comparing two boxes
  std::vector<Part> parts_;
  bool finished_ = true;
  std::deque<Box> regions_; // never moved: parts point to them
};

} // namespace

std::optional<bool> covered(const std::vector<Axis> &axes, const Box &box, const std::vector<const Box *> &covers,
                            Work &work) {
  return Search(axes, box, covers, 0, work).covered();
}

Uncovered uncovered(const std::vector<Axis> &axes, const Box &box, const std::vector<const Box *> &covers,
                    std::size_t at_most, Work &work) {
  return Search(axes, box, covers, at_most, work).run();
}

} // namespace spie::analysis
