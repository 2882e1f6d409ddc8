#include "credentials/verification/embedded.hpp"

#include "credentials/data_integrity.hpp"

#include <algorithm>
#include <utility>

namespace spie::credentials::verification {
namespace {

Finding of_diagnostic(const Diagnostic &one, std::string_view place) {
  Finding finding = finding_of(Error(one), one.code, one.where.empty() ? std::string(place) : one.where);
  finding.level = one.level;
  if (!one.details.empty() &&
      finding.reason.fr.find(one.details) == std::string::npos) // its French says the kind alone
    finding.reason.fr += "\u202f: " + cite(one.details);
  return finding;
}

Finding finding(Code code, std::string where, std::string fr, std::string en, Words remedy = {}) {
  return {code, Level::error, std::move(where), {std::move(fr), std::move(en)}, std::move(remedy)};
}

void check_dates(const Proof &proof, feel::DaysDuration now, std::vector<Finding> &into) {
  if (!proof.created.empty()) {
    const auto created = read_instant(proof.created);
    if (!created || created->seconds > now.seconds + clock_tolerance)
      into.push_back(finding(Code::badge_dates, proof.where + "/created",
                             "la preuve est datée d’après l’instant demandé",
                             "the proof is dated after the instant asked"));
  }
  if (!proof.expires.empty()) {
    const auto expires = read_instant(proof.expires);
    if (!expires || *expires < now)
      into.push_back(
          finding(Code::badge_dates, proof.where + "/expires", "la preuve a expiré", "the proof has expired"));
  }
}

ProofFindings verify_one(Secured &secured, const Proof &proof, std::string_view issuer, const Documents &documents,
                         feel::DaysDuration now, const jsonld::Contexts &contexts) {
  ProofFindings found;
  if (proof.chained) {
    found.proof.push_back(finding(
        Code::badge_proof, proof.where + "/previousProof",
        "la preuve s’appuie sur une autre («\u202fpreviousProof\u202f»)\u202f: les chaînes de preuves sont refusées",
        "the proof rests on another ('previousProof'): chains of proofs are refused",
        {"Demander à l’émetteur un badge dont chaque preuve tient seule",
         "Ask the issuer for a badge of which each proof stands alone"}));
    return found;
  }
  for (const Diagnostic &fault : proof.faults)
    found.proof.push_back(of_diagnostic(fault, proof.where));
  if (!proof.faults.empty())
    return found;
  if (proof.purpose != "assertionMethod")
    found.proof.push_back(finding(Code::badge_proof, proof.where + "/proofPurpose",
                                  "la preuve n’a pas pour but d’affirmer (assertionMethod)",
                                  "the purpose of the proof is not to assert (assertionMethod)"));
  check_dates(proof, now, found.proof);
  try {
    found.resolved = resolve(proof.verification_method, documents);
  } catch (const Refusal &refusal) {
    found.key.push_back(refusal.finding());
    found.key.back().where = proof.where + "/verificationMethod";
    return found;
  }
  const crypto::PublicKey &key = found.resolved->key;
  if (!fits(*proof.suite, key.kind())) {
    found.key.push_back(finding(Code::badge_key, proof.where + "/verificationMethod",
                                "la clé n’est pas de la sorte que la preuve demande",
                                "the key is not of the kind that the proof asks for"));
    return found;
  }
  try {
    const bool held = secured.holds(proof, key, contexts);
    found.checked = true;
    if (!held) {
      found.proof.push_back(finding(Code::badge_proof, proof.where,
                                    "la signature ne tient pas\u202f: le badge a été changé, ou signé autrement",
                                    "the signature does not hold: the badge was changed, or signed otherwise"));
      return found;
    }
  } catch (const Error &error) {
    for (const Diagnostic &one : error.diagnostics())
      found.proof.push_back(of_diagnostic(one, proof.where));
    return found;
  }
  compare_issuer(issuer, documents, found);
  return found;
}

std::string named(const Proof &proof) {
  if (proof.suite)
    return std::string(name(*proof.suite));
  return proof.cryptosuite.empty() ? proof.type : proof.cryptosuite;
}

} // namespace

std::vector<Embedded> verify_embedded(const json::Verbatim &document, std::string_view issuer,
                                      const Documents &documents, feel::DaysDuration now,
                                      const jsonld::Contexts &contexts, rdf::Work &work) {
  std::vector<Embedded> all;
  const feel::Value *proofs = document.value.is(feel::Kind::context) ? document.value.context().find("proof") : nullptr;
  if (proofs == nullptr)
    return all;
  try {
    constexpr std::size_t most_proofs = 10; // each may cost a canonical form
    if (proofs->is(feel::Kind::list) && proofs->list().size() > most_proofs)
      throw Error(Diagnostic{Code::badge_limit, Level::error, "a badge bears ten proofs at most", "/proof"});
    Secured secured(document, &work);
    for (const Proof &proof : secured.proofs())
      all.push_back({proof.where, named(proof), verify_one(secured, proof, issuer, documents, now, contexts)});
  } catch (const Error &error) {
    Embedded one{"/proof", {}, {}};
    one.found.proof.push_back(of_diagnostic(error.first(), "/proof"));
    all.push_back(std::move(one));
  }
  return all;
}

std::optional<Finding> jcs_refusal(const json::Verbatim &document, const Documents &documents, feel::DaysDuration now,
                                   std::string &signer) {
  std::optional<Finding> refused =
      finding(Code::badge_trust, "/proof", "la liste de confiance n’a pas de preuve «\u202feddsa-jcs-2022\u202f»",
              "the list of trust has no 'eddsa-jcs-2022' proof");
  const feel::Value *keeper = document.value.context().find("iss");
  const std::string issuer = keeper != nullptr && keeper->is(feel::Kind::text) ? keeper->text() : std::string();
  Secured secured(document);
  for (const Proof &proof : secured.proofs()) {
    if (proof.suite != Suite::eddsa_jcs_2022)
      continue;
    const ProofFindings found = verify_one(secured, proof, issuer, documents, now, jsonld::Contexts::pinned());
    refused.reset();
    for (const auto *findings : {&found.key, &found.proof, &found.issuer})
      for (const Finding &one : *findings)
        if (one.level == Level::error && !refused)
          refused = one;
    if (!refused && !issuer.empty() && found.issuer_proof != IssuerProof::proved)
      refused = finding(Code::badge_issuer, "/iss", "rien ne prouve que la liste de confiance vienne de qui la tient",
                        "nothing proves that the list of trust comes from who keeps it");
    if (!refused && found.resolved)
      refused = out_of_date(*found.resolved, now);
    if (refused)
      return refused;
    signer = found.resolved->controller;
  }
  return refused;
}

} // namespace spie::credentials::verification
