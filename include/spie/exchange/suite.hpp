// A list whose elements are kept when it is emptied: a reader of a million records allocates for the largest of them.
#pragma once

#include <cstddef>
#include <vector>

namespace spie::exchange {

// `T::clear()` empties an element and keeps its memory.
template <class T> class Suite {
public:
  T &add() {
    if (size_ == held_.size())
      held_.emplace_back();
    T &added = held_[size_++];
    added.clear();
    return added;
  }
  void clear() noexcept { size_ = 0; }
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  T &back() { return held_[size_ - 1]; }
  T &operator[](std::size_t index) { return held_[index]; }
  const T &operator[](std::size_t index) const { return held_[index]; }
  auto begin() const noexcept { return held_.begin(); }
  auto end() const noexcept { return held_.begin() + static_cast<std::ptrdiff_t>(size_); }

private:
  std::vector<T> held_;
  std::size_t size_ = 0;
};

} // namespace spie::exchange
