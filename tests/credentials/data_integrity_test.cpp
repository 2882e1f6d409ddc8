#include "tests/credentials/vectors.hpp"

#include "credentials/data_integrity.hpp"
#include "credentials/jsonld/to_rdf.hpp"
#include "credentials/key_forms.hpp"
#include "credentials/multibase.hpp"
#include "credentials/rdf/canonical.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

using namespace spie;
using namespace spie::credentials;
using spie::credentials::tests::bytes_of;

namespace {

// The context of the examples of the W3C, which the pinned ones do not hold.
const jsonld::Contexts &with_examples() {
  static const jsonld::Contexts contexts =
      jsonld::Contexts::with({{"https://www.w3.org/ns/credentials/examples/v2",
                               R"({"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}})"}});
  return contexts;
}

Secured read(const std::filesystem::path &file) { return Secured(json::read_verbatim(bytes_of(file))); }

crypto::PublicKey key_of(const Proof &proof) {
  const std::string &method = proof.verification_method; // a bare did:key, or one with its fragment
  return read_multikey(method.substr(method.find_last_of("#:") + 1));
}

std::string trimmed(std::string text) {
  text.erase(text.find_last_not_of(" \r\n") + 1);
  return text;
}

std::filesystem::path beginning(const std::filesystem::path &folder, const std::string &prefix) {
  for (const auto &file : std::filesystem::directory_iterator(folder))
    if (file.path().filename().string().starts_with(prefix))
      return file.path();
  return {};
}

std::string codes_of(const std::vector<Diagnostic> &found) {
  std::string all;
  for (const Diagnostic &one : found)
    all += std::string(text(one.code)) + ' ' + one.where + '\n';
  return all;
}

std::string badge() { return bytes_of(std::filesystem::path(SPIE_SOURCE_DIR) / "tests/credentials/badge.json"); }

const crypto::PrivateKey &secret(crypto::KeyKind kind) {
  static std::map<crypto::KeyKind, crypto::PrivateKey> keys;
  auto found = keys.find(kind);
  if (found == keys.end())
    found = keys.emplace(kind, crypto::PrivateKey::generate(kind, crypto::system_entropy)).first;
  return found->second;
}

std::string signed_badge(Suite suite, crypto::KeyKind kind, const std::string &text) {
  const crypto::PrivateKey &key = secret(kind);
  const std::string did = to_did(key.public_key());
  return add_proof(text, {suite, own_method(did), "2026-11-29T09:00:00Z"}, key, jsonld::Contexts::pinned());
}

std::string refusal(const std::string &text) {
  try {
    signed_badge(Suite::eddsa_rdfc_2022, crypto::KeyKind::ed25519, text);
  } catch (const Error &error) {
    return std::string(spie::text(error.first().code)) + ' ' + error.first().where;
  }
  return {};
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

} // namespace

TEST_CASE("the signing vectors of the W3C are covered and verified byte for byte", "[credentials][proof]") {
  if (!tests::has_vectors("signing-vectors"))
    return;
  const auto root = tests::vectors("signing-vectors");
  int count = 0;
  for (const char *folder : {"w3c-eddsa/eddsa-rdfc-2022", "w3c-eddsa/eddsa-jcs-2022", "w3c-eddsa/Ed25519Signature2020",
                             "w3c-ecdsa/ecdsa-rdfc-2019-p256", "w3c-ecdsa/ecdsa-rdfc-2019-p384",
                             "w3c-ecdsa/ecdsa-jcs-2019-p256", "w3c-ecdsa/ecdsa-jcs-2019-p384"}) {
    CAPTURE(folder);
    Secured document = read(beginning(root / folder, "signed"));
    REQUIRE(document.proofs().size() == 1);
    const Proof &proof = document.proofs().front();
    REQUIRE(codes_of(proof.faults).empty());
    const crypto::PublicKey key = key_of(proof);
    const Covered covered = document.covered(proof, key.kind(), with_examples());
    const std::string bytes = covered.bytes;
    CHECK(crypto::hex({reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size()}) ==
          trimmed(bytes_of(beginning(root / folder, "combinedHash"))));
    CHECK(key.verify(bytes, proof.signature));
    ++count;
  }
  CHECK(count == 7);
}

// Their contexts are not here; their canonical documents are.
TEST_CASE("the vectors of the employment card hold from their canonical documents", "[credentials][proof]") {
  if (!tests::has_vectors("signing-vectors"))
    return;
  const auto root = tests::vectors("signing-vectors");
  for (const char *folder : {"w3c-eddsa/eddsa-rdfc-2022/employ", "w3c-ecdsa/ecdsa-rdfc-2019-p256/employ",
                             "w3c-ecdsa/ecdsa-rdfc-2019-p384/employ"}) {
    CAPTURE(folder);
    const Secured document = read(beginning(root / folder, "signed"));
    const Proof &proof = document.proofs().front();
    const crypto::PublicKey key = key_of(proof);
    std::string bytes;
    for (const char *part : {"proofCanon", "canonDoc"}) {
      const std::string nquads = bytes_of(beginning(root / folder, part));
      const rdf::Hash hash = key.kind() == crypto::KeyKind::p384 ? rdf::Hash::sha384 : rdf::Hash::sha256;
      CHECK(rdf::canonical(rdf::read_nquads(nquads), hash).nquads == nquads);
      bytes += hash == rdf::Hash::sha384 ? std::string(crypto::view(crypto::sha384(nquads)))
                                         : std::string(crypto::view(crypto::sha256(nquads)));
    }
    CHECK(crypto::hex({reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size()}) ==
          trimmed(bytes_of(beginning(root / folder, "combinedHash"))));
    CHECK(key.verify(bytes, proof.signature));
  }
}

TEST_CASE("a set of proofs is verified, a chain is refused by its name", "[credentials][proof]") {
  if (!tests::has_vectors("signing-vectors"))
    return;
  const auto folder = tests::vectors("signing-vectors") / "w3c-eddsa/proof-set-chain";
  Secured set = read(folder / "signedProofSet2.json");
  CHECK(set.proofs().size() == 2);
  for (const Proof &proof : set.proofs())
    CHECK(set.holds(proof, key_of(proof), with_examples()));
  Secured chain = read(folder / "signedProofChain2.json");
  CHECK(codes_of(chain.proofs().back().faults) ==
        "B005 /proof/" + std::to_string(chain.proofs().size() - 1) + "/previousProof\n");
  CHECK_THROWS_AS(chain.covered(chain.proofs().back(), crypto::KeyKind::ed25519, with_examples()), Error);
}

TEST_CASE("the vectors of 1EdTech are canonical", "[credentials][proof]") {
  if (!tests::has_vectors("signing-vectors"))
    return;
  for (const char *folder : {"obv3p0", "clrv2p0"})
    for (const char *file : {"document-canon.txt", "proof-canon.txt"}) {
      CAPTURE(folder, file);
      std::string nquads = bytes_of(tests::vectors("signing-vectors") / "1edtech" / folder / file);
      if (!nquads.ends_with('\n'))
        nquads += '\n';
      CHECK(rdf::canonical(rdf::read_nquads(nquads)).nquads == nquads);
    }
}

// The verdicts that Digital Bazaar and PyLD give alike on the samples of 1EdTech: of those whose proof names its key,
// which hold.
TEST_CASE("the samples of 1EdTech hold, and those that were altered do not", "[credentials][proof]") {
  if (!tests::has_vectors("ob30"))
    return;
  std::set<std::string> holding;
  std::set<std::string> altered;
  for (const char *folder : {"ob30", "clr20"})
    for (const auto &file : std::filesystem::directory_iterator(tests::vectors(folder))) {
      const std::string name = file.path().filename().string();
      if (!name.ends_with(".json") && !name.ends_with(".1ob"))
        continue;
      std::string outcome = "no proof";
      try {
        Secured document = read(file.path());
        for (const Proof &proof : document.proofs()) {
          outcome = "faults " + codes_of(proof.faults);
          if (!proof.faults.empty())
            continue;
          outcome = document.holds(proof, key_of(proof), jsonld::Contexts::pinned()) ? "holds" : "altered";
        }
      } catch (const Error &error) {
        outcome = error.what();
      }
      if (outcome == "holds")
        holding.insert(folder + ("/" + name));
      if (outcome == "altered")
        altered.insert(folder + ("/" + name));
    }
  CHECK(altered == std::set<std::string>{"ob30/simple-err-proof-method-unknown-did-method.json",
                                         "ob30/simple-err-proof-method-unknown-scheme.json"});
  CHECK(holding == std::set<std::string>{"clr20/complex.json", "clr20/simple.json", "clr20/simple_v1.json",
                                         "ob30/endorsement-valid.json", "ob30/simple-context-version.json",
                                         "ob30/simple-did-key-method.json", "ob30/simple-eddsa-2022.json",
                                         "ob30/simple-err-expired.json", "ob30/simple-err-issued.json",
                                         "ob30/simple-multiple-proofs.json", "ob30/simple.1ob", "ob30/simple.json"});
}

TEST_CASE("a proof is added and nothing else moves", "[credentials][proof]") {
  const std::string text = badge();
  for (const auto &[suite, kind] : {std::pair{Suite::eddsa_rdfc_2022, crypto::KeyKind::ed25519},
                                    {Suite::ecdsa_rdfc_2019, crypto::KeyKind::p256},
                                    {Suite::ecdsa_rdfc_2019, crypto::KeyKind::p384},
                                    {Suite::eddsa_jcs_2022, crypto::KeyKind::ed25519}}) {
    CAPTURE(std::string(name(suite)));
    const std::string once = signed_badge(suite, kind, text);
    const std::size_t at = once.find(",\"proof\":{");
    REQUIRE(at != std::string::npos);
    const std::size_t end = once.find('}', at) + 1;
    CHECK(once.substr(0, at) + once.substr(end) == text);
    const std::string twice = signed_badge(Suite::eddsa_jcs_2022, crypto::KeyKind::ed25519, once);
    const std::string thrice = signed_badge(Suite::eddsa_rdfc_2022, crypto::KeyKind::ed25519, twice);
    Secured document(json::read_verbatim(thrice));
    REQUIRE(document.proofs().size() == 3);
    for (const Proof &proof : document.proofs())
      CHECK(document.holds(proof, key_of(proof), jsonld::Contexts::pinned()));
  }
  CHECK_THROWS_AS(signed_badge(Suite::eddsa_rdfc_2022, crypto::KeyKind::p256, text), Error);
  CHECK_THROWS_AS(signed_badge(Suite::eddsa_2022, crypto::KeyKind::ed25519, text), Error);
}

TEST_CASE("a proof joins what stands in the text, however it is laid out", "[credentials][proof]") {
  const std::string text = badge();
  const std::string once = signed_badge(Suite::eddsa_jcs_2022, crypto::KeyKind::ed25519, text);
  // A list of one proof, spread over lines, its key escaped.
  std::string listed = replaced(once, "\"proof\":{", "\"pr\\u006fof\" : [ {");
  listed.replace(listed.rfind('}'), 1, "\n ]\n}");
  const std::string twice = signed_badge(Suite::eddsa_rdfc_2022, crypto::KeyKind::ed25519, listed);
  Secured document(json::read_verbatim(twice));
  REQUIRE(document.proofs().size() == 2);
  for (const Proof &proof : document.proofs())
    CHECK(document.holds(proof, key_of(proof), jsonld::Contexts::pinned()));
  const std::string empty = replaced(text, "  \"id\": \"urn:uuid:5b", "  \"proof\": [ ],\n  \"id\": \"urn:uuid:5b");
  Secured alone(json::read_verbatim(signed_badge(Suite::eddsa_jcs_2022, crypto::KeyKind::ed25519, empty)));
  REQUIRE(alone.proofs().size() == 1);
  CHECK(alone.holds(alone.proofs()[0], key_of(alone.proofs()[0]), jsonld::Contexts::pinned()));
}

TEST_CASE("what hides from a reader of terms is refused with its place", "[credentials][jsonld]") {
  const std::string text = badge();
  CHECK(refusal(text).empty());
  CHECK(refusal(replaced(text, "\"validUntil\"", "\"https://www.w3.org/2018/credentials#validUntil\"")) ==
        "B002 /https:~1~1www.w3.org~12018~1credentials#validUntil");
  CHECK(refusal(replaced(text, "\"credentialStatus\"", "\"https://www.w3.org/2018/credentials#credentialStatus\"")) ==
        "B002 /https:~1~1www.w3.org~12018~1credentials#credentialStatus");
  CHECK(refusal(replaced(text, "\"VerifiableCredential\"",
                         "\"https://www.w3.org/2018/credentials#VerifiableCredential\"")) != "");
  CHECK(refusal(replaced(text, "\"id\": \"urn:uuid:0c", "\"@id\": \"urn:uuid:0c")) == "B002 /credentialSubject/@id");
  CHECK(refusal(replaced(text, "\"type\": [\"AchievementSubject\"]", "\"@type\": [\"AchievementSubject\"]")) ==
        "B002 /credentialSubject/@type");
}

TEST_CASE("what no context defines is refused with its place", "[credentials][jsonld]") {
  const std::string text = badge();
  CHECK(refusal(replaced(text, "\"targetCode\"", "\"codeCible\"")) ==
        "B002 /credentialSubject/achievement/alignment/0/codeCible");
  CHECK(refusal(replaced(text, "[\"Alignment\"]", "[\"Alignement\"]")) ==
        "B002 /credentialSubject/achievement/alignment/0/type/0");
  CHECK(refusal(replaced(text, "\"urn:uuid:0c9f", "\"0c9f")) == "B002 /credentialSubject/id");
  CHECK(refusal(replaced(text, "\"urn:uuid:0c9f", "\"urn:uuid:0c9f a")) == "B002 /credentialSubject/id");
  CHECK(refusal(replaced(text, "\"urn:uuid:0c9f", "\"urn:x> <urn:y")) == "B002 /credentialSubject/id");
  CHECK(refusal(replaced(text, "[\"Evidence\"]", "[]")) == "B001 /evidence/0/type");
  CHECK(refusal(replaced(text, "\"Étagère en hêtre\"", "null")) == "B001 /evidence/0/name");
  CHECK(refusal(replaced(text, "\"Étagère en hêtre\"", "[]")) == "B001 /evidence/0/name");
  CHECK(refusal(replaced(text, "extensions.json\"", "extensions-2.json\"")) == "B002 /@context/2");
  CHECK(refusal(replaced(text, "\"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json\"",
                         "{\"validUntil\": null}")) == "B003 /@context/2");
  CHECK(refusal(replaced(text, "\"type\": [\"Evidence\"]",
                         "\"@context\": {\"a\": \"urn:a\"}, \"type\": [\"Evidence\"]")) == "B003 /evidence/0/@context");
  CHECK(refusal(replaced(text, "\"name\": \"Étagère", "\"@reverse\": {}, \"name\": \"Étagère")) ==
        "B003 /evidence/0/@reverse");
  CHECK(refusal(replaced(text, "\"Étagère en hêtre\"", "{\"@value\": \"Étagère\"}")) == "B003 /evidence/0/name/@value");
  CHECK(refusal(replaced(text, "\"Étagère en hêtre\"", "{\"@list\": [\"Étagère\"]}")) == "B003 /evidence/0/name/@list");
  CHECK(refusal(replaced(text, "\"Étagère en hêtre\"", "{\"@value\": \"Étagère\", \"@language\": \"fr\"}")).empty());
  CHECK(refusal(replaced(text, "{ \"narrative\"", "{ \"@graph\": [], \"narrative\"")) ==
        "B003 /credentialSubject/achievement/criteria/@graph");
}

TEST_CASE("numbers and texts that are not signed alike by everyone are refused when issuing", "[credentials][proof]") {
  const std::string text = badge();
  for (const char *number : {"1e-7", "5e-324", "9007199254740993", "1e20", "0.30000000000000004", "-0",
                             "1.00000000000000000001", "1e-400"}) {
    CAPTURE(number);
    CHECK(refusal(replaced(text, "1.50", number)) == "B001 /credentialSubject/creditsEarned");
  }
  for (const char *number : {"0", "1", "1.5", "-2.25", "9007199254740992", "0.3", "1e3", "0.000001"}) {
    CAPTURE(number);
    CHECK(refusal(replaced(text, "1.50", number)).empty());
  }
  for (const char *escape : {"\\t", "\\u0000", "\\u001f", "\\u007f", "\\uFFFE", "\\uffff"}) {
    CAPTURE(escape);
    CHECK(refusal(replaced(text, "Étagère", escape)) == "B001 /evidence/0/name");
  }
  CHECK(refusal(replaced(text, "Étagère", "\\u00c9tag\\u00e8re\\n\\r")).empty());
}

TEST_CASE("the terms that not every copy of the context has give a warning", "[credentials][proof]") {
  const std::string text = replaced(badge(), "\"evidence\"", "\"jti\": \"urn:uuid:1\",\n  \"evidence\"");
  Secured document(json::read_verbatim(signed_badge(Suite::eddsa_rdfc_2022, crypto::KeyKind::ed25519, text)));
  const Covered covered = document.covered(document.proofs()[0], crypto::KeyKind::ed25519, jsonld::Contexts::pinned());
  CHECK(codes_of(covered.warnings) == "B015 /jti\n");
}

TEST_CASE("a proof that breaks a rule is told before its signature is looked at", "[credentials][proof]") {
  const std::string text = signed_badge(Suite::eddsa_rdfc_2022, crypto::KeyKind::ed25519, badge());
  const auto faults = [&](std::string_view what, std::string_view by) {
    return codes_of(Secured(json::read_verbatim(replaced(text, what, by))).proofs().at(0).faults);
  };
  CHECK(faults("\"proofValue\":\"z", "\"proofValue\":\"u") == "B001 /proof/proofValue\n");
  CHECK(faults("\"proofValue\":\"z", "\"proofValue\":\"z0") == "B001 /proof/proofValue\n");
  CHECK(faults("assertionMethod", "authentication") == "B001 /proof/proofPurpose\n");
  CHECK(faults("eddsa-rdfc-2022", "eddsa-rdfc-2026") == "B003 /proof/cryptosuite\n");
  CHECK(faults("DataIntegrityProof", "RsaSignature2018") == "B003 /proof/type\n");
  CHECK(faults("\"verificationMethod\":\"", "\"nonce\":\"") == "B001 /proof/verificationMethod\n");
  CHECK(faults("\"created\"", "\"previousProof\":\"urn:x\",\"created\"") == "B005 /proof/previousProof\n");
  CHECK(faults("\"created\"", "\"@context\":[\"urn:x\"],\"created\"") == "B001 /proof/@context\n");
}

TEST_CASE("renaming blank nodes and shuffling keys changes nothing that is signed; any other change does",
          "[credentials][proof]") {
  const std::string text = signed_badge(Suite::eddsa_rdfc_2022, crypto::KeyKind::ed25519, badge());
  const auto bytes_covered = [](const feel::Value &value, const Digits &digits) {
    Secured document(value, digits, {});
    return document.covered(document.proofs().at(0), crypto::KeyKind::ed25519, jsonld::Contexts::pinned()).bytes;
  };
  const json::Verbatim document = json::read_verbatim(text);
  const std::string expected = bytes_covered(document.value, document.digits);
  std::mt19937 random(20'261'129);
  const std::function<feel::Value(const feel::Value &)> shuffled = [&](const feel::Value &value) -> feel::Value {
    if (value.is(feel::Kind::list)) {
      feel::List list;
      for (const feel::Value &item : value.list())
        list.push_back(shuffled(item));
      return list;
    }
    if (!value.is(feel::Kind::context))
      return value;
    std::vector<feel::Context::Entry> entries;
    for (const auto &[key, part] : value.context())
      entries.emplace_back(key, shuffled(part));
    std::shuffle(entries.begin(), entries.end(), random);
    return feel::Context::of_distinct(std::move(entries));
  };
  for (int i = 0; i < 20; ++i)
    CHECK(bytes_covered(shuffled(document.value), document.digits) == expected);

  // One letter or digit anywhere in a value: another hash, or a refusal.
  int changed = 0;
  const std::size_t end = text.find("\"proofValue\"");
  for (std::size_t at = text.find("\"id\""); at < end; at += 3) {
    const char c = text[at];
    if (!((c >= 'a' && c <= 'y') || (c >= 'A' && c <= 'Y') || (c >= '1' && c <= '8')))
      continue;
    std::string altered = text;
    ++altered[at];
    std::string found;
    try {
      const json::Verbatim read_back = json::read_verbatim(altered);
      Secured secured(read_back.value, read_back.digits, {});
      if (secured.proofs().empty() || !secured.proofs()[0].faults.empty())
        continue;
      found = secured.covered(secured.proofs()[0], crypto::KeyKind::ed25519, jsonld::Contexts::pinned()).bytes;
    } catch (const Error &) { // a term, a type or an address that is none any more
      continue;
    }
    CAPTURE(at, altered.substr(at - 20, 40));
    CHECK(found != expected);
    ++changed;
  }
  CHECK(changed > 200);
}

TEST_CASE("a credential inside another one is verified where it stands", "[credentials][proof]") {
  const json::Verbatim inner = json::read_verbatim(
      signed_badge(Suite::eddsa_rdfc_2022, crypto::KeyKind::ed25519, replaced(badge(), "1.50", "2.25")));
  const std::string text = "{\"verifiableCredential\": [\"x\", " + canonical_json(inner) + "]}";
  const json::Verbatim outer = json::read_verbatim(text);
  Secured part(outer.value.context().find("verifiableCredential")->list()[1], outer.digits, "/verifiableCredential/1");
  REQUIRE(part.proofs().size() == 1);
  CHECK(part.proofs()[0].where == "/verifiableCredential/1/proof");
  CHECK(part.holds(part.proofs()[0], key_of(part.proofs()[0]), jsonld::Contexts::pinned()));
  const json::Verbatim faulty = json::read_verbatim(replaced(text, "\"targetCode\"", "\"codeCible\""));
  Secured other(faulty.value.context().find("verifiableCredential")->list()[1], faulty.digits,
                "/verifiableCredential/1");
  try {
    other.covered(other.proofs().at(0), crypto::KeyKind::ed25519, jsonld::Contexts::pinned());
    FAIL("an unknown term was signed");
  } catch (const Error &error) {
    CHECK(error.first().where == "/verifiableCredential/1/credentialSubject/achievement/alignment/0/codeCible");
  }
}
