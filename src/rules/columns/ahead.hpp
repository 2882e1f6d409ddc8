// What the next chunk reads, asked of the memory while this one is worked on: a few lines after each step, for all of
// it at once would wait for itself.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace spie::columns {

class Ahead {
public:
  void clear() { columns_.clear(); }
  // The values of a column from the first row of its batch on, so many bytes each.
  void add(const void *values, std::size_t width) { columns_.push_back({static_cast<const char *>(values), width}); }

  // What the rows from `first` on read, over so many steps.
  void begin(std::size_t first, std::size_t rows, std::size_t steps) {
    first_ = first;
    rows_ = rows;
    next_ = 0;
    at_ = end_ = nullptr;
    std::size_t bytes = 0;
    for (const Values &column : columns_)
      bytes += column.width * rows;
    each_ = bytes / line / std::max<std::size_t>(steps, 1) + 1;
  }

  void some() {
    for (std::size_t left = each_; left > 0; --left) {
      if (at_ >= end_) {
        if (next_ == columns_.size() || rows_ == 0)
          return;
        const auto [values, width] = columns_[next_++];
        at_ = values + first_ * width;
        end_ = at_ + rows_ * width;
      }
      __builtin_prefetch(at_, 0, 2); // into the second cache: the first one is full of lanes
      at_ += line;
    }
  }

private:
  static constexpr std::size_t line = 64;
  struct Values {
    const char *values;
    std::size_t width;
  };
  std::vector<Values> columns_;
  std::size_t first_ = 0, rows_ = 0, next_ = 0, each_ = 0;
  const char *at_ = nullptr, *end_ = nullptr;
};

} // namespace spie::columns
