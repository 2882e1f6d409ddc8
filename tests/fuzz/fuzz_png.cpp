// PNG images as they come, and with their checksums made right, so that what stands behind these is reached.
#include "tests/fuzz/fuzz_carrier.hpp"

#include "credentials/carrier/deflate.hpp"

using namespace spie;

namespace {

std::string with_checksums(std::string image) {
  const auto number_at = [&](std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
      number = number << 8U | static_cast<unsigned char>(image[at + i]);
    return number;
  };
  for (std::size_t at = 8; image.size() >= at + 12;) {
    const std::uint32_t length = number_at(at);
    if (length > image.size() - at - 12)
      break;
    const std::uint32_t sum = credentials::crc32(std::string_view(image).substr(at + 4, std::size_t{length} + 4));
    for (unsigned i = 0; i < 4; ++i)
      image[at + 8 + length + i] = static_cast<char>(sum >> (24U - 8U * i));
    at += std::size_t{length} + 12;
  }
  return image;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string image(fuzz::text_of(data, size));
  fuzz::carry(image);
  fuzz::carry(with_checksums(image));
  return 0;
}
