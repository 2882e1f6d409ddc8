// Badges in a JSON Web Signature: the compact form (RFC 7515), read strictly, and the VC-JWT of Open Badges 3.0
// (§8.2.4).
#pragma once

#include "credentials/did.hpp"
#include "credentials/finding.hpp"
#include "crypto/key.hpp"
#include "rules/json/reader.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::credentials {

struct Jws {
  crypto::KeyKind kind{}; // that `alg` asks for
  std::string kid;        // empty when there is none
  std::optional<crypto::PublicKey> jwk;
  std::string signed_text; // the two first parts, as they were written
  std::string payload;
  std::string signature;
};

// Three parts in canonical base64url, a header that has no member but `alg` (EdDSA, ES256, ES384, RS256), `kid`, `jwk`
// and `typ` ("JWT"), each once. The ends of line after it are left aside. Throws Refusal: B012 above 16 MiB, B003 for
// another algorithm, B004 for the key in the header, B005 for the rest; `where` points into the header.
Jws read_jws(std::string_view text);

// Header and payload signed by `signer`. `kid` empty: the header bears the key itself.
std::string write_jws(std::string_view payload, const crypto::Signer &signer, std::string_view kid);

// What a proof tells, by the check of the report that it belongs to.
struct ProofFindings {
  bool checked = false; // the signature was, and the issuer compared
  std::vector<Finding> proof, key, issuer;
  std::optional<IssuerProof> issuer_proof; // nothing while the proof was not checked, or did not hold
  std::optional<ResolvedKey> resolved;
};

// Whether the key that was resolved is the issuer's, as issuer_verdict tells. `issuer` empty: nobody is compared.
void compare_issuer(std::string_view issuer, const Documents &documents, ProofFindings &found);

// The signature of a JWS under the key that its header names or bears. `issuer` empty: nobody is compared. A key that
// is not at hand is a finding B010 of `key`, and nothing is checked.
ProofFindings verify_jws(const Jws &jws, std::string_view issuer, const Documents &documents);

// A credential out of a JWS, whose signature is still to verify.
struct VcJwt {
  Jws jws;
  json::Verbatim payload;
  json::Verbatim credential;            // the payload without its claims; of VC 1.1, its member `vc`
  bool legacy = false;                  // VC 1.1
  std::vector<std::string> beside = {}; // members beside `vc` that are neither claims nor members of a credential
};

// Throws Refusal as read_jws does; B005 for a payload that is no object, gives a member twice, or holds a member of a
// credential beside `vc`.
VcJwt read_vc_jwt(std::string_view text);

// verify_jws, and the claims: `iss`, `jti`, `nbf`, `sub`, `exp` say what the credential says. They are required, but
// `exp` without an end of validity, and `sub`, which published badges leave out: a warning. `iat`, where it stands, is
// not after `now`. `where` points into the payload.
ProofFindings verify(const VcJwt &jwt, const Documents &documents, feel::DaysDuration now);

struct IssuedJwt {
  std::string jws;
  std::vector<Finding> warnings;
};

// The credential (VC 2.0), its claims added to its own members, which stay byte for byte. The header names the key as
// `kid`; empty: the one key of an issuer that is a did:key or a did:jwk, otherwise the header bears the key. Throws
// Refusal: B001 for a credential that lacks what the claims are taken from, or has members of their names; B006 for a
// key that is not the issuer's; json errors.
IssuedJwt issue_vc_jwt(std::string_view text, const crypto::Signer &signer, std::string_view kid = {});

} // namespace spie::credentials
