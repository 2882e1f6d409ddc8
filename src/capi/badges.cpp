// Badges: keys, what signs and what verifies, images.
#include "capi/badge_options.hpp"
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "credentials/carrier.hpp"
#include "credentials/carrier/qr.hpp"
#include "credentials/records.hpp"
#include "spie/credentials/badge.hpp"
#include "spie/credentials/endorsement.hpp"

namespace spie::capi {

namespace {

using namespace credentials;
using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs pairs_argument(const spie_file *files, std::size_t count, const char *name) {
  Pairs pairs;
  if (count == 0)
    return pairs;
  needed(files, name);
  for (std::size_t i = 0; i < count; ++i)
    pairs.emplace_back(text_argument(files[i].name, name), bytes_argument(files[i].bytes, files[i].length, name));
  return pairs;
}

} // namespace

OptionsVerification verification_argument(const spie_badge_options *given) {
  needed(given, "options");
  check_options(given, sizeof(spie_badge_options), "options");
  OptionsVerification options;
  options.au = text_argument(given->at, "options.at");
  options.documents = pairs_argument(given->documents, given->document_count, "options.documents");
  options.cles = pairs_argument(given->keys, given->key_count, "options.keys");
  options.confiance = bytes_argument(given->trust, given->trust_length, "options.trust");
  if (given->recipient != nullptr)
    options.destinataire = text_argument(given->recipient, "options.recipient");
  if (given->required_count != 0)
    needed(given->required, "options.required");
  for (std::size_t i = 0; i < given->required_count; ++i) {
    const auto nom = nom_of(text_argument(given->required[i], "options.required"));
    if (!nom)
      refuse_argument("options.required", "names no check");
    options.exiger.push_back(*nom);
  }
  if (given->fetch != nullptr)
    options.chercher = [fetch = given->fetch,
                        context = given->context](std::string_view address) -> std::optional<std::string> {
      const char *bytes = nullptr;
      std::size_t length = 0;
      if (fetch(context, std::string(address).c_str(), &bytes, &length) != 0)
        return std::nullopt;
      return std::string(bytes_argument(bytes, length, "options.fetch"));
    };
  return options;
}

namespace {

std::string_view phrase_argument(const char *phrase, std::size_t length) {
  return bytes_argument(phrase, length, "passphrase");
}

} // namespace

} // namespace spie::capi

using namespace spie;
using namespace spie::capi;

spie_status spie_key_generate(spie_key **key, const char *algorithm, spie_error *error) {
  return give_handle(key, error, [&] {
    return std::make_unique<spie_key>(spie_key{credentials::Cle::generer(text_argument(algorithm, "algorithm"))});
  });
}

spie_status spie_key_read(spie_key **key, const char *pem, size_t pem_length, const char *passphrase,
                          size_t passphrase_length, spie_error *error) {
  return give_handle(key, error, [&] {
    return std::make_unique<spie_key>(spie_key{credentials::Cle::lire(bytes_argument(pem, pem_length, "pem"),
                                                                      phrase_argument(passphrase, passphrase_length))});
  });
}

void spie_key_free(spie_key *key) { delete key; }

spie_status spie_key_public(char **json, size_t *length, const spie_key *key, spie_error *error) {
  return give_text(json, length, error,
                   [&] { return feel::Value(record::to_context(needed(key, "key").key.publiques())); });
}

spie_status spie_key_write(char **pem, size_t *length, const spie_key *key, const char *passphrase,
                           size_t passphrase_length, spie_error *error) {
  return give_text(pem, length, error,
                   [&] { return needed(key, "key").key.ecrire(phrase_argument(passphrase, passphrase_length)); });
}

spie_status spie_badge_issue(char **json, size_t *length, const char *credential, size_t credential_length,
                             const spie_key *key, const char *const *proofs, size_t proof_count, const char *at,
                             const char *method, spie_error *error) {
  return give_text(json, length, error, [&] {
    credentials::OptionsEmission options;
    if (proof_count != 0)
      needed(proofs, "proofs");
    for (std::size_t i = 0; i < proof_count; ++i)
      options.preuves.push_back(credentials::read_preuve(text_argument(proofs[i], "proofs")));
    options.instant = text_argument(at, "at");
    if (method != nullptr)
      options.methode = text_argument(method, "method");
    return feel::Value(record::to_context(credentials::emettre(
        document_argument(credential, credential_length, "credential"), needed(key, "key").key, options)));
  });
}

spie_status spie_badge_verify(char **json, size_t *length, const char *badge, size_t badge_length,
                              const spie_badge_options *options, spie_error *error) {
  return give_text(json, length, error, [&] {
    const credentials::Verificateur verifier(verification_argument(options));
    return feel::Value(record::to_context(verifier.verifier(bytes_argument(badge, badge_length, "badge"))));
  });
}

spie_status spie_badge_bake(char **image, size_t *length, const char *bytes, size_t bytes_length, const char *badge,
                            size_t badge_length, int32_t overwrite, spie_error *error) {
  return give_text(image, length, error, [&] {
    return credentials::bake(bytes_argument(bytes, bytes_length, "bytes"), bytes_argument(badge, badge_length, "badge"),
                             overwrite != 0);
  });
}

spie_status spie_badge_join(char **json, size_t *length, const char *credential, size_t credential_length,
                            const char *endorsement, size_t endorsement_length, spie_error *error) {
  return give_text(json, length, error, [&] {
    return credentials::joindre(document_argument(credential, credential_length, "credential"),
                                bytes_argument(endorsement, endorsement_length, "endorsement"));
  });
}

spie_status spie_badge_extract(char **badge, size_t *length, const char *bytes, size_t bytes_length,
                               spie_error *error) {
  return give_text(badge, length, error,
                   [&] { return credentials::extract(bytes_argument(bytes, bytes_length, "bytes")).bytes; });
}

spie_status spie_badge_qr(char **json, size_t *length, const char *address, const char *id, const char *badge,
                          size_t badge_length, spie_error *error) {
  return give_text(json, length, error, [&] {
    const std::string said = credentials::qr_text(text_argument(address, "address"), text_argument(id, "id"),
                                                  bytes_argument(badge, badge_length, "badge"));
    const credentials::QrMatrix matrix = credentials::qr_matrix(said);
    return feel::Value(feel::Context{{"texte", said}, {"cote", matrix.side}, {"modules", matrix.modules}});
  });
}
