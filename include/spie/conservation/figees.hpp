// Frozen counts: what closed indicators need of those who were erased, kept apart, coarse and unlinked.
#pragma once

#include "spie/conservation/regles.hpp"
#include "spie/dossier/identite.hpp"
#include "spie/droits/droits.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace spie::conservation {

// How many, and nothing else. "*" where the case was too small to be told apart.
struct Cellule {
  std::string mesure;
  std::string trimestre; // "2022-T1"
  std::string tranche, epci;
  std::string public_; // "tous", or the name of one: a person counts in each of hers
  std::int64_t effectif = 0;
};
// In a fixed order, which is not that of the erasures.
using Figees = std::vector<Cellule>;

// Of these persons, what closed indicators need. Each case that the pack does not keep loses its age band and its EPCI,
// then its quarter; what is small still is counted in its measure alone. It is these persons' own counts that are held
// to the threshold: two states of the table differ by no small case.
Figees figer(dossier::Journal &journal, const std::vector<dossier::Sujet> &personnes, feel::Date au, const Pack &pack,
             const ReglesConservation &regles, const droits::Droits &droits);
Figees ajouter(const Figees &a, const Figees &b);

// What one erasure froze, as an event of the journal that names nobody.
struct Gel {
  std::string evenement; // its id
  Figees cases;
};
// Those of every erasure, in the order of their record; then all of them added up.
std::vector<Gel> gels(dossier::Journal &journal);
Figees figees(dossier::Journal &journal);
// Of a store that was restored from a backup: records those that it has not; how many. Throws Error E004 as append
// does.
std::size_t reprendre(dossier::Journal &journal, const std::vector<Gel> &gels, const dossier::Acte &acte);

feel::Value to_value(const Figees &figees); // [{"mesure", "trimestre", "tranche", "epci", "public", "effectif"}]
feel::Value to_value(const std::vector<Gel> &gels); // [{"evenement", "cases"}]
// Throws Error R003.
std::vector<Gel> read_gels(const feel::Value &value);

} // namespace spie::conservation
