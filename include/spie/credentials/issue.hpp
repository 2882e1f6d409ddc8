// A credential signed: its rules first, then the proofs that stand in it, then the JWT around them.
#pragma once

#include "spie/credentials/key.hpp"
#include "spie/credentials/report.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace spie::credentials {

enum class Preuve : std::uint8_t { eddsa_rdfc_2022, ecdsa_rdfc_2019, eddsa_jcs_2022, vc_jwt };
std::string_view text(Preuve preuve) noexcept; // "eddsa-rdfc-2022", …
Preuve read_preuve(std::string_view text);     // throws Error A001

struct OptionsEmission {
  std::vector<Preuve> preuves = {}; // none: that of the kind of key
  std::string instant = {};         // of the proofs, with its zone: "2026-11-29T08:00:00Z"
  // The address of the key that the proofs name. Empty: the DID of the key; or, for an issuer at an https address or a
  // urn, the key itself as the fragment of that address.
  std::string methode = {};
  // Files of registers (registre.hpp): each gives the badge an entry, which a badge that is not signed does not take.
  std::vector<std::string> registres = {};
};

struct Emission {
  bool jws = false; // else JSON
  std::string badge;
  std::vector<Controle> avertissements = {};
};

// A badge, an endorsement, a record, a list of statuses. The text is kept byte for byte around what is added; an
// issuer, or its id, that is "ISSUER" becomes the DID of the key. Throws Error: each broken rule (B001, B002, B015:
// what is only a warning when reading), B004 for a proof that the key does not fit, B006 for a key that is not the
// issuer's, A001 for an instant, J… for what is no JSON. With a key that stands elsewhere: B004 for a signature that
// does not hold under it, and what its `signer` throws.
Emission emettre(std::string_view credential, const Cle &cle, const OptionsEmission &options);

// The same, as by Cle::ailleurs.
Emission emettre(std::string_view credential, const Signataire &signataire, const OptionsEmission &options);

// A list of issuers (docs/badges.md) signed by its keeper, as a compact JWS whose payload it is: "iss" names him, added
// when the list does not. `methode`: the address of the key; empty: of the DID of the key. Throws Error: B001 for
// another form, J… for what is no JSON.
std::string signer_liste_confiance(std::string_view liste, const Cle &cle, std::string_view methode = {});

} // namespace spie::credentials
