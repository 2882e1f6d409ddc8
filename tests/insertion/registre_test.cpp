#include "tests/insertion/support.hpp"

#include "tests/encodings.hpp"

#include <algorithm>
#include <functional>
#include <random>

using namespace spie;
using namespace spie::convention;
using namespace spie::convention::testing;

namespace {

Registre read(std::string_view text, const ReadOptions &options = {}) {
  return read_registre(text, "registre.csv", seine_et_marne(), options);
}

// The one fault of a ledger of one line.
Refus fault(const Line &line) {
  const Registre registre = read(header + line.csv());
  INFO(line.csv());
  REQUIRE(registre.lecture.refuses.size() == 1);
  CHECK(registre.lecture.refuses_total == 1);
  CHECK(registre.depenses.empty());
  return registre.lecture.refuses.front();
}

} // namespace

TEST_CASE("the invented ledger is read whole", "[registre]") {
  const Registre registre = read(file("examples/donnees/registre-invente.csv"));
  CHECK(registre.lecture.recus == 62);
  CHECK(registre.lecture.lus == 62);
  CHECK(registre.lecture.refuses.empty());
  CHECK(registre.lecture.avertissements.empty());
  const Depense &first = registre.depenses.front();
  CHECK(first.id == "D001");
  CHECK(first.date == day("2021-12-20"));
  CHECK(first.montant == number("5400"));
  CHECK(first.ligne == 2);
  CHECK(!first.montant_cofinance);
}

TEST_CASE("a ledger of faults says for each line where it stands, why, and what to do", "[registre]") {
  const Registre registre = read(file("examples/donnees/registre-fautif.csv"));
  CHECK(registre.lecture.recus == 12);
  CHECK(registre.lecture.lus == 2);
  CHECK(registre.lecture.refuses_total == 10);
  CHECK(registre.lecture.recus == registre.lecture.lus + registre.lecture.refuses_total);
  CHECK(registre.depenses.back().libelle == "Un libellé\nsur deux lignes");

  std::string summary;
  for (const Refus &refus : registre.lecture.refuses)
    summary += std::to_string(refus.ligne) + " " + std::string(text(refus.diagnostic.code)) + " " + refus.champ + "\n";
  CHECK(summary == "3 C002 montant\n"
                   "4 C003 date\n"
                   "5 C003 date\n"
                   "6 C004 action\n"
                   "6 C004 nature\n"
                   "7 C005 id\n"
                   "8 C007 montant_cofinance\n"
                   "9 C007 montant_cofinance\n"
                   "10 C002 montant\n"
                   "11 C006 \n"
                   "14 C004 axe\n"
                   "14 C004 necessaire\n");
  const Refus &nature = registre.lecture.refuses[4];
  CHECK(nature.valeur == "ingénierie");
  CHECK(nature.enregistrement == 5);
  CHECK(nature.diagnostic.where == "registre.csv:6, nature");
  CHECK(nature.diagnostic.remedy.find("Peut-être « ingenierie »") != std::string::npos);
}

TEST_CASE("each field of a line is checked", "[registre]") {
  CHECK(fault({.id = ""}).champ == "id");
  CHECK(fault({.date = "2022-02-30"}).diagnostic.code == Code::ledger_date);
  CHECK(fault({.action = ""}).champ == "action");
  CHECK(fault({.nature = "achats"}).diagnostic.code == Code::ledger_value);
  CHECK(fault({.montant = "1.234"}).diagnostic.code == Code::ledger_amount);
  CHECK(fault({.montant = "0"}).diagnostic.message == "le montant est nul");
  CHECK(fault({.montant = "-1"}).diagnostic.message == "le montant est négatif");
  CHECK(fault({.axe = "aucun"}).champ == "axe"); // the pack's own word: an empty cell in a file
  CHECK(fault({.axe = "4"}).champ == "axe");
  CHECK(fault({.date_paiement = "demain"}).champ == "date_paiement");
  CHECK(fault({.necessaire = "inconnu"}).champ == "necessaire");
  CHECK(fault({.cofinancement = "CALPAE", .montant_cofinance = "10"}).champ == "cofinancement");
  CHECK(fault({.cofinancement = "etat:", .montant_cofinance = "10"}).champ == "cofinancement");
  CHECK(fault({.cofinancement = "etat:CALPAE"}).diagnostic.code == Code::ledger_cofinancing);
  CHECK(fault({.cofinancement = "etat:CALPAE", .montant_cofinance = "0"}).diagnostic.code == Code::ledger_amount);
  CHECK(fault({.cofinancement = "autre:X", .montant_cofinance = "100.01"}).diagnostic.code == Code::ledger_cofinancing);
  CHECK(fault({.montant_cofinance = "10"}).champ == "cofinancement");
}

TEST_CASE("what can be read in one way is read", "[registre]") {
  const Registre registre = read(header +
                                 Line{.id = "A",
                                      .axe = "Methodologie",
                                      .necessaire = "OUI",
                                      .cofinancement = "ETAT: Plan fictif",
                                      .montant_cofinance = "100.00"}
                                     .csv() +
                                 Line{.id = "B", .montant_cofinance = "0,00"}.csv() + "\n,,,,,,,,,,,,\n");
  // The last amount holds the separator of the file: that line has a field too many.
  CHECK(registre.lecture.recus == 2);
  CHECK(registre.lecture.lus == 1);
  const Depense &line = registre.depenses.front();
  CHECK(line.axe == "methodologie");
  CHECK(line.necessaire == "oui");
  CHECK(line.cofinancement == "etat:Plan fictif");
  CHECK(line.montant_cofinance == number("100"));

  CHECK(read(header + Line{.montant_cofinance = "0.00"}.csv()).lecture.lus == 1);
}

TEST_CASE("of a repeated id the first line that is read stays", "[registre]") {
  const Registre registre = read(header + Line{.montant = "x"}.csv() + Line{.libelle = "deuxième"}.csv() +
                                 Line{.libelle = "troisième"}.csv());
  REQUIRE(registre.depenses.size() == 1);
  CHECK(registre.depenses[0].libelle == "deuxième");
  CHECK(registre.lecture.refuses[1].diagnostic.code == Code::ledger_duplicate);
}

TEST_CASE("separators, byte order marks, line ends and encodings do not change what is read", "[registre]") {
  const std::string plain = header + Line{}.csv();
  std::string tabs = plain, semicolons = plain;
  std::replace(tabs.begin(), tabs.end(), ',', '\t');
  std::replace(semicolons.begin(), semicolons.end(), ',', ';');
  for (const std::string &text :
       {plain, tabs, semicolons, "\xEF\xBB\xBF" + plain, "sep=;\r\n" + semicolons, "\n\n" + plain}) {
    const Registre registre = read(text);
    REQUIRE(registre.depenses.size() == 1);
    CHECK(registre.depenses[0].libelle == "Étude");
  }
  std::string latin = plain;
  latin.replace(latin.find("É"), 2, "\xC9");
  ReadOptions windows;
  windows.encodage = Encodage::windows_1252;
  CHECK(read(latin, windows).depenses.at(0).libelle == "Étude");
  CHECK(read(latin, windows).lecture.avertissements.empty()); // it was said, it is not guessed
  const Registre guessed = read(latin);
  CHECK(guessed.depenses.at(0).libelle == "Étude");
  REQUIRE(guessed.lecture.avertissements.size() == 1);
  CHECK(guessed.lecture.avertissements[0].code == Code::ledger_encoding);
  CHECK(guessed.lecture.avertissements[0].where == "registre.csv:2");
  ReadOptions unicode;
  unicode.encodage = Encodage::utf8;
  CHECK(read(latin, unicode).lecture.refuses.at(0).diagnostic.code == Code::ledger_encoding);
  CHECK(code_of([&] { read("\xFF\xFEi\0d\0"); }) == "C008");
  CHECK(code_of([&] { read("lib\xE9," + plain, unicode); }) == "C008");
  CHECK(code_of([&] { read("lib\xE9,id\n", windows); }) == "C001");
}

TEST_CASE("a header without its columns refuses the file, with the column that was meant", "[registre]") {
  CHECK(code_of([] { read(""); }) == "C010");
  CHECK(code_of([] { read("id,date\nL1,2022-01-01\n"); }) == "C001");
  std::string misspelt = header;
  misspelt.replace(misspelt.find("montant_cofinance"), 17, "montant_cofinancé");
  try {
    read(misspelt);
    FAIL("a column is missing");
  } catch (const Error &error) {
    CHECK(error.first().message == "il manque la colonne « montant_cofinance »");
    CHECK(error.first().remedy.find("« montant_cofinancé » est peut-être « montant_cofinance »") != std::string::npos);
  }
  CHECK(code_of([] { read("id," + header); }) == "C001");

  const Registre more = read("commentaire," + header + "rien," + Line{}.csv());
  CHECK(more.lecture.lus == 1);
  CHECK(more.lecture.avertissements.at(0).message == "la colonne « commentaire » n'est pas lue");
}

TEST_CASE("a ledger in JSON is read as the same in CSV", "[registre]") {
  const Registre registre = read(R"({"depenses": [
    {"id": 1, "date": "2022-06-01", "action": "coordination_action", "nature": "coordination", "libelle": "A",
     "montant": 1234.50, "axe": 1, "necessaire": true, "piece": "F-1"},
    {"id": "2", "date": {"@date": "2022-06-02"}, "action": "coordination_action", "nature": "ingenierie",
     "montant": "1 234,50", "axe": null, "cofinancement": "etat:X", "montant_cofinance": 0.5},
    {"id": "3", "date": "2022-06-02", "action": "coordination_action", "nature": "ingenierie", "montant": 1.005},
    {"id": "4", "date": "2022-06-02", "action": "coordination_action", "nature": "ingenierie"},
    {"id": "5", "date": "2022-06-02", "action": "coordination_action", "nature": "ingenierie", "montant": 1, "necesaire": "oui"},
    {"id": "6", "date": "2022-06-02", "action": ["coordination_action"], "nature": "ingenierie", "montant": 1},
    {"id": "7", "date": "2022-06-02", "action": "coordination_action", "nature": "ingenierie", "montant": -3},
    "rien"
  ]})");
  CHECK(registre.lecture.recus == 8);
  CHECK(registre.lecture.lus == 2);
  REQUIRE(registre.depenses.size() == 2);
  CHECK(registre.depenses[0].id == "1");
  CHECK(registre.depenses[0].axe == "1");
  CHECK(registre.depenses[0].necessaire == "oui");
  CHECK(registre.depenses[0].montant == number("1234.5"));
  CHECK(registre.depenses[1].montant == number("1234.5"));
  std::string summary;
  for (const Refus &refus : registre.lecture.refuses)
    summary += std::string(text(refus.diagnostic.code)) + " " + refus.diagnostic.where + "\n";
  CHECK(summary == "C002 registre.csv/2/montant\n"
                   "C001 registre.csv/3/montant\n"
                   "C001 registre.csv/4/necesaire\n"
                   "C004 registre.csv/5/action\n"
                   "C002 registre.csv/6/montant\n"
                   "J002 registre.csv/7\n");
  CHECK(registre.lecture.refuses[2].diagnostic.remedy == "Écrire peut-être « necessaire ».");
  CHECK(code_of([] { read("[1,"); }) == "J001");
  CHECK(code_of([] { read("{\"lignes\": []}"); }) == "J002");

  // What is written is read back.
  const Registre again = read(write_json(to_value(registre).context().find("depenses")[0]));
  CHECK(write_json(*to_value(again).context().find("depenses")) ==
        write_json(*to_value(registre).context().find("depenses")));
}

TEST_CASE("a midnight without a zone is a day in a ledger, another instant is none", "[registre]") {
  const auto line = [](const std::string &day) {
    return R"([{"id": "1", "action": "coordination_action", "nature": "ingenierie", "montant": 1, "date": {"@datetime": ")" +
           day + R"("}}])";
  };
  const Registre midnight = read(line("2022-06-01T00:00:00"));
  REQUIRE(midnight.depenses.size() == 1);
  CHECK(midnight.depenses[0].date.to_string() == "2022-06-01");
  for (const char *other : {"2022-06-01T08:00:00", "2022-06-01T00:00:00Z"})
    CHECK(read(line(other)).lecture.refuses_total == 1);
}

TEST_CASE("limits hold: bytes, records, length of a record, number of detailed faults", "[registre]") {
  ReadOptions options;
  options.limits.bytes = 100;
  CHECK(code_of([&] { read(header + Line{}.csv(), options); }) == "C006");
  options = {};
  options.limits.list_size = 1;
  CHECK(code_of([&] { read(header + Line{.id = "A"}.csv() + Line{.id = "B"}.csv(), options); }) == "C006");
  options = {};
  options.record_bytes = 300;
  const Registre longer = read(header + Line{.libelle = std::string(400, 'x')}.csv() + Line{}.csv(), options);
  CHECK(longer.lecture.lus == 1);
  CHECK(longer.lecture.refuses.at(0).diagnostic.code == Code::ledger_row);
  options = {};
  options.refusals = 2;
  std::string many = header;
  for (int i = 0; i < 10; ++i)
    many += Line{.id = "", .montant = "x"}.csv();
  const Registre counted = read(many, options);
  CHECK(counted.lecture.refuses_total == 10);
  CHECK(counted.lecture.refuses.size() == 2);
  CHECK(counted.lecture.fautes_non_detaillees == 18);
  options = {};
  options.limits.bytes = 10;
  CHECK(code_of([&] { read("[{}, {}, {}, {}]", options); }) == "J003");
}

TEST_CASE("payments are read like expenses", "[versements]") {
  const Versements payments = read_versements(file("examples/donnees/versements-inventes.csv"), "versements.csv");
  REQUIRE(payments.versements.size() == 2);
  CHECK(payments.versements[0].montant == number("297600"));
  CHECK(payments.versements[0].date == day("2022-03-24"));
  const Versements json =
      read_versements(R"([{"date": "2022-03-24", "montant": 10, "libelle": "x"}, {"date": "2022-03-24"}])", "v.json");
  CHECK(json.lecture.lus == 1);
  CHECK(json.lecture.refuses.at(0).champ == "montant");
  CHECK(write_json(to_value(json)).find(R"("montant":"10.00")") != std::string::npos);
}

TEST_CASE("a payment may be one that was paid back", "[versements]") {
  const Versements payments = read_versements("date;montant;sens;libelle\n24/03/2022;100,00;versement;a\n"
                                              "25/03/2022;40,00;Remboursement;b\n26/03/2022;1,00;;c\n"
                                              "27/03/2022;-5,00;;d\n28/03/2022;5,00;rembours;e\n",
                                              "v.csv");
  REQUIRE(payments.versements.size() == 3);
  CHECK(payments.versements[0].sens == sens_versement);
  CHECK(payments.versements[1].sens == sens_remboursement);
  CHECK(payments.versements[1].montant == number("40"));
  CHECK(payments.versements[2].sens == sens_versement);
  REQUIRE(payments.lecture.refuses.size() == 2);
  CHECK(payments.lecture.refuses[0].diagnostic.remedy ==
        "Écrire le montant sans signe, et « remboursement » dans la colonne « sens ».");
  CHECK(payments.lecture.refuses[1].diagnostic.remedy.find("« versement » ou « remboursement »") != std::string::npos);
  const Versements json =
      read_versements(R"([{"date": "2022-03-24", "montant": 10, "sens": "remboursement"}])", "v.json");
  CHECK(json.versements.at(0).sens == sens_remboursement);
  CHECK(write_json(to_value(json)).find(R"("sens":"remboursement")") != std::string::npos);
}

TEST_CASE("two who co-finance do not share a cell", "[registre]") {
  for (const char *both : {"etat:CALPAE+autre:Region", "etat:CALPAE;autre:Region", "autre:Région et etat:CALPAE"}) {
    const Refus refus = fault({.cofinancement = "\"" + std::string(both) + "\"", .montant_cofinance = "10"});
    CHECK(refus.champ == "cofinancement");
    CHECK(refus.diagnostic.code == Code::ledger_cofinancing);
    CHECK(refus.diagnostic.remedy.find("une ligne pour chaque cofinanceur") != std::string::npos);
  }
  CHECK(fault({.cofinancement = "\"etat:CALPAE,autre:Region\"", .montant_cofinance = "10"}).champ == "cofinancement");
}

TEST_CASE("what Excel does to a ledger is undone, and said where it is a guess", "[registre][excel]") {
  // 44713 is 1 June 2022: `date -u -d @$(( (44713-25569)*86400 ))`.
  std::string excel = header + Line{.id = "=\"00123\"", .date = "44713"}.csv() + Line{.id = "B", .date = "44713"}.csv();
  std::replace(excel.begin(), excel.end(), ',', ';');
  const Registre registre = read("sep=;\r\n" + excel);
  CHECK(registre.lecture.lus == 2);
  CHECK(registre.depenses.at(0).id == "00123");
  CHECK(registre.depenses.at(0).date == day("2022-06-01"));
  REQUIRE(registre.lecture.avertissements.size() == 1);
  CHECK(registre.lecture.avertissements[0].code == Code::ledger_date);
  CHECK(registre.lecture.avertissements[0].where == "registre.csv:3, date");
  CHECK(
      registre.lecture.avertissements[0].message ==
      "la colonne « date » tient des jours numérotés par Excel, lus comme des dates (2) : « 44713 » est le 01/06/2022");
  for (const char *none : {"4471", "447130", "44713,5", "-4471", "04471"})
    CHECK(fault({.date = "\"" + std::string(none) + "\""}).diagnostic.code == Code::ledger_date);
  const Versements payments = read_versements("date;montant;libelle\n44713;10,00;x\n", "v.csv");
  CHECK(payments.versements.at(0).date == day("2022-06-01"));
  CHECK(payments.lecture.avertissements.size() == 1);
}

TEST_CASE("a file without a line says that nothing was read, a workbook is told as one", "[registre]") {
  using namespace std::string_literals;
  for (const std::string &text : {header, header + "\n\n", header + ",,,,,,,,,,,,\n", "[]"s, "{\"depenses\": []}"s}) {
    const Registre registre = read(text);
    CHECK(registre.lecture.recus == 0);
    REQUIRE(registre.lecture.avertissements.size() == 1);
    CHECK(registre.lecture.avertissements[0].code == Code::ledger_nothing);
    CHECK(registre.lecture.avertissements[0].message.find("rien n'a été lu") != std::string::npos);
  }
  for (const std::string &text : {"PK\x03\x04\x14\0\0\0xl/workbook.xml"s, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0"s,
                                  "PK\x03\x04\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet"s}) {
    try {
      read(text);
      FAIL("it is no CSV");
    } catch (const Error &error) {
      CHECK(error.first().code == Code::ledger_format);
      CHECK(error.first().where == "registre.csv");
      CHECK(error.first().message.find("classeur") != std::string::npos);
      CHECK(error.first().remedy.find("CSV UTF-8") != std::string::npos);
    }
  }
}

TEST_CASE("ledger and payments read the same in UTF-8, with its mark, in windows-1252; UTF-16 is refused",
          "[registre][versements][encodages]") {
  const std::string ledger = file("examples/donnees/registre-invente.csv");
  const std::string whole = write_json(*to_value(read(ledger)).context().find("depenses"));
  const std::string payments = file("examples/donnees/versements-rembourses.csv");
  const auto received = [](const std::string &bytes) {
    return write_json(*to_value(read_versements(bytes, "v.csv")).context().find("versements"));
  };
  const auto warned = [](const CompteRendu &reading) { return reading.avertissements.size(); };
  CHECK(write_json(*to_value(read(spie::testing::with_mark(ledger))).context().find("depenses")) == whole);
  const Registre western = read(spie::testing::in_windows_1252(ledger));
  CHECK(western.lecture.refuses.empty());
  CHECK(write_json(*to_value(western).context().find("depenses")) == whole);
  CHECK(warned(western.lecture) == 1);
  CHECK(received(spie::testing::with_mark(payments)) == received(payments));
  CHECK(received(spie::testing::in_windows_1252(payments)) == received(payments));
  for (const auto &refused : {std::function<void()>([&] { read(spie::testing::in_utf16(ledger)); }),
                              std::function<void()>([&] { received(spie::testing::in_utf16(payments)); })}) {
    try {
      refused();
      FAIL("UTF-16 is not read");
    } catch (const Error &error) {
      CHECK(error.first().code == Code::ledger_encoding);
      CHECK_FALSE(error.first().where.empty());
      CHECK(error.first().remedy == "L'enregistrer en « CSV UTF-8 ».");
    }
  }
}

TEST_CASE("the account of a reading is data", "[registre]") {
  const feel::Value value = to_value(read(header + Line{.montant = "1,234"}.csv()).lecture);
  const feel::Context &account = value.context();
  CHECK(account.find("recus")->number() == 1);
  CHECK(account.find("refuses_total")->number() == 1);
  const feel::Context &refusal = account.find("refuses")->list().at(0).context();
  CHECK(refusal.find("ligne")->number() == 2);
  CHECK(refusal.find("portee")->text() == "enregistrement");
  CHECK(refusal.find("code")->text() == "C006"); // the comma of the amount is the separator of the file
}

TEST_CASE("whatever the bytes, nothing is lost and nothing breaks", "[registre]") {
  const std::string sound = file("examples/donnees/registre-invente.csv").substr(0, 4000);
  const std::string json = write_json(*to_value(read(sound + "\n")).context().find("depenses"));
  const std::string pieces = "\",;\t\r\n\\{}[]:0129.-/ e\xE9\xC3\xA9\xC2\xA0\xFF";
  std::mt19937 random(77);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  for (int round = 0; round < 400; ++round) {
    std::string bytes = round % 4 == 0 ? json : sound;
    for (std::size_t n = below(8); n-- > 0;) {
      const std::size_t at = below(bytes.size());
      switch (below(4)) {
      case 0:
        bytes[at] = pieces[below(pieces.size())];
        break;
      case 1:
        bytes.insert(at, 1, pieces[below(pieces.size())]);
        break;
      case 2:
        bytes.erase(at, below(20));
        break;
      default:
        bytes[at] = static_cast<char>(below(256));
      }
    }
    ReadOptions options;
    options.encodage = static_cast<Encodage>(round % 3);
    CAPTURE(round, bytes);
    try {
      const Registre registre = read(bytes, options);
      CHECK(registre.lecture.recus == registre.lecture.lus + registre.lecture.refuses_total);
      CHECK(registre.lecture.lus == registre.depenses.size());
      CHECK(registre.lecture.refuses.size() >= registre.lecture.refuses_total);
      for (const Depense &line : registre.depenses)
        CHECK(line.montant > 0);
    } catch (const Error &error) {
      CHECK(std::string("CJ").find(text(error.first().code).front()) != std::string::npos);
    }
  }
}
