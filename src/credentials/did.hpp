// From the address of a key to the key: did:key, did:jwk, did:web, documents of controllers at https addresses, keys
// that an address holds itself. Nothing is fetched: documents are handed over.
#pragma once

#include "credentials/finding.hpp"
#include "crypto/key.hpp"
#include "spie/feel/value.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace spie::credentials {

// Bytes by address, without fragment: those at hand, and for the others whatever the caller asks.
struct Documents {
  std::map<std::string, std::string, std::less<>> held;
  std::function<std::optional<std::string>(std::string_view address)> ask;
  std::optional<std::string> find(std::string_view address) const;
};

enum class KeySource : std::uint8_t {
  did,      // a DID lists the key under assertionMethod
  document, // a document at an http(s) address does
  address,  // the fragment of an http(s) address, or of a urn, is the key: nobody else says so
  key_file, // a JWK handed over for an http(s) address: nothing there says whose it is
  embedded, // the key stands in the signature's own header
};

struct ResolvedKey {
  crypto::PublicKey key;
  KeySource source{};
  std::string controller;             // the DID or the address that holds it; empty for an embedded key
  std::optional<std::string> expires; // xsd:dateTime, as the document says it: the key is not used from then on
  std::optional<std::string> revoked;
};

// The key at an address such as a `verificationMethod` or a `kid`. Throws Refusal: B010 for a document that was not
// handed over, B003 for another DID method, B004 for an address that leads to no key, a document that breaks its form,
// a key that assertionMethod does not list, B006 for a method whose controller is another than its document.
ResolvedKey resolve(std::string_view method, const Documents &documents);

// Whether both are DIDs that are a key, and the same one, in whatever form: did:key, did:jwk, the members of a JWK in
// another order.
bool same_key(const std::string &did, const std::string &other);

// What is wrong with a key at that instant: it has expired, or was revoked. A date that is none counts as passed.
std::optional<Finding> out_of_date(const ResolvedKey &key, feel::DaysDuration at);

// Where the document of a did:web stands: "https://example.com/.well-known/did.json". Nothing when it is none.
std::optional<std::string> did_web_address(std::string_view did);

enum class IssuerProof : std::uint8_t { proved, self_declared, discordant };

struct IssuerVerdict {
  IssuerProof proof{};
  std::optional<Finding> finding; // a warning when self-declared, an error when discordant
  // Of an embedded key that the issuer lists: until when it is used, as in ResolvedKey.
  std::optional<std::string> expires, revoked;
};

// Whether the key is the issuer's (decisions §11). Throws Refusal B010 when only a document that was not handed over
// could tell.
IssuerVerdict issuer_verdict(std::string_view issuer, const ResolvedKey &key, const Documents &documents);

} // namespace spie::credentials
