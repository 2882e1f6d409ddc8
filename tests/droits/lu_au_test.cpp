// A parameter read at the date of a fact says on which side of a change of law that fact lies.
#include "tests/droits/attaquant.hpp"
#include "tests/pack/files.hpp"

using namespace spie;
using namespace spie::droits;
using namespace spie::testing;

TEST_CASE("a parameter that is read at the date of a masked fact does not tell that date", "[droits][attaquant]") {
  SmallPack small;
  small.model = SmallPack::dmn("<literalExpression><text>distance &gt;= seuil</text></literalExpression>",
                               R"(<inputData id="i5" name="jour"><variable name="jour" typeRef="date"/></inputData>)");
  small.parameters = with(small.parameters, "\"article\"", "\"lu_au\": \"jour\", \"article\"");
  small.cases = R"({"cas": []})";
  const auto pack = small.load();
  const std::vector<Origine> origins{{"distance", {"adresse.code_commune"}}, {"jour", {"frein"}}};
  // Seven kilometres are too few until the end of 2022, and enough from 2023 on.
  const auto told = [&](const std::string &jour, const std::string &role) {
    Guet store;
    const feel::Value facts = read_json(R"({"distance": 7, "jour": ")" + jour + "\"}");
    return write_json(to_value(store.guichet.expliquer(ask(role, "accompagnement"), subject("personne:aline"), *pack,
                                                       pack->evaluate("aide", facts, day("2023-06-01")), origins)));
  };
  REQUIRE(told("2022-12-31", "referent") != told("2023-01-01", "referent"));
  CHECK(told("2022-12-31", "membre") == told("2023-01-01", "membre"));
}
