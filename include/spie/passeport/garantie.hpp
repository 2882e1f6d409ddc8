// A badge that guarantees an item: the library verifies it itself, as of a day and by the list of trust that it is
// handed, and writes down what it found; and looks again later, so that the assurance falls with the badge.
#pragma once

#include "spie/credentials/badge.hpp"
#include "spie/parcours/acte.hpp"
#include "spie/passeport/passeport.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::passeport {

struct Garantie {
  bool garanti = false;
  std::string motif; // why not, in French
  credentials::Rapport rapport;
  std::optional<parcours::ActeFait> acte; // passeport.garantir, when it guarantees
};
// It guarantees when it is valid, its issuer is proved and recognised by the list as of `options.au`, and it was given
// to her: to `options.destinataire`, else to an address or an identifier that the dossier knows her by. The day of the
// act is that of `options.au`. Otherwise nothing is recorded, and `motif` says why. Noted as "garantie_passeport".
// Throws Error: R002 without the right; Q002 without such an item; A001 and B… as Verificateur.
Garantie garantir(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                  const droits::Demande &demande, const dossier::Sujet &personne, const std::string &element,
                  std::string_view badge, credentials::OptionsVerification options);

struct Revue {
  std::string element, evenement; // what it guarantees, and the step that says so
  std::string badge;
  std::string etat;   // "tient", "tombe", "inconnu"
  std::string motif;  // of what falls: "badge_revoque", "badge_expire", "emetteur_retire"
  std::string raison; // in French
  bool note = false;  // the fall was recorded, by passeport.defaire
};
// Each badge that guarantees an item of hers: whether it still holds at `options.au`, by its entries of status, its
// last day and the list of trust. A list that is not handed over is "inconnu", never "tient". With `noter`, what falls
// is recorded, of that day. Noted as "garantie_passeport".
std::vector<Revue> revoir(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                          const droits::Demande &demande, const dossier::Sujet &personne,
                          credentials::OptionsVerification options, bool noter);

feel::Value to_value(const Garantie &garantie); // {"garanti", "motif", "rapport", "acte"}
feel::Value to_value(const std::vector<Revue> &revues);

} // namespace spie::passeport
