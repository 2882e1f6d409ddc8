// Whatever is edited in the file of a store, or damaged: the verification says so, or nothing that is shown has
// changed.
#include "tests/dossier/events.hpp"

#include "spie/dossier/values.hpp"
#include "spie/store/sqlite.hpp"
#include "tests/temporary.hpp"

#include <fstream>
#include <iterator>
#include <random>
#include <sqlite3.h>

using namespace spie;
using namespace spie::dossier;
using namespace spie::testing;
namespace fs = std::filesystem;

namespace {

std::string bytes_of(const fs::path &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path &path, const std::string &bytes) { std::ofstream(path, std::ios::binary) << bytes; }

// A store with a bit of everything: two people, a household, a correction, a retraction, an import, an erasure.
struct Original {
  TemporaryFolder folder;
  std::string path = (folder.path() / "dossiers.db").string();
  std::string keys = store::draw_keys();
  std::string head, bytes, views;

  Original() {
    {
      const auto journal = store::create_sqlite(path, keys);
      record(*journal, "2022-03-05",
             {{"personne:aline", "identite", R"({"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": "1990-05-17"})",
               "2022-01-01", "saisie", "e-1"},
              {"personne:bob", "identite", R"({"nom": "AUTRE", "prenom": "Bob"})", "2022-01-01", "saisie", "e-2"},
              {"personne:zoe", "identite", R"({"nom": "MODELE", "prenom": "Zoe"})", "2022-01-01", "saisie", "e-3"},
              {"personne:aline foyer:f1", "appartenance", R"({"foyer": "foyer:f1"})", "2022-01-01", "saisie", "e-4"},
              {"personne:bob personne:zoe", "proposition_doublon",
               R"({"autre": "personne:zoe", "raisons": ["mêmes noms"]})", "2022-01-01", "saisie", "e-5"},
              {"foyer:f1", "situation_familiale", R"({"code": "CEL"})", "2022-01-01", "saisie", "e-6"},
              {"personne:aline", "frein", R"({"code": "sante", "reponse": "oui"})", "2022-01-01", "saisie", "e-7"},
              {"personne:aline", "identifiant", R"({"genre": "nir", "valeur": "2900577990123"})", "2022-01-01",
               "saisie", "e-8"},
              {"personne:aline", "consentement",
               R"({"finalite": "accompagnement", "destinataire": "membre", "accorde": true})", "2022-01-01", "saisie",
               "e-9"}});
      record(*journal, "2022-03-06",
             {{"personne:aline", "consentement",
               R"({"finalite": "accompagnement", "destinataire": "membre", "accorde": false})", "2022-02-01", "saisie",
               "e-10"},
              {"personne:bob", "identite", R"({"nom": "AUTREMENT", "prenom": "Bob"})", "2022-01-01", "saisie", "e-11",
               "e-2"},
              {"personne:aline", "retrait", "{}", "2022-01-01", "saisie", "e-12", "e-7"}});
      journal->erase(subject("personne:zoe"), "", "dpo", instant("2022-04-01T12:00:00Z"));
      head = journal->head().maillon;
    }
    bytes = bytes_of(path);
    views = seen();
    REQUIRE(verified().empty());
  }

  // All that views stand on, as one text; the code of what refuses it.
  std::string seen() const {
    std::string all;
    const auto say = [&](const auto &tell) {
      try {
        all += tell();
      } catch (const Error &error) {
        all += std::string(text(error.first().code));
      }
      all += "\n";
    };
    std::unique_ptr<Journal> journal;
    say([&] {
      journal = store::open_sqlite(path, keys);
      return std::string();
    });
    if (!journal)
      return all;
    for (const Genre genre : {Genre::personne, Genre::foyer, Genre::journal})
      say([&] {
        std::string names;
        for (const Sujet &one : journal->subjects(genre, "", 100))
          names += one.to_string() + " ";
        return names;
      });
    for (const char *who : {"personne:aline", "personne:bob", "personne:zoe", "foyer:f1", "journal:journal"}) {
      say([&] { return write_json(to_value(journal->about(subject(who)))); });
      for (const char *known : {"2022-03-05", "2022-12-31"})
        say([&] {
          return write_json(to_value(
              situation(*journal, subject(who), day("2022-06-01"), Connaissance::parse(known).value(), Regles{})));
        });
    }
    for (int i = 1; i <= 12; ++i)
      say([&] {
        const auto event = journal->find("e-" + std::to_string(i));
        return event ? write_json(to_value(*event)) : "rien";
      });
    const std::string print = journal->nir_fingerprints("2900577990123").front();
    const std::vector<std::pair<std::string, std::string>> keys_asked{
        {"nom", "EXEMPLE"}, {"nom", "AUTRE"}, {"nom", "AUTREMENT"}, {"nom", "MODELE"}, {"nir", print}};
    for (const auto &[kind, value] : keys_asked)
      say([&] {
        std::string found;
        for (const Sujet &one : journal->lookup(kind, value))
          found += one.to_string() + " ";
        return found;
      });
    say([&] { return std::to_string(journal->erasures().size()); });
    return all;
  }

  // What the verification finds wrong, with the head and without: all the findings, or the code that refuses it.
  std::string verified() const {
    try {
      const auto journal = store::open_sqlite(path, keys);
      std::string found;
      for (const auto &proof : {journal->verify(), journal->verify(head)})
        for (const Diagnostic &one : proof.constats)
          found += one.message + "\n";
      return found;
    } catch (const Error &error) {
      return std::string(text(error.first().code));
    }
  }

  void restore() const {
    for (const char *suffix : {"-wal", "-shm"})
      fs::remove(path + suffix);
    write(path, bytes);
  }

  // As another program would; false when SQLite itself refuses.
  bool sql(const std::string &statements) const {
    sqlite3 *database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    const int status =
        sqlite3_exec(database, ("PRAGMA foreign_keys = OFF;" + statements).c_str(), nullptr, nullptr, nullptr);
    const bool changed = status == SQLITE_OK;
    sqlite3_close(database);
    return changed;
  }
  std::vector<std::string> rows(const std::string &query) const {
    sqlite3 *database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    std::vector<std::string> found;
    sqlite3_exec(
        database, query.c_str(),
        [](void *into, int, char **values, char **) {
          static_cast<std::vector<std::string> *>(into)->emplace_back(values[0] == nullptr ? "" : values[0]);
          return 0;
        },
        &found, nullptr);
    sqlite3_close(database);
    return found;
  }

  // The edit is found, or shows nowhere.
  void check(const std::string &what) const {
    CAPTURE(what);
    if (verified().empty())
      CHECK(seen() == views);
  }
};

} // namespace

TEST_CASE("each column of each row of each table, edited, exchanged, taken away or repeated",
          "[store][sqlite][preuve][slow]") {
  const Original store;
  int tried = 0;
  const auto attempt = [&](const std::string &statement) {
    store.restore();
    if (store.sql(statement) && bytes_of(store.path) != store.bytes) {
      ++tried;
      store.check(statement);
    }
  };
  for (const std::string &table : store.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
    const auto columns = store.rows("SELECT name FROM pragma_table_info('" + table + "')");
    std::string key; // what names a row
    for (const std::string &column : store.rows("SELECT name FROM pragma_table_info('" + table + "') WHERE pk > 0"))
      key += (key.empty() ? "" : " || ' AND ' || ") + ("'\"" + column + "\" = ' || quote(\"" + column + "\")");
    const auto each = store.rows("SELECT " + key + " FROM " + table);
    for (std::size_t i = 0; i < each.size(); ++i) {
      if (i >= 3 && i + 2 < each.size())
        continue; // the first ones and the last ones stand for those between
      const std::string where = " WHERE " + each[i], next = " WHERE " + each[(i + 1) % each.size()];
      attempt("DELETE FROM " + table + where);
      for (const std::string &column : columns) {
        const std::string set = "UPDATE " + table + " SET \"" + column + "\" = ";
        attempt(set + "\"" + column + "\" + 1" + where);
        attempt(set + "-\"" + column + "\"" + where);
        attempt(set + "\"" + column + "\" || 'x'" + where);
        attempt(set + "substr(\"" + column + "\", 2)" + where);
        attempt(set + "upper(\"" + column + "\")" + where);
        attempt(set + "zeroblob(length(\"" + column + "\"))" + where);
        attempt(set + "NULL" + where);
        attempt(set + "(SELECT \"" + column + "\" FROM " + table + next + ")" + where);
        // Two rows exchange what they say.
        attempt("CREATE TEMP TABLE a AS SELECT \"" + column + "\" AS v FROM " + table + where +
                "; CREATE TEMP TABLE b AS SELECT \"" + column + "\" AS v FROM " + table + next + ";" + set +
                "CASE WHEN " + each[i] + " THEN (SELECT v FROM b) ELSE (SELECT v FROM a) END" + where + " OR " +
                each[(i + 1) % each.size()]);
        std::string others;
        for (const std::string &other : columns)
          others += (others.empty() ? "" : ", ") +
                    (other == column ? "(SELECT \"" + column + "\" FROM " + table + next + ")" : "\"" + other + "\"");
        attempt("INSERT OR IGNORE INTO " + table + " SELECT " + others + " FROM " + table + where);
      }
    }
  }
  CHECK(tried > 350);
}

TEST_CASE("what is edited in several places at once", "[store][sqlite][preuve]") {
  const Original store;
  const std::string chosen = GENERATE(
      "DELETE FROM liens WHERE seq = 10", // the withdrawal of a consent
      "UPDATE sujets SET id = 't' WHERE id = 'aline'; UPDATE sujets SET id = 'aline' WHERE id = 'bob'; "
      "UPDATE sujets SET id = 'bob' WHERE id = 't'",
      "UPDATE contenus SET id = 'zz' WHERE id = 'e-2'; UPDATE contenus SET id = 'e-2' WHERE id = 'e-6'",
      "DELETE FROM cles", "UPDATE contenus SET corrige = NULL", "UPDATE contenus SET corrige = 'e-1' WHERE seq = 11",
      "UPDATE liens SET sujet = (SELECT n FROM sujets WHERE id = 'bob') WHERE seq = 7; "
      "UPDATE contenus SET sujet = (SELECT n FROM sujets WHERE id = 'bob') WHERE seq = 7",
      "DELETE FROM contenus WHERE seq = 7; DELETE FROM liens WHERE seq = 7",
      "DELETE FROM contenus WHERE seq = 7; DELETE FROM liens WHERE seq = 7; DELETE FROM journal WHERE seq = 7",
      "INSERT INTO journal SELECT 0, jeton, instant, empreinte, maillon FROM journal WHERE seq = 1",
      "INSERT INTO journal SELECT -3, jeton, instant, empreinte, maillon FROM journal WHERE seq = 1; "
      "INSERT INTO contenus SELECT -3, 'e-x', sujet, corrige, sel, octets FROM contenus WHERE seq = 7; "
      "INSERT INTO liens SELECT sujet, -3 FROM liens WHERE seq = 7",
      "UPDATE sujets SET jeton = x'00' WHERE id = 'bob'",
      "UPDATE contenus SET seq = 99 WHERE seq = 7; UPDATE contenus SET seq = 7 WHERE seq = 8; "
      "UPDATE contenus SET seq = 8 WHERE seq = 99",
      "UPDATE journal SET seq = 99 WHERE seq = 7; UPDATE journal SET seq = 7 WHERE seq = 8; "
      "UPDATE journal SET seq = 8 WHERE seq = 99",
      "DELETE FROM journal WHERE seq = 13", // the chain is cut, and what it held is still found
      "UPDATE journal SET instant = 0 WHERE seq = 11", "UPDATE journal SET instant = -instant WHERE seq = 11",
      "UPDATE journal SET instant = 253402300799999 WHERE seq = 13",
      "UPDATE contenus SET octets = replace(octets, 'EXEMPLE', 'EXEMPLO')", "UPDATE contenus SET octets = '[]'",
      "UPDATE contenus SET octets = '{\"id\": 1'", "UPDATE contenus SET octets = CAST(x'ff00' AS TEXT) WHERE seq = 1",
      "INSERT INTO sujets VALUES (99, zeroblob(16), 'personne', 'inventee')",
      "INSERT INTO cles SELECT genre, valeur, (SELECT n FROM sujets WHERE id = 'bob') FROM cles WHERE genre = 'nir'",
      "CREATE VIEW v AS SELECT * FROM liens", "CREATE TABLE autre (a)", "DROP INDEX corrections",
      "CREATE TRIGGER t AFTER INSERT ON contenus BEGIN DELETE FROM liens; END",
      "DROP TABLE cles; CREATE VIEW cles AS SELECT 'nom' AS genre, 'EXEMPLE' AS valeur, 2 AS sujet",
      "PRAGMA user_version = 0", "PRAGMA application_id = 1", "UPDATE reglages SET valeur = 'x'",
      "DELETE FROM reglages");
  store.restore();
  CAPTURE(chosen);
  REQUIRE(store.sql(chosen));
  CHECK_FALSE(store.verified().empty());
}

TEST_CASE("a bit that changed anywhere in the file", "[store][sqlite][preuve][slow]") {
  const Original store;
  std::minstd_rand random(2022);
  for (int i = 0; i < 400; ++i) {
    store.restore();
    std::string bytes = store.bytes;
    const std::size_t at = random() % bytes.size(), bit = random() % 8;
    bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1u << bit));
    write(store.path, bytes);
    store.check("bit " + std::to_string(bit) + " of byte " + std::to_string(at));
  }
}

TEST_CASE("content that was edited is refused where it is read, and its digest with it", "[store][sqlite][preuve]") {
  const Original store;
  const auto read = [&] {
    const auto journal = store::open_sqlite(store.path, store.keys);
    return refusal([&] { situation(*journal, subject("personne:aline"), day("2022-06-01")); });
  };
  store.restore();
  CHECK(read().empty());
  REQUIRE(store.sql("UPDATE contenus SET octets = replace(octets, 'EXEMPLE', 'EXEMPLO') WHERE seq = 1"));
  CHECK(read() == "S006 at seq 1");
  store.restore(); // the digest is not under a key, the chain is
  REQUIRE(store.sql("UPDATE journal SET instant = instant + 1 WHERE seq = 1"));
  CHECK(read() == "S006 at seq 1");
  store.restore();
  REQUIRE(store.sql("UPDATE sujets SET id = 't' WHERE id = 'aline'; UPDATE sujets SET id = 'aline' WHERE id = 'bob'"));
  CHECK(read().starts_with("S006"));
}
