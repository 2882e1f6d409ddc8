#include "credentials/data_integrity.hpp"

#include "credentials/hazards.hpp"
#include "credentials/jsonld/to_rdf.hpp"
#include "credentials/multibase.hpp"
#include "credentials/proof_text.hpp"
#include "credentials/rdf/canonical.hpp"
#include "credentials/selective.hpp"

#include <algorithm>
#include <array>

namespace spie::credentials {

namespace {

using crypto::KeyKind;
using feel::Context;
using feel::Kind;
using feel::Value;

constexpr std::size_t most_proofs = 32;

constexpr std::array<std::pair<std::string_view, Suite>, 7> suites{{
    {"eddsa-rdfc-2022", Suite::eddsa_rdfc_2022},
    {"eddsa-2022", Suite::eddsa_2022},
    {"ecdsa-rdfc-2019", Suite::ecdsa_rdfc_2019},
    {"eddsa-jcs-2022", Suite::eddsa_jcs_2022},
    {"ecdsa-jcs-2019", Suite::ecdsa_jcs_2019},
    {"ecdsa-sd-2023", Suite::ecdsa_sd_2023},
    {"Ed25519Signature2020", Suite::ed25519_signature_2020},
}};

bool is_jcs(Suite suite) noexcept { return suite == Suite::eddsa_jcs_2022 || suite == Suite::ecdsa_jcs_2019; }

[[noreturn]] void refuse(Code code, std::string message, std::string where) {
  throw Error({code, Level::error, std::move(message), std::move(where)});
}

std::string hashed(std::string_view bytes, KeyKind kind) {
  return std::string(kind == KeyKind::p384 ? crypto::view(crypto::sha384(bytes)) : crypto::view(crypto::sha256(bytes)));
}

Value without(const Context &object, std::string_view key) {
  std::vector<Context::Entry> entries;
  for (const auto &entry : object)
    if (entry.first != key)
      entries.push_back(entry);
  return Context::of_distinct(std::move(entries));
}

// `part` stands at the beginning of `whole`, each one value or a list.
bool begins_with(const Value &whole, const Value &part) {
  if (!part.is(Kind::list))
    return identical(whole.is(Kind::list) && !whole.list().empty() ? whole.list().front() : whole, part);
  const feel::List alone{whole};
  const feel::List &all = whole.is(Kind::list) ? whole.list() : alone;
  return part.list().size() <= all.size() && std::equal(part.list().begin(), part.list().end(), all.begin(),
                                                        [](const Value &a, const Value &b) { return identical(a, b); });
}

} // namespace

std::string_view name(Suite suite) noexcept {
  for (const auto &[text, known] : suites)
    if (known == suite)
      return text;
  return {};
}

std::optional<Suite> suite_named(std::string_view text) noexcept {
  for (const auto &[known, suite] : suites)
    if (known == text)
      return suite;
  return std::nullopt;
}

bool fits(Suite suite, KeyKind kind) noexcept {
  if (suite == Suite::ecdsa_sd_2023)
    return kind == KeyKind::p256;
  return suite == Suite::ecdsa_rdfc_2019 || suite == Suite::ecdsa_jcs_2019
             ? kind == KeyKind::p256 || kind == KeyKind::p384
             : kind == KeyKind::ed25519;
}

Secured::Secured(json::Verbatim document, rdf::Work *work) : document_(std::move(document)), shared_(work) {
  read_proofs();
}

Secured::Secured(Value part, Digits digits, std::string pointer)
    : document_{std::move(part), std::move(digits)}, pointer_(std::move(pointer)) {
  read_proofs();
}

void Secured::read_proofs() {
  if (!document_.value.is(Kind::context))
    refuse(Code::badge_structure, "a document that is signed is an object", pointer_);
  const Value *proof = document_.value.context().find("proof");
  if (proof == nullptr)
    return;
  if (!proof->is(Kind::list)) {
    proofs_.push_back(read_proof(*proof, pointer_ + "/proof"));
    return;
  }
  if (proof->list().size() > most_proofs)
    refuse(Code::badge_limit, "more proofs than " + std::to_string(most_proofs), pointer_ + "/proof");
  for (std::size_t i = 0; i < proof->list().size(); ++i)
    proofs_.push_back(read_proof(proof->list()[i], pointer_ + "/proof/" + std::to_string(i)));
}

Proof Secured::read_proof(const Value &value, std::string where) const {
  Proof proof;
  proof.where = std::move(where);
  const auto fault = [&](Code code, std::string message, std::string_view key = {}, std::string words = {}) {
    std::string at = proof.where;
    if (!key.empty())
      append_step(at, key);
    proof.faults.push_back({code, Level::error, std::move(message), std::move(at), {}, std::move(words)});
  };
  if (!value.is(Kind::context)) {
    fault(Code::badge_structure, "a proof is an object");
    return proof;
  }
  const Context &object = value.context();
  const auto text = [&](std::string_view key, bool required) {
    const Value *member = object.find(key);
    if (member == nullptr) {
      if (required)
        fault(Code::badge_structure, "a proof has a member " + std::string(key), key);
      return std::string();
    }
    if (!member->is(Kind::text) || member->text().empty()) {
      fault(Code::badge_structure, std::string(key) + " of a proof is a text", key);
      return std::string();
    }
    return member->text();
  };
  proof.type = text("type", true);
  if (proof.type == "DataIntegrityProof") {
    proof.cryptosuite = text("cryptosuite", true);
    proof.suite = suite_named(proof.cryptosuite);
    if (proof.suite == Suite::ed25519_signature_2020)
      proof.suite.reset();
    if (!proof.suite && !proof.cryptosuite.empty())
      fault(Code::badge_unsupported, "the suite " + proof.cryptosuite + " is not supported", "cryptosuite",
            proof.cryptosuite);
  } else if (proof.type == "Ed25519Signature2020") {
    proof.suite = Suite::ed25519_signature_2020;
  } else if (!proof.type.empty()) {
    fault(Code::badge_unsupported, "proofs of the type " + proof.type + " are not supported", "type", proof.type);
  }
  proof.id = text("id", false);
  proof.verification_method = text("verificationMethod", true);
  proof.purpose = text("proofPurpose", true);
  if (!proof.purpose.empty() && proof.purpose != "assertionMethod")
    fault(Code::badge_structure, "the purpose of the proof of a badge is assertionMethod, not " + proof.purpose,
          "proofPurpose");
  proof.created = text("created", false);
  proof.expires = text("expires", false);
  proof.chained = object.find("previousProof") != nullptr;
  if (proof.chained)
    fault(Code::badge_proof, "a chain of proofs ('previousProof') is refused", "previousProof", "previousProof");
  if (const Value *contexts = object.find("@context")) {
    const Value *own = document_.value.context().find("@context");
    if (own == nullptr || !begins_with(*own, *contexts))
      fault(Code::badge_structure, "the contexts of a proof are the first ones of the document", "@context");
  }
  if (!proof.suite) // another suite writes its signature otherwise
    return proof;
  const std::string written = text("proofValue", true);
  if (!written.empty()) {
    const bool selective = proof.suite == Suite::ecdsa_sd_2023;
    const auto bytes = written.front() == (selective ? 'u' : 'z') ? from_multibase(written) : std::nullopt;
    if (bytes)
      proof.signature = *bytes;
    else
      fault(Code::badge_structure,
            selective ? "proofValue is a multibase text in base64url" : "proofValue is a multibase text in base58btc",
            "proofValue");
    if (selective && selective::is_base(proof.signature))
      fault(Code::badge_unsupported,
            "a base proof of ecdsa-sd-2023 is for who holds the badge; what is derived from it is verified",
            "proofValue", "ecdsa-sd-2023 (preuve de base)");
  }
  return proof;
}

const Value &Secured::options_of(const Proof &proof) const {
  const Value &held = *document_.value.context().find("proof");
  if (!held.is(Kind::list))
    return held;
  return held.list().at(static_cast<std::size_t>(std::stoul(proof.where.substr(proof.where.rfind('/') + 1))));
}

void Secured::hold_to(const Proof &proof, KeyKind kind) const {
  if (!proof.faults.empty())
    throw Error(proof.faults);
  if (!fits(*proof.suite, kind))
    refuse(Code::badge_key,
           "a key " + std::string(crypto::name(kind)) + " does not fit the suite " + std::string(name(*proof.suite)),
           proof.where);
}

Value Secured::signed_options(const Proof &proof) const {
  const Value *own_contexts = document_.value.context().find("@context");
  if (own_contexts == nullptr)
    refuse(Code::badge_structure, "a document without @context says nothing that this suite signs", pointer_);
  Context options = without(options_of(proof).context(), "proofValue").context();
  options.set("@context", *own_contexts);
  return options;
}

Covered Secured::covered(const Proof &proof, KeyKind kind, const jsonld::Contexts &contexts) {
  hold_to(proof, kind);
  if (proof.suite == Suite::ecdsa_sd_2023)
    refuse(Code::badge_unsupported, "the suite ecdsa-sd-2023 has no one signature", proof.where);
  const Context &document = document_.value.context();
  const std::string hash_name = kind == KeyKind::p384 ? "384" : "256";

  if (is_jcs(*proof.suite)) {
    const Context options = without(options_of(proof).context(), "proofValue").context();
    const Value *proof_contexts = options.find("@context");
    // The document is signed under the contexts that its proof names.
    Context unsigned_document = without(document, "proof").context();
    if (proof_contexts != nullptr)
      unsigned_document.set("@context", *proof_contexts);
    auto &[hash, none] =
        hashes_["jcs" + hash_name + (proof_contexts != nullptr ? canonical_json(*proof_contexts) : std::string())];
    if (hash.empty())
      hash = hashed(canonical_json(unsigned_document, &document_.digits, pointer_), kind);
    return {hashed(canonical_json(options, &document_.digits, proof.where), kind) + hash, {}};
  }

  const Value options = signed_options(proof);
  const rdf::Hash algorithm = kind == KeyKind::p384 ? rdf::Hash::sha384 : rdf::Hash::sha256;
  const auto canonical = [&](const Value &value, const std::string &pointer) {
    jsonld::Statements statements = jsonld::to_rdf({value, &document_.digits, pointer}, contexts);
    return std::pair(hashed(rdf::canonical(statements.dataset, algorithm, work()).nquads, kind),
                     std::move(statements.warnings));
  };
  auto &[hash, warnings] = hashes_["rdfc" + hash_name];
  if (hash.empty())
    std::tie(hash, warnings) = canonical(without(document, "proof"), pointer_);
  return {canonical(options, proof.where).first + hash, warnings};
}

bool Secured::holds_derived(const Proof &proof, const crypto::PublicKey &key, const jsonld::Contexts &contexts) {
  hold_to(proof, key.kind());
  const auto statements = [&](const Value &value, const std::string &pointer) {
    return jsonld::to_rdf({value, &document_.digits, pointer}, contexts).dataset;
  };
  const selective::Derived derived = selective::read_derived(proof.signature, proof.where + "/proofValue");
  const std::string options =
      rdf::canonical(statements(signed_options(proof), proof.where), rdf::Hash::sha256, work()).nquads;
  return selective::holds(derived, statements(without(document_.value.context(), "proof"), pointer_),
                          crypto::view(crypto::sha256(options)), key, work());
}

bool Secured::holds(const Proof &proof, const crypto::PublicKey &key, const jsonld::Contexts &contexts) {
  if (proof.suite == Suite::ecdsa_sd_2023)
    return holds_derived(proof, key, contexts);
  return key.verify(covered(proof, key.kind(), contexts).bytes, proof.signature);
}

std::string add_proof(std::string_view text, const NewProof &wanted, const crypto::Signer &signer,
                      const jsonld::Contexts &contexts) {
  if (wanted.suite != Suite::eddsa_rdfc_2022 && wanted.suite != Suite::ecdsa_rdfc_2019 &&
      wanted.suite != Suite::eddsa_jcs_2022)
    refuse(Code::badge_unsupported, "the suite " + std::string(name(wanted.suite)) + " is verified, and not issued",
           {});
  const json::Verbatim document = json::read_verbatim(text);
  std::vector<Diagnostic> found = hazards(document);
  for (Diagnostic &hazard : found) {
    hazard.code = Code::badge_structure;
    hazard.level = Level::error;
  }
  if (!found.empty())
    throw Error(std::move(found));

  Context proof{{"type", "DataIntegrityProof"}, {"cryptosuite", name(wanted.suite)}};
  if (!wanted.created.empty())
    proof.set("created", wanted.created);
  proof.set("verificationMethod", wanted.verification_method);
  proof.set("proofPurpose", "assertionMethod");
  if (is_jcs(wanted.suite) && document.value.is(Kind::context))
    if (const Value *own = document.value.context().find("@context"))
      proof.set("@context", *own);
  // Signed as it is read back: what is checked is what stands in the text.
  const auto with_value = [&](std::string_view bytes) {
    proof.set("proofValue", to_multibase(bytes, Multibase::base58btc));
    return with_proof(text, canonical_json(proof));
  };
  if (!document.value.is(Kind::context))
    refuse(Code::badge_structure, "a document that is signed is an object", {});
  Secured secured(json::read_verbatim(with_value("unsigned")));
  const Covered covered = secured.covered(secured.proofs().back(), signer.key.kind(), contexts);
  return with_value(signer(covered.bytes));
}

} // namespace spie::credentials
