#include "spie/store/acces.hpp"

#include "crypto/digest.hpp"
#include "spie/json.hpp"
#include "sqlite/database.hpp"
#include "store/key_file.hpp"

#include <algorithm>

namespace spie::store {

namespace {

using dossier::Instant;
using dossier::Sujet;
using droits::Acces;
using sqlite::Database;
using sqlite::Statement;

constexpr std::int64_t application_id = 0x53504941; // "SPIA"

constexpr const char *schema = R"(
CREATE TABLE reglages (nom TEXT PRIMARY KEY, valeur TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE acces (seq INTEGER PRIMARY KEY, instant INTEGER NOT NULL, octets TEXT NOT NULL, maillon BLOB NOT NULL)
  STRICT;
CREATE TABLE dossiers (dossier TEXT NOT NULL, seq INTEGER NOT NULL REFERENCES acces (seq) ON DELETE CASCADE,
                       PRIMARY KEY (dossier, seq)) STRICT, WITHOUT ROWID;
CREATE INDEX dossiers_par_seq ON dossiers (seq);
)";

struct Maillon {
  std::int64_t seq = 0;
  std::int64_t instant = 0;
  crypto::Digest empreinte{};
};

Acces decode(const std::string &bytes, std::int64_t seq, std::int64_t instant) {
  const feel::Value value = read_json(bytes, "accès");
  const auto text = [&](std::string_view key) {
    const feel::Value *found = value.context().find(key);
    return found != nullptr && found->is(feel::Kind::text) ? found->text() : std::string();
  };
  Acces entry{seq, {instant},    text("acteur"), text("structure"), text("role"), text("finalite"), text("operation"),
              {},  text("refus")};
  for (const feel::Value &one : value.context().find("dossiers")->list())
    if (auto subject = Sujet::parse(one.text()))
      entry.dossiers.push_back(std::move(*subject));
  return entry;
}

class AccesSqlite final : public droits::JournalAcces {
public:
  AccesSqlite(const std::string &path, Database::Mode mode, const KeyFile &keys, const SqliteOptions &options)
      : key_(crypto::hmac_sha256(keys.chaine, "spie.acces")), tolerance_(options.tolerance_ms),
        database_(path, mode, options.busy_ms, options.vfs) {
    const std::string check = crypto::hex(crypto::hmac_sha256(key_, "spie.acces.cle"));
    if (mode == Database::Mode::open) {
      if (database_.number("PRAGMA application_id") != application_id)
        throw Error({Code::store_open, Level::error, "the file is not a journal of accesses of spie", path, {}});
      if (database_.text("SELECT valeur FROM reglages WHERE nom = 'cle'") != check)
        throw Error({Code::store_key, Level::error, "the keys are not those of this journal", path, {}});
    }
    database_.text("PRAGMA journal_mode = WAL"); // in memory there is none
    database_.execute(options.durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    database_.execute("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON");
    if (mode == Database::Mode::create) {
      database_.execute("PRAGMA application_id = " + std::to_string(application_id));
      batch([&] {
        database_.execute(schema);
        set("cle", check);
        set("depart", sealed({}));
      });
    }
  }

  void noter(Acces &entry) override {
    droits::hide_nir(entry);
    feel::Context content = droits::to_value(entry).context();
    content.set("seq", {}); // the chain says it, and the instant
    const std::string bytes = write_json(content);
    batch([&] {
      const Maillon before = last();
      if (entry.instant.ms + tolerance_ < before.instant)
        throw Error({Code::dossier_instant,
                     Level::error,
                     "the instant of the access " + entry.instant.to_string() + " lies before the last one, " +
                         Instant{before.instant}.to_string(),
                     {},
                     {}});
      entry.seq = before.seq + 1;
      const crypto::Digest link = next(before.empreinte, entry.seq, entry.instant.ms, bytes);
      Statement insert = database_.prepare("INSERT INTO acces VALUES (?, ?, ?, ?)");
      insert.bind(1, entry.seq).bind(2, entry.instant.ms).bind(3, bytes).bind(4, link).run();
      Statement name = database_.prepare("INSERT OR IGNORE INTO dossiers VALUES (?, ?)");
      for (const Sujet &one : entry.dossiers) {
        const std::string text = one.to_string();
        name.bind(1, text).bind(2, entry.seq).run();
        name.reset();
      }
    });
  }

  void each(const std::function<void(const Acces &)> &visit) override {
    Statement rows = database_.prepare("SELECT seq, instant, octets FROM acces ORDER BY seq");
    while (rows.step())
      visit(decode(rows.text(2), rows.number(0), rows.number(1)));
  }

  std::vector<Acces> sur(const Sujet &dossier) override {
    Statement rows =
        database_.prepare("SELECT a.seq, a.instant, a.octets FROM dossiers d JOIN acces a ON a.seq = d.seq "
                          "WHERE d.dossier = ? ORDER BY a.seq");
    const std::string name = dossier.to_string();
    rows.bind(1, name);
    std::vector<Acces> list;
    while (rows.step())
      list.push_back(decode(rows.text(2), rows.number(0), rows.number(1)));
    return list;
  }

  // The oldest ones, up to the first that is to be kept: what is left is one chain.
  std::int64_t purger(Instant before) override {
    std::int64_t count = 0;
    batch([&] {
      Statement kept = database_.prepare("SELECT min(seq) FROM acces WHERE instant >= ?");
      kept.bind(1, before.ms);
      kept.step();
      Statement gone =
          database_.prepare("SELECT seq, instant, maillon FROM acces WHERE seq < ? ORDER BY seq DESC LIMIT 1");
      gone.bind(1, kept.is_null(0) ? dossier::everything : kept.number(0));
      kept.reset();
      if (!gone.step())
        return;
      Maillon start{gone.number(0), gone.number(1), {}};
      if (!gone.bytes(2, start.empreinte))
        throw Error({Code::store_corrupt, Level::error, "a link of the chain has not its size", {}, {}});
      gone.reset();
      count = database_.number("SELECT count(*) FROM acces WHERE seq <= " + std::to_string(start.seq));
      database_.execute("DELETE FROM acces WHERE seq <= " + std::to_string(start.seq));
      set("depart", sealed(start));
    });
    if (count != 0) {
      database_.execute("VACUUM");
      database_.text("PRAGMA wal_checkpoint(TRUNCATE)"); // another reader may hold it up: the next purge does it
    }
    return count;
  }

  droits::VerificationAcces verify() override {
    droits::VerificationAcces result;
    const auto fault = [&](std::int64_t seq, std::string message) {
      if (result.constats.size() < 20)
        result.constats.push_back(
            {Code::store_verify, Level::error, std::move(message), "seq " + std::to_string(seq), {}});
    };
    const auto start = depart();
    if (!start)
      fault(0, "where the chain starts was edited");
    Maillon before = start.value_or(Maillon{});
    Statement rows = database_.prepare("SELECT seq, instant, octets, maillon FROM acces ORDER BY seq");
    while (rows.step()) {
      const std::int64_t seq = rows.number(0), instant = rows.number(1);
      crypto::Digest held{};
      if (seq != before.seq + 1)
        fault(before.seq + 1, "accesses are missing");
      if (!rows.bytes(3, held) || held != next(before.empreinte, seq, instant, rows.text(2)))
        fault(seq, "the chain is broken: an access was edited, removed, added or moved");
      if (result.entrees++ == 0)
        result.premier = seq;
      before = {seq, instant, held};
    }
    result.tete = {before.seq, crypto::hex(before.empreinte)};
    result.intact = result.constats.empty();
    return result;
  }

private:
  template <class Work> void batch(Work &&work) {
    database_.execute("BEGIN IMMEDIATE");
    try {
      work();
      database_.execute("COMMIT");
    } catch (...) {
      if (database_.in_transaction())
        database_.execute("ROLLBACK");
      throw;
    }
  }

  void set(std::string_view name, const std::string &value) {
    Statement statement = database_.prepare("INSERT OR REPLACE INTO reglages VALUES (?, ?)");
    statement.bind(1, name).bind(2, value).run();
  }

  crypto::Digest next(const crypto::Digest &before, std::int64_t seq, std::int64_t instant,
                      const std::string &bytes) const {
    return crypto::hmac_sha256(key_, std::string(crypto::view(before)) + "|" + std::to_string(seq) + "|" +
                                         std::to_string(instant) + "|" + bytes);
  }

  // Where the chain starts: the last access that was purged. Sealed, so that nobody without the key moves it.
  std::string sealed(const Maillon &start) const {
    const std::string plain =
        std::to_string(start.seq) + ":" + std::to_string(start.instant) + ":" + crypto::hex(start.empreinte);
    return plain + ":" + crypto::hex(crypto::hmac_sha256(key_, "depart|" + plain));
  }
  std::optional<Maillon> depart() const {
    const std::string held = database_.text("SELECT valeur FROM reglages WHERE nom = 'depart'");
    const std::size_t first = held.find(':'), second = held.find(':', first + 1);
    Maillon start;
    const auto seq = feel::Number::parse(held.substr(0, first));
    const auto instant =
        second == std::string::npos ? std::nullopt : feel::Number::parse(held.substr(first + 1, second - first - 1));
    if (!seq || !instant || !crypto::from_hex(held.substr(second + 1, 64), start.empreinte))
      return std::nullopt;
    start.seq = seq->to_int64().value_or(-1);
    start.instant = instant->to_int64().value_or(0);
    return sealed(start) == held ? std::optional(start) : std::nullopt;
  }

  Maillon last() {
    Statement row = database_.prepare("SELECT seq, instant, maillon FROM acces ORDER BY seq DESC LIMIT 1");
    if (!row.step()) {
      const auto start = depart();
      if (!start)
        throw Error({Code::store_verify, Level::error, "where the chain starts was edited", {}, {}});
      return *start;
    }
    Maillon found{row.number(0), row.number(1), {}};
    if (!row.bytes(2, found.empreinte))
      throw Error({Code::store_corrupt, Level::error, "a link of the chain has not its size", {}, {}});
    return found;
  }

  crypto::Key key_;
  std::int64_t tolerance_;
  Database database_;
};

} // namespace

std::unique_ptr<droits::JournalAcces> open_acces_memory() {
  return std::make_unique<AccesSqlite>(":memory:", Database::Mode::create, KeyFile::draw(crypto::system_entropy),
                                       SqliteOptions{});
}

std::string acces_path(const std::string &store_path) { return store_path + "-acces"; }

std::unique_ptr<droits::JournalAcces> create_acces(const std::string &path, std::string_view keys,
                                                   const SqliteOptions &options) {
  return std::make_unique<AccesSqlite>(path, Database::Mode::create, KeyFile::read(keys), options);
}

std::unique_ptr<droits::JournalAcces> open_acces(const std::string &path, std::string_view keys,
                                                 const SqliteOptions &options) {
  return std::make_unique<AccesSqlite>(path, Database::Mode::open, KeyFile::read(keys), options);
}

} // namespace spie::store
