// The proofs of a credential: those that stand in it, then the JWS around it (Open Badges 3.0 §8.3).
#include "credentials/data_integrity.hpp"
#include "credentials/verification/embedded.hpp"
#include "credentials/verification/state.hpp"

#include <algorithm>
#include <array>

namespace spie::credentials::verification {
namespace {

struct Proof {
  std::string place, suite;
  ProofFindings found;
};

bool has_error(const std::vector<Finding> &findings) {
  return std::any_of(findings.begin(), findings.end(), [](const Finding &one) { return one.level == Level::error; });
}

bool holds(const Proof &proof) { return proof.found.checked && !has_error(proof.found.proof); }

// A suite that is not read is not a proof that fails.
bool unread(const Proof &proof) {
  return !proof.found.checked && std::any_of(proof.found.proof.begin(), proof.found.proof.end(),
                                             [](const Finding &one) { return one.code == Code::badge_unsupported; });
}

// Of others, which stand beside ours in badges that several kinds of verifiers read. Any other name may be one of ours
// that was changed: such a badge is not confirmed.
bool of_others(std::string_view suite) {
  constexpr std::array names =
      std::to_array<std::string_view>({"ecdsa-sd-2023", "ecdsa-jcs-2019", "bbs-2023", "RsaSignature2018",
                                       "Ed25519Signature2018", "JsonWebSignature2020"});
  return std::find(names.begin(), names.end(), suite) != names.end();
}

class Telling {
public:
  Telling(Sheet &sheet, const Verificateur::Prepared &state) : sheet_(sheet), state_(state) {}

  void tell(const Proof &proof, bool another_holds) {
    if (unread(proof)) {
      for (const Finding &one : proof.found.proof)
        sheet_.add(Nom::preuve, another_holds && of_others(proof.suite) ? Etat::avertissement : Etat::non_verifie,
                   placed(one, proof));
      return;
    }
    const bool held = holds(proof);
    for (const Finding &one : proof.found.proof)
      sheet_.add(Nom::preuve, one.code == Code::badge_unavailable ? Etat::non_verifie : state_of(one),
                 placed(one, proof));
    if (held && proof.suite == name(Suite::ecdsa_sd_2023)) // who holds the badge chose what shows
      sheet_.add(Nom::preuve,
                 {Code::badge_warning,
                  Level::warning,
                  proof.place,
                  {"le badge n’est montré qu’en partie\u202f: une date de fin ou une révocation peut en être absente",
                   "the badge is shown in part: an end or a revocation may be missing from it"},
                  {"Demander à l’émetteur, si la durée ou la révocation importe",
                   "Ask the issuer, where duration or revocation matters"}});
    if (held)
      sheet_.ok(Nom::preuve, "la signature " + proof.suite + " tient : rien n’a été changé depuis",
                "the " + proof.suite + " signature holds: nothing was changed since", proof.place);
    else if (proof.found.proof.empty())
      sheet_.add(
          Nom::preuve, Etat::non_verifie,
          {Code::badge_unavailable,
           Level::error,
           proof.place,
           {"la signature n’a pas été vérifiée : sa clé manque", "the signature was not checked: its key is missing"},
           {"Remettre la clé de l’émetteur, ou le document qui la contient",
            "Hand over the key of the issuer, or the document that holds it"}});
    key(proof);
    issuer(proof, held);
  }

private:
  static Etat state_of(const Finding &one) { return one.level == Level::error ? Etat::echec : Etat::avertissement; }

  // What has no place of its own has that of its proof.
  static Finding placed(Finding one, const Proof &proof) {
    if (one.where.empty())
      one.where = proof.place;
    return one;
  }

  void key(const Proof &proof) {
    for (const Finding &one : proof.found.key)
      sheet_.add(Nom::cle, one.code == Code::badge_unavailable ? Etat::non_verifie : state_of(one), placed(one, proof));
    if (!proof.found.resolved) {
      if (proof.found.key.empty())
        sheet_.left(Nom::cle, "la clé n’a pas été cherchée", "the key was not looked for");
      return;
    }
    const ResolvedKey &resolved = *proof.found.resolved;
    if (auto late = out_of_date(resolved, state_.now)) {
      late->where = proof.place.empty() ? resolved.source == KeySource::embedded ? "/jwk" : "/kid"
                                        : proof.place + "/verificationMethod";
      sheet_.add(Nom::cle, *late);
      return;
    }
    if (!has_error(proof.found.key))
      sheet_.ok(Nom::cle, "clé " + std::string(crypto::name(resolved.key.kind())) + " trouvée",
                std::string(crypto::name(resolved.key.kind())) + " key found", proof.place);
  }

  void issuer(const Proof &proof, bool held) {
    for (Finding one : proof.found.issuer) {
      if (one.where.empty())
        one.where = "/issuer";
      sheet_.add(Nom::emetteur, one.code == Code::badge_unavailable ? Etat::non_verifie : state_of(one), one);
    }
    if (proof.found.issuer_proof)
      sheet_.issuer(*proof.found.issuer_proof);
    if (proof.found.issuer_proof == IssuerProof::proved && !has_error(proof.found.issuer))
      sheet_.ok(Nom::emetteur, "la clé qui a signé est celle de l’émetteur", "the key that signed is the issuer’s",
                "/issuer");
    else if (proof.found.issuer.empty())
      sheet_.left(Nom::emetteur,
                  held ? "l’émetteur n’a pas été comparé" : "rien ne dit qui a signé tant que la preuve ne tient pas",
                  held ? "the issuer was not compared" : "nothing says who signed as long as the proof does not hold");
  }

  Sheet &sheet_;
  const Verificateur::Prepared &state_;
};

} // namespace

void check_proofs(Sheet &sheet, const Document &document, const Run &run) {
  const Verificateur::Prepared &state = run.state;
  std::vector<Proof> proofs;
  for (Embedded &one : verify_embedded(*document.credential, issuer_of(document.credential->value), state.documents,
                                       state.now, state.jsonld, run.work))
    proofs.push_back({std::move(one.place), std::move(one.suite), std::move(one.found)});
  if (document.jwt != nullptr)
    proofs.push_back({{}, "JWT", verify(*document.jwt, state.documents, state.now)});
  if (proofs.empty()) {
    sheet.add(Nom::preuve, {Code::badge_proof,
                            Level::error,
                            "/proof",
                            {"le badge n’est pas signé", "the badge is not signed"},
                            {"Demander à l’émetteur le badge signé", "Ask the issuer for the signed badge"}});
    return;
  }
  const bool any = std::any_of(proofs.begin(), proofs.end(), holds);
  Telling telling(sheet, state);
  for (const Proof &proof : proofs)
    telling.tell(proof, any);
}

} // namespace spie::credentials::verification
