#include "tests/catch.hpp"

#include "text/suggestion.hpp"

#include <string>
#include <vector>

using namespace spie;

TEST_CASE("a misspelt word finds the one it was meant for", "[suggestion]") {
  const std::vector<std::string> natures{"ingenierie", "coordination", "communication"};
  CHECK(*nearest("Ingénierie", natures) == "ingenierie");
  CHECK(*nearest("comunication", natures) == "communication");
  CHECK(nearest("achats", natures) == nullptr);
  CHECK(nearest("", natures) == nullptr);
  CHECK(suggestion("Coordinations", natures) == ", did you mean 'coordination'?");
  CHECK(suggestion("achats", natures).empty());
  CHECK(unknown("nature", "Coordinations", natures) ==
        "there is no nature 'Coordinations', did you mean 'coordination'?");
  CHECK(unknown("nature", "achats", natures) == "there is no nature 'achats'");
}

TEST_CASE("the nearest of two is taken, and a short word bears few faults", "[suggestion]") {
  CHECK(*nearest("art-12", {"art-21", "art-1"}) == "art-1");
  CHECK(nearest("oui", {"non"}) == nullptr);
  CHECK(nearest("x", {"y"}) == nullptr);
  CHECK(*nearest("date de signature", {"date_signature", "date_de_signature"}) == "date_de_signature");
}

TEST_CASE("a name too long to be a slip is not compared", "[suggestion]") {
  const std::string name(201, 'a');
  CHECK(nearest(name, {name}) == nullptr);
  CHECK(nearest("abc", {std::string(1'000'000, 'a')}) == nullptr);
}
