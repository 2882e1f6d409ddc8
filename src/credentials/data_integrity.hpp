// Data-integrity proofs (VC Data Integrity 1.0, its EdDSA and ECDSA suites, Ed25519Signature2020): those of a document,
// the bytes that each covers, and a proof added to a document.
#pragma once

#include "credentials/jcs.hpp"
#include "credentials/jsonld/contexts.hpp"
#include "credentials/rdf/canonical.hpp"
#include "crypto/key.hpp"
#include "rules/json/reader.hpp"
#include "spie/diagnostic.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::credentials {

enum class Suite : std::uint8_t {
  eddsa_rdfc_2022,
  eddsa_2022, // the name of eddsa-rdfc-2022 before it was one
  ecdsa_rdfc_2019,
  eddsa_jcs_2022,
  ecdsa_jcs_2019,
  ecdsa_sd_2023, // derived proofs of it
  ed25519_signature_2020,
};
std::string_view name(Suite suite) noexcept; // "eddsa-rdfc-2022", "Ed25519Signature2020"
std::optional<Suite> suite_named(std::string_view text) noexcept;
bool fits(Suite suite, crypto::KeyKind kind) noexcept;

struct Proof {
  std::string where; // JSON pointer: "/proof", "/proof/1"
  std::string type, cryptosuite, id, verification_method, purpose;
  std::string created, expires; // as they are written; empty when they are not there
  std::optional<Suite> suite;
  std::string signature; // of proofValue
  bool chained = false;  // it rests on another (`previousProof`), which is refused whatever its suite
  // Why no signature can be looked at, each with its pointer: B001 for a rule of proofs that is broken, B003 for a
  // type or a suite that is not supported, B005 for a chain of proofs. None: the bytes it covers may be asked.
  std::vector<Diagnostic> faults;
};

struct Covered {
  std::string bytes;
  std::vector<Diagnostic> warnings; // B015
};

// A document and its proofs. What it reads outlives it no longer than it needs: it keeps its own copy.
class Secured {
public:
  // `work`: what is left of that of the whole badge; null: the document has its own.
  explicit Secured(json::Verbatim document, rdf::Work *work = nullptr);
  // A part of a document, such as an endorsement in a badge: its pointers begin with `pointer`.
  Secured(feel::Value part, Digits digits, std::string pointer);

  const feel::Value &value() const noexcept { return document_.value; }
  const std::vector<Proof> &proofs() const noexcept { return proofs_; }

  // The bytes that the signature of a proof without fault covers, under a key of that kind; of ecdsa-sd-2023 there are
  // several. Throws Error: B004 for a key that does not fit, and what jsonld::to_rdf and rdf::canonical throw.
  Covered covered(const Proof &proof, crypto::KeyKind kind, const jsonld::Contexts &contexts);
  bool holds(const Proof &proof, const crypto::PublicKey &key, const jsonld::Contexts &contexts);

private:
  void read_proofs();
  Proof read_proof(const feel::Value &value, std::string where) const;
  const feel::Value &options_of(const Proof &proof) const;
  void hold_to(const Proof &proof, crypto::KeyKind kind) const;
  // What RDFC-1.0 signs: the proof without its value, under the contexts of the document.
  feel::Value signed_options(const Proof &proof) const;
  bool holds_derived(const Proof &proof, const crypto::PublicKey &key, const jsonld::Contexts &contexts);
  rdf::Work &work() noexcept { return shared_ != nullptr ? *shared_ : own_; }
  feel::Value without_proofs(const Proof &proof) const;

  json::Verbatim document_;
  rdf::Work *shared_ = nullptr;
  rdf::Work own_;
  std::string pointer_;
  std::vector<Proof> proofs_;
  std::map<std::string, std::pair<std::string, std::vector<Diagnostic>>> hashes_; // of the document, by how
};

struct NewProof {
  Suite suite = Suite::eddsa_rdfc_2022; // or ecdsa_rdfc_2019, eddsa_jcs_2022: no other is issued
  std::string verification_method;      // "did:key:z6Mk…#z6Mk…"
  std::string created;                  // "2026-11-29T09:00:00Z"; empty: none
};

// The document with that proof beside those that it has, every other byte kept. Throws Error: B001 for a text or a
// number that is not signed alike by everyone, B004 for a key that does not fit, what reading and covering throw.
std::string add_proof(std::string_view text, const NewProof &wanted, const crypto::Signer &signer,
                      const jsonld::Contexts &contexts);

} // namespace spie::credentials
