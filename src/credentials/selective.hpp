// Derived proofs of ecdsa-sd-2023 (Data Integrity ECDSA Cryptosuites 1.0 §3.4): who holds a badge shows some of its
// statements. Each was signed apart, under a key made for that badge; the issuer signed that key, and the statements
// that always show. Verified, never issued.
#pragma once

#include "credentials/rdf/canonical.hpp"
#include "crypto/key.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace spie::credentials::selective {

struct Derived {
  std::string base_signature;                // the issuer's
  std::string key;                           // the bytes of the Multikey made for the badge
  std::vector<std::string> signatures;       // of each statement that may be hidden, in their order
  std::map<std::string, std::string> labels; // of blank nodes: "c14n0" -> "u3Lv2QpF…"
  std::set<std::uint64_t> mandatory;         // which statements always show
};

// Whether the bytes of a proofValue are those that the issuer gives to who holds the badge, and to nobody else.
bool is_base(std::string_view bytes) noexcept;

// Throws Error at `where`: B001 for bytes of another form, of which there is one spelling; B012 beyond 2,000
// signatures.
Derived read_derived(std::string_view bytes, const std::string &where);

// Throws B012 when no work is left, and KeyError for a key made for the badge that is none of P-256.
bool holds(const Derived &proof, const rdf::Dataset &document, std::string_view options_hash,
           const crypto::PublicKey &issuer, rdf::Work &work);

} // namespace spie::credentials::selective
