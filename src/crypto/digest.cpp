#include "crypto/digest.hpp"

#include <algorithm>
#include <new>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdexcept>
#include <utility>

namespace spie::crypto {

namespace {

// libcrypto refuses for want of memory, or when the digest is not among its providers.
void check(bool done) {
  if (!done)
    throw std::runtime_error("libcrypto cannot compute a digest");
}

// Looked up once: libcrypto searches its providers at each call otherwise, which costs more than a short digest.
const EVP_MD *algorithm() {
  static const EVP_MD *const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  check(found != nullptr);
  return found;
}

template <std::size_t Size> std::array<std::uint8_t, Size> digest_of(std::string_view bytes, const char *name) {
  std::array<std::uint8_t, Size> digest{};
  std::size_t size = 0;
  check(EVP_Q_digest(nullptr, name, nullptr, bytes.data(), bytes.size(), digest.data(), &size) == 1 && size == Size);
  return digest;
}

class Context {
public:
  Context() {
    if (context_ == nullptr)
      throw std::bad_alloc();
  }
  Context(const Context &) = delete;
  Context &operator=(const Context &) = delete;
  ~Context() { EVP_MD_CTX_free(context_); }
  void begin() { check(EVP_DigestInit_ex2(context_, algorithm(), nullptr) == 1); }
  void begin_as(const Context &other) { check(EVP_MD_CTX_copy_ex(context_, other.context_) == 1); }
  void update(std::string_view bytes) { check(EVP_DigestUpdate(context_, bytes.data(), bytes.size()) == 1); }
  Digest finish() {
    Digest digest{};
    check(EVP_DigestFinal_ex(context_, digest.data(), nullptr) == 1);
    return digest;
  }

private:
  EVP_MD_CTX *context_ = EVP_MD_CTX_new();
};

} // namespace

struct Sha256::State {
  Context context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { state_->context.begin(); }
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256 &&) noexcept = default;
Sha256 &Sha256::operator=(Sha256 &&) noexcept = default;

void Sha256::update(std::string_view bytes) { state_->context.update(bytes); }

Digest Sha256::finish() { return state_->context.finish(); }

Digest sha256(std::string_view bytes) { return sha256({bytes}); }

Digest sha256(std::initializer_list<std::string_view> parts) {
  Sha256 state;
  for (const std::string_view part : parts)
    state.update(part);
  return state.finish();
}

std::array<std::uint8_t, 48> sha384(std::string_view bytes) { return digest_of<48>(bytes, "SHA384"); }
std::array<std::uint8_t, 16> md5(std::string_view bytes) { return digest_of<16>(bytes, "MD5"); }

Digest hmac_sha256(const Key &key, std::string_view bytes) { return Hmac(key)(bytes); }

// RFC 2104, over states that hold the padded key already.
struct Hmac::State {
  Context inner, outer;
  mutable Context running;
};

Hmac::Hmac(const Key &key) : state_(std::make_unique<State>()) {
  constexpr std::size_t block = 64;
  for (const auto &[context, pad] : {std::pair{&state_->inner, 0x36}, std::pair{&state_->outer, 0x5c}}) {
    std::array<std::uint8_t, block> padded{};
    std::copy(key.begin(), key.end(), padded.begin());
    for (std::uint8_t &byte : padded)
      byte = static_cast<std::uint8_t>(byte ^ pad);
    context->begin();
    context->update(view(padded));
    OPENSSL_cleanse(padded.data(), padded.size());
  }
}
Hmac::~Hmac() = default;
Hmac::Hmac(Hmac &&) noexcept = default;
Hmac &Hmac::operator=(Hmac &&) noexcept = default;

Digest Hmac::operator()(std::string_view bytes) const {
  state_->running.begin_as(state_->inner);
  state_->running.update(bytes);
  const Digest inner = state_->running.finish();
  state_->running.begin_as(state_->outer);
  state_->running.update(view(inner));
  return state_->running.finish();
}

Entropy buffered(Entropy source) {
  struct Pool {
    Entropy source;
    std::array<std::uint8_t, 4'096> bytes{};
    std::size_t used = 4'096;
  };
  auto pool = std::make_shared<Pool>();
  pool->source = std::move(source);
  return [pool](std::span<std::uint8_t> wanted) {
    for (std::uint8_t &byte : wanted) {
      if (pool->used == pool->bytes.size()) {
        pool->source(pool->bytes);
        pool->used = 0;
      }
      byte = std::exchange(pool->bytes[pool->used++], 0); // given once, and kept nowhere
    }
  };
}

void system_entropy(std::span<std::uint8_t> bytes) {
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
    throw std::runtime_error("the system gives no random bytes");
}

bool equal(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view view(std::span<const std::uint8_t> bytes) noexcept {
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

std::string hex(std::span<const std::uint8_t> bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 0xF];
  }
  return text;
}

bool from_hex(std::string_view text, std::span<std::uint8_t> bytes) noexcept {
  if (text.size() != bytes.size() * 2)
    return false;
  const auto digit = [](char c) -> int {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
    if (high < 0 || low < 0)
      return false;
    bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return true;
}

} // namespace spie::crypto
