// Each hit policy and aggregator in bare DMN: what is a value, what is null with an error.
#include "tests/dmn/models.hpp"

using namespace models;

namespace {

dmn::Result of(const std::string &table_text, Value x) {
  const auto model = load(input("x", "number") + decision("sortie", {"i_x"}, table_text));
  return run(*model, "sortie", {{"x", std::move(x)}});
}

std::string shown(const dmn::Result &result) {
  return result.value.is_null() && !result.errors.empty() ? first_code(result.errors) : result.value.to_feel();
}

} // namespace

TEST_CASE("UNIQUE gives the one rule that matches", "[dmn][table]") {
  const std::string unique =
      table("", {{"x"}}, {{"s"}}, {{"< 10", "\"bas\""}, {"[10..20]", "\"moyen\""}, {"> 15", "\"haut\""}});
  CHECK(shown(of(unique, 3)) == "\"bas\"");
  CHECK(shown(of(unique, 12)) == "\"moyen\"");
  CHECK(shown(of(unique, 16)) == "D007");
  CHECK(shown(of(unique, 30)) == "\"haut\"");
}

TEST_CASE("no rule and no default is an error", "[dmn][table]") {
  for (const std::string policy :
       {"", "hitPolicy=\"FIRST\"", "hitPolicy=\"ANY\"", "hitPolicy=\"PRIORITY\"", "hitPolicy=\"RULE ORDER\"",
        "hitPolicy=\"OUTPUT ORDER\"", "hitPolicy=\"COLLECT\"", "hitPolicy=\"COLLECT\" aggregation=\"SUM\""}) {
    INFO(policy);
    const auto result = of(table(policy, {{"x"}}, {{"s", "1, 2"}}, {{"< 10", "1"}}), 11);
    CHECK(shown(result) == "D006");
    CHECK(result.status == dmn::Status::erreur);
    REQUIRE_FALSE(result.errors.empty());
    CHECK(result.errors.front().where.find("modele.dmn:") == 0);
    CHECK(result.errors.front().where.find("decision 'sortie'") != std::string::npos);
  }
}

TEST_CASE("the default output is given when no rule matches", "[dmn][table]") {
  CHECK(shown(of(table("", {{"x"}}, {{"s", "", "\"autre\""}}, {{"< 10", "\"bas\""}}), 11)) == "\"autre\"");
  CHECK(shown(of(table("hitPolicy=\"COLLECT\"", {{"x"}}, {{"s", "", "\"autre\""}}, {{"< 10", "\"bas\""}}), 11)) ==
        "[\"autre\"]");
  CHECK(shown(of(table("", {{"x"}}, {{"a", "", "1"}, {"b", "", "2"}}, {{"< 10", "3", "4"}}), 11)) == "{a: 1, b: 2}");
}

TEST_CASE("FIRST gives the first rule that matches, in their order", "[dmn][table]") {
  const std::string first = table("hitPolicy=\"FIRST\"", {{"x"}}, {{"s"}}, {{"< 10", "1"}, {"< 20", "2"}, {"-", "3"}});
  CHECK(shown(of(first, 5)) == "1");
  CHECK(shown(of(first, 15)) == "2");
  CHECK(shown(of(first, 25)) == "3");
}

TEST_CASE("ANY asks the rules that match to agree", "[dmn][table]") {
  const std::string any = table("hitPolicy=\"ANY\"", {{"x"}}, {{"s"}}, {{"< 10", "1"}, {"< 20", "1"}, {"> 15", "2"}});
  CHECK(shown(of(any, 5)) == "1");
  CHECK(shown(of(any, 16)) == "D007");
  CHECK(shown(of(any, 30)) == "2");
}

TEST_CASE("PRIORITY gives the output that stands first among the outputValues", "[dmn][table]") {
  const std::string priority = table("hitPolicy=\"PRIORITY\"", {{"x"}}, {{"s", "\"refus\", \"accord\""}},
                                     {{"> 0", "\"accord\""}, {"> 10", "\"refus\""}, {"> 20", "\"accord\""}});
  CHECK(shown(of(priority, 5)) == "\"accord\"");
  CHECK(shown(of(priority, 25)) == "\"refus\"");
  const std::string two = table("hitPolicy=\"PRIORITY\"", {{"x"}}, {{"a", "1, 2"}, {"b", "\"p\", \"q\""}},
                                {{"> 0", "2", "\"p\""}, {"> 10", "1", "\"q\""}, {"> 20", "1", "\"p\""}});
  CHECK(shown(of(two, 5)) == "{a: 2, b: \"p\"}");
  CHECK(shown(of(two, 15)) == "{a: 1, b: \"q\"}");
  CHECK(shown(of(two, 25)) == "{a: 1, b: \"p\"}");
}

TEST_CASE("RULE ORDER and OUTPUT ORDER give lists", "[dmn][table]") {
  const std::vector<std::vector<std::string>> rules{{"> 0", "\"b\""}, {"> 10", "\"a\""}, {"> 20", "\"b\""}};
  CHECK(shown(of(table("hitPolicy=\"RULE ORDER\"", {{"x"}}, {{"s"}}, rules), 25)) == "[\"b\", \"a\", \"b\"]");
  CHECK(shown(of(table("hitPolicy=\"OUTPUT ORDER\"", {{"x"}}, {{"s", "\"a\", \"b\""}}, rules), 25)) ==
        "[\"a\", \"b\", \"b\"]");
}

TEST_CASE("COLLECT gathers, sums, counts, and takes the least and the largest", "[dmn][table]") {
  const std::vector<std::vector<std::string>> rules{{"> 0", "3"}, {"> 10", "1.5"}, {"> 20", "3"}};
  const auto collect = [&](const std::string &aggregation, int x) {
    return shown(of(table("hitPolicy=\"COLLECT\"" + (aggregation.empty() ? "" : " aggregation=\"" + aggregation + "\""),
                          {{"x"}}, {{"s"}}, rules),
                    x));
  };
  CHECK(collect("", 25) == "[3, 1.5, 3]");
  CHECK(collect("SUM", 25) == "7.5");
  CHECK(collect("COUNT", 25) == "3");
  CHECK(collect("MIN", 25) == "1.5");
  CHECK(collect("MAX", 25) == "3");
  CHECK(collect("COUNT", -1) == "0"); // nothing is counted: an answer, not an error
  CHECK(collect("SUM", -1) == "D006");
}

TEST_CASE("the values of an input and of an output are held to", "[dmn][table]") {
  const std::string values = table("", {{"x", "[0..100]"}}, {{"s", "1, 2"}}, {{"< 10", "1"}, {">= 10", "3"}});
  CHECK(shown(of(values, 5)) == "1");
  CHECK(shown(of(values, 500)) == "F016");
  CHECK(shown(of(values, 50)) == "F016");
}

TEST_CASE("a null input matches what says nothing of it, and only that", "[dmn][table]") {
  CHECK(shown(of(table("hitPolicy=\"FIRST\"", {{"x"}}, {{"s"}}, {{"< 10", "1"}, {"-", "2"}}), {})) == "2");
  CHECK(shown(of(table("hitPolicy=\"FIRST\"", {{"x"}}, {{"s"}}, {{"null", "1"}, {"-", "2"}}), {})) == "1");
}

TEST_CASE("an aggregation of several outputs is refused", "[dmn][table]") {
  const auto found = refused(input("x") + decision("d", {"i_x"},
                                                   table("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", {{"x"}},
                                                         {{"a"}, {"b"}}, {{"-", "1", "2"}})));
  CHECK(first_code(found) == "D002");
}
