#include "crypto/key.hpp"

#include "crypto/key_handle.hpp"

#include <algorithm>
#include <array>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <optional>
#include <utility>

namespace spie::crypto {

namespace {

constexpr int fewest_rsa_bits = 2'048, most_rsa_bits = 8'192, new_rsa_bits = 3'072;

struct Curve {
  const char *name;
  std::size_t size; // bytes of a coordinate
  const char *digest;
};

const Curve &curve_of(KeyKind kind) {
  static constexpr Curve p256{"prime256v1", 32, "SHA256"}, p384{"secp384r1", 48, "SHA384"};
  return kind == KeyKind::p384 ? p384 : p256;
}

bool is_elliptic(KeyKind kind) { return kind == KeyKind::p256 || kind == KeyKind::p384; }

const unsigned char *bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char *>(text.data()); }
unsigned char *bytes_of(std::string &text) { return reinterpret_cast<unsigned char *>(text.data()); }

[[noreturn]] void refuse_other_kind() {
  throw KeyError("the key is neither Ed25519, P-256, P-384 nor RSA",
                 "la clé n’est ni Ed25519, ni P-256, ni P-384, ni RSA");
}

[[noreturn]] void refuse_length(KeyKind kind) {
  throw KeyError("the bytes of the key have not the length of a key " + std::string(name(kind)),
                 "les octets de la clé n’ont pas la longueur d’une clé " + std::string(name(kind)));
}

[[noreturn]] void refuse_point(KeyKind kind) {
  throw KeyError("the key is no point of the curve " + std::string(name(kind)),
                 "la clé n’est pas un point de la courbe " + std::string(name(kind)));
}

void refuse_rsa_size() {
  throw KeyError("an RSA key must have 2,048 to 8,192 bits",
                 "une clé RSA doit compter de 2\u202f048 à 8\u202f192 bits");
}

// --- Ed25519: libcrypto takes any 32 bytes for a key, and looks at them only when it verifies ---

// y of the points whose order divides 8, little-endian: under such a key, signatures that nobody made hold.
constexpr std::array<std::string_view, 5> small_order{
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
};

// 2^255 - 19 and the d of the curve (RFC 8032 §5.1).
constexpr const char *field_hex = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed";
constexpr const char *d_hex = "52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3";

Number number_from_hex(const char *text) {
  BIGNUM *number = nullptr;
  check(BN_hex2bn(&number, text) != 0);
  return Number(number);
}

// A y stands on the curve when x² = (y² - 1) / (dy² + 1) has a root, that is when (y² - 1)(dy² + 1) is a square.
bool on_edwards_curve(std::string_view y_bytes) {
  static const Number field = number_from_hex(field_hex), d = number_from_hex(d_hex);
  const Number y = held(BN_lebin2bn(bytes_of(y_bytes), static_cast<int>(y_bytes.size()), nullptr));
  if (BN_cmp(y.get(), field.get()) >= 0)
    return false;
  const Scratch scratch = held(BN_CTX_new());
  const Number square = held(BN_new()), left = held(BN_new()), right = held(BN_new());
  check(BN_mod_sqr(square.get(), y.get(), field.get(), scratch.get()) == 1);
  check(BN_copy(left.get(), square.get()) != nullptr && BN_sub_word(left.get(), 1) == 1);
  check(BN_mod_mul(right.get(), square.get(), d.get(), field.get(), scratch.get()) == 1);
  check(BN_add_word(right.get(), 1) == 1);
  check(BN_mod_mul(left.get(), left.get(), right.get(), field.get(), scratch.get()) == 1);
  const int residue = BN_kronecker(left.get(), field.get(), scratch.get());
  check(residue != -2);
  return residue >= 0;
}

void check_edwards_point(std::string_view bytes) {
  std::string y(bytes);
  y.back() = static_cast<char>(static_cast<unsigned char>(y.back()) & 0x7FU);
  const std::string digits = hex({bytes_of(y), y.size()});
  if (std::find(small_order.begin(), small_order.end(), digits) != small_order.end())
    throw KeyError("the Ed25519 key has a small order: anybody's signature would hold",
                   "la clé Ed25519 est d’un ordre trop petit\u202f: n’importe quelle signature tiendrait");
  if (!on_edwards_curve(y))
    refuse_point(KeyKind::ed25519);
}

// --- between libcrypto and us ---

std::shared_ptr<const KeyHandle> from_params(const char *type, int selection, OSSL_PARAM_BLD *builder) {
  const Params params = held(OSSL_PARAM_BLD_to_param(builder));
  const PkeyContext context = held(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  check(EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY *key = nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) != 1)
    return nullptr;
  return std::make_shared<const KeyHandle>(key);
}

std::string number_of(const EVP_PKEY *key, const char *parameter, std::size_t size = 0) {
  BIGNUM *found = nullptr;
  check(EVP_PKEY_get_bn_param(key, parameter, &found) == 1);
  const Number number(found);
  std::string bytes(size == 0 ? static_cast<std::size_t>(BN_num_bytes(found)) : size, '\0');
  check(BN_bn2binpad(found, bytes_of(bytes), static_cast<int>(bytes.size())) >= 0);
  return bytes;
}

KeyKind kind_of(const EVP_PKEY *key) {
  if (EVP_PKEY_is_a(key, "ED25519"))
    return KeyKind::ed25519;
  if (EVP_PKEY_is_a(key, "RSA"))
    return KeyKind::rsa;
  std::array<char, 32> group{};
  if (EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1) {
    for (const KeyKind kind : {KeyKind::p256, KeyKind::p384})
      if (std::string_view(group.data()) == curve_of(kind).name)
        return kind;
  }
  refuse_other_kind();
}

const char *digest_of(KeyKind kind) {
  return kind == KeyKind::ed25519 ? nullptr : kind == KeyKind::rsa ? "SHA256" : curve_of(kind).digest;
}

// r and s, each of full length, as the DER that libcrypto reads; empty when they are not that.
std::string to_der(std::string_view signature, std::size_t size) {
  if (signature.size() != 2 * size)
    return {};
  const EcdsaSignature parts = held(ECDSA_SIG_new());
  BIGNUM *r = BN_bin2bn(bytes_of(signature), static_cast<int>(size), nullptr);
  BIGNUM *s = BN_bin2bn(bytes_of(signature) + size, static_cast<int>(size), nullptr);
  check(ECDSA_SIG_set0(parts.get(), r, s) == 1);
  unsigned char *der = nullptr;
  const int length = i2d_ECDSA_SIG(parts.get(), &der);
  check(length > 0);
  std::string result(reinterpret_cast<char *>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  return result;
}

std::string from_der(std::string_view der, std::size_t size) {
  const unsigned char *at = bytes_of(der);
  const EcdsaSignature parts = held(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  std::string result(2 * size, '\0');
  check(BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), bytes_of(result), static_cast<int>(size)) >= 0);
  check(BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), bytes_of(result) + size, static_cast<int>(size)) >= 0);
  return result;
}

// Nothing when the numbers of the key do not allow it.
std::optional<std::string> signature_of(const KeyHandle &handle, KeyKind kind, std::string_view message) {
  const Scope quiet;
  const DigestContext context = held(EVP_MD_CTX_new());
  std::size_t size = 0;
  if (EVP_DigestSignInit_ex(context.get(), nullptr, digest_of(kind), nullptr, nullptr, handle.key, nullptr) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, bytes_of(message), message.size()) != 1)
    return std::nullopt;
  std::string signature(size, '\0');
  if (EVP_DigestSign(context.get(), bytes_of(signature), &size, bytes_of(message), message.size()) != 1)
    return std::nullopt;
  signature.resize(size);
  return is_elliptic(kind) ? from_der(signature, curve_of(kind).size) : signature;
}

} // namespace

std::string_view name(KeyKind kind) noexcept {
  switch (kind) {
  case KeyKind::ed25519:
    return "Ed25519";
  case KeyKind::p256:
    return "P-256";
  case KeyKind::p384:
    return "P-384";
  case KeyKind::rsa:
    break;
  }
  return "RSA";
}

KeyError::KeyError(std::string english, std::string french, Code code)
    : Error(Diagnostic{code, Level::error, std::move(english), {}}),
      french_(std::make_shared<const std::string>(std::move(french))) {}

Secret::Secret(std::string_view bytes) : bytes_(std::make_unique<char[]>(bytes.size())), size_(bytes.size()) {
  std::copy(bytes.begin(), bytes.end(), bytes_.get());
}
Secret::~Secret() {
  if (bytes_ != nullptr)
    OPENSSL_cleanse(bytes_.get(), size_);
}
Secret::Secret(Secret &&other) noexcept : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}
Secret &Secret::operator=(Secret &&other) noexcept {
  std::swap(bytes_, other.bytes_);
  std::swap(size_, other.size_);
  return *this;
}

// --- public keys ---

PublicKey::PublicKey(std::shared_ptr<const KeyHandle> handle) : handle_(std::move(handle)) {
  const EVP_PKEY *key = handle_->key;
  kind_ = kind_of(key);
  if (kind_ == KeyKind::rsa) {
    const int bits = EVP_PKEY_get_bits(key);
    if (bits < fewest_rsa_bits || bits > most_rsa_bits)
      refuse_rsa_size();
    first_ = number_of(key, OSSL_PKEY_PARAM_RSA_N);
    second_ = number_of(key, OSSL_PKEY_PARAM_RSA_E);
    const unsigned last = static_cast<unsigned char>(second_.empty() ? '\0' : second_.back());
    if (last % 2 == 0 || second_ == "\x01" || second_.size() > 8)
      throw KeyError("the exponent of the RSA key is even, 1, or above 64 bits",
                     "l’exposant de la clé RSA est pair, égal à 1, ou de plus de 64 bits");
  } else if (kind_ == KeyKind::ed25519) {
    raw_.resize(32);
    std::size_t size = raw_.size();
    check(EVP_PKEY_get_raw_public_key(key, bytes_of(raw_), &size) == 1 && size == 32);
  } else {
    const std::size_t size = curve_of(kind_).size;
    first_ = number_of(key, OSSL_PKEY_PARAM_EC_PUB_X, size);
    second_ = number_of(key, OSSL_PKEY_PARAM_EC_PUB_Y, size);
    raw_ = (static_cast<unsigned char>(second_.back()) % 2 == 0 ? '\x02' : '\x03') + first_;
  }
}

PublicKey PublicKey::from_raw(KeyKind kind, std::string_view bytes) {
  if (kind == KeyKind::ed25519) {
    if (bytes.size() != 32)
      refuse_length(kind);
    check_edwards_point(bytes);
    return PublicKey(std::make_shared<const KeyHandle>(
        EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, bytes_of(bytes), bytes.size())));
  }
  if (!is_elliptic(kind))
    refuse_other_kind();
  const std::size_t size = curve_of(kind).size;
  const char first = bytes.empty() ? '\0' : bytes.front();
  const bool compressed = first == '\x02' || first == '\x03';
  if (bytes.size() != (compressed ? size + 1 : 2 * size + 1))
    refuse_length(kind);
  if (!compressed && first != '\x04')
    refuse_point(kind);
  const Scope quiet;
  const Builder builder = held(OSSL_PARAM_BLD_new());
  check(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve_of(kind).name, 0) == 1);
  check(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, bytes.data(), bytes.size()) == 1);
  auto handle = from_params("EC", EVP_PKEY_PUBLIC_KEY, builder.get());
  if (handle == nullptr)
    refuse_point(kind);
  return PublicKey(std::move(handle));
}

PublicKey PublicKey::from_rsa(std::string_view modulus, std::string_view exponent) {
  if (modulus.empty() || modulus.front() == '\0' || exponent.empty() || exponent.front() == '\0')
    throw KeyError("a number of the RSA key is empty, or begins with a zero",
                   "un nombre de la clé RSA est vide, ou commence par un zéro");
  if (modulus.size() > most_rsa_bits / 8 || static_cast<unsigned char>(modulus.back()) % 2 == 0)
    refuse_rsa_size();
  if (exponent.size() > modulus.size())
    refuse_length(KeyKind::rsa);
  const Scope quiet;
  const Number n = held(BN_bin2bn(bytes_of(modulus), static_cast<int>(modulus.size()), nullptr));
  const Number e = held(BN_bin2bn(bytes_of(exponent), static_cast<int>(exponent.size()), nullptr));
  const Builder builder = held(OSSL_PARAM_BLD_new());
  check(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1);
  check(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1);
  auto handle = from_params("RSA", EVP_PKEY_PUBLIC_KEY, builder.get());
  if (handle == nullptr)
    refuse_other_kind();
  return PublicKey(std::move(handle));
}

PublicKey PublicKey::from_pem(std::string_view pem) {
  const PublicKey read(read_public_pem(pem));
  return read.kind_ == KeyKind::rsa ? from_rsa(read.first_, read.second_) : from_raw(read.kind_, read.raw_);
}

bool PublicKey::verify(std::string_view message, std::string_view signature) const {
  std::string der;
  if (is_elliptic(kind_)) {
    der = to_der(signature, curve_of(kind_).size);
    if (der.empty())
      return false;
    signature = der;
  } else if (kind_ == KeyKind::rsa && signature.size() != first_.size()) {
    return false;
  }
  const Scope quiet;
  const DigestContext context = held(EVP_MD_CTX_new());
  check(EVP_DigestVerifyInit_ex(context.get(), nullptr, digest_of(kind_), nullptr, nullptr, handle_->key, nullptr) ==
        1);
  return EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message), message.size()) == 1;
}

// --- private keys ---

PrivateKey::PrivateKey(std::shared_ptr<const KeyHandle> handle) : public_(std::move(handle)) {
  // A file may hold a public half that is not of its private half, or numbers that sign nothing.
  static constexpr std::string_view any = "spie";
  const auto signature = signature_of(*public_.handle_, kind(), any);
  if (!signature || !public_.verify(any, *signature))
    throw KeyError("the two halves of the key do not go together", "les deux moitiés de la clé ne vont pas ensemble");
}

PrivateKey PrivateKey::generate(KeyKind kind, const Entropy &entropy) {
  if (kind == KeyKind::rsa)
    return PrivateKey(std::make_shared<const KeyHandle>(
        EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(new_rsa_bits))));
  std::array<std::uint8_t, 48> drawn{};
  const std::span<std::uint8_t> part(drawn.data(), kind == KeyKind::p384 ? 48 : 32);
  struct Wiped {
    std::array<std::uint8_t, 48> &bytes;
    ~Wiped() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
  } const wiped{drawn};
  for (int attempt = 0; attempt < 100; ++attempt) { // a scalar beyond the order of its curve is drawn again
    entropy(part);
    if (kind == KeyKind::ed25519 || is_scalar(curve_of(kind).name, view(part)))
      return from_raw(kind, view(part));
  }
  throw std::runtime_error("the random source gives no key");
}

PrivateKey PrivateKey::from_raw(KeyKind kind, std::string_view bytes) {
  const Scope quiet;
  if (kind == KeyKind::ed25519) {
    if (bytes.size() != 32)
      refuse_length(kind);
    return PrivateKey(std::make_shared<const KeyHandle>(
        EVP_PKEY_new_raw_private_key_ex(nullptr, "ED25519", nullptr, bytes_of(bytes), bytes.size())));
  }
  if (!is_elliptic(kind))
    refuse_other_kind();
  const Curve &curve = curve_of(kind);
  if (bytes.size() != curve.size)
    refuse_length(kind);
  if (!is_scalar(curve.name, bytes))
    throw KeyError("the private key is not below the order of its curve",
                   "la clé privée n’est pas inférieure à l’ordre de sa courbe");
  const std::string point = point_of(curve.name, bytes);
  const Number scalar = secret_number(bytes);
  const Builder builder = held(OSSL_PARAM_BLD_new());
  check(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve.name, 0) == 1);
  check(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar.get()) == 1);
  check(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1);
  auto handle = from_params("EC", EVP_PKEY_KEYPAIR, builder.get());
  if (handle == nullptr)
    refuse_point(kind);
  return PrivateKey(std::move(handle));
}

PrivateKey PrivateKey::from_pem(std::string_view pem, std::string_view passphrase) {
  return PrivateKey(read_pem(pem, passphrase));
}

Secret PrivateKey::to_pem() const { return write_pem(*public_.handle_); }

Secret PrivateKey::to_pem(std::string_view passphrase, const Entropy &entropy) const {
  return write_pem(*public_.handle_, passphrase, entropy);
}

std::string PrivateKey::sign(std::string_view message) const {
  auto signature = signature_of(*public_.handle_, kind(), message);
  check(signature.has_value());
  return *std::move(signature);
}

std::string Signer::operator()(std::string_view message) const {
  std::string signature = sign(message);
  if (!key.verify(message, signature))
    throw KeyError("what signs gave a signature that does not hold under its public key",
                   "la signature rendue ne tient pas sous la clé publique annoncée");
  return signature;
}

} // namespace spie::crypto
