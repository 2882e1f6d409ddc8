// The rows of a journal of accesses in SQLite, in a file or in memory.
#include "spie/store/acces.hpp"
#include "spie/store/memory.hpp"
#include "spie/store/sqlite.hpp"

#include "sqlite/database.hpp"
#include "store/chained_acces.hpp"

namespace spie::store {

namespace {

using dossier::Sujet;
using sqlite::Database;
using sqlite::Statement;
using sqlite::Use;

constexpr std::int64_t application_id = 0x53504941; // "SPIA"
constexpr const char *in_memory = ":memory:";

constexpr const char *schema = R"(
CREATE TABLE reglages (nom TEXT PRIMARY KEY, valeur TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE acces (seq INTEGER PRIMARY KEY, instant INTEGER NOT NULL, octets TEXT NOT NULL, maillon BLOB NOT NULL)
  STRICT;
CREATE TABLE dossiers (dossier TEXT NOT NULL, seq INTEGER NOT NULL REFERENCES acces (seq) ON DELETE CASCADE,
                       PRIMARY KEY (dossier, seq)) STRICT, WITHOUT ROWID;
CREATE INDEX dossiers_par_seq ON dossiers (seq);
)";

constexpr std::string_view columns = "a.seq, a.instant, a.octets, a.maillon";

std::string select(std::string_view rest) { return "SELECT " + std::string(columns) + " FROM " + std::string(rest); }
// With the link of the line before.
std::string select_linked(std::string_view from, std::string_view rest) {
  return "SELECT " + std::string(columns) + ", b.maillon FROM " + std::string(from) +
         " LEFT JOIN acces b ON b.seq = a.seq - 1 " + std::string(rest);
}

LigneAcces line_of(const Statement &row) {
  LigneAcces line{row.number(0), row.number(1), row.text(2), crypto::Digest{}, {}};
  if (!row.bytes(3, *line.maillon))
    line.maillon.reset();
  return line;
}
LigneAcces linked_line_of(const Statement &row) {
  LigneAcces line = line_of(row);
  // One of another size is the work of another program: as zeros, it vouches for no line.
  if (!row.is_null(4) && !row.bytes(4, line.avant.emplace()))
    line.avant = crypto::Digest{};
  return line;
}

class ReleveSqlite final : public ReleveAcces {
public:
  explicit ReleveSqlite(const Database &database)
      : database_(database), reading_(database),
        name_(database.prepare("SELECT 1 FROM dossiers WHERE dossier = ? AND seq = ?")) {}

  bool names(const Sujet &dossier, std::int64_t seq) override {
    const std::string text = dossier.to_string();
    Use use(name_);
    use->bind(1, text).bind(2, seq);
    return use->step();
  }
  std::int64_t named() override { return database_.number("SELECT count(*) FROM dossiers"); }
  std::vector<std::string> damage() override { return database_.faults(); }

private:
  const Database &database_;
  sqlite::Reading reading_;
  Statement name_;
};

class AccesSqlite final : public ChainedAcces {
public:
  AccesSqlite(const std::string &path, Database::Mode mode, const Keys &keys, const SqliteOptions &options)
      : ChainedAcces(keys, options), database_(path, mode, options.busy_ms, options.vfs) {
    if (mode == Database::Mode::open) {
      if (database_.number("PRAGMA application_id") != application_id)
        throw Error({Code::store_open, Level::error, "the file is not a journal of accesses of spie", path, {}});
      database_.require_schema(schema);
      recognise(path);
    }
    if (!database_.read_only()) {
      database_.text("PRAGMA journal_mode = WAL"); // in memory there is none
      database_.execute(options.durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
      database_.execute("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON");
    }
    if (mode == Database::Mode::create) {
      database_.execute("PRAGMA application_id = " + std::to_string(application_id));
      batch([&] {
        database_.execute(schema);
        found(path != in_memory);
      });
    }
  }

private:
  void begin() override { database_.execute("BEGIN IMMEDIATE"); }
  void commit() override { database_.execute("COMMIT"); }
  void give_up() override {
    if (database_.in_transaction())
      database_.execute("ROLLBACK");
  }

  std::optional<LigneAcces> last_line() const override {
    Statement row = database_.prepare(select("acces a ORDER BY a.seq DESC LIMIT 1"));
    return row.step() ? std::optional(line_of(row)) : std::nullopt;
  }
  void each_line(const std::function<void(const LigneAcces &)> &visit) override {
    Statement rows = database_.prepare(select("acces a ORDER BY a.seq"));
    while (rows.step())
      visit(line_of(rows));
  }
  std::vector<LigneAcces> lines_about(const Sujet &dossier) override {
    Statement rows = database_.prepare(
        select_linked("dossiers d JOIN acces a ON a.seq = d.seq", "WHERE d.dossier = ? ORDER BY a.seq"));
    const std::string name = dossier.to_string();
    rows.bind(1, name);
    std::vector<LigneAcces> lines;
    while (rows.step())
      lines.push_back(linked_line_of(rows));
    return lines;
  }
  std::optional<LigneAcces> line(std::int64_t seq) const override {
    Statement row = database_.prepare(select_linked("acces a", "WHERE a.seq = ?"));
    row.bind(1, seq);
    return row.step() ? std::optional(linked_line_of(row)) : std::nullopt;
  }
  void write(const LigneAcces &line, const std::vector<Sujet> &dossiers) override {
    Statement insert = database_.prepare("INSERT INTO acces VALUES (?, ?, ?, ?)");
    insert.bind(1, line.seq).bind(2, line.instant).bind(3, line.octets).bind(4, *line.maillon).run();
    Statement name = database_.prepare("INSERT OR IGNORE INTO dossiers VALUES (?, ?)");
    for (const Sujet &one : dossiers) {
      const std::string text = one.to_string();
      name.bind(1, text).bind(2, line.seq).run();
      name.reset();
    }
  }
  std::optional<std::int64_t> last_until(std::int64_t instant) const override {
    Statement row = database_.prepare("SELECT max(seq) FROM acces WHERE instant <= ?");
    row.bind(1, instant);
    return row.step() && !row.is_null(0) ? std::optional(row.number(0)) : std::nullopt;
  }
  std::optional<std::int64_t> first_from(std::int64_t instant,
                                         const std::function<bool(std::int64_t, std::int64_t)> &kept) const override {
    Statement rows = database_.prepare("SELECT seq, instant FROM acces WHERE instant >= ? ORDER BY seq");
    rows.bind(1, instant);
    while (rows.step())
      if (kept(rows.number(0), rows.number(1)))
        return rows.number(0);
    return std::nullopt;
  }
  std::optional<LigneAcces> last_before(std::int64_t seq) const override {
    Statement row = database_.prepare(select("acces a WHERE a.seq < ? ORDER BY a.seq DESC LIMIT 1"));
    row.bind(1, seq);
    return row.step() ? std::optional(line_of(row)) : std::nullopt;
  }
  std::int64_t forget_until(std::int64_t seq) override {
    database_.prepare("DELETE FROM acces WHERE seq <= ?").bind(1, seq).run();
    return database_.changes();
  }
  void scrub() override {
    database_.execute("VACUUM");
    database_.text("PRAGMA wal_checkpoint(TRUNCATE)"); // another reader may hold it up: the next purge does it
  }

  std::string setting(std::string_view name) const override {
    Statement row = database_.prepare("SELECT valeur FROM reglages WHERE nom = ?");
    row.bind(1, name);
    return row.step() ? row.text(0) : std::string();
  }
  void set(std::string_view name, const std::string &value) override {
    Statement statement = database_.prepare("INSERT OR REPLACE INTO reglages VALUES (?, ?)");
    statement.bind(1, name).bind(2, value).run();
  }
  std::unique_ptr<ReleveAcces> releve() override { return std::make_unique<ReleveSqlite>(database_); }

  Database database_;
};

} // namespace

std::unique_ptr<droits::JournalAcces> open_acces_memory(const Options &options) {
  return std::make_unique<AccesSqlite>(in_memory, Database::Mode::create, Keys::draw(crypto::system_entropy),
                                       SqliteOptions{options, {}});
}

std::unique_ptr<droits::JournalAcces> create_acces_sqlite(const std::string &path, std::string_view keys,
                                                          const SqliteOptions &options) {
  const Keys read = Keys::read(keys);
  sqlite::make_file(path);
  try {
    return std::make_unique<AccesSqlite>(path, Database::Mode::create, read, options);
  } catch (...) { // half a journal would be neither made again nor opened
    sqlite::remove_files(path);
    throw;
  }
}

std::unique_ptr<droits::JournalAcces> open_acces_sqlite(const std::string &path, std::string_view keys,
                                                        const SqliteOptions &options) {
  return std::make_unique<AccesSqlite>(path, Database::Mode::open, Keys::read(keys), options);
}

} // namespace spie::store
