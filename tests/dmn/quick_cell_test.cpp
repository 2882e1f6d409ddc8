// What quick cells decide, the tree decides too: every cell against every value.
#include "tests/catch.hpp"

#include "rules/dmn/quick_cell.hpp"
#include "rules/feel/compiler.hpp"

using namespace spie;
using feel::Value;

TEST_CASE("a quick cell gives what its tree gives", "[dmn][table]") {
  const std::vector<std::string> cells{"5",
                                       "< 5",
                                       "<= 5",
                                       "> 5",
                                       ">= 5",
                                       "= 5",
                                       "[1..5]",
                                       "[1..5)",
                                       "(1..5]",
                                       "]1..5[",
                                       "1, 5, 9",
                                       "< 1, > 9",
                                       "not(5)",
                                       "not(< 1, [5..9])",
                                       "(< 5)",
                                       "(>= 5)",
                                       "(= 5)",
                                       "-5",
                                       "[-5..5]",
                                       "5.0",
                                       "\"a\"",
                                       "\"a\", \"b\"",
                                       "not(\"a\")",
                                       "= \"a\"",
                                       "true",
                                       "not(false)",
                                       "@\"2022-06-01\"",
                                       "< date(\"2022-06-01\")",
                                       "[@\"2022-01-01\"..@\"2022-06-01\"]",
                                       "\"a\", 5",
                                       "[\"a\"..\"c\"]",
                                       "null",
                                       "!= 5",
                                       "5 + 1",
                                       "[1, 5]",
                                       "not(null)"};
  const std::vector<Value> values{1,
                                  5,
                                  9,
                                  -5,
                                  *feel::Number::parse("5.00"),
                                  *feel::Number::parse("4.999"),
                                  "a",
                                  "b",
                                  "",
                                  true,
                                  false,
                                  *feel::Date::parse("2022-06-01"),
                                  *feel::Date::parse("2022-05-31"),
                                  *feel::DateTime::parse("2022-06-01T00:00:00"),
                                  Value(),
                                  feel::unknown_value("x"),
                                  feel::List{5},
                                  feel::Context{{"a", 5}}};
  const feel::Scope scope;
  std::size_t decided = 0;
  for (const std::string &text : cells) {
    feel::Compiler compiler(scope, {});
    const std::uint32_t slot = compiler.reserve();
    const feel::NodePtr node = compiler.unary_tests(text, {}, slot, "cell");
    const dmn::QuickCell quick(*node, slot);
    for (const Value &value : values) {
      const auto answer = quick.test(value);
      if (!answer)
        continue;
      ++decided;
      INFO(text << " over " << value.to_feel());
      feel::Evaluation evaluation;
      std::vector<Value> frame(8);
      frame[slot] = value;
      CHECK(identical(feel::evaluate(evaluation, *node, frame), Value(*answer)));
    }
  }
  CHECK(decided > 100);
}
