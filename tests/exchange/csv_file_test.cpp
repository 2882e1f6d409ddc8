// What a CSV must not hold, whatever its format: it ends in a clear report, and nothing is lost silently.
#include "tests/exchange/fichiers.hpp"

#include "tests/peak.hpp"
#include "text/csv_file.hpp"

#include "spie/exchange/carnet_csv.hpp"
#include "spie/exchange/france_travail.hpp"

#include <cstring>

using namespace spie;
using namespace spie::dossier;
using namespace spie::exchange;
using namespace spie::testing;

namespace {

const std::string head = "Identifiant dans le SI*;Prénom*;Nom*;Date de naissance*;NIR;RQTH\n";
const std::string row = "si-1;Aline;Exemple;1990-05-17;;oui\n";

struct Read {
  std::unique_ptr<Journal> journal = store::open_memory();
  Rapport report;
  explicit Read(std::string_view bytes, std::string_view date = "2022-06-01") {
    report = import_carnet_beneficiaires(*journal, *memory_bytes(bytes), as_of(date), lists());
  }
  // "clos 1/2" and the first fault or warning.
  std::string outcome() const {
    CHECK(accounted(report));
    std::string text =
        (report.clos ? "clos " : "ouvert ") + std::to_string(report.lus) + "/" + std::to_string(report.recus);
    if (!report.refuses.empty())
      text += " " + std::string(spie::text(report.refuses[0].code)) + " " + report.refuses[0].place + ": " +
              report.refuses[0].motif;
    return text;
  }
};
std::string outcome(std::string_view bytes) { return Read(bytes).outcome(); }
std::string warned(std::string_view bytes) {
  const Read read(bytes);
  std::string all;
  for (const std::string &one : told(read.report.avertissements))
    if (one.find("ce qu'elles diraient reste inconnu") == std::string::npos) // one warning for all of them
      all += (all.empty() ? "" : " / ") + one;
  return all;
}

// Bytes that no memory holds: a text before, a letter again and again, a text after.
class Endless final : public Octets {
public:
  Endless(std::string before, std::size_t many, std::string after)
      : before_(std::move(before)), after_(std::move(after)), many_(many) {}
  std::size_t read(char *buffer, std::size_t size) override {
    std::size_t count = 0;
    for (; count < size && at_ < before_.size() + many_ + after_.size(); ++count, ++at_) {
      if (at_ >= before_.size() && at_ + 1 < before_.size() + many_) { // a run of letters at once
        const std::size_t run = std::min(size - count, before_.size() + many_ - at_);
        std::memset(buffer + count, 'x', run);
        count += run - 1;
        at_ += run - 1;
      } else {
        buffer[count] = at_ < before_.size()           ? before_[at_]
                        : at_ < before_.size() + many_ ? 'x'
                                                       : after_[at_ - before_.size() - many_];
      }
    }
    return count;
  }
  void rewind() override { at_ = 0; }

private:
  std::string before_, after_;
  std::size_t many_, at_ = 0;
};

} // namespace

TEST_CASE("a file that is no CSV is refused as a whole, with what to do", "[exchange][csv]") {
  using namespace std::string_literals;
  CHECK(outcome("") == "ouvert 0/0 I002 ligne 1: le fichier est vide");
  CHECK(outcome("\n\n") == "ouvert 0/0 I002 ligne 1: le fichier est vide");
  // Every workbook holds NUL: they do not make it a text in another encoding.
  CHECK(outcome("PK\x03\x04\x14\0\0\0xl/workbook.xml"s) ==
        "ouvert 0/0 I002 ligne 1: le fichier est un classeur (.xlsx), pas un CSV");
  CHECK(outcome("PK\x03\x04\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet"s) ==
        "ouvert 0/0 I002 ligne 1: le fichier est un classeur (.ods), pas un CSV");
  CHECK(outcome("PK\x03\x04\x14\0\0\0tout.csv"s) ==
        "ouvert 0/0 I002 ligne 1: le fichier est un classeur ou une archive, pas un CSV");
  CHECK(outcome("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"s) ==
        "ouvert 0/0 I002 ligne 1: le fichier est un classeur d'un ancien Excel (.xls), pas un CSV");
  CHECK(outcome("\x1F\x8B\x08") == "ouvert 0/0 I002 ligne 1: le fichier est compressé");
  CHECK(outcome("<?xml version=\"1.0\"?><Racine/>") ==
        "ouvert 0/0 I002 ligne 1: le fichier est un PDF, une page ou un flux XML, pas un CSV");
  CHECK(outcome("\xFF\xFEI\0d\0"s) == "ouvert 0/0 I003 ligne 1: le fichier est en UTF-16, ou n'est pas un texte");
  CHECK(outcome("I\0d\0e\0n\0"s) == "ouvert 0/0 I003 ligne 1: le fichier est en UTF-16, ou n'est pas un texte");
  CHECK(outcome("\"" + head) ==
        "ouvert 0/0 I002 ligne 1: la ligne d'en-tête ne se lit pas : un guillemet ouvert n'est pas refermé");
}

TEST_CASE("a missing column is named, with the one that it may be", "[exchange][csv]") {
  const Read other("Identifiant dans le SI*;Prenom;Nom de famille;Né le\n" + row);
  CHECK_FALSE(other.report.clos);
  REQUIRE(other.report.refuses.size() == 2);
  CHECK(other.report.refuses[0].motif == "la colonne « Nom* » manque");
  CHECK(other.report.refuses[1].motif == "la colonne « Date de naissance* » manque");
  CHECK(other.report.refuses[1].remede.starts_with("Vérifier que c'est le fichier des bénéficiaires"));
  CHECK(count(*other.journal, "import") == 0);
  const Read near("Identifiant dans le SI*;Prénom*;Nom*;Date de naisance\n");
  REQUIRE(near.report.refuses.size() == 1);
  CHECK(near.report.refuses[0].remede == "La colonne « Date de naisance » est-elle celle-là ? La renommer.");

  const Read bars("Identifiant dans le SI*|Prénom*|Nom*|Date de naissance*\nsi-1|Aline|Exemple|1990-05-17\n");
  REQUIRE(bars.report.refuses.size() == 4);
  CHECK(bars.report.refuses[0].remede == "L'en-tête n'a qu'une colonne : vérifier le séparateur (; , ou tabulation).");
  CHECK(outcome("Identifiant dans le SI*;Prénom*;Nom*;Nom;Date de naissance*\n") ==
        "ouvert 0/0 I002 ligne 1: la colonne « Nom* » est deux fois dans l'en-tête");
}

TEST_CASE("the date of the file is asked for", "[exchange][csv]") {
  CHECK(Read(head + row, "").outcome() == "ouvert 0/0 I002 : le fichier ne porte pas de date, et aucune n'est donnée");
}

TEST_CASE("separators, line ends, marks and column names vary; what is read does not", "[exchange][csv]") {
  std::string commas = head + row, tabs = head + row;
  std::replace(commas.begin(), commas.end(), ';', ',');
  std::replace(tabs.begin(), tabs.end(), ';', '\t');
  std::string crlf = "\xEF\xBB\xBF" + head + row;
  for (std::size_t at = 0; (at = crlf.find('\n', at)) != std::string::npos; at += 2)
    crlf.replace(at, 1, "\r\n");
  std::string unended = head + row;
  unended.pop_back();
  for (const std::string &bytes :
       {head + row, commas, tabs, crlf, unended, "\n" + head + "\n;;;;;\n" + row + ";;;;;;\n", "sep=;\n" + head + row,
        "\xEF\xBB\xBFsep=;\r\n" + head + row, "\"sep=;\"\n" + head + row,
        head + "=\"si-1\";\"=\"\"Aline\"\"\";Exemple;=\"1990-05-17\";=\"\";oui\n",
        "identifiant dans le si;PRENOM;nom;Date de naissance;nir;rqth\n" + row,
        head + "si-1;Aline;Exemple;1990-05-17;;oui;;\n"}) {
    CAPTURE(bytes);
    const Read read(bytes);
    CHECK(read.outcome() == "clos 1/1");
    CHECK(value(known_of(*read.journal, "carnet", "si-1", "2022-06-01"), "statut.rqth.reponse") == "oui");
  }
}

TEST_CASE("windows-1252 is read where a line is not UTF-8, and said once", "[exchange][csv]") {
  const std::string latin = "si-1;Ana\xEFs;Exemple-Fr\xEAne;1990-05-17;;oui\nsi-2;No\xEB;Exemple;1990-05-18;;\n";
  const Read read(head + latin);
  CHECK(read.outcome() == "clos 2/2");
  CHECK(value(known_of(*read.journal, "carnet", "si-1", "2022-06-01"), "identite.nom") == "Exemple-Frêne");
  CHECK(warned(head + latin) == "I003 ligne 2  [] le fichier n'est pas en UTF-8 : les lignes qui ne le sont pas sont "
                                "lues en windows-1252");
  CHECK(warned("Identifiant dans le SI*;Pr\xE9nom*;Nom*;Date de naissance*\nsi-1;Aline;Exemple;1990-05-17\n")
            .starts_with("I003 ligne 1"));
  // A mark says UTF-8: then such a line is a fault.
  CHECK(outcome("\xEF\xBB\xBF" + head + latin)
            .starts_with("clos 0/2 I003 ligne 2: l'octet 9 de la ligne n'est pas de l'UTF-8"));
  using namespace std::string_literals;
  CHECK(outcome(head + row + "si-2;No\0e;Exemple;1990-05-18;;\n"s).starts_with("clos 1/2 I003 ligne 3:"));
  CHECK(outcome(head + "si-2;No\x81;Exemple;1990-05-18;;\n").starts_with("clos 0/1 I003 ligne 2:"));
}

TEST_CASE("a line whose cells are not where the header says is refused alone", "[exchange][csv]") {
  CHECK(outcome(head + "si-2;Noé;Exemple\n" + row) ==
        "clos 1/2 I005 ligne 2: la ligne a 3 colonnes, l'en-tête 6 : ses valeurs seraient décalées");
  CHECK(outcome(head + "si-2;Noé;Exemple;de trop;1990-05-18;;oui\n" + row) ==
        "clos 1/2 I005 ligne 2: la ligne a 7 colonnes, l'en-tête 6 : ses valeurs seraient décalées");
  CHECK(outcome(head + "si-2;\"Noé;Exemple;1990-05-18;;\n" + row) ==
        "clos 1/2 I005 ligne 2: un guillemet ouvert n'est pas refermé");
  CHECK(warned(head + "si-2;Noé;Exemple;1990-05-18;\n") ==
        "I006 ligne 2  [] la ligne a 5 colonnes, l'en-tête 6 : les dernières sont lues comme vides");
  CHECK(outcome(head + "si-2;" + std::string(500, ';') + "\n" + row).starts_with("clos 1/2"));
  CHECK(outcome(head + "si-2;" + std::string(70'000, 'x') + ";Exemple;1990-05-18;;\n" + row)
            .starts_with("clos 1/2 I004 ligne 2: la ligne est plus longue que 65536 octets"));
}

TEST_CASE("a file that stops in the middle of a line is not closed, and read again it is", "[exchange][csv]") {
  const std::string whole = head + row + "si-2;Noé;Exemple;1990-05-18;;oui\n";
  const auto journal = store::open_memory();
  const Rapport cut = import_carnet_beneficiaires(*journal, *memory_bytes(whole.substr(0, whole.size() - 12)),
                                                  as_of("2022-06-01"), lists());
  CHECK_FALSE(cut.clos);
  CHECK(accounted(cut));
  CHECK(text(cut.refuses.back().code) == "I009");
  const auto persons = journal->lookup("carnet", "si-1");
  REQUIRE(persons.size() == 1);
  CHECK(value(situation(*journal, persons.front(), day("2022-06-01")), "identite.nom") == "-"); // it does not count yet
  const Rapport again = import_carnet_beneficiaires(*journal, *memory_bytes(whole), as_of("2022-06-01"), lists());
  CHECK(again.clos);
  CHECK(again.lus == 2);
  CHECK(value(situation(*journal, persons.front(), day("2022-06-01")), "identite.nom") == "Exemple");
}

TEST_CASE("a line of a gigabyte passes through flat memory", "[exchange][csv][slow]") {
  constexpr std::size_t gigabyte = std::size_t{1} << 30U, some = std::size_t{1} << 25U;
  for (const auto &[end, size] : {std::pair("\r\n", some), {"\n", gigabyte}}) {
    const auto journal = store::open_memory();
    const long before = peak_kib();
    Endless bytes(head, size, end + row);
    const Rapport report = import_carnet_beneficiaires(*journal, bytes, as_of("2022-06-01"), lists());
    CHECK(report.clos);
    CHECK(report.recus == 2);
    CHECK(report.lus == 1);
    CHECK(text(report.refuses.front().code) == "I004");
    if (size == gigabyte)
      CHECK(peak_kib() - before < 4'096);
  }
  // A quote that is never closed, a header that never ends.
  const auto journal = store::open_memory();
  Endless quoted(head + "\"", some, "\n" + row);
  CHECK(import_carnet_beneficiaires(*journal, quoted, as_of("2022-06-01"), lists()).lus == 1);
  Endless header("", some, "\n" + row);
  CHECK_FALSE(import_carnet_beneficiaires(*journal, header, as_of("2022-06-01"), lists()).clos);
}

TEST_CASE("a value that no payload holds is a fault of its field", "[exchange][csv]") {
  const std::string wide = head + "si-1;Aline;Exemple;1990-05-17;;oui\n";
  std::string file = "Identifiant dans le SI*;Prénom*;Nom*;Date de naissance*;Situation;Adresse\nsi-1;Aline;Exemple;"
                     "1990-05-17;" +
                     std::string(200, 'z') + ";" + std::string(20'000, 'y') + "\n";
  const Read read(file);
  CHECK(read.report.lus == 1);
  CHECK(read.report.fautes == 2);
  CHECK(read.report.refuses[0].champ == "adresse.lignes");
  CHECK(read.report.refuses[1].champ == "situation_professionnelle.code");
}
