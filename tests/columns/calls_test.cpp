// Business knowledge models called by names: what is given in another order, and what is not given.
#include "tests/columns/random.hpp"

#include "tests/catch.hpp"

using namespace rows_and_columns;

namespace {

// No cell asks for `n`; the outputs are texts put together, which go row by row, or constants.
std::string knowledge(const std::string &first, const std::string &second) {
  return R"(<businessKnowledgeModel id="k_f" name="f"><variable name="f"/><encapsulatedLogic>
<formalParameter name="t" typeRef="string"/><formalParameter name="n" typeRef="number"/>
<decisionTable hitPolicy="FIRST"><input><inputExpression typeRef="string"><text>t</text></inputExpression></input>
<input><inputExpression typeRef="number"><text>n * 2</text></inputExpression></input><output typeRef="string"/>
<rule><inputEntry><text>"a"</text></inputEntry><inputEntry><text>-</text></inputEntry>
<outputEntry><text>)" +
         first + R"(</text></outputEntry></rule>
<rule><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>
<outputEntry><text>)" +
         second + R"(</text></outputEntry></rule></decisionTable></encapsulatedLogic></businessKnowledgeModel>)";
}

} // namespace

TEST_CASE("a call by names goes by columns, and a table within it whose cells ask for nothing", "[columns]") {
  std::uint32_t seed = 0;
  for (const char *text : {"f(t: t0, n: n0)", "f(n: n0, t: t0)", "f(n: n0)", "f(t0, n0)", "f(t: t0)"})
    for (const bool constant : {true, false})
      for (const bool unknowns : {false, true}) {
        Random random(++seed);
        const std::string elements = constant ? knowledge("\"oui\"", "\"non\"") : knowledge("t + \"!\"", "t + \"?\"");
        const auto model =
            models::load(elements + models::input("t0", "string") + models::input("n0", "number") +
                         models::decision("resultat", {"i_t0", "i_n0", "k_f"}, models::literal(text), "string"));
        std::vector<std::unique_ptr<Made>> given;
        given.push_back(column_of(random, *model->find_input("t0"), "string", 200, 0.1));
        given.push_back(column_of(random, *model->find_input("n0"), "number", 200, 0.1));
        INFO(text << (constant ? ", constants" : ", texts") << (unknowns ? ", as in packs" : ""));
        const Seen seen = compare(model, "resultat", std::move(given), unknowns, "baseline");
        CHECK(seen.compiled);
        CHECK(seen.fallback * 4 < seen.rows);
      }
}
