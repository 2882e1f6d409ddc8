#include "tests/catch.hpp"

#include "credentials/jwt.hpp"
#include "credentials/trust.hpp"
#include "tests/credentials/keys.hpp"

#include <string>

using namespace spie;
using namespace spie::credentials;
using crypto::KeyKind;
using spie::testing::key_of;
using spie::testing::refusal_of;

namespace {

constexpr std::string_view issuers = R"({"emetteurs": [
  {"id": "did:web:tremplin.example", "nom": "Association fictive « Le Tremplin »", "etat": "reconnu", "du": "2026-01-01",
   "au": "2026-06-30"},
  {"id": "did:web:tremplin.example", "nom": "Association fictive « Le Tremplin »", "etat": "suspendu", "du": "2026-06-01",
   "au": null},
  {"id": "https://atelier.example/emetteur", "nom": "L’Atelier d’à côté", "etat": "reconnu", "du": "2026-01-01"}]})";

feel::Date day(std::string_view text) { return *feel::Date::parse(text); }

std::string refused(std::string_view payload) {
  return refusal_of([&] { (void)sign_trust_list(payload, key_of(KeyKind::ed25519)); });
}

} // namespace

TEST_CASE("a signed list tells recognised, suspended and unknown issuers, at a day", "[credentials][trust]") {
  const crypto::PrivateKey keeper = key_of(KeyKind::ed25519);
  const std::string did = to_did(keeper.public_key());
  const TrustList list = read_trust_list(sign_trust_list(issuers, keeper), {}, did);
  CHECK(list.signer == did);
  const auto state = [&](std::string_view id, std::string_view at) { return list.state(id, day(at)).state; };
  CHECK(state("did:web:tremplin.example", "2025-12-31") == TrustState::unknown);
  CHECK(state("did:web:tremplin.example", "2026-01-01") == TrustState::recognised);
  CHECK(state("did:web:tremplin.example", "2026-05-31") == TrustState::recognised);
  CHECK(state("did:web:tremplin.example", "2026-06-01") == TrustState::suspended);
  CHECK(state("did:web:tremplin.example", "2026-06-30") == TrustState::suspended); // both: the graver one
  CHECK(state("did:web:tremplin.example", "2030-01-01") == TrustState::suspended);
  CHECK(state("https://atelier.example/emetteur", "2026-01-01") == TrustState::recognised);
  CHECK(list.state("https://atelier.example/emetteur", day("2026-01-01")).entry->nom == "L’Atelier d’à côté");
  CHECK(state("https://atelier.example/emetteur/", "2026-01-01") == TrustState::unknown);
  CHECK(list.state("did:web:autre.example", day("2026-01-01")).entry == nullptr);
}

TEST_CASE("a list of trust counts when its signature holds, and is its keeper's", "[credentials][trust]") {
  const crypto::PrivateKey keeper = key_of(KeyKind::ed25519), other = key_of(KeyKind::p256, 9);
  const std::string did = to_did(keeper.public_key()), text = sign_trust_list(issuers, keeper);
  const auto refusal = [](std::string_view signed_list, std::string_view signer = {}) {
    return refusal_of([&] { read_trust_list(signed_list, {}, signer); });
  };
  CHECK(refusal(text).empty());
  CHECK(refusal(sign_trust_list(issuers, other), did).starts_with("B006 the list of trust was signed by"));
  const std::size_t payload = text.find('.'), signature = text.rfind('.');
  const std::string from_other = sign_trust_list(issuers, other);
  CHECK(refusal(text.substr(0, signature) + from_other.substr(from_other.rfind('.'))).starts_with("B005"));
  CHECK(refusal(text.substr(0, payload) + from_other.substr(from_other.find('.'))).starts_with("B005"));
  CHECK(refusal(std::string(issuers)).starts_with("B005 a compact JWS"));
  // `iss` names somebody else than who signed.
  CHECK(refusal(write_jws(R"({"emetteurs":[],"iss":"did:web:tremplin.example"})", keeper, own_method(did)))
            .starts_with("B006"));
  // A key in the header, of nobody in particular.
  CHECK(read_trust_list(write_jws(R"({"emetteurs":[]})", keeper, ""), {}).signer == did);
  CHECK(refusal(write_jws(R"({"emetteurs":[]})", keeper, "did:web:tremplin.example#k")).starts_with("B010"));
}

TEST_CASE("a list of trust of another form is refused", "[credentials][trust]") {
  for (const std::string_view wrong :
       {"", "[]", "{}", R"({"emetteurs":{}})", R"({"emetteurs":[1]})", R"({"emetteurs":[],"emetteurs":[]})",
        R"({"emetteurs":[],"exp":1})", R"({"emetteurs":[{"id":"a","nom":"A","etat":"reconnu"}]})",
        R"({"emetteurs":[{"id":"","nom":"A","etat":"reconnu","du":"2026-01-01"}]})",
        R"({"emetteurs":[{"id":"a","nom":"A","etat":"inconnu","du":"2026-01-01"}]})",
        R"({"emetteurs":[{"id":"a","nom":"A","etat":"reconnu","du":"2026-02-30"}]})",
        R"({"emetteurs":[{"id":"a","nom":"A","etat":"reconnu","du":"2026-01-01","au":"2025-12-31"}]})",
        R"({"emetteurs":[{"id":"a","nom":"A","etat":"reconnu","du":"2026-01-01","autre":1}]})"}) {
    CAPTURE(wrong);
    CHECK(refused(wrong).starts_with("B001"));
  }
}
