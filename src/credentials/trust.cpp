#include "credentials/trust.hpp"

#include "credentials/jwt.hpp"
#include "credentials/key_forms.hpp"
#include "rules/json/reader.hpp"
#include "spie/credentials/issue.hpp"
#include "spie/json.hpp"

#include <utility>

namespace spie::credentials {

namespace {

constexpr JsonLimits list_limits{16, 16u << 20};

[[noreturn]] void refuse(Code code, std::string where, std::string english, std::string french) {
  throw Refusal({code, Level::error, std::move(where), {std::move(french), std::move(english)}, {}});
}

TrustedIssuer read_issuer(const json::Reader &entry) {
  entry.keys({"id", "nom", "etat", "du", "au"});
  const std::string etat = entry.text("etat");
  if (etat != "reconnu" && etat != "suspendu")
    refuse(Code::badge_structure, entry.where() + "/etat", "the state of an issuer is 'reconnu' or 'suspendu'",
           "l’état d’un émetteur est «\u202freconnu\u202f» ou «\u202fsuspendu\u202f»");
  TrustedIssuer issuer{
      entry.text("nom"), etat == "reconnu" ? TrustState::recognised : TrustState::suspended, *entry.date("du"), {}};
  if (const auto end = entry.find("au"))
    issuer.au = end->as_date();
  if (issuer.au && *issuer.au < issuer.du)
    refuse(Code::badge_structure, entry.where() + "/au", "the period of an issuer ends before it begins",
           "la période d’un émetteur finit avant de commencer");
  return issuer;
}

struct Content {
  TrustList list;
  std::string issuer; // its `iss`, or nothing
};

Content content_of(const feel::Value &value) {
  Content content;
  try {
    const json::Reader list(value, "", {Code::badge_structure});
    if (!list.is_context())
      list.refuse("a list of trust is an object");
    list.keys({"emetteurs", "iss", "iat", "proof"});
    content.issuer = list.text_if_any("iss");
    if (!list.has("emetteurs"))
      list.refuse("a list of trust has 'emetteurs'");
    for (const json::Reader &entry : list.items("emetteurs"))
      content.list.issuers.emplace(entry.text("id"), read_issuer(entry));
  } catch (const Refusal &) {
    throw;
  } catch (const Error &error) {
    throw Refusal(finding_of(error, Code::badge_structure, error.first().where));
  }
  return content;
}

Content read_content(std::string_view text) {
  feel::Value value;
  try {
    value = json::read_verbatim(text, {}, list_limits).value;
  } catch (const Error &error) {
    throw Refusal(finding_of(error, Code::badge_structure, error.first().where));
  }
  return content_of(value);
}

void refuse_first(const std::vector<Finding> &findings) {
  for (const Finding &one : findings)
    if (one.level == Level::error)
      throw Refusal(one);
}

} // namespace

TrustList::State TrustList::state(std::string_view issuer, feel::Date day) const {
  State found;
  const auto [first, last] = issuers.equal_range(issuer);
  for (auto at = first; at != last; ++at) {
    const TrustedIssuer &entry = at->second;
    if (day < entry.du || (entry.au && *entry.au < day))
      continue;
    if (found.entry == nullptr || entry.state == TrustState::suspended)
      found = {entry.state, &entry};
  }
  return found;
}

TrustList read_trust_list(std::string_view text, const Documents &documents, std::string_view signer,
                          std::optional<feel::DaysDuration> at) {
  const Jws jws = read_jws(text);
  Content content = read_content(jws.payload);
  const ProofFindings proof = verify_jws(jws, content.issuer, documents);
  refuse_first(proof.key);
  refuse_first(proof.proof);
  refuse_first(proof.issuer);
  const ResolvedKey &key = *proof.resolved;
  if (!content.issuer.empty() && proof.issuer_proof != IssuerProof::proved)
    refuse(Code::badge_issuer, "/iss", "nothing proves that the list of trust comes from who keeps it",
           "rien ne prouve que la liste de confiance vienne de qui la tient");
  if (at)
    if (const auto late = out_of_date(key, *at))
      throw Refusal(*late);
  content.list.signer = key.source == KeySource::embedded ? to_did(key.key) : key.controller;
  if (!signer.empty() && signer != content.list.signer)
    refuse(Code::badge_issuer, {},
           "the list of trust was signed by " + quoted(content.list.signer) + ", not by " + quoted(signer),
           "la liste de confiance est signée par " + cite(content.list.signer) + ", non par " + cite(signer));
  return std::move(content.list);
}

TrustList trust_list_of(const feel::Value &list) { return content_of(list).list; }

std::string sign_trust_list(std::string_view text, const crypto::Signer &signer, std::string_view kid) {
  const Content content = read_content(text);
  const std::string own = to_did(signer.key);
  const std::string address = kid.empty() ? own_method(own) : std::string(kid);
  if (!content.issuer.empty())
    return write_jws(text, signer, address);
  const std::string_view keeper = std::string_view(address).substr(0, address.find('#'));
  const std::size_t open = text.find('{'), end = text.rfind('}');
  return write_jws(std::string(text.substr(open, end - open)) + R"(,"iss":)" + write_json(feel::Value(keeper)) + '}',
                   signer, address);
}

std::string signer_liste_confiance(std::string_view liste, const Cle &cle, std::string_view methode) {
  return sign_trust_list(liste, cle.par(), methode);
}

} // namespace spie::credentials
