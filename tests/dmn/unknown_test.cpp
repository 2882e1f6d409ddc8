// Decisions §1, "Tables", sentence by sentence: facts that are not known, and what they leave determined.
#include "tests/dmn/models.hpp"

using namespace models;

namespace {

std::shared_ptr<const dmn::Model> with(const std::string &policy, const std::vector<Column> &outputs,
                                       const std::vector<std::vector<std::string>> &rules) {
  return load(input("a", "number") + input("b", "number") +
              decision("d", {"i_a", "i_b"}, table(policy, {{"a"}, {"b"}}, outputs, rules)));
}

std::string joined(const std::vector<std::string> &names) {
  std::string result;
  for (const std::string &name : names)
    result += (result.empty() ? "" : " ") + name;
  return result;
}

// The value, or the status with what is missing.
std::string shown(const dmn::Result &result) {
  if (result.status == dmn::Status::determine)
    return result.value.to_feel();
  return std::string(text(result.status)) + ": " +
         (result.errors.empty() ? joined(result.missing) : first_code(result.errors));
}

} // namespace

TEST_CASE("a rule with a false cell is out, whatever else is unknown", "[dmn][unknown]") {
  const auto model = with("", {{"s"}}, {{"> 0", "> 0", "1"}, {"-", "<= 0", "2"}});
  CHECK(shown(run(*model, "d", {{"b", -1}}, true)) == "2");
  CHECK(shown(run(*model, "d", {{"b", 1}}, true)) == "indetermine: a");
  CHECK(shown(run(*model, "d", {}, true)) == "indetermine: a b");
}

TEST_CASE("FIRST is determined by its first true rule when no possible rule stands before it", "[dmn][unknown]") {
  const auto model = with("hitPolicy=\"FIRST\"", {{"s"}}, {{"> 10", "-", "1"}, {"> 0", "> 5", "2"}, {"> 0", "-", "3"}});
  CHECK(shown(run(*model, "d", {{"a", 20}}, true)) == "1"); // the possible second rule stands after
  CHECK(shown(run(*model, "d", {{"a", 5}}, true)) == "indetermine: b");
  CHECK(shown(run(*model, "d", {{"b", 1}}, true)) == "indetermine: a");
}

TEST_CASE("UNIQUE and ANY are determined by a true rule; a possible second one makes them unknown", "[dmn][unknown]") {
  for (const std::string policy : {"", "hitPolicy=\"ANY\""}) {
    INFO(policy);
    const auto model = with(policy, {{"s"}}, {{"> 0", "-", "1"}, {"<= 0", "> 0", "2"}, {"> 10", "> 0", "1"}});
    CHECK(shown(run(*model, "d", {{"a", 5}}, true)) == "1");
    CHECK(shown(run(*model, "d", {{"a", 15}}, true)) == "indetermine: b");
  }
}

TEST_CASE("a second UNIQUE hit is an error, whatever else is unknown", "[dmn][unknown]") {
  const auto model = with("", {{"s"}}, {{"> 0", "-", "1"}, {"> 1", "-", "2"}, {"-", "> 0", "3"}});
  CHECK(shown(run(*model, "d", {{"a", 5}}, true)) == "erreur: D007");
}

TEST_CASE("COLLECT is determined only when no rule is possible", "[dmn][unknown]") {
  for (const std::string policy : {"hitPolicy=\"COLLECT\"", "hitPolicy=\"RULE ORDER\"", "hitPolicy=\"OUTPUT ORDER\"",
                                   "hitPolicy=\"COLLECT\" aggregation=\"COUNT\""}) {
    INFO(policy);
    const auto model = with(policy, {{"s", "1, 2"}}, {{"> 0", "-", "1"}, {"-", "> 0", "2"}});
    CHECK(shown(run(*model, "d", {{"a", 5}}, true)) == "indetermine: b");
    CHECK(run(*model, "d", {{"a", 5}, {"b", -1}}, true).status == dmn::Status::determine);
  }
}

TEST_CASE("the default output is given only when no rule is possible", "[dmn][unknown]") {
  const auto model = with("", {{"s", "", "9"}}, {{"> 0", "> 0", "1"}});
  CHECK(shown(run(*model, "d", {{"a", -1}}, true)) == "9");
  CHECK(shown(run(*model, "d", {{"a", 1}}, true)) == "indetermine: b");
  const auto bare = with("", {{"s"}}, {{"> 0", "> 0", "1"}});
  CHECK(shown(run(*bare, "d", {{"a", -1}}, true)) == "erreur: D006");
  CHECK(shown(run(*bare, "d", {{"a", 1}}, true)) == "indetermine: b");
}

TEST_CASE("PRIORITY is determined when no possible rule ranks higher than a true one", "[dmn][unknown]") {
  const auto model =
      with("hitPolicy=\"PRIORITY\"", {{"s", "\"haut\", \"bas\""}},
           {{"> 0", "-", "\"bas\""}, {"> 10", "> 0", "\"haut\""}, {"> 20", "-", "\"haut\""}, {"-", "> 5", "\"bas\""}});
  CHECK(shown(run(*model, "d", {{"a", 5}}, true)) == "\"bas\"");
  CHECK(shown(run(*model, "d", {{"a", 15}}, true)) == "indetermine: b");
  CHECK(shown(run(*model, "d", {{"a", 25}}, true)) == "\"haut\"");
}

TEST_CASE("an error outranks a missing fact, and both lists are given", "[dmn][unknown]") {
  const auto model = with("", {{"s"}}, {{"> 1 / (a - a)", "> 0", "1"}, {"< 0", "-", "2"}});
  const auto result = run(*model, "d", {{"a", 5}}, true);
  CHECK(result.status == dmn::Status::erreur);
  CHECK(first_code(result.errors) == "F006");
  CHECK(joined(result.missing) == "b");
}

TEST_CASE("a fact that can no longer change the answer is not missed", "[dmn][unknown]") {
  const auto model =
      load(input("a", "boolean") + input("b", "boolean") + decision("et", {"i_a", "i_b"}, literal("a and b")) +
           decision("ou", {"i_a", "i_b"}, literal("a or b")) + decision("tous", {"d_et", "d_ou"}, literal("et or ou")));
  CHECK(shown(run(*model, "et", {{"a", false}}, true)) == "false");
  CHECK(shown(run(*model, "ou", {{"a", true}}, true)) == "true");
  CHECK(shown(run(*model, "et", {{"a", true}}, true)) == "indetermine: b");
  CHECK(shown(run(*model, "tous", {{"a", true}}, true)) == "true");
}

TEST_CASE("absent and null facts are unknown, each member by its path", "[dmn][unknown]") {
  const std::string types =
      "<itemDefinition name=\"t_depense\"><itemComponent name=\"axe\"><typeRef>string</typeRef></itemComponent>"
      "<itemComponent name=\"montant\"><typeRef>number</typeRef></itemComponent></itemDefinition>\n"
      "<itemDefinition name=\"t_freins\" isCollection=\"true\"><itemComponent "
      "name=\"code\"><typeRef>string</typeRef></itemComponent>"
      "<itemComponent name=\"reponse\"><typeRef>string</typeRef></itemComponent></itemDefinition>\n";
  const auto model = load(types + input("depense", "t_depense") + input("freins", "t_freins") +
                          decision("axe", {"i_depense"}, literal("depense.axe")) +
                          decision("oui", {"i_freins"}, literal("some f in freins satisfies f.reponse = \"oui\"")) +
                          decision("liste", {"i_freins"}, literal("count(freins) > 0")));
  CHECK(shown(run(*model, "axe", {}, true)) == "indetermine: depense.axe");
  CHECK(shown(run(*model, "axe", {{"depense", Value()}}, true)) == "indetermine: depense.axe");
  CHECK(shown(run(*model, "axe", {{"depense", Context{{"montant", 3}}}}, true)) == "indetermine: depense.axe");
  CHECK(shown(run(*model, "axe", {{"depense", Context{{"axe", "2"}}}}, true)) == "\"2\"");
  const Value two = List{Context{{"code", "a"}, {"reponse", "non"}}, Context{{"code", "b"}}};
  CHECK(shown(run(*model, "oui", {{"freins", two}}, true)) == "indetermine: freins[2].reponse");
  CHECK(shown(run(*model, "liste", {}, true)) == "indetermine: freins");
  CHECK(shown(run(*model, "liste", {{"freins", two}}, true)) == "true");
}

TEST_CASE("non_aborde and ne_sait_pas are unknown where they are answers; refuse is reported apart", "[dmn][unknown]") {
  const std::string types =
      "<itemDefinition name=\"t_reponse\"><typeRef>string</typeRef><allowedValues><text>\"oui\", "
      "\"non\", \"non_aborde\", \"refuse\", \"ne_sait_pas\"</text></allowedValues></itemDefinition>\n";
  const auto model =
      load(types + input("r", "t_reponse") + input("libre", "string") + decision("d", {"i_r"}, literal("r = \"oui\"")) +
           decision("e", {"i_libre"}, literal("libre = \"refuse\"")));
  CHECK(shown(run(*model, "d", {{"r", "non"}}, true)) == "false");
  CHECK(shown(run(*model, "d", {{"r", "non_aborde"}}, true)) == "indetermine: r");
  CHECK(shown(run(*model, "d", {{"r", "ne_sait_pas"}}, true)) == "indetermine: r");
  const auto refusal = run(*model, "d", {{"r", "refuse"}}, true);
  CHECK(shown(refusal) == "indetermine: r");
  CHECK(joined(refusal.refused) == "r");
  CHECK(shown(run(*model, "e", {{"libre", "refuse"}}, true)) == "true"); // no such answer is declared here
  CHECK(shown(run(*model, "d", {{"r", "refuse"}})) == "false");          // bare DMN knows nothing of it
}

TEST_CASE("an unknown key or a wrong type among the facts is an error with a suggestion", "[dmn][unknown]") {
  const std::string types = "<itemDefinition name=\"t\"><itemComponent "
                            "name=\"axe\"><typeRef>string</typeRef></itemComponent></itemDefinition>\n";
  const auto model = load(types + input("depense", "t") + decision("d", {"i_depense"}, literal("depense.axe")));
  const auto refusal = [&](const std::vector<dmn::Given> &given) {
    try {
      run(*model, "d", given, true);
    } catch (const Error &error) {
      return to_string(error.first());
    }
    return std::string();
  };
  CHECK(refusal({{"depence", Context{}}}).find("did you mean 'depense'") != std::string::npos);
  CHECK(refusal({{"depense", Context{{"axes", "1"}}}}).find("did you mean 'axe'") != std::string::npos);
  CHECK(refusal({{"depense", Context{{"axe", 1}}}}).find("D010 error at /depense/axe") == 0);
}

TEST_CASE("a trace tells the verdict of each cell", "[dmn][trace]") {
  const auto model = with("hitPolicy=\"FIRST\"", {{"s"}}, {{"> 10", "-", "1"}, {"> 0", "> 5", "2"}, {"-", "-", "3"}});
  const auto result = run(*model, "d", {{"a", 5}}, true, true);
  REQUIRE(result.trace.decisions.size() == 1);
  REQUIRE(result.trace.decisions[0].tables.size() == 1);
  const auto &rules = result.trace.decisions[0].tables[0].rules;
  REQUIRE(rules.size() == 3);
  using dmn::Verdict;
  CHECK(rules[0].cells == std::vector{Verdict::faux, Verdict::non_evalue});
  CHECK(rules[1].cells == std::vector{Verdict::vrai, Verdict::inconnu});
  CHECK(rules[1].verdict == Verdict::inconnu);
  CHECK_FALSE(rules[1].hit);
  const auto determined = run(*model, "d", {{"a", 5}, {"b", 9}}, true, true);
  const auto &hit = determined.trace.decisions[0].tables[0].rules[1];
  CHECK(hit.hit);
  CHECK(determined.trace.decisions[0].facts.size() == 2);
  CHECK(determined.trace.decisions[0].facts[0].path == "a");
}

TEST_CASE("what a decision gives does not depend on whether anybody watches it", "[dmn][unknown]") {
  // `list contains` reports an element that is an error: of a decision that is read, and of none that is not.
  const auto model =
      load(input("a", "number") + input("l") + decision("fautif", {"i_l"}, literal("list contains(l, 1 / 0)")) +
           decision("autre", {"i_a", "d_fautif"}, literal("if a > 5 then fautif else false")) +
           decision("juste", {"i_a"}, literal("a * 2")) +
           decision("d", {"i_a", "d_autre", "d_juste"}, literal("if a > 0 then {v: juste, w: autre} else juste")));
  const Value list(List{1, 2});
  for (const Value &a : {Value(-1), Value(1), Value(6), Value()}) {
    INFO(a.to_feel());
    const std::vector<dmn::Given> given{{"a", a}, {"l", list}};
    dmn::EvaluateOptions options;
    options.facts_may_be_unknown = true;
    const dmn::Result alone = model->evaluate("d", given, options);
    options.trace = true;
    const dmn::Result watched = model->evaluate("d", given, options);
    CHECK(identical(alone.value, watched.value));
    CHECK(alone.status == watched.status);
    CHECK(alone.missing == watched.missing);
    REQUIRE(alone.errors.size() == watched.errors.size());
    for (std::size_t i = 0; i < alone.errors.size(); ++i)
      CHECK(to_string(alone.errors[i]) == to_string(watched.errors[i]));
    // Only from 6 on is the faulty one read.
    CHECK((alone.status == dmn::Status::erreur) == identical(a, Value(6)));
  }
}

TEST_CASE("the clock is read once, and only by what asks for it", "[dmn]") {
  static int asked = 0;
  const auto model = load(input("a", "number") + decision("deux", {}, literal("[now(), now(), today()]")) +
                          decision("aucun", {"i_a"}, literal("a + 1")));
  dmn::EvaluateOptions options;
  options.clock = [] {
    ++asked;
    return *feel::DateTime::parse("2022-06-01T10:00:00Z");
  };
  CHECK(model->evaluate("aucun", {{"a", 1}}, options).value.number() == 2);
  CHECK(asked == 0);
  const dmn::Result read = model->evaluate("deux", {}, options);
  CHECK(asked == 1);
  REQUIRE(read.value.list().size() == 3);
  CHECK(identical(read.value.list()[0], read.value.list()[1]));
  CHECK(read.value.list()[2].date() == *feel::Date::parse("2022-06-01"));
}
