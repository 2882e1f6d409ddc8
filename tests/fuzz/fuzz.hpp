// What the harnesses share. Each defines LLVMFuzzerTestOneInput; a broken promise aborts, so that every driver sees it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace spie::fuzz {

inline std::string_view text_of(const std::uint8_t *data, std::size_t size) {
  return size == 0 ? std::string_view() : std::string_view(reinterpret_cast<const char *>(data), size);
}

inline void promise(bool kept, const char *what) {
  if (!kept) {
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
  }
}

} // namespace spie::fuzz
