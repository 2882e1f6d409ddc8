// The words of a label, as two people write them alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spie::passeport {

// One word in capitals without accents, and what is left of it without the mark of the plural.
struct MotRome {
  std::string brut, racine;
};

// "Entretenir les matériaux" is ENTRETENIR/ENTRETENIR, MATERIAUX/MATERIAU. Words that every label has are left out
// ("de", "les", "à"), unless the text has no other.
std::vector<MotRome> mots_rome(std::string_view text);

// A word in capitals without accents: CHEVAL and CHEVAUX are CHEVAU, BATEAUX is BATEAU, TRAVAUX and TRAVAIL TRAVAU. A
// form that both numbers share, no word of French.
std::string racine_rome(std::string_view word);

} // namespace spie::passeport
