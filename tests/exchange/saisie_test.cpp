// What somebody types is judged as the same value read in a file is.
#include "tests/catch.hpp"

#include "spie/exchange/saisie.hpp"
#include "spie/json.hpp"

using namespace spie;
using namespace spie::exchange;

namespace {

std::string faults(std::string_view type, std::string_view content) {
  std::string text;
  for (const FauteSaisie &one : verifier_saisie(type, read_json(content), *feel::Date::parse("2022-06-01")))
    text += one.champ + (one.gardee ? " kept; " : " refused; ");
  return text;
}

} // namespace

TEST_CASE("a telephone, an address, a postcode and a birth are judged as in a file", "[exchange][saisie]") {
  CHECK(faults("adresse", R"({"code_postal": "77000"})").empty());
  CHECK(faults("adresse", R"({"code_postal": "7700"})") == "code_postal refused; ");
  CHECK(faults("contact", R"({"telephones": ["0639980001"], "courriels": ["aline@example.org"]})").empty());
  CHECK(faults("contact", R"({"telephones": ["639980001"]})") == "telephones kept; ");
  CHECK(faults("contact", R"({"courriels": ["aline@example.org", "aline@example,org"]})") == "courriels refused; ");
  CHECK(faults("identite", R"({"date_naissance": "1990-06-15"})").empty());
  CHECK(faults("identite", R"({"date_naissance": "2022-06-02"})") == "date_naissance refused; ");
  CHECK(faults("identite", R"({"date_naissance": {"@date": "2030-01-01"}})") == "date_naissance refused; ");
}

TEST_CASE("each fault says why and what to do", "[exchange][saisie]") {
  const auto found =
      verifier_saisie("adresse", read_json(R"({"code_postal": "1000"})"), *feel::Date::parse("2022-06-01"));
  REQUIRE(found.size() == 1);
  CHECK(!found[0].motif.empty());
  CHECK(!found[0].remede.empty());
}

TEST_CASE("a type that does not exist and a content that is no object are refused", "[exchange][saisie]") {
  const auto code = [](std::string_view type, std::string_view content) {
    try {
      faults(type, content);
    } catch (const Error &error) {
      return std::string(text(error.first().code));
    }
    return std::string("none");
  };
  CHECK(code("nulle_part", "{}") == text(Code::dossier_type));
  CHECK(code("adresse", "[]") == text(Code::json_value));
}
