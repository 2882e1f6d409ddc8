// Whom a badge was given to, where it says so by something that people know them by: an e-mail address, in clear or as
// a salted hash (IdentityObject of Open Badges 3.0, IdentityHash of Open Badges 2.0).
#pragma once

#include "spie/feel/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spie::credentials {

enum class IdentityHash { sha256, md5 }; // md5: old badges alone, never for a new one

// "sha256$" or "md5$" and the hash of the identifier with the salt after it, in lower case.
std::string identity_hash(std::string_view identifier, std::string_view salt,
                          IdentityHash algorithm = IdentityHash::sha256);

struct Identity {
  std::string type; // "emailAddress"; "email" in Open Badges 2.0
  bool hashed = false;
  std::string identity; // the identifier, or its hash
  std::string salt{};
};

// An address is compared as it was given, and in lower case: no specification folds it. A hash may be in either case.
bool is_same(const Identity &identity, std::string_view identifier);

// `credentialSubject.identifier`, one or a list. Throws Refusal with the pointer: B001 for what breaks a rule.
std::vector<Identity> read_identities(const feel::Value &identifier,
                                      std::string_view where = "/credentialSubject/identifier");

// A recipient as a new badge names it: of an e-mail address, its hash in lower case, with the salt.
feel::Value identity_of(std::string_view email, std::string_view salt);

enum class Recipient {
  same,   // one of the identifiers is hers
  other,  // there are some of that type, and none is
  unnamed // the badge names nobody that way
};
Recipient recipient_of(const std::vector<Identity> &identities, std::string_view email);

} // namespace spie::credentials
