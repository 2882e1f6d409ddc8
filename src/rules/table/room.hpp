// Memory of answers, filled by those who take it and kept for the answers to come.
#pragma once

#include <cstddef>
#include <memory>

namespace spie::table {

// Memory without the cost of filling it.
struct Room {
  std::shared_ptr<void> held;
  template <class T> T *as() const { return static_cast<T *>(held.get()); }
};

// At least that many bytes, aligned for every instruction set; given back with the last that holds it.
Room room(std::size_t bytes);

} // namespace spie::table
