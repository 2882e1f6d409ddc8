#include "tests/catch.hpp"

#include "spie/diagnostic.hpp"
#include "spie/exchange/nomenclatures.hpp"

using namespace spie;
using namespace spie::exchange;

namespace {

std::string refusal(const std::string &json) {
  try {
    Nomenclatures::from_texts({{"essai.json", json}});
    return {};
  } catch (const Error &error) {
    return std::string(text(error.first().code)) + " at " + error.first().where;
  }
}

} // namespace

TEST_CASE("the lists that come with the library are read, and say what they know of a code",
          "[exchange][nomenclatures]") {
  const Nomenclatures lists = Nomenclatures::load(std::string(SPIE_SOURCE_DIR) + "/nomenclatures");
  const Nomenclature *carnet = lists.find("carnet");
  REQUIRE(carnet != nullptr);
  CHECK(carnet->reference() == "carnet@2024-02-29");
  CHECK(carnet->text("droits_rsa", "rsa_clos", "brsa") == "non");
  CHECK(carnet->find("situation", "scolarisé") != nullptr);
  CHECK(carnet->find("situation", "aidant_familial") == nullptr); // a code of the screens, not of the file
  CHECK_FALSE(carnet->has("permis"));
  // The same code, two objectives: the version is part of the key.
  CHECK(lists.find("france_travail.diagnostic.v1")->text("objectif", "23/29", "libelle") ==
        "Trouver une solution de transport (hors acquisition ou entretien de véhicule)");
  CHECK(lists.find("france_travail.diagnostic.v4")->text("objectif", "23/29", "libelle") == "Accéder à un véhicule");
  CHECK(lists.find("inconnue") == nullptr);
}

TEST_CASE("a list that has not its form is refused at its place", "[exchange][nomenclatures]") {
  CHECK(refusal("[]") == "I010 at essai.json#");
  CHECK(refusal(R"({"version": "1"})") == "I010 at essai.json#/id");
  const std::string head = R"({"id": "a", "version": "1", "titre": "t", "source": "s", "listes": )";
  CHECK(refusal(head + R"({"l": []}})") == "I010 at essai.json#/listes/l");
  CHECK(refusal(head + R"({"l": {"valeurs": [{"code": "1"}, {"code": 1}]}}})") ==
        "I010 at essai.json#/listes/l/valeurs/1/code");
  CHECK(refusal(head + R"({"l": {"valeurs": [{"code": "1"}, {"code": "1"}]}}})") ==
        "I010 at essai.json#/listes/l/valeurs/1/code");
  CHECK(refusal(head + "{}}").empty());
  CHECK(refusal("{").starts_with("J001"));
  CHECK_THROWS_AS(Nomenclatures::load("/nulle/part"), Error);
}
