// What vendors add to FEEL and to DMN: off, until a load names them.
#include "tests/dmn/models.hpp"
#include "tests/page.hpp"

#include "rules/feel/builtins/vendors.hpp"

#include <algorithm>
#include <array>
#include <fstream>

using namespace models;

namespace {

dmn::LoadOptions with(const std::string &vendor) {
  dmn::LoadOptions options;
  options.extensions = {vendor};
  return options;
}

bool has_code(const std::vector<Diagnostic> &findings, std::string_view code) {
  return std::any_of(findings.begin(), findings.end(), [&](const Diagnostic &one) { return text(one.code) == code; });
}

} // namespace

TEST_CASE("every example of the functions of vendors is true", "[dmn][vendors]") {
  for (const feel::Vendor &vendor : feel::vendors())
    for (const feel::Signature &row : vendor.functions) {
      CAPTURE(vendor.name, row.example);
      const auto model = load(decision("R", {}, literal(std::string(row.example))), with(std::string(vendor.name)));
      const auto result = run(*model, "R");
      CHECK(result.value.to_feel() == "true");
      CHECK(result.errors.empty());
    }
}

TEST_CASE("the page of names lists the functions of vendors", "[dmn][vendors]") {
  std::string content;
  for (const feel::Vendor &vendor : feel::vendors()) {
    content += "\n### " + std::string(vendor.name) + "\n\n| function | gives | |\n|---|---|---|\n";
    for (const feel::Signature &row : vendor.functions) {
      std::string parameters;
      for (const char c : row.parameters)
        parameters += c == '|' ? std::string("\\|") : std::string(1, c);
      content += "| `" + std::string(row.name) + "(" + parameters + ")` | " + std::string(row.returns) + " | " +
                 std::string(row.summary) + "<br>`" + std::string(row.example) + "` |\n";
    }
  }
  check_section("dmn-names.md", "vendors", content + "\n");
}

TEST_CASE("the functions of a vendor are unknown without it, and a vendor that nobody has is refused",
          "[dmn][vendors]") {
  const auto unknown = refused(decision("R", {}, literal("is defined(libre)")));
  CHECK(first_code(unknown) == "F004");
  CHECK(unknown.front().message.find("The extension 'camunda' of DMN models has it") != std::string::npos);
  CHECK(first_code(refused(decision("R", {}, literal("nn sum([1])")), with("camunda"))) == "F004");
  const auto findings = refused(decision("R", {}, literal("1")), with("camnuda"));
  REQUIRE_FALSE(findings.empty());
  CHECK(first_code(findings) == "A001");
  CHECK(findings.front().message.find("camunda") != std::string::npos);
}

TEST_CASE("what is not given is not defined, for Camunda", "[dmn][vendors]") {
  const auto model = load(decision("R", {}, literal("[is defined(a), is defined(a.b), get or else(a, 3)]")) +
                              decision("S", {}, literal("assert(a, a > 0, \"a est negatif\")")),
                          with("camunda"));
  CHECK(run(*model, "R", {{"a", Context{{"b", 1}}}}).value.to_feel() == "[true, true, {b: 1}]");
  CHECK(run(*model, "R").value.to_feel() == "[false, false, 3]");
  const auto result = run(*model, "S", {{"a", -1}});
  CHECK(result.value.is_null());
  REQUIRE_FALSE(result.errors.empty());
  CHECK(result.errors.front().message.find("a est negatif") != std::string::npos);
}

TEST_CASE("the value of a column has a name in its cells, for Camunda", "[dmn][vendors]") {
  const auto table = [](const std::string &attribute, const std::string &cell) {
    return decision("R", {},
                    "<decisionTable hitPolicy=\"FIRST\"><input xmlns:c=\"http://camunda.org/schema/1.0/dmn\"" +
                        attribute +
                        "><inputExpression><text>2 * n</text></inputExpression></input><output/>"
                        "<rule><inputEntry><text>" +
                        escaped(cell) +
                        "</text></inputEntry><outputEntry><text>1</text>"
                        "</outputEntry></rule><rule><inputEntry><text>-</text></inputEntry><outputEntry><text>2</text>"
                        "</outputEntry></rule></decisionTable>");
  };
  const auto named =
      load(table(" c:inputVariable=\"le double\"", "le double > 10 and le double < 20"), with("camunda"));
  CHECK(run(*named, "R", {{"n", 6}}).value.to_feel() == "1");
  CHECK(run(*named, "R", {{"n", 5}}).value.to_feel() == "2");
  const auto unnamed = load(table("", "cellInput > 10"), with("camunda"));
  CHECK(run(*unnamed, "R", {{"n", 6}}).value.to_feel() == "1");
  // Without the extension the name is one that nothing declares.
  CHECK(load(table("", "cellInput > 10"))->findings().size() == 2);
}

// camunda-bpm-platform, DmnDecisionResultCollectSumHitPolicyTest: 12 for one rule, 33 for two of other outputs; and its
// AbstractCollectNumberHitPolicyHandler, which refuses a rule that writes two.
TEST_CASE("an aggregation takes the one output of each rule, for Camunda", "[dmn][vendors]") {
  const auto table = [](const std::string &second) {
    const auto rule = [](const std::string &cell, const std::string &first, const std::string &other) {
      return "<rule><inputEntry><text>" + cell + "</text></inputEntry><outputEntry><text>" + first +
             "</text></outputEntry><outputEntry><text>" + other + "</text></outputEntry></rule>";
    };
    return decision("R", {},
                    "<decisionTable hitPolicy=\"COLLECT\" aggregation=\"SUM\"><input><inputExpression><text>n</text>"
                    "</inputExpression></input><output name=\"a\" typeRef=\"integer\"/>"
                    "<output name=\"b\" typeRef=\"integer\"/>" +
                        rule("1, 2", "12", second) + rule("2", "", "21") + "</decisionTable>");
  };
  const auto model = load(table(""), with("camunda"));
  CHECK(run(*model, "R", {{"n", 1}}).value.to_feel() == "12");
  CHECK(run(*model, "R", {{"n", 2}}).value.to_feel() == "33");
  CHECK(has_code(model->findings(), "D002"));
  CHECK(first_code(refused(table("3"), with("camunda"))) == "D002");
  CHECK(first_code(refused(table(""))) == "D002");
  auto strict = with("camunda");
  strict.strict = true;
  CHECK_FALSE(refused(table(""), strict).empty());
}

// Camunda warns that values "will not transform into another type"; jDMN compiles a column by its expression alone.
TEST_CASE("a type that nothing defines is no type, for Camunda and for Signavio", "[dmn][vendors]") {
  const std::string table = decision("R", {},
                                     "<decisionTable hitPolicy=\"FIRST\"><input><inputExpression typeRef=\"absent\">"
                                     "<text>n</text></inputExpression></input><output typeRef=\"absent\"/>"
                                     "<rule><inputEntry><text>&gt; 1</text></inputEntry><outputEntry><text>\"x\"</text>"
                                     "</outputEntry></rule></decisionTable>");
  for (const std::string vendor : {"camunda", "signavio"}) {
    const auto model = load(table, with(vendor));
    CHECK(run(*model, "R", {{"n", 2}}).value.to_feel() == "\"x\"");
    CHECK(has_code(model->findings(), "D005"));
  }
  CHECK(first_code(refused(table)) == "D005");
  CHECK(first_code(refused(table, with("kie"))) == "D005");
}

TEST_CASE("a function of a vendor that is left out is refused with what to write", "[dmn][vendors]") {
  for (const feel::Vendor &vendor : feel::vendors())
    for (const feel::LeftOut &one : vendor.left_out) {
      CAPTURE(one.name);
      const auto findings =
          refused(decision("R", {}, literal(std::string(one.name) + "(1)")), with(std::string(vendor.name)));
      CHECK(first_code(findings) == "F004");
      CHECK(findings.front().message.find(one.why) != std::string::npos);
    }
  // 2024-01-07 is a Sunday, the first day of Signavio's guide.
  CHECK(run(*load(decision("R", {}, literal("modulo(date(\"2024-01-07\").weekday, 7) + 1"))), "R").value.to_feel() ==
        "1");
}

namespace {

// What an expression gives with the functions of Signavio; the code of its first error where it gives a null.
std::string signavio(const std::string &text, const std::vector<dmn::Given> &given = {}) {
  const auto model = load(decision("R", {}, literal(text)), with("signavio"));
  const auto result = run(*model, "R", given);
  return !result.errors.empty() ? std::string(spie::text(result.errors.front().code)) : result.value.to_feel();
}

} // namespace

// The expectations of jDMN's BaseSignavioLibTest and DefaultSignavioLibTest (goldmansachs/jdmn).
TEST_CASE("Signavio's functions give what jDMN's tests expect", "[dmn][vendors]") {
  const std::array<std::pair<const char *, const char *>, 62> cases{{
      {"round(2.234, 2)", "2.23"},
      {"round(99.444, -1)", "100"},
      {"round(99.444, -3)", "0"},
      {"roundDown(1.344, -1)", "0"},
      {"roundUp(1.344, -2)", "100"},
      {"integer(1.6)", "1"},
      {"integer(-1.6)", "-1"},
      {"percent(-3)", "-0.03"},
      {"power(2, -1)", "0.5"},
      {"power(2, 2.5)", "F005"}, // jDMN drops the half
      {"appendAll([], [])", "[]"},
      {"appendAll([\"1\", \"2\"], [\"3\", \"4\"])", "[\"1\", \"2\", \"3\", \"4\"]"},
      {"zip([\"k1\", \"k2\"], [[\"v1\"], [\"v2\"]])", "[{k1: \"v1\", k2: \"v2\"}]"},
      {"zip([\"k1\", \"k2\"], [[3]])", "F005"},
      {"removeAll([\"1\", \"2\"], [])", "[\"1\", \"2\"]"},
      {"removeAll([\"1\", \"2\"], [\"3\"])", "[\"1\", \"2\"]"},
      {"removeAll([], [\"1\"])", "[]"},
      {"notContainsAny([], [])", "true"},
      {"notContainsAny([\"1\", \"2\"], [\"1\", \"4\"])", "false"},
      {"notContainsAny([\"1\", \"2\"], [\"3\", \"4\"])", "true"},
      {"containsOnly([], [\"1\"])", "true"},
      {"containsOnly([\"1\", \"2\"], [])", "false"},
      {"containsOnly([\"1\", \"2\"], [\"3\", \"4\"])", "false"},
      {"areElementsOf([\"1\", \"2\"], [\"1\", \"3\"])", "false"},
      {"avg([1, 3])", "2"},
      {"concat([\"1\", \"2\", \"3\"])", "\"123\""},
      {"concat([\"1\", null, \"3\"])", "F017"},
      {"isAlpha(\"\")", "false"},
      {"isAlpha(\"abc1\")", "false"},
      {"isAlphanumeric(\"+-\")", "false"},
      {"isAlphanumeric(\"123\")", "true"},
      {"isNumeric(\"abc1\")", "false"},
      {"isNumeric(\"123\")", "true"},
      {"isSpaces(\"abc1\")", "false"},
      {"len(\"\")", "0"},
      {"lower(\"aBc1\")", "\"abc1\""},
      {"trim(\"ab c1\")", "\"ab c1\""},
      {"mid(\"bb\", 1, 2)", "\"b\""},
      {"mid(\"Hello World!\", 100, 5)", "F005"},
      {"left(\"123\", 100)", "\"123\""},
      {"left(\"123\", -1)", "F005"},
      {"right(\"123\", 2)", "\"23\""},
      {"right(\"123\", 7)", "\"123\""},
      {"textOccurrences(\"can\", \"abc \")", "0"},
      {"number(\"1,200\", 123.56)", "123.56"},
      {"number(\"123\", 123.56)", "123"},
      {"dayAdd(date(\"2015-12-24\"), -1)", "date(\"2015-12-23\")"},
      {"dayAdd(date and time(\"2015-12-24T12:15:00.001+01:00\"), 1)",
       "date and time(\"2015-12-25T12:15:00.001+01:00\")"},
      {"dayDiff(date and time(\"2015-12-24T12:15:00+01:00\"), date and time(\"2015-12-25T12:15:00+01:00\"))", "1"},
      {"hourDiff(date and time(\"2015-12-25T15:15:00+01:00\"), date and time(\"2015-12-24T12:15:00+01:00\"))", "-27"},
      {"minutesDiff(date and time(\"2015-12-24T13:20:00+01:00\"), date and time(\"2015-12-24T12:15:00+01:00\"))",
       "-65"},
      {"monthAdd(date(\"2015-01-05\"), 12)", "date(\"2016-01-05\")"},
      {"monthDiff(date(\"2015-05-05\"), date(\"2015-01-05\"))", "-4"},
      {"yearAdd(date(\"2015-01-05\"), 1)", "date(\"2016-01-05\")"},
      {"yearDiff(date(\"2016-01-05\"), date(\"2015-01-05\"))", "-1"},
      {"yearDiff(date(\"2015-01-01\"), date(\"2015-01-05\"))", "0"},
      {"isDefined(null)", "false"},
      {"isUndefined(null)", "true"},
      {"isValid(null)", "false"},
      {"isInvalid(null)", "true"},
      {"dateTime(1, 1, 2016, 11, 11, 11)", "date and time(\"2016-01-01T11:11:11Z\")"},
      {"dateTime(30, 2, 2016, 0, 0, 0)", "F005"},
  }};
  for (const auto &[text, expected] : cases) {
    CAPTURE(text);
    CHECK(signavio(text) == expected);
  }
}

TEST_CASE("Signavio's guide and jDMN do not agree: an error, not one of the two", "[dmn][vendors]") {
  for (const char *text :
       {"isAlpha(\"é\")", "isAlphanumeric(\"Ä1\")", "isNumeric(\"-2.5\")", "isSpaces(\" \\t\")", "trim(\"a  b\")",
        "concat([])", "power(2, 0.5)",
        "dayDiff(date and time(\"2015-12-24T23:00:00+01:00\"), date and time(\"2015-12-25T23:00:00Z\"))"}) {
    CAPTURE(text);
    CHECK(signavio(text) == "F005");
  }
  CHECK(first_code(refused(decision("R", {}, literal("weekday(date(\"2016-02-09\"))")), with("signavio"))) == "F004");
  // The names of FEEL keep their meaning: a position, a list of modes, the sign of the divisor.
  CHECK(signavio("remove([5, 1, 1], 1)") == "[1, 1]");
  CHECK(signavio("mode([1, 4, 4])") == "[4]");
  CHECK(signavio("modulo(-4, 3)") == "2");
}

TEST_CASE("numbers are written by a format as Java's DecimalFormat writes them", "[dmn][vendors]") {
  const auto model = load(decision("R", {}, literal("text(nombre, format)")), with("signavio"));
  std::ifstream file(std::string(SPIE_SOURCE_DIR) + "/tests/dmn/decimal_formats.txt");
  int seen = 0;
  for (std::string line; std::getline(file, line);) {
    if (line[0] == '#' && line[1] == ' ')
      continue;
    const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
    const std::string format = line.substr(0, first), expected = line.substr(second + 1);
    const auto number = feel::Number::parse(line.substr(first + 1, second - first - 1));
    REQUIRE(number);
    CAPTURE(line);
    const auto result = run(*model, "R", {{"nombre", *number}, {"format", format}});
    CHECK((result.value.is_null() ? "!" : result.value.text()) == expected);
    ++seen;
  }
  CHECK(seen == 360);
}

TEST_CASE("what is unknown in a list leaves open what Signavio's functions say of it", "[dmn][vendors]") {
  const auto model = load(decision("R", {},
                                   literal("[notContainsAny([1, a], [2]), notContainsAny([2, a], [2]), "
                                           "containsOnly([1, a], [2]), containsOnly([2, a], [2, 3]), "
                                           "count(removeAll([1, a], [2])), count(zip([\"x\"], [[a, 1]]))]")),
                          with("signavio"));
  dmn::EvaluateOptions options;
  options.facts_may_be_unknown = true;
  const auto result = model->evaluate("R", {}, options);
  CHECK(result.value.to_feel() == "[null, false, false, null, null, 2]");
}
