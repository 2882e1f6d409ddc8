// Names that nothing declares, or that a decision does not require: the three modes of loading (decisions of bare
// models), empty columns, and inputs as hosts give them.
#include "tests/dmn/models.hpp"

#include "spie/dmn/decision.hpp"
#include "spie/json.hpp"

#include <algorithm>

using namespace models;

namespace {

bool has(const std::string &text, std::string_view part) { return text.find(part) != std::string::npos; }

dmn::LoadOptions strict(bool lenient = false) {
  dmn::LoadOptions options;
  options.strict = true;
  options.lenient = lenient;
  return options;
}

std::vector<std::string> inputs_of(const dmn::Model &model) {
  std::vector<std::string> names;
  for (const dmn::ElementInfo &input : model.inputs())
    names.push_back(input.name);
  return names;
}

using Names = std::vector<std::string>;

// A table of one column, as editors write it: nothing is declared.
std::string cells(const std::string &expression, const std::vector<std::string> &tests,
                  const std::string &attributes = {}, const std::string &label = {}) {
  std::string text = "<decisionTable hitPolicy=\"FIRST\"><input" +
                     (label.empty() ? std::string() : " label=\"" + label + "\"") + attributes +
                     "><inputExpression><text>" + escaped(expression) + "</text></inputExpression></input><output/>";
  for (std::size_t i = 0; i < tests.size(); ++i)
    text += "<rule><inputEntry><text>" + escaped(tests[i]) + "</text></inputEntry><outputEntry><text>" +
            std::to_string(i + 1) + "</text></outputEntry></rule>";
  return text + "</decisionTable>";
}

std::string value(const dmn::Model &model, const std::string &decision, const std::vector<dmn::Given> &given = {}) {
  return run(model, decision, given).value.to_feel();
}

} // namespace

TEST_CASE("a name that nothing declares is an input of no type, which a warning tells", "[dmn][names]") {
  const std::string elements = decision("R", {}, cells("montant", {"< 250", "-"}));
  const auto model = load(elements);
  CHECK(value(*model, "R", {{"montant", 300}}) == "2");
  CHECK(value(*model, "R", {{"montant", 100}}) == "1");
  CHECK(inputs_of(*model) == Names{"montant"});
  CHECK(model->facts("R").front().path == "montant");
  REQUIRE(model->findings().size() == 1);
  const Diagnostic &told = model->findings().front();
  CHECK(std::string(text(told.code)) == "F002");
  CHECK(told.level == Level::warning);
  CHECK(told.details == "montant");
  CHECK(has(told.message, "'montant' is declared by nothing"));
  CHECK(has(told.where, "decision 'R', 1:1"));
  // A name given that is neither declared nor read stays a fault.
  CHECK_THROWS_AS(run(*model, "R", {{"montnat", 300}}), Error);

  CHECK(first_code(refused(elements, strict())) == "F002");
  const auto lenient = load(elements, strict(true)); // both: what a conformance suite wants
  CHECK(first_code(run(*lenient, "R", {}).errors) == "D008");
  CHECK(lenient->inputs().empty());
}

TEST_CASE("a load that is not lenient still refuses every other fault", "[dmn][names]") {
  CHECK(first_code(refused(decision("R", {}, literal("libre + (1 + \"a\")")))) == "F003");
  CHECK(first_code(refused(decision("R", {}, literal("libre +")))) == "F001");
  CHECK(first_code(refused(decision("R", {}, literal("libre(1)")))) == "F004"); // never before a parenthesis
  dmn::LoadOptions lenient;
  lenient.lenient = true;
  const auto model = load(decision("R", {}, literal("libre +")) + decision("S", {}, literal("autre + 1")), lenient);
  CHECK(first_code(run(*model, "R").errors) == "D008");
  CHECK(value(*model, "S", {{"autre", 1}}) == "2");
  CHECK(inputs_of(*model) == Names{"autre"}); // a faulty decision names no input
}

TEST_CASE("the whole text of an input expression that is words is one name", "[dmn][names]") {
  const auto one = load(decision("R", {}, cells("Montant de la facture", {"< 250", "-"})));
  CHECK(inputs_of(*one) == Names{"Montant de la facture"});
  CHECK(value(*one, "R", {{"Montant de la facture", 10}}) == "1");
  // The name of a function is one too, there alone.
  const auto function = load(decision("R", {}, cells("duration", {"> 3", "-"})));
  CHECK(value(*function, "R", {{"duration", 4}}) == "1");
  // A word of the language makes an expression of it.
  const auto condition = load(decision("R", {}, cells("a and b", {"true", "-"})));
  CHECK(inputs_of(*condition) == Names{"a", "b"});
  CHECK(value(*condition, "R", {{"a", true}, {"b", true}}) == "1");
}

TEST_CASE("elsewhere a free name is one word, or stands between back-ticks", "[dmn][names]") {
  const auto member = load(decision("R", {}, literal("client.age + 1")));
  CHECK(inputs_of(*member) == Names{"client"});
  CHECK(value(*member, "R", {{"client", Context{{"age", 40}}}}) == "41");
  const auto ticks = load(decision("R", {}, literal("`Revenu fiscal` * 2")));
  CHECK(value(*ticks, "R", {{"Revenu fiscal", 21}}) == "42");
  CHECK(first_code(refused(decision("R", {}, literal("Revenu fiscal * 2")))) == "F002");
  CHECK(value(*load(decision("R", {}, literal("prix - remise"))), "R", {{"prix", 5}, {"remise", 2}}) == "3");
  // A word in capitals that FEEL writes in small letters is no name.
  CHECK(first_code(refused(decision("R", {}, literal("TRUE")))) == "F002");
  // Nor is what stands for the value of a cell.
  CHECK(first_code(refused(decision("R", {}, literal("? + 1")))) == "F002");
}

TEST_CASE("a text that lost its quotation marks in a cell is told as such", "[dmn][names]") {
  const auto model = load(input("saison", "string") + decision("R", {"i_saison"}, cells("saison", {"Hiver", "-"})));
  REQUIRE(model->findings().size() == 1);
  CHECK(has(model->findings().front().message, "a text is written \"Hiver\""));
  CHECK(model->findings().front().suggestion == "\"Hiver\"");
}

TEST_CASE("with free names too, a refusal says what was meant", "[dmn][names]") {
  const auto first = [](const std::string &elements) {
    const auto findings = refused(elements);
    REQUIRE_FALSE(findings.empty());
    return findings.front();
  };
  CHECK(first(decision("R", {}, literal("summ([libre])"))).suggestion == "sum");
  CHECK(first(decision("R", {}, literal("SUM([libre])"))).suggestion == "sum");
  CHECK(first(decision("R", {}, literal("if TRUE then libre else 1"))).suggestion == "true");
  for (const std::string name : {"N° de dossier", "1er versement", "Client: âge"}) {
    CAPTURE(name);
    const std::string needs = "i_" + name;
    CHECK(has(first(input(name, "number") + decision("R", {needs}, cells(name, {"> 3"}))).message,
              "is written between back-ticks: `"));
    const auto model = load(input(name, "number") + decision("R", {needs}, cells("`" + name + "`", {"> 3"})));
    CHECK(value(*model, "R", {{name, 4}}) == "1");
  }
  // The name nearest to a declared one is told with the input that it makes.
  const auto model = load(input("montant", "number") + decision("R", {"i_montant"}, literal("montnat + 1")));
  REQUIRE(model->findings().size() == 1);
  CHECK(model->findings().front().suggestion == "montant");
}

TEST_CASE("one free name is one input, whoever reads it", "[dmn][names]") {
  const auto model =
      load(decision("R", {}, literal("libre + libre")) + decision("S", {"d_R"}, literal("R + libre + 1")));
  CHECK(inputs_of(*model) == Names{"libre"});
  CHECK(value(*model, "S", {{"libre", 1}}) == "4");
  CHECK(model->findings().size() == 2); // each decision is told once
  const auto prepared = model->decision("S");
  REQUIRE(prepared->inputs().size() == 1);
  const std::vector<Value> row{Value(2)};
  CHECK(prepared->evaluate(std::span<const Value>(row)).value.to_feel() == "7");
}

TEST_CASE("an element that the decision does not require is meant all the same, with a warning", "[dmn][names]") {
  const std::string elements =
      input("taux", "number") + decision("base", {}, literal("10")) + decision("R", {}, literal("base * taux")) +
      "<businessKnowledgeModel id=\"k_f\" name=\"f\"><variable name=\"f\"/><encapsulatedLogic>"
      "<formalParameter name=\"n\"/>" +
      literal("n + 1") + "</encapsulatedLogic></businessKnowledgeModel>" + decision("S", {}, literal("f(R)"));
  const auto model = load(elements);
  CHECK(value(*model, "S", {{"taux", 3}}) == "31");
  CHECK(inputs_of(*model) == Names{"taux"});
  CHECK(model->requirements("S") == Names{"base", "R", "S"});
  REQUIRE(model->findings().size() == 4);
  CHECK(has(model->findings().front().message, "'R' names the input 'taux', which it does not require"));
  CHECK(std::all_of(model->findings().begin(), model->findings().end(),
                    [](const Diagnostic &one) { return one.level == Level::warning; }));
  CHECK(first_code(refused(elements, strict())) == "F002");
  // The order of the elements does not matter, and a member is read of what is computed later.
  const auto later = load(decision("R", {}, literal("montants.ht + 1")) + decision("montants", {}, literal("{ht: 1}")));
  CHECK(value(*later, "R") == "2");
}

TEST_CASE("decisions that name one another in a circle are refused as those that require one another", "[dmn][names]") {
  const std::string circle = decision("A", {}, literal("B + 1")) + decision("B", {"d_A"}, literal("A + 1"));
  const auto findings = refused(circle);
  REQUIRE_FALSE(findings.empty());
  CHECK(first_code(findings) == "D004");
  dmn::LoadOptions lenient;
  lenient.lenient = true;
  const auto model = load(circle + decision("C", {}, literal("1")), lenient);
  CHECK(first_code(run(*model, "A").errors) == "D004");
  CHECK(value(*model, "C") == "1");
  // A decision that names itself means what its host gives under this name.
  const auto self = load(decision("note", {}, cells("note", {"> 10", "-"})));
  CHECK(value(*self, "note", {{"note", 12}}) == "1");
}

TEST_CASE("a required table is known by the name of its output too", "[dmn][names]") {
  const auto one = load(decision("Saison", {}, table("", {{"1"}}, {{"saison"}}, {{"-", "\"hiver\""}})) +
                        decision("Plat", {"d_Saison"}, cells("saison", {"\"hiver\"", "-"})));
  CHECK(value(*one, "Plat") == "1");
  CHECK(one->inputs().empty());
  CHECK(one->findings().empty());
  const auto two = load(decision("T", {}, table("", {{"1"}}, {{"taux"}, {"plafond max"}}, {{"-", "2", "30"}})) +
                        decision("R", {"d_T"}, literal("taux + plafond max + T.taux")));
  CHECK(value(*two, "R") == "34");
  // Strict, it has its own name alone.
  CHECK(first_code(refused(decision("Saison", {}, table("", {{"1"}}, {{"saison"}}, {{"-", "1"}})) +
                               decision("Plat", {"d_Saison"}, literal("saison")),
                           strict())) == "F002");
}

TEST_CASE("what loads strictly loads alike with free names", "[dmn][names]") {
  // `a-b` and `date` stand elsewhere in the model: they do not take the place of what is required, nor of a function.
  const std::string elements = input("a", "number") + input("b", "number") + input("a-b", "number") +
                               input("date", "number") + decision("R", {"i_a", "i_b"}, literal("a-b")) +
                               decision("S", {}, literal("date(\"2024-01-31\").day + libre"));
  const auto model = load(elements);
  CHECK(value(*model, "R", {{"a", 5}, {"b", 3}, {"a-b", 100}}) == "2");
  CHECK(value(*model, "S", {{"libre", 1}}) == "32");
}

TEST_CASE("inside a filter over items of no type, an unknown name is a member of them", "[dmn][names]") {
  const auto model = load(decision("R", {}, literal("count(freins[code = \"x\"])")));
  CHECK(inputs_of(*model) == Names{"freins"});
  const List items{Context{{"code", "x"}}, Context{{"code", "y"}}};
  CHECK(value(*model, "R", {{"freins", items}}) == "1");
}

TEST_CASE("a model names no more inputs than it may have elements", "[dmn][names][limits]") {
  const auto names = [](int from, int count) {
    std::string text = "[";
    for (int i = from; i < from + count; ++i)
      text += (i > from ? "," : "") + ("n" + std::to_string(i));
    return text + "]";
  };
  const auto model = load(decision("R", {}, literal(names(0, 9'000))));
  CHECK(model->inputs().size() == 9'000);
  const auto findings =
      refused(decision("R", {}, literal(names(0, 9'000))) + decision("S", {}, literal(names(9'000, 1'500))));
  REQUIRE_FALSE(findings.empty());
  CHECK(first_code(findings) == "F002");
  CHECK(findings.front().level == Level::error);
}

TEST_CASE("the body of a function sees no input of the model, free or not", "[dmn][names]") {
  const auto findings = refused("<businessKnowledgeModel id=\"k_f\" name=\"f\"><variable name=\"f\"/>"
                                "<encapsulatedLogic><formalParameter name=\"n\"/>" +
                                literal("n + libre") + "</encapsulatedLogic></businessKnowledgeModel>");
  CHECK(first_code(findings) == "F002");
}

TEST_CASE("a column without an expression is left out, or read by its label", "[dmn][names]") {
  const auto unused = load(decision("R", {}, cells("", {"-", ""})));
  CHECK(value(*unused, "R") == "1");
  CHECK(unused->inputs().empty());
  REQUIRE(unused->findings().size() == 1);
  CHECK(has(unused->findings().front().message, "the input column 1 has no expression and no test"));

  const auto label = load(decision("R", {}, cells("", {"> 10", "-"}, {}, "Âge du client")));
  CHECK(value(*label, "R", {{"Âge du client", 12}}) == "1");
  CHECK(inputs_of(*label) == Names{"Âge du client"});
  CHECK(std::any_of(label->findings().begin(), label->findings().end(), [](const Diagnostic &one) {
    return one.level == Level::warning && has(one.message, "has no expression: its label stands for it");
  }));
  // A label that is what the decision requires means that.
  const auto declared = load(input("âge", "number") + decision("R", {"i_âge"}, cells("", {"> 10", "-"}, {}, "âge")));
  CHECK(value(*declared, "R", {{"âge", 1}}) == "2");
  for (const char *none : {"", "Âge (en années)"}) {
    CAPTURE(none);
    const auto findings = refused(decision("R", {}, cells("", {"> 10", "-"}, {}, none)));
    REQUIRE_FALSE(findings.empty());
    CHECK(first_code(findings) == "D002");
    CHECK(has(findings.front().message, "the input column 1"));
    CHECK(has(findings.front().message, "has no expression"));
  }
  CHECK(first_code(refused(decision("R", {}, cells("", {"-"})), strict())) == "D002");
}

TEST_CASE("inputs that nothing reads are refused, or left aside on demand", "[dmn][inputs]") {
  const auto model = load(input("n", "number") + decision("R", {"i_n"}, literal("n + 1")));
  const std::vector<dmn::Given> given{{"n", 1}, {"autre", "x"}};
  CHECK_THROWS_AS(model->evaluate("R", given), Error);
  dmn::EvaluateOptions options;
  options.extra = dmn::Extra::ignore;
  CHECK(model->evaluate("R", given, options).value.to_feel() == "2");
  // A prepared decision alike, and what the model does have keeps its type.
  const auto prepared = model->decision("R");
  dmn::ValueFacts source;
  const Value row(Context{{"autre", "x"}, {"n", 4}});
  auto slots = prepared->read(source, &row, options);
  REQUIRE(slots);
  CHECK(prepared->evaluate(*std::move(slots), options).value.to_feel() == "5");
  CHECK_FALSE(prepared->read(source, &row, {}));
  CHECK_THROWS_AS(model->evaluate("R", {{"n", "un"}}, options), Error);
}

TEST_CASE("an ISO text is the date that the type asks for, where inputs come from JSON", "[dmn][inputs][json]") {
  struct Case {
    const char *type, *written, *expression, *expected;
  };
  dmn::EvaluateOptions json;
  json.iso_texts = true;
  for (const Case &one :
       {Case{"date", "2024-01-05", "x.day", "5"}, Case{"time", "08:30:00", "x.hour", "8"},
        Case{"dateTime", "2024-01-05T08:30:00", "x.hour", "8"}, Case{"dayTimeDuration", "P2DT3H", "x.days", "2"},
        Case{"yearMonthDuration", "P1Y2M", "x.months", "2"}}) {
    CAPTURE(one.type);
    const auto model = load(input("x", one.type) + decision("R", {"i_x"}, literal(one.expression)));
    CHECK(model->evaluate("R", {{"x", one.written}}, json).value.to_feel() == one.expected);
    CHECK_THROWS_AS(model->evaluate("R", {{"x", one.written}}), Error); // values of C++ have their types
    CHECK_THROWS_AS(model->evaluate("R", {{"x", "x"}}, json), Error);
  }
  // Within a context and a list; a text stays one where the type says nothing.
  const auto nested =
      load("<itemDefinition name=\"tP\"><itemComponent name=\"jours\" isCollection=\"true\"><typeRef>date"
           "</typeRef></itemComponent></itemDefinition>" +
           input("p", "tP") + input("libre") +
           decision("R", {"i_p", "i_libre"}, literal("string(p.jours[2].month) + libre")));
  CHECK(
      nested
          ->evaluate("R", {{"p", Context{{"jours", List{"2024-01-05", "2024-02-05"}}}}, {"libre", "2024-01-05"}}, json)
          .value.to_feel() == "\"22024-01-05\"");
}

TEST_CASE("a date that does not exist is told as such", "[dmn][inputs][json]") {
  dmn::EvaluateOptions json;
  json.iso_texts = true;
  const auto model = load(input("jour", "date") + decision("R", {"i_jour"}, literal("jour")));
  try {
    model->evaluate("R", {{"jour", "2024-02-30"}}, json);
    FAIL("not refused");
  } catch (const Error &error) {
    CHECK(error.first().code == Code::dmn_input_type);
    CHECK(has(error.first().message, "there is no 30 February 2024"));
  }
  try {
    read_json(R"({"jour": {"@date": "2024-02-30"}})");
    FAIL("not refused");
  } catch (const Error &error) {
    CHECK(error.first().code == Code::json_value);
    CHECK(has(error.first().message, "there is no 30 February 2024"));
  }
}
