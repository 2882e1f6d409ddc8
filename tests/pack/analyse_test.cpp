// What check says of tables and of decisions together, on small packs that each have one fault.
#include "tests/catch.hpp"

#include "tests/pack/files.hpp"

using namespace spie;
using namespace spie::testing;

namespace {

std::string findings(const SmallPack &small) { return short_list(small.load()->check()); }

bool has(const SmallPack &small, const std::string &line) {
  return ('\n' + findings(small) + '\n').find('\n' + line) != std::string::npos;
}

std::string message(const SmallPack &small, Code code) {
  for (const Diagnostic &finding : small.load()->check())
    if (finding.code == code)
      return finding.message;
  return {};
}

} // namespace

TEST_CASE("P021: two rules of a UNIQUE table take the same facts", "[pack][check]") {
  SmallPack small;
  small.model = with(small.model, "<text>\"oui\"</text>", "<text>\"oui\", \"non\"</text>");
  CHECK(has(small, "P021 error at aide.dmn:"));
  CHECK(message(small, Code::pack_table_conflict) ==
        "rules 1 and 2 both match, for instance distance >= seuil = true, permis = non");
}

TEST_CASE("P022: a rule that no allowed fact satisfies", "[pack][check]") {
  SmallPack small;
  small.model = with(small.model, "<text>\"non\"</text></inputEntry>", "<text>\"nno\"</text></inputEntry>");
  CHECK(has(small, "P022 error at aide.dmn:"));
  CHECK(has(small, "P026 warning at aide.dmn:")); // 'nno' is not allowed
  CHECK(has(small, "P023 error at aide.dmn:"));   // nothing takes 'non' any more
}

TEST_CASE("P023: a hole, unless the pack says why", "[pack][check]") {
  SmallPack small;
  small.model = with(small.model, "<text>false</text></inputEntry><inputEntry><text>-</text>",
                     "<text>false</text></inputEntry><inputEntry><text>\"oui\"</text>");
  CHECK(findings(small).starts_with("P023 error at aide.dmn:"));
  CHECK(message(small, Code::pack_table_hole) == "no rule takes distance >= seuil = false et permis = \"non\"; for "
                                                 "instance distance >= seuil = false, permis = non");
  small.manifest =
      with(small.manifest, "\"langue\"", R"("incompletes": {"aide": "near homes are not spoken of"}, "langue")");
  CHECK(findings(small).starts_with("P023 note at aide.dmn:"));
  SmallPack whole;
  whole.manifest = with(whole.manifest, "\"langue\"", R"("incompletes": {"aide": "none"}, "langue")");
  CHECK(findings(whole) == "P013 warning at pack.json#/incompletes/aide");
  whole.manifest = with(whole.manifest, "\"none\"", "\" \"");
  CHECK(refusal([&] { whole.load(); }) == "P002 error at pack.json#/incompletes/aide");
}

TEST_CASE("a dated parameter in a cell is a constant, at each of its dates", "[pack][check]") {
  SmallPack small;
  small.model = SmallPack::dmn(R"(<decisionTable hitPolicy="UNIQUE">
      <input id="e1"><inputExpression typeRef="number"><text>distance</text></inputExpression></input>
      <output id="s1" typeRef="boolean"/><annotation name="Article"/>
      <rule id="r1"><inputEntry><text>&gt;= seuil</text></inputEntry><outputEntry><text>permis = "non"</text></outputEntry>
        <annotationEntry><text>art-1</text></annotationEntry></rule>
      <rule id="r2"><inputEntry><text>&lt; 10</text></inputEntry><outputEntry><text>false</text></outputEntry>
        <annotationEntry><text>art-1</text></annotationEntry></rule></decisionTable>)");
  // 10 in 2022, 5 from 2023 on: then both rules take 5 to 10.
  CHECK(message(small, Code::pack_table_conflict) ==
        "rules 1 and 2 both match, for instance distance = 5 (on 2023-01-01)");
  small.model = with(small.model, "&lt; 10", "&lt; seuil");
  CHECK(findings(small) == "");
}

TEST_CASE("P024 and P025: a rule that another makes useless, and two that could be one", "[pack][check]") {
  SmallPack small;
  small.model = with(small.model, "hitPolicy=\"UNIQUE\"", "hitPolicy=\"FIRST\"");
  small.model = with(small.model, "<text>true</text></inputEntry><inputEntry><text>\"oui\"</text>",
                     "<text>-</text></inputEntry><inputEntry><text>-</text>");
  CHECK(has(small, "P024 warning at aide.dmn:"));
  CHECK(message(small, Code::pack_hidden_rule) == "the rules before rule 3 hide it");
  SmallPack two;
  two.model = with(two.model, "<text>false</text></inputEntry><inputEntry><text>-</text>",
                   "<text>false</text></inputEntry><inputEntry><text>\"oui\"</text>");
  CHECK(message(two, Code::pack_mergeable_rules) == "rules 2 and 3 could be one");
}

TEST_CASE("P027: what was not analysed is said", "[pack][check]") {
  SmallPack small;
  small.model =
      with(small.model, "<text>\"non\"</text></inputEntry>", "<text>starts with(?, \"n\")</text></inputEntry>");
  CHECK(message(small, Code::pack_not_analysed).find("règle 1") != std::string::npos);
}

TEST_CASE("P028: a decision that can only be null, and a null that reaches a role", "[pack][check]") {
  SmallPack small;
  small.model = SmallPack::dmn("<literalExpression><text>if distance &gt; seuil and permis = \"oui\" then null else "
                               "null</text></literalExpression>");
  CHECK(has(small, "P028 warning at aide.dmn:"));
  small.model = SmallPack::dmn("<literalExpression><text>if distance &gt; seuil and permis = \"oui\" then true else "
                               "null</text></literalExpression>");
  CHECK(has(small, "P028 note at aide.dmn:"));
}

TEST_CASE("P026: two sides that never meet", "[pack][check]") {
  SmallPack small;
  small.model =
      SmallPack::dmn("<literalExpression><text>distance &gt; seuil and permis = \"nno\"</text></literalExpression>");
  CHECK(has(small, "P026 warning at aide.dmn:"));
}

TEST_CASE("P029: a pack without a case", "[pack][check]") {
  SmallPack small;
  small.cases = R"({"cas": []})";
  CHECK(findings(small) == "P029 warning at pack.json");
}
