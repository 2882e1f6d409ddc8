// Files read into a store through the C interface. What each format reads is tested in tests/exchange.
#include "tests/capi/c_api.hpp"

#include <fstream>
#include <iterator>
#include <map>
#include <vector>

using namespace capi_test;

namespace {

const std::string source = SPIE_SOURCE_DIR;
const std::string lists = source + "/nomenclatures";
const std::string structures = source + "/tests/exchange/donnees/carnet_structures.csv";

std::string bytes_of(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Options : spie_import_options {
  Options() : spie_import_options SPIE_IMPORT_OPTIONS_INIT {
    author = "import";
    recorded_at = "2022-03-05T12:00:00Z";
    nomenclatures = lists.c_str();
    date = "2022-02-28";
  }
};

struct Case {
  Handle<spie_store, spie_store_free> store;
  Text text;
  CError error;
  Case() { CHECK_OK(spie_store_memory(store.out(), nullptr, &error)); }
  spie_status read(const char *format, const char *path, const std::string &bytes, const Options &options = {}) {
    return spie_import(text.out(), text.length(), store.get(), format, path, bytes.data(), bytes.size(), &options,
                       &error);
  }
};

// The numbers that a program was told, and after how many of them it wants no more.
struct Told {
  std::vector<int64_t> records;
  std::size_t enough = 1'000;
};
int32_t tell(void *context, int64_t records) {
  auto &told = *static_cast<Told *>(context);
  told.records.push_back(records);
  return told.records.size() < told.enough ? 0 : 1;
}

} // namespace

TEST_CASE("what is typed is judged as an import would", "[import]") {
  CError error;
  Text text;
  const std::string content = R"({"code_postal": "7700"})";
  CHECK_OK(
      spie_entry_check(text.out(), text.length(), "adresse", content.data(), content.size(), "2022-06-01", &error));
  REQUIRE(text.json().size() == 1);
  CHECK(text.json()[0]["champ"] == "code_postal");
  CHECK(text.json()[0]["gardee"] == false);
  CHECK(spie_entry_check(text.out(), text.length(), "rien", "{}", 2, "2022-06-01", &error) == SPIE_ERROR_DOSSIER);
}

TEST_CASE("each format is named with what it needs", "[import]") {
  CError error;
  Text text;
  CHECK_OK(spie_import_formats(text.out(), text.length(), &error));
  std::map<std::string, std::string> needs;
  for (const Json &format : text.json())
    needs[format["nom"]] = format["besoin"];
  CHECK(needs["vrsb"] == "rien");
  CHECK(needs["dsp"] == "rien");
  CHECK(needs["france_travail_diagnostic"] == "personne");
  CHECK(needs["csv"] == "plan");
  CHECK(needs["caf_contacts"] == "organisme");
}

TEST_CASE("a file and its bytes read alike, and the report accounts for each record", "[import]") {
  Case by_path, by_bytes;
  {
    CError &error = by_path.error;
    CHECK_OK(by_path.read("carnet_structures", structures.c_str(), {}));
  }
  CError &error = by_bytes.error;
  Options named;
  named.name = "carnet_structures.csv";
  CHECK_OK(by_bytes.read("carnet_structures", nullptr, bytes_of(structures), named));
  const Json first = by_path.text.json(), second = by_bytes.text.json();
  CHECK(first["clos"] == true);
  CHECK(first["recus"].get<int>() > 0);
  CHECK(first["recus"].get<int>() == first["lus"].get<int>() + first["refuses_total"].get<int>());
  CHECK(first["fichier"] == "carnet_structures.csv");
  CHECK(first["date_reference"] == Json({{"@date", "2022-02-28"}}));
  for (const char *key : {"document", "fichier", "recus", "lus", "evenements", "refuses", "avertissements"})
    CHECK(first[key] == second[key]);
  CHECK_OK(spie_store_verify(by_bytes.text.out(), nullptr, by_bytes.store.get(),
                             second["tete"]["maillon"].get<std::string>().c_str(), &error));
  CHECK(Json::parse(by_bytes.text.get())["tete_trouvee"] == true);
}

TEST_CASE("a program is told how far an import is, and may end it", "[import]") {
  const std::string plan = R"({"source": "essai", "cle": "id",
    "identite": {"nom": "nom", "prenom": "prenom", "date_naissance": "naissance"}, "faits": []})";
  std::string rows = "id;nom;prenom;naissance\n";
  for (int i = 0; i < 2'500; ++i)
    rows += std::to_string(i) + ";EXEMPLE" + std::to_string(i) + ";Aline;1990-05-04\n";
  Told told;
  Options options;
  options.plan = plan.data();
  options.plan_length = plan.size();
  options.progress = tell;
  options.context = &told;
  Case one;
  CError &error = one.error;
  const auto known = [&] {
    CHECK_OK(spie_dossier_find(one.text.out(), one.text.length(), one.store.get(), "nom", "EXEMPLE", 1, &error));
    const std::string who = one.text.json().at(0);
    CHECK_OK(spie_dossier_values(one.text.out(), one.text.length(), one.store.get(), who.c_str(), "2022-03-31", nullptr,
                                 nullptr, &error));
    return one.text.json();
  };

  told.enough = 2;
  CHECK_REFUSED(one.read("csv", nullptr, rows, options), SPIE_ERROR_ARGUMENT, "A001");
  CHECK(std::string(error.where) == "options.progress");
  CHECK(told.records == std::vector<int64_t>{1'000, 2'000});
  CHECK(known().empty()); // committed in batches, and never closed

  told = Told();
  CHECK_OK(one.read("csv", nullptr, rows, options));
  CHECK(told.records == std::vector<int64_t>{1'000, 2'000});
  CHECK(one.text.json()["clos"] == true);
  CHECK(one.text.json()["recus"] == 2'500);
  CHECK(known()["identite"]["prenom"] == "Aline");
}

TEST_CASE("a file that ends early gives a report that is not closed", "[import]") {
  Case one;
  CError &error = one.error;
  CHECK_OK(one.read("vrsb", nullptr, "<?xml version=\"1.0\"?><IdentificationFlux>"));
  CHECK(one.text.json()["clos"] == false);
  CHECK(one.text.json()["refuses"].size() == 1);
  CHECK(std::string(one.text.json()["refuses"][0]["code"]).front() == 'I');
}

TEST_CASE("an import keeps to the limits that it is given", "[import]") {
  Case one;
  CError &error = one.error;
  spie_limits limits = SPIE_LIMITS_INIT;
  Options options;
  options.limits = &limits;
  const std::string bytes = bytes_of(structures);
  const auto refused = [&] {
    CHECK_OK(one.read("carnet_structures", nullptr, bytes, options));
    const Json report = one.text.json();
    CHECK(report["clos"] == false);
    CHECK(report["refuses"][0]["code"] == "I004");
    return report["refuses"][0]["remede"].get<std::string>();
  };
  limits.list_size = 1;
  CHECK_THAT(refused(), Catch::Contains("list_size"));
  limits = SPIE_LIMITS_INIT;
  limits.bytes = bytes.size() - 1;
  CHECK_THAT(refused(), Catch::Contains("bytes"));
  limits = SPIE_LIMITS_INIT;
  limits.steps = 1;
  CHECK_THAT(refused(), Catch::Contains("steps"));
  limits = SPIE_LIMITS_INIT;
  limits.depth = 65;
  CHECK_REFUSED(one.read("carnet_structures", nullptr, bytes, options), SPIE_ERROR_ARGUMENT, "A001");
  limits = SPIE_LIMITS_INIT;
  CHECK_OK(one.read("carnet_structures", nullptr, bytes, options));
  CHECK(one.text.json()["clos"] == true);
}

TEST_CASE("what an import lacks is refused by name", "[import]") {
  Case one;
  CError &error = one.error;
  CHECK_REFUSED(one.read("vrsbe", nullptr, "x"), SPIE_ERROR_IMPORT, "I002");
  CHECK(std::string(error.remedy).find("vrsb, ") != std::string::npos);
  CHECK_REFUSED(one.read("vrsb", "/nulle/part.xml", {}), SPIE_ERROR_IMPORT, "I001");
  CHECK_REFUSED(one.read("france_travail_diagnostic", nullptr, "{}"), SPIE_ERROR_ARGUMENT, "A001");
  CHECK(std::string(error.where) == "person");
  CHECK_REFUSED(one.read("csv", nullptr, "a;b"), SPIE_ERROR_ARGUMENT, "A001");
  CHECK(std::string(error.where) == "plan");
  Options options;
  options.plan = "{}";
  options.plan_length = 2;
  CHECK_REFUSED(one.read("csv", nullptr, "a;b", options), SPIE_ERROR_IMPORT, "I010");
  CHECK(error.findings > 1);
  options.nomenclatures = "/nulle/part";
  CHECK_REFUSED(one.read("vrsb", nullptr, "x", options), SPIE_ERROR_IMPORT, "I001");
  options = Options();
  options.author = nullptr;
  CHECK_REFUSED(one.read("vrsb", nullptr, "x", options), SPIE_ERROR_ARGUMENT, "A001");
  CHECK_REFUSED(spie_import(one.text.out(), nullptr, one.store.get(), "vrsb", nullptr, "x", 1, nullptr, &error),
                SPIE_ERROR_ARGUMENT, "A001");
  CHECK_OK(spie_store_head(one.text.out(), one.text.length(), one.store.get(), &error));
  CHECK(one.text.json()["seq"] == 0);
}
