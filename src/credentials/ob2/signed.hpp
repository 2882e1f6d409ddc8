// The signature of Open Badges 2.0: a JWS whose key stands in a document of the issuer, as PEM.
#pragma once

#include "crypto/key.hpp"

#include <string>
#include <string_view>

namespace spie::credentials::ob2 {

struct Signed {
  std::string signed_text, payload, signature;
};

// RS256 alone (Open Badges 2.0, "Signed badges"). Throws Refusal: B005 for what is no JWS, B003 for another algorithm.
Signed read_signed(std::string_view text);

// "-----BEGIN PUBLIC KEY-----": an RSA key in its SubjectPublicKeyInfo (RFC 5280, RFC 3279 §2.3.1). Throws Refusal
// B004, at `where`.
crypto::PublicKey read_rsa_pem(std::string_view pem, std::string_view where);

} // namespace spie::credentials::ob2
