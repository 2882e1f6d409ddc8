// The key of who signs. The library keeps none: it is made, handed over, wiped when the last copy ends.
#pragma once

#include "spie/feel/value.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace spie::crypto {
class PrivateKey;
}

namespace spie::credentials {

// What others may know of a key.
struct PartiesPubliques {
  std::string did;                      // did:key, or did:jwk for RSA
  std::optional<std::string> multibase; // Multikey; RSA has none
  feel::Value jwk;                      // an object
};

class Cle {
public:
  // "ed25519", "p256", "p384" or "rsa" (3,072 bits); `entropy` fills bytes that nobody can guess, by default those of
  // the system. Throws Error A001 for another name.
  static Cle generer(std::string_view algorithme, const std::function<void(std::span<std::uint8_t>)> &entropy = {});
  // One PKCS#8 block, with the phrase that it was encrypted under. Throws Error B004, without a word of the secret.
  static Cle lire(std::string_view pem, std::string_view phrase = {});

  // PKCS#8 in PEM, encrypted under the phrase when there is one. A secret: the caller wipes it.
  std::string ecrire(std::string_view phrase = {}) const;
  PartiesPubliques publiques() const;

  const crypto::PrivateKey &secret() const noexcept { return *secret_; }

private:
  explicit Cle(std::shared_ptr<const crypto::PrivateKey> secret) noexcept : secret_(std::move(secret)) {}
  std::shared_ptr<const crypto::PrivateKey> secret_;
};

} // namespace spie::credentials
