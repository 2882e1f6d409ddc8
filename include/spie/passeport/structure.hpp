// The badges of structures (S:890-893, 1133-1137, 1187-1188, 1955-1957): which ones a structure may bear and why, the
// credential that its issuer signs, and what was signed. The rules are the pack's (donnees/badges_structures.json).
#pragma once

#include "spie/credentials/badge.hpp"
#include "spie/parcours/acte.hpp"
#include "spie/parcours/reseau.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::passeport {

// One that was signed, as its event says.
struct BadgeEmis {
  std::string id, code;  // of the event; of the badge in the pack
  std::string etat;      // "en_vigueur", "echu", "retire"; "a_retirer": what it says holds no longer
  std::string badge;     // its identifier
  std::string empreinte; // its SHA-256
  std::string emetteur;
  std::optional<feel::Date> debut, fin;
  std::string liste, entree; // what its issuer sets to revoke it
  std::string motif;
};
// One of the pack, and whether the structure may bear it on that day.
struct BadgeDeStructure {
  std::string code, nom, description;
  std::string decision;            // "delivrable", "refuse", "inconnu"
  std::vector<std::string> motifs; // why not, in French
  std::string criteres;            // what it says, in French
  std::string source;
  std::optional<feel::Date> debut, fin; // of one that would be signed now
  bool a_renouveler = false;            // the one in force ends soon, or none is
};
struct BadgesStructure {
  std::string structure, nom, siret;
  feel::Date au;
  std::vector<BadgeDeStructure> badges;
  std::vector<BadgeEmis> emis;
};

// Shown to whoever asks, as fiche_reseau is. What rests on immersions is "inconnu" to whom the table does not show them
// (noted as "badges_structure" to the others); nobody is counted aloud. Throws what fiche_reseau does; P011 when the
// pack says nothing of such badges.
BadgesStructure badges_structure(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                                 const droits::Demande &demande, const dossier::Sujet &structure, feel::Date au);

struct DemandeBadgeStructure {
  std::string code;
  std::string id = {};       // of the credential; empty: one is drawn
  std::string sujet = {};    // of the structure: a DID, an address; empty: its name and its SIRET alone
  std::string adresse = {};  // under which the issuer describes its badges: "https://…"; empty: a URN
  std::string emetteur = {}; // the name of who will sign
  std::string liste = {};    // the address of a BitstringStatusListCredential, with its entry
  std::string entree = {};   // base ten
};
// {"code", "id", "sujet", "adresse", "emetteur", "liste", "entree"}, the first alone required. Throws Error Q001.
DemandeBadgeStructure read_demande_badge_structure(const feel::Value &value);

// An AchievementCredential, in JSON, whose subject is the structure; its issuer, "ISSUER", signs it
// (credentials::emettre). Throws what badges_structure does; Q001 for a code that the pack does not have, a list
// without its entry; Q003 unless it may be borne.
std::string attestation_structure(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                                  const droits::Demande &demande, const dossier::Sujet &structure, feel::Date au,
                                  const DemandeBadgeStructure &asked);

// Writes down what was signed ("badge_structure.emettre"): its identifier, hash, issuer, days and entry of status are
// read from it, once its structure and its proof hold, it is of this structure (its name, its SIRET) and says what
// the pack says of it; no caller writes it by hand. Of `documents`, those that an issuer such as a did:web needs and
// the keys that the caller vouches for are used; the instant is that of the act. Throws Error R002 without the right;
// B001 for what is no badge, B011 for one that nobody signed; Q001 and Q003 as attestation_structure does; Q002 when
// its proof does not hold, when it is of another structure or says something else, and what Bureau::agir throws.
parcours::ActeFait noter_badge_structure(droits::Guichet &guichet, const Pack &pack, const droits::Demande &demande,
                                         const dossier::Sujet &structure, feel::Date effet, const std::string &code,
                                         std::string_view badge,
                                         const credentials::OptionsVerification &documents = {});

feel::Value to_value(const BadgesStructure &badges);

} // namespace spie::passeport
