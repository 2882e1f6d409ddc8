// The passport of skills (S:774-780, 837-841, 1070-1080): what a person can do, who vouches for each thing and how, and
// what she shares. A view of the journal under the mask of who reads it; nothing of it is stored (docs/passeport.md).
#pragma once

#include "spie/droits/vue.hpp"
#include "spie/parcours/diagnostic.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spie::passeport {

// Where the state of a badge is published: what its issuer sets when it is withdrawn.
struct StatutBadge {
  std::string badge, liste;          // its id; the address of the list
  std::optional<std::int64_t> index; // nothing: the list holds the badge by its id
  std::string but;                   // "revocation", "suspension", "refresh", "message"
};

// Somebody who vouched, once.
struct Garant {
  std::string evenement, assurance; // "confirme", "garanti"
  feel::Date le;
  std::string par, nom, qualite, vu, moyen;
  std::string emetteur, badge, liste;
  std::optional<feel::Date> verifie_le, expire_le;
  std::vector<StatutBadge> statuts; // of the badge: where a later check looks
  bool tient = true;                // false once it fell
  std::optional<feel::Date> tombe_le;
  std::string motif; // why it fell
};

struct Pas {
  std::string etape;
  feel::Date le;
  std::string auteur, evenement, motif;
  std::string assurance; // after it
};

struct Reference {
  std::string referentiel; // "rome", "esco", "france_competences", "formacode"
  std::string code, nature, version;
};

struct Element {
  std::string id, genre, libelle;
  std::vector<Reference> references;
  std::string niveau;
  std::optional<feel::Date> debut, fin;
  std::string lieu, code_commune, structure, organisme;
  std::vector<std::string> preuves;
  std::string proposition, immersion;
  std::string assurance; // "declare", "confirme", "garanti": the highest that stands
  bool conteste = false; // nobody vouched since
  std::string contestation;
  std::vector<Garant> garants;
  std::vector<Pas> histoire;
};

// A document that was signed.
struct BadgeSigne {
  std::string id;
  std::string element;   // of the passport; empty for what holds several
  std::string empreinte; // SHA-256 of its text
  std::string texte;     // empty once it left: the journal keeps none
};
// What somebody says for her, because she asked: an employer, a tutor, a peer.
struct Recommandation {
  std::string id, etape;      // "demandee", "donnee", "refusee", "retiree"
  std::string element, badge; // what it is of: an item, and the badge that shows it
  std::string a, nom, qualite;
  feel::Date demandee_le;
  std::optional<feel::Date> repondue_le;
  std::string texte;                        // what is said of her
  std::string avenant, empreinte, emetteur; // of a signed one
  std::optional<feel::Date> verifie_le;
  std::string motif;
  std::vector<std::string> evenements;
};

struct Remise {
  std::string id, forme;
  feel::Date le;
  std::vector<std::string> elements;
  std::string empreinte;
  std::string emetteur, titulaire; // of what is signed
  std::vector<BadgeSigne> badges;
  std::vector<StatutBadge> statuts;
};
// A badge put into her hands.
struct BadgeDelivre {
  std::string id, etat; // "delivre", "revoque"
  feel::Date le;
  std::string immersion;
  std::vector<std::string> elements;
  std::string emetteur, titulaire, empreinte, motif;
  std::vector<StatutBadge> statuts;
};
struct Partage {
  std::string id, destinataire, finalite;
  feel::Date debut;
  std::optional<feel::Date> fin;
  std::string etat; // "ouvert", "echu", "cesse"
  std::vector<std::string> elements, champs;
  std::vector<Remise> remises;
};

struct Passeport {
  std::string personne;
  feel::Date au;
  std::string role; // of who reads
  std::vector<Element> elements;
  std::vector<Element> retires; // that she withdrew
  std::vector<BadgeDelivre> badges;
  std::vector<Partage> partages;
  std::vector<Remise> emportes; // that she took for herself, under no share
  std::vector<droits::Retenue> retenues;
  std::vector<Recommandation> recommandations; // in the order in which they were asked for
};

// What the actor sees of it on that day, noted as "passeport". Throws what Guichet::voir throws.
Passeport passeport(droits::Guichet &guichet, const droits::Droits &droits, const droits::Demande &demande,
                    const dossier::Sujet &personne, feel::Date au);

// What the diagnostic and the facts of the dossier let her say: she keeps or refuses each.
struct Proposition {
  std::string id, genre, libelle; // empty label: hers to say
  std::string code_rome, nature_rome, niveau, immersion;
  std::string motif, source; // why, in French; the line of the convention
  std::string regle;         // pack, version, rule
  std::vector<std::string> fonde_sur;
  std::string etat; // "a_choisir", "gardee", "refusee"
};
struct Propositions {
  std::string personne;
  feel::Date au;
  std::string role;
  std::vector<Proposition> propositions;
  std::vector<droits::Retenue> retenues;
};

// `lecteur` is nullptr for a pack without a diagnostic: the facts alone are read then. Noted as
// "propositions_passeport". P011 when the pack says nothing of passports.
Propositions propositions(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                          const parcours::LecteurDiagnostic *lecteur, const droits::Demande &demande,
                          const dossier::Sujet &personne, feel::Date au);

feel::Value to_value(const Passeport &passeport);
feel::Value to_value(const Propositions &propositions);

} // namespace spie::passeport
