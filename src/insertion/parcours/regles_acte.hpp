// What an act must hold beside its step, and what it brings with it: one function for each act that has some.
#pragma once

#include "insertion/droits/masque.hpp"
#include "insertion/parcours/choses.hpp"
#include "insertion/parcours/raisons.hpp"
#include "spie/parcours/acte.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::parcours {

// What the actor sees of the subject, in the role that does the act: read when it is first asked for. An instance, a
// structure and a professional hold nothing that is masked.
class Regard {
public:
  Regard(dossier::Journal &journal, const droits::Guichet &guichet, const droits::Demande &demande,
         std::string_view role, const dossier::Sujet &sujet);
  // Whether he sees where that thing stands.
  bool voit(std::string_view type, const Chose &chose) const;

private:
  dossier::Journal &journal_;
  const droits::Guichet &guichet_;
  droits::Demande demande_;
  dossier::Sujet sujet_;
  mutable std::optional<droits::Masque> masque_;
};

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
  droits::Guichet *guichet = nullptr; // where it is done
  const Regard *regard = nullptr;     // what the actor sees

  const dossier::Sujet &sujet() const { return acte.sujet; }
  std::string text(std::string_view champ) const; // as it will stand: given, else as it stood
  // An event of the same subject and day, to be completed and added to `suites`.
  dossier::Evenement suite(std::string_view type, feel::Context content) const;
};

// The rule of an act; does nothing for one that has none.
void appliquer_regle(EnCours &en_cours);

// Of an immersion that was just written; nothing for a pack without this law.
std::vector<Diagnostic> avertir_immersion(dossier::Journal &journal, const droits::Guichet &guichet, const Pack &pack,
                                          const droits::Demande &demande, const dossier::Sujet &personne,
                                          std::string_view immersion, feel::Date au);

void regle_relais(EnCours &act);
void regle_reponse(EnCours &act);
void regle_frein(EnCours &act);
void regle_diagnostic(EnCours &act);
void regle_saisine(EnCours &act);
void regle_decision(EnCours &act);
void regle_session(EnCours &act);
void regle_presence(EnCours &act);
void regle_passeport(EnCours &act);
void regle_badge_structure(EnCours &act);

} // namespace spie::parcours
