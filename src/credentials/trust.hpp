// The issuers that a consortium recognises, in a list that is itself signed:
// {"emetteurs": [{"id", "nom", "etat": "reconnu" or "suspendu", "du", "au"}]}, the two days included, `au` left out
// while nothing ends it.
#pragma once

#include "credentials/did.hpp"
#include "crypto/key.hpp"
#include "spie/feel/value.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::credentials {

enum class TrustState : std::uint8_t { recognised, suspended, unknown };

struct TrustedIssuer {
  std::string nom;
  TrustState state{}; // never unknown
  feel::Date du;
  std::optional<feel::Date> au;
};

struct TrustList {
  std::multimap<std::string, TrustedIssuer, std::less<>> issuers; // by id: one may have several periods
  std::string signer; // the DID or the address whose key signed; of a key that the list bears itself, its own DID

  // At that day; suspended when two periods differ. The entry is null when nothing says anything.
  struct State {
    TrustState state = TrustState::unknown;
    const TrustedIssuer *entry = nullptr;
  };
  State state(std::string_view issuer, feel::Date day) const;
};

// A list signed as a compact JWS, whose payload it is, with `iss` and `iat` beside when they are there. `signer`: who
// must have signed; empty leaves it to the caller to look. Throws Refusal: B001 for another form, B005 for a signature
// that does not hold, B006 for another signer than the one awaited or than `iss`, and what verify_jws says of the key.
// A key out of date at `at` is refused with B004; the `iss` of a list that has one must be proved by its key (B006).
TrustList read_trust_list(std::string_view text, const Documents &documents, std::string_view signer = {},
                          std::optional<feel::DaysDuration> at = {});

// The issuers of a list, whose proof (`proof`), when it bears one, is verified by others; no signer is told. Throws
// Refusal B001 for another form.
TrustList trust_list_of(const feel::Value &list);

// The list signed by its keeper, named in `iss`, which the list may say already. `kid` as for issue_vc_jwt. Throws
// Refusal B001 for another form.
std::string sign_trust_list(std::string_view text, const crypto::Signer &signer, std::string_view kid = {});

} // namespace spie::credentials
