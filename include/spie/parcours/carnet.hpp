// The logbook (carnet de bord) of a person: where she is, what comes next, who helps her, what she has achieved, what
// she chose and what she may do (S:1339-1342, S:1375-1402). A view of the journal under the mask of who reads it;
// nothing of it is stored (docs/parcours.md).
#pragma once

#include "spie/droits/vue.hpp"
#include "spie/parcours/acte.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spie::parcours {

struct LigneCarnet {
  std::string genre;   // the type of the event: "rendez_vous", "action"
  std::string libelle; // its own words, when it has some
  std::string code;    // of the pack or of a source, when it has one: what it is about
  std::string etape;
  std::optional<feel::Date> date; // when it was, or will be
  std::string lieu;
  std::string qui;    // "professionnel:…", "structure:…"
  std::string nom;    // of `qui`, as the journal knows it
  std::string numero; // its key, to answer it
};

struct ActePossible {
  std::string acte, titre;
  std::vector<std::string> sur; // the keys of what it may be done to; empty for something new
};

struct Carnet {
  std::string personne;
  feel::Date au;
  std::string role; // of who reads
  std::vector<LigneCarnet> situation, a_venir, intervenants, acquis, choix;
  std::vector<ActePossible> actes; // that this role may do now
  std::vector<droits::Retenue> retenues;
};

// What the actor sees of it on that day. As Guichet::voir, whose entry in the journal of accesses it makes.
Carnet carnet(droits::Guichet &guichet, const droits::Droits &droits, const droits::Demande &demande,
              const dossier::Sujet &personne, feel::Date au);

feel::Value to_value(const Carnet &carnet);

} // namespace spie::parcours
