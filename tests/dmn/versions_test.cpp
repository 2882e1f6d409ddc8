// A model of each version of DMN whose schema is published; tests/editors/xsd.py holds the same files to those schemas.
#include "tests/dmn/models.hpp"

#include <fstream>
#include <sstream>

using namespace models;

namespace {

std::shared_ptr<const dmn::Model> version(const std::string &number) {
  const std::string name = "version-" + number + ".dmn";
  std::ifstream file(std::string(SPIE_SOURCE_DIR) + "/tests/dmn/models/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return dmn::Model::load({{name, text.str()}});
}

} // namespace

TEST_CASE("a model of each version is read and evaluated", "[dmn][xml]") {
  for (const std::string number : {"1.2", "1.3", "1.4", "1.5"}) {
    INFO(number);
    const auto model = version(number);
    CHECK(model->findings().empty());
    const dmn::Given given{"depense", Context{{"montant", Value(1000)}, {"nature", Value("coordination")}}};
    CHECK(run(*model, "frais", {given}).value.to_feel() == "{plafond: 150, dus: 150}");
  }
}

TEST_CASE("what came with 1.4 and 1.5 is read in files of those versions", "[dmn][xml]") {
  for (const std::string number : {"1.4", "1.5"})
    CHECK(run(*version(number), "boites").value.to_feel() == "{si: \"oui\", pour: [1, 4, 9], choix: [4, 9], un: true}");
  CHECK(run(*version("1.5"), "deux").value.to_feel() == "[1, 2]");
}
