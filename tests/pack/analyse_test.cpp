// What check says of tables and of decisions together, on small packs that each have one fault.
#include "tests/catch.hpp"

#include "tests/pack/files.hpp"

#include "spie/json.hpp"
#include "spie/pack/coverage.hpp"
#include "spie/pack/difference.hpp"

#include <algorithm>
#include <set>

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

  // Those of the pack that it extends try the decisions of that one.
  const SmallPack base;
  SmallPack child;
  child.manifest = R"({"id": "enfant", "version": "1.0.0", "titre": "Enfant", "autorite": "A",
    "periode": {"debut": "2022-01-01"}, "extends": {"id": "petit", "version": ">=1 <2"}, "modeles": ["autre.dmn"]})";
  child.articles = R"({"articles": []})";
  child.parameters = R"({"parametres": []})";
  child.cases = R"({"cas": []})";
  child.more = {{"autre.dmn", R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="n" name="autre"
    namespace="urn:autre"><decision id="d9" name="autre"><variable name="autre" typeRef="number"/>
    <literalExpression><text>1</text></literalExpression></decision></definitions>)"}};
  std::string codes;
  for (const Diagnostic &finding : child.load({base.load()})->check())
    codes += std::string(text(finding.code)) + ' ';
  CHECK(codes.find("P029") != std::string::npos);
}

namespace {

const feel::List &list_at(const feel::Value &value, const char *key) { return value.context().find(key)->list(); }

// What a proposal says is what the pack answers, and its rule is hit.
void verify(const Pack &pack, const feel::Value &proposal) {
  const feel::Context &one = proposal.context(), &written = one.find("cas")->context();
  INFO(proposal.to_feel());
  PackEvaluateOptions options;
  if (const feel::Value *parameters = written.find("parametres"))
    for (const auto &[name, value] : parameters->context())
      options.parametres.emplace_back(name, value);
  const PackResult result = pack.evaluate(written.find("decision")->text(), *written.find("faits"),
                                          date(written.find("as_of")->text()), options);
  const feel::Context &expected = written.find("attendu")->context();
  CHECK(dmn::text(result.status) == expected.find("statut")->text());
  if (const feel::Value *value = expected.find("valeur"))
    CHECK(feel::identical(result.value, *value));
  const auto rule = static_cast<std::size_t>(one.find("regle")->number().to_int64().value());
  bool hit = false;
  for (const dmn::DecisionTrace &decision : result.trace.decisions)
    if (decision.name == one.find("decision")->text())
      for (const dmn::TableTrace &table : decision.tables)
        hit = hit || (rule <= table.rules.size() && table.rules[rule - 1].hit);
  CHECK(hit);
}

} // namespace

TEST_CASE("a rule that only several facts together reach is proposed a case", "[pack][coverage]") {
  SmallPack small;
  std::string inputs, requirements, columns, cells, dashes;
  const auto column = [&](const std::string &expression, const std::string &cell) {
    columns += "<input><inputExpression><text>" + expression + "</text></inputExpression></input>";
    cells += "<inputEntry><text>" + cell + "</text></inputEntry>";
    dashes += "<inputEntry><text>-</text></inputEntry>";
  };
  for (const auto &[name, type, cell] : {std::tuple{"enfants", "number", "[7..8)"},
                                         {"revenu", "number", "&gt; 1750"},
                                         {"logement", "string", "\"foyer\""},
                                         {"debut", "date", "&lt; date(\"2021-03-02\")"}}) {
    inputs += std::string("<inputData id=\"x_") + name + "\" name=\"" + name + "\"><variable name=\"" + name +
              "\" typeRef=\"" + type + "\"/></inputData>";
    requirements +=
        std::string("<informationRequirement><requiredInput href=\"#x_") + name + "\"/></informationRequirement>";
    column(name, cell);
  }
  column("distance &gt; seuil + 30", "true");
  column("permis", "\"oui\"");
  small.model = SmallPack::dmn(
      "<decisionTable hitPolicy=\"FIRST\">" + columns + "<output typeRef=\"boolean\"/><annotation name=\"Article\"/>" +
          "<rule>" + cells + "<outputEntry><text>true</text></outputEntry><annotationEntry><text>art-1</text>" +
          "</annotationEntry></rule><rule>" + dashes +
          "<outputEntry><text>false</text></outputEntry><annotationEntry><text>art-1</text></annotationEntry></rule>" +
          "</decisionTable>",
      inputs, requirements);
  small.cases = R"({"cas": [{"nom": "rien", "decision": "aide", "as_of": "2022-06-01", "faits": {"enfants": 1,
    "revenu": 0, "logement": "rue", "debut": {"@date": "2022-01-01"}, "distance": 10, "permis": "non"},
    "attendu": {"statut": "determine", "valeur": false}}]})";
  const auto pack = small.load();
  const feel::Value covered = pack::coverage(*pack);
  REQUIRE(list_at(covered, "propositions").size() == 2); // the other reads the later value of the parameter
  verify(*pack, list_at(covered, "propositions").front());
  pack::CoverageOptions few;
  few.tries = 5; // it takes six facts
  CHECK(list_at(pack::coverage(*pack, few), "propositions").size() == 1);
}

TEST_CASE("a value of a parameter that no case reads is proposed a case on a day that has it", "[pack][coverage]") {
  SmallPack small; // its one case is of 2022
  const auto pack = small.load();
  const feel::Value covered = pack::coverage(*pack);
  REQUIRE(list_at(covered, "parametres").size() == 1);
  std::vector<feel::Context> found;
  for (const feel::Value &proposal : list_at(covered, "propositions"))
    if (proposal.context().find("parametre") != nullptr)
      found.push_back(proposal.context());
  REQUIRE(found.size() == 1);
  const feel::Context &one = found.front().find("cas")->context();
  CHECK(found.front().find("parametre")->text() == "seuil");
  CHECK(one.find("as_of")->text() == "2023-01-01");
  const PackResult result =
      pack->evaluate(one.find("decision")->text(), *one.find("faits"), date(one.find("as_of")->text()));
  CHECK(std::any_of(result.parametres.begin(), result.parametres.end(),
                    [](const ParameterUse &use) { return use.nom == "seuil" && use.valeur.to_feel() == "5"; }));
  // As a case of the pack it leaves nothing to propose for the value.
  small.cases = with(small.cases, "{\"cas\": [", "{\"cas\": [" + write_json(*found.front().find("cas")) + ", ");
  CHECK(list_at(pack::coverage(*small.load()), "parametres").empty());
}

TEST_CASE("each rule that no case of the packs exercises has a proposal that does", "[pack][coverage]") {
  // A job in tension: the list of them is empty until the territory fills it, so that no fact says yes.
  const std::set<std::string> out_of_reach{"complements, règle 3"};
  for (const auto &pack : {socle(), seine_et_marne()}) {
    const feel::Value covered = pack::coverage(*pack);
    std::set<std::string> without;
    for (const feel::Value &table : list_at(covered, "tables"))
      for (const feel::Value &rule : list_at(table, "non_exercees"))
        without.insert(table.context().find("decision")->text() + ", règle " + rule.to_string());
    for (const feel::Value &proposal : list_at(covered, "propositions")) {
      verify(*pack, proposal);
      without.erase(proposal.context().find("decision")->text() + ", règle " +
                    proposal.context().find("regle")->to_string());
    }
    CHECK(std::includes(out_of_reach.begin(), out_of_reach.end(), without.begin(), without.end()));
  }
}

TEST_CASE("a difference tells the order of rules, annotations, entries, types and articles", "[pack][difference]") {
  const auto said = [](const SmallPack &before, const SmallPack &after, const char *key) {
    std::string text;
    const feel::Value difference = pack::difference(*before.load(), *after.load());
    for (const feel::Value &one : list_at(difference, key))
      for (const feel::Value &change : list_at(one, "changements"))
        text += one.context().find("nom")->text() + ": " + change.text() + "\n";
    return text;
  };
  const auto rule = [](const std::string &cell, const std::string &output, const std::string &note) {
    return "<rule><inputEntry><text>" + cell + "</text></inputEntry><outputEntry><text>" + output +
           "</text></outputEntry><annotationEntry><text>" + note + "</text></annotationEntry></rule>";
  };
  const auto table = [](const std::string &policy, const std::string &rules) {
    SmallPack small;
    small.model = SmallPack::dmn("<decisionTable hitPolicy=\"" + policy +
                                 "\"><input label=\"Loin\"><inputExpression typeRef=\"number\"><text>distance</text>"
                                 "</inputExpression></input><output/><annotation name=\"Article\"/>" +
                                 rules + "</decisionTable>");
    return small;
  };
  const std::string far = rule("&gt; 5", "true", "art-1"), further = rule("&gt; 9", "true", "art-1"),
                    near = rule("-", "false", "art-1");
  CHECK(said(table("FIRST", far + further + near), table("FIRST", further + near + far), "decisions") ==
        "aide: règle 1 : son rang devient 3 (distance : > 5 → true)\n");
  CHECK(said(table("UNIQUE", far + near), table("UNIQUE", near + far), "decisions").empty());
  CHECK(said(table("FIRST", far + near), table("FIRST", far + rule("-", "false", "art-2")), "decisions") ==
        "aide: règle 2 (dans tous les cas) : l'annotation « art-1 » devient « art-2 »\n");

  SmallPack cited = table("FIRST", rule("&gt; 5", "true", "art-2") + near);
  cited.articles = R"({"articles": [{"id": "art-2", "titre": "Article 2", "resume": "L'aide.", "place": "p. 1"}]})";
  cited.parameters = with(cited.parameters, "art-1", "art-2");
  const feel::Value other_article = pack::difference(*table("FIRST", far + near).load(), *cited.load());
  REQUIRE(list_at(other_article, "cas").size() == 1);
  CHECK(list_at(other_article, "cas").front().context().find("apres")->to_string() ==
        R"({statut: "determine", valeur: true, articles: ["art-2"]})");

  SmallPack small, other;
  const auto entry = [](const std::string &text) {
    return SmallPack::dmn("<context><contextEntry><variable name=\"loin\"/><literalExpression><text>" + text +
                          "</text></literalExpression></contextEntry><contextEntry><literalExpression><text>loin</text>"
                          "</literalExpression></contextEntry></context>");
  };
  small.model = entry("distance > 5");
  other.model = entry("distance > 6");
  CHECK(said(small, other, "decisions") == "aide: « loin » : « distance > 5 » devient « distance > 6 »\n");
  other = small;
  other.model = with(other.model, "\"oui\", \"non\", ", "\"oui\", ");
  CHECK(said(small, other, "entrees").find("permis: le type « t_reponse parmi \"oui\", \"non\"") == 0);
  other = small;
  other.articles = with(other.articles, "L'aide.", "L'aide, sans plus.");
  CHECK(said(small, other, "articles") == "art-1: le résumé « L'aide. » devient « L'aide, sans plus. »\n");
  other = small;
  other.parameters = with(other.parameters, "\"km\"", "\"m\"");
  CHECK(said(small, other, "parametres") == "seuil: l'unité « km » devient « m »\n");
  CHECK(!pack::difference(*small.load(), *other.load()).context().find("fichiers_identiques")->boolean());
}

TEST_CASE("a difference names the cases whose status, value or missing facts change", "[pack][difference]") {
  SmallPack small;
  small.cases = R"({"cas": [
    {"nom": "loin", "decision": "aide", "as_of": "2022-06-01", "faits": {"distance": 10, "permis": "non"},
     "attendu": {"statut": "determine", "valeur": true}},
    {"nom": "pres", "decision": "aide", "as_of": "2022-06-01", "faits": {"distance": 3, "permis": "non"},
     "attendu": {"statut": "determine", "valeur": false}},
    {"nom": "permis-inconnu", "decision": "aide", "as_of": "2022-06-01", "faits": {"distance": 12},
     "attendu": {"statut": "indetermine", "manquants": ["permis"]}},
    {"nom": "rien", "decision": "aide", "as_of": "2022-06-01", "faits": {},
     "attendu": {"statut": "indetermine", "manquants": ["distance", "permis"]}}]})";
  SmallPack changed = small;
  changed.model = with(changed.model, "distance &gt;= seuil", "distance &gt; seuil");
  const auto names = [](const feel::Value &difference) {
    std::set<std::string> found;
    for (const feel::Value &one : list_at(difference, "cas"))
      found.insert(one.context().find("nom")->text());
    return found;
  };
  CHECK(names(pack::difference(*small.load(), *small.load())).empty());
  const feel::Value moved = pack::difference(*small.load(), *changed.load());
  CHECK(names(moved) == std::set<std::string>{"loin"});
  CHECK(list_at(moved, "cas").front().context().find("apres")->to_string() == "{statut: \"determine\", valeur: false}");
  changed = small; // the licence no longer counts: another fact is missing, or none
  changed.model =
      with(changed.model, "<inputEntry><text>\"non\"</text></inputEntry>", "<inputEntry><text>-</text></inputEntry>");
  changed.model =
      with(changed.model, "<inputEntry><text>\"oui\"</text></inputEntry>", "<inputEntry><text>-</text></inputEntry>");
  changed.model = with(changed.model, "hitPolicy=\"UNIQUE\"", "hitPolicy=\"FIRST\"");
  const feel::Value fewer = pack::difference(*small.load(), *changed.load());
  CHECK(names(fewer) == std::set<std::string>{"permis-inconnu", "rien"});
  CHECK(list_at(fewer, "cas").back().context().find("avant")->to_string() ==
        "{statut: \"indetermine\", valeur: null, manquants: [\"distance\", \"permis\"]}");
}
