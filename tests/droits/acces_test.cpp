// The journal of accesses, and the right of access.
#include "tests/droits/scene.hpp"

#include "spie/store/sqlite.hpp"
#include "sqlite/database.hpp"
#include "tests/temporary.hpp"

#include <filesystem>
#include <fstream>

using namespace spie;
using namespace spie::droits;
using namespace spie::testing;

namespace {

Acces access(std::string_view at, std::vector<dossier::Sujet> dossiers = {{dossier::Genre::personne, "aline"}}) {
  return {0,      instant(at),        "professionnel:rene", "structure:s", "referent", "accompagnement",
          "voir", std::move(dossiers)};
}

struct Fichier {
  TemporaryFolder folder;
  std::string keys = store::draw_keys();
  std::string path = store::acces_path((folder.path() / "dossiers.db").string());
  std::unique_ptr<JournalAcces> journal = store::create_acces(path, keys);

  void run(const std::string &sql) {
    journal.reset();
    sqlite::Database(path, sqlite::Database::Mode::open, 1'000, {}).execute(sql);
    journal = store::open_acces(path, keys);
  }
};

} // namespace

TEST_CASE("each call writes one entry, whatever it shows", "[droits][acces]") {
  Scene scene;
  const Demande asked = ask("referent", "accompagnement");
  const auto pack = national_pack();
  const auto count = [&](auto &&call) {
    const std::size_t before = scene.entries().size();
    call();
    return scene.entries().size() - before;
  };
  const feel::Date at = day("2022-06-01");
  CHECK(count([&] { scene.guichet.voir(asked, scene.aline, at); }) == 1);
  CHECK(count([&] { scene.guichet.voir(ask("referent", "pilotage"), scene.aline, at); }) ==
        1); // saw nothing, asked all
  CHECK(count([&] { scene.guichet.historique(asked, scene.aline, "identite"); }) == 1);
  CHECK(count([&] { scene.guichet.comparer(asked, scene.aline, at, at); }) == 1);
  CHECK(count([&] { scene.guichet.rechercher(asked, "exemple", at); }) == 1);
  CHECK(count([&] { scene.guichet.doublons(asked, scene.aline); }) == 1);
  CHECK(count([&] { scene.guichet.acces(ask("personne", "droit_acces"), scene.aline, at); }) == 1);
  CHECK(count([&] {
          const auto result = pack->evaluate("case_gardee", read_json(R"({"effectif": 5})"), at);
          scene.guichet.expliquer(asked, scene.aline, *pack, result, {});
        }) == 1);
  CHECK(count([&] { dossier::situation(*scene.journal, scene.aline, at); }) == 0); // nobody asked
  const auto entries = scene.entries();
  CHECK(
      write_json(to_value(entries.front())) ==
      R"({"seq":1,"instant":"2022-06-01T08:00:00.000Z","acteur":"professionnel:rene","structure":null,)"
      R"("role":"referent","finalite":"accompagnement","operation":"voir","dossiers":["personne:aline"],"refus":null})");
  CHECK(entries[1].role.empty());
  CHECK(entries[4].operation == "recherche");
}

TEST_CASE("a view that cannot be noted is not given", "[droits][acces]") {
  Scene scene;
  scene.see(ask("referent", "accompagnement", "2022-06-01T08:00:00Z"));
  // An hour before the last one: a clock that lies, or somebody who wants the rights that he had.
  CHECK(refusal([&] { scene.see(ask("referent", "accompagnement", "2022-06-01T07:00:00Z")); }) == "E004");
  CHECK(scene.entries().size() == 1);
}

TEST_CASE("accesses are kept in a file of their own, under a key derived from the store's", "[droits][acces]") {
  Fichier file;
  CHECK(file.path.ends_with("dossiers.db-acces"));
  Acces one = access("2022-06-01T08:00:00Z");
  Acces two = access("2022-06-02T08:00:00Z", std::vector<dossier::Sujet>());
  file.journal->noter(one);
  file.journal->noter(two);
  CHECK(two.seq == 2);
  file.run("SELECT 1"); // closed, and opened again
  CHECK(file.journal->sur({dossier::Genre::personne, "aline"}).size() == 1);
  CHECK(file.journal->sur({dossier::Genre::personne, "driss"}).empty());
  CHECK(file.journal->verify().intact);
  CHECK(file.journal->verify().entrees == 2);
  CHECK(refusal([&] { store::create_acces(file.path, file.keys); }).starts_with("S001"));
  CHECK(refusal([&] { store::open_acces(file.path, store::draw_keys()); }).starts_with("S002"));
  const std::string other = (file.folder.path() / "dossiers.db").string();
  store::create_sqlite(other, file.keys);
  CHECK(refusal([&] { store::open_acces(other, file.keys); }).starts_with("S001"));
}

TEST_CASE("an access that is edited, removed or moved shows", "[droits][acces]") {
  const std::string fault = GENERATE(
      "UPDATE acces SET octets = replace(octets, 'rene', 'lena') WHERE seq = 2",
      "UPDATE acces SET instant = instant + 1 WHERE seq = 2", "DELETE FROM acces WHERE seq = 2",
      "DELETE FROM acces WHERE seq = 1",
      "UPDATE reglages SET valeur = replace(valeur, '0:0:', '1:0:') WHERE nom = 'depart'",
      "DELETE FROM dossiers WHERE seq = 2", "UPDATE dossiers SET dossier = 'personne:driss' WHERE seq = 2",
      "INSERT INTO dossiers VALUES ('personne:driss', 2)", "UPDATE reglages SET valeur = 'a' WHERE nom = 'identite'",
      "INSERT INTO reglages VALUES ('reprises', '2;')", "UPDATE acces SET seq = -seq WHERE seq = 1");
  Fichier file;
  for (const char *at : {"2022-06-01T08:00:00Z", "2022-06-02T08:00:00Z", "2022-06-03T08:00:00Z"}) {
    Acces entry = access(at);
    file.journal->noter(entry);
  }
  INFO(fault);
  CHECK(file.journal->verify().intact);
  file.run(fault);
  const VerificationAcces found = file.journal->verify();
  CHECK_FALSE(found.intact);
  CHECK(text(found.constats.front().code) == "S007");
}

TEST_CASE("a purge takes the oldest accesses away, and what is left is still one chain", "[droits][acces]") {
  Fichier file;
  for (const char *at : {"2022-06-01T08:00:00Z", "2022-06-02T08:00:00Z", "2023-06-02T08:00:00Z"}) {
    Acces entry = access(at);
    file.journal->noter(entry);
  }
  CHECK(file.journal->purger(instant("2022-06-01T08:00:00Z")) == 0);
  CHECK(file.journal->purger(instant("2022-06-02T08:00:00.001Z")) == 2);
  VerificationAcces kept = file.journal->verify();
  CHECK(kept.intact);
  CHECK(kept.premier == 3);
  CHECK(kept.entrees == 1);
  CHECK(file.journal->purger(instant("2024-01-01T00:00:00Z")) == 1);
  kept = file.journal->verify();
  CHECK(kept.intact);
  CHECK(kept.tete.seq == 3); // the count goes on
  Acces next = access("2024-01-02T08:00:00Z");
  file.journal->noter(next);
  CHECK(next.seq == 4);
  CHECK(file.journal->verify().intact);
  CHECK(file.journal->purger(instant("2025-01-01T00:00:00Z")) == 1);
  for (const auto &entry : std::filesystem::directory_iterator(file.folder.path())) {
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    CHECK(bytes.find("professionnel:rene") == std::string::npos); // nothing is left on the disk either
  }
  CHECK(next.seq == 4);
  next = access("2025-01-02T08:00:00Z");
  file.journal->noter(next);
  file.run("DELETE FROM acces");
  Acces after = access("2025-01-03T08:00:00Z");
  file.journal->noter(after);
  CHECK(after.seq == 5); // a tail that was cut cannot be seen from inside: the head is to be written down elsewhere
}

TEST_CASE("the right of access gives all that is held, with its sources, and leaves other people out",
          "[droits][acces]") {
  Scene scene;
  record(*scene.journal, "2022-03-07",
         {{"personne:driss", "identite", R"({"nom": "MODELE", "prenom": "Driss"})", "2022-03-01"},
          {"personne:driss", "appartenance", R"({"foyer": "foyer:f1"})", "2022-03-01"},
          {"personne:aline personne:driss", "proposition_doublon",
           R"({"autre": "personne:driss", "raisons": ["mêmes noms"]})", "2022-03-07"}});
  scene.see(ask("referent", "accompagnement"));
  const feel::Value all = scene.guichet.acces(ask("personne", "droit_acces"), scene.aline, day("2022-06-01"));
  const std::string json = write_json(all);
  for (const char *held : {"EXEMPLE", "dialyse le mardi", "rqth", "412.5", "0000001", "caf.vrsb", "professionnel:rene",
                           "fatiguée", R"("chemin":"foyer.droit_rsa.etat","valeur":"2")",
                           R"({"chemin":"foyer.composition.enfants","valeur":2,"grossi":true})"})
    CHECK(json.find(held) != std::string::npos);
  for (const char *other : {"driss", "MODELE", "2020-05", "2021-07"})
    CHECK(json.find(other) == std::string::npos);
  CHECK(all.context().find("acces")->list().size() == 1); // who had asked before
  for (const char *role : {"referent", "pilote"})
    CHECK(refusal([&] { scene.guichet.acces(ask(role, "accompagnement"), scene.aline, day("2022-06-01")); }) == "R002");
  Demande driss = ask("personne", "droit_acces");
  driss.acteur.id = "personne:driss";
  CHECK(refusal([&] { scene.guichet.acces(driss, scene.aline, day("2022-06-01")); }) == "R002");
}

TEST_CASE("an access that was edited is refused where it is read", "[droits][acces]") {
  Fichier file;
  for (const char *at : {"2022-06-01T08:00:00Z", "2022-06-02T08:00:00Z", "2022-06-03T08:00:00Z"}) {
    Acces entry = access(at);
    file.journal->noter(entry);
  }
  const auto read = [&] { return refusal([&] { file.journal->each([](const Acces &) {}); }); };
  const auto asked = [&] { return refusal([&] { file.journal->sur({dossier::Genre::personne, "aline"}); }); };
  CHECK(read().empty());
  file.run("UPDATE acces SET octets = replace(octets, 'rene', 'lena') WHERE seq = 2");
  CHECK(read() == "S006 at seq 2");
  CHECK(asked() == "S006 at seq 2");
  file.run("UPDATE acces SET octets = '[]' WHERE seq = 2");
  CHECK(read() == "S006 at seq 2");
  CHECK(asked() == "S006 at seq 2");
  CHECK(refusal([&] { file.run("CREATE VIEW v AS SELECT * FROM acces"); }).starts_with("S006"));
}

TEST_CASE("a tail of the accesses that was cut off shows with a head that was written down", "[droits][acces]") {
  Fichier file;
  for (const char *at : {"2022-06-01T08:00:00Z", "2022-06-02T08:00:00Z"}) {
    Acces entry = access(at);
    file.journal->noter(entry);
  }
  const std::string head = file.journal->verify().tete.maillon;
  CHECK(file.journal->verify(head).tete_trouvee == true);
  file.run("DELETE FROM acces WHERE seq = 2; DELETE FROM dossiers WHERE seq = 2");
  CHECK(file.journal->verify().intact);
  CHECK(file.journal->verify(head).tete_trouvee == false);
  CHECK_FALSE(file.journal->verify(head).intact);
  CHECK(refusal([&] { file.journal->verify("abc"); }) == "S007");
}

TEST_CASE("the store knows the journal of accesses first opened beside it: missing, other, new", "[droits][acces]") {
  Fichier file;
  const auto journal = store::create_sqlite((file.folder.path() / "dossiers.db").string(), file.keys);
  record(*journal, "2022-03-05", full_dossier());
  const auto place = [&](JournalAcces &acces) {
    VerificationAcces proof = acces.verify();
    const Place found = comparer(acces, *journal, proof);
    return std::string(text(found)) + (proof.intact ? "" : ", " + std::string(text(proof.constats.back().code)));
  };
  CHECK(place(*file.journal) == "premier");
  const dossier::Regles rules;
  const auto see = [&](JournalAcces &acces, std::string_view at) {
    Guichet(*journal, acces, rights(), rules)
        .voir(ask("referent", "accompagnement", at), subject("personne:aline"), day("2022-06-01"));
  };
  see(*file.journal, "2022-06-01T08:00:00Z");
  CHECK(place(*file.journal) == "connu");
  CHECK(journal->verify().acces == file.journal->identite());
  CHECK(file.journal->identite().size() == 32);
  // Another one in its place: what was asked before is not there any more.
  const auto fresh = store::create_acces(file.path + "-2", file.keys);
  see(*fresh, "2022-06-02T08:00:00Z");
  CHECK(place(*fresh) == "nouveau, S007");
  CHECK(place(*file.journal) == "connu");
  // That of another store of the same keys, older than what this one knows.
  const auto other = store::create_acces(file.path + "-3", file.keys);
  Acces entry = access("2021-06-02T08:00:00Z");
  other->noter(entry);
  CHECK(place(*other) == "autre, S007");
  // A store restored from before its first view, beside a journal that holds some.
  const auto older = store::create_sqlite((file.folder.path() / "avant.db").string(), file.keys);
  VerificationAcces proof = file.journal->verify();
  CHECK(comparer(*file.journal, *older, proof) == Place::premier);
  CHECK_FALSE(proof.intact);
  // What one says is moved into no other: the chains are under different keys.
  const std::string into = file.path + "-2";
  sqlite::Database(into, sqlite::Database::Mode::open, 1'000, {})
      .execute("ATTACH '" + file.path +
               "' AS a; DELETE FROM acces; DELETE FROM dossiers; INSERT INTO acces SELECT * "
               "FROM a.acces; INSERT INTO dossiers SELECT * FROM a.dossiers");
  CHECK_FALSE(store::open_acces(into, file.keys)->verify().intact);
}

TEST_CASE("an instant of asking far ahead is refused, and a journal that got one is mended", "[droits][acces]") {
  Fichier file;
  Acces far = access("2999-01-01T00:00:00Z"), before = access("2022-06-01T08:00:00Z"),
        after = access("2026-11-28T09:00:00Z");
  store::SqliteOptions bounded;
  bounded.maintenant = [] { return instant("2026-11-28T08:00:00Z"); };
  file.journal->noter(before);
  file.journal = store::open_acces(file.path, file.keys, bounded);
  CHECK(refusal([&] { file.journal->noter(far); }) == "E004");
  file.journal = store::open_acces(file.path, file.keys); // nothing bounds it
  file.journal->noter(far);
  CHECK(refusal([&] { file.journal->noter(after); }) == "E004");
  file.journal = store::open_acces(file.path, file.keys, bounded);
  CHECK(refusal([&] { file.journal->reprendre_horloge("", "dpo", instant("2020-01-01T00:00:00Z")); }) == "E004");
  const dossier::Reprise mended =
      file.journal->reprendre_horloge("horloge de 2999", "professionnel:dpo", instant("2026-11-28T08:00:00Z"));
  CHECK(mended.du == 2);
  CHECK(mended.au == 2);
  file.journal->noter(after);
  CHECK(file.journal->verify().intact);
  std::vector<std::string> instants;
  file.journal->each([&](const Acces &one) { instants.push_back(one.instant.to_string().substr(0, 10)); });
  CHECK(instants == std::vector<std::string>{"2022-06-01", "2026-11-28", "2026-11-28", "2026-11-28"});
  file.journal->each([&](const Acces &one) {
    if (one.operation == "horloge")
      CHECK(
          write_json(to_value(one)) ==
          R"({"seq":3,"instant":"2026-11-28T08:00:00.000Z","acteur":"professionnel:dpo","structure":null,"role":null,)"
          R"("finalite":"","operation":"horloge","dossiers":[],"refus":null,"reprise":{"du":2,"au":2},"motif":"horloge de 2999"})");
  });
  // It is kept as long as the others, and no longer.
  CHECK(file.journal->purger(instant("2026-11-28T08:00:00Z")) == 1);
  CHECK(file.journal->purger(instant("2027-01-01T00:00:00Z")) == 3);
  CHECK(file.journal->verify().intact);
}
