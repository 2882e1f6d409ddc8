// PKCS#8 in PEM (RFC 5208, 5958, 7468), sealed with a passphrase or not.
#include "crypto/key_handle.hpp"

#include <array>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

namespace spie::crypto {

namespace {

constexpr std::size_t longest = std::size_t{16} * 1'024; // RSA-8192 takes less than half of it
constexpr long most_rounds = 1'000'000;
constexpr int rounds = 600'000; // what OWASP advises for HMAC-SHA-256

[[noreturn]] void refuse_form() {
  throw KeyError("the text is not one private key in PKCS#8 PEM (-----BEGIN PRIVATE KEY-----)",
                 "le texte n’est pas une clé privée en PEM PKCS#8 (-----BEGIN PRIVATE KEY-----)");
}

// One block, as libcrypto reads it; its bytes are wiped.
struct Block {
  ~Block() {
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_clear_free(bytes, static_cast<std::size_t>(size));
  }
  bool read(BIO *from) { return PEM_read_bio(from, &name, &header, &bytes, &size) == 1; }
  char *name = nullptr;
  char *header = nullptr;
  unsigned char *bytes = nullptr;
  long size = 0;
};

// False when the text is not one block, without headers.
bool read_only(std::string_view pem, Block &block) {
  if (pem.empty() || pem.size() > longest)
    return false;
  const Memory memory = held(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Block another;
  return block.read(memory.get()) && block.header[0] == '\0' && !another.read(memory.get());
}

// A file that asks for too many rounds would hold whoever opens it.
void check_rounds(const X509_SIG *sealed) {
  const X509_ALGOR *algorithm = nullptr;
  X509_SIG_get0(sealed, &algorithm, nullptr);
  const auto refuse = [] {
    throw KeyError("the key is not sealed by PBES2 with PBKDF2 and at most 1,000,000 rounds",
                   "la clé n’est pas chiffrée par PBES2 avec PBKDF2 et au plus 1\u202f000\u202f000 tours");
  };
  if (OBJ_obj2nid(algorithm->algorithm) != NID_pbes2)
    refuse();
  const Sealing scheme(
      static_cast<PBE2PARAM *>(ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM), algorithm->parameter)));
  if (scheme == nullptr || OBJ_obj2nid(scheme->keyfunc->algorithm) != NID_id_pbkdf2)
    refuse();
  const Derivation derivation(
      static_cast<PBKDF2PARAM *>(ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBKDF2PARAM), scheme->keyfunc->parameter)));
  if (derivation == nullptr)
    refuse();
  const long asked = ASN1_INTEGER_get(derivation->iter);
  if (asked < 1 || asked > most_rounds)
    refuse();
}

Info unsealed(const Block &block, std::string_view passphrase) {
  const unsigned char *at = block.bytes;
  const Sealed sealed(d2i_X509_SIG(nullptr, &at, block.size));
  if (sealed == nullptr || at != block.bytes + block.size)
    refuse_form();
  if (passphrase.empty())
    throw KeyError("the key is encrypted, and no passphrase was given",
                   "la clé est chiffrée, et aucune phrase de passe n’a été donnée");
  check_rounds(sealed.get());
  Info info(PKCS8_decrypt(sealed.get(), passphrase.data(), static_cast<int>(passphrase.size())));
  if (info == nullptr)
    throw KeyError("the passphrase is not that of the key", "la phrase de passe n’est pas celle de la clé");
  return info;
}

Info plain(const Block &block, std::string_view passphrase) {
  const unsigned char *at = block.bytes;
  Info info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, block.size));
  if (info == nullptr || at != block.bytes + block.size)
    refuse_form();
  if (!passphrase.empty())
    throw KeyError("a passphrase was given, and the key is not encrypted",
                   "une phrase de passe a été donnée, et la clé n’est pas chiffrée");
  return info;
}

Secret content(BIO *memory) {
  char *bytes = nullptr;
  const long size = BIO_get_mem_data(memory, &bytes);
  return Secret({bytes, static_cast<std::size_t>(size)});
}

Info info_of(const KeyHandle &key) {
  Info info(EVP_PKEY2PKCS8(key.key));
  check(info != nullptr);
  return info;
}

} // namespace

std::shared_ptr<const KeyHandle> read_public_pem(std::string_view pem) {
  const auto refuse = [] {
    throw KeyError("the text is not one public key in PEM (-----BEGIN PUBLIC KEY-----)",
                   "le texte n’est pas une clé publique en PEM (-----BEGIN PUBLIC KEY-----)");
  };
  const Scope quiet;
  Block block;
  if (!read_only(pem, block) || std::string_view(block.name) != PEM_STRING_PUBLIC)
    refuse();
  const unsigned char *at = block.bytes;
  EVP_PKEY *key = d2i_PUBKEY(nullptr, &at, block.size);
  if (key == nullptr)
    refuse();
  auto handle = std::make_shared<const KeyHandle>(key);
  if (at != block.bytes + block.size)
    refuse();
  return handle;
}

std::shared_ptr<const KeyHandle> read_pem(std::string_view pem, std::string_view passphrase) {
  const Scope quiet;
  Block block;
  if (!read_only(pem, block))
    refuse_form();
  const std::string_view label = block.name;
  if (label != PEM_STRING_PKCS8 && label != PEM_STRING_PKCS8INF)
    refuse_form();
  const Info info = label == PEM_STRING_PKCS8 ? unsealed(block, passphrase) : plain(block, passphrase);
  EVP_PKEY *key = EVP_PKCS82PKEY(info.get());
  if (key == nullptr)
    throw KeyError("the private key is damaged, or of a kind that is not read",
                   "la clé privée est abîmée, ou d’une nature qui n’est pas lue");
  return std::make_shared<const KeyHandle>(key);
}

Secret write_pem(const KeyHandle &key) {
  const Memory memory = held(BIO_new(BIO_s_mem())); // wiped when it ends
  check(PEM_write_bio_PKCS8_PRIV_KEY_INFO(memory.get(), info_of(key).get()) == 1);
  return content(memory.get());
}

Secret write_pem(const KeyHandle &key, std::string_view passphrase, const Entropy &entropy) {
  if (passphrase.empty())
    throw KeyError("an empty passphrase protects nothing", "une phrase de passe vide ne protège rien");
  std::array<std::uint8_t, 16> salt{}, start{};
  entropy(salt);
  entropy(start);
  Algorithm algorithm(PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), rounds, salt.data(), static_cast<int>(salt.size()),
                                        start.data(), NID_hmacWithSHA256));
  check(algorithm != nullptr);
  const Sealed sealed(
      PKCS8_set0_pbe(passphrase.data(), static_cast<int>(passphrase.size()), info_of(key).get(), algorithm.get()));
  check(sealed != nullptr);
  (void)algorithm.release(); // the sealed key owns it
  const Memory memory = held(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_PKCS8(memory.get(), sealed.get()) == 1);
  return content(memory.get());
}

} // namespace spie::crypto
