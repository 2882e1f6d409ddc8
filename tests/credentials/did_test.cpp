#include "tests/catch.hpp"

#include "credentials/did.hpp"
#include "credentials/instant.hpp"
#include "credentials/key_forms.hpp"
#include "tests/credentials/keys.hpp"

#include <string>

using namespace spie;
using namespace spie::credentials;
using crypto::KeyKind;
using crypto::PublicKey;
using spie::testing::key_of;
using spie::testing::refusal_of;

namespace {

const PublicKey &mine() {
  static const PublicKey key = key_of(KeyKind::ed25519).public_key();
  return key;
}
const PublicKey &other() {
  static const PublicKey key = key_of(KeyKind::p256, 77).public_key();
  return key;
}

std::string multikey(const PublicKey &key) { return *to_multikey(key); }

std::string method(std::string_view id, std::string_view controller, const PublicKey &key, std::string_view more = {}) {
  return R"({"id":")" + std::string(id) + R"(","type":"Multikey","controller":")" + std::string(controller) +
         R"(","publicKeyMultibase":")" + multikey(key) + '"' + std::string(more) + '}';
}

std::string controller_of(std::string_view id, std::string_view methods, std::string_view assertion) {
  return R"({"@context":["https://www.w3.org/ns/did/v1"],"id":")" + std::string(id) + R"(","verificationMethod":[)" +
         std::string(methods) + R"(],"assertionMethod":[)" + std::string(assertion) + "]}";
}

Documents with(std::string address, std::string bytes) {
  Documents documents;
  documents.held.emplace(std::move(address), std::move(bytes));
  return documents;
}

constexpr std::string_view web = "did:web:tremplin.example", web_at = "https://tremplin.example/.well-known/did.json";
constexpr std::string_view https = "https://tremplin.example/emetteur";

std::string plus(std::string_view address, std::string_view fragment) {
  return std::string(address) + '#' + std::string(fragment);
}

IssuerProof proof_of(std::string_view issuer, const ResolvedKey &key, const Documents &documents = {}) {
  const IssuerVerdict verdict = issuer_verdict(issuer, key, documents);
  CHECK(verdict.finding.has_value() == (verdict.proof != IssuerProof::proved));
  if (verdict.finding) {
    CHECK_FALSE(verdict.finding->reason.fr.empty());
    CHECK((verdict.finding->level == Level::error) == (verdict.proof == IssuerProof::discordant));
  }
  return verdict.proof;
}

} // namespace

TEST_CASE("a did:web stands where its method says", "[credentials][did]") {
  CHECK(did_web_address("did:web:w3c-ccg.github.io") == "https://w3c-ccg.github.io/.well-known/did.json");
  CHECK(did_web_address("did:web:w3c-ccg.github.io:user:alice") == "https://w3c-ccg.github.io/user/alice/did.json");
  CHECK(did_web_address("did:web:example.com%3A3000:user:alice") == "https://example.com:3000/user/alice/did.json");
  for (const std::string_view wrong :
       {"did:web:", "did:web::a", "did:web:a:", "did:web:a::b", "did:web:a/b", "did:web:a:..:b", "did:web:a:b/../c",
        "did:web:u@a", "did:web:a%3A", "did:web:a%3Ab", "did:web:a%2Fb", "did:key:z6Mk", "https://a", "did:web:a:b?c",
        "did:web:%3A80"}) {
    CAPTURE(wrong);
    CHECK_FALSE(did_web_address(wrong).has_value());
  }
}

TEST_CASE("a did:key or a did:jwk is its own document", "[credentials][did]") {
  for (const PublicKey &key : {mine(), other()})
    for (const std::string &did : {*to_did_key(key), to_did_jwk(key)}) {
      CAPTURE(did);
      for (const std::string &address : {did, own_method(did)}) { // published badges name the bare DID too
        const ResolvedKey found = resolve(address, {});
        CHECK(found.key == key);
        CHECK(found.controller == did);
        CHECK(proof_of(did, found) == IssuerProof::proved);
        CHECK(proof_of("did:web:tremplin.example", found) == IssuerProof::discordant);
        CHECK(proof_of("https://tremplin.example/emetteur", found) == IssuerProof::discordant);
        CHECK(proof_of("urn:uuid:7f0d7a4e-4d3c-4b1e-9a54-0a5b8b6a1c01", found) == IssuerProof::self_declared);
      }
      CHECK(refusal_of([&] { resolve(did + "#key-1", {}); }).starts_with("B004 the fragment of"));
    }
  CHECK(refusal_of([] { resolve("did:key:z6MkBroken0", {}); }) ==
        "B004 the key is not written in base58btc, 'z' first");
}

TEST_CASE("addresses that lead to no key are told apart from documents that are missing", "[credentials][did]") {
  CHECK(refusal_of([] { resolve("did:example:123#k", {}); }).starts_with("B003 the DID method of"));
  for (const std::string_view none : {"", "#key-1", "ftp://example.com/key", "urn:uuid:1", "z6Mk", "did", "didweb:a"})
    CHECK(refusal_of([&] { resolve(none, {}); }).starts_with("B004 '"));
  CHECK(refusal_of([] { resolve("did:web:a/b#k", {}); }) == "B004 'did:web:a/b' is no did:web");
  CHECK(refusal_of([] { resolve("did:web:tremplin.example#k", {}); }) ==
        "B010 the document 'https://tremplin.example/.well-known/did.json' was not handed over");
  CHECK(refusal_of([] { resolve("https://1edtech.edu/keys/1", {}); }).starts_with("B010"));
  CHECK(refusal_of([] { resolve("https://1edtech.edu/keys/1#z6MkNoKey", {}); }).starts_with("B010"));
  CHECK(refusal_of([] { resolve("did:jwk:" + std::string(20'000, 'e'), {}); }).starts_with("B012"));
}

TEST_CASE("a did:web lists its keys under assertionMethod", "[credentials][did]") {
  const std::string id = plus(web, "k1");
  const std::string listed = controller_of(web, method(id, web, mine()), '"' + id + '"');
  const ResolvedKey found = resolve(id, with(std::string(web_at), listed));
  CHECK(found.key == mine());
  CHECK(found.controller == web);
  CHECK(proof_of(web, found) == IssuerProof::proved);
  CHECK(proof_of("did:web:autre.example", found) == IssuerProof::discordant);
  // Handed over by its name; asked for; with relative ids; embedded under assertionMethod; its one key.
  CHECK(resolve(id, with(std::string(web), listed)).key == mine());
  Documents asked;
  asked.ask = [&](std::string_view address) { return address == web_at ? std::optional(listed) : std::nullopt; };
  CHECK(resolve(id, asked).key == mine());
  CHECK(resolve(id, with(std::string(web), controller_of(web, method("#k1", web, mine()), R"("#k1")"))).key == mine());
  CHECK(resolve(id, with(std::string(web), controller_of(web, "", method(id, web, mine())))).key == mine());
  CHECK(resolve(web, with(std::string(web), listed)).key == mine());
  // A JWK in the place of the Multikey.
  const std::string jwk = R"({"id":"#k1","type":"JsonWebKey","controller":"did:web:tremplin.example","publicKeyJwk":)" +
                          to_jwk(other()) + '}';
  CHECK(resolve(id, with(std::string(web), controller_of(web, jwk, R"("#k1")"))).key == other());

  const auto refused = [&](const std::string &document) {
    return refusal_of([&] { resolve(id, with(std::string(web), document)); });
  };
  CHECK(refused(controller_of(web, method(id, web, mine()), "")) ==
        "B004 the document 'did:web:tremplin.example' does not list the key 'did:web:tremplin.example#k1' under "
        "assertionMethod");
  CHECK(refused(controller_of("did:web:autre.example", method(id, web, mine()), R"("#k1")")).ends_with("another id"));
  CHECK(refused(controller_of(web, method(id, "did:web:autre.example", mine()), R"("#k1")")).starts_with("B006"));
  CHECK(refused(controller_of(web, method(id, web, mine()) + ',' + method(id, web, other()), R"("#k1","#k1")"))
            .ends_with("several keys at one address"));
  CHECK(refused(controller_of(web, method(id, web, mine(), R"(,"secretKeyMultibase":"z3u2")"), R"("#k1")"))
            .ends_with("the key is no secret any more"));
  CHECK(refused(controller_of(web, method(id, web, mine(), R"(,"publicKeyJwk":{})"), R"("#k1")"))
            .ends_with("one of them"));
  CHECK(refused("[]").ends_with("is no object"));
  CHECK(refused(R"({"id":"a","id":"b"})").ends_with("gives a member twice"));
  CHECK(refused(std::string(100'000, '[')).starts_with("B004"));
  CHECK(refusal_of([&] {
          const std::string two = method(id, web, mine()) + ',' + method(plus(web, "k2"), web, other());
          resolve(web, with(std::string(web), controller_of(web, two, R"("#k1","#k2")")));
        }).ends_with("several keys, or none"));
}

TEST_CASE("a key in its own address proves nobody", "[credentials][did]") {
  const std::string id = plus(https, multikey(mine()));
  const ResolvedKey found = resolve(id, {});
  CHECK(found.key == mine());
  CHECK(found.source == KeySource::address);
  CHECK(proof_of(https, found) == IssuerProof::self_declared);
  CHECK(proof_of("https://tremplin.example/autre", found) == IssuerProof::discordant);
  CHECK(proof_of(web, found) == IssuerProof::discordant);
  CHECK(proof_of("urn:uuid:7f0d7a4e-4d3c-4b1e-9a54-0a5b8b6a1c01", found) == IssuerProof::self_declared);
  // A document of that address decides, when it lists keys.
  const Documents listed = with(std::string(https), controller_of(https, method(id, https, mine()), '"' + id + '"'));
  CHECK(proof_of(https, resolve(id, listed), listed) == IssuerProof::proved);
  const Documents withdrawn = with(std::string(https), controller_of(https, method(id, https, mine()), ""));
  CHECK(refusal_of([&] { resolve(id, withdrawn); }).starts_with("B004"));
  const Documents profile =
      with(std::string(https), R"({"id":"https://tremplin.example/emetteur","type":["Profile"]})");
  CHECK(proof_of(https, resolve(id, profile), profile) == IssuerProof::self_declared);
}

TEST_CASE("a key at an address of its own must be listed by who holds it", "[credentials][did]") {
  const std::string at = "https://tremplin.example/cles/1";
  Documents documents = with(at, method(at, https, mine()));
  CHECK(refusal_of([&] { resolve(at, documents); }) ==
        "B010 the document '" + std::string(https) + "' was not handed over");
  documents.held[std::string(https)] = controller_of(https, "", '"' + at + '"');
  const ResolvedKey found = resolve(at, documents);
  CHECK(found.key == mine());
  CHECK(proof_of(https, found, documents) == IssuerProof::proved);
  documents.held[std::string(https)] = controller_of(https, "", "");
  CHECK(refusal_of([&] { resolve(at, documents); }).starts_with("B004"));
  documents.held[at] = method(at, web, mine());
  documents.held[std::string(web)] = controller_of(web, "", '"' + at + '"');
  CHECK(proof_of(web, resolve(at, documents), documents) == IssuerProof::proved);
  // A JWK alone: the address is compared, and nothing more is known.
  documents.held[at] = to_jwk(other());
  CHECK(resolve(at, documents).key == other());
  CHECK(proof_of(https, resolve(at, documents), {}) == IssuerProof::discordant);
  CHECK(proof_of(at, resolve(at, documents), {}) == IssuerProof::self_declared);
  documents.held[at] = "{}";
  CHECK(refusal_of([&] { resolve(at, documents); }).starts_with("B004"));
}

TEST_CASE("a key in the header does not override an issuer that is a DID", "[credentials][did]") {
  const ResolvedKey embedded{mine(), KeySource::embedded, {}, {}, {}};
  CHECK(proof_of(https, embedded) == IssuerProof::self_declared);
  CHECK(proof_of("urn:uuid:1", embedded) == IssuerProof::self_declared);
  CHECK(proof_of(to_did(mine()), embedded) == IssuerProof::proved);
  CHECK(proof_of(to_did(other()), embedded) == IssuerProof::discordant);
  CHECK(proof_of("did:example:1", embedded) == IssuerProof::discordant);
  CHECK(refusal_of([&] { issuer_verdict(web, embedded, {}); }).starts_with("B010"));
  const std::string id = plus(web, "k1");
  const Documents documents = with(std::string(web), controller_of(web, method(id, web, mine()), '"' + id + '"'));
  CHECK(proof_of(web, embedded, documents) == IssuerProof::proved);
  CHECK(proof_of(web, {other(), KeySource::embedded, {}, {}, {}}, documents) == IssuerProof::discordant);
}

TEST_CASE("a key is used until it expires or is revoked", "[credentials][did]") {
  const std::string id = plus(web, "k1");
  const auto key = [&](std::string_view dates) {
    return resolve(id, with(std::string(web), controller_of(web, method(id, web, mine(), dates), R"("#k1")")));
  };
  const auto at = *read_instant("2026-06-01T00:00:00Z");
  CHECK_FALSE(out_of_date(key(""), at).has_value());
  CHECK_FALSE(out_of_date(key(R"(,"expires":"2026-06-01T00:00:01Z")"), at).has_value());
  CHECK(out_of_date(key(R"(,"expires":"2026-06-01T02:00:00+02:00")"), at)->reason.en ==
        "the key expired at '2026-06-01T02:00:00+02:00'");
  CHECK(out_of_date(key(R"(,"revoked":"2020-01-01T00:00:00Z")"), at)->reason.en ==
        "the key was revoked at '2020-01-01T00:00:00Z'");
  CHECK(out_of_date(key(R"(,"revoked":"bientôt")"), at).has_value());
  CHECK(refusal_of([&] { key(R"(,"revoked":true)"); }).starts_with("B004"));
}

TEST_CASE("an instant has its zone, and stands in the calendar", "[credentials][instant]") {
  CHECK(read_instant("1970-01-01T00:00:00Z")->seconds == 0);
  CHECK(read_instant("2024-03-15T09:00:00+01:00")->seconds == 1'710'489'600);
  CHECK(read_instant("2024-03-15T08:00:00.500Z")->nanos == 500'000'000);
  CHECK(read_instant("0000-01-01T00:00:00Z").has_value());
  CHECK(read_instant("9999-12-31T23:59:59Z").has_value());
  for (const std::string_view wrong :
       {"", "2024-03-15", "2024-03-15T09:00:00", "2024-03-15T09:00:00@Europe/Paris", "2024-02-30T00:00:00Z",
        "2024-03-15 09:00:00Z", "2024-03-15t09:00:00z", "12024-03-15T09:00:00Z", "2024-03-15T09:00:00.Z",
        "2024-03-15T09:00:00+1:00", "2024-03-15T25:00:00Z", "-024-03-15T09:00:00Z", "2024-03-15T09:00Z"}) {
    CAPTURE(wrong);
    CHECK_FALSE(read_instant(wrong).has_value());
  }
}
