// A passport against the profile of a sector or of a job in tension (S:782-786, 1756-1759), and what an immersion lets
// be issued (S:1070-1080, 1128-1137): data and rules of the pack, or of the integrator; nothing is scored.
#pragma once

#include "spie/passeport/passeport.hpp"

namespace spie::passeport {

class Rome;

// A skill that a profile wants.
struct Attendu {
  std::string referentiel, code, version, libelle;
  std::int64_t poids = 1;
};
struct Profil {
  std::string id, titre, filiere; // the sector
  std::string metier;             // ROME code, when it is of one job
  std::vector<std::string> bassins;
  feel::Date du;                           // since when it holds
  std::optional<feel::Date> au;            // its last day
  std::vector<std::string> construit_avec; // companies and networks; never empty
  std::vector<Attendu> attendus;
};
// {"id", "titre", "filiere", "metier", "bassins", "du", "au", "construit_avec", "attendus": [{"referentiel", "code",
// "version", "libelle", "poids"}]}. Throws Error Q001 with its place.
Profil read_profil(const feel::Value &value);
// A line of the list of jobs in tension that the integrator hands over.
struct MetierTendu {
  std::string rome, bassin, source;
  feel::Date du;
  std::optional<feel::Date> au;
};
struct DemandeComparaison {
  Profil profil;
  std::vector<MetierTendu> metiers;
  std::string bassin;
};
// {"profil", "metiers": [{"rome", "bassin", "du", "au", "source"}], "bassin"}, the last two at will. Throws as
// read_profil.
DemandeComparaison read_demande_comparaison(const feel::Value &value);

struct Ecart {
  std::string referentiel, code, version, libelle;
  std::int64_t poids = 1;
  std::string etat;    // "couvert", "a_confirmer", "manque", "inconnu"
  std::string preuve;  // the assurance that stands; empty when nothing does
  std::string element; // that covers it, or would
  std::string suite;   // "aucune", "immersion", "formation", "verifier_version"
  std::string motif;   // in French
};
struct ParcoursSpecifique {
  std::string conclusion; // "a_proposer", "plus_tard", "non", "inconnu"
  std::string motif;      // in French
  bool immersion = false; // a PMSMP may come first
};
struct Comparaison {
  std::string personne, role;
  feel::Date au;
  std::string profil, titre, metier, bassin;
  std::vector<std::string> construit_avec;
  std::vector<Ecart> ecarts;
  std::int64_t poids_couvert = 0, poids_a_confirmer = 0, poids_total = 0;
  ParcoursSpecifique specifique;
  std::vector<droits::Retenue> retenues;
};
// Noted as "profil_passeport". Q001 when the profile does not hold on that day. `bassin` may be empty: any. Without
// `tendus`, the list of the pack (donnees/metiers_en_tension.json), which says nothing of basins.
Comparaison comparer(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                     const droits::Demande &demande, const dossier::Sujet &personne, feel::Date au,
                     const Profil &profil, const std::vector<MetierTendu> &tendus, const std::string &bassin);

// What the outcome of an immersion lets be issued: a description of the achievement, unsigned.
struct Acquis {
  std::string element, libelle; // of the passport
  std::string code, version, niveau;
};
struct BadgePossible {
  std::string personne, immersion, role;
  feel::Date au;
  std::string decision; // "delivrable", "refuse", "inconnu"
  std::vector<std::string> motifs;
  std::string issue;
  std::string source; // the host: "structure:…"
  std::optional<feel::Date> debut, fin;
  std::string criteres; // in French
  std::vector<Acquis> acquis;
  std::string regle;
  std::vector<droits::Retenue> retenues;
};
// Codes and level are those that a professional wrote on the items of that immersion; he must hold the pack's
// habilitation. Noted as "badge_passeport". Q002 when there is no such immersion.
BadgePossible badge_immersion(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                              const droits::Demande &demande, const dossier::Sujet &personne, feel::Date au,
                              const std::string &immersion);

// What may leave under a share: the chosen items, the chosen fields, and nothing of health, justice, nor a NIR.
struct RecommandationSortie {
  std::string qualite, structure; // no name of another leaves
  feel::Date le;
  std::string texte;   // declassified; empty: it stays
  bool signee = false; // the signed document goes with it, or not: it is its holder's
};
struct Sorti {
  std::string element, genre, assurance;
  std::string texte; // typed for the share, declassified, or the pack's word for a code; empty: the codes alone
  std::vector<Reference> references;
  std::string niveau;
  std::optional<feel::Date> debut, fin;
  std::string lieu, structure;
  std::vector<std::string> garants; // how each is told
  std::vector<RecommandationSortie> recommandations;
};
struct NonSorti {
  std::string element, champ, motif; // in French
};
struct Selection {
  std::string partage, destinataire, finalite;
  feel::Date au;
  std::optional<feel::Date> fin;
  bool partiel = false; // the passport holds more
  std::vector<Sorti> elements;
  std::vector<NonSorti> retenus;
};
// Noted as "partage_passeport". `rome` gives codes of its release their words, as it does where they are handed over;
// null: those that the pack knows. Q002 unless the share is open on that day.
Selection selectionner(droits::Guichet &guichet, const droits::Droits &droits, const Pack &pack,
                       const droits::Demande &demande, const dossier::Sujet &personne, feel::Date au,
                       const std::string &partage, const Rome *rome = nullptr);

feel::Value to_value(const Comparaison &comparaison);
feel::Value to_value(const BadgePossible &badge);
feel::Value to_value(const Selection &selection);

} // namespace spie::passeport
