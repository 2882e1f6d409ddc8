// Whether a key still names the dossier that it was attached to.
#pragma once

#include "spie/dossier/journal.hpp"

#include <string_view>

namespace spie::dossier {

// The source attached the subject under that key (with its birth date, where it has one), and nobody withdrew it.
bool still_attached(Journal &journal, const Sujet &subject, std::string_view source, std::string_view key);

} // namespace spie::dossier
