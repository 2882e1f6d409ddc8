// Households over time: what is said of a household concerns a person while she belongs to it, neither before nor
// after.
#pragma once

#include "spie/dossier/situation.hpp"

#include <string_view>
#include <vector>

namespace spie::droits {

// Of the history of a household fact, what concerns the person: said of a time when she was a member, and the state in
// which she found the household.
std::vector<dossier::Parole> while_member(dossier::Journal &journal, const dossier::Sujet &personne,
                                          const dossier::Connaissance &connu, std::vector<dossier::Parole> paroles);

} // namespace spie::droits
