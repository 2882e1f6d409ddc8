#include "spie/credentials/endorsement.hpp"
#include "spie/credentials/reading.hpp"

#include "credentials/finding.hpp"
#include "credentials/jwt.hpp"
#include "credentials/proof_text.hpp"
#include "credentials/told.hpp"
#include "crypto/digest.hpp"
#include "rules/json/reader.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace spie::credentials {

namespace {

using feel::Kind;
using feel::Value;

const Value *member(const Value *of, std::string_view key) {
  return of != nullptr && of->is(Kind::context) ? of->context().find(key) : nullptr;
}

std::string text_of(const Value *value) { return value != nullptr && value->is(Kind::text) ? value->text() : ""; }

// An issuer or a subject: its id, or the text that stands for it.
std::string id_of(const Value *value) {
  return value != nullptr && value->is(Kind::text) ? value->text() : text_of(member(value, "id"));
}

bool has_type(const Value &of, std::string_view type) {
  const Value *types = member(&of, "type");
  if (types == nullptr || !types->is(Kind::list))
    return text_of(types) == type;
  return std::ranges::any_of(types->list(), [&](const Value &one) { return one.is(Kind::text) && one.text() == type; });
}

// White space around it is not of a JWS.
std::string_view trimmed(std::string_view bytes) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = bytes.find_first_not_of(blanks);
  return first == std::string_view::npos ? std::string_view()
                                         : bytes.substr(first, bytes.find_last_not_of(blanks) - first + 1);
}

bool is_jws(std::string_view bytes) { return !bytes.empty() && bytes.front() != '{' && bytes.front() != '\xEF'; }

[[noreturn]] void refuse(Code code, std::string where, Words reason, Words remedy) {
  throw Refusal({code, Level::error, std::move(where), std::move(reason), std::move(remedy)});
}

// Where an endorsement stands in a credential: under what.
constexpr std::array<std::string_view, 2> achievement{"credentialSubject", "achievement"};
constexpr std::array<std::string_view, 1> issuer{"issuer"};

} // namespace

namespace {

// The credential that is signed, of that type or of its other name.
json::Verbatim signed_credential(std::string_view bytes, std::string_view type, std::string_view alias) {
  const std::string_view text = trimmed(bytes);
  const bool signed_around = is_jws(text);
  json::Verbatim read = signed_around ? read_vc_jwt(text).credential : json::read_verbatim(text);
  const std::string name(type);
  if (!has_type(read.value, type) && !has_type(read.value, alias))
    refuse(Code::badge_structure, "/type",
           {"ce n’est pas un document de type «\u202f" + name + "\u202f»", "it is no document of type '" + name + "'"},
           {"Donner celui qui est attendu", "Give the one that is expected"});
  if (!signed_around && member(&read.value, "proof") == nullptr)
    refuse(Code::badge_carrier, "/proof", {"personne n’a signé ce document", "nobody signed this document"},
           {"Le faire signer par son auteur", "Have its author sign it"});
  return read;
}

} // namespace

BadgeLu lire_badge(std::string_view bytes) {
  const json::Verbatim read = signed_credential(bytes, "AchievementCredential", "OpenBadgeCredential");
  const Value *status = member(&read.value, "credentialStatus");
  if (status != nullptr && status->is(Kind::list))
    status = status->list().empty() ? nullptr : &status->list().front();
  return {text_of(member(&read.value, "id")),
          id_of(member(&read.value, "issuer")),
          text_of(member(&read.value, "validFrom")),
          text_of(member(&read.value, "validUntil")),
          text_of(member(status, "statusListCredential")),
          text_of(member(status, "statusListIndex")),
          crypto::hex(crypto::sha256(bytes))};
}

Avenant lire_avenant(std::string_view bytes) {
  const json::Verbatim read = signed_credential(bytes, "EndorsementCredential", "EndorsementCredential");
  const Value *subject = member(&read.value, "credentialSubject");
  return {text_of(member(&read.value, "id")), id_of(member(&read.value, "issuer")), id_of(subject),
          text_of(member(subject, "endorsementComment")), crypto::hex(crypto::sha256(bytes))};
}

namespace {

std::string joined(std::string_view credential, std::string_view avenant) {
  const Avenant endorsement = lire_avenant(avenant);
  const json::Verbatim read = json::read_verbatim(credential);
  if (member(&read.value, "proof") != nullptr)
    refuse(Code::badge_proof, "/proof",
           {"ce badge est déjà signé\u202f: y joindre une recommandation romprait sa preuve",
            "this badge is signed: an endorsement put into it would break its proof"},
           {"La joindre avant de le signer, ou la donner à côté de lui",
            "Put it in before it is signed, or hand it over beside it"});
  std::span<const std::string_view> under;
  const Value *subject = member(&read.value, "credentialSubject");
  // What an endorsement is put under is written there: named by its address alone, it has no place for one.
  const auto is_of = [&](const Value *thing) {
    return thing != nullptr && thing->is(Kind::context) && !endorsement.porte_sur.empty() &&
           id_of(thing) == endorsement.porte_sur;
  };
  if (!is_of(&read.value)) {
    if (is_of(member(subject, "achievement")))
      under = achievement;
    else if (is_of(member(&read.value, "issuer")))
      under = issuer;
    else
      refuse(Code::badge_structure, "/credentialSubject/id",
             {"la recommandation porte sur autre chose que ce badge",
              "the endorsement speaks of something else than this badge"},
             {"Prendre celle qui cite l’identifiant du badge, de son accomplissement ou de son émetteur",
              "Take the one that names the id of the badge, of its achievement or of its issuer"});
  }
  const std::string_view text = trimmed(avenant);
  return is_jws(text) ? with_item(credential, under, "endorsementJwt", '"' + std::string(text) + '"')
                      : with_item(credential, under, "endorsement", text);
}

} // namespace

std::string joindre(std::string_view credential, std::string_view avenant) {
  try {
    return joined(credential, avenant);
  } catch (const Refusal &refusal) { // what was found is said, in French too, and not the general words of its code
    throw Error(diagnostic_of(refusal.finding()));
  }
}

} // namespace spie::credentials
