// What was verified or signed here becomes an act, which no caller can write by hand.
#pragma once

#include "spie/passeport/remise.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spie::passeport {

// Asks for the right before anything is signed: R002 without it.
void permettre(droits::Guichet &guichet, const droits::Demande &demande, const dossier::Sujet &personne,
               std::string_view droit, std::string_view type, std::string_view etape);
// As permettre, of an act whose content is not whole yet: whatever consigner would refuse of what is known is refused
// before anything is signed. What the signature gives stands for itself: a hash of zeros, an identifier that is drawn.
void essayer(droits::Guichet &guichet, const Pack &pack, const droits::Demande &demande, std::string acte,
             const dossier::Sujet &personne, feel::Date au, feel::Context contenu);
parcours::ActeFait consigner(droits::Guichet &guichet, const Pack &pack, const droits::Demande &demande,
                             std::string acte, const dossier::Sujet &personne, feel::Date au,
                             const feel::Value &contenu);

// As events hold them.
feel::Value badges_dits(const std::vector<BadgeSigne> &badges);
feel::Value statuts_dits(const std::vector<StatutBadge> &statuts);

} // namespace spie::passeport
