// A relay for all those whom a professional leads, in one call: each dossier is an act of its own, done whole or
// refused whole (docs/reseau.md).
#pragma once

#include "spie/parcours/acte.hpp"

#include <string>
#include <vector>

namespace spie::parcours {

struct DemandeRelaisTous {
  std::string acte =
      "relais.demander"; // or what follows it: relais.completer, .accepter, .refuser, .retirer, .effectuer
  std::string de;        // "professionnel:…", whom others take over from
  feel::Date effet;
  feel::Context contenu = {};                 // fields of each event
  std::vector<dossier::Sujet> personnes = {}; // these alone; when there is none, all whom the actor sees him lead
};
// {"acte", "de", "effet", "contenu", "personnes"}, the first and the last two at will. Throws Error Q001 with its
// place.
DemandeRelaisTous read_demande_relais_tous(const feel::Value &value);

struct RefusActe {
  std::string code, message, place;
  std::string phrase, remede; // in French
};
struct RelaisDossier {
  std::string personne;
  std::vector<std::string> actes;          // their ids, one for each role that he leads in; none when it was refused
  std::vector<RefusActe> refus;            // why; none when it was done
  std::vector<std::string> avertissements; // in French
};
struct RelaisTous {
  std::string acte, de;
  std::int64_t faits = 0, refuses = 0;
  std::vector<RelaisDossier> dossiers; // in the order of their ids
};

// A dossier that the actor may not see leaves no trace, unless he names it: then it is refused with R002. Throws Error
// Q001 for a demand that is wrong for every dossier, E001 for a field, Q002 for a relay to oneself, E005 for a
// professional who hands over no dossier that the actor sees, known or not, and what Guichet::parcourir throws; nothing
// is recorded then.
RelaisTous relayer_tous(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                        const dossier::Regles &regles, const droits::Demande &demande, const DemandeRelaisTous &tous);

feel::Value to_value(const RelaisTous &tous);

} // namespace spie::parcours
