// Acts of the path: what somebody does to a dossier, an instance, a structure, in one batch, with his right, and what
// undoes it (docs/parcours.md). An act writes events and nothing else; the steps that it may take stand in one table.
#pragma once

#include "spie/dossier/journal.hpp"
#include "spie/dossier/situation.hpp"
#include "spie/droits/vue.hpp"
#include "spie/pack/pack.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spie::parcours {

// One line of the table: an act, the right it asks for, the event that it writes, and the steps that it may follow.
struct Transition {
  std::string_view acte;   // "relais.accepter"
  std::string_view type;   // of the event
  std::string_view depuis; // steps, by blanks, that the thing may be at; "-" when it is not there yet
  std::string_view vers;   // its step afterwards; empty for a type without steps, "=" to stay where it is
  std::string_view droit;  // the act of the table of rights
  std::string_view titre;  // in French
};
std::span<const Transition> transitions() noexcept;
const Transition *find_transition(std::string_view acte) noexcept;

struct DemandeActe {
  std::string acte;
  dossier::Sujet sujet;                    // whose dossier; an instance, a structure, a professional for their acts
  feel::Date effet;                        // the day it is of
  feel::Context contenu;                   // fields of the event, its step left out
  std::optional<dossier::Instant> lu = {}; // when what it answers was read
  std::string numero = {};                 // the caller's own id for it, once an author; else one is drawn
  // What the act says was established here: a badge that the library verified, or signed. Never read from a caller's
  // text: an act that asks for it is done by what establishes it (spie/passeport/remise.hpp, garantie.hpp).
  bool etabli = false;
};
// {"acte", "sujet", "effet", "contenu", "lu", "numero"}, the last three at will. Throws Error Q001 with its place.
DemandeActe read_demande_acte(const feel::Value &value);

struct ActeFait {
  std::string acte; // its id, which its events share: what undoes it names it
  std::vector<dossier::Evenement> evenements;
  std::vector<Diagnostic> avertissements;
};

// Where acts are done: what it is given must outlive it.
class Bureau {
public:
  Bureau(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack, const dossier::Regles &regles)
      : journal_(journal), guichet_(guichet), pack_(pack), regles_(regles) {}

  // Throws Error: R002 without the right; Q001 for an act or a field that is not known, or a code that no list of the
  // pack holds; Q002 when the dossier is not where the act begins (accept before ask, a naming while one is in force, a
  // relay to oneself), or holds nothing of the kind that the actor sees; Q003 while a condition of the pack is not
  // fulfilled or not known; E003 when what the act reads moved after `lu`; E005 for a subject that is not there; E006
  // for a `numero` that an act of the same author bears already. Nothing is recorded then.
  ActeFait agir(const droits::Demande &demande, const DemandeActe &acte);
  // Several acts, in this order: all are recorded, or none. Each right is asked for before the first is done.
  std::vector<ActeFait> agir(const droits::Demande &demande, std::span<const DemandeActe> actes);
  // Whether the act would be recorded: asks for its right, and throws what agir would; nothing is recorded. What is
  // costly or leaves a trace elsewhere, a signature, comes after.
  void essayer(const droits::Demande &demande, const DemandeActe &acte);
  // Retracts the events of an act, all of them. Whoever did it may undo it while he has its right; else "corriger" is
  // asked for. Q002 when a later act rests on it, or when it was undone already; E005 when there is none that he may
  // undo: nobody learns so of what others did.
  ActeFait annuler(const droits::Demande &demande, std::string_view acte);

private:
  ActeFait faire(const droits::Demande &demande, const DemandeActe &acte, std::string_view role);
  void warn_of_law(ActeFait &done, const droits::Demande &demande, const DemandeActe &acte);
  dossier::Journal &journal_;
  droits::Guichet &guichet_;
  const Pack &pack_;
  const dossier::Regles &regles_;
};

feel::Value to_value(std::span<const Transition> transitions); // [{"acte", "type", "depuis", "vers", "droit", "titre"}]
feel::Value to_value(const ActeFait &fait);                    // {"acte", "evenements", "avertissements"}

} // namespace spie::parcours
