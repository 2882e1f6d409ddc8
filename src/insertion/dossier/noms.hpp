// Names as two registers write them: which are alike, and how.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spie::dossier {

// A surname in one piece, without accents, apostrophes, hyphens nor blanks, `ST` as `SAINT`; then without each of the
// particles that it begins with; then without any. "de La Maquette": DELAMAQUETTE, LAMAQUETTE, MAQUETTE. Empty when no
// letter is left.
std::vector<std::string> name_forms(std::string_view surname);
// The names of a double one, particles left out: "Exemple-Tilleul" is EXEMPLE and TILLEUL. Empty when it has one alone.
std::vector<std::string> name_parts(std::string_view surname);
// The first of the first names: "Élise-Anne" is ELISE.
std::string first_first_name(std::string_view first_names);

// How two surnames are alike, from the nearest to the farthest.
enum class Ressemblance {
  identiques,
  ecriture,   // accents, hyphens, capitals
  apostrophe, // an apostrophe, a blank, `st` for `saint`
  particule,  // of, du, la…
  nom_coupe,  // one is a part of the other
  differentes,
};
Ressemblance compare_surnames(std::string_view a, std::string_view b);
inline bool alike_surnames(std::string_view a, std::string_view b) {
  return compare_surnames(a, b) != Ressemblance::differentes;
}
// One of the first names is in both.
bool alike_first_names(std::string_view a, std::string_view b);

} // namespace spie::dossier
