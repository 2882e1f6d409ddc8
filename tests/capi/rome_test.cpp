// A release of the ROME through C: from bytes and from a folder, searched, found, compared.
#include "tests/capi/c_api.hpp"

using namespace capi_test;

namespace {

using Rome = Handle<spie_rome, spie_rome_free>;

const std::string folder = std::string(SPIE_SOURCE_DIR) + "/examples/donnees/rome";

const char skills[] = "code_ogr,nature,libelle_competence,definition,code_ogr_macro_comp,code_macro_comp,cat_comp,"
                      "transition_eco,transition_num\n"
                      "9990001,Compétence,Tenir une caisse,,,,Savoir-faire,,\n"
                      "9990002,Talent,Laver,,,,Savoir-faire,,\n";

} // namespace

TEST_CASE("a release of the ROME is read from bytes through C, each line accounted for") {
  Rome rome;
  Text text;
  CError error;
  const spie_file file{"unix_referentiel_competence_v7_utf8.csv", skills, sizeof skills - 1};
  REQUIRE(spie_rome_from_files(rome.out(), "v7", &file, 1, &error) == SPIE_OK);
  REQUIRE(spie_rome_reading(text.out(), text.length(), rome.get(), &error) == SPIE_OK);
  const Json reading = text.json();
  CHECK(reading["version"] == "v7");
  CHECK(reading["recus"] == 2);
  CHECK(reading["lus"] == 1);
  CHECK(reading["refuses"][0]["ligne"] == 3);
  CHECK(reading["refuses"][0]["champ"] == "nature");
  CHECK(reading["natures"] == Json::parse(R"([{"raison": "competence", "nombre": 1}])"));

  Rome none;
  CHECK(spie_rome_from_files(none.out(), "v8", &file, 1, &error) == SPIE_ERROR_IMPORT);
  CHECK(std::string(error.code) == "I002");
  CHECK(none.get() == nullptr);
  CHECK(spie_rome_from_files(none.out(), "8", &file, 1, &error) == SPIE_ERROR_ARGUMENT);
  CHECK(spie_rome_from_files(none.out(), "v7", nullptr, 1, &error) == SPIE_ERROR_ARGUMENT);
  CHECK(spie_rome_from_files(none.out(), "v7", nullptr, 0, &error) == SPIE_ERROR_IMPORT);
  CHECK(spie_rome_from_files(none.out(), nullptr, &file, 1, &error) == SPIE_ERROR_ARGUMENT);
}

TEST_CASE("a release of the ROME is read within limits through C") {
  Rome rome;
  CError error;
  const spie_file file{"unix_referentiel_competence_v7_utf8.csv", skills, sizeof skills - 1};
  spie_limits limits = SPIE_LIMITS_INIT;
  CHECK(spie_rome_from_files_within(rome.out(), "v7", &file, 1, &limits, &error) == SPIE_OK);
  limits.bytes = file.length - 1;
  CHECK_REFUSED(spie_rome_from_files_within(rome.out(), "v7", &file, 1, &limits, &error), SPIE_ERROR_IMPORT, "I004");
  CHECK_REFUSED(spie_rome_load_within(rome.out(), folder.c_str(), "v998", &limits, &error), SPIE_ERROR_IMPORT, "I004");
  limits = SPIE_LIMITS_INIT;
  limits.steps = 10;
  CHECK_REFUSED(spie_rome_from_files_within(rome.out(), "v7", &file, 1, &limits, &error), SPIE_ERROR_IMPORT, "I004");
  CHECK(std::string(error.remedy).find("`steps`") != std::string::npos);
  limits = SPIE_LIMITS_INIT;
  limits.list_size = 1;
  CHECK_REFUSED(spie_rome_load_within(rome.out(), folder.c_str(), "v998", &limits, &error), SPIE_ERROR_IMPORT, "I004");
}

TEST_CASE("a release of the ROME is searched and found in through C") {
  Rome rome;
  Text text;
  CError error;
  REQUIRE(spie_rome_load(rome.out(), folder.c_str(), "v998", &error) == SPIE_OK);
  const char *natures[] = {"competence"};
  REQUIRE(spie_rome_search(text.out(), text.length(), rome.get(), "LEGUME", natures, 1, 1, &error) == SPIE_OK);
  CHECK(text.json()["total"] == 2);
  CHECK(text.json()["entrees"].size() == 1);
  CHECK(text.json()["entrees"][0]["libelle"] == "Récolter des légumes");
  CHECK(text.json()["entrees"][0]["version"] == "v998");
  REQUIRE(spie_rome_find(text.out(), text.length(), rome.get(), "300465", nullptr, &error) == SPIE_OK);
  CHECK(text.json()[0]["entree"]["nature"] == "macro_savoir_etre");
  CHECK(text.json()[0]["liens"][0]["code"] == "Z9001");
  REQUIRE(spie_rome_find(text.out(), text.length(), rome.get(), "300465", "savoir", &error) == SPIE_OK);
  CHECK(text.json().empty());
  CHECK(spie_rome_find(text.out(), text.length(), rome.get(), "300465", "talent", &error) == SPIE_ERROR_ARGUMENT);
  CHECK(spie_rome_search(text.out(), text.length(), rome.get(), "x", nullptr, 1, 1, &error) == SPIE_ERROR_ARGUMENT);
  CHECK(spie_rome_search(text.out(), text.length(), rome.get(), "x", nullptr, 0, -1, &error) == SPIE_ERROR_ARGUMENT);
  CHECK(spie_rome_search(text.out(), text.length(), rome.get(), "\xFF", nullptr, 0, 1, &error) == SPIE_ERROR_ARGUMENT);
  CHECK(spie_rome_search(text.out(), text.length(), nullptr, "x", nullptr, 0, 1, &error) == SPIE_ERROR_ARGUMENT);
  CHECK(spie_rome_load(rome.out(), (folder + "/rien").c_str(), "v998", &error) == SPIE_ERROR_IMPORT);
  CHECK(std::string(error.code) == "I001");
}

TEST_CASE("a later release of the ROME judges the codes of a passport through C") {
  Rome rome;
  Text text;
  CError error;
  REQUIRE(spie_rome_load(rome.out(), folder.c_str(), "v999", &error) == SPIE_OK);
  const std::string references = R"(["300465", {"code": "9990010", "nature": "competence", "version": "v998"},
      {"code": "9990005", "libelle": "Nettoyer les sols"}])";
  REQUIRE(spie_rome_compare(text.out(), text.length(), rome.get(), references.data(), references.size(), &error) ==
          SPIE_OK);
  const Json found = text.json();
  CHECK(found["version"] == "v999");
  CHECK(found["disparus"] == 1);
  CHECK(found["references"][1]["etat"] == "disparu");
  CHECK(found["references"][2]["changements"] == Json::parse(R"(["libelle"])"));
  CHECK(found["references"][2]["libelle"] == "Nettoyer et désinfecter les sols");
  CHECK(spie_rome_compare(text.out(), text.length(), rome.get(), "[1]", 3, &error) == SPIE_ERROR_JSON);
  CHECK(spie_rome_compare(text.out(), text.length(), rome.get(), "{}", 2, &error) == SPIE_ERROR_JSON);
}
