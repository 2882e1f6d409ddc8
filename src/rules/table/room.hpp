// Memory of answers, filled by those who take it and kept for the answers to come.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>

namespace spie::table {

// Memory without the cost of filling it.
struct Room {
  std::shared_ptr<void> held;
  template <class T> T *as() const { return static_cast<T *>(held.get()); }
};

// Where the columns of one table's answers are put, side by side in blocks that the system can back with large pages:
// of small ones, filling the first time costs more than the work itself. For any number of threads.
class Rooms {
public:
  // At least that many bytes, aligned for every instruction set; its block is given back with the last that holds any
  // of it. `expected`: what will be asked for from now on, this included, as far as is known: no block is larger.
  Room take(std::size_t bytes, std::size_t expected);

private:
  std::mutex mutex_;
  std::shared_ptr<char> block_; // the end of it is not taken yet
  std::size_t left_ = 0;
};

// Bytes that are nought and stay so, for whoever would write only that: at most `most_zeros`.
constexpr std::size_t most_zeros = std::size_t{128} << 10;
const void *zeros();

} // namespace spie::table
