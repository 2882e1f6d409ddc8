// Keys of the tests of badges, the same at each run. Whoever reads them may sign with them.
#pragma once

#include "credentials/finding.hpp"
#include "credentials/key_forms.hpp"
#include "crypto/key.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace spie::testing {

// A key of the curves, another for each `first`.
inline crypto::PrivateKey key_of(crypto::KeyKind kind, std::uint8_t first = 1) {
  return crypto::PrivateKey::generate(kind, [first](std::span<std::uint8_t> bytes) {
    std::uint8_t next = first;
    for (std::uint8_t &byte : bytes)
      byte = next++;
  });
}

// "B004 reason" of what is refused, in English; "" of what is not.
template <class Call> std::string refusal_of(Call &&call) {
  try {
    call();
  } catch (const credentials::Refusal &refusal) {
    const credentials::Finding &finding = refusal.finding();
    CHECK_FALSE(finding.reason.fr.empty());
    CHECK_FALSE(credentials::remedy_of(finding).fr.empty());
    CHECK_FALSE(credentials::remedy_of(finding).en.empty());
    return std::string(text(finding.code)) + ' ' + finding.reason.en;
  }
  return {};
}

} // namespace spie::testing
