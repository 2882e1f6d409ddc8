// What a verification says of a badge: named checks in a fixed order, each with its state, and one verdict. "Not
// checked" is a state and a verdict of its own, and never looks like "ok".
#pragma once

#include "spie/diagnostic.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::credentials {

// A sentence for those who read it; no stop at the end of the remedies, as elsewhere.
struct Texte {
  std::string fr;
  std::string en;
  bool empty() const noexcept { return fr.empty(); }
};

enum class Etat : std::uint8_t { ok, echec, avertissement, non_verifie };
std::string_view text(Etat etat) noexcept; // "ok", "echec", "avertissement", "non_verifie"
Etat read_etat(std::string_view text);     // throws Error A001 for another text

// The checks, in the order of a report. Each stands there at least once; `preuve` once a proof, and any of them once a
// thing found.
enum class Nom : std::uint8_t { structure, destinataire, preuve, cle, emetteur, confiance, statut, dates, avenants };
inline constexpr Nom tous_les_noms[] = {Nom::structure, Nom::destinataire, Nom::preuve, Nom::cle,     Nom::emetteur,
                                        Nom::confiance, Nom::statut,       Nom::dates,  Nom::avenants};
std::string_view text(Nom nom) noexcept;
std::optional<Nom> nom_of(std::string_view text) noexcept;

struct Controle {
  Nom nom{};
  Etat etat = Etat::ok;
  std::optional<Code> code = {}; // none for ok, nor for what is not asked
  std::string place = {};        // JSON pointer into the credential, or empty
  Texte motif = {};              // always there
  Texte remede = {};             // empty for ok
};

// Every check that is required is ok or a warning; one failed; none failed and one could not be made.
enum class Verdict : std::uint8_t { valide, invalide, non_verifiable };
std::string_view text(Verdict verdict) noexcept;
Verdict read_verdict(std::string_view text); // throws Error A001

// Whether the key that signed is known to be the issuer's: a DID or a document lists it; nothing but the badge itself
// says so; or they name different ones.
enum class Emetteur : std::uint8_t { prouve, auto_declare, discordant };
std::string_view text(Emetteur emetteur) noexcept;
Emetteur read_emetteur(std::string_view text); // throws Error A001

struct Rapport {
  Verdict verdict = Verdict::non_verifiable;
  std::optional<Emetteur> emetteur = {}; // none when no proof was checked
  std::vector<Controle> controles = {};

  // The worst state that a check has: echec, then non_verifie, avertissement, ok.
  Etat etat(Nom nom) const noexcept;
};

} // namespace spie::credentials
