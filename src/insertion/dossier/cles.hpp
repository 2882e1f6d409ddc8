// The keys under which the subject of an event is found again: made from the event alone, so that an index of them can
// be thrown away and made anew.
#pragma once

#include "spie/dossier/evenement.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spie::dossier {

struct Cle {
  std::string
      genre; // "source", "nir", "noms", "nom", "siret", "nom_structure", "document", or the kind of an identifier
  std::string valeur;
};

std::vector<Cle> keys_of(const Evenement &event);

// A name as two registers write it alike: letters without accents, in capitals, other characters as single blanks.
// "Élise-Anne d'Exemple" is "ELISE ANNE D EXEMPLE".
std::string normalized_name(std::string_view name);
// The key "noms" of a person: one form of her surname (noms.hpp), the first of her first names, her birth date. A part
// of a double name stands there with a mark before it.
std::string names_key(std::string_view form, std::string_view first_names, feel::Date birth);
constexpr char cut_name = '~';

} // namespace spie::dossier
