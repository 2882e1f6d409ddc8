// What the files of keys share of libcrypto: its objects, owned, and its errors, kept out of its queue.
#pragma once

#include "crypto/key.hpp"

#include <memory>
#include <new>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>
#include <stdexcept>
#include <string>
#include <string_view>

namespace spie::crypto {

struct KeyHandle {
  explicit KeyHandle(EVP_PKEY *owned) : key(owned) {
    if (owned == nullptr)
      throw std::bad_alloc();
  }
  KeyHandle(const KeyHandle &) = delete;
  KeyHandle &operator=(const KeyHandle &) = delete;
  ~KeyHandle() { EVP_PKEY_free(key); } // wipes what is secret
  EVP_PKEY *key;
};

// libcrypto leaves what it refused in a queue of the thread, which its other users would find: dropped at the end.
struct Scope {
  Scope() { ERR_set_mark(); }
  Scope(const Scope &) = delete;
  Scope &operator=(const Scope &) = delete;
  ~Scope() { ERR_pop_to_mark(); }
};

inline void check(bool done) {
  if (!done)
    throw std::runtime_error("libcrypto refuses an operation that every key allows");
}

template <auto Free> struct Freed {
  template <class T> void operator()(T *object) const noexcept { Free(object); }
};
using Number = std::unique_ptr<BIGNUM, Freed<BN_clear_free>>;
using Scratch = std::unique_ptr<BN_CTX, Freed<BN_CTX_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;
using Group = std::unique_ptr<EC_GROUP, Freed<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Freed<EC_POINT_free>>;
using Info = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Freed<PKCS8_PRIV_KEY_INFO_free>>;
using Sealed = std::unique_ptr<X509_SIG, Freed<X509_SIG_free>>;
using Algorithm = std::unique_ptr<X509_ALGOR, Freed<X509_ALGOR_free>>;
using Sealing = std::unique_ptr<PBE2PARAM, Freed<PBE2PARAM_free>>;
using Derivation = std::unique_ptr<PBKDF2PARAM, Freed<PBKDF2PARAM_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;

inline Number held(BIGNUM *object) { return object ? Number(object) : throw std::bad_alloc(); }
inline Scratch held(BN_CTX *object) { return object ? Scratch(object) : throw std::bad_alloc(); }
inline Params held(OSSL_PARAM *object) { return object ? Params(object) : throw std::bad_alloc(); }
inline Builder held(OSSL_PARAM_BLD *object) { return object ? Builder(object) : throw std::bad_alloc(); }
inline PkeyContext held(EVP_PKEY_CTX *object) { return object ? PkeyContext(object) : throw std::bad_alloc(); }
inline DigestContext held(EVP_MD_CTX *object) { return object ? DigestContext(object) : throw std::bad_alloc(); }
inline EcdsaSignature held(ECDSA_SIG *object) { return object ? EcdsaSignature(object) : throw std::bad_alloc(); }
inline Group held(EC_GROUP *object) { return object ? Group(object) : throw std::bad_alloc(); }
inline Point held(EC_POINT *object) { return object ? Point(object) : throw std::bad_alloc(); }
inline Memory held(BIO *object) { return object ? Memory(object) : throw std::bad_alloc(); }

Number secret_number(std::string_view bytes); // big-endian, reckoned with in constant time
// Whether the bytes are a number from 1 to below the order of the curve.
bool is_scalar(const char *curve, std::string_view bytes);
std::string point_of(const char *curve, std::string_view scalar); // the public half, not compressed

std::shared_ptr<const KeyHandle> read_public_pem(std::string_view pem);
// PKCS#8: see PrivateKey.
std::shared_ptr<const KeyHandle> read_pem(std::string_view pem, std::string_view passphrase);
Secret write_pem(const KeyHandle &key);
Secret write_pem(const KeyHandle &key, std::string_view passphrase, const Entropy &entropy);

} // namespace spie::crypto
