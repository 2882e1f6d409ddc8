#include "credentials/jwt.hpp"

#include "credentials/key_forms.hpp"
#include "spie/json.hpp"
#include "text/base64.hpp"

#include <array>

namespace spie::credentials {

namespace {

using feel::Kind;
using feel::Value;

constexpr std::size_t longest = 16u << 20;
constexpr JsonLimits header_limits{8, std::size_t{64} * 1'024};

[[noreturn]] void refuse(Code code, std::string where, std::string english, std::string french) {
  throw Refusal({code, Level::error, std::move(where), {std::move(french), std::move(english)}, {}});
}

std::string decoded(std::string_view part, std::string_view english, std::string_view french) {
  auto bytes = from_base64url(part);
  if (!bytes)
    refuse(Code::badge_proof, {}, "the " + std::string(english) + " of the JWS is not in canonical base64url",
           std::string(french) + " du JWS n’est pas en base64url canonique");
  return *std::move(bytes);
}

const std::string &text_member(const Value &value, std::string_view name) {
  if (!value.is(Kind::text))
    refuse(Code::badge_proof, "/" + std::string(name), quoted(name) + " of the header is no text",
           cite(name) + " de l’en-tête n’est pas un texte");
  return value.text();
}

crypto::KeyKind kind_of(const Value *value) {
  using crypto::KeyKind;
  if (value == nullptr)
    refuse(Code::badge_proof, "/alg", "the header has no 'alg'", "l’en-tête n’a pas de «\u202falg\u202f»");
  const std::string &name = text_member(*value, "alg");
  for (const KeyKind kind : {KeyKind::ed25519, KeyKind::p256, KeyKind::p384, KeyKind::rsa})
    if (name == jose_name(kind))
      return kind;
  if (name == "none")
    refuse(Code::badge_proof, "/alg", "the header says that nothing is signed ('alg' none)",
           "l’en-tête dit que rien n’est signé («\u202falg\u202f» none)");
  refuse(Code::badge_unsupported, "/alg", "the algorithm " + quoted(name) + " is none of EdDSA, ES256, ES384 and RS256",
         "l’algorithme " + cite(name) + " n’est ni EdDSA, ni ES256, ni ES384, ni RS256");
}

void read_header(std::string_view text, Jws &into) {
  Value header;
  try {
    header = json::read_verbatim(text, {}, header_limits).value;
  } catch (const Error &) { // whose message may quote what was meant to stay secret
    refuse(Code::badge_proof, {}, "the header of the JWS is not JSON, or gives a member twice",
           "l’en-tête du JWS n’est pas du JSON, ou donne deux fois un membre");
  }
  if (!header.is(Kind::context))
    refuse(Code::badge_proof, {}, "the header of the JWS is no object", "l’en-tête du JWS n’est pas un objet");
  for (const auto &[name, value] : header.context())
    if (name != "alg" && name != "kid" && name != "jwk" && name != "typ")
      refuse(Code::badge_proof, "/" + name, quoted(name) + " may not stand in the header: alg, kid, jwk and typ may",
             cite(name) + " n’a pas sa place dans l’en-tête, où seuls alg, kid, jwk et typ peuvent être");
  const feel::Context &members = header.context();
  into.kind = kind_of(members.find("alg"));
  if (const Value *type = members.find("typ"); type != nullptr && text_member(*type, "typ") != "JWT")
    refuse(Code::badge_proof, "/typ", "'typ' of the header is not JWT", "«\u202ftyp\u202f» de l’en-tête n’est pas JWT");
  if (const Value *kid = members.find("kid")) {
    into.kid = text_member(*kid, "kid");
    if (into.kid.empty())
      refuse(Code::badge_proof, "/kid", "'kid' of the header is empty", "«\u202fkid\u202f» de l’en-tête est vide");
  }
  const Value *jwk = members.find("jwk");
  if (jwk != nullptr) {
    try {
      into.jwk = read_jwk(*jwk);
    } catch (const crypto::KeyError &error) {
      throw Refusal(finding_of(error, Code::badge_key, "/jwk"));
    }
  }
  if (into.jwk && into.jwk->kind() != into.kind)
    refuse(Code::badge_key, "/alg",
           "'alg' of the header does not go with its key " + std::string(name(into.jwk->kind())),
           "«\u202falg\u202f» de l’en-tête ne va pas avec sa clé " + std::string(name(into.jwk->kind())));
  if (into.kid.empty() && !into.jwk)
    refuse(Code::badge_proof, {}, "the header has neither 'kid' nor 'jwk': nothing says which key signed",
           "l’en-tête n’a ni «\u202fkid\u202f» ni «\u202fjwk\u202f»\u202f: rien ne dit quelle clé a signé");
}

ResolvedKey key_of(const Jws &jws, const Documents &documents) {
  if (jws.kid.empty())
    return {*jws.jwk, KeySource::embedded, {}, {}, {}};
  ResolvedKey found = resolve(jws.kid, documents);
  if (jws.jwk && !(*jws.jwk == found.key))
    refuse(Code::badge_key, "/jwk", "the key in the header is not the one that 'kid' names",
           "la clé de l’en-tête n’est pas celle que «\u202fkid\u202f» désigne");
  if (found.key.kind() != jws.kind)
    refuse(Code::badge_key, "/alg",
           "'alg' of the header does not go with its key " + std::string(name(found.key.kind())),
           "«\u202falg\u202f» de l’en-tête ne va pas avec sa clé " + std::string(name(found.key.kind())));
  return found;
}

} // namespace

Jws read_jws(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
    text.remove_suffix(1);
  if (text.size() > longest)
    refuse(Code::badge_limit, {}, "the JWS is larger than 16 MiB", "le JWS dépasse 16\u202fMio");
  const std::size_t first = text.find('.');
  const std::size_t second = first == std::string_view::npos ? first : text.find('.', first + 1);
  if (second == std::string_view::npos || text.find('.', second + 1) != std::string_view::npos)
    refuse(Code::badge_proof, {}, "a compact JWS has three parts between two points",
           "un JWS compact a trois parties que séparent deux points");
  Jws jws;
  read_header(decoded(text.substr(0, first), "header", "l’en-tête"), jws);
  jws.payload = decoded(text.substr(first + 1, second - first - 1), "payload", "le contenu");
  jws.signature = decoded(text.substr(second + 1), "signature", "la signature");
  jws.signed_text = text.substr(0, second);
  return jws;
}

std::string write_jws(std::string_view payload, const crypto::Signer &signer, std::string_view kid) {
  std::string header = R"({"alg":")" + std::string(jose_name(signer.key.kind())) + R"(","typ":"JWT",)";
  header += kid.empty() ? R"("jwk":)" + to_jwk(signer.key) : R"("kid":)" + write_json(Value(kid));
  std::string text = to_base64url(header + '}') + '.' + to_base64url(payload);
  const std::string signature = signer(text);
  return text + '.' + to_base64url(signature);
}

void compare_issuer(std::string_view issuer, const Documents &documents, ProofFindings &found) {
  if (issuer.empty())
    return;
  try {
    IssuerVerdict verdict = issuer_verdict(issuer, *found.resolved, documents);
    found.issuer_proof = verdict.proof;
    if (verdict.expires)
      found.resolved->expires = verdict.expires;
    if (verdict.revoked)
      found.resolved->revoked = verdict.revoked;
    if (verdict.finding)
      found.issuer.push_back(*std::move(verdict.finding));
  } catch (const Refusal &refusal) {
    found.issuer.push_back(refusal.finding());
  }
}

ProofFindings verify_jws(const Jws &jws, std::string_view issuer, const Documents &documents) {
  ProofFindings found;
  try {
    found.resolved = key_of(jws, documents);
    if (!found.resolved->key.verify(jws.signed_text, jws.signature)) {
      found.proof.push_back({Code::badge_proof,
                             Level::error,
                             {},
                             {"la signature ne tient pas\u202f: le badge a été altéré, ou signé par une autre clé",
                              "the signature does not hold: the badge was altered, or signed by another key"},
                             {}});
      found.checked = true;
      return found;
    }
  } catch (const Refusal &refusal) {
    found.key.push_back(refusal.finding());
    if (found.key.back().where.empty())
      found.key.back().where = "/kid";
    found.checked = refusal.finding().code != Code::badge_unavailable;
    return found;
  }
  found.checked = true;
  compare_issuer(issuer, documents, found);
  return found;
}

} // namespace spie::credentials
