#include "rules/table/room.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <sys/mman.h>
#include <vector>

namespace spie::table {

namespace {

constexpr std::size_t alignment = 64;
constexpr std::size_t large_page = std::size_t{2} << 20;
constexpr std::size_t most_block = 2 * large_page;
constexpr std::size_t page = std::size_t{64} << 10; // of memory that is mapped, on the system that has the largest

constexpr std::size_t rounded_up(std::size_t bytes, std::size_t unit) { return (bytes + unit - 1) / unit * unit; }

bool is_mapped(std::size_t bytes) { return bytes >= large_page; }

// Large blocks begin where a large page may, and ask for some.
char *allocate(std::size_t bytes) {
  if (!is_mapped(bytes)) {
    void *const made = std::aligned_alloc(alignment, bytes);
    if (made == nullptr)
      throw std::bad_alloc();
    return static_cast<char *>(made);
  }
  bytes = rounded_up(bytes, page); // munmap takes whole pages
  void *const made = mmap(nullptr, bytes + large_page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (made == MAP_FAILED)
    throw std::bad_alloc();
  char *const begin = static_cast<char *>(made);
  const std::size_t before =
      rounded_up(reinterpret_cast<std::uintptr_t>(made), large_page) - reinterpret_cast<std::uintptr_t>(made);
  if (before != 0)
    munmap(begin, before);
  munmap(begin + before + bytes, large_page - before); // never nothing: `before` is less than a large page
#ifdef MADV_HUGEPAGE
  madvise(begin + before, bytes, MADV_HUGEPAGE);
#endif
  return begin + before;
}

void release(char *at, std::size_t bytes) noexcept {
  if (is_mapped(bytes))
    munmap(at, rounded_up(bytes, page));
  else
    std::free(at);
}

// The large blocks of answers that were given back, for the answers to come: what the system hands out anew it fills
// with noughts first. It holds a bounded number of bytes; the rest is freed.
class Spare {
public:
  static Spare &shared() {
    static Spare *const spare = new Spare; // answers may be released when the program ends
    return *spare;
  }

  char *take(std::size_t bytes) {
    {
      const std::lock_guard lock(mutex_);
      for (std::size_t i = held_.size(); i > 0; --i) // the last ones are warm
        if (held_[i - 1].bytes == bytes) {
          char *const found = held_[i - 1].at;
          held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(i - 1));
          bytes_ -= bytes;
          return found;
        }
    }
    return allocate(bytes);
  }

  void give_back(char *at, std::size_t bytes) noexcept {
    if (bytes < least) {
      release(at, bytes);
      return;
    }
    const std::lock_guard lock(mutex_);
    while (!held_.empty() && (bytes_ + bytes > most || held_.size() == held_.capacity())) { // the oldest go
      release(held_.front().at, held_.front().bytes);
      bytes_ -= held_.front().bytes;
      held_.erase(held_.begin());
    }
    held_.push_back({at, bytes});
    bytes_ += bytes;
  }

private:
  static constexpr std::size_t least = std::size_t{64} << 10, most = std::size_t{64} << 20, most_held = 512;
  struct Held {
    char *at;
    std::size_t bytes;
  };
  Spare() { held_.reserve(most_held); }
  std::mutex mutex_;
  std::vector<Held> held_;
  std::size_t bytes_ = 0;
};

} // namespace

Room Rooms::take(std::size_t bytes, std::size_t expected) {
  const std::size_t wanted = rounded_up(std::max<std::size_t>(bytes, 1), alignment);
  const std::lock_guard lock(mutex_);
  if (wanted > left_) {
    const std::size_t size = std::max(wanted, rounded_up(std::min(expected, most_block), alignment));
    block_ = {Spare::shared().take(size), [size](char *at) { Spare::shared().give_back(at, size); }};
    left_ = size;
  }
  const Room made{{block_, block_.get()}};
  block_ = {block_, block_.get() + wanted};
  left_ -= wanted;
  if (left_ == 0)
    block_ = nullptr;
  return made;
}

const void *zeros() {
  // Not to be written, even by those whom it is given to: all answers share it.
  static const void *const shared = [] {
    void *const made = mmap(nullptr, most_zeros, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (made == MAP_FAILED)
      throw std::bad_alloc();
    return made;
  }();
  return shared;
}

} // namespace spie::table
