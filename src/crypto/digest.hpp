// Digests, HMAC-SHA-256 and random bytes, from OpenSSL's libcrypto, which src/crypto alone knows.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace spie::crypto {

using Digest = std::array<std::uint8_t, 32>;
using Key = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);
Digest sha256(std::initializer_list<std::string_view> parts); // of the parts one after the other
// SHA-384 goes with P-384; MD5 only tells whether an old badge names a recipient, and protects nothing.
std::array<std::uint8_t, 48> sha384(std::string_view bytes);
std::array<std::uint8_t, 16> md5(std::string_view bytes);
Digest hmac_sha256(const Key &key, std::string_view bytes);

// HMAC-SHA-256 under one key, which is prepared once: for a chain of many.
class Hmac {
public:
  explicit Hmac(const Key &key);
  ~Hmac();
  Hmac(Hmac &&) noexcept;
  Hmac &operator=(Hmac &&) noexcept;
  Digest operator()(std::string_view bytes) const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

// Of bytes that come in pieces.
class Sha256 {
public:
  Sha256();
  ~Sha256();
  Sha256(Sha256 &&) noexcept;
  Sha256 &operator=(Sha256 &&) noexcept;
  void update(std::string_view bytes);
  Digest finish(); // ends the digest; the object is not used again

private:
  struct State;
  std::unique_ptr<State> state_;
};

// Fills with bytes that nobody can guess. Tests and generators of invented people give their own.
using Entropy = std::function<void(std::span<std::uint8_t>)>;
void system_entropy(std::span<std::uint8_t> bytes);
// The same, asked for many bytes at a time. Not for several threads.
Entropy buffered(Entropy source);

// Takes the same time whatever the bytes: for what a caller must not learn byte by byte.
bool equal(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) noexcept;

std::string_view view(std::span<const std::uint8_t> bytes) noexcept;
std::string hex(std::span<const std::uint8_t> bytes);
// False when the text is not exactly that many bytes in hexadecimal digits.
bool from_hex(std::string_view text, std::span<std::uint8_t> bytes) noexcept;

} // namespace spie::crypto
