// What an SQLite file adds to the contract: keys, versions, faults of disks and of other programs.
#include "tests/dossier/events.hpp"

#include "spie/store/acces.hpp"
#include "spie/store/sqlite.hpp"
#include "tests/temporary.hpp"

#include <csignal>
#include <fstream>
#include <iterator>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace spie;
using namespace spie::dossier;
using namespace spie::testing;
namespace fs = std::filesystem;

namespace {

const Event aline{"personne:aline", "identite", R"({"nom": "EXEMPLE-SECRET", "prenom": "Aline"})", "2022-01-01"};
const Event driss{"personne:driss", "identite", R"({"nom": "MODELE", "prenom": "Driss"})", "2022-01-01"};

struct Store {
  TemporaryFolder folder;
  std::string path = (folder.path() / "dossiers.db").string();
  std::string keys = store::draw_keys();
  std::unique_ptr<Journal> journal = store::create_sqlite(path, keys);

  void close() { journal.reset(); }
  void open(const store::SqliteOptions &options = {}) { journal = store::open_sqlite(path, keys, options); }
  std::string open_refusal() {
    close();
    return refusal([&] { open(); });
  }
  // As another program would.
  void sql(const std::string &statements) const {
    sqlite3 *database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    char *fault = nullptr;
    CAPTURE(statements);
    CHECK(sqlite3_exec(database, statements.c_str(), nullptr, nullptr, &fault) == SQLITE_OK);
    sqlite3_free(fault);
    sqlite3_close(database);
  }
};

std::string bytes_of(const fs::path &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Every byte of every file of the store.
bool holds(const Store &store, std::string_view text) {
  bool found = false;
  for (const auto &entry : fs::directory_iterator(store.folder.path()))
    found = found || bytes_of(entry.path()).find(text) != std::string::npos;
  return found;
}

} // namespace

TEST_CASE("a store is made once, and opened with its own keys", "[store][sqlite]") {
  Store store;
  record(*store.journal, "2022-03-05", {aline});
  CHECK(refusal([&] { store::create_sqlite(store.path, store.keys); }) == "S001 at " + store.path);
  store.close();
  store.open();
  CHECK(store.journal->about(subject("personne:aline")).size() == 1);
  CHECK(store.journal->verify().intact);
  store.close();
  CHECK(refusal([&] { store::open_sqlite(store.path, store::draw_keys()); }) == "S002 at " + store.path);
  for (const char *wrong : {"", "{}", "[]", R"({"format": "spie-cle/1", "id": "a", "nir": "00", "chaine": "00"})"})
    CHECK(refusal([&] { store::open_sqlite(store.path, wrong); }).starts_with("S002"));
  CHECK(refusal([&] { store::open_sqlite((store.folder.path() / "absent.db").string(), store.keys); }) == "S001");
  CHECK_FALSE(holds(store, store.keys.substr(store.keys.find("nir") + 7, 32))); // the key is not in the file
}

TEST_CASE("a store that could not be made leaves no file", "[store][sqlite]") {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "dossiers.db").string();
  store::SqliteOptions options;
  options.vfs = "absent";
  CHECK_FALSE(refusal([&] { store::create_sqlite(path, store::draw_keys(), options); }).empty());
  CHECK_FALSE(fs::exists(path));
  CHECK(refusal([&] { store::create_sqlite(path, "{}"); }).starts_with("S002"));
  CHECK_FALSE(fs::exists(path));
  store::create_sqlite(path, store::draw_keys());
}

TEST_CASE("the keys of NIR turn, and the older ones still find", "[store][sqlite][cle]") {
  Store store;
  const std::string old_print = store.journal->nir_fingerprints("2900577990123").front();
  const std::string next = store::rotate_keys(store.keys);
  store.journal->adopt_keys(next);
  const auto prints = store.journal->nir_fingerprints("2900577990123");
  REQUIRE(prints.size() == 2);
  CHECK(prints[0] != old_print);
  CHECK(prints[1] == old_print);
  store.close();
  CHECK(refusal([&] { store.open(); }).starts_with("S002")); // the old file is not enough any more
  store.keys = next;
  store.open();
  CHECK(refusal([&] { store.journal->adopt_keys(store::draw_keys()); }) == "S002");
}

TEST_CASE("nothing of what was erased stays in the files", "[store][sqlite][effacement]") {
  Store store;
  record(*store.journal, "2022-03-05", {aline, driss});
  Event corrected = aline;
  corrected.content = R"({"nom": "EXEMPLE-SECRETE", "prenom": "Aline"})";
  record(*store.journal, "2022-03-06", {corrected});
  REQUIRE(holds(store, "EXEMPLE-SECRET"));
  REQUIRE(holds(store, "EXEMPLESECRET")); // among the keys
  store.journal->erase(subject("personne:aline"), "", "dpo", instant("2022-04-01T12:00:00Z"));
  for (const char *trace : {"EXEMPLE-SECRET", "EXEMPLESECRET", "Aline", "aline"}) {
    CAPTURE(trace);
    CHECK_FALSE(holds(store, trace));
  }
  CHECK(holds(store, "MODELE"));
  CHECK(store.journal->verify().intact);
}

TEST_CASE("a backup is a store of its own, and erasures are replayed on it", "[store][sqlite][effacement]") {
  Store store;
  record(*store.journal, "2022-03-05", {aline, driss});
  const std::string copy = (store.folder.path() / "copie.db").string();
  store.journal->backup(copy);
  CHECK(refusal([&] { store.journal->backup(copy); }) == "S001 at " + copy);
  const Effacement erased = store.journal->erase(subject("personne:aline"), "", "dpo", instant("2022-04-01T12:00:00Z"));

  const auto restored = store::open_sqlite(copy, store.keys);
  CHECK(restored->about(subject("personne:aline")).size() == 1);
  CHECK(restored->replay({erased.jeton}, "dpo", instant("2022-04-02T12:00:00Z")) == 1);
  CHECK(restored->about(subject("personne:aline")).empty());
  CHECK(restored->verify().intact);
  CHECK(restored->replay({erased.jeton}, "dpo", instant("2022-04-02T12:00:00Z")) == 0);
  CHECK(refusal([&] { restored->replay({"pas un jeton"}, "dpo", instant("2022-04-02T12:00:00Z")); }) == "E005");
}

TEST_CASE("what another program changes in the file shows", "[store][sqlite][preuve]") {
  struct Tampering {
    const char *what, *sql;
  };
  const Tampering cases[] = {
      {"a content is edited", "UPDATE contenus SET octets = replace(octets, 'MODELE', 'MODULE') WHERE seq = 2"},
      {"a content is taken away without an erasure", "DELETE FROM contenus WHERE seq = 2"},
      {"the last event is edited, digest too",
       "UPDATE journal SET empreinte = zeroblob(32) WHERE seq = 3; UPDATE contenus SET octets = '{}' WHERE seq = 3"},
      {"an event is removed", "DELETE FROM contenus WHERE seq = 2; DELETE FROM journal WHERE seq = 2"},
      {"two events change places",
       "PRAGMA foreign_keys = OFF; UPDATE journal SET seq = 9 WHERE seq = 1; UPDATE journal SET seq = 1 WHERE seq = 2; "
       "UPDATE journal SET seq = 2 WHERE seq = 9; UPDATE contenus SET seq = 9 WHERE seq = 1; UPDATE contenus SET seq = "
       "1 "
       "WHERE seq = 2; UPDATE contenus SET seq = 2 WHERE seq = 9"},
      {"an instant is moved", "UPDATE journal SET instant = instant - 86400000 WHERE seq = 1"},
      {"an event is added",
       "INSERT INTO journal SELECT 4, jeton, instant, empreinte, maillon FROM journal WHERE seq = 3"},
  };
  for (const Tampering &tampering : cases) {
    CAPTURE(tampering.what);
    Store store;
    record(*store.journal, "2022-03-05", {aline, driss, aline});
    CHECK(store.journal->verify().intact);
    store.close();
    store.sql(tampering.sql);
    store.open();
    const Verification proof = store.journal->verify();
    CHECK_FALSE(proof.intact);
    REQUIRE_FALSE(proof.constats.empty());
    CHECK(proof.constats[0].code == Code::store_verify);
  }
}

TEST_CASE("a tail that was cut off shows with a head, and only with one", "[store][sqlite][preuve]") {
  Store store;
  record(*store.journal, "2022-03-05", {aline, driss});
  const std::string head = store.journal->head().maillon;
  store.close();
  store.sql("DELETE FROM contenus WHERE seq = 2; DELETE FROM journal WHERE seq = 2");
  store.open();
  CHECK_FALSE(store.journal->verify().intact); // what it was found by is still there
  store.close();
  store.sql("DELETE FROM cles WHERE sujet = 2; DELETE FROM liens WHERE seq = 2; DELETE FROM sujets WHERE n = 2");
  store.open();
  CHECK(store.journal->verify().intact);
  CHECK_FALSE(store.journal->verify(head).intact);
}

TEST_CASE("a schema of the future, another database, a damaged page, a file that is none", "[store][sqlite][pannes]") {
  Store store;
  record(*store.journal, "2022-03-05", {aline, driss});
  SECTION("a later version") {
    store.close();
    store.sql("PRAGMA user_version = 99");
    CHECK(store.open_refusal() == "S003 at " + store.path);
  }
  SECTION("another application") {
    store.close();
    store.sql("PRAGMA application_id = 7");
    CHECK(store.open_refusal() == "S001 at " + store.path);
  }
  SECTION("a text file") {
    store.close();
    std::ofstream(store.path, std::ios::binary) << "Ce fichier n'est pas une base de données, il est assez long.";
    CHECK(store.open_refusal() == "S006");
  }
  SECTION("a damaged page") {
    store.close();
    std::string bytes = bytes_of(store.path);
    REQUIRE(bytes.size() > 16'384);
    for (std::size_t at = 4'096; at < bytes.size(); ++at) // the header stands, all else is noise
      bytes[at] = static_cast<char>(at * 31);
    std::ofstream(store.path, std::ios::binary) << bytes;
    CHECK(store.open_refusal() == "S006");
  }
  SECTION("cut in the middle") {
    store.close();
    fs::resize_file(store.path, fs::file_size(store.path) / 2);
    store.close();
    CHECK(refusal([&] {
            store.open();
            store.journal->verify();
          }) == "S006");
  }
}

TEST_CASE("a store that cannot be written says so, and loses nothing", "[store][sqlite][pannes]") {
  Store store;
  record(*store.journal, "2022-03-05", {aline});
  SECTION("another writer holds it") {
    store.close();
    store::SqliteOptions impatient;
    impatient.busy_ms = 50;
    store.open(impatient);
    sqlite3 *other = nullptr;
    REQUIRE(sqlite3_open(store.path.c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(refusal([&] { record(*store.journal, "2022-03-06", {driss}); }) == "S005");
    sqlite3_close(other);
    record(*store.journal, "2022-03-06", {driss});
  }
  SECTION("the disk is full") {
    // A file size limit stands for a full disk: what is written beyond fails as it would there.
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{512 * 1024, 512 * 1024};
      setrlimit(RLIMIT_FSIZE, &limit);
      const auto journal = store::open_sqlite(store.path, store.keys);
      Event wide = driss;
      wide.content = R"({"nom": ")" + std::string(9'000, 'M') + R"(", "prenom": "D"})";
      int status = 1;
      for (int i = 0; i < 1'000 && status == 1; ++i)
        try {
          record(*journal, "2022-03-06", {wide});
        } catch (const Error &error) {
          status = error.first().code == Code::store_io ? 0 : 2;
        }
      _exit(status);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    store.close();
    store.open();
    CHECK(store.journal->about(subject("personne:aline")).size() == 1);
    CHECK(store.journal->head().seq > 1);
    CHECK(store.journal->verify().intact);
    return;
  }
  SECTION("the file is read-only, or its folder") {
    store.close();
    if (geteuid() == 0) { // root writes what is read-only: another user tries
      const pid_t child = fork();
      REQUIRE(child >= 0);
      if (child == 0) {
        fs::permissions(store.path, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
        fs::permissions(store.folder.path(), fs::perms(0555));
        if (setuid(65534) != 0)
          _exit(3);
        const std::string code = refusal([&] {
          const auto journal = store::open_sqlite(store.path, store.keys);
          record(*journal, "2022-03-06", {driss});
        });
        _exit(code == "S004" || code == "S001" ? 0 : 1);
      }
      int status = 0;
      REQUIRE(waitpid(child, &status, 0) == child);
      CHECK(WEXITSTATUS(status) == 0);
    } else {
      fs::permissions(store.path, fs::perms::owner_read);
      const std::string code = refusal([&] {
        store.open();
        record(*store.journal, "2022-03-06", {driss});
      });
      CHECK((code == "S004" || code == "S001"));
    }
    fs::permissions(store.folder.path(), fs::perms::owner_all);
    fs::permissions(store.path, fs::perms::owner_read | fs::perms::owner_write);
    store.open();
    record(*store.journal, "2022-03-06", {driss});
  }
  CHECK(store.journal->about(subject("personne:aline")).size() == 1);
  CHECK(store.journal->head().seq == 2);
  CHECK(store.journal->verify().intact);
}

TEST_CASE("one handle sees what another one records, and what it erases", "[store][sqlite]") {
  Store store;
  record(*store.journal, "2022-03-05", {aline, driss});
  const auto other = store::open_sqlite(store.path, store.keys);
  CHECK(other->about(subject("personne:aline")).size() == 1);
  record(*store.journal, "2022-03-06", {aline});
  CHECK(other->about(subject("personne:aline")).size() == 2);
  other->erase(subject("personne:driss"), "", "dpo", instant("2022-04-01T12:00:00Z"));
  CHECK(store.journal->about(subject("personne:driss")).empty());
  other->erase(subject("personne:aline"), "", "dpo", instant("2022-04-01T12:00:00Z"));
  CHECK(store.journal->about(subject("personne:aline")).empty());
}

TEST_CASE("the files of a store are its owner's alone, whatever the umask", "[store][sqlite][droits]") {
  const mode_t mask = GENERATE(mode_t(0), mode_t(0022), mode_t(0277));
  const mode_t before = umask(mask);
  const TemporaryFolder folder;
  {
    const std::string keys = store::draw_keys();
    const auto journal = store::create_sqlite((folder.path() / "dossiers.db").string(), keys);
    record(*journal, "2022-03-05", {aline, driss});
    journal->backup((folder.path() / "copie.db").string());
    const auto accesses = store::create_acces((folder.path() / "dossiers.db-acces").string(), keys);
    droits::Acces entry;
    entry.instant = instant("2022-03-05T12:00:00Z");
    accesses->noter(entry);
    int files = 0;
    for (const auto &entry_of_folder : fs::directory_iterator(folder.path())) {
      CAPTURE(entry_of_folder.path(), mask);
      CHECK((entry_of_folder.status().permissions() & fs::perms::mask) ==
            (fs::perms::owner_read | fs::perms::owner_write));
      ++files;
    }
    CHECK(files == 7); // the store, its copy, its accesses, two companions of each that is open
  }
  umask(before);
}

TEST_CASE("a file that cannot be written is read, and leaves nothing beside it", "[store][sqlite][droits]") {
  Store store;
  record(*store.journal, "2022-03-05", {aline, driss});
  const std::string head = store.journal->head().maillon;
  store.close();
  const TemporaryFolder elsewhere; // where a copy may be written
  fs::permissions(elsewhere.path(), fs::perms::all);
  const bool file = GENERATE(true, false); // the file is read-only, or its folder
  fs::permissions(store.path, file ? fs::perms(0444) : fs::perms(0666));
  fs::permissions(store.folder.path(), file ? fs::perms(0777) : fs::perms(0555));
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) { // root writes what is read-only: another user tries
    if (geteuid() == 0 && setuid(65534) != 0)
      _exit(9);
    int status = 0;
    try {
      const auto journal = store::open_sqlite(store.path, store.keys);
      if (!journal->verify(head).intact)
        status = 1;
      if (fact(situation(*journal, subject("personne:aline"), day("2022-06-01")), "identite.prenom").find("Aline") ==
          std::string::npos)
        status = 2;
      journal->backup((elsewhere.path() / "copie.db").string());
      if (refusal([&] { record(*journal, "2022-03-06", {driss}); }) != "S004")
        status = 3;
    } catch (const Error &) {
      status = 4;
    }
    if (std::distance(fs::directory_iterator(store.folder.path()), {}) != 1)
      status = 5;
    _exit(status);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WEXITSTATUS(status) == 0);
  fs::permissions(store.folder.path(), fs::perms::owner_all);
  fs::permissions(store.path, fs::perms::owner_read | fs::perms::owner_write);
  CHECK(store::open_sqlite((elsewhere.path() / "copie.db").string(), store.keys)->verify(head).intact);
  store.open();
  record(*store.journal, "2022-03-06", {driss});
}

TEST_CASE("what was not closed is not read in part", "[store][sqlite][droits]") {
  Store store;
  record(*store.journal, "2022-03-05", {aline});
  // As it stands while another process writes it, copied onto a medium that cannot be written.
  const TemporaryFolder medium;
  for (const char *suffix : {"", "-wal"})
    fs::copy_file(store.path + suffix, medium.path() / (std::string("dossiers.db") + suffix));
  const std::string path = (medium.path() / "dossiers.db").string();
  for (const char *suffix : {"", "-wal"})
    fs::permissions(path + suffix, fs::perms(0444));
  fs::permissions(medium.path(), fs::perms(0555));
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    if (geteuid() == 0 && setuid(65534) != 0)
      _exit(9);
    _exit(refusal([&] { store::open_sqlite(path, store.keys); }) == "S004 at " + path ? 0 : 1);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WEXITSTATUS(status) == 0);
  fs::permissions(medium.path(), fs::perms::owner_all);
}
