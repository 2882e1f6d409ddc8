// An event read from its bytes as a store wrote them, in one pass and without a document in between: reading a dossier
// is reading thirty of them.
#pragma once

#include "spie/dossier/evenement.hpp"

#include <optional>
#include <string_view>

namespace spie::dossier {

// Nothing for what has any other form than the one to_value and write_json give (an order of keys, a null, an escape
// that is rare, a fault): read_evenement reads it, or says what is wrong. What this one reads, that one reads alike.
std::optional<Evenement> read_octets(std::string_view octets);

} // namespace spie::dossier
