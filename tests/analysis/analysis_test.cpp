// Cases worked out by hand.
#include "tests/dmn/models.hpp"

#include "spie/analysis/analysis.hpp"

namespace {

using namespace models;
using analysis::Extent;
using analysis::TableReport;

TableReport analysed(const std::string &xml, const analysis::Options &options = {}) {
  const auto model = dmn::Model::load({{"m.dmn", xml}});
  auto report = analysis::analyse(*model, options);
  REQUIRE(report.tables.size() == 1);
  return std::move(report.tables.front());
}

std::string ages(const std::string &policy, const std::vector<std::vector<std::string>> &rules,
                 const std::string &fallback = "", const std::string &type = "number") {
  return document(
      input("age", type) +
      decision("d", {"i_age"}, table("hitPolicy=\"" + policy + "\"", {{"age"}}, {{"y", "", fallback}}, rules)));
}

} // namespace

TEST_CASE("a hole between two intervals is named with its simplest witness", "[analysis]") {
  const TableReport table = analysed(ages("UNIQUE", {{"< 18", "1"}, {"[18..65)", "2"}, {"> 65", "3"}}));
  CHECK(table.decision == "d");
  CHECK(table.analyse == Extent::complete);
  REQUIRE(table.trous.size() == 1);
  CHECK(table.trous[0].region == "age = 65");
  CHECK(table.trous[0].temoin.find("age")->to_feel() == "65");
  CHECK(table.trous[0].niveau == Level::error);
  CHECK(table.recouvrements.empty());
  CHECK(table.hole());
}

TEST_CASE("a default output, and a policy that keeps many rules, make a hole a note", "[analysis]") {
  CHECK_FALSE(analysed(ages("UNIQUE", {{"< 18", "1"}}, "0")).hole());
  CHECK(analysed(ages("UNIQUE", {{"< 18", "1"}}, "0")).trous.size() == 1);
  CHECK_FALSE(analysed(ages("COLLECT", {{"< 18", "1"}})).hole());
  CHECK(analysed(ages("FIRST", {{"< 18", "1"}})).hole());
}

TEST_CASE("what nothing names is a note where texts are free", "[analysis]") {
  const TableReport table = analysed(ages("UNIQUE", {{"\"a\"", "1"}, {"\"b\"", "2"}}, "", "string"));
  REQUIRE(table.trous.size() == 1);
  CHECK(table.trous[0].region == "age : toute autre valeur");
  CHECK(table.trous[0].niveau == Level::note);
  CHECK_FALSE(table.hole());
}

TEST_CASE("a witness takes the fewest digits, and days count by one", "[analysis]") {
  const TableReport numbers = analysed(ages("UNIQUE", {{"<= 0.125", "1"}, {">= 0.25", "2"}}));
  REQUIRE(numbers.trous.size() == 1);
  CHECK(numbers.trous[0].temoin.find("age")->to_feel() == "0.2");
  CHECK(numbers.trous[0].region == "age dans (0.125..0.25)");
  const std::vector<std::vector<std::string>> two{{"<= date(\"2024-02-28\")", "1"}, {">= date(\"2024-03-01\")", "2"}};
  const TableReport leap = analysed(ages("UNIQUE", two, "", "date"));
  REQUIRE(leap.trous.size() == 1);
  CHECK(leap.trous[0].temoin.find("age")->to_string() == "2024-02-29");
  const std::vector<std::vector<std::string>> next{{"<= date(\"2023-02-28\")", "1"}, {">= date(\"2023-03-01\")", "2"}};
  CHECK(analysed(ages("UNIQUE", next, "", "date")).trous.empty());
}

TEST_CASE("a cell that is neither interval nor list is said, and what is certain is said all the same", "[analysis]") {
  const TableReport table =
      analysed(ages("UNIQUE", {{"modulo(?, 2) = 0", "1"}, {"< 0", "2"}, {"< -5", "2"}, {"(2..1)", "3"}}));
  CHECK(table.analyse == Extent::partielle);
  CHECK(table.motif.find("règle 1") != std::string::npos);
  CHECK(table.trous.empty()); // rule 1 might take all of them
  REQUIRE(table.recouvrements.size() == 1);
  CHECK(table.recouvrements[0].first == 2);
  CHECK(table.subsumees == std::vector<TableReport::Pair>{{3, 2}});
  CHECK(table.mortes == std::vector<std::size_t>{4});
  CHECK(analysed(ages("UNIQUE", {{"modulo(?, 2) = 0", "1"}})).analyse == Extent::impossible);
}

TEST_CASE("a cell of another form leaves undecided only what depends on it, and is named", "[analysis]") {
  // Column b is read whole: what it leaves out, no rule takes, whatever rules 1 and 2 do of a.
  const auto two = [](const std::string &policy, const std::vector<std::vector<std::string>> &rules) {
    return analysed(document(
        input("a", "number") + input("b", "number") + input("s", "number") +
        decision("d", {"i_a", "i_b", "i_s"}, table("hitPolicy=\"" + policy + "\"", {{"a"}, {"b"}}, {{"y"}}, rules))));
  };
  const TableReport holes =
      two("UNIQUE", {{"> s", "< 10", "1"}, {"<= s", "< 10", "2"}, {"-", "> 20", "3"}, {"< 0", "> 30", "4"}});
  CHECK(holes.analyse == Extent::partielle);
  REQUIRE(holes.trous.size() == 1);
  CHECK(holes.trous[0].region == "b dans [10..20]");
  CHECK(holes.trous[0].temoin.find("b")->to_feel() == "10");
  REQUIRE(holes.recouvrements.size() == 1); // 3 and 4; whether 1 and 2 meet depends on s
  CHECK(holes.recouvrements[0].second == 4);
  CHECK(holes.motif ==
        "«\u00a0a\u00a0», règles 1 et 2\u00a0: la cellule n’est ni un intervalle, ni une liste de constantes, du "
        "type de l’entrée ; restent indécis des trous (b < 10), des recouvrements (1 et 2)");

  // A cell is read as far as it goes: rule 1 takes nothing below 5, and 7 whatever s is.
  const TableReport partly = two("FIRST", {{"7, [5..s]", "-", "1"}, {"< 4", "-", "2"}, {"7", "> 3", "3"}});
  REQUIRE(partly.trous.size() == 1);
  CHECK(partly.trous[0].region == "a dans [4..5)");
  CHECK(partly.cachees == std::vector<std::size_t>{3});
  CHECK(partly.motif.find("cachées") == std::string::npos); // nothing stands before rules 1 and 2
  CHECK(partly.motif.find("des trous (a dans [5..7) ; a > 7)") != std::string::npos);

  // What is written alike matches alike.
  const TableReport alike = two("COLLECT", {{"> s", "< 10", "1"}, {"> s", "< 5", "1"}, {"> s", ">= 10", "1"}});
  CHECK(alike.subsumees == std::vector<TableReport::Pair>{{2, 1}});
  CHECK(alike.fusionnables == std::vector<TableReport::Pair>{{1, 3}, {2, 3}});

  // Rules that stand without it: nothing depends on rule 3.
  const TableReport decided = two("FIRST", {{"< 0", "-", "1"}, {">= 0", "-", "2"}, {"> 5", "modulo(?, 2) = 0", "3"}});
  CHECK(decided.trous.empty());
  CHECK(decided.cachees == std::vector<std::size_t>{3});
  CHECK(decided.motif.find("règle 3") != std::string::npos);
}

TEST_CASE("the cells that were not read are named by input and by runs of rules", "[analysis]") {
  std::vector<std::vector<std::string>> rules;
  for (int i = 0; i < 9; ++i)
    rules.push_back({i == 1 || i == 7 ? "< 0" : "modulo(?, " + std::to_string(i + 2) + ") = 0", std::to_string(i)});
  CHECK(analysed(ages("COLLECT", rules)).motif.find("«\u00a0age\u00a0», règles 1, 3 à 7 et 9\u00a0:") == 0);
}

TEST_CASE("a column typed as whole numbers leaves no hole between two that follow each other", "[analysis]") {
  const std::vector<std::vector<std::string>> rules{{"<= 3", "1"}, {">= 4", "2"}};
  CHECK(analysed(ages("UNIQUE", rules)).trous.size() == 1);
  for (const std::string type : {"integer", "long", "short"}) {
    CHECK(analysed(ages("UNIQUE", rules, "", type)).trous.empty());
    std::string column = ages("UNIQUE", rules); // by the typeRef of the column alone
    const std::string plain = "<inputExpression>";
    column.replace(column.find(plain), plain.size(), "<inputExpression typeRef=\"" + type + "\">");
    CHECK(analysed(column).trous.empty());
  }
  std::string named = ages("UNIQUE", rules, "", "entier"); // a type of the pack, renamed once
  const std::size_t elements = named.find('\n') + 1;
  named.insert(elements, "<itemDefinition name=\"entier\"><typeRef>number</typeRef></itemDefinition>\n");
  CHECK(analysed(named).trous.empty());
  // A column typed by a name that stands for it, and a member of an input.
  named = ages("UNIQUE", rules);
  const std::string bare = "<inputExpression>";
  named.replace(named.find(bare), bare.size(), "<inputExpression typeRef=\"t_age\">");
  named.insert(elements, "<itemDefinition name=\"t_age\"><typeRef>long</typeRef></itemDefinition>\n");
  CHECK(analysed(named).trous.empty());
  const std::string member = document(
      "<itemDefinition name=\"t_foyer\"><itemComponent name=\"taille\"><typeRef>integer</typeRef></itemComponent>"
      "<itemComponent name=\"revenu\"><typeRef>number</typeRef></itemComponent></itemDefinition>\n" +
      input("foyer", "t_foyer") +
      decision("d", {"i_foyer"}, table("hitPolicy=\"UNIQUE\"", {{"foyer.taille"}}, {{"y"}}, rules)));
  CHECK(analysed(member).trous.empty());
  std::string dense = member;
  dense.replace(dense.find("foyer.taille"), std::string("foyer.taille").size(), "foyer.revenu");
  CHECK(analysed(dense).trous.size() == 1);
  const TableReport wide = analysed(ages("UNIQUE", {{"< 3", "1"}, {">= 4", "2"}}, "", "integer"));
  REQUIRE(wide.trous.size() == 1);
  CHECK(wide.trous[0].temoin.find("age")->to_feel() == "3");
}

TEST_CASE("columns without an expression are named, and told apart, by their labels", "[analysis]") {
  std::string xml = document(input("a", "number") + input("b", "number") +
                             decision("d", {"i_a", "i_b"},
                                      table("hitPolicy=\"UNIQUE\"", {{""}, {""}}, {{"y"}},
                                            {{"< 0", "-", "1"}, {">= 0", "< 5", "2"}, {">= 0", "> 5", "3"}})));
  for (const char *label : {"a", "b"}) {
    const std::string bare = "<input><inputExpression>";
    xml.replace(xml.find(bare), bare.size(), std::string("<input label=\"") + label + "\"><inputExpression>");
  }
  const TableReport table = analysed(xml);
  REQUIRE(table.trous.size() == 1);
  CHECK(table.trous[0].region == "a >= 0 et b = 5");
  CHECK(table.recouvrements.empty());
}

TEST_CASE("two columns over one expression are one input", "[analysis]") {
  const std::string xml =
      document(input("n", "number") + decision("d", {"i_n"},
                                               table("hitPolicy=\"UNIQUE\"", {{"n"}, {"n"}}, {{"y"}},
                                                     {{"> 1", "< 1", "1"}, {">= 0", "-", "2"}, {"-", "< 0", "3"}})));
  const TableReport table = analysed(xml);
  CHECK(table.mortes == std::vector<std::size_t>{1});
  CHECK(table.trous.empty());
  CHECK(table.recouvrements.empty());
}

TEST_CASE("an input that is an expression is named by its text", "[analysis]") {
  const std::string xml =
      document(input("n", "number") +
               decision("d", {"i_n"}, table("hitPolicy=\"UNIQUE\"", {{"n * 2 > 3"}}, {{"y"}}, {{"true", "1"}})));
  const TableReport table = analysed(xml);
  REQUIRE(table.trous.size() == 1);
  CHECK(table.trous[0].region == "n * 2 > 3 = false");
}

TEST_CASE("values and outputs that nothing tests or gives are named", "[analysis]") {
  const std::string xml =
      document(input("c", "string") +
               decision("d", {"i_c"},
                        table("hitPolicy=\"FIRST\"", {{"c", "\"a\", \"b\", \"z\""}}, {{"y", "\"p\", \"q\", \"r\""}},
                              {{"\"a\"", "\"p\""}, {"\"a\", \"bb\"", "\"q\""}, {"-", "\"p\""}})));
  const TableReport table = analysed(xml);
  const Value report = analysis::to_value(analysis::Report{{table}});
  const Value &json = report.context().find("tables")->list().front();
  CHECK(json.context().find("valeurs_non_testees")->to_string() ==
        R"([{entree: "c", valeur: "b"}, {entree: "c", valeur: "z"}])");
  CHECK(json.context().find("sorties_absentes")->to_string() ==
        R"([{sortie: "y", valeur: "q"}, {sortie: "y", valeur: "r"}])"); // rule 2 is hidden by rule 1
  CHECK(json.context().find("valeurs_hors_domaine")->to_string() == R"([{regle: 2, entree: "c", valeur: "bb"}])");
  CHECK(json.context().find("cachees")->to_string() == "[2]");
}

TEST_CASE("the work is bounded, and what was not finished is said", "[analysis]") {
  analysis::Options options;
  options.work = 3;
  const TableReport table = analysed(ages("UNIQUE", {{"< 18", "1"}, {"[18..65)", "2"}, {"> 65", "3"}}), options);
  CHECK(table.analyse == Extent::partielle);
  CHECK(table.motif.find("le travail est borné") != std::string::npos);
  options = {};
  options.listed = 2;
  const TableReport many = analysed(ages("COLLECT", {{"-", "1"}, {"-", "2"}, {"-", "3"}}), options);
  CHECK(many.recouvrements.size() == 2);
  CHECK(many.analyse == Extent::partielle);
}

TEST_CASE("every list is bounded", "[analysis]") {
  analysis::Options options;
  options.listed = 2;
  const TableReport lists = analysed(
      document(input("c", "string") + decision("d", {"i_c"},
                                               table("hitPolicy=\"COLLECT\"", {{"c", R"("a", "b", "c", "d")"}},
                                                     {{"y", R"("p", "q", "r", "s")"}},
                                                     {{"\"x\"", "\"p\""}, {"\"y\"", "\"p\""}, {"\"z\"", "\"p\""}}))),
      options);
  CHECK(lists.valeurs_hors_domaine.size() == 2);
  CHECK(lists.valeurs_non_testees.size() == 2);
  CHECK(lists.sorties_absentes.size() == 2);
  CHECK(lists.analyse == Extent::partielle);
}

TEST_CASE("a search that finds no end leaves work to those that follow", "[analysis]") {
  // Each rule leaves out one value of each input: what all of them leave is the product of these.
  std::vector<std::vector<std::string>> rules;
  const auto all_but = [](int value) { return "not(" + std::to_string(value) + ")"; };
  for (int i = 0; i < 60; ++i)
    rules.push_back({all_but(i), all_but((7 * i) % 60), all_but((13 * i) % 60), "1"});
  const auto of_policy = [&](const std::string &policy) {
    analysis::Options options;
    options.work = 20'000;
    return analysed(document(input("a", "number") + input("b", "number") + input("c", "number") +
                             decision("d", {"i_a", "i_b", "i_c"},
                                      table("hitPolicy=\"" + policy + "\"", {{"a"}, {"b"}, {"c"}}, {{"y"}}, rules))),
                    options);
  };
  const TableReport unique = of_policy("UNIQUE");
  CHECK(unique.motif.find("la recherche des trous n’est pas finie") != std::string::npos);
  CHECK(unique.motif.find("la recherche des recouvrements") == std::string::npos);
  CHECK(unique.recouvrements.size() == 1000); // of 1,770
  CHECK(unique.conflict());
}

TEST_CASE("rules merge where the result stays the same, whatever stands between them", "[analysis]") {
  using Pairs = std::vector<TableReport::Pair>;
  const auto merged = [](const std::string &policy, const std::vector<std::vector<std::string>> &rules) {
    return analysed(ages(policy, rules)).fusionnables;
  };
  // What both take counts twice, but for the smallest and the largest.
  const std::vector<std::vector<std::string>> over{{"[0..5]", "1"}, {"[3..8]", "1"}};
  CHECK(merged("COLLECT\" aggregation=\"MIN", over) == Pairs{{1, 2}});
  CHECK(merged("COLLECT\" aggregation=\"MAX", over) == Pairs{{1, 2}});
  CHECK(merged("COLLECT\" aggregation=\"SUM", over).empty());
  CHECK(merged("COLLECT", over).empty());
  // In the order of the rules, an equal output may be passed over, another may not.
  CHECK(merged("RULE ORDER", {{"< 3", "1"}, {"-", "1"}, {"> 5", "1"}}) == Pairs{{1, 3}});
  CHECK(merged("RULE ORDER", {{"< 3", "1"}, {"-", "2"}, {"> 5", "1"}}).empty());
}

TEST_CASE("a table of a thousand rules and six inputs is analysed whole", "[analysis]") {
  // A grid: 10 ages by 10 amounts by 10 dates, each cut also by two texts and a boolean that stand together.
  std::vector<std::vector<std::string>> rules;
  const auto slab = [](int i, const std::string &before, const std::string &after) {
    const auto at = [&](int value) { return before + std::to_string(value) + after; };
    return i == 0 ? "< " + at(11) : i == 9 ? ">= " + at(19) : "[" + at(10 + i) + ".." + at(11 + i) + ")";
  };
  for (int a = 0; a < 10; ++a)
    for (int b = 0; b < 10; ++b)
      for (int c = 0; c < 10; ++c)
        rules.push_back({slab(a, "", ""), slab(b, "", ".5"), slab(c, "date(\"2024-01-", "\")"), "-", "-", "-",
                         std::to_string(a * 100 + b * 10 + c)});
  rules[555][3] = "\"x\"";
  rules[555][4] = "\"y\"";
  rules[555][5] = "true";
  const std::string xml = document(
      input("a", "number") + input("b", "number") + input("c", "date") + input("e", "string") + input("f", "string") +
      input("g", "boolean") +
      decision("d", {"i_a", "i_b", "i_c", "i_e", "i_f", "i_g"},
               table("hitPolicy=\"UNIQUE\"", {{"a"}, {"b"}, {"c"}, {"e", "\"x\", \"z\""}, {"f", "\"y\", \"z\""}, {"g"}},
                     {{"y"}}, rules)));
  const TableReport table = analysed(xml);
  CHECK(table.motif == "");
  CHECK(table.recouvrements.empty());
  REQUIRE(table.trous.size() == 3); // not x; not y; not true
  for (const analysis::Gap &gap : table.trous)
    CHECK(gap.region.find("a dans [15..16) et b dans [15.5..16.5)") == 0);
}
