// Open Badges 2.0 as they are read: hosted JSON, a signed JWS, or a BadgeClass, an Issuer or a Profile alone. They are
// checked as JSON, by the rules of the specification (IMS Global, Open Badges v2.0, 2018), without RDF: the documents
// that they link to are handed over. None is issued here.
#pragma once

#include "credentials/did.hpp"
#include "credentials/finding.hpp"
#include "credentials/recipient.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::credentials {

struct Ob2 {
  std::string type; // "Assertion", "BadgeClass", "Issuer"…, or an address for a class of others
  bool is_assertion = false;
  std::string issuer;                // the id of its issuer, when a document gave it
  std::optional<Identity> recipient; // of an assertion: for recipient_of()
  // What was found, by the check that it belongs to; errors and warnings. B010 where only a document that was not
  // handed over could tell. Places are "/badge", and in a linked document "ADDRESS#/issuer".
  std::vector<Finding> structure, proof, key, issuer_findings, status, dates;
  // Of an assertion. Proved: a key that the issuer lists, or the very document at its address, which the issuer's
  // policy allows. Self-declared: hosted, and nobody handed over what stands at its address.
  std::optional<IssuerProof> issuer_proof;
  bool has_status = false; // it can be revoked: hosted, or the issuer has a list

  enum class Verdict { valid, invalid, not_verifiable };
  Verdict verdict() const noexcept;
  bool has_warnings() const noexcept;
};

// A JSON text or a compact JWS, as extract() gives them. Throws Refusal B005 for a JWS that cannot be read, Error J…
// for a text that is no JSON, B012 above a limit.
Ob2 read_ob2(std::string_view bytes, const Documents &documents, feel::DaysDuration at);

} // namespace spie::credentials
