// Which store an address opens.
#include "tests/dossier/events.hpp"

#include "spie/store/acces.hpp"
#include "spie/store/sqlite.hpp"
#include "spie/store/store.hpp"
#include "tests/temporary.hpp"

#include <filesystem>

using namespace spie;
using namespace spie::testing;

namespace {

const Event aline{"personne:aline", "identite", R"({"nom": "EXEMPLE", "prenom": "Aline"})", "2022-01-01"};

} // namespace

TEST_CASE("an address names a scheme, and a path alone is an SQLite file", "[store][address]") {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "dossiers.db").string(), keys = store::draw_keys();
  record(*store::create("sqlite:" + path, keys), "2022-03-05", {aline});
  CHECK(std::filesystem::exists(path));
  CHECK(store::open(path, keys)->head().seq == 1);
  CHECK(store::open("sqlite:" + path, keys)->head().seq == 1);
  CHECK(store::open_sqlite(path, keys)->head().seq == 1);
  store::create_acces(store::acces_path("sqlite:" + path), keys);
  CHECK(std::filesystem::exists(path + "-acces"));
  CHECK(store::open_acces(path + "-acces", keys)->verify().intact);
}

TEST_CASE("a colon after a folder, and a drive's letter, begin no scheme", "[store][address]") {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "janvier:2022.db").string(), keys = store::draw_keys();
  CHECK_NOTHROW(store::create(path, keys));
  CHECK_NOTHROW(store::open("sqlite:" + path, keys));
  // S001 of a file that is not there: it was looked for.
  CHECK(refusal([&] { store::open("C:absent.db", keys); }) ==
        refusal([&] { store::open_sqlite("C:absent.db", keys); }));
}

TEST_CASE("a scheme that nobody knows is refused with those that are", "[store][address]") {
  CHECK(store::schemes() == std::vector<std::string>{"sqlite"});
  const auto refused = [](auto open) {
    try {
      open("sqlit:dossiers.db", store::draw_keys(), store::Options{});
    } catch (const Error &error) {
      return error.first();
    }
    return Diagnostic{};
  };
  for (const Diagnostic &found : {refused(store::open), refused(store::create)}) {
    CHECK(found.code == Code::store_open);
    CHECK(found.message == "there is no kind of store 'sqlit', did you mean 'sqlite'?");
    CHECK(found.where == "sqlit:dossiers.db");
    CHECK(found.remedy.find("known: sqlite;") != std::string::npos);
    CHECK(found.suggestion == "sqlite");
  }
  CHECK(refused(store::open_acces).code == Code::store_open);
  CHECK(refusal([] { store::open("postgres://base", store::draw_keys()); }) == "S001 at postgres://base");
}
