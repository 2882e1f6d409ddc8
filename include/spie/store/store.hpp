// Stores by their address: a scheme and what it opens, "sqlite:dossiers.db". A path alone is that of an SQLite file;
// one whose first folder or name holds a colon is written "./" or "sqlite:" and the path.
#pragma once

#include "spie/dossier/journal.hpp"
#include "spie/store/keys.hpp"
#include "spie/store/options.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace spie::store {

std::vector<std::string> schemes(); // "sqlite"

// Throws Error S001 for a scheme that is not one of those; and as the store of the scheme does (sqlite.hpp).
std::unique_ptr<dossier::Journal> create(const std::string &address, std::string_view keys,
                                         const Options &options = {});
std::unique_ptr<dossier::Journal> open(const std::string &address, std::string_view keys, const Options &options = {});

} // namespace spie::store
