#include "rules/table/room.hpp"

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <new>
#include <vector>

namespace spie::table {

namespace {

// The large buffers of answers that were given back, for the answers to come: what the system hands out anew costs a
// page fault for every four kilobytes, more than the work itself. It holds a bounded number of bytes; the rest is
// freed.
class Spare {
public:
  static Spare &shared() {
    static Spare *const spare = new Spare; // answers may be released when the program ends
    return *spare;
  }

  void *take(std::size_t bytes) {
    {
      const std::lock_guard lock(mutex_);
      for (std::size_t i = held_.size(); i > 0; --i) // the last ones are warm
        if (held_[i - 1].bytes == bytes) {
          void *const found = held_[i - 1].at;
          held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(i - 1));
          bytes_ -= bytes;
          return found;
        }
    }
    return std::aligned_alloc(alignment, bytes);
  }

  void give_back(void *at, std::size_t bytes) noexcept {
    if (bytes >= least && bytes <= most / 4) {
      const std::lock_guard lock(mutex_);
      while (!held_.empty() && bytes_ + bytes > most) { // the oldest go
        std::free(held_.front().at);
        bytes_ -= held_.front().bytes;
        held_.erase(held_.begin());
      }
      if (held_.size() < held_.capacity()) {
        held_.push_back({at, bytes});
        bytes_ += bytes;
        return;
      }
    }
    std::free(at);
  }

  static constexpr std::size_t alignment = 64;

private:
  static constexpr std::size_t least = 64U << 10, most = 48U << 20, most_held = 512;
  struct Held {
    void *at;
    std::size_t bytes;
  };
  Spare() { held_.reserve(most_held); }
  std::mutex mutex_;
  std::vector<Held> held_;
  std::size_t bytes_ = 0;
};

} // namespace

Room room(std::size_t bytes) {
  const std::size_t rounded =
      std::max<std::size_t>(bytes + Spare::alignment - 1, 1) / Spare::alignment * Spare::alignment;
  void *const made = Spare::shared().take(std::max(rounded, Spare::alignment));
  if (made == nullptr)
    throw std::bad_alloc();
  return {std::shared_ptr<void>(
      made, [size = std::max(rounded, Spare::alignment)](void *at) { Spare::shared().give_back(at, size); })};
}

} // namespace spie::table
