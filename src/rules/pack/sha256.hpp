// SHA-256 (FIPS 180-4). A pack is named by the digest of its files, so that an answer can be replayed; eighty lines of
// our own rather than a cryptographic library in every build.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace spie::pack {

class Sha256 {
public:
  void update(std::string_view bytes) noexcept;
  std::string hex(); // ends the digest

private:
  void block(const unsigned char *bytes) noexcept;
  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> buffer_{};
  std::size_t filled_ = 0;
  std::uint64_t length_ = 0; // in bytes
};

} // namespace spie::pack
