#include "spie/credentials/issue.hpp"

#include "credentials/data_integrity.hpp"
#include "credentials/instant.hpp"
#include "credentials/issuer_text.hpp"
#include "credentials/jwt.hpp"
#include "credentials/key_forms.hpp"
#include "credentials/place.hpp"
#include "credentials/rules/structure.hpp"
#include "credentials/status.hpp"
#include "credentials/status/registers.hpp"
#include "credentials/told.hpp"
#include "crypto/key.hpp"

#include <algorithm>
#include <array>

namespace spie::credentials {

namespace {

using crypto::KeyKind;

constexpr std::array<std::string_view, 4> names{"eddsa-rdfc-2022", "ecdsa-rdfc-2019", "eddsa-jcs-2022", "vc-jwt"};

Preuve default_proof(KeyKind kind) noexcept {
  switch (kind) {
  case KeyKind::ed25519:
    return Preuve::eddsa_rdfc_2022;
  case KeyKind::p256:
  case KeyKind::p384:
    return Preuve::ecdsa_rdfc_2019;
  case KeyKind::rsa:
    break;
  }
  return Preuve::vc_jwt;
}

bool fits(Preuve proof, KeyKind kind) noexcept {
  switch (proof) {
  case Preuve::eddsa_rdfc_2022:
  case Preuve::eddsa_jcs_2022:
    return kind == KeyKind::ed25519;
  case Preuve::ecdsa_rdfc_2019:
    return kind == KeyKind::p256 || kind == KeyKind::p384;
  case Preuve::vc_jwt:
    break;
  }
  return true;
}

// What 1EdTech certifies takes eddsa-rdfc-2022, and JWT signed with RS256 or ES256 (notes §1.3).
bool certified(Preuve proof, KeyKind kind) noexcept {
  return proof == Preuve::eddsa_rdfc_2022 ||
         (proof == Preuve::vc_jwt && (kind == KeyKind::rsa || kind == KeyKind::p256));
}

Controle told(const Finding &finding) {
  const Words remedy = remedy_of(finding);
  return {
      Nom::structure,        Etat::avertissement, finding.code, finding.where, {finding.reason.fr, finding.reason.en},
      {remedy.fr, remedy.en}};
}

// A list of statuses is no badge, and is signed like one: it has the rules of its own specification.
bool held_as_list(const feel::Value &document) {
  try {
    const Place whole{document, {}, Code::badge_structure};
    if (!document.is(feel::Kind::context) || !whole.find("type") || !whole.has_type("BitstringStatusListCredential"))
      return false;
    read_status_list(document);
    for (const char *needed : {"id", "issuer", "validFrom"})
      whole.at(needed);
    return true;
  } catch (const Refusal &refusal) {
    throw Error(diagnostic_of(refusal.finding()));
  }
}

void hold_to_rules(std::string_view text, std::vector<Controle> &warnings) {
  const json::Verbatim document = json::read_verbatim(text);
  if (held_as_list(document.value))
    return;
  rules::Options options;
  options.usage = rules::Usage::issuing;
  std::vector<Diagnostic> refused;
  for (const Finding &one : rules::check(document, options).findings) {
    if (one.level == Level::error)
      refused.push_back(diagnostic_of(one));
    else
      warnings.push_back(told(one));
  }
  if (!refused.empty())
    throw Error(std::move(refused));
}

// It goes into the badge, and into what is said of it: it is an address, or it is quoted nowhere.
void check_method(std::string_view method) {
  const bool plain = std::all_of(method.begin(), method.end(), [](char c) { return c > ' ' && c != '\x7f'; });
  if (!method.empty() && (!plain || method.size() > 2'048 || method.find(':') == std::string_view::npos))
    throw Error(Diagnostic{Code::api_argument, Level::error, "The address of the key is no URI.", "methode",
                           "Give its address, such as did:web:ecole.example#cle.",
                           "l’adresse de la clé n’est pas une URI"});
}

std::string method_of(const OptionsEmission &options, const std::string &issuer, const crypto::PublicKey &key) {
  if (!options.methode.empty())
    return options.methode;
  if (issuer == to_did(key))
    return own_method(issuer);
  if (issuer.starts_with("did:"))
    throw Error(Diagnostic{Code::badge_issuer, Level::error, "the issuer is a DID that is not that of the key",
                           "/issuer", "Name the key in the document of the issuer, or take 'ISSUER'.",
                           "l’émetteur est un DID qui n’est pas celui de la clé"});
  const auto fragment = to_multikey(key);
  if (!fragment)
    throw Error(Diagnostic{Code::badge_key,
                           Level::error,
                           "a key that has no Multikey form needs the address that names it",
                           "methode",
                           {},
                           "il faut dire l’adresse de la clé"});
  return issuer + "#" + *fragment;
}

} // namespace

std::string_view text(Preuve preuve) noexcept { return names[static_cast<std::size_t>(preuve)]; }

Preuve read_preuve(std::string_view text) {
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end())
    throw Error(
        Diagnostic{Code::api_argument, Level::error, "There is no proof '" + std::string(text) + "'.", "preuves"});
  return static_cast<Preuve>(found - names.begin());
}

namespace {

Emission issue(std::string_view credential, const crypto::Signer &signer, const OptionsEmission &options) {
  const KeyKind kind = signer.key.kind();
  std::vector<Preuve> proofs = options.preuves.empty() ? std::vector{default_proof(kind)} : options.preuves;
  for (const Preuve proof : proofs)
    if (!fits(proof, kind))
      throw Error(Diagnostic{
          Code::badge_key,
          Level::error,
          "a key " + std::string(crypto::name(kind)) + " does not sign '" + std::string(text(proof)) + "'",
          "preuves",
          {},
          "une clé " + std::string(crypto::name(kind)) + " ne signe pas « " + std::string(text(proof)) + " »"});
  if (!read_instant(options.instant))
    throw Error(Diagnostic{Code::api_argument, Level::error,
                           "'" + options.instant + "' is not an instant with its zone.", "instant"});

  check_method(options.methode);

  Emission made;
  made.badge = with_issuer(credential, to_did(signer.key));
  hold_to_rules(made.badge, made.avertissements);
  const std::string issuer = issuer_in(made.badge);
  const bool embedded = std::any_of(proofs.begin(), proofs.end(), [](Preuve proof) { return proof != Preuve::vc_jwt; });
  if (embedded) {
    const std::string method = method_of(options, issuer, signer.key);
    for (const Preuve proof : proofs)
      if (proof != Preuve::vc_jwt)
        made.badge = add_proof(made.badge, {*suite_named(text(proof)), method, options.instant}, signer,
                               jsonld::Contexts::pinned());
  }
  if (std::find(proofs.begin(), proofs.end(), Preuve::vc_jwt) != proofs.end()) {
    IssuedJwt jwt = issue_vc_jwt(made.badge, signer, options.methode);
    made.jws = true;
    made.badge = std::move(jwt.jws);
    for (const Finding &one : jwt.warnings)
      made.avertissements.push_back(told(one));
  }
  if (std::none_of(proofs.begin(), proofs.end(), [&](Preuve proof) { return certified(proof, kind); }))
    made.avertissements.push_back(told({Code::badge_warning,
                                        Level::warning,
                                        "/proof",
                                        {"aucun vérificateur certifié par 1EdTech ne lit cette preuve seule",
                                         "no verifier that 1EdTech certifies reads that proof alone"},
                                        {"Ajouter « eddsa-rdfc-2022 », ou un JWT signé en RS256 ou ES256",
                                         "Add 'eddsa-rdfc-2022', or a JWT signed with RS256 or ES256"}}));
  return made;
}

} // namespace

Emission emettre(std::string_view credential, const Cle &cle, const OptionsEmission &options) {
  if (options.registres.empty())
    return issue(credential, cle.par(), options);
  Emission made;
  change_registers(options.registres, [&](std::span<Registre *const> registers) {
    std::string text(credential);
    for (Registre *const one : registers)
      text = one->attester(text);
    made = issue(text, cle.par(), options);
  });
  return made;
}

Emission emettre(std::string_view credential, const Signataire &signataire, const OptionsEmission &options) {
  return emettre(credential, Cle::ailleurs(signataire), options);
}

} // namespace spie::credentials
