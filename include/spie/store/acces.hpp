// The journal of accesses: in memory, or apart from the store, at an address of its own. It takes the store's key file,
// from which it derives the key of its own chain.
#pragma once

#include "spie/droits/acces.hpp"
#include "spie/store/options.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace spie::store {

std::unique_ptr<droits::JournalAcces> open_acces_memory(const Options &options = {});

// "dossiers.db" → "dossiers.db-acces", of an address too.
std::string acces_path(const std::string &store_path);
// At an address, as store.hpp has them. With an identity of its own, which the store that it is first opened beside
// keeps. Throws Error as create and open do.
std::unique_ptr<droits::JournalAcces> create_acces(const std::string &address, std::string_view keys,
                                                   const Options &options = {});
std::unique_ptr<droits::JournalAcces> open_acces(const std::string &address, std::string_view keys,
                                                 const Options &options = {});

} // namespace spie::store
