// Runs tests/golden/feel.txt: a text, what it gives.
#include "tests/catch.hpp"

#include "spie/feel/expression.hpp"

#include <fstream>
#include <string>

using namespace spie;
using namespace spie::feel;

namespace {

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos)
    return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

struct World {
  Scope scope;
  std::vector<Value> values;
  void add(std::string_view name, const char *text) {
    Evaluation evaluation;
    evaluation.globals = values;
    Value value = Expression::compile(text, scope).evaluate(evaluation);
    scope.add_variable(name, type_of(value), static_cast<std::uint32_t>(values.size()));
    values.push_back(std::move(value));
  }
};

std::string outcome(const World &world, std::string_view text) {
  try {
    const Expression expression = Expression::compile(text, world.scope);
    Evaluation evaluation;
    evaluation.globals = world.values;
    const Value value = expression.evaluate(evaluation);
    if (value.is_error())
      return "null " + std::string(spie::text(value.cause()->errors.front().code));
    return value.to_string();
  } catch (const Error &error) {
    return "!" + std::string(spie::text(error.first().code));
  }
}

} // namespace

TEST_CASE("the golden expressions give what DMN says", "[feel][golden]") {
  World world;
  world.add("a", "1");
  world.add("b", "2");
  world.add("first name", "\"Ada\"");
  world.add("rate-limit", "5");
  world.add("liste", "[1, 2, 3]");
  world.add("personnes", "[{nom: \"Un\", age: 20}, {nom: \"Deux\", age: 40}]");
  world.add("durée d'inactivité", "duration(\"P1Y\")");
  world.add("d", "date(\"2024-01-31\")");
  std::ifstream file(std::string(SPIE_SOURCE_DIR) + "/tests/golden/feel.txt");
  REQUIRE(file);
  std::string line;
  int cases = 0;
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#')
      continue;
    const auto arrow = line.rfind(" =>");
    REQUIRE(arrow != std::string::npos);
    const std::string text = trimmed(std::string_view(line).substr(0, arrow));
    CAPTURE(text);
    CHECK(outcome(world, text) == trimmed(std::string_view(line).substr(arrow + 3)));
    ++cases;
  }
  CHECK(cases > 80);
}
