// Every boxed expression, alone.
#include "tests/dmn/models.hpp"

using namespace models;

namespace {

std::string of(const std::string &logic) {
  const auto result = run(*load(decision("d", {}, logic)), "d");
  return result.value.is_null() && !result.errors.empty() ? first_code(result.errors) : result.value.to_feel();
}

std::string entry(const std::string &name, const std::string &logic) {
  return "<contextEntry>" + (name.empty() ? "" : "<variable name=\"" + name + "\"/>") + logic + "</contextEntry>";
}

} // namespace

TEST_CASE("a boxed context shows its entries to those that follow", "[dmn][boxed]") {
  CHECK(of("<context>" + entry("a", literal("1")) + entry("b", literal("a + 1")) + "</context>") == "{a: 1, b: 2}");
  CHECK(of("<context>" + entry("a", literal("1")) + entry("", literal("a + 1")) + "</context>") == "2");
  CHECK(of("<context>" + entry("a", literal("1")) +
           entry("c", "<context>" + entry("d", literal("a + 1")) + "</context>") + entry("", literal("c.d + a")) +
           "</context>") == "3");
  CHECK(first_code(refused(decision(
            "d", {}, "<context>" + entry("a", literal("1")) + entry("a", literal("2")) + "</context>"))) == "F013");
}

TEST_CASE("a boxed context tells its entries to the trace", "[dmn][boxed][trace]") {
  for (const std::string last : {"b", ""}) {
    const auto model =
        load(decision("d", {}, "<context>" + entry("a", literal("1")) + entry(last, literal("a + 1")) + "</context>"));
    const auto result = run(*model, "d", {}, false, true);
    REQUIRE_FALSE(result.trace.decisions.at(0).entries.empty());
    CHECK(result.trace.decisions[0].entries[0].name == "a");
    CHECK(result.trace.decisions[0].entries[0].value.to_feel() == "1");
  }
}

TEST_CASE("lists and relations", "[dmn][boxed]") {
  CHECK(of("<list>" + literal("1") + literal("\"a\"") + "</list>") == "[1, \"a\"]");
  CHECK(of("<relation><column name=\"a\"/><column name=\"b\"/><row>" + literal("1") + literal("2") + "</row><row>" +
           literal("3") + literal("4") + "</row></relation>") == "[{a: 1, b: 2}, {a: 3, b: 4}]");
  CHECK(first_code(refused(decision(
            "d", {}, "<relation><column name=\"a\"/><row>" + literal("1") + literal("2") + "</row></relation>"))) ==
        "D002");
}

TEST_CASE("functions and invocations", "[dmn][boxed]") {
  const std::string plus = "<functionDefinition><formalParameter name=\"a\"/><formalParameter name=\"b\"/>" +
                           literal("a - b") + "</functionDefinition>";
  const auto binding = [](const std::string &name, const std::string &value) {
    return "<binding><parameter name=\"" + name + "\"/>" + literal(value) + "</binding>";
  };
  CHECK(of("<context>" + entry("f", plus) + entry("", literal("f(5, 3)")) + "</context>") == "2");
  CHECK(of("<context>" + entry("f", plus) +
           entry("", "<invocation>" + literal("f") + binding("b", "3") + binding("a", "5") + "</invocation>") +
           "</context>") == "2");
  CHECK(of("<context>" + entry("f", plus) +
           entry("", "<invocation>" + literal("f") + binding("c", "3") + "</invocation>") + "</context>") == "F005");
  CHECK(
      of("<context>" + entry("n", literal("10")) +
         entry("f", "<functionDefinition><formalParameter name=\"a\"/>" + literal("a + n") + "</functionDefinition>") +
         entry("", literal("f(1)")) + "</context>") == "11");
}

TEST_CASE("external functions have stand-ins, or say that they are not available", "[dmn][boxed]") {
  const auto java = [](const std::string &type, const std::string &method, const std::string &call) {
    return "<context>" +
           entry(
               "f",
               "<functionDefinition kind=\"Java\"><formalParameter name=\"a\"/><formalParameter name=\"b\"/><context>" +
                   entry("class", literal("\"" + type + "\"")) +
                   entry("method signature", literal("\"" + method + "\"")) + "</context></functionDefinition>") +
           entry("", literal(call)) + "</context>";
  };
  CHECK(of(java("java.lang.Math", "max(double, double)", "f(1.5, 2)")) == "2");
  // What a float holds, in the shortest text that reads back as it (Float.toString): 24 bits.
  CHECK(of(java("java.lang.Math", "max(float, float)", "f(123.46, 456.78)")) == "456.78");
  CHECK(of(java("java.lang.Math", "max(float, float)", "f(0, 16777217)")) == "16777216");
  CHECK(of(java("java.lang.Math", "max(java.lang.String, java.lang.String)", "f(1, 2)")) == "D014");
  CHECK(of(java("java.lang.System", "exit(int)", "f(1, 2)")) == "D014");
}

TEST_CASE("conditions, filters and iterations in boxes", "[dmn][boxed]") {
  CHECK(of("<conditional><if>" + literal("1 < 2") + "</if><then>" + literal("\"oui\"") + "</then><else>" +
           literal("\"non\"") + "</else></conditional>") == "\"oui\"");
  CHECK(of("<filter><in>" + literal("[1, 2, 3]") + "</in><match>" + literal("item > 1") + "</match></filter>") ==
        "[2, 3]");
  CHECK(of("<filter><in>" + literal("[{a: 1}, {a: 2}]") + "</in><match>" + literal("a = 2") + "</match></filter>") ==
        "[{a: 2}]");
  CHECK(of("<for iteratorVariable=\"i\"><in>" + literal("[1..3]") + "</in><return>" + literal("i * 2") +
           "</return></for>") == "[2, 4, 6]");
  CHECK(of("<for iteratorVariable=\"i\"><in>" + literal("[1..3]") + "</in><return>" + literal("i + count(partial)") +
           "</return></for>") == "[1, 3, 5]");
  CHECK(of("<some iteratorVariable=\"i\"><in>" + literal("[1, 2]") + "</in><satisfies>" + literal("i > 1") +
           "</satisfies></some>") == "true");
  CHECK(of("<every iteratorVariable=\"i\"><in>" + literal("[1, 2]") + "</in><satisfies>" + literal("i > 1") +
           "</satisfies></every>") == "false");
}

TEST_CASE("a table inside a context reads its entries", "[dmn][boxed]") {
  CHECK(of("<context>" + entry("x", literal("5")) +
           entry("t", table("", {{"x"}}, {{"s"}}, {{"< 10", "x + 1"}, {">= 10", "0"}})) + entry("", literal("t * 2")) +
           "</context>") == "12");
}
