// zlib behind three functions: bytes that were deflated, never more of them than was asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace spie::credentials {

enum class Container { zlib, gzip };

struct Inflated {
  enum class State { whole, ill_formed, cut, too_long } state = State::whole;
  std::string bytes; // when it is whole
};
// One stream, with nothing after it. `most`: the bytes that it may give; what would give more is too long, and is
// stopped there.
Inflated inflated(std::string_view bytes, Container container, std::size_t most);

// The same bytes for the same text: no date, no name, no system.
std::string gzipped(std::string_view text);

// As PNG and gzip check their bytes.
std::uint32_t crc32(std::string_view bytes);

} // namespace spie::credentials
