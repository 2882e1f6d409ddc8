// A journal in an SQLite file. The keys stand in a file of their own, elsewhere: draw them, write them where they are
// safe, then create the store. Network shares are not supported: SQLite's locks do not hold there.
#pragma once

#include "spie/dossier/journal.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace spie::store {

// The text of a new key file.
std::string draw_keys();
// The same keys with a new one for NIR: the older ones stay until imports have written each fingerprint anew.
std::string rotate_keys(std::string_view keys);

struct SqliteOptions {
  std::int64_t busy_ms = 10'000;       // how long to wait for another writer
  std::int64_t tolerance_ms = 300'000; // how far an instant of record may lie before the last one
  // Every commit outlives a loss of power. Without it the last ones may be lost, and the store stays whole: for what
  // can be read again.
  bool durable = true;
  std::string vfs; // of SQLite; empty for the default
  // The caller's clock: an instant of record or of asking that lies more than a day after it is refused (E004), so that
  // one wrong clock does not stop a store for years. Without it, nothing bounds what lies ahead.
  dossier::Horloge maintenant;
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
// After rotate_keys: the store knows its keys by the new ones from then on.
void adopt_keys(dossier::Journal &journal, std::string_view keys);

} // namespace spie::store
