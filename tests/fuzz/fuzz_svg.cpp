// SVG images, whatever the bytes.
#include "tests/fuzz/fuzz_carrier.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  spie::fuzz::carry(std::string(spie::fuzz::text_of(data, size)));
  return 0;
}
