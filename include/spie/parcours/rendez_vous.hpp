// Appointments: by when the next one is due and where, and what is wrong with those that are fixed. The rules are the
// pack's (roles "delai_rendez_vous", "proximite_lieu", "signalement_rendez_vous"); C++ reads the dossier and sorts
// (docs/reseau.md).
#pragma once

#include "spie/droits/vue.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace spie::parcours {

struct Trajet {
  std::string de, vers; // INSEE codes of communes; the way back takes as long unless it is given too
  std::int64_t minutes = 0;
};
struct DemandeRendezVous {
  std::vector<Trajet> minutes = {};         // the integrator's table
  std::vector<std::string> structures = {}; // where she might be received; those that follow her when there is none
};
// {"minutes": [{"de", "vers", "minutes"}], "structures": ["structure:…"]}, both at will. Throws Error Q001 with its
// place.
DemandeRendezVous read_demande_rendez_vous(const feel::Value &value);

struct LieuPropose {
  std::string structure, nom, code_commune;
  std::string
      proximite; // "meme_commune", "meme_epci", "a_portee", "trop_loin"; "inconnu" when a place or a way is not known
  std::optional<std::int64_t> minutes;
};
struct SignalementRendezVous {
  std::string rendez_vous; // its key, as the view shows it; empty for what is said of the whole
  std::string code;        // "trop_loin", "trop_tard", "absences_de_suite"
  std::string etat;        // "oui", or "inconnu" when a fact is missing
  std::string texte;       // in French
};
struct RendezVousProposes {
  std::string personne, role;
  feel::Date au;
  std::string motif; // of the delay: "premier", "apres_absence", "passation", "suivi"; empty when it is not known
  std::optional<feel::Date> au_plus_tard;
  std::int64_t absences_de_suite = 0; // that he sees
  std::vector<LieuPropose> lieux;     // the nearest first
  std::vector<SignalementRendezVous> signalements;
};

// From what the actor sees in clear; what he does not see is unknown. Noted in the journal of accesses as
// "rendez_vous". Throws Error P011 when the pack has no such rules, and what Guichet::voir throws.
RendezVousProposes rendez_vous_proposes(droits::Guichet &guichet, const Pack &pack, const droits::Demande &demande,
                                        const dossier::Sujet &personne, feel::Date au,
                                        const DemandeRendezVous &options = {});

feel::Value to_value(const RendezVousProposes &proposes);

} // namespace spie::parcours
