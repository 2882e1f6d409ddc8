// What tells short texts apart: their length and the bytes at both ends, read as whole words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace spie {

// Codes differ in their first letters or in their last; in sixteen bytes at most, nothing else stands. Each word is
// read by loads of one size: bytes that were put together apart cannot be read as one before they have reached the
// cache.
struct TextEnds {
  static constexpr std::size_t whole = 2 * sizeof(std::uint64_t); // bytes, of a text that they are all of

  explicit TextEnds(std::string_view text = {}) noexcept : size(text.size()) {
    const char *const data = text.data();
    if (size >= sizeof head) {
      std::memcpy(&head, data, sizeof head);
      std::memcpy(&tail, data + size - sizeof tail, sizeof tail);
    } else if (size >= sizeof(std::uint32_t)) {
      std::uint32_t first = 0, last = 0;
      std::memcpy(&first, data, sizeof first);
      std::memcpy(&last, data + size - sizeof last, sizeof last);
      head = first;
      tail = last;
    } else if (size > 0) {
      head = static_cast<unsigned char>(data[0]);
      tail = static_cast<std::uint64_t>(static_cast<unsigned char>(data[size / 2])) << 8 |
             static_cast<unsigned char>(data[size - 1]);
    }
  }
  bool operator==(const TextEnds &) const noexcept = default;

  std::size_t size;
  std::uint64_t head = 0, tail = 0;
};

} // namespace spie
