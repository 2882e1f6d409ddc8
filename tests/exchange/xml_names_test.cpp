#include "tests/catch.hpp"

#include "exchange/xml_names.hpp"

using namespace spie::exchange;

TEST_CASE("names are found, and no other", "[exchange][xml]") {
  static constexpr XmlNames names(std::array<std::string_view, 4>{"NIR", "NOM", "DetailDroitRSA", "DetailDrxxxRSA"});
  CHECK(names.find("NIR") == 0);
  CHECK(names.find("DetailDrxxxRSA") == 3);
  CHECK(names.find("NI") == 4);
  CHECK(names.find("") == 4);
  CHECK(names.find("DetailDryyyRSA") == 4);
}
