// What the steps of a dossier come to now, thing by thing: a relay, an immersion, a referral.
#pragma once

#include "insertion/dossier/paroles.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spie::parcours {

struct Chose {
  std::string cle;
  std::string etape;                                 // the last one; empty for a type without steps
  feel::Date depuis;                                 // of that step
  feel::Context champs;                              // what all its steps say, the last word of each field
  std::vector<const dossier::Enonce *> enonces = {}; // in the order of their effects; since its first step
  std::string text(std::string_view champ) const;
};

// Of one type, in the order of their keys. Each step adds to what the earlier ones said; the first step begins it anew.
std::vector<Chose> choses(const dossier::Enonces &all, std::string_view type);
const Chose *find(const std::vector<Chose> &list, std::string_view cle);

} // namespace spie::parcours
