// What every import does, whatever the format.
#include "tests/dossier/events.hpp"

#include "exchange/session.hpp"

using namespace spie;
using namespace spie::dossier;
using namespace spie::exchange;
using namespace spie::testing;

namespace {

struct Line {
  std::string key, commune;
};

// A format of tests: one address a line.
class File {
public:
  File(Journal &journal, std::string_view bytes, std::string_view reference, std::string_view recorded = {})
      : bytes_(memory_bytes(bytes)) {
    options_.fichier = "essai.txt";
    options_.auteur = "test";
    options_.enregistre = instant(std::string(recorded.empty() ? reference : recorded) + "T12:00:00Z");
    options_.lot = 2;
    session_ = std::make_unique<Session>(journal, options_, "essai", "caf.essai", "ligne", *bytes_);
    session_->open(day(reference), "essai-1");
  }
  File &take(const std::vector<Line> &lines) {
    for (const Line &line : lines) {
      session_->begin_record();
      if (line.key.empty()) {
        session_->refuse(Code::import_key, "ligne", "cle", "", "la clé manque", "la donner", true);
        session_->end_record(false);
        continue;
      }
      const Sujet dossier = attach(line.key);
      Fil said(*session_, dossier, line.key);
      if (!line.commune.empty())
        said.state("adresse", {{"commune", line.commune}}, {session_->reference(), {}, {}}, "ligne");
      said.observe(line.key + line.commune);
      session_->end_record(true);
    }
    return *this;
  }
  Sujet attach(const std::string &key) {
    Releve record;
    record.cle = key;
    record.nom = "EXEMPLE";
    record.prenom = key;
    record.naissance = day("1990-05-04");
    return session_->attach(record, "ligne");
  }
  Session &session() { return *session_; }
  Rapport close() { return session_->close(); }

private:
  std::unique_ptr<Octets> bytes_;
  ImportOptions options_;
  std::unique_ptr<Session> session_;
};

std::string commune(Journal &journal, const Sujet &subject, std::string_view date) {
  return fact(situation(journal, subject, day(date)), "adresse.commune");
}

} // namespace

TEST_CASE("each record is accounted for", "[exchange][session]") {
  const auto journal = store::open_memory();
  const Rapport report = File(*journal, "un", "2022-02-28").take({{"k1", "Provins"}, {"", ""}, {"k2", ""}}).close();
  CHECK(report.recus == 3);
  CHECK(report.lus == 2);
  CHECK(report.refuses_total == 1);
  REQUIRE(report.refuses.size() == 1);
  CHECK(report.refuses[0].enregistrement == 2);
  CHECK(report.refuses[0].portee == "enregistrement");
  CHECK(report.dossiers_nouveaux == 2);
  CHECK(report.clos);
  CHECK(report.tete.seq == journal->head().seq);
  CHECK(report.evenements == journal->head().seq);
  CHECK(report.document == "68bca10eea2ba33f6f15a6ab0c7df2a49051a6541f9118d468b0585d5d60398b");
  CHECK(journal->verify(report.tete.maillon).intact);
}

TEST_CASE("the same file again adds no fact", "[exchange][session]") {
  const auto journal = store::open_memory();
  const std::vector<Line> lines{{"k1", "Provins"}, {"k2", "Nangis"}};
  File(*journal, "un", "2022-02-28").take(lines).close();
  const Rapport again = File(*journal, "un", "2022-02-28", "2022-03-10").take(lines).close();
  CHECK(again.deja_lu);
  CHECK(again.evenements == 2); // that it was opened and closed
  CHECK(again.dossiers_nouveaux == 0);
}

TEST_CASE("a value that stays is observed, one that changes is recorded", "[exchange][session]") {
  const auto journal = store::open_memory();
  File(*journal, "février", "2022-02-28").take({{"k1", "Provins"}}).close();
  const Rapport march = File(*journal, "mars", "2022-03-31").take({{"k1", "Provins"}}).close();
  CHECK(march.evenements == 3); // open, observation, close
  File april(*journal, "avril", "2022-04-30");
  const Sujet dossier = april.attach("k1");
  april.take({{"k1", "Nangis"}}).close();
  CHECK(commune(*journal, dossier, "2022-04-29") == "Provins (caf.essai, source_unique)");
  CHECK(commune(*journal, dossier, "2022-04-30") == "Nangis (caf.essai, source_unique)");
}

TEST_CASE("an older file read late changes its own time and nothing after it", "[exchange][session]") {
  const auto journal = store::open_memory();
  File february(*journal, "février", "2022-02-28");
  const Sujet dossier = february.attach("k1");
  february.take({{"k1", "Provins"}}).close();
  File(*journal, "avril", "2022-04-30").take({{"k1", "Provins"}}).close(); // seen again, unchanged
  File(*journal, "mars", "2022-03-31", "2022-05-10").take({{"k1", "Nangis"}}).close();
  CHECK(commune(*journal, dossier, "2022-03-15") == "Provins (caf.essai, source_unique)");
  CHECK(commune(*journal, dossier, "2022-04-15") == "Nangis (caf.essai, source_unique)");
  CHECK(commune(*journal, dossier, "2022-04-30") == "Provins (caf.essai, source_unique)");
  // What was said for the first time in the past, and not seen again since, ends where the file after it said nothing.
  const Rapport again = File(*journal, "mars", "2022-03-31", "2022-05-11").take({{"k1", "Nangis"}}).close();
  CHECK(again.evenements == 2);
}

TEST_CASE("a fact that only an older file has ends where the next file lacks it", "[exchange][session]") {
  const auto journal = store::open_memory();
  File april(*journal, "avril", "2022-04-30");
  const Sujet dossier = april.attach("k1");
  april.take({{"k1", ""}}).close();
  File(*journal, "mars", "2022-03-31", "2022-05-10").take({{"k1", "Nangis"}}).close();
  CHECK(commune(*journal, dossier, "2022-04-15") == "Nangis (caf.essai, source_unique)");
  CHECK(commune(*journal, dossier, "2022-04-30") == "-");
}

TEST_CASE("an absence is recorded once, and ends nothing", "[exchange][session]") {
  const auto journal = store::open_memory();
  File february(*journal, "février", "2022-02-28");
  const Sujet gone = february.attach("k2");
  february.take({{"k1", "Provins"}, {"k2", "Nangis"}}).close();
  const auto without = [&](std::string_view name, std::string_view reference) {
    File file(*journal, name, reference, "2022-05-10");
    file.take({{"k1", "Provins"}});
    file.session().record_absences(Genre::personne, "k");
    return file.close();
  };
  CHECK(without("mars", "2022-03-31").absents == 1);
  CHECK(without("avril", "2022-04-30").absents == 0); // it was gone already
  CHECK(commune(*journal, gone, "2022-05-01") == "Nangis (caf.essai, source_unique)");
  CHECK(without("janvier", "2022-01-31").absents == 0); // before it was ever seen
}

TEST_CASE("what was cut off does not count, and is taken up when the file is read again", "[exchange][session]") {
  const auto journal = store::open_memory();
  Sujet dossier;
  std::string first_import;
  {
    File cut(*journal, "mars", "2022-03-31");
    dossier = cut.attach("k1");
    cut.take({{"k1", "Provins"}, {"k2", "Nangis"}, {"k3", "Melun"}}); // a batch of two is committed, the third is lost
  }
  CHECK(commune(*journal, dossier, "2022-04-15") == "-");
  const Rapport again =
      File(*journal, "mars", "2022-03-31").take({{"k1", "Provins"}, {"k2", "Nangis"}, {"k3", "Melun"}}).close();
  CHECK_FALSE(again.deja_lu);
  CHECK(again.dossiers_nouveaux == 1); // k3 alone
  CHECK(commune(*journal, dossier, "2022-04-15") == "Provins (caf.essai, source_unique)");
  std::size_t addresses = 0, opened = 0;
  journal->each(1, everything, [&](const Evenement &event) {
    addresses += event.type == "adresse" ? 1U : 0U;
    opened += event.type == "import" && event.contenu.find("etape")->text() == "ouvert" ? 1U : 0U;
  });
  CHECK(addresses == 3);
  CHECK(opened == 1);
}

TEST_CASE("another import that never closed does not hold back what this one says", "[exchange][session]") {
  const auto journal = store::open_memory();
  Sujet dossier;
  {
    File cut(*journal, "mars, coupé", "2022-03-31");
    dossier = cut.attach("k1");
    cut.take({{"k1", "Provins"}, {"k2", "Nangis"}});
  }
  File(*journal, "mars, entier", "2022-03-31").take({{"k1", "Provins"}}).close();
  CHECK(commune(*journal, dossier, "2022-04-15") == "Provins (caf.essai, source_unique)");
}

TEST_CASE("a NIR inside a key is its fingerprint, each time the same", "[exchange][session][nir]") {
  const auto journal = store::open_memory();
  const auto read = [&](const std::string &content) {
    const auto octets = memory_bytes(content);
    ImportOptions options;
    options.auteur = "test";
    options.enregistre = instant("2022-06-01T12:00:00Z");
    Session session(*journal, options, "essai", "essai", "ligne", *octets);
    session.open(day("2022-06-01"), "");
    session.begin_record();
    const Sujet structure = session.subject_of(Genre::structure, "MDS/2900577990123/4", "ligne 2900577990123");
    Fil said(session, structure, "MDS/2900577990123/4");
    said.observe("vu");
    session.end_record(true);
    CHECK(session.close().clos);
    return structure;
  };
  CHECK(read("un") == read("deux"));
  const std::string key = "MDS/" + journal->nir_fingerprints("2900577990123").front() + "/4";
  CHECK(journal->lookup("source", "essai|" + key).size() == 1);
}

TEST_CASE("values in reports are short and hold no NIR", "[exchange][session]") {
  CHECK(shown("2900577990123") == "2…");
  CHECK(shown("2 90 05 77 990 123 43") == "2…");
  CHECK(shown("Provins") == "Provins");
  CHECK(shown(std::string(59, 'a') + "éé") == std::string(59, 'a') + "é…");
}
