// How fast is a VRSB flow read, and imported?
//
//     import_vrsb [households read] [households imported] [folder]        0 leaves a part out
//
// 1. Memory: that many households, made while they are read (100,000).
// 2. Speed of the reader: 64 MiB of the same flow in memory, expat with empty handlers beside expat with ours and each
//    household handed over with its typed values; the best of seven rounds, in turn.
// 3. Import into a new SQLite file that outlives a loss of power (10,000), beside plain inserts of as many rows of 400
//    bytes by the same batches; then the flow of the month after, where nothing changed. First ordinary households,
//    then those of the published sample, which have nearly three times as many facts.
#include "tests/exchange/vrsb_flow.hpp"

#include "exchange/xml_stream.hpp"
#include "spie/exchange/vrsb.hpp"
#include "spie/store/sqlite.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <expat.h>
#include <filesystem>
#include <limits>
#include <sqlite3.h>
#include <sys/resource.h>

using namespace spie;
using namespace spie::exchange;
using testing::vrsb::Ampleur;
using testing::vrsb::Flow;

namespace {

class Counted final : public VisiteurVrsb {
public:
  void flux(const FluxVrsb &) override {}
  void foyer(const FoyerVrsb &household) override {
    ++households;
    for (const PersonneVrsb &person : household.personnes)
      values += 1 + person.ressources.size() + person.activites.size();
  }
  void totaux(const TotauxVrsb &) override {}
  std::size_t households = 0, values = 0;
};

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// --- expat alone ---

int western(void *, const XML_Char *, XML_Encoding *info) {
  for (int i = 0; i < 256; ++i)
    info->map[i] = i;
  info->data = nullptr;
  info->convert = nullptr;
  info->release = nullptr;
  return XML_STATUS_OK;
}

void expat_alone(const std::string &bytes) {
  XML_Parser parser = XML_ParserCreate(nullptr);
  XML_SetElementHandler(
      parser, [](void *, const XML_Char *, const XML_Char **) {}, [](void *, const XML_Char *) {});
  XML_SetCharacterDataHandler(parser, [](void *, const XML_Char *, int) {});
  XML_SetUnknownEncodingHandler(parser, western, nullptr);
  constexpr std::size_t chunk = 64U << 10U;
  for (std::size_t at = 0; at <= bytes.size(); at += chunk) {
    const std::size_t count = std::min(chunk, bytes.size() - at);
    void *buffer = XML_GetBuffer(parser, static_cast<int>(chunk));
    std::memcpy(buffer, bytes.data() + at, count);
    if (XML_ParseBuffer(parser, static_cast<int>(count), count < chunk ? 1 : 0) != XML_STATUS_OK)
      std::abort();
  }
  XML_ParserFree(parser);
}

void measure_reader() {
  std::string bytes;
  {
    Flow flow(12'000);
    bytes.resize(std::size_t{128} << 20U);
    bytes.resize(flow.read(bytes.data(), bytes.size()));
  }
  double alone = std::numeric_limits<double>::max(), ours = alone;
  std::size_t values = 0;
  for (int round = 0; round < 7; ++round) {
    double start = now();
    expat_alone(bytes);
    alone = std::min(alone, now() - start);
    Counted counted;
    const auto octets = memory_bytes(bytes);
    start = now();
    read_vrsb(*octets, counted);
    ours = std::min(ours, now() - start);
    values = counted.values;
  }
  const double mib = static_cast<double>(bytes.size()) / (1 << 20);
  std::printf("%-44s %8.1f MiB/s\n", "expat, empty handlers", mib / alone);
  std::printf("%-44s %8.1f MiB/s   %4.0f %% of expat alone, %.0f households/s (%zu values)\n",
              "households with typed values", mib / ours, 100 * alone / ours, 12'000 / ours, values);
}

// --- into a store ---

void check(bool right, sqlite3 *database) {
  if (right)
    return;
  std::fprintf(stderr, "%s\n", sqlite3_errmsg(database));
  std::exit(1);
}

double plain_inserts(const std::string &path, std::int64_t rows, std::size_t row_bytes, std::int64_t batch) {
  sqlite3 *database = nullptr;
  check(sqlite3_open(path.c_str(), &database) == SQLITE_OK, database);
  const auto run = [&](const char *sql) {
    check(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK, database);
  };
  run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE e(seq INTEGER PRIMARY KEY, id TEXT UNIQUE, c "
      "BLOB)");
  sqlite3_stmt *insert = nullptr;
  check(sqlite3_prepare_v2(database, "INSERT INTO e(id, c) VALUES (?, ?)", -1, &insert, nullptr) == SQLITE_OK,
        database);
  const std::string content(row_bytes, 'x');
  const double start = now();
  run("BEGIN");
  for (std::int64_t row = 0; row < rows; ++row) {
    const std::string id = "evenement-" + std::to_string(row * 7919 % 1'000'003) + "-" + std::to_string(row);
    sqlite3_bind_text(insert, 1, id.data(), static_cast<int>(id.size()), SQLITE_STATIC);
    sqlite3_bind_blob(insert, 2, content.data(), static_cast<int>(content.size()), SQLITE_STATIC);
    check(sqlite3_step(insert) == SQLITE_DONE, database);
    sqlite3_reset(insert);
    if (row % batch == batch - 1)
      run("COMMIT; BEGIN");
  }
  run("COMMIT");
  const double seconds = now() - start;
  sqlite3_finalize(insert);
  sqlite3_close(database);
  return seconds;
}

void measure_import(std::size_t households, Ampleur kind, const std::filesystem::path &folder) {
  namespace fs = std::filesystem;
  fs::create_directories(folder);
  const fs::path path = folder / "bench_import_vrsb.db", plain = folder / "bench_plain.db";
  const auto forget = [&] {
    for (const fs::path &base : {path, plain})
      for (const char *suffix : {"", "-wal", "-shm"})
        fs::remove(base.string() + suffix);
  };
  forget();
  ImportOptions options;
  options.auteur = "mesure";
  options.enregistre = dossier::Instant::parse("2022-03-05T08:00:00Z").value();
  const Nomenclatures lists = Nomenclatures::load(std::string(SPIE_SOURCE_DIR) + "/nomenclatures");
  const auto count = static_cast<double>(households);
  std::int64_t events = 0;
  std::uintmax_t size = 0;
  {
    const auto journal = store::create_sqlite(path.string(), store::draw_keys());
    for (const char *reference : {"2022-02-28", "2022-03-31"}) {
      Flow flow(households, reference, kind);
      const double start = now();
      const Rapport report = import_vrsb(*journal, flow, options, lists);
      const double seconds = now() - start;
      if (!report.clos || report.fautes != 0)
        std::exit(1);
      std::printf("%-44s %8.0f households/s, %.0f events/s (%lld events)\n",
                  events == 0 ? "import, durable SQLite" : "the month after, nothing changed", count / seconds,
                  static_cast<double>(report.evenements) / seconds, static_cast<long long>(report.evenements));
      if (events == 0) {
        events = report.evenements;
        size = fs::file_size(path);
      }
      options.enregistre.ms += 1'000;
    }
  }
  const double seconds =
      plain_inserts(plain.string(), events, 400, events * 500 / static_cast<std::int64_t>(households));
  std::printf("%-44s %8.0f households/s, %.0f rows/s\n", "plain inserts of as many rows of 400 bytes", count / seconds,
              static_cast<double>(events) / seconds);
  std::printf("%-44s %8.0f bytes a household\n", "the file", static_cast<double>(size) / count);
  forget();
}

} // namespace

int main(int count, char **arguments) {
  const auto number = [&](int at, std::size_t otherwise) {
    return count > at ? std::strtoull(arguments[at], nullptr, 10) : otherwise;
  };
  const std::size_t read = number(1, 100'000), imported = number(2, 10'000);
  if (read != 0) {
    Flow flow(read);
    Counted counted;
    read_vrsb(flow, counted);
    std::printf("%-44s %8.1f MiB at most, the process (%zu households)\n", "memory of the reader", peak_mib(),
                counted.households);
    measure_reader();
  }
  const std::filesystem::path folder = count > 3 ? arguments[3] : std::filesystem::temp_directory_path();
  if (imported != 0) {
    std::printf("-- ordinary households\n");
    measure_import(imported, Ampleur::ordinaire, folder);
    std::printf("-- households of the sample\n");
    measure_import(imported, Ampleur::pleine, folder);
  }
  std::printf("%-44s %8.1f MiB at most, the process\n", "memory, with 64 MiB of text", peak_mib());
  return 0;
}
