// Names for what leaves: they tell nothing of what they are drawn from.
#pragma once

#include "crypto/digest.hpp"

#include <string>
#include <string_view>

namespace spie::passeport {

// "urn:uuid:…" of version 8 (RFC 9562), by the SHA-256 of a text: the same text has the same name.
inline std::string urn_of(std::string_view text) {
  crypto::Digest digest = crypto::sha256(text);
  digest[6] = static_cast<std::uint8_t>((digest[6] & 0x0FU) | 0x80U);
  digest[8] = static_cast<std::uint8_t>((digest[8] & 0x3FU) | 0x80U);
  const std::string hex = crypto::hex(digest);
  return "urn:uuid:" + hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' + hex.substr(16, 4) +
         '-' + hex.substr(20, 12);
}

} // namespace spie::passeport
