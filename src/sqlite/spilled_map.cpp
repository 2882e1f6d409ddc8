#include "sqlite/spilled_map.hpp"

#include <algorithm>

namespace spie::sqlite {

SpilledMap::SpilledMap() : database_({}, Database::Mode::temporary, 0, {}) {
  crypto::system_entropy(salt_);
  // Nothing of it is to outlive this object: neither a journal nor syncs. One transaction, which never ends, keeps
  // SQLite from writing before its cache is full.
  database_.execute(
      "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2048; "
      "CREATE TABLE nombres (cle BLOB PRIMARY KEY, nombre INTEGER NOT NULL) STRICT, WITHOUT ROWID; BEGIN");
  find_ = database_.prepare("SELECT nombre FROM nombres WHERE cle = ?");
  insert_ = database_.prepare("INSERT OR IGNORE INTO nombres VALUES (?, ?)");
}

SpilledMap::Empreinte SpilledMap::digest(std::string_view key) const {
  const crypto::Digest whole = crypto::sha256({crypto::view(salt_), key});
  Empreinte first{};
  std::copy_n(whole.begin(), first.size(), first.begin());
  return first;
}

std::optional<std::int64_t> SpilledMap::held(const Empreinte &digest) {
  Use use(find_);
  use->bind(1, digest);
  return use->step() ? std::optional(use->number(0)) : std::nullopt;
}

std::optional<std::int64_t> SpilledMap::find(std::string_view key) { return held(digest(key)); }

std::optional<std::int64_t> SpilledMap::emplace(std::string_view key, std::int64_t number) {
  const Empreinte under = digest(key);
  {
    Use use(insert_);
    use->bind(1, under).bind(2, number).run();
  }
  return database_.changes() == 1 ? std::nullopt : held(under);
}

} // namespace spie::sqlite
