#include "spie/credentials/key.hpp"

#include "credentials/key_forms.hpp"
#include "crypto/digest.hpp"
#include "crypto/key.hpp"
#include "spie/diagnostic.hpp"
#include "spie/json.hpp"

#include <array>
#include <utility>

namespace spie::credentials {

namespace {

constexpr std::array<std::pair<std::string_view, crypto::KeyKind>, 4> algorithms{{
    {"ed25519", crypto::KeyKind::ed25519},
    {"p256", crypto::KeyKind::p256},
    {"p384", crypto::KeyKind::p384},
    {"rsa", crypto::KeyKind::rsa},
}};

} // namespace

Cle::Cle(crypto::PrivateKey secret)
    : secret_(std::make_shared<const crypto::PrivateKey>(std::move(secret))),
      signer_(std::make_shared<const crypto::Signer>(*secret_)) {}
Cle::Cle(crypto::Signer signer) : signer_(std::make_shared<const crypto::Signer>(std::move(signer))) {}

Cle Cle::generer(std::string_view algorithme, const std::function<void(std::span<std::uint8_t>)> &entropy) {
  for (const auto &[name, kind] : algorithms)
    if (name == algorithme)
      return Cle(crypto::PrivateKey::generate(kind, entropy ? entropy : crypto::system_entropy));
  throw Error(Diagnostic{Code::api_argument, Level::error,
                         "There is no algorithm '" + std::string(algorithme) + "': ed25519, p256, p384 or rsa.",
                         "algorithme"});
}

Cle Cle::lire(std::string_view pem, std::string_view phrase) { return Cle(crypto::PrivateKey::from_pem(pem, phrase)); }

Cle Cle::ailleurs(Signataire signataire) {
  crypto::PublicKey key = read_public_key(signataire.publique);
  return Cle(crypto::Signer(std::move(key), std::move(signataire.signer)));
}

const crypto::PrivateKey &Cle::secret() const {
  if (secret_ == nullptr)
    throw crypto::KeyError("the secret of that key stands elsewhere", "le secret de cette clé est ailleurs");
  return *secret_;
}

std::string Cle::ecrire(std::string_view phrase) const {
  const crypto::Secret pem = phrase.empty() ? secret().to_pem() : secret().to_pem(phrase, crypto::system_entropy);
  return std::string(pem.view());
}

PartiesPubliques Cle::publiques() const {
  const crypto::PublicKey &key = signer_->key;
  return {to_did(key), to_multikey(key), read_json(to_jwk(key))};
}

} // namespace spie::credentials
