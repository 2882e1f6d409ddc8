// docs/feel.md lists the built-ins from their table, and each example there is true.
#include "tests/page.hpp"

#include "rules/feel/builtins/builtins.hpp"
#include "spie/feel/expression.hpp"

#include <string>

using namespace spie;
using namespace spie::feel;

namespace {

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text)
    result += c == '|' ? std::string("\\|") : std::string(1, c);
  return result;
}

std::string tables() {
  std::string result;
  for (const Family &family : builtin_families()) {
    result += "\n### " + std::string(family.name) + "\n\n| function | gives | |\n|---|---|---|\n";
    for (const Signature &row : family.signatures)
      result += "| `" + escaped(row.name) + "(" + escaped(row.parameters) + ")` | " + escaped(row.returns) + " | " +
                escaped(row.summary) + "<br>`" + escaped(row.example) + "` |\n";
  }
  return result + "\n";
}

} // namespace

TEST_CASE("the page of FEEL lists every built-in as its table has it", "[feel][builtins]") {
  check_section("feel.md", "built-ins", tables());
}

TEST_CASE("the example of every built-in is true", "[feel][builtins]") {
  int count = 0;
  for (const Family &family : builtin_families())
    for (const Signature &row : family.signatures) {
      CAPTURE(row.name, row.example);
      Evaluation evaluation;
      evaluation.now = DateTime::parse("2024-02-29T10:30:00Z");
      const Value value = Expression::compile(row.example, Scope()).evaluate(evaluation);
      CHECK(value.to_string() == "true");
      ++count;
    }
  CHECK(count > 90);
}
