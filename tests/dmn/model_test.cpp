// Linking and evaluation: types, imports, merged documents, given values, services, recursion, what models tell of
// themselves.
#include "tests/dmn/models.hpp"

#include "spie/feel/function.hpp"

using namespace models;

namespace {

std::string import(const std::string &name, const std::string &model_namespace) {
  return "<import name=\"" + name + "\" namespace=\"" + model_namespace + "\" importType=\"" + dmn13 + "\"/>\n";
}

std::string knowledge(const std::string &name, const std::string &parameters, const std::string &logic,
                      const std::string &needs = {}) {
  std::string text = "<businessKnowledgeModel id=\"k_" + name + "\" name=\"" + name + "\"><variable name=\"" + name +
                     "\"/><encapsulatedLogic>" + parameters + logic + "</encapsulatedLogic>";
  if (!needs.empty())
    text += "<knowledgeRequirement><requiredKnowledge href=\"#k_" + needs + "\"/></knowledgeRequirement>";
  return text + "</businessKnowledgeModel>\n";
}

std::string parameter(const std::string &name, const std::string &type = "Any") {
  return "<formalParameter name=\"" + name + "\" typeRef=\"" + type + "\"/>";
}

std::string refusal(const dmn::Model &model, const std::string &decision, const std::vector<dmn::Given> &given) {
  try {
    run(model, decision, given);
  } catch (const Error &error) {
    return to_string(error.first());
  }
  return {};
}

} // namespace

TEST_CASE("decisions are evaluated in the order of their requirements, those required alone", "[dmn][model]") {
  const auto model = load(input("x", "number") + decision("c", {"d_b"}, literal("b * 2")) +
                          decision("b", {"d_a", "i_x"}, literal("a + x")) + decision("a", {}, literal("10")) +
                          decision("autre", {}, literal("1 / 0")));
  const auto result = run(*model, "c", {{"x", 5}}, false, true);
  CHECK(result.value.to_feel() == "30");
  CHECK(model->requirements("c") == std::vector<std::string>{"a", "b", "c"});
  CHECK(result.trace.decisions.size() == 3);
  CHECK(result.trace.decisions.back().name == "c");
  CHECK(result.trace.decisions.back().facts.at(0).decision);
}

TEST_CASE("a given value stands for a decision, which is then not evaluated", "[dmn][model]") {
  const auto model = load(decision("a", {}, literal("1 / 0"), "number") + decision("b", {"d_a"}, literal("a + 1")));
  CHECK(run(*model, "b", {{"a", 41}}).value.to_feel() == "42");
  CHECK(first_code(run(*model, "b").errors) == "F006");
  CHECK(refusal(*model, "b", {{"a", "texte"}}).find("D010") == 0);
}

TEST_CASE("an error that a decision consumed counts where the decision is read", "[dmn][model]") {
  // `a` has a value, and an error made it: the condition is null (decisions §1).
  const auto model = load(input("lire", "boolean") + decision("a", {}, literal("if 1 / 0 > 1 then 1 else 2")) +
                          decision("b", {"d_a", "i_lire"}, literal("if lire then a else 0")) +
                          decision("c", {"d_b"}, literal("b + 1")) +
                          decision("f", {"d_a", "i_lire"}, literal("if lire then function() a else function() 0")) +
                          decision("g", {"d_f"}, literal("f()")));
  for (const char *name : {"b", "c", "g"}) {
    CAPTURE(name);
    const auto read = run(*model, name, {{"lire", true}});
    CHECK(read.status == dmn::Status::erreur);
    CHECK(first_code(read.errors) == "F006");
    const auto unread = run(*model, name, {{"lire", false}}, false, true);
    CHECK(unread.status == dmn::Status::determine);
    CHECK(unread.errors.empty());
  }
  CHECK(run(*model, "a").status == dmn::Status::erreur);
}

TEST_CASE("a function outlives its model, and lets go of it", "[dmn][model]") {
  const std::string elements =
      knowledge("f", parameter("n"), literal("g(n) + 1"), "g") + knowledge("g", parameter("n"), literal("n * 10")) +
      knowledge("h", "", literal("g"), "g") + decision("d", {}, literal("2")) +
      "<decisionService id=\"k_s\" name=\"s\"><variable name=\"s\"/><outputDecision "
      "href=\"#d_d\"/></decisionService>\n" +
      decision("metier", {"k_f"}, literal("f")) + decision("litterale", {"k_f"}, literal("function(n) f(n)")) +
      decision("service", {"k_s"}, literal("function(n) s() + n")) + decision("rendue", {"k_h"}, literal("h"));
  const auto call = [](const Value &function, const std::vector<Value> &arguments) {
    feel::Evaluation evaluation;
    return function.function()->call(evaluation, arguments);
  };
  const auto function_of = [&](const std::string &decision, std::weak_ptr<const dmn::Model> &watch) {
    const auto model = load(elements);
    watch = model;
    return run(*model, decision).value;
  };
  std::weak_ptr<const dmn::Model> watch;
  for (const auto &[decision, expected] :
       {std::pair("metier", "31"), std::pair("litterale", "31"), std::pair("service", "5")}) {
    CAPTURE(decision);
    Value function = function_of(decision, watch);
    CHECK(!watch.expired());
    CHECK(call(function, {3}).to_feel() == expected);
    function = Value();
    CHECK(watch.expired());
  }
  // What a function gives, called by another evaluation, is a function of its model too.
  Value given = call(function_of("rendue", watch), {});
  CHECK(!watch.expired());
  CHECK(call(given, {3}).to_feel() == "30");
  given = Value();
  CHECK(watch.expired());
}

TEST_CASE("a type may be written as a list of an item definition", "[dmn][model]") {
  const auto item = [](const std::string &name, const std::string &type) {
    return "<itemDefinition name=\"" + name + "\"><typeRef>" + escaped(type) + "</typeRef>";
  };
  const std::string answer =
      item("t_reponse", "string") + "<allowedValues><text>\"oui\", \"non\"</text></allowedValues></itemDefinition>\n";
  const auto model =
      load(item("t_reponses", "list<t_reponse>") + "</itemDefinition>\n" + answer +
           item("t_dates", "list< list<date and time> >") + "</itemDefinition>\n" + input("reponses", "t_reponses") +
           input("dates", "t_dates") + decision("d", {"i_reponses", "i_dates"}, literal("count(reponses)")));
  CHECK(run(*model, "d", {{"reponses", List{"oui", "non"}}}).value.to_feel() == "2");
  CHECK(refusal(*model, "d", {{"reponses", List{"peut-être"}}}).find("D010") == 0);
  CHECK(model->find_input("dates")->type.element().to_string() == "list<date and time>");
  CHECK(first_code(refused(item("t", "list<t>") + "</itemDefinition>\n")) == "D005"); // defined by itself
  CHECK(first_code(refused(item("t", "list<absent>") + "</itemDefinition>\n")) == "D005");
  std::string deep = "number";
  for (int i = 0; i < 5'000; ++i)
    deep = "list<" + deep + ">";
  CHECK(!refused(item("t", deep) + "</itemDefinition>\n").empty());
}

TEST_CASE("names that the model lacks are refused with the nearest one", "[dmn][model]") {
  const auto model = load(input("montant", "number") + decision("total", {"i_montant"}, literal("montant")));
  CHECK(refusal(*model, "totl", {}).find("D011 error at totl: ") == 0);
  CHECK(refusal(*model, "totl", {}).find("did you mean 'total'") != std::string::npos);
  CHECK(refusal(*model, "total", {{"montent", 1}}).find("did you mean 'montant'") != std::string::npos);
  CHECK(refusal(*model, "total", {{"montant", "1"}}).find("D010 error at /montant") == 0);
  CHECK_THROWS_AS(model->facts("totl"), Error);
}

TEST_CASE("an annotation stays under its column, beside an empty one and beside its like", "[dmn][model]") {
  const auto rule = [](const std::string &inside) {
    return "<rule>" + inside.substr(0, inside.find('|')) +
           "<inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry>" +
           inside.substr(inside.find('|') + 1) + "</rule>";
  };
  const auto note = [](const std::string &text) {
    return "<annotationEntry><text>" + text + "</text></annotationEntry>";
  };
  const auto model = load(
      input("x", "number") +
      decision("d", {"i_x"},
               "<decisionTable hitPolicy=\"COLLECT\"><input><inputExpression><text>x</text></inputExpression></input>"
               "<output/><annotation name=\"Article\"/><annotation name=\"Note\"/>" +
                   rule("|" + note("") + note("b")) + rule("|" + note("b") + note("b")) +
                   rule("|" + note("a") + note("")) + rule("<description>c</description>|" + note("") + note("b")) +
                   rule("<description>c</description>|") + "</decisionTable>"));
  std::string all;
  const Value described = model->describe("d");
  for (const Value &one : described.context().find("rules")->list())
    all += one.context().find("annotations")->to_string();
  CHECK(all == R"(["", "b"]["b", "b"]["a"]["", "b", "c"]["c"])");
  // Of a trace, each once, and none that is empty.
  const auto result = run(*model, "d", {{"x", 1}}, false, true);
  std::string told;
  for (const dmn::RuleTrace &one : result.trace.decisions.front().tables.front().rules)
    told += Value(List(one.annotations.begin(), one.annotations.end())).to_string();
  CHECK(told == R"(["b"]["b"]["a"]["c", "b"]["c"])");
}

TEST_CASE("an element that is asked for by its id or by its variable is told by its name", "[dmn][model]") {
  const auto model = load(
      "<inputData id=\"InputData_1x0\" name=\"Montant dû\"><variable name=\"somme\" typeRef=\"number\"/></inputData>"
      "<decision id=\"Decision_9z7\" name=\"Reste à payer\"><variable name=\"solde\"/>"
      "<informationRequirement><requiredInput href=\"#InputData_1x0\"/></informationRequirement>" +
          literal("somme - 1") + "</decision>",
      {.lenient = true});
  const std::string decision = "did you mean 'Reste à payer'?", input = "did you mean 'Montant dû'?";
  CHECK(refusal(*model, "Decision_9z7", {}).find(decision) != std::string::npos);
  CHECK(refusal(*model, "solde", {}).find(decision) != std::string::npos);
  CHECK(refusal(*model, "InputData_1x0", {}).find("did you mean") == std::string::npos); // no decision
  for (const char *name : {"InputData_1x0", "somme"})
    CHECK(refusal(*model, "Reste à payer", {{name, 1}}).find(input) != std::string::npos);
  CHECK(refusal(*model, "Reste à payer", {{"Decision_9z7", 1}}).find(decision) != std::string::npos); // its value
}

TEST_CASE("inputs take the values of their type", "[dmn][model]") {
  const std::string types =
      "<itemDefinition "
      "name=\"t_note\"><typeRef>number</typeRef><allowedValues><text>[0..20]</text></allowedValues></itemDefinition>\n"
      "<itemDefinition name=\"t_notes\" isCollection=\"true\"><typeRef>t_note</typeRef></itemDefinition>\n"
      "<itemDefinition name=\"t_paire\" isCollection=\"true\"><typeRef>number</typeRef><typeConstraint><text>count(?) "
      "= 2</text></typeConstraint></itemDefinition>\n"
      "<itemDefinition name=\"t_eleve\"><itemComponent "
      "name=\"nom\"><typeRef>string</typeRef></itemComponent><itemComponent "
      "name=\"notes\"><typeRef>t_notes</typeRef></itemComponent></itemDefinition>\n";
  const auto model =
      load(types + input("note", "t_note") + input("notes", "t_notes") + input("paire", "t_paire") +
           input("eleve", "t_eleve") + decision("d", {"i_note"}, literal("note")) +
           decision("e", {"i_notes"}, literal("sum(notes)")) + decision("f", {"i_paire"}, literal("paire")) +
           decision("g", {"i_eleve"}, literal("eleve.notes[1]")));
  CHECK(run(*model, "d", {{"note", 12}}).value.to_feel() == "12");
  CHECK(refusal(*model, "d", {{"note", 21}}).find("D010 error at /note") == 0);
  CHECK(run(*model, "e", {{"notes", List{1, 2}}}).value.to_feel() == "3");
  CHECK(refusal(*model, "e", {{"notes", List{1, 22}}}).find("D010 error at /notes/2") == 0);
  CHECK(run(*model, "f", {{"paire", List{1, 2}}}).value.to_feel() == "[1, 2]");
  CHECK(refusal(*model, "f", {{"paire", List{1, 2, 3}}}).find("D010") == 0);
  CHECK(run(*model, "g", {{"eleve", Context{{"nom", "A"}, {"notes", List{7}}, {"plus", true}}}}).value.to_feel() ==
        "7");
  CHECK(run(*model, "g", {{"eleve", Context{{"nom", "A"}}}}).value.is_null()); // what lacks is null
  CHECK(run(*model, "d", {{"note", Value()}}).value.is_null());
}

TEST_CASE("a result takes the type of its variable", "[dmn][model]") {
  const auto model = load(decision("un", {}, literal("[1]"), "number") +
                          decision("jour", {}, literal("date(\"2022-06-01\")"), "dateTime"));
  CHECK(run(*model, "un").value.to_feel() == "1");
  CHECK(run(*model, "jour").value.is(feel::Kind::date_time));
  dmn::LoadOptions lenient;
  lenient.lenient = true;
  const auto wrong = load(decision("d", {}, literal("\"a\""), "number"), lenient);
  CHECK(first_code(run(*wrong, "d").errors) == "F016");
}

TEST_CASE("business knowledge models call one another, and end", "[dmn][model][limits]") {
  const auto model =
      load(knowledge("double", parameter("n", "number"), literal("n * 2")) +
           knowledge("quadruple", parameter("n", "number"), literal("double(double(n))"), "double") +
           knowledge("factorielle", parameter("n", "number"), literal("if n <= 1 then 1 else n * factorielle(n - 1)")) +
           knowledge("sans fin", parameter("n", "number"), literal("sans fin(n + 1)")) +
           decision("a", {"k_quadruple"}, literal("quadruple(3)")) +
           decision("b", {"k_factorielle"}, literal("factorielle(20)")) +
           decision("c", {"k_sans fin"}, literal("sans fin(1)")));
  CHECK(run(*model, "a").value.to_feel() == "12");
  CHECK(run(*model, "b").value.to_feel() == "2432902008176640000");
  const auto endless = run(*model, "c");
  CHECK(endless.value.is_null());
  CHECK(first_code(endless.errors) == "F008");
}

TEST_CASE("a service computes apart from what calls it, and a service that calls itself ends", "[dmn][model][limits]") {
  const std::string service =
      "<decisionService id=\"k_s\" name=\"s\"><variable name=\"s\"/><outputDecision href=\"#d_b\"/><inputDecision "
      "href=\"#d_a\"/><inputData href=\"#i_x\"/></decisionService>\n";
  const auto model = load(input("x", "number") + decision("a", {}, literal("1"), "number") +
                          decision("b", {"d_a", "i_x"}, literal("a * 100 + x")) + service +
                          decision("c", {"k_s", "d_b", "i_x"}, literal("[s(7, 3), s(x: 7, a: 3), b, x]")));
  CHECK(run(*model, "c", {{"x", 2}}).value.to_feel() == "[307, 307, 102, 2]");
  CHECK(model->evaluate_service("s", {{"a", 4}, {"x", 5}}).value.to_feel() == "405");
  CHECK(model->services().size() == 1);
  CHECK_THROWS_AS(model->evaluate_service("t", {}), Error);
  const auto endless = load("<decisionService id=\"k_s\" name=\"s\"><variable name=\"s\"/><outputDecision "
                            "href=\"#d_b\"/></decisionService>\n" +
                            decision("b", {"k_s"}, literal("s()")));
  CHECK(first_code(run(*endless, "b").errors) == "F008");
}

TEST_CASE("a service of several decisions gives a context", "[dmn][model]") {
  const auto model = load(decision("a", {}, literal("1")) + decision("b", {}, literal("2")) +
                          "<decisionService id=\"k_s\" name=\"s\"><outputDecision href=\"#d_a\"/><outputDecision "
                          "href=\"#d_b\"/></decisionService>");
  CHECK(model->evaluate_service("s", {}).value.to_feel() == "{a: 1, b: 2}");
}

TEST_CASE("imports bring decisions, functions and types under their name", "[dmn][import]") {
  const std::string shared = document("<itemDefinition name=\"t_age\"><typeRef>number</typeRef></itemDefinition>\n" +
                                          input("âge", "t_age") + decision("majeur", {"i_âge"}, literal("âge >= 18")) +
                                          knowledge("plus un", parameter("n", "t_age"), literal("n + 1")),
                                      "commun", "urn:commun");
  const std::string requires_shared =
      "<informationRequirement><requiredDecision href=\"urn:commun#d_majeur\"/></informationRequirement>"
      "<knowledgeRequirement><requiredKnowledge href=\"urn:commun#k_plus un\"/></knowledgeRequirement>";
  const std::string main =
      document(import("base", "urn:commun") + input("x", "base.t_age") +
               decision("d", {"i_x"}, requires_shared + literal("if base.majeur then base.plus un(x) else 0")));
  const auto model = dmn::Model::load({{"m.dmn", main}, {"c.dmn", shared}});
  CHECK(run(*model, "d", {{"x", 1}, {"âge", 20, "urn:commun"}}).value.to_feel() == "2");
  CHECK(run(*model, "d", {{"x", 1}, {"âge", 10}}).value.to_feel() == "0");
  CHECK(model->evaluate("majeur", {{"âge", 20}}, {}, "urn:commun").value.is_true());
  REQUIRE(model->facts("d").size() == 2);
  CHECK(model->facts("d")[1].path == "âge");
  CHECK(model->facts("majeur", "urn:commun").size() == 1);
  CHECK_THROWS_AS(model->facts("majeur", "urn:test"), Error);
  CHECK(first_code(refused({{"m.dmn", main}})) == "D003"); // the imported model is not given
  const std::string without = document(decision("d", {}, requires_shared + literal("1")));
  CHECK(first_code(refused({{"m.dmn", without}, {"c.dmn", shared}})) == "D003"); // not imported
}

TEST_CASE("a fact that its name alone does not reach is called by its namespace", "[dmn][import]") {
  const std::string shared =
      document(input("x", "number") + decision("double", {"i_x"}, literal("x * 2")), "commun", "urn:commun");
  const std::string main = document(import("base", "urn:commun") + input("x", "number") +
                                    decision("d", {"i_x"},
                                             "<informationRequirement><requiredDecision href=\"urn:commun#d_double\"/>"
                                             "</informationRequirement>" +
                                                 literal("x + base.double")));
  const auto model = dmn::Model::load({{"m.dmn", main}, {"c.dmn", shared}});
  const auto facts = model->facts("d");
  REQUIRE(facts.size() == 2);
  CHECK(facts[0].path == "x");
  CHECK(facts[1].path == "{urn:commun}x");
  CHECK(run(*model, "d", {{"x", 1}, {"x", 10, "urn:commun"}}).value.to_feel() == "21");
}

TEST_CASE("a name that many elements bear is told once for each of them", "[dmn][limits]") {
  std::string inputs;
  for (int i = 0; i < 1'000; ++i)
    inputs += "<inputData id=\"i" + std::to_string(i) + "\" name=\"x\"><variable name=\"x\"/></inputData>";
  CHECK(refused(inputs).size() == 999);
}

TEST_CASE("merged documents replace what bears the same name, and the base sees the replacement", "[dmn][merge]") {
  const std::string base = document("<itemDefinition name=\"t_seuil\"><typeRef>number</typeRef></itemDefinition>\n" +
                                        input("seuil", "t_seuil") + input("montant", "number") +
                                        decision("taux", {}, literal("0.1"), "number") +
                                        decision("part", {"i_montant", "d_taux"}, literal("montant * taux"), "number") +
                                        knowledge("arrondi", parameter("n"), literal("floor(n)")) +
                                        decision("entier", {"d_part", "k_arrondi"}, literal("arrondi(part)")),
                                    "base", "urn:base");
  const std::string child =
      document(input("montant", "number") + input("part", "number") +
                   "<decision id=\"autre_id\" name=\"taux\"><variable name=\"taux\" typeRef=\"number\"/>" +
                   literal("0.25") + "</decision>" + knowledge("arrondi", parameter("n"), literal("ceiling(n)")) +
                   decision("double", {"i_part"}, literal("part * 2")),
               "enfant", "urn:enfant");
  dmn::LoadOptions merge;
  merge.merge = true;
  const auto model = dmn::Model::load({{"base.dmn", base}, {"enfant.dmn", child}}, merge);
  CHECK(run(*model, "part", {{"montant", 10}}).value.to_feel() == "2.5");
  CHECK(run(*model, "entier", {{"montant", 10}}).value.to_feel() == "3");
  CHECK(run(*model, "double", {{"montant", 10}}).value.to_feel() ==
        "5"); // the input of the child is the base's decision
  CHECK(model->inputs().size() == 2);
  CHECK(model->find_decision("taux")->file == "enfant.dmn");
  const std::string other = document(input("montant", "string"), "enfant", "urn:enfant");
  CHECK(first_code(refused({{"base.dmn", base}, {"enfant.dmn", other}}, merge)) == "D012");
}

TEST_CASE("a model tells its facts, with labels and allowed values", "[dmn][facts]") {
  const std::string types = "<itemDefinition name=\"t_axe\"><typeRef>string</typeRef><allowedValues><text>\"1\", "
                            "\"2\"</text></allowedValues></itemDefinition>\n"
                            "<itemDefinition name=\"t_depense\"><itemComponent name=\"axe\" label=\"Axe de la "
                            "convention\"><typeRef>t_axe</typeRef></itemComponent>"
                            "<itemComponent name=\"montant\"><description>En "
                            "euros</description><typeRef>number</typeRef></itemComponent></itemDefinition>\n"
                            "<itemDefinition name=\"t_freins\" isCollection=\"true\"><itemComponent name=\"code\" "
                            "label=\"Frein\"><typeRef>string</typeRef></itemComponent></itemDefinition>\n";
  const auto model = load(types + input("depense", "t_depense") + input("freins", "t_freins") +
                          input("inutile", "number") + decision("a", {"i_depense"}, literal("depense.axe = \"1\"")) +
                          decision("b", {"d_a", "i_freins"}, literal("if a then count(freins) else 0")) +
                          decision("c", {"i_depense"}, literal("depense")));
  const auto facts = model->facts("b");
  REQUIRE(facts.size() == 2);
  CHECK(facts[0].path == "depense.axe");
  CHECK(facts[0].label == "Axe de la convention");
  REQUIRE(facts[0].type.constraint() != nullptr);
  CHECK(facts[0].type.constraint()->enumerated().size() == 2);
  CHECK(facts[1].path == "freins[].code");
  CHECK(facts[1].label == "Frein");
  REQUIRE(model->facts("c").size() == 2);
  CHECK(model->facts("c")[1].path == "depense.montant");
  CHECK(model->facts("c")[1].description == "En euros");
  REQUIRE(model->unused_inputs().size() == 1);
  CHECK(model->unused_inputs()[0].name == "inutile");
}

TEST_CASE("a model describes its tables and expressions", "[dmn][facts]") {
  const auto model =
      load(input("x", "number") +
           decision("t", {"i_x"}, table("hitPolicy=\"FIRST\"", {{"x"}}, {{"s", "", "0"}}, {{"< 1", "2"}})) +
           decision("l", {}, literal("1 + 1")));
  CHECK(model->describe("l").to_feel() == "{kind: \"literal_expression\", text: \"1 + 1\"}");
  const Value described = model->describe("t");
  CHECK(described.context().find("hit_policy")->text() == "FIRST");
  CHECK(described.context().find("rules")->list().at(0).context().find("inputs")->to_feel() == "[\"< 1\"]");
  CHECK(described.context().find("outputs")->list().at(0).context().find("default")->text() == "0");
  CHECK(model->find_decision("t")->has_table);
  CHECK_FALSE(model->find_decision("l")->has_table);
}

TEST_CASE("knowledge sources are the authorities of a decision", "[dmn][facts]") {
  const auto model = load("<knowledgeSource id=\"ks\" name=\"Article 4\" "
                          "locationURI=\"article:art-4\"/><knowledgeSource id=\"kt\" name=\"Annexe\"/>"
                          "<decision id=\"d_d\" name=\"d\"><variable "
                          "name=\"d\"/><authorityRequirement><requiredAuthority href=\"#ks\"/></authorityRequirement>"
                          "<authorityRequirement><requiredAuthority href=\"#kt\"/></authorityRequirement>" +
                          literal("1") + "</decision>");
  CHECK(model->find_decision("d")->authorities == std::vector<std::string>{"article:art-4", "Annexe"});
}

TEST_CASE("an evaluation stops at its limits", "[dmn][limits]") {
  const auto model = load(decision("d", {}, literal("count(for i in 1..1000, j in 1..1000, k in 1..1000 return 1)")));
  dmn::EvaluateOptions options;
  options.limits.steps = 100'000;
  const auto result = model->evaluate("d", {}, options);
  CHECK(result.value.is_null());
  CHECK(first_code(result.errors) == "F008");
}
