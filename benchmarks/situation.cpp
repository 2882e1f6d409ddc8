// How long does a dossier take to say what it knows? One of 200 events, warm and cold; then 100,000 small ones, and
// what each weighs in the file. The baseline is a plain SELECT of the same events, in the same run.
#include "spie/dossier/situation.hpp"
#include "crypto/digest.hpp"
#include "spie/json.hpp"
#include "spie/store/sqlite.hpp"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <sqlite3.h>
#include <string>

using namespace spie;
using namespace spie::dossier;

namespace {

const Instant recorded = Instant::parse("2022-03-05T12:00:00Z").value();
const feel::Date start = feel::Date::parse("2022-01-01").value();

// Steps, answers, incomes, addresses, meetings: what two years of following leave.
Evenement event(const std::string &who, int i) {
  Evenement made;
  made.sujets = {{Genre::personne, who}};
  made.auteur = "conseillère";
  made.source.nom = i % 3 == 0 ? "caf.vrsb" : i % 3 == 1 ? "carnet" : "saisie";
  made.effet.debut = {start.days + i * 3};
  const std::string number = std::to_string(i / 5);
  switch (i % 5) {
  case 0:
    made.type = "identite";
    made.contenu =
        feel::Context{{"nom", "EXEMPLE"}, {"prenom", "Aline"}, {"date_naissance", feel::Date{7428 + i / 50}}};
    break;
  case 1:
    made.type = "frein";
    made.contenu = feel::Context{{"code", "f" + number}, {"reponse", i % 2 == 0 ? "oui" : "non"}};
    break;
  case 2:
    made.type = "revenu";
    made.contenu = feel::Context{{"nature", "001"}, {"mois", "2022-0" + std::to_string(i % 9 + 1)}, {"montant", i}};
    break;
  case 3:
    made.type = "action";
    made.contenu =
        feel::Context{{"id", "a" + std::to_string(i / 15)}, {"etape", i % 2 == 0 ? "prescrite" : "demarree"}};
    break;
  default:
    made.type = "rendez_vous";
    made.contenu = feel::Context{{"id", "r" + number}, {"etape", "tenu"}, {"lieu", "Ville-Inventée"}};
  }
  return made;
}

double seconds(const std::function<void()> &call) {
  const auto from = std::chrono::steady_clock::now();
  call();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

// The best of some runs: the others met something else that the machine did.
double best(int runs, const std::function<void()> &call) {
  double least = 1e9;
  for (int i = 0; i < runs; ++i)
    least = std::min(least, seconds(call));
  return least;
}

void line(const char *what, double value, const char *unit) { std::printf("%-52s %10.1f %s\n", what, value, unit); }

// The digest and the link of each event, alone: what reading them pays to refuse what was edited.
double checks(Journal &journal, const Sujet &who) {
  std::vector<std::string> contents;
  for (const Evenement &one : journal.about(who))
    contents.push_back(write_json(to_value(one)));
  const crypto::Hmac chain{crypto::Key{}};
  const std::string header(104, 'h'); // the link before, seq, token, instant, digest
  std::size_t sum = 0;
  const double took = best(50, [&] {
    for (const std::string &bytes : contents)
      sum += static_cast<std::size_t>(crypto::sha256({header.substr(0, 16), bytes})[0]) + chain(header)[0];
  });
  return sum == 0 ? 0 : took;
}

// The same rows by SQLite alone, into nothing.
double plain_select(const std::string &path, const std::string &who) {
  sqlite3 *database = nullptr;
  sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr);
  sqlite3_stmt *statement = nullptr;
  const std::string sql =
      "SELECT c.octets FROM sujets s JOIN liens l ON l.sujet = s.n JOIN contenus c ON c.seq = l.seq "
      "WHERE s.genre = 'personne' AND s.id = '" +
      who + "'";
  sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr);
  std::size_t bytes = 0;
  const double took = best(20, [&] {
    while (sqlite3_step(statement) == SQLITE_ROW)
      bytes += static_cast<std::size_t>(sqlite3_column_bytes(statement, 0));
    sqlite3_reset(statement);
  });
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return bytes == 0 ? 0 : took;
}

} // namespace

int main() {
  namespace fs = std::filesystem;
  const fs::path folder =
      fs::temp_directory_path() /
      ("spie-bench-situation-" + std::to_string(std::hash<std::string>()(
                                     std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()))));
  fs::create_directory(folder);
  const std::string path = (folder / "dossiers.db").string();
  const std::string keys = store::draw_keys();
  const feel::Date at{start.days + 400};
  const Sujet aline{Genre::personne, "aline"};
  {
    const auto journal = store::create_sqlite(path, keys);
    std::vector<Evenement> events;
    for (int i = 0; i < 200; ++i)
      events.push_back(event("aline", i));
    journal->append(events, recorded);

    std::printf("a dossier of 200 events, its situation at a date\n");
    line("baseline: SELECT of its events", plain_select(path, "aline") * 1e6, "µs");
    situation(*journal, aline, at);
    line("warm", best(200, [&] { situation(*journal, aline, at); }) * 1e6, "µs");
    line("of which, cold, the checks of 200 digests and links", checks(*journal, aline) * 1e6, "µs");
    line("cold: the store opened, its events read",
         best(20,
              [&] {
                const auto other = store::open_sqlite(path, keys);
                situation(*other, aline, at);
              }) *
             1e6,
         "µs");
  }
  constexpr int people = 100'000, each = 10;
  std::printf("%d dossiers of %d events\n", people, each);
  const auto journal = store::open_sqlite(path, keys);
  const auto size_before = static_cast<double>(fs::file_size(path));
  const double wrote = seconds([&] {
    for (int from = 0; from < people; from += 500) {
      Lot batch(*journal);
      for (int p = from; p < from + 500; ++p) {
        std::vector<Evenement> events;
        for (int i = 0; i < each; ++i)
          events.push_back(event("p" + std::to_string(p), i));
        journal->append(events, recorded);
      }
      batch.commit();
    }
  });
  line("appended, durable, batches of 500 dossiers", people * each / wrote, "events/s");
  const double read = seconds([&] {
    for (int p = 0; p < people; ++p)
      situation(*journal, {Genre::personne, "p" + std::to_string(p)}, at);
  });
  line("their situations", people / read, "dossiers/s");
  line("the file", (static_cast<double>(fs::file_size(path)) - size_before) / people, "bytes a dossier");
  line("verify: the chain, and what events are found by", people * each / seconds([&] { journal->verify(); }),
       "events/s");
  fs::remove_all(folder);
  return 0;
}
