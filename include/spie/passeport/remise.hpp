// What leaves a passport signed: the badge of an immersion, put into her hands; and what is written out under a share,
// or for herself. Each is a fresh document, signed for that occasion alone, and an event that she sees. Who signs is
// the caller: the library keeps no key (docs/passeport.md).
#pragma once

#include "spie/credentials/issue.hpp"
#include "spie/parcours/acte.hpp"
#include "spie/passeport/profil.hpp"
#include "spie/passeport/rome.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spie::passeport {

// How a badge names its holder: a salted hash of an address that she chose; or an identifier that serves for one
// recipient alone, a did:key or a did:jwk that she gives, drawn ("urn:uuid:…") when she gives none. Never a name, a
// NIR, a birth date or the key of a source.
struct Titulaire {
  std::string adresse, id; // at most one of them
};

// Who signs.
struct Delivrance {
  // The credential signed: credentials::emettre, with a key or with who signs elsewhere, once a register gave it its
  // entry of status. Without an entry, what is signed cannot be revoked.
  std::function<credentials::Emission(std::string_view credential)> signer;
  std::string instant = {};        // since when it holds, with its zone: "2026-11-29T08:00:00Z"
  std::string emetteur = "ISSUER"; // its address; "ISSUER": the DID of the key
  std::string nom = {};            // of the issuer, as readers see it
  std::function<void(std::span<std::uint8_t>)> entropie = {}; // of identifiers and salts; that of the system by default
};

using Mots = std::map<std::string, std::string, std::less<>>; // typed for what leaves, by item

// The badge of an immersion: Open Badges 3.0, with the host as its source, the days, the criteria, the codes of the
// ROME with their release. It is for her, and stays hers: nothing ends it but its issuer. Noted as "badge_passeport",
// and recorded by the act passeport.delivrer. Q002 when badge_immersion does not say "delivrable"; R002 without the
// right; else what `signer` throws. Nothing is recorded then.
struct DemandeBadge {
  std::string immersion;
  Titulaire titulaire = {};
  Mots mots = {};
  const Rome *rome = nullptr; // gives codes of its release their words; it must outlive the call
};
struct Delivre {
  BadgeSigne badge;
  std::string titulaire; // the identifier, or "adresse"
  std::vector<StatutBadge> statuts;
  std::vector<NonSorti> retenus; // what was left out, and why
  parcours::ActeFait acte;
  std::vector<credentials::Controle> avertissements;
};
Delivre delivrer(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                 const droits::Demande &demande, const dossier::Sujet &personne, feel::Date au,
                 const DemandeBadge &voulu, const Delivrance &par);

// What is written out under a share, or, without one, for herself: all the fields that the pack lets leave, of the
// items named, or of all. "badges": one for each item; "clr": a ClrCredential of them, `partial` unless it is hers and
// whole; "json": the selection in the one spelling of JCS, unsigned. What is signed under a share holds until its last
// day. Recorded by the act passeport.remettre. Q002 when the share is not open, when nothing may leave, or when the
// identifier that she gives names her elsewhere; A001 for another form, or a proof that does not stand in the badges of
// a CLR.
struct DemandeRemise {
  std::string partage = {}; // empty: for herself
  std::string forme = "badges";
  std::vector<std::string> elements = {}; // for herself; none: all
  Titulaire titulaire = {};
  Mots mots = {};                    // for herself; a share has its own
  std::string accord_recueilli = {}; // for herself, when another writes it: "oral", "ecrit"
  const Rome *rome = nullptr;
};
struct Remis {
  Selection selection;
  std::string forme, texte; // "badges": one a line
  std::string empreinte;    // SHA-256 of the text
  std::string emetteur;     // of what is signed
  std::string titulaire;
  std::vector<BadgeSigne> badges; // that stand in it; of a CLR, itself last
  std::vector<StatutBadge> statuts;
  parcours::ActeFait acte;
  std::vector<credentials::Controle> avertissements;
};
// `par` is not asked for "json".
Remis remettre(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack, const droits::Demande &demande,
               const dossier::Sujet &personne, feel::Date au, const DemandeRemise &voulu, const Delivrance &par);

// {"immersion", "titulaire": {"adresse", "id"}, "mots": {element: text}}, but the first at will. Throws Q001.
DemandeBadge read_demande_badge(const feel::Value &value);
// {"partage", "forme", "elements", "titulaire", "mots", "accord_recueilli"}, all at will. Throws Q001.
DemandeRemise read_demande_remise(const feel::Value &value);
// {"badge", "titulaire", "statuts", "retenus", "acte", "avertissements"}
feel::Value to_value(const Delivre &delivre);
// {"forme", "texte", "empreinte", "titulaire", "badges", "statuts", "selection", "acte", "avertissements"}
feel::Value to_value(const Remis &remis);

} // namespace spie::passeport
