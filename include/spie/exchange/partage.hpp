// A dossier handed to somebody who reads it elsewhere: what the actor sees in clear, written in a format of theirs, and
// the event `partage` that says so, in one act (S:2263-2264; docs/diagnostic.md).
#pragma once

#include "spie/exchange/ecriture.hpp"
#include "spie/parcours/acte.hpp"

namespace spie::exchange {

struct DemandePartage {
  dossier::Sujet personne;
  std::string format;       // of formats_ecrits()
  std::string destinataire; // a role, or "structure:…"
  feel::Date au;            // the day of the facts
};

struct Partage {
  Ecriture ecriture;
  parcours::ActeFait acte; // to be undone, when the document was not handed over after all
  std::vector<droits::Retenue> retenues;
};

// Nothing is written when the act is refused. Throws what ecrire(), Guichet::voir and Bureau::agir throw.
Partage partager(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                 const Nomenclatures &nomenclatures, const droits::Demande &demande, const DemandePartage &asked);

feel::Value to_value(const Partage &partage); // the writing, "acte", "avertissements" and "retenues" beside
} // namespace spie::exchange
