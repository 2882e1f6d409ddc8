// Keys that sign badges and check them: Ed25519, P-256, P-384, RSA of 2,048 bits or more.
#pragma once

#include "crypto/digest.hpp"
#include "spie/diagnostic.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace spie::crypto {

enum class KeyKind : std::uint8_t { ed25519, p256, p384, rsa };
std::string_view name(KeyKind kind) noexcept; // "Ed25519", "P-256", "P-384", "RSA"

// Why a key is refused, B004: the message in English, and the same in French. It never quotes a secret.
class KeyError : public Error {
public:
  KeyError(std::string english, std::string french, Code code = Code::badge_key);
  const std::string &french() const noexcept { return *french_; }

private:
  std::shared_ptr<const std::string> french_;
};

// Bytes that are wiped when they end. Moved, never copied.
class Secret {
public:
  Secret() = default;
  explicit Secret(std::string_view bytes);
  ~Secret();
  Secret(const Secret &) = delete;
  Secret &operator=(const Secret &) = delete;
  Secret(Secret &&other) noexcept;
  Secret &operator=(Secret &&other) noexcept;
  std::string_view view() const noexcept { return {bytes_.get(), size_}; }

private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
};

struct KeyHandle; // libcrypto's key

// Immutable, cheap to copy, for several threads.
class PublicKey {
public:
  // Ed25519: 32 bytes; P-256 and P-384: the point, compressed or not. Throws KeyError for other lengths, a point that
  // is not on the curve, or an Ed25519 point under which forged signatures hold (one of small order).
  static PublicKey from_raw(KeyKind kind, std::string_view bytes);
  // Big-endian, without leading zero. Throws KeyError below 2,048 and above 8,192 bits, and for an exponent that is
  // even, 1, or above 64 bits.
  static PublicKey from_rsa(std::string_view modulus, std::string_view exponent);
  // One block "PUBLIC KEY", as `openssl pkey -pubout` writes it. Throws KeyError for another form, and as above.
  static PublicKey from_pem(std::string_view pem);

  KeyKind kind() const noexcept { return kind_; }
  // As Multikey writes it: the 32 bytes of Ed25519, the compressed point of the others; empty for RSA.
  const std::string &raw() const noexcept { return raw_; }
  // As JWK writes it: the coordinates x and y, each of full length, of P-256 and P-384; n and e of RSA.
  const std::string &first() const noexcept { return first_; }
  const std::string &second() const noexcept { return second_; }

  // Ed25519: 64 bytes (RFC 8032); P-256 and P-384: r and s one after the other, with SHA-256 and SHA-384; RSA: PKCS#1
  // v1.5 with SHA-256. False for a signature of another form.
  bool verify(std::string_view message, std::string_view signature) const;

  friend bool operator==(const PublicKey &a, const PublicKey &b) noexcept {
    return a.kind_ == b.kind_ && a.raw_ == b.raw_ && a.first_ == b.first_ && a.second_ == b.second_;
  }

private:
  friend class PrivateKey;
  explicit PublicKey(std::shared_ptr<const KeyHandle> handle); // throws KeyError for a key of another kind

  std::shared_ptr<const KeyHandle> handle_;
  KeyKind kind_{};
  std::string raw_, first_, second_;
};

// Immutable, cheap to copy, wiped when the last copy ends.
class PrivateKey {
public:
  // Draws from `entropy` for the elliptic curves; libcrypto draws an RSA key, of 3,072 bits, from its own generator.
  static PrivateKey generate(KeyKind kind, const Entropy &entropy);
  // The seed of Ed25519, the scalar of P-256 or P-384, of full length.
  static PrivateKey from_raw(KeyKind kind, std::string_view bytes);
  // One PKCS#8 block, "PRIVATE KEY" or "ENCRYPTED PRIVATE KEY" (PBES2 with PBKDF2, at most a million rounds), of at
  // most 16 KiB. Throws KeyError: another form, a wrong phrase, a phrase that is missing or of no use, another kind of
  // key.
  static PrivateKey from_pem(std::string_view pem, std::string_view passphrase = {});
  // PKCS#8; with a passphrase, AES-256-CBC under PBKDF2-HMAC-SHA-256 of 600,000 rounds, salted from `entropy`.
  Secret to_pem() const;
  Secret to_pem(std::string_view passphrase, const Entropy &entropy) const;

  const PublicKey &public_key() const noexcept { return public_; }
  KeyKind kind() const noexcept { return public_.kind(); }
  // In the form that PublicKey::verify reads. ECDSA draws its nonce from libcrypto's generator.
  std::string sign(std::string_view message) const;

private:
  explicit PrivateKey(std::shared_ptr<const KeyHandle> handle);
  PublicKey public_; // of the same handle
};

// Who signs: a key at hand, or whatever holds it elsewhere (a security module, a service).
struct Signer {
  PublicKey key;
  std::function<std::string(std::string_view message)> sign;

  Signer(PublicKey public_key, std::function<std::string(std::string_view)> by)
      : key(std::move(public_key)), sign(std::move(by)) {}
  Signer(const PrivateKey &secret) // implicit: a key at hand signs
      : key(secret.public_key()), sign([secret](std::string_view message) { return secret.sign(message); }) {}
  // Signs, and throws KeyError when the signature does not hold under `key`.
  std::string operator()(std::string_view message) const;
};

} // namespace spie::crypto
