// Badges signed and checked. Nothing here reads a clock or a network: the instant, the documents of issuers, the lists
// of status and of trust are handed over.
#pragma once

#include "spie/credentials/report.hpp"
#include "spie/feel/value.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::credentials {

struct OptionsVerification {
  std::string au; // the instant, with its zone: "2026-11-29T08:00:00Z"
  // Bytes by address: documents of DIDs and of issuers, lists of status.
  std::vector<std::pair<std::string, std::string>> documents = {};
  // Asked for the others, from the thread that verifies; none: they are not had.
  std::function<std::optional<std::string>(std::string_view address)> chercher = {};
  // Public keys that the caller vouches for, by the id of the key or of its issuer: JWK, PEM, Multikey, or what
  // `public_parts` gives.
  std::vector<std::pair<std::string, std::string>> cles = {};
  std::string confiance = {};   // a signed list of issuers (docs/badges.md); empty: none
  std::vector<Nom> exiger = {}; // confiance, destinataire, avenants
  // The identifier, or the address, that the badge must have been given to; of what it holds, nothing is asked.
  std::optional<std::string> destinataire = {};
};

// What is known of a badge that was verified before, without its bytes: enough to see that it fell.
struct BadgeConnu {
  std::string id, emetteur;
  std::string expire = {}; // its last instant; empty: none
  feel::Value statut = {}; // its `credentialStatus`; null: none
};

// What verifies, prepared once: immutable, for several threads (as far as `chercher` is).
class Verificateur {
public:
  // Throws Error: A001 for an instant, a name or a key that cannot be read, and for an empty recipient; what a list of
  // trust is refused for.
  explicit Verificateur(OptionsVerification options);
  ~Verificateur();
  Verificateur(Verificateur &&) noexcept;
  Verificateur &operator=(Verificateur &&) noexcept;

  // A badge in JSON, in a compact JWS, or in a PNG or an SVG. Whatever the bytes, a report comes back.
  Rapport verifier(std::string_view bytes) const;
  // The issuer by the list of trust, the dates and the entries of status, as of the instant: what may have changed
  // since. All else is left unchecked, and so is the verdict at best.
  Rapport revoir(const BadgeConnu &badge) const;

  struct Prepared; // what was prepared

private:
  std::unique_ptr<const Prepared> prepared_;
};

} // namespace spie::credentials
