// One badge for many people: a model, and a line for each of them.
#pragma once

#include "spie/credentials/issue.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spie::credentials {

// What one person's badge says that the others do not.
struct LigneLot {
  std::int64_t ligne = 0;        // where it stands in its file, for what is said of it; 0: its rank, from 1
  std::string id = {};           // of the credential; empty: a urn:uuid, drawn
  std::string destinataire = {}; // how the badge names her: an identifier of hers for that issuer, a URI
  std::string courriel = {};     // or an address that she chose, of which the badge holds a salted hash
  std::string recit = {};        // what she did (`narrative`); empty: what the model says
};

// CSV with a header (spreadsheets': any separator, windows-1252 too), or JSON lines: objects or columns of those names.
// Throws Error, with every line at fault ("ligne 3"): B001 for a column or a form that is none, J… for what is no JSON.
std::vector<LigneLot> lire_lot(std::string_view texte);

struct OptionsLot {
  OptionsEmission emission;
  unsigned fils = 0; // threads; 0: all processors
  // Told of badges as they are signed, one call at a time, from whichever thread; what it throws ends the batch.
  std::function<void(std::size_t faits, std::size_t tous)> avancement = {};
  std::function<void(std::span<std::uint8_t>)> entropie = {}; // of ids, salts and entries; none: that of the system
};

struct BadgeEmis {
  std::int64_t ligne = 0;
  std::string id;
  bool jws = false; // else JSON
  std::string badge;
  std::vector<Controle> avertissements = {};
};

// A badge a line, in their order: the model, an unsigned credential, with the id, the recipient and the narrative of
// the line. All or nothing: a line at fault, and nothing is signed for anybody, nor taken in a register. Throws Error
// with a finding for each line at fault, a thousand at most, its place first ("ligne 3 : /credentialSubject/…"): B001
// for a line that names nobody, names two, or holds a NIR, for an id given twice; what `emettre` throws for the model
// or for a line. What a key that stands elsewhere throws ends the batch at once.
std::vector<BadgeEmis> emettre_lot(std::string_view modele, const std::vector<LigneLot> &lignes, const Cle &cle,
                                   const OptionsLot &options);

} // namespace spie::credentials
