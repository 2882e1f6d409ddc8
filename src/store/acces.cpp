#include "spie/store/acces.hpp"

#include "crypto/digest.hpp"
#include "spie/json.hpp"
#include "sqlite/database.hpp"
#include "store/key_file.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace spie::store {

namespace {

using dossier::Instant;
using dossier::Sujet;
using droits::Acces;
using sqlite::Database;
using sqlite::Statement;

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
  const auto number = [](const feel::Value &from, std::string_view key) {
    return from.context().find(key)->number().to_int64().value_or(0);
  };
  Acces entry{seq, {instant},    text("acteur"), text("structure"), text("role"), text("finalite"), text("operation"),
              {},  text("refus")};
  for (const feel::Value &one : value.context().find("dossiers")->list())
    if (auto subject = Sujet::parse(one.text()))
      entry.dossiers.push_back(std::move(*subject));
  if (const feel::Value *mended = value.context().find("reprise"); mended != nullptr) {
    entry.reprise = {number(*mended, "du"), number(*mended, "au"), {instant}};
    entry.motif = text("motif");
  }
  return entry;
}

[[noreturn]] void refuse_edited(std::int64_t seq) {
  throw Error({Code::store_corrupt, Level::error, "an access is not the one that was noted",
               "seq " + std::to_string(seq), "Verify the journal of accesses; restore a backup."});
}

[[noreturn]] void refuse_instant(std::string message, std::string remedy) {
  throw Error({Code::dossier_instant, Level::error, std::move(message), {}, std::move(remedy)});
}

class AccesSqlite final : public droits::JournalAcces {
public:
  AccesSqlite(const std::string &path, Database::Mode mode, const KeyFile &keys, const SqliteOptions &options)
      : key_(crypto::hmac_sha256(keys.chaine, "spie.acces")), tolerance_(options.tolerance_ms),
        clock_(options.maintenant), database_(path, mode, options.busy_ms, options.vfs) {
    const std::string check = crypto::hex(crypto::hmac_sha256(key_, "spie.acces.cle"));
    if (mode == Database::Mode::open) {
      if (database_.number("PRAGMA application_id") != application_id)
        throw Error({Code::store_open, Level::error, "the file is not a journal of accesses of spie", path, {}});
      database_.require_schema(schema);
      if (setting("cle") != check)
        throw Error({Code::store_key, Level::error, "the keys are not those of this journal", path, {}});
      identity_ = setting("identite");
    } else if (path != in_memory) {
      std::array<std::uint8_t, 16> drawn{};
      crypto::system_entropy(drawn);
      identity_ = crypto::hex(drawn);
    }
    // Each journal has a chain of its own: what one says cannot be moved into another.
    key_ = crypto::hmac_sha256(key_, "identite|" + identity_);
    if (!database_.read_only()) {
      database_.text("PRAGMA journal_mode = WAL"); // in memory there is none
      database_.execute(options.durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
      database_.execute("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON");
    }
    if (mode == Database::Mode::create) {
      database_.execute("PRAGMA application_id = " + std::to_string(application_id));
      batch([&] {
        database_.execute(schema);
        set("cle", check);
        set("identite", identity_);
        set("depart", sealed({}));
      });
    }
  }

  void noter(Acces &entry) override {
    droits::hide_nir(entry);
    if (clock_ && entry.instant.ms - dossier::one_day_ms > clock_().ms)
      refuse_instant("the instant of the access " + entry.instant.to_string() +
                         " lies more than a day after the clock, " + clock_().to_string(),
                     "Check the clock of this machine.");
    batch([&] {
      const Maillon before = last();
      if (entry.instant.ms + tolerance_ < before.instant)
        refuse_instant("the instant of the access " + entry.instant.to_string() + " lies before the last one, " +
                           Instant{before.instant}.to_string(),
                       "Check the clock of this machine; when the last instant is the one that is wrong, mend the "
                       "journal of accesses.");
      add(entry, before);
    });
  }

  void each(const std::function<void(const Acces &)> &visit) override {
    const auto mended = mends();
    crypto::Digest before = start().empreinte;
    Statement rows = database_.prepare("SELECT seq, instant, octets, maillon FROM acces ORDER BY seq");
    while (rows.step()) {
      visit(read(rows, before, mended));
      rows.bytes(3, before);
    }
  }

  std::vector<Acces> sur(const Sujet &dossier) override {
    const auto mended = mends();
    const Maillon first = start();
    Statement rows =
        database_.prepare("SELECT a.seq, a.instant, a.octets, a.maillon, b.maillon FROM dossiers d JOIN acces a ON "
                          "a.seq = d.seq LEFT JOIN acces b ON b.seq = a.seq - 1 WHERE d.dossier = ? ORDER BY a.seq");
    const std::string name = dossier.to_string();
    rows.bind(1, name);
    std::vector<Acces> list;
    while (rows.step()) {
      crypto::Digest before = first.empreinte;
      if (!rows.is_null(4) && !rows.bytes(4, before))
        refuse_edited(rows.number(0));
      list.push_back(read(rows, before, mended));
      if (std::ranges::find(list.back().dossiers, dossier) == list.back().dossiers.end())
        refuse_edited(rows.number(0));
    }
    return list;
  }

  std::string identite() override { return identity_; }
  std::optional<Instant> dernier_instant() override {
    const Maillon found = last();
    return found.seq == 0 ? std::nullopt : std::optional(Instant{found.instant});
  }

  dossier::Reprise reprendre_horloge(std::string_view motif, std::string_view auteur, Instant at) override {
    if (clock_ && std::abs(clock_().ms - at.ms) > dossier::one_day_ms)
      refuse_instant("the right instant, " + at.to_string() + ", lies more than a day from the clock, " +
                         clock_().to_string(),
                     "Check the clock of this machine.");
    dossier::Reprise mended{0, 0, at};
    batch([&] {
      const Maillon before = last();
      if (before.instant <= at.ms + tolerance_)
        refuse_instant("no access lies ahead of " + at.to_string() + ": there is nothing to mend", "Note as usual.");
      Statement sound = database_.prepare("SELECT max(seq) FROM acces WHERE instant <= ?");
      sound.bind(1, at.ms);
      sound.step();
      mended.du = sound.is_null(0) ? start().seq + 1 : sound.number(0) + 1;
      sound.reset();
      mended.au = before.seq;
      Acces entry;
      entry.instant = at;
      entry.acteur = auteur;
      entry.operation = "horloge";
      entry.reprise = mended;
      entry.motif = motif;
      add(entry, before);
      set("reprises", setting("reprises") + std::to_string(entry.seq) + ";");
    });
    return mended;
  }

  // The oldest ones, up to the first that is to be kept: what is left is one chain.
  std::int64_t purger(Instant before) override {
    std::int64_t count = 0;
    batch([&] {
      const auto mended = mends();
      Statement kept = database_.prepare("SELECT seq, instant FROM acces WHERE instant >= ? ORDER BY seq");
      kept.bind(1, before.ms);
      std::int64_t first = dossier::everything;
      while (first == dossier::everything && kept.step())
        if (right(kept.number(0), kept.number(1), mended) >= before.ms)
          first = kept.number(0);
      kept.reset();
      Statement gone =
          database_.prepare("SELECT seq, instant, maillon FROM acces WHERE seq < ? ORDER BY seq DESC LIMIT 1");
      gone.bind(1, first);
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

  droits::VerificationAcces verify(std::optional<std::string_view> head) override {
    droits::VerificationAcces result;
    crypto::Digest wanted{};
    if (head) {
      if (!crypto::from_hex(*head, wanted))
        throw Error({Code::store_verify,
                     Level::error,
                     "a head is 64 hexadecimal digits",
                     {},
                     "Give the one that a verification printed."});
      result.tete_trouvee = wanted == crypto::Digest{};
    }
    const auto fault = [&](std::int64_t seq, std::string message) {
      if (result.constats.size() < 20)
        result.constats.push_back(
            {Code::store_verify, Level::error, std::move(message), "seq " + std::to_string(seq), {}});
    };
    const sqlite::Reading reading(database_);
    const auto start = depart();
    if (!start)
      fault(0, "where the chain starts was edited");
    Maillon before = start.value_or(Maillon{});
    std::int64_t names = 0;
    std::vector<std::int64_t> mended;
    Statement name = database_.prepare("SELECT 1 FROM dossiers WHERE dossier = ? AND seq = ?");
    Statement rows = database_.prepare("SELECT seq, instant, octets, maillon FROM acces ORDER BY seq");
    while (rows.step()) {
      const std::int64_t seq = rows.number(0), instant = rows.number(1);
      crypto::Digest held{};
      if (seq != before.seq + 1)
        fault(before.seq + 1, "accesses are missing");
      if (!rows.bytes(3, held) || held != next(before.empreinte, seq, instant, rows.text(2)))
        fault(seq, "the chain is broken: an access was edited, removed, added or moved");
      else
        try {
          const Acces entry = decode(rows.text(2), seq, instant);
          if (entry.reprise)
            mended.push_back(seq);
          for (const Sujet &one : std::set<Sujet>(entry.dossiers.begin(), entry.dossiers.end())) {
            const std::string text = one.to_string();
            sqlite::Use use(name);
            use->bind(1, text).bind(2, seq);
            ++names;
            if (!use->step())
              fault(seq, "the access is not found from " + text + ", which it names");
          }
        } catch (const Error &error) {
          fault(seq, "the access cannot be read: " + error.first().message);
        }
      if (result.entrees++ == 0)
        result.premier = seq;
      before = {seq, instant, held};
      if (head && held == wanted)
        result.tete_trouvee = true;
    }
    if (head && start && start->empreinte == wanted)
      result.tete_trouvee = true; // the last one that was purged
    if (result.tete_trouvee == false)
      fault(before.seq, "the head asked for is not in the chain: the journal was cut, written anew, or purged since");
    if (database_.number("SELECT count(*) FROM dossiers") != names)
      fault(0, "dossiers are named by accesses that do not name them");
    std::vector<std::int64_t> said = listed();
    std::erase_if(said, [&](std::int64_t seq) { return start && 0 <= seq && seq <= start->seq; }); // purged since
    if (said != mended)
      fault(0, "the list of the clocks that were mended was edited");
    for (const std::string &damage : database_.faults())
      fault(0, "the file is damaged: " + damage);
    result.identite = identity_;
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

  void add(Acces &entry, const Maillon &before) {
    feel::Context content = droits::to_value(entry).context();
    content.set("seq", {}); // the chain says it, and the instant
    const std::string bytes = write_json(content);
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
  }

  using Mends = std::vector<dossier::Reprise>;

  // The row: seq, instant, bytes, link; checked against the one before it.
  Acces read(const Statement &row, const crypto::Digest &before, const Mends &mended) const {
    const std::int64_t seq = row.number(0), instant = row.number(1);
    crypto::Digest held{};
    const std::string bytes = row.text(2);
    if (!row.bytes(3, held) || held != next(before, seq, instant, bytes))
      refuse_edited(seq);
    Acces entry = decode(bytes, seq, instant);
    entry.instant.ms = right(seq, instant, mended);
    return entry;
  }

  static std::int64_t right(std::int64_t seq, std::int64_t instant, const Mends &mended) {
    for (const dossier::Reprise &one : mended)
      if (one.du <= seq && seq <= one.au)
        instant = std::min(instant, one.instant.ms);
    return instant;
  }

  std::vector<std::int64_t> listed() const {
    const std::string text = setting("reprises");
    std::vector<std::int64_t> found;
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t end = std::min(text.find(';', from), text.size());
      const auto seq = feel::Number::parse(text.substr(from, end - from));
      found.push_back(seq ? seq->to_int64().value_or(-1) : -1);
      from = end + 1;
    }
    return found;
  }

  // Those of the entries "horloge" that are still kept; a setting says where they stand, and verify() that it is right.
  Mends mends() const {
    Mends found;
    const Maillon first = start();
    Statement row = database_.prepare("SELECT a.seq, a.instant, a.octets, a.maillon, b.maillon FROM acces a LEFT JOIN "
                                      "acces b ON b.seq = a.seq - 1 WHERE a.seq = ?");
    for (const std::int64_t seq : listed()) {
      sqlite::Use use(row);
      use->bind(1, seq);
      crypto::Digest before = first.empreinte;
      if (!use->step())
        continue; // purged
      if (!row.is_null(4) && !row.bytes(4, before))
        refuse_edited(row.number(0));
      if (const auto mended = read(row, before, {}).reprise)
        found.push_back(*mended);
    }
    return found;
  }

  std::string setting(std::string_view name) const {
    Statement row = database_.prepare("SELECT valeur FROM reglages WHERE nom = ?");
    row.bind(1, name);
    return row.step() ? row.text(0) : std::string();
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
    const std::string held = setting("depart");
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

  Maillon start() const {
    const auto found = depart();
    if (!found)
      throw Error({Code::store_corrupt,
                   Level::error,
                   "where the chain of accesses starts was edited",
                   {},
                   "Restore a backup."});
    return *found;
  }

  Maillon last() const {
    Statement row = database_.prepare("SELECT seq, instant, maillon FROM acces ORDER BY seq DESC LIMIT 1");
    if (!row.step())
      return start();
    Maillon found{row.number(0), row.number(1), {}};
    if (!row.bytes(2, found.empreinte))
      throw Error({Code::store_corrupt, Level::error, "a link of the chain has not its size", {}, {}});
    return found;
  }

  crypto::Key key_;
  std::string identity_;
  std::int64_t tolerance_;
  dossier::Horloge clock_;
  Database database_;
};

} // namespace

std::unique_ptr<droits::JournalAcces> open_acces_memory(dossier::Horloge maintenant) {
  SqliteOptions options;
  options.maintenant = std::move(maintenant);
  return std::make_unique<AccesSqlite>(in_memory, Database::Mode::create, KeyFile::draw(crypto::system_entropy),
                                       options);
}

std::string acces_path(const std::string &store_path) { return store_path + "-acces"; }

std::unique_ptr<droits::JournalAcces> create_acces(const std::string &path, std::string_view keys,
                                                   const SqliteOptions &options) {
  const KeyFile read = KeyFile::read(keys);
  sqlite::make_file(path);
  try {
    return std::make_unique<AccesSqlite>(path, Database::Mode::create, read, options);
  } catch (...) { // half a journal would be neither made again nor opened
    sqlite::remove_files(path);
    throw;
  }
}

std::unique_ptr<droits::JournalAcces> open_acces(const std::string &path, std::string_view keys,
                                                 const SqliteOptions &options) {
  return std::make_unique<AccesSqlite>(path, Database::Mode::open, KeyFile::read(keys), options);
}

} // namespace spie::store
