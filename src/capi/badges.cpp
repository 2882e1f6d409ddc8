// Badges: keys, what signs and what verifies, images.
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "capi/verification.hpp"
#include "credentials/records.hpp"
#include "crypto/key.hpp"
#include "spie/credentials/badge.hpp"
#include "spie/credentials/endorsement.hpp"
#include "spie/credentials/image.hpp"
#include "spie/credentials/lot.hpp"

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

std::vector<std::string> texts_argument(const char *const *texts, std::size_t count, const char *name) {
  std::vector<std::string> read;
  if (count != 0)
    needed(texts, name);
  for (std::size_t i = 0; i < count; ++i)
    read.emplace_back(text_argument(texts[i], name));
  return read;
}

OptionsEmission emission(const char *const *proofs, std::size_t count, const char *at, const char *method) {
  OptionsEmission options;
  for (const std::string &one : texts_argument(proofs, count, "proofs"))
    options.preuves.push_back(read_preuve(one));
  options.instant = text_argument(at, "at");
  if (method != nullptr)
    options.methode = text_argument(method, "method");
  return options;
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

spie_status spie_key_elsewhere(spie_key **key, const char *public_key, size_t public_key_length, spie_sign sign,
                               void *context, spie_error *error) {
  return give_handle(key, error, [&] {
    if (sign == nullptr)
      refuse_argument("sign", "is NULL");
    credentials::Signataire by{std::string(document_argument(public_key, public_key_length, "public_key")),
                               [sign, context](std::string_view message) {
                                 const char *bytes = nullptr;
                                 std::size_t length = 0;
                                 if (sign(context, message.data(), message.size(), &bytes, &length) != 0)
                                   throw crypto::KeyError("what holds the key gave no signature",
                                                          "ce qui tient la clé n’a pas donné de signature");
                                 return std::string(bytes_argument(bytes, length, "sign"));
                               }};
    return std::make_unique<spie_key>(spie_key{credentials::Cle::ailleurs(std::move(by))});
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
    return feel::Value(
        record::to_context(credentials::emettre(document_argument(credential, credential_length, "credential"),
                                                needed(key, "key").key, emission(proofs, proof_count, at, method))));
  });
}

spie_status spie_trust_sign(char **jws, size_t *length, const char *list, size_t list_length, const spie_key *key,
                            const char *method, spie_error *error) {
  return give_text(jws, length, error, [&] {
    return credentials::signer_liste_confiance(document_argument(list, list_length, "list"), needed(key, "key").key,
                                               method == nullptr ? std::string_view()
                                                                 : text_argument(method, "method"));
  });
}

spie_status spie_badge_issue_all(char **json, size_t *length, const char *model, size_t model_length, const char *lines,
                                 size_t lines_length, const spie_key *key, const spie_batch_options *given,
                                 spie_error *error) {
  return give_text(json, length, error, [&] {
    needed(given, "options");
    check_options(given, sizeof(spie_batch_options), "options");
    credentials::OptionsLot options;
    options.emission = emission(given->proofs, given->proof_count, given->at, given->method);
    options.emission.registres = texts_argument(given->registers, given->register_count, "options.registers");
    options.fils = given->threads;
    if (given->progress != nullptr)
      options.avancement = [&](std::size_t done, std::size_t) {
        if (given->progress(given->context, static_cast<int64_t>(done)) != 0)
          refuse_argument("options.progress", "ended the batch");
      };
    feel::List made;
    for (const credentials::BadgeEmis &one : credentials::emettre_lot(
             document_argument(model, model_length, "model"),
             credentials::lire_lot(bytes_argument(lines, lines_length, "lines")), needed(key, "key").key, options))
      made.push_back(feel::Value(record::to_context(one)));
    return feel::Value(std::move(made));
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
    return credentials::incruster(bytes_argument(bytes, bytes_length, "bytes"),
                                  bytes_argument(badge, badge_length, "badge"), overwrite != 0);
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
                   [&] { return credentials::extraire(bytes_argument(bytes, bytes_length, "bytes")).badge; });
}

spie_status spie_badge_qr(char **json, size_t *length, const char *address, const char *id, const char *badge,
                          size_t badge_length, spie_error *error) {
  return give_text(json, length, error, [&] {
    const credentials::Qr code = credentials::code_qr(text_argument(address, "address"), text_argument(id, "id"),
                                                      bytes_argument(badge, badge_length, "badge"));
    return feel::Value(feel::Context{{"texte", code.texte}, {"cote", code.cote}, {"modules", code.modules}});
  });
}
