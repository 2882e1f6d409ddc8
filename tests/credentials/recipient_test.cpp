// Recipients. The first hash is the example of Open Badges 3.0 (IdentityObject), the others by Python's hashlib.
#include "tests/credentials/files.hpp"

#include "credentials/recipient.hpp"
#include "rules/json/reader.hpp"

using namespace spie;
using namespace spie::credentials;
using spie::testing::refusal;

namespace {

constexpr std::string_view published_hash = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399";

std::vector<Identity> identities(std::string_view text) { return read_identities(json::read_verbatim(text).value); }
std::string identity(std::string_view hash, std::string_view salt, std::string_view hashed = "true",
                     std::string_view type = "emailAddress") {
  return R"({"type": "IdentityObject", "hashed": )" + std::string(hashed) + R"(, "identityHash": ")" +
         std::string(hash) + R"(", "identityType": ")" + std::string(type) + "\"" +
         (salt.empty() ? "" : R"(, "salt": ")" + std::string(salt) + "\"") + "}";
}

} // namespace

TEST_CASE("the salt comes after the identifier", "[credentials][recipient]") {
  CHECK(identity_hash("a@example.com", "Kosher") == published_hash);
  CHECK(identity_hash("élève@exemple.fr", "sel’") ==
        "sha256$7e1964ce268eeecc01bd74c9df31135234aebef1fea3597bbd8ff2db4a747612");
  CHECK(identity_hash("a@example.com", "Kosher", IdentityHash::md5) == "md5$ddd142639a792e74751ee7e129237efa");
}

TEST_CASE("an e-mail is found by its hash, or in clear", "[credentials][recipient]") {
  const auto found = [](std::string_view text, std::string_view email) {
    return recipient_of(identities(text), email);
  };
  const std::string one = identity(published_hash, "Kosher");
  CHECK(found(one, "a@example.com") == Recipient::same);
  CHECK(found(one, "A@Example.com") == Recipient::same); // lower case is tried too
  CHECK(found(one, "b@example.com") == Recipient::other);
  std::string upper(published_hash.substr(7));
  for (char &letter : upper)
    letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  CHECK(found(identity("sha256$" + upper, "Kosher"), "a@example.com") == Recipient::same);
  CHECK(found(identity(published_hash, "kosher"), "a@example.com") == Recipient::other);
  CHECK(found(identity("md5$ddd142639a792e74751ee7e129237efa", "Kosher"), "a@example.com") == Recipient::same);
  CHECK(found(identity("a@example.com", "", "false"), "a@example.com") == Recipient::same);
  CHECK(found(identity("A@example.com", "", "false"), "a@example.com") == Recipient::same);
  // In clear, what looks like a hash is none.
  CHECK(found(identity(published_hash, "Kosher", "false"), "a@example.com") == Recipient::other);
  CHECK(found(identity("a@example.com", "", "false", "userName"), "a@example.com") == Recipient::unnamed);
  CHECK(found("[" + identity("nom", "", "false", "userName") + ", " + one + "]", "a@example.com") == Recipient::same);
}

TEST_CASE("an identity that breaks a rule is refused where it stands", "[credentials][recipient]") {
  const auto where = [](std::string_view text) { return refusal([&] { identities(text); }); };
  const std::string base = "/credentialSubject/identifier";
  CHECK(where("[]") == "B001 " + base);
  CHECK(where("\"a@example.com\"") == "B001 " + base);
  CHECK(where("[" + identity("sha256$12", "x") + "]") == "B001 " + base + "/0/identityHash");
  CHECK(where(identity("sha1$" + std::string(40, 'a'), "x")) == "B001 " + base + "/identityHash");
  CHECK(where(identity("a", "", "\"oui\"")) == "B001 " + base + "/hashed");
  CHECK(where("{\"hashed\": false, \"identityHash\": \"a\"}") == "B001 " + base);
}

TEST_CASE("a new badge names an address by its hash in lower case", "[credentials][recipient]") {
  const feel::Value made = identity_of("A@Example.com", "Kosher");
  CHECK(made.context().find("identityHash")->text() == published_hash);
  CHECK(recipient_of(read_identities(made), "a@example.com") == Recipient::same);
}
