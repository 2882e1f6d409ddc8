#include "spie/store/sqlite.hpp"

#include "sqlite/database.hpp"
#include "store/chained.hpp"
#include "store/recount.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace spie::store {

namespace {

using dossier::Cle;
using dossier::Evenement;
using dossier::Sujet;
using sqlite::Database;
using sqlite::Statement;
using sqlite::Use;

constexpr std::int64_t application_id = 0x53504945; // "SPIE"

// One step of the schema each, in their order; user_version says how many were taken. Their text never changes: SQLite
// keeps it, and it is compared.
constexpr std::array<const char *, 2> migrations{R"(
CREATE TABLE reglages (nom TEXT PRIMARY KEY, valeur TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- Whom a token stands for. Erasing a subject deletes its row.
CREATE TABLE sujets (n INTEGER PRIMARY KEY, jeton BLOB NOT NULL UNIQUE, genre TEXT NOT NULL, id TEXT NOT NULL,
                     UNIQUE (genre, id)) STRICT;
-- The chain: never deleted, never updated.
CREATE TABLE journal (seq INTEGER PRIMARY KEY, jeton BLOB NOT NULL, instant INTEGER NOT NULL,
                      empreinte BLOB NOT NULL, maillon BLOB NOT NULL) STRICT;
-- What is erased with its subject.
CREATE TABLE contenus (seq INTEGER PRIMARY KEY REFERENCES journal (seq), id TEXT NOT NULL UNIQUE,
                       sujet INTEGER NOT NULL REFERENCES sujets (n), corrige TEXT,
                       sel BLOB NOT NULL, octets TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX corrections ON contenus (corrige) WHERE corrige IS NOT NULL;
CREATE TABLE liens (sujet INTEGER NOT NULL REFERENCES sujets (n), seq INTEGER NOT NULL,
                    PRIMARY KEY (sujet, seq)) STRICT, WITHOUT ROWID;
-- An index that is made from the events: it can be thrown away and made anew.
CREATE TABLE cles (genre TEXT NOT NULL, valeur TEXT NOT NULL, sujet INTEGER NOT NULL REFERENCES sujets (n),
                   PRIMARY KEY (genre, valeur, sujet)) STRICT, WITHOUT ROWID;
CREATE INDEX cles_du_sujet ON cles (sujet);
)",
                                                 R"(
-- Whom somebody follows is found from him, and the dossiers about which something was decided by that.
INSERT OR IGNORE INTO cles
  SELECT 'lien', json_extract(octets, '$.contenu.professionnel'), sujet FROM contenus
  WHERE json_extract(octets, '$.type') IN ('referent', 'membre')
    AND json_extract(octets, '$.contenu.professionnel') IS NOT NULL;
INSERT OR IGNORE INTO cles
  SELECT 'lien', json_extract(octets, '$.contenu.structure'), sujet FROM contenus
  WHERE json_extract(octets, '$.type') IN ('referent', 'membre')
    AND json_extract(octets, '$.contenu.structure') IS NOT NULL;
INSERT OR IGNORE INTO cles
  SELECT 'decision', 'acceptee', sujet FROM contenus
  WHERE json_extract(octets, '$.type') = 'decision_donnees' AND json_extract(octets, '$.contenu.etape') = 'acceptee';
)"};

constexpr std::string_view line_columns =
    "j.seq, j.jeton, j.instant, j.empreinte, j.maillon, c.sel, c.octets, a.maillon";
constexpr std::string_view line_before = " LEFT JOIN journal a ON a.seq = j.seq - 1 ";

std::string select(std::string_view tables, std::string_view rest) {
  return "SELECT " + std::string(line_columns) + " FROM " + std::string(tables) + std::string(line_before) +
         std::string(rest);
}

class SqliteJournal final : public ChainedJournal {
public:
  SqliteJournal(const std::string &path, Database::Mode mode, Keys keys, const SqliteOptions &options)
      : ChainedJournal(std::move(keys), options), database_(path, mode, options.busy_ms, options.vfs) {
    if (mode == Database::Mode::create)
      database_.execute("PRAGMA application_id = " + std::to_string(application_id));
    else if (database_.number("PRAGMA application_id") != application_id)
      throw Error({Code::store_open, Level::error, "the file is not a store of spie", path, "Check the path."});
    if (!database_.read_only())
      configure(path, options.durable);
    migrate(path, mode);
    if (mode == Database::Mode::create)
      store_check_value();
    else if (database_.text("SELECT valeur FROM reglages WHERE nom = 'cle'") != this->keys().check_value())
      throw Error({Code::store_key, Level::error, "the keys are not those of this store", path,
                   "Give the key file that was made with it; when its keys were being rotated, the new ones. Without "
                   "them, read the files again into a new store."});
    prepare();
  }

  void begin() override {
    rows_.clear(); // another process may have erased some of them
    database_.execute("BEGIN IMMEDIATE");
  }
  void commit() override {
    rows_.clear();
    database_.execute("COMMIT");
  }
  using Journal::lookup;
  std::vector<Sujet> lookup(std::string_view kind, std::string_view value, std::size_t limit) override {
    Use use(lookup_);
    use->bind(1, kind).bind(2, value).bind(3, static_cast<std::int64_t>(limit));
    return read_subjects(use);
  }
  std::vector<dossier::Trouve> keyed(std::string_view kind, std::string_view prefix, std::string_view after,
                                     std::size_t limit) override {
    const std::string end = std::string(prefix) + "\xF4\x8F\xBF\xBF"; // the last character there is
    Use use(keyed_);
    use->bind(1, kind).bind(2, prefix).bind(3, end).bind(4, after).bind(5, static_cast<std::int64_t>(limit));
    std::vector<dossier::Trouve> result;
    while (use->step())
      if (const auto genre = dossier::genre_of(use->text(1)))
        result.push_back({use->text(0), {*genre, use->text(2)}});
    return result;
  }
  std::vector<Sujet> subjects(dossier::Genre genre, std::string_view after, std::size_t limit) override {
    Use use(subjects_);
    use->bind(1, text(genre)).bind(2, after).bind(3, static_cast<std::int64_t>(limit));
    return read_subjects(use);
  }

  void backup(const std::string &path) override { database_.copy_to(path); }

  void scrub() override {
    database_.execute("VACUUM"); // free pages, and the slack of those that are used
    Statement checkpoint = database_.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    if (checkpoint.step() && checkpoint.number(0) != 0)
      throw Error({Code::store_locked,
                   Level::error,
                   "another process still reads what was erased",
                   {},
                   "Close it, then ask for the scrubbing again; the erasure itself is recorded."});
  }

  void adopt_keys(std::string_view text) override {
    Keys given = Keys::read(text);
    if (given.chaine != keys().chaine)
      throw Error(
          {Code::store_key, Level::error, "the keys have another key of the chain", {}, "Rotate the store's own."});
    set_keys(std::move(given));
    store_check_value();
  }

private:
  void configure(const std::string &path, bool durable) {
    if (database_.text("PRAGMA journal_mode = WAL") != "wal")
      throw Error({Code::store_open, Level::error, "the file system does not hold a write-ahead log", path,
                   "Put the store on a local disk."});
    // A commit that was acknowledged outlives a loss of power under FULL; NORMAL does not promise it.
    database_.execute(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    database_.execute("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON");
    database_.execute("PRAGMA cache_size = -16384"); // 16 MiB: a batch of an import, without writing its pages twice
  }

  void migrate(const std::string &path, Database::Mode mode) {
    const auto known = static_cast<std::int64_t>(migrations.size());
    const std::int64_t version = database_.number("PRAGMA user_version");
    if (version > known)
      throw Error({Code::store_version, Level::error, "the store was written by a later version of spie", path,
                   "Take that version."});
    if (mode == Database::Mode::open && version < 1)
      throw Error({Code::store_corrupt, Level::error, "the file has no version", path, "Restore a backup."});
    for (std::int64_t step = version; step < known; ++step) {
      dossier::Lot batch(*this);
      database_.execute(migrations[static_cast<std::size_t>(step)]);
      database_.execute("PRAGMA user_version = " + std::to_string(step + 1));
      batch.commit();
    }
    std::string schema;
    for (const char *step : migrations)
      schema += step;
    database_.require_schema(schema);
  }

  void store_check_value() {
    Statement statement = database_.prepare("INSERT OR REPLACE INTO reglages VALUES ('cle', ?)");
    const std::string value = keys().check_value();
    statement.bind(1, value).run();
  }

  void prepare() {
    savepoint_ = database_.prepare("SAVEPOINT part");
    release_ = database_.prepare("RELEASE part");
    last_ = database_.prepare("SELECT seq, jeton, instant, empreinte, maillon FROM journal ORDER BY seq DESC LIMIT 1");
    token_ = database_.prepare("SELECT jeton, n FROM sujets WHERE genre = ? AND id = ?");
    add_subject_ = database_.prepare("INSERT INTO sujets (jeton, genre, id) VALUES (?, ?, ?)");
    header_ = database_.prepare("INSERT INTO journal VALUES (?, ?, ?, ?, ?)");
    content_ = database_.prepare("INSERT INTO contenus VALUES (?, ?, ?, ?, ?, ?)");
    link_ = database_.prepare("INSERT INTO liens VALUES (?, ?)");
    key_ = database_.prepare("INSERT OR IGNORE INTO cles VALUES (?, ?, ?)");
    about_ = database_.prepare(select("sujets s JOIN liens l ON l.sujet = s.n JOIN journal j ON j.seq = l.seq "
                                      "JOIN contenus c ON c.seq = l.seq",
                                      "WHERE s.genre = ? AND s.id = ? AND l.seq > ? ORDER BY l.seq"));
    by_id_ = database_.prepare(select("contenus c JOIN journal j ON j.seq = c.seq", "WHERE c.id = ?"));
    corrected_by_ = database_.prepare("SELECT id FROM contenus WHERE corrige = ?");
    each_ = database_.prepare(
        select("journal j LEFT JOIN contenus c ON c.seq = j.seq", "WHERE j.seq BETWEEN ? AND ? ORDER BY j.seq"));
    lookup_ = database_.prepare("SELECT s.genre, s.id FROM cles k JOIN sujets s ON s.n = k.sujet "
                                "WHERE k.genre = ? AND k.valeur = ? ORDER BY s.genre, s.id LIMIT ?");
    keyed_ = database_.prepare(
        "SELECT k.valeur, s.genre, s.id FROM (SELECT DISTINCT valeur FROM cles WHERE genre = ?1 AND valeur >= ?2 AND "
        "valeur < ?3 AND valeur > ?4 ORDER BY valeur LIMIT ?5) page JOIN cles k ON k.genre = ?1 AND k.valeur = "
        "page.valeur "
        "JOIN sujets s ON s.n = k.sujet ORDER BY k.valeur, s.genre, s.id");
    subjects_ = database_.prepare("SELECT genre, id FROM sujets WHERE genre = ? AND id > ? ORDER BY id LIMIT ?");
  }

  bool in_batch() const override { return database_.in_transaction(); }
  void begin_part() override { Use(savepoint_)->run(); }
  void end_part(bool keep) override {
    if (keep) {
      Use(release_)->run();
      return;
    }
    rows_.clear();
    database_.execute("ROLLBACK TO part; RELEASE part");
  }
  void give_up() noexcept override {
    rows_.clear();
    try {
      if (database_.in_transaction()) // SQLite may have given it up already
        database_.execute("ROLLBACK");
    } catch (const Error &) { // the file is out of reach: SQLite rolls back when it is opened next
    }
  }

  std::optional<Entete> last() override {
    Use use(last_);
    return use->step() ? std::optional(read_header(use)) : std::nullopt;
  }

  std::optional<Jeton> token(const Sujet &subject) override {
    const auto row = row_of(subject);
    return row ? std::optional(row->first) : std::nullopt;
  }
  void add_subject(const Sujet &subject, const Jeton &token) override {
    Use use(add_subject_);
    use->bind(1, token).bind(2, text(subject.genre)).bind(3, subject.id).run();
  }

  void write(const Ligne &line, const Evenement &event, const std::vector<Cle> &keys) override {
    const Entete &header = line.entete;
    {
      Use use(header_);
      use->bind(1, header.seq)
          .bind(2, header.jeton)
          .bind(3, header.instant)
          .bind(4, header.empreinte)
          .bind(5, header.maillon)
          .run();
    }
    const std::int64_t owner = row_of(event.sujets.front())->second;
    {
      Use use(content_);
      use->bind(1, header.seq).bind(2, event.id).bind(3, owner).bind(5, line.corps->sel).bind(6, line.corps->octets);
      if (event.corrige.empty())
        use->bind_null(4).run();
      else
        use->bind(4, event.corrige).run();
    }
    for (const Sujet &subject : event.sujets) {
      Use use(link_);
      use->bind(1, row_of(subject)->second).bind(2, header.seq).run();
    }
    for (const Cle &key : keys) {
      Use use(key_);
      use->bind(1, key.genre).bind(2, key.valeur).bind(3, owner).run();
    }
  }

  std::vector<Ligne> lines_about(const Sujet &subject, std::int64_t after) override {
    Use use(about_);
    use->bind(1, text(subject.genre)).bind(2, subject.id).bind(3, after);
    std::vector<Ligne> lines;
    while (use->step())
      lines.push_back(read_line(use));
    return lines;
  }
  std::optional<Ligne> line_of(std::string_view event_id) override {
    Use use(by_id_);
    use->bind(1, event_id);
    return use->step() ? std::optional(read_line(use)) : std::nullopt;
  }
  std::optional<std::string> corrected_by(std::string_view event_id) override {
    Use use(corrected_by_);
    use->bind(1, event_id);
    return use->step() ? std::optional(use->text(0)) : std::nullopt;
  }
  void each_line(std::int64_t from, std::int64_t until, const std::function<void(const Ligne &)> &visit) override {
    Use use(each_);
    use->bind(1, from).bind(2, until);
    while (use->step())
      visit(read_line(use));
  }

  std::unique_ptr<Releve> releve(const Constat &fault) override { return recount(database_, fault); }

  std::int64_t forget(const Jeton &token) override {
    rows_.clear();
    Statement owner = database_.prepare("SELECT n FROM sujets WHERE jeton = ?");
    if (!owner.bind(1, token).step())
      return 0;
    const std::int64_t n = owner.number(0);
    owner.reset();
    const auto run = [&](std::string_view sql) { database_.prepare(sql).bind(1, n).run(); };
    // Links of others to the events that go, the events, then its own links.
    run("DELETE FROM liens WHERE sujet <> ?1 AND seq IN (SELECT c.seq FROM liens l JOIN contenus c ON c.seq = l.seq "
        "WHERE l.sujet = ?1 AND c.sujet = ?1)");
    run("DELETE FROM contenus WHERE seq IN (SELECT seq FROM liens WHERE sujet = ?1) AND sujet = ?1");
    const std::int64_t count = database_.changes();
    run("DELETE FROM liens WHERE sujet = ?1");
    run("DELETE FROM cles WHERE sujet = ?1");
    run("DELETE FROM sujets WHERE n = ?1");
    return count;
  }
  void forget_unnamed() override {
    rows_.clear();
    database_.execute("DELETE FROM sujets WHERE NOT EXISTS (SELECT 1 FROM liens WHERE sujet = sujets.n)");
  }

  // Asked several times for each event: inside a batch, where nobody else writes, the last ones are kept.
  std::optional<std::pair<Jeton, std::int64_t>> row_of(const Sujet &subject) {
    const bool keep = in_batch();
    if (const auto known = rows_.find(subject); keep && known != rows_.end())
      return known->second;
    Use use(token_);
    use->bind(1, text(subject.genre)).bind(2, subject.id);
    if (!use->step())
      return std::nullopt;
    std::pair<Jeton, std::int64_t> row{{}, use->number(1)};
    take(use, 0, row.first);
    if (keep) {
      constexpr std::size_t most = 64;
      if (rows_.size() == most)
        rows_.clear();
      rows_.emplace(subject, row);
    }
    return row;
  }

  // A blob of another length is the work of another program.
  static void take(Use &use, int column, std::span<std::uint8_t> into) {
    if (!use->bytes(column, into))
      throw Error({Code::store_corrupt, Level::error, "a row of the store has not its form", {}, "Restore a backup."});
  }
  static Entete read_header(Use &use) {
    Entete header;
    header.seq = use->number(0);
    take(use, 1, header.jeton);
    header.instant = use->number(2);
    take(use, 3, header.empreinte);
    take(use, 4, header.maillon);
    return header;
  }
  static Ligne read_line(Use &use) {
    Ligne line{read_header(use), std::nullopt, crypto::Digest{}}; // the first one has zeros before it
    if (!use->is_null(7))
      take(use, 7, *line.avant);
    if (use->is_null(6))
      return line;
    Corps body;
    take(use, 5, body.sel);
    body.octets = use->text(6);
    line.corps = std::move(body);
    return line;
  }
  static std::vector<Sujet> read_subjects(Use &use) {
    std::vector<Sujet> result;
    while (use->step())
      if (const auto genre = dossier::genre_of(use->text(0)))
        result.push_back({*genre, use->text(1)});
    return result;
  }

  Database database_;
  std::map<Sujet, std::pair<Jeton, std::int64_t>> rows_;
  Statement savepoint_, release_, last_, token_, add_subject_, header_, content_, link_, key_, about_, by_id_,
      corrected_by_, each_, lookup_, keyed_, subjects_;
};

} // namespace

std::unique_ptr<dossier::Journal> create_sqlite(const std::string &path, std::string_view keys,
                                                const SqliteOptions &options) {
  const Keys read = Keys::read(keys);
  sqlite::make_file(path); // apart: what was there already stays
  try {
    return std::make_unique<SqliteJournal>(path, Database::Mode::create, read, options);
  } catch (...) { // half a store would be neither made again nor opened
    sqlite::remove_files(path);
    throw;
  }
}

std::unique_ptr<dossier::Journal> open_sqlite(const std::string &path, std::string_view keys,
                                              const SqliteOptions &options) {
  return std::make_unique<SqliteJournal>(path, Database::Mode::open, Keys::read(keys), options);
}

} // namespace spie::store
