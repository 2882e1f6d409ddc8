// Who is asked about, and is in no dossier.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/dossier/evenement.hpp"

namespace spie::dossier {

[[noreturn]] inline void refuse_unknown(const Sujet &sujet) {
  throw Error({Code::dossier_unknown, Level::error, "the journal has no '" + sujet.to_string() + "'", {}, {}});
}

} // namespace spie::dossier
