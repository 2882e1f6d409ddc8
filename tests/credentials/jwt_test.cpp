#include "tests/catch.hpp"

#include "credentials/instant.hpp"
#include "credentials/jwt.hpp"
#include "credentials/key_forms.hpp"
#include "spie/json.hpp"
#include "tests/credentials/keys.hpp"
#include "text/base64.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace spie;
using namespace spie::credentials;
using crypto::KeyKind;
using crypto::PrivateKey;
using spie::testing::key_of;
using spie::testing::refusal_of;

namespace {

namespace fs = std::filesystem;

const feel::DaysDuration now = *read_instant("2026-11-29T08:00:00Z");

std::string file(const fs::path &path) {
  std::ifstream stream(path, std::ios::binary);
  REQUIRE(stream);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string donnees(std::string_view name) {
  return file(fs::path(SPIE_SOURCE_DIR) / "tests/credentials/donnees/jwt" / name);
}

const PrivateKey &mine() {
  static const PrivateKey key = key_of(KeyKind::p256);
  return key;
}

// A badge with what a French one has, and a right-to-left name.
std::string badge(std::string_view issuer, std::string_view more = {}) {
  return R"({"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],)"
         R"("id":"urn:uuid:7f0d7a4e-4d3c-4b1e-9a54-0a5b8b6a1c01","type":["VerifiableCredential","OpenBadgeCredential"],)"
         R"("name":"Immersion réussie\u00a0: l’esprit d'équipe « œuvre » 🎓 שרה محمد",)"
         R"("issuer":{"id":")" +
         std::string(issuer) +
         R"(","type":["Profile"]},"validFrom":"2024-03-15T09:00:00+01:00","validUntil":"2099-12-31T23:59:59Z",)"
         R"("credentialSubject":{"id":"urn:uuid:0b6f1f2e-6f0a-4c1e-8a7b-000000000001","type":["AchievementSubject"]})" +
         std::string(more) + "}";
}

// What the claims of badge() are.
std::string claims(std::string_view issuer) {
  return R"(,"iss":")" + std::string(issuer) +
         R"(","jti":"urn:uuid:7f0d7a4e-4d3c-4b1e-9a54-0a5b8b6a1c01","nbf":1710489600,)"
         R"("sub":"urn:uuid:0b6f1f2e-6f0a-4c1e-8a7b-000000000001","exp":4102444799)";
}

std::string swap_in(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  CAPTURE(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// Signed as it stands, whatever it says.
std::string signed_text(std::string_view header, std::string_view payload, const PrivateKey &key = mine()) {
  const std::string text = to_base64url(header) + '.' + to_base64url(payload);
  return text + '.' + to_base64url(key.sign(text));
}

std::string header_of(std::string_view members, const PrivateKey &key = mine()) {
  const std::string did = to_did(key.public_key());
  return R"({"alg":"ES256","kid":")" + own_method(did) + '"' + std::string(members) + '}';
}

// "B005 /nbf reason" of each, errors first as they come.
std::string said(const std::vector<Finding> &findings) {
  std::string text;
  for (const Finding &one : findings) {
    CHECK_FALSE(one.reason.fr.empty());
    text += (text.empty() ? "" : "; ") + std::string(spie::text(one.code)) + ' ' + one.where;
  }
  return text;
}

struct Verified {
  std::string proof, key, issuer;
  std::optional<IssuerProof> issuer_proof;
};

Verified verified(std::string_view text, const Documents &documents = {}) {
  const ProofFindings found = verify(read_vc_jwt(text), documents, now);
  return {said(found.proof), said(found.key), said(found.issuer), found.issuer_proof};
}

bool holds(std::string_view text) {
  try {
    const ProofFindings found = verify(read_vc_jwt(text), {}, now);
    return found.checked && found.proof.empty() && found.key.empty() && found.issuer_proof == IssuerProof::proved;
  } catch (const Refusal &) {
    return false;
  }
}

} // namespace

TEST_CASE("a JWT of each algorithm, issued by others, is verified", "[credentials][jwt]") {
  // jose 6.2.18 (npm), did:jwk issuers, the text of a badge with accents, quotes, an emoji, right-to-left names.
  for (const std::string_view name : {"jose-eddsa.jwt", "jose-es256.jwt", "jose-es384.jwt", "jose-rs256.jwt"}) {
    CAPTURE(name);
    const std::string text = donnees(name);
    CHECK(holds(text));
    const VcJwt jwt = read_vc_jwt(text);
    CHECK_FALSE(jwt.legacy);
    CHECK(jwt.credential.value.context().find("iss") == nullptr);
    CHECK(jwt.credential.digits.at("/credentialSubject/creditsEarned") == "1.5");
    CHECK(jwt.credential.digits.count("/nbf") == 0);
  }
  // jwcrypto 1.6.1 (PyPI), VC 1.1, a key in the header, half a second in the dates.
  const std::string old = donnees("jwcrypto-vc11-es256.jwt");
  const VcJwt jwt = read_vc_jwt(old);
  CHECK(jwt.legacy);
  CHECK(jwt.credential.value.context().find("issuanceDate") != nullptr);
  const Verified found = verified(old);
  CHECK(found.proof.empty());
  CHECK(found.key.empty());
  CHECK(found.issuer == "B015 /issuer");
  CHECK(found.issuer_proof == IssuerProof::self_declared);
}

TEST_CASE("a JWT that was issued is verified, its badge byte for byte within", "[credentials][jwt]") {
  for (const KeyKind kind : {KeyKind::ed25519, KeyKind::p256, KeyKind::p384}) {
    CAPTURE(crypto::name(kind));
    const PrivateKey key = key_of(kind);
    const std::string issuer = to_did(key.public_key());
    const std::string text = badge(issuer, R"(,"creditsEarned":1.50)");
    const IssuedJwt issued = issue_vc_jwt(text, key);
    CHECK(holds(issued.jws));
    CHECK(issued.warnings.size() == (kind == KeyKind::p256 ? 0 : 1));
    const VcJwt read = read_vc_jwt(issued.jws);
    CHECK(read.jws.payload == text.substr(0, text.size() - 1) + claims(issuer) + '}');
    CHECK(identical(read.credential.value, json::read_verbatim(text).value));
    CHECK(read.credential.digits.at("/creditsEarned") == "1.50");
  }
  // A certified proof inside: nothing to warn of.
  const PrivateKey key = key_of(KeyKind::ed25519);
  const std::string proof = R"(,"proof":[{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"}])";
  CHECK(issue_vc_jwt(badge(to_did(key.public_key()), proof), key).warnings.empty());
  // An issuer that is an address: the key stands in the header.
  const IssuedJwt web = issue_vc_jwt("\xEF\xBB\xBF" + badge("https://tremplin.example/emetteur") + "\n", mine());
  CHECK(read_jws(web.jws).jwk == mine().public_key());
  CHECK(verified(web.jws).issuer_proof == IssuerProof::self_declared);
  CHECK(verified(web.jws).proof.empty());
  // A signer that is elsewhere.
  int asked = 0;
  const crypto::Signer remote(mine().public_key(), [&](std::string_view message) {
    ++asked;
    return mine().sign(message);
  });
  CHECK(holds(issue_vc_jwt(badge(to_did(mine().public_key())), remote).jws));
  CHECK(asked == 1);
}

TEST_CASE("a badge that a JWT could not carry truly is not issued", "[credentials][jwt]") {
  const std::string did = to_did(mine().public_key()), text = badge(did);
  const auto refused = [](const std::string &credential, std::string_view kid = {}) {
    return refusal_of([&] { issue_vc_jwt(credential, mine(), kid); });
  };
  CHECK(refused(badge(did, R"(,"jti":"x")")) == "B001 'jti' is a claim of the JWT, not of the badge");
  CHECK(refused(swap_in(text, "ns/credentials/v2", "2018/credentials/v1")).starts_with("B001 a badge is issued by"));
  CHECK(refused(swap_in(text, R"("id":"urn:uuid:7f0d)", R"("no":"urn:uuid:7f0d)")) ==
        "B001 the credential lacks its id");
  CHECK(refused(swap_in(text, R"("issuer")", R"("emetteur")")) == "B001 the credential lacks its issuer");
  CHECK(refused(swap_in(text, R"("validFrom")", R"("valid")")) ==
        "B001 the credential lacks the begin of its validity");
  CHECK(refused(swap_in(text, "09:00:00+01:00", "09:00:00")).ends_with("is no instant with its zone"));
  CHECK(refused(swap_in(text, "2099-12-31", "2099-02-30")).ends_with("is no instant with its zone"));
  CHECK(refused(badge(to_did(key_of(KeyKind::p384).public_key()))) == "B006 the key that signs is not the issuer's");
  CHECK(refused(badge("did:web:tremplin.example")).starts_with("B006 the issuer is a DID"));
  CHECK(refused(badge("did:web:tremplin.example"), "did:web:autre.example#k").starts_with("B006 the address"));
  CHECK(refused(badge("did:web:tremplin.example"), "did:web:tremplin.example#k").empty());
  CHECK_THROWS_AS(issue_vc_jwt("{", mine()), Error);
  CHECK_THROWS_AS(issue_vc_jwt(R"({"a":1,"a":1})", mine()), Error);
}

TEST_CASE("a compact JWS has one spelling", "[credentials][jwt]") {
  const std::string did = to_did(mine().public_key());
  const std::string good = signed_text(header_of(""), badge(did));
  CHECK(refusal_of([&] { read_jws(good); }).empty());
  CHECK(refusal_of([&] { read_jws(good + "\r\n"); }).empty()); // the end of the line of a file
  CHECK(refusal_of([&] { read_jws(good + "="); }) == "B005 the signature of the JWS is not in canonical base64url");
  CHECK(refusal_of([&] { read_jws(good + " "); }) == "B005 the signature of the JWS is not in canonical base64url");
  CHECK(refusal_of([&] { read_jws(" " + good); }) == "B005 the header of the JWS is not in canonical base64url");
  CHECK(refusal_of([&] { read_jws(good + ".e30"); }).starts_with("B005 a compact JWS has three parts"));
  CHECK(refusal_of([&] { read_jws(good.substr(0, good.rfind('.'))); }).starts_with("B005 a compact JWS"));
  CHECK(refusal_of([] { read_jws(""); }).starts_with("B005 a compact JWS"));
  CHECK(refusal_of([] { read_jws(".."); }).starts_with("B005 the header of the JWS is not JSON"));
  CHECK(refusal_of([] { read_jws(std::string((16u << 20) + 1, 'A')); }).starts_with("B012"));
  // 64 bytes leave four bits over in their last digit: jose and jwcrypto take the other spellings of it.
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (std::size_t over = 1; over < 16; ++over) {
    std::string other = good;
    other.back() = digits[digits.find(other.back()) + over];
    CHECK(refusal_of([&] { read_jws(other); }) == "B005 the signature of the JWS is not in canonical base64url");
  }
}

TEST_CASE("a header says how, and nothing else", "[credentials][jwt]") {
  const std::string payload = badge(to_did(mine().public_key())) + " ";
  const auto refused = [&](const std::string &header) {
    return refusal_of([&] { read_jws(signed_text(header, payload)); });
  };
  CHECK(refused(header_of("")).empty());
  CHECK(refused(header_of(R"(,"typ":"JWT")")).empty());
  for (const std::string_view member :
       {R"("jku":"https://example.com/keys")", R"("x5u":"https://example.com/cert")", R"("x5c":[])",
        R"("crit":["b64"])", R"("b64":false)", R"("cty":"vc")", R"("iss":"did:example:1")", R"("d":"secret")"}) {
    CAPTURE(member);
    CHECK(refused(header_of("," + std::string(member))).find("may not stand in the header") != std::string::npos);
  }
  CHECK(refused(header_of(R"(,"typ":"vc+jwt")")) == "B005 'typ' of the header is not JWT");
  CHECK(refused(header_of(R"(,"typ":["JWT"])")) == "B005 'typ' of the header is no text");
  CHECK(refused(header_of(R"(,"alg":"ES256")")).ends_with("gives a member twice"));
  CHECK(refused(R"({"alg":"none","kid":"did:key:z"})").starts_with("B005 the header says that nothing is signed"));
  CHECK(refused(R"({"kid":"did:key:z"})") == "B005 the header has no 'alg'");
  CHECK(refused(R"({"alg":"ES256"})").starts_with("B005 the header has neither"));
  CHECK(refused(R"({"alg":"ES256","kid":""})") == "B005 'kid' of the header is empty");
  CHECK(refused(R"(["ES256"])") == "B005 the header of the JWS is no object");
  for (const std::string_view name : {"HS256", "PS256", "ES256K", "RS512", "NONE", "es256", "None"})
    CHECK(refused(R"({"alg":")" + std::string(name) + R"(","kid":"did:key:z"})").starts_with("B003 the algorithm"));
  const std::string jwk = to_jwk(mine().public_key());
  CHECK(refused(R"({"alg":"ES256","jwk":)" + jwk + '}').empty());
  CHECK(refused(R"({"alg":"ES256","jwk":)" + jwk.substr(0, jwk.size() - 1) + R"(,"d":"AAAA"}})")
            .starts_with("B004 the JWK holds a private member"));
  for (const std::string_view name : {"ES384", "RS256", "EdDSA"})
    CHECK(refused(R"({"alg":")" + std::string(name) + R"(","jwk":)" + jwk + '}') ==
          "B004 'alg' of the header does not go with its key P-256");
}

TEST_CASE("a signature holds under the key that the header names, and under no other", "[credentials][jwt]") {
  const std::string did = to_did(mine().public_key());
  const std::string text = badge(did), payload = text.substr(0, text.size() - 1) + claims(did) + '}';
  CHECK(holds(signed_text(header_of(""), payload)));
  CHECK(verified(signed_text(header_of(""), payload, key_of(KeyKind::p256, 9))).proof == "B005 ");
  // `alg` of another kind than the key that `kid` names, which is known once it is found.
  CHECK(verified(signed_text(swap_in(header_of(""), "ES256", "EdDSA"), payload)).key == "B004 /alg");
  // Another key beside the one that `kid` names.
  const PrivateKey other = key_of(KeyKind::p256, 9);
  CHECK(verified(signed_text(header_of(R"(,"jwk":)" + to_jwk(other.public_key())), payload, other)).key == "B004 /jwk");
  // A `jwk` that would override an issuer that is a DID.
  const std::string own = R"({"alg":"ES256","jwk":)" + to_jwk(other.public_key()) + '}';
  const Verified overridden = verified(signed_text(own, payload, other));
  CHECK(overridden.proof.empty());
  CHECK(overridden.issuer == "B006 /issuer");
  CHECK(overridden.issuer_proof == IssuerProof::discordant);
  // The key of another DID.
  const Verified stranger = verified(signed_text(header_of("", other), payload, other));
  CHECK(stranger.issuer == "B006 /issuer");
  CHECK(stranger.issuer_proof == IssuerProof::discordant);
  // A document that was not handed over: nothing is checked, and nothing looks as if it was.
  const std::string far = R"({"alg":"ES256","kid":"did:web:tremplin.example#k"})";
  const ProofFindings unknown = verify(read_vc_jwt(signed_text(far, payload)), {}, now);
  CHECK_FALSE(unknown.checked);
  CHECK(said(unknown.key) == "B010 /kid");
  CHECK_FALSE(unknown.issuer_proof.has_value());
  CHECK(verified(signed_text(R"({"alg":"ES256","kid":"did:example:1#k"})", payload)).key == "B003 /kid");
}

TEST_CASE("the claims of a JWT say what its badge says", "[credentials][jwt]") {
  const std::string did = to_did(mine().public_key());
  const std::string text = badge(did), all = claims(did);
  const auto proof = [&](const std::string &credential, const std::string &said_in_claims) {
    return verified(signed_text(header_of(""), credential.substr(0, credential.size() - 1) + said_in_claims + '}'))
        .proof;
  };
  CHECK(proof(text, all).empty());
  CHECK(proof(text, all + R"(,"aud":"did:example:1","iat":1710489600)").empty());
  // Signed later than the instant, by more than clocks differ: 2026-11-29T08:05:00Z, and a second more.
  CHECK(proof(text, all + R"(,"iat":1795939500)").empty());
  CHECK(proof(text, all + R"(,"iat":1795939501)") == "B007 /iat");
  CHECK(proof(text, all + R"(,"iat":"1710489600")") == "B005 /iat");
  CHECK(proof(text, swap_in(all, "1710489600", "1710489601")) == "B005 /nbf");
  CHECK(proof(text, swap_in(all, "1710489600", R"("1710489600")")) == "B005 /nbf");
  CHECK(proof(text, swap_in(all, "1710489600", "1.7104896E9")).empty()); // the same number
  CHECK(proof(text, swap_in(all, "4102444799", "4102444800")) == "B005 /exp");
  CHECK(proof(text, swap_in(all, R"("iss":"did:)", R"("iss":"did_)")) == "B005 /iss");
  CHECK(proof(text, swap_in(all, "1c01", "1c02")) == "B005 /jti");
  CHECK(proof(text, swap_in(all, "000000000001", "000000000002")) == "B005 /sub");
  CHECK(proof(text, swap_in(all, R"("sub":"urn:uuid:0b6f1f2e-6f0a-4c1e-8a7b-000000000001",)", "")) == "B015 /sub");
  CHECK(proof(text, swap_in(all, R"(,"exp":4102444799)", "")) == "B005 /exp");
  CHECK(proof(text, "") == "B005 /iss; B005 /jti; B005 /nbf; B015 /sub; B005 /exp");
  // What the badge does not say, a claim may not say for it.
  const std::string endless = swap_in(text, R"("validUntil":"2099-12-31T23:59:59Z",)", "");
  CHECK(proof(endless, all) == "B005 /exp");
  CHECK(proof(endless, swap_in(all, R"(,"exp":4102444799)", "")).empty());
  const std::string nobody = swap_in(text, R"("id":"urn:uuid:0b6f1f2e-6f0a-4c1e-8a7b-000000000001",)", "");
  CHECK(proof(nobody, all) == "B005 /sub");
  CHECK(proof(nobody, swap_in(all, R"("sub":"urn:uuid:0b6f1f2e-6f0a-4c1e-8a7b-000000000001",)", "")).empty());
}

TEST_CASE("a payload holds one badge, each member once", "[credentials][jwt]") {
  const std::string did = to_did(mine().public_key());
  const std::string text = badge(did), open = text.substr(0, text.size() - 1);
  const auto refused = [](const std::string &payload) {
    return refusal_of([&] { read_vc_jwt(signed_text(header_of(""), payload)); });
  };
  CHECK(refused(open + claims(did) + R"(,"iss":"twice"})").starts_with("B005"));
  CHECK(refused(open + R"(,"vc":)" + text + '}').find("another beside it") != std::string::npos);
  // Another reader would take them for what the badge says; what no credential has is told, and left.
  for (const std::string_view beside :
       {R"("validUntil":"2099-01-01T00:00:00Z")", R"("credentialStatus":{"id":"urn:x"})", R"("id":"urn:x")",
        R"("expirationDate":"2099-01-01T00:00:00Z")", R"("proof":{})", R"("evidence":[])", R"("name":"autre")",
        R"("jti2":1)"}) {
    CAPTURE(beside);
    const std::string payload = R"({"vc":)" + text + ',' + std::string(beside) + '}';
    if (beside.starts_with("\"jti2"))
      CHECK(verified(signed_text(header_of(""), payload)).proof.ends_with("B015 /jti2"));
    else
      CHECK(refused(payload).find("another beside it") != std::string::npos);
  }
  CHECK(refused(R"({"vc":[]})") == "B005 'vc' of the payload is no object");
  CHECK(refused("[]") == "B005 the payload of the JWT is no object");
  CHECK(refused("not JSON").starts_with("B005"));
  CHECK(refused(std::string(100'000, '[')).starts_with("B005"));
  CHECK(refused("{\"a\":\"\xff\"}").starts_with("B005"));
}

TEST_CASE("a change of one byte anywhere is refused", "[credentials][jwt]") {
  const std::string good = donnees("jose-es256.jwt");
  const std::string text = good.substr(0, good.find('\n'));
  REQUIRE(holds(text));
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string changed = text;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    CAPTURE(at);
    CHECK_FALSE(holds(changed));
  }
}

TEST_CASE("the official samples in JWT give their verdicts", "[credentials][jwt]") {
  const fs::path folder = fs::path(SPIE_SHARED_DIR) / "badges";
  if (!fs::exists(folder)) {
    WARN("skipped: the official samples are not beside the project");
    return;
  }
  // Baked images hold the JWS as it is: cut out by hand.
  const auto cut = [&](std::string_view name) {
    const std::string bytes = file(folder / name);
    const std::size_t begin = bytes.find("eyJ");
    REQUIRE(begin != std::string::npos);
    const std::size_t end =
        bytes.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.", begin);
    return bytes.substr(begin, end - begin);
  };
  // verdicts.csv: valid, with a warning of ours for `sub`, and an issuer that nothing proves.
  for (const std::string_view name :
       {"ob30/simple-jwt.png", "ob30/simple-jwt.svg", "ob30/simple-jwt_v1.png", "ob30/simple-jwt_v1.svg"}) {
    CAPTURE(name);
    const Verified found = verified(cut(name));
    CHECK(found.proof == "B015 /sub");
    CHECK(found.key.empty());
    CHECK(found.issuer_proof == IssuerProof::self_declared);
  }
  CHECK(verified(file(folder / "clr20/simple.jwt")).issuer_proof == IssuerProof::self_declared);
  CHECK(verified(file(folder / "clr20/simple.jwt")).proof.empty());
  // invalid: neither kid nor jwk. Not decidable: a registry of the network, here a DID method that is not known.
  CHECK(refusal_of([&] { read_vc_jwt(file(folder / "ob30/simple.jwt")); }).starts_with("B005 the header has neither"));
  CHECK(verified(file(folder / "ob30/velocity.jwt")).key == "B003 /kid");
}
