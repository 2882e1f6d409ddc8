#include "credentials/recipient.hpp"

#include "credentials/place.hpp"
#include "crypto/digest.hpp"
#include "text/words.hpp"

#include <algorithm>

namespace spie::credentials {

namespace {

constexpr std::string_view sha256_mark = "sha256$", md5_mark = "md5$";

bool is_email(const Identity &identity) noexcept { return identity.type == "emailAddress" || identity.type == "email"; }

bool hash_holds(const Identity &identity, std::string_view identifier) {
  const std::string hash = ascii_lower(identity.identity);
  return (hash.starts_with(sha256_mark) && hash == identity_hash(identifier, identity.salt)) ||
         (hash.starts_with(md5_mark) && hash == identity_hash(identifier, identity.salt, IdentityHash::md5));
}

bool resembles_hash(std::string_view text) {
  const std::string hash = ascii_lower(text);
  const auto digits = [&](std::string_view mark, std::size_t count) {
    return hash.starts_with(mark) && hash.size() == mark.size() + count &&
           hash.find_first_not_of("0123456789abcdef", mark.size()) == std::string::npos;
  };
  return digits(sha256_mark, 64) || digits(md5_mark, 32);
}

} // namespace

std::string identity_hash(std::string_view identifier, std::string_view salt, IdentityHash algorithm) {
  const std::string salted = std::string(identifier) + std::string(salt);
  if (algorithm == IdentityHash::md5)
    return std::string(md5_mark) + crypto::hex(crypto::md5(salted));
  return std::string(sha256_mark) + crypto::hex(crypto::sha256(salted));
}

bool is_same(const Identity &identity, std::string_view identifier) {
  const std::string lower = ascii_lower(identifier);
  if (identity.hashed)
    return hash_holds(identity, identifier) || hash_holds(identity, lower);
  return identity.identity == identifier || (is_email(identity) && ascii_lower(identity.identity) == lower);
}

std::vector<Identity> read_identities(const feel::Value &identifier, std::string_view where) {
  std::vector<Identity> identities;
  Place{identifier, std::string(where), Code::badge_structure}.each([&](const Place &one) {
    const Place object = one.object();
    Identity identity;
    identity.type = object.at("identityType").text();
    const Place hashed = object.at("hashed");
    if (!hashed.is(feel::Kind::boolean))
      hashed.refuse("vrai ou faux est attendu", "true or false is expected");
    identity.hashed = hashed.value.is_true();
    const Place hash = object.at("identityHash");
    identity.identity = hash.text();
    if (identity.hashed && !resembles_hash(identity.identity))
      hash.refuse("une empreinte « sha256$ » ou « md5$ » suivie de ses chiffres hexadécimaux est attendue",
                  "a hash is expected: sha256$ or md5$ and its hexadecimal digits");
    if (const auto salt = object.find("salt"))
      identity.salt = salt->text();
    identities.push_back(std::move(identity));
  });
  return identities;
}

feel::Value identity_of(std::string_view email, std::string_view salt) {
  return feel::Value(feel::Context{{"type", feel::Value("IdentityObject")},
                                   {"hashed", feel::Value(true)},
                                   {"identityHash", feel::Value(identity_hash(ascii_lower(email), salt))},
                                   {"identityType", feel::Value("emailAddress")},
                                   {"salt", feel::Value(salt)}});
}

Recipient recipient_of(const std::vector<Identity> &identities, std::string_view email) {
  bool named = false;
  for (const Identity &identity : identities)
    if (is_email(identity)) {
      named = true;
      if (is_same(identity, email))
        return Recipient::same;
    }
  return named ? Recipient::other : Recipient::unnamed;
}

} // namespace spie::credentials
