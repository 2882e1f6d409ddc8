// What an act must hold beside its step, and what it brings with it: one function for each act that has some.
#pragma once

#include "insertion/parcours/choses.hpp"
#include "spie/parcours/acte.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spie::parcours {

// What a rule reads, and what it may add.
struct EnCours {
  dossier::Journal &journal;
  const Pack &pack;
  const droits::Demande &demande;
  std::string_view role; // that plays
  const DemandeActe &acte;
  const Transition &transition;
  const dossier::Enonces &dits;                // of the subject
  const Chose *avant = nullptr;                // the thing as it stood; nullptr when it is new
  feel::Context &contenu;                      // of the event to be written: it may be completed
  std::vector<dossier::Evenement> suites = {}; // written after it
  std::vector<Diagnostic> avertissements = {};
  droits::Guichet *guichet = nullptr; // where it is done: what the actor sees

  const dossier::Sujet &sujet() const { return acte.sujet; }
  std::string text(std::string_view champ) const; // as it will stand: given, else as it stood
  // An event of the same subject and day, to be completed and added to `suites`.
  dossier::Evenement suite(std::string type, feel::Context contenu) const;
};

// The rule of an act; does nothing for one that has none.
void appliquer_regle(EnCours &en_cours);

// Q002, with the place in the demand.
[[noreturn]] void refuser(std::string message, std::string place, std::string remede);

// Of an immersion that was just written; nothing for a pack without this law.
std::vector<Diagnostic> avertir_immersion(dossier::Journal &journal, const droits::Guichet &guichet, const Pack &pack,
                                          const droits::Demande &demande, const dossier::Sujet &personne,
                                          std::string_view immersion, feel::Date au);

void regle_relais(EnCours &en_cours);
void regle_reponse(EnCours &en_cours);
void regle_frein(EnCours &en_cours);
void regle_diagnostic(EnCours &en_cours);
void regle_saisine(EnCours &act);
void regle_decision(EnCours &act);
void regle_session(EnCours &act);
void regle_presence(EnCours &act);
void regle_passeport(EnCours &act);

} // namespace spie::parcours
