#include "credentials/key_forms.hpp"

#include "credentials/finding.hpp"
#include "credentials/multibase.hpp"
#include "rules/json/reader.hpp"
#include "spie/json.hpp"
#include "text/base64.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>

namespace spie::credentials {

namespace {

using crypto::KeyError;
using crypto::KeyKind;
using crypto::PublicKey;
using feel::Kind;

constexpr std::string_view did_key = "did:key:", did_jwk = "did:jwk:";
constexpr JsonLimits jwk_limits{8, std::size_t{16} * 1'024};

// The multicodec of each kind, as the varint that stands before its bytes.
struct Prefix {
  KeyKind kind;
  std::string_view bytes;
};
constexpr std::array prefixes{Prefix{KeyKind::ed25519, "\xed\x01"}, Prefix{KeyKind::p256, "\x80\x24"},
                              Prefix{KeyKind::p384, "\x81\x24"}};

[[noreturn]] void refuse(std::string english, std::string french) {
  throw KeyError(std::move(english), std::move(french));
}

const std::string &text_member(const feel::Context &jwk, std::string_view name) {
  const feel::Value *value = jwk.find(name);
  if (value == nullptr || !value->is(Kind::text))
    refuse("the JWK has no text " + quoted(name), "la clé JWK n’a pas de texte " + cite(name));
  return value->text();
}

std::string bytes_member(const feel::Context &jwk, std::string_view name) {
  auto bytes = from_base64url(text_member(jwk, name));
  if (!bytes)
    refuse(quoted(name) + " of the JWK is not in canonical base64url",
           cite(name) + " de la clé JWK n’est pas en base64url canonique");
  return *std::move(bytes);
}

std::string coordinate(const feel::Context &jwk, std::string_view name, std::size_t size) {
  std::string bytes = bytes_member(jwk, name);
  if (bytes.size() != size)
    refuse(quoted(name) + " of the JWK has not the length that its curve asks for",
           cite(name) + " de la clé JWK n’a pas la longueur que demande sa courbe");
  return bytes;
}

void check_use(const feel::Context &jwk, KeyKind kind) {
  if (const feel::Value *use = jwk.find("use"); use != nullptr && !(use->is(Kind::text) && use->text() == "sig"))
    refuse("the JWK is not for signatures ('use')", "la clé JWK ne sert pas à signer («\u202fuse\u202f»)");
  if (const feel::Value *operations = jwk.find("key_ops")) {
    const bool verifies = operations->is(Kind::list) &&
                          std::any_of(operations->list().begin(), operations->list().end(),
                                      [](auto &one) { return one.is(Kind::text) && one.text() == "verify"; });
    if (!verifies)
      refuse("the JWK is not for verifying ('key_ops')", "la clé JWK ne sert pas à vérifier («\u202fkey_ops\u202f»)");
  }
  const feel::Value *algorithm = jwk.find("alg");
  if (algorithm != nullptr &&
      !(algorithm->is(Kind::text) && (algorithm->text() == jose_name(kind) ||
                                      // RFC 9864 names the curve
                                      (kind == KeyKind::ed25519 && algorithm->text() == "Ed25519"))))
    refuse("'alg' of the JWK does not go with its kind", "«\u202falg\u202f» de la clé JWK ne va pas avec sa nature");
}

PublicKey key_of(const feel::Context &jwk) {
  const std::string &type = text_member(jwk, "kty");
  if (type == "OKP" && text_member(jwk, "crv") == "Ed25519")
    return PublicKey::from_raw(KeyKind::ed25519, coordinate(jwk, "x", 32));
  if (type == "EC")
    for (const KeyKind kind : {KeyKind::p256, KeyKind::p384})
      if (text_member(jwk, "crv") == crypto::name(kind)) {
        const std::size_t size = kind == KeyKind::p256 ? 32 : 48;
        const std::string x = coordinate(jwk, "x", size);
        return PublicKey::from_raw(kind, "\x04" + x + coordinate(jwk, "y", size));
      }
  if (type == "RSA")
    return PublicKey::from_rsa(bytes_member(jwk, "n"), bytes_member(jwk, "e"));
  refuse("the JWK is neither Ed25519, P-256, P-384 nor RSA", "la clé JWK n’est ni Ed25519, ni P-256, ni P-384, ni RSA");
}

feel::Value jwk_value(std::string_view text) {
  try {
    return json::read_verbatim(text, {}, jwk_limits).value;
  } catch (const Error &) { // whose message may quote what was meant to stay secret
    refuse("the JWK is not a JSON object, or gives a member twice",
           "la clé JWK n’est pas un objet JSON, ou donne deux fois un membre");
  }
}

} // namespace

std::string_view jose_name(KeyKind kind) noexcept {
  switch (kind) {
  case KeyKind::ed25519:
    return "EdDSA";
  case KeyKind::p256:
    return "ES256";
  case KeyKind::p384:
    return "ES384";
  case KeyKind::rsa:
    break;
  }
  return "RS256";
}

std::optional<std::string> to_multikey(const PublicKey &key) {
  for (const Prefix &prefix : prefixes)
    if (prefix.kind == key.kind())
      return to_multibase(std::string(prefix.bytes) + key.raw(), Multibase::base58btc);
  return std::nullopt;
}

PublicKey read_multikey(std::string_view text) {
  const auto bytes = text.starts_with('z') ? from_multibase(text) : std::nullopt;
  if (!bytes)
    refuse("the key is not written in base58btc, 'z' first",
           "la clé n’est pas écrite en base58btc, «\u202fz\u202f» en tête");
  for (const Prefix &prefix : prefixes) {
    if (!bytes->starts_with(prefix.bytes))
      continue;
    const std::string_view point = std::string_view(*bytes).substr(prefix.bytes.size());
    if (prefix.kind != KeyKind::ed25519 && point.size() > 49) // Multikey has the compressed point alone
      refuse("the point of the Multikey is not compressed", "le point de la clé Multikey n’est pas compressé");
    return PublicKey::from_raw(prefix.kind, point);
  }
  refuse("the prefix of the Multikey is that of no public key Ed25519, P-256 or P-384",
         "le préfixe de la clé Multikey n’est pas celui d’une clé publique Ed25519, P-256 ou P-384");
}

std::string to_jwk(const PublicKey &key) {
  const auto member = [](std::string_view name, std::string_view bytes) {
    return ",\"" + std::string(name) + "\":\"" + to_base64url(bytes) + '"';
  };
  switch (key.kind()) {
  case KeyKind::ed25519:
    return R"({"crv":"Ed25519","kty":"OKP")" + member("x", key.raw()) + '}';
  case KeyKind::p256:
  case KeyKind::p384:
    return R"({"crv":")" + std::string(crypto::name(key.kind())) + R"(","kty":"EC")" + member("x", key.first()) +
           member("y", key.second()) + '}';
  case KeyKind::rsa:
    break;
  }
  return R"({"e":")" + to_base64url(key.second()) + R"(","kty":"RSA")" + member("n", key.first()) + '}';
}

PublicKey read_jwk(const feel::Value &value) {
  if (!value.is(Kind::context))
    refuse("the JWK is no object", "la clé JWK n’est pas un objet");
  const feel::Context &jwk = value.context();
  for (const std::string_view secret : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
    if (jwk.find(secret) != nullptr)
      refuse("the JWK holds a private member, " + quoted(secret) + ": the key is no secret any more",
             "la clé JWK contient un membre privé, " + cite(secret) + "\u202f: la clé n’est plus secrète");
  PublicKey key = key_of(jwk);
  check_use(jwk, key.kind());
  return key;
}

PublicKey read_jwk_text(std::string_view text) { return read_jwk(jwk_value(text)); }

std::optional<std::string> to_did_key(const PublicKey &key) {
  auto multikey = to_multikey(key);
  return multikey ? std::optional(std::string(did_key) + *multikey) : std::nullopt;
}

std::string to_did_jwk(const PublicKey &key) { return std::string(did_jwk) + to_base64url(to_jwk(key)); }

std::string to_did(const PublicKey &key) { return to_did_key(key).value_or(to_did_jwk(key)); }

PublicKey read_did_key(std::string_view did) {
  if (!did.starts_with(did_key))
    refuse("the address is no did:key", "l’adresse n’est pas un did:key");
  return read_multikey(did.substr(did_key.size()));
}

PublicKey read_did_jwk(std::string_view did) {
  if (!did.starts_with(did_jwk))
    refuse("the address is no did:jwk", "l’adresse n’est pas un did:jwk");
  const auto text = from_base64url(did.substr(did_jwk.size()));
  if (!text)
    refuse("the did:jwk is not in canonical base64url", "le did:jwk n’est pas en base64url canonique");
  return read_jwk_text(*text);
}

std::string own_method(std::string_view did) {
  if (did.starts_with(did_key))
    return std::string(did) + '#' + std::string(did.substr(did_key.size()));
  return did.starts_with(did_jwk) ? std::string(did) + "#0" : std::string();
}

crypto::PublicKey read_public_key(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with("-----BEGIN"))
    return crypto::PublicKey::from_pem(text);
  if (!text.starts_with('{'))
    return text.starts_with("did:key:") ? read_did_key(text) : read_multikey(text);
  const feel::Value given = jwk_value(text);
  const feel::Value *inside = given.is(Kind::context) ? given.context().find("jwk") : nullptr;
  return read_jwk(inside == nullptr ? given : *inside);
}

} // namespace spie::credentials
