// How the flows of the CAF and of the MSA name a household and the persons in it.
#pragma once

#include "spie/dossier/journal.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace spie::exchange {

// "CAF|771|205599000000000": the numbers of CAF and MSA are not known to be disjoint. The matricule of the MSA is a
// NIR: its keyed fingerprint stands in its place, the older one where the journal knows the household under it. nullopt
// when a part is missing or cannot stand in a key.
std::optional<std::string> household_key(dossier::Journal &journal, std::string_view source, std::string_view organisme,
                                         std::string_view number, std::string_view matricule);
// The household, and what tells its adults apart whatever their roles: the first of the first names. The birth date is
// added where the person is attached.
std::string person_key(std::string_view household, std::string_view first_name);

} // namespace spie::exchange
