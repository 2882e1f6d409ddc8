// An endorsement put into the text of a badge: where there is a place for it, and nowhere else.
#include "tests/credentials/badges.hpp"

#include "spie/credentials/endorsement.hpp"

using namespace spie;
using namespace spie::testing;

namespace {

std::string endorsement_of(std::string_view endorsed) {
  const std::string text = R"({"@context": ["https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"], "id": "urn:uuid:1f3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a12",
    "type": ["VerifiableCredential", "EndorsementCredential"], "name": "Recommandation", "issuer": {"id": "ISSUER",
    "type": ["Profile"]}, "validFrom": "2026-11-01T00:00:00Z", "credentialSubject": {"id": ")" +
                           std::string(endorsed) + R"(", "type": ["EndorsementSubject"]}})";
  return emettre(text, Cle::generer("ed25519"), dated()).badge;
}

std::string refused(std::string_view credential, std::string_view endorsement) {
  try {
    return joindre(credential, endorsement);
  } catch (const Error &error) {
    return std::string(text(error.first().code)) + " " + error.first().where;
  }
}

} // namespace

TEST_CASE("what is named by its address alone has no place for an endorsement", "[credentials][endorsement]") {
  const std::string signed_one = endorsement_of("urn:x");
  CHECK(refused(R"({"credentialSubject": {"achievement": "urn:x"}, "y": {}})", signed_one) ==
        "B001 /credentialSubject/id");
  CHECK(refused(R"({"issuer": "urn:x", "y": {}})", signed_one) == "B001 /credentialSubject/id");
  const std::string within = joindre(R"({"credentialSubject": {"achievement": {"id": "urn:x"}}, "y": {}})", signed_one);
  CHECK(within ==
        R"({"credentialSubject": {"achievement": {"id": "urn:x","endorsement":[)" + signed_one + R"(]}}, "y": {}})");
}

TEST_CASE("an endorsement of nothing is joined to nothing", "[credentials][endorsement]") {
  const std::string of_nothing = with(endorsement_of("urn:x"), "\"id\": \"urn:x\", ", "");
  for (const char *credential : {R"({"issuer": {"name": "x"}})", R"({"credentialSubject": {"achievement": {}}})", "{}"})
    CHECK(refused(credential, of_nothing) == "B001 /credentialSubject/id");
}
