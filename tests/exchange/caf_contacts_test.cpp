// The monthly file of contacts of a CAF: it completes who the flow of beneficiaries made known, and makes nobody.
#include "tests/exchange/fichiers.hpp"
#include "tests/exchange/vrsb_file.hpp"

#include "spie/exchange/caf_contacts.hpp"
#include "spie/exchange/formats.hpp"
#include "spie/exchange/vrsb.hpp"

using namespace spie;
using namespace spie::dossier;
using namespace spie::exchange;
using namespace spie::testing;

namespace {

const std::string header = "MATRICULE;ROLE PERSONNE;TYPE PERSONNE;NIR;NUMERO DEMANDE RSA;DATE DEMANDE RSA;DATE DEBUT "
                           "DROITS - DEVOIRS;NOM RESPONSABLE DOSSIER;PRENOM RESPONSABLE DOSSIER;NUMERO TELEPHONE "
                           "DOSSIER;NUMERO TELEPHONE 2 DOSSIER;ADRESSE ELECTRONIQUE DOSSIER\n";
std::string row(std::string_view key, std::string_view surname, std::string_view first_name, std::string_view phone,
                std::string_view other = {}, std::string_view mail = {}, std::string_view nir = {}) {
  std::string text(key);
  text += ";DEM;A;" + std::string(nir) + ";01000001077;06/08/2018;06/08/2018";
  for (const std::string_view one : {surname, first_name, phone, other, mail})
    text += ";" + std::string(one);
  return text + "\n";
}

// Households of CAF 771, as of 28 February 2022: a couple, and a woman alone; one of the same number at CAF 772.
struct Base {
  std::unique_ptr<Journal> journal = store::open_memory();
  Base() {
    vrsb::File file;
    vrsb::Household couple, alone, elsewhere;
    couple.personnes = {{"D'EXEMPLE", "ELEONORE", "1990-05-17"}, {"MODELE", "BASILE", "1988-01-30", "CJT", {}, "1"}};
    alone.matricule = "000000200000000";
    alone.personnes = {{"ESSAI-TILLEUL", "AMBRE", "1985-03-02"}};
    elsewhere = alone;
    elsewhere.numorg = "772";
    elsewhere.personnes = {{"EXEMPLE", "CYPRIEN", "1970-01-05", "DEM", {}, "1"}};
    file.foyers = {couple, alone, elsewhere};
    REQUIRE(import_vrsb(*journal, *memory_bytes(to_xml(file)), as_of(""), lists()).clos);
  }
  Rapport read(std::string_view bytes, std::string_view date = "2022-03-05", std::string_view office = "771") {
    Rapport report = import_caf_contacts(*journal, *memory_bytes(bytes), office, as_of(date));
    CHECK(accounted(report));
    CHECK(report.dossiers_nouveaux == 0);
    CHECK(journal->subjects(Genre::personne, "", 100).size() == 4);
    return report;
  }
  std::string of(std::string_view name, std::string_view path, std::string_view on = "2022-03-10") {
    return value(known_of(*journal, "nom", name, on), path);
  }
};

} // namespace

TEST_CASE("a row of contacts completes the person of the household whose names agree", "[exchange][caf_contacts]") {
  Base base;
  const Rapport report = base.read(header +
                                   row("100000100000000", "DEXEMPLE", "Éléonore", "0639980001", "0639980002",
                                       "Eleonore@Example.org", "2900577650012") +
                                   row("000000200000000", "TILLEUL", "Ambre", "+33639980003"));
  CHECK(report.clos);
  CHECK(report.lus == 2);
  CHECK(report.fautes == 0);
  CHECK(report.avertissements_total == 0);
  CHECK(report.faits == 2);
  CHECK(report.unite == "ligne");
  CHECK(fact(known_of(*base.journal, "nom", "DEXEMPLE", "2022-03-10"), "contact.courriels") ==
        R"(["eleonore@example.org"] (caf.contacts, source_unique))");
  CHECK(base.of("DEXEMPLE", "contact.telephones") == R"(["0639980001", "0639980002"])");
  CHECK(base.of("ESSAITILLEUL", "contact.telephones") == R"(["+33639980003"])");
  CHECK(base.of("MODELE", "contact.telephones") == "-");
  base.journal->each(1, everything, [](const Evenement &event) {
    CHECK(write_json(dossier::to_value(event)).find("2900577650012") == std::string::npos);
  });
}

TEST_CASE("a row of contacts that names nobody of the household is refused, with its reason",
          "[exchange][caf_contacts]") {
  Base base;
  const Rapport report =
      base.read(header + row("100000100000000", "ORME", "Cyprien", "0639980001") +
                row("100000100000000", "EXEMPLE", "Basile", "0639980001") +
                row("999999999999999", "EXEMPLE", "Ambre", "0639980001") + row("", "EXEMPLE", "Ambre", "0639980001") +
                row("200000000", "TILLEUL", "Ambre", "0639980001") + row("100000100000000", "", "", "0639980001") +
                row("000000200000000", "EXEMPLE", "Cyprien", "0639980001"));
  CHECK(report.lus == 0);
  std::vector<std::string> why;
  for (const Refus &one : report.refuses)
    why.push_back(one.place + " " + one.motif);
  CHECK(why == std::vector<std::string>{"ligne 2 les noms ne sont ceux d'aucun adulte de ce foyer",
                                        "ligne 3 les noms ne sont ceux d'aucun adulte de ce foyer",
                                        "ligne 4 aucun foyer de la CAF 771 n'a ce matricule",
                                        "ligne 5 le matricule manque ou ne peut être lu",
                                        "ligne 6 aucun foyer de la CAF 771 n'a ce matricule",
                                        "ligne 7 le foyer a plusieurs adultes, et la ligne n'en nomme aucun",
                                        "ligne 8 les noms ne sont ceux d'aucun adulte de ce foyer"});
  CHECK(report.faits == 0);
  // The same number is another household at the CAF next door.
  CHECK(base.read(header + row("000000200000000", "EXEMPLE", "Cyprien", "0639980004"), "2022-03-06", "CAF 772").lus ==
        1);
}

TEST_CASE("a matricule is known by its seven digits, a first zero lost or not", "[exchange][caf_contacts]") {
  Base base;
  CHECK(base.read(header + row("1000001", "D'EXEMPLE", "ELEONORE", "0639980001")).lus == 1);
  CHECK(base.read(header + row("0000002", "TILLEUL", "Ambre", "0639980002"), "2022-03-06").lus == 1);
  CHECK(base.read(header + row("2", "TILLEUL", "Ambre", "0639980003"), "2022-03-07").lus == 1);
  CHECK(base.read(header + row("1000002", "TILLEUL", "Ambre", "0639980003"), "2022-03-08").lus == 0);
  CHECK(base.of("ESSAITILLEUL", "contact.telephones") == R"(["0639980003"])");
}

TEST_CASE("four columns are enough for who lives alone", "[exchange][caf_contacts]") {
  Base base;
  const std::string four =
      "ADRESSE ELECTRONIQUE DOSSIER,MATRICULE,NUMERO TELEPHONE DOSSIER,NUMERO TELEPHONE 2 DOSSIER\n"
      "a@example.org,000000200000000,0639980001,\n"
      "b@example.org,100000100000000,0639980002,\n";
  const Rapport report = base.read(four);
  CHECK(report.clos);
  CHECK(report.lus == 1);
  CHECK(base.of("ESSAITILLEUL", "contact.courriels") == R"(["a@example.org"])");
  const Rapport refused = base.read("MATRICULE;NUMERO TELEPHONE DOSSIER;NUMERO TELEPHONE 2 DOSSIER\n");
  CHECK_FALSE(refused.clos);
  CHECK(refused.refuses[0].motif == "la colonne « ADRESSE ELECTRONIQUE DOSSIER » manque");
}

TEST_CASE("contacts are checked, and read twice add nothing", "[exchange][caf_contacts]") {
  Base base;
  const std::string bytes = header + row("100000100000000", "D'EXEMPLE", "ELEONORE", "639980001", "", "pas de mail") +
                            row("100000100000000", "D'EXEMPLE", "ELEONORE", "639980001", "", "") +
                            row("100000100000000", "D'EXEMPLE", "ELEONORE", "0639980009", "", "");
  const Rapport report = base.read(bytes);
  CHECK(report.lus == 3);
  CHECK(report.fautes == 1);
  REQUIRE(report.avertissements_total == 3); // a digit is missing, twice; the last line says otherwise
  CHECK(report.avertissements.back().motif == "la ligne 2 dit autre chose de la même personne : elle seule compte");
  CHECK(base.of("DEXEMPLE", "contact.telephones") == R"(["639980001"])");
  CHECK(base.read(bytes).evenements == 2);
}

TEST_CASE("who left the household is not completed by its row", "[exchange][caf_contacts]") {
  Base base;
  vrsb::File file;
  file.reference = "2022-03-31";
  file.foyers[0].matricule = "300000300000000";
  file.foyers[0].personnes = {{"MODELE", "BASILE", "1988-01-30", "DEM", "1880177650044", "1"}};
  REQUIRE(import_vrsb(*base.journal, *memory_bytes(to_xml(file)), as_of(""), lists()).clos);
  // He is two dossiers until somebody decides; each row goes to that of its household.
  const auto journal = base.journal.get();
  CHECK(journal->subjects(Genre::personne, "", 100).size() == 5);
  const Rapport report =
      import_caf_contacts(*journal, *memory_bytes(header + row("300000300000000", "MODELE", "Basile", "0639980001")),
                          "771", as_of("2022-04-05"));
  CHECK(report.lus == 1);
}

TEST_CASE("the number of the CAF is asked for, and must be one", "[exchange][caf_contacts]") {
  Base base;
  const std::string bytes = header;
  const auto with = [&](const char *office) {
    Complements more;
    more.organisme = office;
    return refusal(
        [&] { importer(*base.journal, "caf_contacts", *memory_bytes(bytes), as_of("2022-03-05"), lists(), more); });
  };
  CHECK(with("") == "A001 at organisme");
  CHECK(with("Melun") == "A001 at organisme");
  CHECK(with("CAF 771").empty());
  for (const Format &format : formats())
    if (format.nom == "caf_contacts") {
      CHECK(text(format.besoin) == "organisme");
      CHECK(format.source == "caf.contacts");
    }
}
