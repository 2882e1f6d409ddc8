// Allowed values that are intervals, and calls by names: rows and columns agree, and few rows are left.
#include "tests/columns/random.hpp"

#include "tests/catch.hpp"

using namespace rows_and_columns;

namespace {

const char *const types = R"(
<itemDefinition name="t_note"><typeRef>number</typeRef><allowedValues><text>[-20..20]</text></allowedValues></itemDefinition>
<itemDefinition name="t_haute"><typeRef>t_note</typeRef><allowedValues><text>&gt; -4.5</text></allowedValues></itemDefinition>
<itemDefinition name="t_trou"><typeRef>number</typeRef>
  <allowedValues><text>[-100..0), 1, (2.25..100]</text></allowedValues></itemDefinition>
<itemDefinition name="t_jour"><typeRef>date</typeRef>
  <allowedValues><text>[date("0001-01-01")..date("2023-03-01")]</text></allowedValues></itemDefinition>
<itemDefinition name="t_paire"><typeRef>number</typeRef><allowedValues><text>even(?)</text></allowedValues></itemDefinition>
)";

struct Case {
  const char *type, *of, *input; // of the result, and of the one input; `input`: its type
  bool by_columns;
};

} // namespace

TEST_CASE("allowed values that are intervals go by columns, others row by row", "[columns]") {
  const std::vector<Case> cases{{"t_note", "number", "number", true},  {"t_haute", "number", "number", true},
                                {"t_trou", "number", "number", true},  {"t_jour", "date", "date", true},
                                {"number", "number", "t_note", true},  {"number", "number", "t_trou", true},
                                {"t_paire", "number", "number", false}};
  std::uint32_t seed = 0;
  for (const Case &one : cases)
    for (const bool unknowns : {false, true}) {
      static const std::vector<std::string> sets{"baseline", "avx2", "avx512"};
      for (const std::string &set : sets) {
        Random random(++seed);
        const auto model = models::load(types + models::input("x", one.input) +
                                        models::decision("resultat", {"i_x"}, models::literal("x"), one.type));
        std::vector<std::unique_ptr<Made>> given;
        given.push_back(column_of(random, *model->find_input("x"), one.of, 1'100, 0.1));
        INFO(one.type << " of " << one.input << ", " << set);
        const Seen seen = compare(model, "resultat", std::move(given), unknowns, set);
        if (columns::find_kernels(set) == nullptr)
          continue;
        CHECK((seen.compiled && !seen.mixed) == one.by_columns);
        CHECK(seen.fallback * 2 < seen.rows);
      }
    }
}
