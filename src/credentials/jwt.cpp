#include "credentials/jwt.hpp"

#include "credentials/instant.hpp"
#include "credentials/key_forms.hpp"
#include "credentials/rules/classes.hpp"
#include "spie/feel/number.hpp"
#include "spie/json.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace spie::credentials {

namespace {

using feel::Context;
using feel::Kind;
using feel::Number;
using feel::Value;

constexpr std::array<std::string_view, 7> claims{"iss", "sub", "aud", "exp", "nbf", "iat", "jti"};
constexpr JsonLimits payload_limits{256, 16u << 20};

bool is_claim(std::string_view name) { return std::find(claims.begin(), claims.end(), name) != claims.end(); }

[[noreturn]] void refuse(Code code, std::string where, std::string english, std::string french) {
  throw Refusal({code, Level::error, std::move(where), {std::move(french), std::move(english)}, {}});
}

const Value *member(const Value *value, std::string_view name) {
  return value != nullptr && value->is(Kind::context) ? value->context().find(name) : nullptr;
}

// A text, or the `id` of an object: how a credential names who issues it, and its subject.
const std::string *id_of(const Value *value) {
  if (value != nullptr && value->is(Kind::list) && value->list().size() == 1)
    value = &value->list().front();
  if (value != nullptr && value->is(Kind::context))
    value = value->context().find("id");
  return value != nullptr && value->is(Kind::text) ? &value->text() : nullptr;
}

const std::string *text_of(const Value *value) {
  return value != nullptr && value->is(Kind::text) ? &value->text() : nullptr;
}

// --- what a credential says, under the names of VC 2.0 or VC 1.1, and the claims that repeat it ---

struct Said {
  const std::string *issuer, *id, *subject, *from, *until;
};

Said said_by(const Value &credential, bool legacy) {
  const auto date = [&](std::string_view name, std::string_view old_name) {
    const Value *value = legacy ? member(&credential, old_name) : nullptr;
    return text_of(value != nullptr ? value : member(&credential, name));
  };
  return {id_of(member(&credential, "issuer")), text_of(member(&credential, "id")),
          id_of(member(&credential, "credentialSubject")), date("validFrom", "issuanceDate"),
          date("validUntil", "expirationDate")};
}

class Claims {
public:
  Claims(const Value &payload, std::vector<Finding> &into) : payload_(payload), into_(into) {}

  void same_text(std::string_view claim, const std::string *said, Level missing) {
    const Value *value = member(&payload_, claim);
    if (value == nullptr) {
      if (said != nullptr)
        absent(claim, missing);
      return;
    }
    const std::string *text = text_of(value);
    if (text == nullptr || said == nullptr || *text != *said)
      different(claim);
  }

  void same_instant(std::string_view claim, const std::string *said) {
    const Value *value = member(&payload_, claim);
    if (value == nullptr) {
      if (said != nullptr)
        absent(claim, Level::error);
      return;
    }
    const auto instant = said == nullptr ? std::nullopt : read_instant(*said);
    if (!value->is(Kind::number) || !instant)
      return different(claim);
    const Number whole(instant->seconds); // fractions are left out of NumericDate by many
    const auto exact = Number::scaled(instant->nanos, -9).value_or(Number()).add(whole);
    if (value->number() != whole && value->number() != exact.value_or(whole))
      different(claim);
  }

  // When it was signed, which no credential says.
  void not_after(std::string_view claim, feel::DaysDuration now) {
    const Value *value = member(&payload_, claim);
    if (value == nullptr)
      return;
    if (!value->is(Kind::number))
      return add(claim, Code::badge_proof, Level::error, "the claim " + quoted(claim) + " is no number of seconds",
                 "la déclaration " + cite(claim) + " du JWT n’est pas un nombre de secondes");
    if (value->number() > Number(now.seconds + clock_tolerance))
      add(claim, Code::badge_dates, Level::error, "the JWT is dated after the instant asked",
          "le JWT est daté d’après l’instant demandé");
  }

private:
  void absent(std::string_view claim, Level level) {
    const bool warns = level == Level::warning;
    add(claim, warns ? Code::badge_warning : Code::badge_proof, level, "the payload has no claim " + quoted(claim),
        "le contenu du JWT n’a pas la déclaration " + cite(claim));
  }
  void different(std::string_view claim) {
    add(claim, Code::badge_proof, Level::error, "the claim " + quoted(claim) + " does not say what the credential says",
        "la déclaration " + cite(claim) + " du JWT ne dit pas ce que dit le badge");
  }
  void add(std::string_view claim, Code code, Level level, std::string english, std::string french) {
    into_.push_back({code, level, "/" + std::string(claim), {std::move(french), std::move(english)}, {}});
  }

  const Value &payload_;
  std::vector<Finding> &into_;
};

void check_claims(const VcJwt &jwt, feel::DaysDuration now, std::vector<Finding> &into) {
  const Said said = said_by(jwt.credential.value, jwt.legacy);
  Claims claims_of(jwt.payload.value, into);
  claims_of.same_text("iss", said.issuer, Level::error);
  claims_of.same_text("jti", said.id, Level::error);
  claims_of.same_instant("nbf", said.from);
  claims_of.same_text("sub", said.subject, Level::warning);
  claims_of.same_instant("exp", said.until);
  claims_of.not_after("iat", now);
  for (const std::string &name : jwt.beside)
    into.push_back({Code::badge_warning,
                    Level::warning,
                    "/" + name,
                    {cite(name) + ", à côté du badge, n’est pas lu", quoted(name) + ", beside the badge, is not read"},
                    {}});
}

json::Verbatim inner(const json::Verbatim &payload, const Value &credential) {
  constexpr std::string_view prefix = "/vc";
  json::Verbatim result{credential, {}};
  for (const auto &[place, digits] : payload.digits)
    if (place.starts_with("/vc/"))
      result.digits.emplace(place.substr(prefix.size()), digits);
  return result;
}

json::Verbatim without_claims(const json::Verbatim &payload) {
  std::vector<Context::Entry> entries;
  for (const Context::Entry &entry : payload.value.context())
    if (!is_claim(entry.first))
      entries.push_back(entry);
  json::Verbatim result{Value(Context::of_distinct(std::move(entries))), {}};
  for (const auto &[place, digits] : payload.digits)
    if (!is_claim(std::string_view(place).substr(1, place.find('/', 1) - 1)))
      result.digits.emplace(place, digits);
  return result;
}

// --- issuing ---

const std::string &required(const std::string *said, std::string_view where, std::string_view english,
                            std::string_view french) {
  if (said == nullptr)
    refuse(Code::badge_structure, std::string(where), "the credential lacks " + std::string(english),
           "il manque au badge " + std::string(french));
  return *said;
}

std::string numeric_date(const std::string &text, std::string_view where) {
  const auto instant = read_instant(text);
  if (!instant)
    refuse(Code::badge_structure, std::string(where), quoted(text) + " is no instant with its zone",
           cite(text) + " n’est pas un instant avec son fuseau");
  return std::to_string(instant->seconds);
}

bool is_version_2(const Value &credential) {
  const Value *contexts = member(&credential, "@context");
  return contexts != nullptr && contexts->is(Kind::list) && !contexts->list().empty() &&
         contexts->list().front().is(Kind::text) &&
         contexts->list().front().text() == "https://www.w3.org/ns/credentials/v2";
}

// The key must be one that the issuer can be known by.
std::string kid_for(const std::string &issuer, const crypto::PublicKey &key, std::string_view kid) {
  const auto discordant = [](std::string english, std::string french) {
    refuse(Code::badge_issuer, "/issuer", std::move(english), std::move(french));
  };
  const std::string own = own_method(issuer);
  const bool is_did = issuer.starts_with("did:"), is_web = issuer.starts_with("http");
  if (own.empty() && is_did && kid.empty())
    discordant("the issuer is a DID, and the address of its key ('kid') was not given",
               "l’émetteur est un DID, et l’adresse de sa clé («\u202fkid\u202f») n’a pas été donnée");
  if (!kid.empty() && (own.empty() ? (is_did || is_web) && !kid.starts_with(issuer + '#') : kid != own))
    discordant("the address of the key is not one of the issuer", "l’adresse de la clé n’est pas de l’émetteur");
  if (!own.empty() && !(resolve(own, {}).key == key))
    discordant("the key that signs is not the issuer's", "la clé qui signe n’est pas celle de l’émetteur");
  return own.empty() ? std::string(kid) : own;
}

// Another proof, inside, may be what certified verifiers take.
bool has_certified_proof(const Value &credential) {
  const Value *proof = member(&credential, "proof");
  const auto certified = [](const Value &one) {
    const std::string *suite = text_of(member(&one, "cryptosuite"));
    return suite != nullptr && *suite == "eddsa-rdfc-2022";
  };
  if (proof == nullptr)
    return false;
  return proof->is(Kind::list) ? std::any_of(proof->list().begin(), proof->list().end(), certified) : certified(*proof);
}

} // namespace

VcJwt read_vc_jwt(std::string_view text) {
  VcJwt jwt;
  jwt.jws = read_jws(text);
  try {
    jwt.payload = json::read_verbatim(jwt.jws.payload, {}, payload_limits);
  } catch (const Error &error) {
    throw Refusal(finding_of(error, Code::badge_proof, error.first().where));
  }
  if (!jwt.payload.value.is(Kind::context))
    refuse(Code::badge_proof, {}, "the payload of the JWT is no object", "le contenu du JWT n’est pas un objet");
  const Value *old = member(&jwt.payload.value, "vc");
  if (old == nullptr) {
    jwt.credential = without_claims(jwt.payload);
    return jwt;
  }
  if (!old->is(Kind::context))
    refuse(Code::badge_proof, "/vc", "'vc' of the payload is no object", "«\u202fvc\u202f» n’est pas un objet");
  const rules::Class &credential = *rules::find_class("VerifiableCredential");
  for (const Context::Entry &entry : jwt.payload.value.context()) {
    if (entry.first == "vc" || is_claim(entry.first))
      continue;
    // Who reads it there would be told what this one, in `vc`, does not say.
    if (rules::find_field(credential, entry.first) != nullptr || rules::known_term(entry.first))
      refuse(Code::badge_proof, "/" + entry.first,
             "the payload holds a credential in 'vc', and " + quoted(entry.first) + " of another beside it",
             "le contenu du JWT tient un badge dans «\u202fvc\u202f», et " + cite(entry.first) + " d’un autre à côté");
    jwt.beside.push_back(entry.first);
  }
  jwt.credential = inner(jwt.payload, *old);
  jwt.legacy = true;
  return jwt;
}

ProofFindings verify(const VcJwt &jwt, const Documents &documents, feel::DaysDuration now) {
  const std::string *issuer = id_of(member(&jwt.credential.value, "issuer"));
  ProofFindings found = verify_jws(jwt.jws, issuer == nullptr ? std::string_view() : *issuer, documents);
  check_claims(jwt, now, found.proof);
  return found;
}

IssuedJwt issue_vc_jwt(std::string_view text, const crypto::Signer &signer, std::string_view kid) {
  if (text.starts_with("\xEF\xBB\xBF"))
    text.remove_prefix(3);
  const Value credential = json::read_verbatim(text, {}, payload_limits).value;
  if (!is_version_2(credential))
    refuse(Code::badge_structure, "/@context/0",
           "a badge is issued by the rules of VC 2.0: its first context is https://www.w3.org/ns/credentials/v2",
           "un badge est émis selon VC 2.0\u202f: son premier contexte est https://www.w3.org/ns/credentials/v2");
  for (const Context::Entry &entry : credential.context())
    if (is_claim(entry.first) || entry.first == "vc")
      refuse(Code::badge_structure, "/" + entry.first, quoted(entry.first) + " is a claim of the JWT, not of the badge",
             cite(entry.first) + " est une déclaration du JWT, non du badge");
  const Said said = said_by(credential, false);
  const std::string &issuer = required(said.issuer, "/issuer", "its issuer", "son émetteur");
  const std::string &id = required(said.id, "/id", "its id", "son identifiant («\u202fid\u202f»)");
  const std::string &from = required(said.from, "/validFrom", "the begin of its validity",
                                     "le début de sa validité («\u202fvalidFrom\u202f»)");

  std::string payload(text.substr(0, text.rfind('}')));
  const auto claim = [&](std::string_view name, std::string_view value) {
    payload.append(",\"").append(name).append("\":").append(value);
  };
  claim("iss", write_json(Value(issuer)));
  claim("jti", write_json(Value(id)));
  claim("nbf", numeric_date(from, "/validFrom"));
  if (said.subject != nullptr)
    claim("sub", write_json(Value(*said.subject)));
  if (said.until != nullptr)
    claim("exp", numeric_date(*said.until, "/validUntil"));
  payload += '}';

  IssuedJwt issued{write_jws(payload, signer, kid_for(issuer, signer.key, kid)), {}};
  const crypto::KeyKind kind = signer.key.kind();
  if ((kind == crypto::KeyKind::ed25519 || kind == crypto::KeyKind::p384) && !has_certified_proof(credential))
    issued.warnings.push_back({Code::badge_warning,
                               Level::warning,
                               "/alg",
                               {"aucun vérificateur certifié ne lit un JWT signé par " + std::string(jose_name(kind)),
                                "no certified verifier reads a JWT signed by " + std::string(jose_name(kind))},
                               {"ajouter une preuve eddsa-rdfc-2022, ou signer par RS256 ou ES256",
                                "add a proof eddsa-rdfc-2022, or sign by RS256 or ES256"}});
  return issued;
}

} // namespace spie::credentials
