// What the writers for others share.
#pragma once

#include "spie/exchange/ecriture.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace spie::exchange {

// The facts of one thing: a barrier, an answer, an objective.
struct ChoseDite {
  std::string type, cle;
  std::map<std::string, const dossier::Fait *, std::less<>> champs;
  std::string text(std::string_view field) const; // empty for none, and for what is no text
  std::vector<std::string> texts(std::string_view field) const;
  feel::Date depuis() const; // of the first of its fields
  std::string chemin() const { return cle.empty() ? type : type + "." + cle; }
};
// In the order of the situation; of the household none.
std::vector<ChoseDite> choses_dites(const dossier::Situation &situation, std::string_view type);

Ecriture ecrire_france_travail(const dossier::Situation &situation, const std::string &version,
                               const Nomenclature &lists);

} // namespace spie::exchange
