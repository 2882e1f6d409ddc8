// What people's models write that once gave a wrong answer, or a refusal that said too little.
#include "tests/dmn/models.hpp"

using namespace models;

namespace {

bool has(const std::string &text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string text_input(const std::string &name) { return input(name, "string"); }

} // namespace

TEST_CASE("a cell that is a whole condition is passed when it is true", "[dmn][table]") {
  const std::string logic =
      table("hitPolicy=\"FIRST\"", {{"s"}}, {{"r"}}, {{"s = null or s = \"\"", "\"vide\""}, {"-", "\"plein\""}});
  const auto model = load(text_input("s") + decision("R", {"i_s"}, logic));
  CHECK(run(*model, "R", {{"s", ""}}).value.to_feel() == "\"vide\"");
  CHECK(run(*model, "R", {{"s", "x"}}).value.to_feel() == "\"plein\"");
  CHECK(run(*model, "R", {{"s", Value()}}).value.to_feel() == "\"vide\"");
  // Over an unknown fact, in a pack, it is not known.
  CHECK(run(*model, "R", {}, true).status == dmn::Status::indetermine);
}

TEST_CASE("B-FEEL is refused by name, wherever it is asked for", "[dmn][xml]") {
  const std::string uri = "https://www.omg.org/spec/DMN/20240513/MODEL/";
  const std::string language = "https://www.omg.org/spec/DMN/20240513/B-FEEL/";
  const auto with = [&](const std::string &attribute, const std::string &logic) {
    std::string text = document(decision("R", {}, logic), "m", "urn:m", uri);
    text.insert(text.find(" id="), attribute);
    return refused({{"m.dmn", text}});
  };
  for (const std::string &logic : {literal("1 + 1"), table("", {{"1"}}, {{"r"}}, {{"-", "1"}})}) {
    const auto findings = with(" expressionLanguage=\"" + language + "\"", logic);
    REQUIRE_FALSE(findings.empty());
    CHECK(first_code(findings) == "D015");
    CHECK(has(findings.front().message, "B-FEEL/` is not FEEL"));
    CHECK(with(" expressionLanguage=\"https://www.omg.org/spec/DMN/20240513/FEEL/\"", logic).empty());
  }
  std::string own = literal("null + 1");
  own.insert(own.find("><text>"), " expressionLanguage=\"" + language + "\"");
  CHECK(first_code(with("", own)) == "D015");
}

TEST_CASE("two outputs, columns or components of one name are refused", "[dmn][link]") {
  const auto two = refused(decision("R", {}, table("", {{"1"}}, {{"x"}, {"x"}}, {{"-", "1", "2"}})));
  REQUIRE_FALSE(two.empty());
  CHECK(first_code(two) == "D012");
  CHECK(has(two.front().message, "two outputs of the table are named 'x'"));
  CHECK(first_code(refused(decision("R", {}, table("", {{"1"}}, {{"a b"}, {"a  b"}}, {{"-", "1", "2"}})))) == "D012");
  CHECK(refused(decision("R", {}, table("", {{"1"}}, {{"x"}, {"y"}}, {{"-", "1", "2"}}))).empty());
  CHECK(first_code(refused(decision("R", {},
                                    "<relation><column name=\"x\"/><column name=\"x\"/><row>" + literal("1") +
                                        literal("2") + "</row></relation>"))) == "D012");
}

TEST_CASE("an input column without an expression is told by its number and label", "[dmn][table]") {
  const std::string empty =
      "<decisionTable><input label=\"Âge\"><inputExpression><text>1</text></inputExpression></input>"
      "<input label=\"Revenu\"><inputExpression><text/></inputExpression></input>"
      "<output/><rule><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>"
      "<outputEntry><text>1</text></outputEntry></rule></decisionTable>";
  const auto findings = refused(decision("R", {}, empty));
  REQUIRE_FALSE(findings.empty());
  CHECK(first_code(findings) == "D002");
  CHECK(has(findings.front().message, "the input column 2, 'Revenu', has no expression"));
  CHECK(has(findings.front().where, "decision 'R'"));
}

TEST_CASE("messages of the models agree with their nouns", "[dmn][xml]") {
  const auto unnamed = refused("<inputData id=\"i\" name=\"\"/>");
  REQUIRE_FALSE(unnamed.empty());
  CHECK(has(unnamed.front().message, "an input has no name"));
}

TEST_CASE("a comma between two numbers of a cell is a warning of the model", "[dmn][table]") {
  const auto model = load(input("n", "number") + decision("R", {"i_n"},
                                                          table("hitPolicy=\"FIRST\"", {{"n"}}, {{"r"}},
                                                                {{"10,5", "\"dix ou cinq\""}, {"-", "\"autre\""}})));
  CHECK(run(*model, "R", {{"n", 5}}).value.to_feel() == "\"dix ou cinq\"");
  REQUIRE(model->findings().size() == 1);
  const Diagnostic &told = model->findings().front();
  CHECK(std::string(text(told.code)) == "F018");
  CHECK(told.level == Level::warning);
  CHECK(has(told.where, "decision 'R', rule 1, 1:1"));
}

TEST_CASE("a name that cannot be read is told to be put between back-ticks", "[dmn][table]") {
  const auto findings = refused(
      input("N° de dossier", "number") +
      decision("R", {"i_N° de dossier"}, table("hitPolicy=\"FIRST\"", {{"N° de dossier"}}, {{"r"}}, {{"-", "1"}})));
  REQUIRE_FALSE(findings.empty());
  CHECK(has(findings.front().message, "between back-ticks: `N°"));
}

TEST_CASE("an input that bears the name of a function hides it, and that is told", "[dmn][link]") {
  const auto findings =
      refused(input("date", "date") + decision("R", {"i_date"}, literal("date(\"2024-01-01\") > date")));
  REQUIRE_FALSE(findings.empty());
  CHECK(has(findings.front().message, "the name 'date' is defined here as a date and hides the function"));
}

TEST_CASE("a midnight without zone is a date where a date is expected", "[dmn][inputs]") {
  const auto model = load(input("d", "date") + decision("R", {"i_d"}, literal("d + duration(\"P1D\")")));
  const auto at = [](std::string_view text) { return Value(*feel::DateTime::parse(text)); };
  CHECK(run(*model, "R", {{"d", at("2024-01-31T00:00:00")}}).value.to_feel() == "date(\"2024-02-01\")");
  for (const char *wrong : {"2024-01-31T10:00:00", "2024-01-31T00:00:00Z"}) {
    CAPTURE(wrong);
    try {
      run(*model, "R", {{"d", at(wrong)}});
      FAIL("not refused");
    } catch (const Error &error) {
      CHECK(error.first().code == Code::dmn_input_type);
      CHECK(has(error.first().message, "give its date alone"));
    }
  }
}

TEST_CASE("an empty array where a context is wanted names PHP's habit", "[dmn][inputs]") {
  const auto model = load("<itemDefinition name=\"tP\"><itemComponent name=\"a\"><typeRef>number</typeRef>"
                          "</itemComponent></itemDefinition>" +
                          input("p", "tP") + decision("R", {"i_p"}, literal("p.a")));
  try {
    run(*model, "R", {{"p", Value(List())}});
    FAIL("not refused");
  } catch (const Error &error) {
    CHECK(has(error.first().message, "json_encode([])"));
  }
}

TEST_CASE("a decision whose value would unfold without end is an error", "[dmn][limits]") {
  std::string logic = "{a0: [1, 2]";
  for (int i = 0; i < 40; ++i)
    logic += ", a" + std::to_string(i + 1) + ": [a" + std::to_string(i) + ", a" + std::to_string(i) + "]";
  const auto model = load(decision("R", {}, literal(logic + "}.a40")) + decision("N", {"d_R"}, literal("count(R)")));
  const auto result = run(*model, "R", {}, false, true);
  CHECK(result.status == dmn::Status::erreur);
  CHECK(first_code(result.errors) == "F008");
  CHECK(run(*model, "N").status == dmn::Status::erreur);
}
