// What was acknowledged is there after a loss of power, after a kill, and when two write at once.
#include "tests/dossier/events.hpp"

#include "spie/store/sqlite.hpp"
#include "tests/store/power_loss.hpp"
#include "tests/temporary.hpp"

#include <csignal>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

using namespace spie;
using namespace spie::dossier;
using namespace spie::testing;

namespace {

constexpr int runs = 200;
constexpr int events_in_batch = 3;

void append_batch(Journal &journal, const std::string &who) {
  std::vector<Event> batch;
  for (int i = 0; i < events_in_batch; ++i)
    batch.push_back(
        {"personne:" + who, "frein", R"({"code": "f)" + std::to_string(i) + R"(", "reponse": "oui"})", "2022-01-01"});
  record(journal, "2022-03-05", batch);
}

struct Store {
  TemporaryFolder folder;
  std::string path = (folder.path() / "dossiers.db").string();
  std::string keys = store::draw_keys();
  Store() { store::create_sqlite(path, keys); }
};

// Batches that were acknowledged when the journal was cut off, as the file tells afterwards: how many are lost. A batch
// in part, or a broken chain, is a failure whatever the store promises.
int lost(const std::string &path, const std::string &keys, int acknowledged) {
  const auto journal = store::open_sqlite(path, keys);
  CHECK(journal->verify().intact);
  int missing = 0, batches = 0;
  for (int i = 0;; ++i) {
    const std::size_t held = journal->about(subject("personne:p" + std::to_string(i))).size();
    const bool whole = held == 0 || held == events_in_batch;
    CHECK(whole);
    if (held == 0 && i >= acknowledged)
      break;
    batches += held == 0 ? 0 : 1;
    missing += held == 0 ? 1 : 0;
  }
  CHECK(batches <= acknowledged + 1);
  return missing;
}

// Runs batches until power fails at one of the writes and syncs; how many of the acknowledged ones are lost.
int power_loss_run(std::uint32_t seed, bool durable, std::size_t &operations) {
  constexpr int batches = 6;
  const Store store;
  int acknowledged = 0, at_failure = 0;
  PowerLoss power(seed, operations == 0 ? 0 : std::mt19937(seed)() % operations + 1);
  power.on_failure = [&] { at_failure = acknowledged; };
  store::SqliteOptions options;
  options.durable = durable;
  options.vfs = PowerLoss::vfs;
  try {
    const auto journal = store::open_sqlite(store.path, store.keys, options);
    for (; acknowledged < batches; ++acknowledged)
      append_batch(*journal, "p" + std::to_string(acknowledged));
  } catch (const Error &) { // power has failed
    CHECK(power.failed());
  }
  if (!power.failed()) { // at the end, or at closing: nothing was cut off
    operations = std::max(operations, power.operations());
    return 0;
  }
  const TemporaryFolder after;
  power.restore(after.path());
  return lost((after.path() / "dossiers.db").string(), store.keys, at_failure);
}

} // namespace

TEST_CASE("what was acknowledged outlives a loss of power, wherever it falls", "[store][sqlite][durability]") {
  std::size_t operations = 0;
  power_loss_run(0, true, operations);
  REQUIRE(operations > 20);
  for (std::uint32_t seed = 1; seed <= runs; ++seed) {
    CAPTURE(seed);
    CHECK(power_loss_run(seed, true, operations) == 0);
  }
}

TEST_CASE("the same test shows what is lost without a sync at each commit", "[store][sqlite][durability]") {
  std::size_t operations = 0;
  power_loss_run(0, false, operations);
  int runs_with_loss = 0;
  for (std::uint32_t seed = 1; seed <= runs; ++seed)
    runs_with_loss += power_loss_run(seed, false, operations) != 0 ? 1 : 0;
  CHECK(runs_with_loss > 0);
}

TEST_CASE("what was acknowledged outlives a kill at any moment", "[store][sqlite][durability]") {
  std::mt19937 random(2022);
  for (int run = 0; run < runs; ++run) {
    CAPTURE(run);
    const Store store;
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      ::close(ends[0]);
      const auto journal = store::open_sqlite(store.path, store.keys);
      for (int i = 0;; ++i) {
        append_batch(*journal, "p" + std::to_string(i));
        if (::write(ends[1], "a", 1) != 1) // acknowledged
          _exit(1);
      }
    }
    ::close(ends[1]);
    usleep(static_cast<useconds_t>(random() % 20'000));
    kill(child, SIGKILL);
    REQUIRE(waitpid(child, nullptr, 0) == child);
    int acknowledged = 0;
    for (char byte = 0; ::read(ends[0], &byte, 1) == 1;)
      ++acknowledged;
    ::close(ends[0]);
    CHECK(lost(store.path, store.keys, acknowledged) == 0);
  }
}

TEST_CASE("two processes append at once, and neither loses anything", "[store][sqlite][durability]") {
  constexpr int batches = 60;
  const Store store;
  std::vector<pid_t> children;
  for (const char *who : {"gauche", "droite"}) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      int status = 1;
      try {
        const auto journal = store::open_sqlite(store.path, store.keys);
        for (int i = 0; i < batches; ++i)
          append_batch(*journal, who + std::to_string(i));
        status = 0;
      } catch (const Error &) {
      }
      _exit(status);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
  }
  const auto journal = store::open_sqlite(store.path, store.keys);
  CHECK(journal->verify().intact);
  CHECK(journal->head().seq == 2 * batches * events_in_batch);
}
