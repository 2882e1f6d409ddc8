// The journal of accesses: in memory, or in an SQLite file of its own beside the store. It takes the store's key file,
// from which it derives the key of its own chain.
#pragma once

#include "spie/droits/acces.hpp"
#include "spie/store/sqlite.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace spie::store {

std::unique_ptr<droits::JournalAcces> open_acces_memory(dossier::Horloge maintenant = {});

// "dossiers.db" → "dossiers.db-acces".
std::string acces_path(const std::string &store_path);
// With an identity of its own, which the store that it is first opened beside keeps. Throws Error as create_sqlite and
// open_sqlite do.
std::unique_ptr<droits::JournalAcces> create_acces(const std::string &path, std::string_view keys,
                                                   const SqliteOptions &options = {});
std::unique_ptr<droits::JournalAcces> open_acces(const std::string &path, std::string_view keys,
                                                 const SqliteOptions &options = {});

} // namespace spie::store
