// What crosses a border about dossiers, as FEEL values under the French keys of the JSON: C, Python and the command
// line give and take the same. Situations, histories and differences stand in situation.hpp.
#pragma once

#include "spie/dossier/identite.hpp"
#include "spie/dossier/journal.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spie::dossier {

// Events to be recorded: a list of events without seq nor enregistre. Throws Error E001, E002 with the place of the
// fault: "/2/contenu/nom".
std::vector<Evenement> read_evenements(const feel::Value &list);
// [{"evenement": "…", "dossier": "personne:…"}]. Throws Error E001 with the place of the fault.
std::vector<Affectation> read_affectations(const feel::Value &list);

// {"contenu": {…}, "effet": {"debut", "fin", "precision"}}: corrects an event; what is left out stays. Nothing at all
// retracts it. Gives the id of the correction. Throws Error E001 with the place of the fault, and what corriger()
// throws.
std::string corriger(Journal &journal, std::string_view evenement, const feel::Value &correction, const Acte &acte);

// The event of that id. Throws Error E005 when there is none.
Evenement evenement(Journal &journal, std::string_view id);
// The tokens of a list of erasures, as to_value() gives it. Throws Error E001 with the place of the fault.
std::vector<std::string> read_jetons(const feel::Value &list);

// [{"id", "seq"}], of events that were recorded.
feel::Value recorded_value(const std::vector<Evenement> &events);
feel::Value to_value(const std::vector<Evenement> &events);
feel::Value to_value(const Evenements &events);
// {"seq", "maillon"}
feel::Value to_value(const Tete &head);
// {"intact", "evenements", "effaces", "tete", "tete_trouvee": null without a head, "journal_acces": the identity of the
// one that it knows, null for none, "constats": [finding]}
feel::Value to_value(const Verification &verification);
// {"du", "au", "instant"}
feel::Value to_value(const Reprise &mended);
// [{"jeton", "evenements"}]
feel::Value to_value(const std::vector<Effacement> &erasures);

// [{"nom", "version", "genre", "cardinalite", "cle": [fields], "titre", "schema"}], in their order.
feel::Value event_types_value();

} // namespace spie::dossier
