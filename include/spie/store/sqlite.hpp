// A journal in an SQLite file, and one of accesses in a file of its own. Network shares are not supported: SQLite's
// locks do not hold there.
#pragma once

#include "spie/dossier/journal.hpp"
#include "spie/droits/acces.hpp"
#include "spie/store/keys.hpp"
#include "spie/store/options.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace spie::store {

struct SqliteOptions : Options {
  std::string vfs; // of SQLite; empty for the default
};

// The file is for its owner alone (0600), whatever the umask, and so is what stands beside it.
// Throws Error: S001 when the file is there already, S002 for keys that are none, S004 when it cannot be written.
std::unique_ptr<dossier::Journal> create_sqlite(const std::string &path, std::string_view keys,
                                                const SqliteOptions &options = {});
// A file that cannot be written, it or its folder, is read; what would be recorded is then refused (S004).
// Throws Error: S001 when it is not a store of spie, S002 for other keys than its own, S003 for a schema of a later
// version, S004 to S006 for what the disk or another process does, S006 for tables that spie did not make.
std::unique_ptr<dossier::Journal> open_sqlite(const std::string &path, std::string_view keys,
                                              const SqliteOptions &options = {});

// With an identity of its own, which the store that it is first opened beside keeps. Throws Error as create_sqlite and
// open_sqlite do.
std::unique_ptr<droits::JournalAcces> create_acces_sqlite(const std::string &path, std::string_view keys,
                                                          const SqliteOptions &options = {});
std::unique_ptr<droits::JournalAcces> open_acces_sqlite(const std::string &path, std::string_view keys,
                                                        const SqliteOptions &options = {});

} // namespace spie::store
