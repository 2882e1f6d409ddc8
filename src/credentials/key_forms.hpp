// Public keys as badges write them: Multikey (Controlled Identifiers 1.0 §2.2.2), JWK (RFC 7517, 7518, 8037), did:key,
// did:jwk. Whatever is read has one spelling; any other, and any private part, is refused by crypto::KeyError (B004).
#pragma once

#include "crypto/key.hpp"
#include "spie/feel/value.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace spie::credentials {

// "z6Mk…", "zDna…", "z82L…"; nothing for RSA, which Multikey has no form for.
std::optional<std::string> to_multikey(const crypto::PublicKey &key);
crypto::PublicKey read_multikey(std::string_view text);

// One line, its members in the order of RFC 7638, without blank.
std::string to_jwk(const crypto::PublicKey &key);
// An object that was read. `alg`, `use` and `key_ops` must allow signatures; other members are left alone.
crypto::PublicKey read_jwk(const feel::Value &value);
crypto::PublicKey read_jwk_text(std::string_view text);

// Whatever its form: JWK, an object that has one as `jwk`, PEM, Multikey, did:key.
crypto::PublicKey read_public_key(std::string_view text);

// did:key, or did:jwk for RSA: the DID that a key gives itself.
std::string to_did(const crypto::PublicKey &key);
std::optional<std::string> to_did_key(const crypto::PublicKey &key);
std::string to_did_jwk(const crypto::PublicKey &key);
// Without fragment.
crypto::PublicKey read_did_key(std::string_view did);
crypto::PublicKey read_did_jwk(std::string_view did);
// The address of the one key of a did:key ("did:key:z6Mk…#z6Mk…") or did:jwk ("…#0"); empty for another method.
std::string own_method(std::string_view did);

// "EdDSA", "ES256", "ES384", "RS256": what JOSE calls the signatures of that key.
std::string_view jose_name(crypto::KeyKind kind) noexcept;

} // namespace spie::credentials
