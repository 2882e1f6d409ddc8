#include "tests/dossier/events.hpp"

#include "spie/dossier/recherche.hpp"

using namespace spie;
using namespace spie::dossier;
using namespace spie::testing;

TEST_CASE("a dossier is found by its NIR, of which the store has the fingerprint alone", "[dossier][recherche]") {
  const auto journal = store::open_memory();
  const std::string print = journal->nir_fingerprints("2900577990123").front();
  record(*journal, "2022-03-05",
         {{"personne:aline", "identifiant", R"({"genre": "nir", "valeur": ")" + print + R"("})", "2022-01-01"},
          {"personne:aline", "identifiant", R"({"genre": "dossier_ft", "valeur": "A-1"})", "2022-01-01"}});
  const std::vector aline{subject("personne:aline")};
  CHECK(chercher(*journal, "nir", "2900577990123", 10) == aline);
  CHECK(chercher(*journal, "nir", "2 90 05 77 990 123 43", 10) == aline); // with its key
  CHECK(chercher(*journal, "nir", "2900577990124", 10).empty());
  CHECK(chercher(*journal, "dossier_ft", "A-1", 10) == aline);
  CHECK(chercher(*journal, "dossier_ft", "A-", 10).empty()); // whole
  try {
    chercher(*journal, "nir", "29005779901X", 10);
    FAIL("this is no NIR");
  } catch (const Error &error) {
    CHECK(error.first().code == Code::dossier_unknown);
    CHECK(error.first().message.find("29005779901X") == std::string::npos); // nor repeated
  }
}

TEST_CASE("a search gives the dossiers that hold, each once, up to a limit", "[dossier][recherche]") {
  const auto journal = store::open_memory();
  for (const char *id : {"personne:a", "personne:b", "personne:c"})
    record(*journal, "2022-03-05",
           {{id, "identite", R"({"nom": "D'Exemple", "nom_naissance": "Exempt", "prenom": "A"})", "2022-01-01"}});
  CHECK(chercher(*journal, "nom", "d’exemple", 10).size() == 3);
  CHECK(chercher(*journal, "nom", "EXEMPT", 2).size() == 2);
  fusionner(*journal, subject("personne:a"), subject("personne:b"),
            {"x", instant("2022-04-01T12:00:00Z"), day("2022-04-01"), {}});
  CHECK(chercher(*journal, "nom", "exempt", 10) == std::vector{subject("personne:a"), subject("personne:c")});
}
