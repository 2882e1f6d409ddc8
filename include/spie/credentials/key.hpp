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
struct Signer;
} // namespace spie::crypto

namespace spie::credentials {

// What others may know of a key.
struct PartiesPubliques {
  std::string did;                      // did:key, or did:jwk for RSA
  std::optional<std::string> multibase; // Multikey; RSA has none
  feel::Value jwk;                      // an object
};

// Who signs with a key that stands elsewhere: a security module, a service.
struct Signataire {
  std::string publique; // of the key: JWK, PEM or Multikey, or what `publiques` gives in JSON
  // The signature of those bytes: Ed25519, 64 bytes; ECDSA, r and s one after the other, with SHA-256 (P-256) or
  // SHA-384 (P-384); RSA, PKCS#1 v1.5 with SHA-256. Asked from the thread that issues: several at once for a batch.
  std::function<std::string(std::string_view message)> signer;
};

class Cle {
public:
  // "ed25519", "p256", "p384" or "rsa" (3,072 bits); `entropy` fills bytes that nobody can guess, by default those of
  // the system. Throws Error A001 for another name.
  static Cle generer(std::string_view algorithme, const std::function<void(std::span<std::uint8_t>)> &entropy = {});
  // One PKCS#8 block, with the phrase that it was encrypted under. Throws Error B004, without a word of the secret.
  static Cle lire(std::string_view pem, std::string_view phrase = {});
  // A key that signs wherever one at hand does. Throws Error B004 for what is no public key.
  static Cle ailleurs(Signataire signataire);

  // PKCS#8 in PEM, encrypted under the phrase when there is one. A secret: the caller wipes it. Throws Error B004 for a
  // key that stands elsewhere.
  std::string ecrire(std::string_view phrase = {}) const;
  PartiesPubliques publiques() const;

  const crypto::PrivateKey &secret() const; // throws Error B004 for a key that stands elsewhere
  const crypto::Signer &par() const noexcept { return *signer_; }

private:
  explicit Cle(crypto::PrivateKey secret);
  explicit Cle(crypto::Signer signer);
  std::shared_ptr<const crypto::PrivateKey> secret_; // none when it stands elsewhere
  std::shared_ptr<const crypto::Signer> signer_;
};

} // namespace spie::credentials
