// Reading: versions by namespace, what is refused and where, limits on untrusted files.
#include "tests/dmn/models.hpp"

using namespace models;

namespace {

bool has(const std::vector<Diagnostic> &found, const std::string &code, const std::string &where,
         const std::string &message = {}) {
  for (const Diagnostic &one : found)
    if (text(one.code) == code && one.where.find(where) != std::string::npos &&
        one.message.find(message) != std::string::npos)
      return true;
  for (const Diagnostic &one : found)
    UNSCOPED_INFO(to_string(one));
  return false;
}

std::vector<Diagnostic> xml(const std::string &text, const dmn::LoadOptions &options = {}) {
  return refused({{"m.dmn", text}}, options);
}

} // namespace

TEST_CASE("DMN 1.2 to 1.6 are read by their namespace, in either scheme and with or without its slash", "[dmn][xml]") {
  for (const std::string version : {"20180521", "20191111", "20211108", "20230324", "20240513"})
    for (const std::string scheme : {"http", "https"}) {
      const std::string uri = scheme + "://www.omg.org/spec/DMN/" + version + "/MODEL/";
      INFO(uri);
      const auto model =
          dmn::Model::load({{"m.dmn", document(decision("d", {}, literal("1 + 1")), "m", "urn:m", uri)}});
      CHECK(run(*model, "d").value.to_feel() == "2");
    }
  CHECK(has(xml(document("", "m", "urn:m", "https://www.omg.org/spec/DMN/20191111/MODEL/invalid")), "D001", "m.dmn:1",
            "DMN 1.1 to 1.6"));
  CHECK(has(xml("<definitions name=\"x\"/>"), "D001", "m.dmn:1"));
}

TEST_CASE("elements may bear any prefix; diagrams and extensions are ignored", "[dmn][xml]") {
  const auto model = dmn::Model::load(
      {{"m.dmn", std::string("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<s:definitions xmlns:s=\"") + dmn13 +
                     "\" xmlns:dmndi=\"https://www.omg.org/spec/DMN/20191111/DMNDI/\" xmlns:x=\"urn:x\" name=\"m\" "
                     "namespace=\"urn:m\">"
                     "<s:extensionElements><x:any><x:thing/></x:any></s:extensionElements>"
                     "<s:decision id=\"a\" name=\"d\" x:more=\"1\"><s:variable name=\"d\"/><x:note>n</x:note>"
                     "<s:literalExpression><s:text><![CDATA[if 1 < 2 then \"oui\" else "
                     "\"non\"]]></s:text></s:literalExpression></s:decision>"
                     "<s:textAnnotation><s:text>n</s:text></s:textAnnotation>"
                     "<dmndi:DMNDI><dmndi:DMNDiagram/></dmndi:DMNDI></s:definitions>"}});
  CHECK(run(*model, "d").value.to_feel() == "\"oui\"");
  CHECK(model->findings().empty());
}

TEST_CASE("what is not XML, or not wanted of it, is refused with its line", "[dmn][xml]") {
  CHECK(has(xml(""), "D001", "m.dmn"));
  CHECK(has(xml("pas du XML"), "D001", "m.dmn"));
  CHECK(has(xml("<a>\n<b>\n</a>"), "D001", "m.dmn:3"));
  CHECK(has(xml("<!DOCTYPE a [<!ENTITY b \"c\">]>\n<a>&b;</a>"), "D001", "m.dmn:1", "document type"));
  CHECK(has(xml("<a>\n&b;</a>"), "D001", "m.dmn:2", "entity"));
  CHECK(has(xml("<a>\n\xff</a>"), "D001", "m.dmn:2", "UTF-8"));
  CHECK(has(xml("<?xml version=\"1.0\" encoding=\"ISO-8859-7\"?><a/>"), "D001", "m.dmn:1", "encoding"));
  CHECK(has(xml("<a b=\"1\n"), "D001", "m.dmn:1"));
}

TEST_CASE("deep and large files are refused in bounded time", "[dmn][xml][limits]") {
  std::string deep;
  for (int i = 0; i < 1'000'000; ++i)
    deep += "<a>";
  CHECK(has(xml(deep), "D001", "m.dmn:1", "nested"));
  dmn::LoadOptions small;
  small.limits.bytes = 100;
  CHECK(has(xml(document(decision("d", {}, literal("1"))), small), "D001", "m.dmn", "bytes"));
}

TEST_CASE("models that would take a stack or a lifetime are refused", "[dmn][link][limits]") {
  std::string chain, doubling, many, decisions;
  for (int i = 1; i < 5'000; ++i)
    chain += "<itemDefinition name=\"t" + std::to_string(i) + "\"><typeRef>t" + std::to_string(i + 1) +
             "</typeRef></itemDefinition>\n";
  CHECK(has(refused(chain + "<itemDefinition name=\"t5000\"><typeRef>string</typeRef></itemDefinition>"), "D005",
            "item definition", "chain"));
  for (int i = 1; i < 60; ++i)
    doubling += "<itemDefinition name=\"t" + std::to_string(i) + "\"><itemComponent name=\"a\"><typeRef>t" +
                std::to_string(i - 1) + "</typeRef></itemComponent><itemComponent name=\"b\"><typeRef>t" +
                std::to_string(i - 1) + "</typeRef></itemComponent></itemDefinition>\n";
  CHECK(has(refused("<itemDefinition name=\"t0\"><typeRef>string</typeRef></itemDefinition>" + doubling), "D005",
            "item definition", "members"));
  for (int i = 0; i < 10'001; ++i)
    many += input("x" + std::to_string(i));
  CHECK(has(refused(many), "D001", "modele.dmn", "elements"));
  // A long chain of decisions is a model like another.
  for (int i = 1; i < 2'000; ++i)
    decisions += decision("d" + std::to_string(i), {"d_d" + std::to_string(i - 1)},
                          literal("d" + std::to_string(i - 1) + " + 1"));
  CHECK(run(*load(decision("d0", {}, literal("0")) + decisions), "d1999").value.to_feel() == "1999");
}

TEST_CASE("unknown and misplaced elements are findings with element and line", "[dmn][xml]") {
  CHECK(has(refused("<decision name=\"d\">\n<bidule/></decision>"), "D002", "modele.dmn:3, decision 'd'", "bidule"));
  CHECK(has(refused("<context/>"), "D002", "modele.dmn:2", "context"));
  CHECK(
      has(refused(decision(
              "d", {}, "<conditional><if><literalExpression><text>true</text></literalExpression></if></conditional>")),
          "D002", "decision 'd'", "then"));
  CHECK(has(refused(decision("d", {}, "<decisionTable hitPolicy=\"DERNIERE\"><output/></decisionTable>")), "D002",
            "decision 'd'", "DERNIERE"));
  CHECK(has(refused(input("x") + decision("d", {"i_x"}, table("", {{"x"}}, {{"s"}}, {{"1"}}))), "D002", "decision 'd'",
            "rule 1"));
  CHECK(has(
      refused(decision(
          "d", {}, "<literalExpression expressionLanguage=\"http://javascript\"><text>1</text></literalExpression>")),
      "D015", "decision 'd'", "javascript"));
}

TEST_CASE("references, types and names that lead nowhere say where they stand", "[dmn][link]") {
  CHECK(has(load(decision("d", {"i_x"}, literal("1")))->findings(), "D003", "modele.dmn:3, decision 'd'", "i_x"));
  CHECK(has(refused(input("x", "numbre")), "D005", "modele.dmn:2, input 'x'", "did you mean 'number'"));
  CHECK(has(refused(decision("d", {}, literal("1 +"))), "F001", "decision 'd'"));
  dmn::LoadOptions strict;
  strict.strict = true;
  CHECK(has(refused(decision("d", {}, literal("inconnue + 1")), strict), "F002", "decision 'd'"));
  CHECK(has(refused(decision("d", {}, literal("1 + \"a\""))), "F003", "decision 'd'"));
  CHECK(has(
      refused(input("x", "number") + decision("d", {"i_x"}, table("", {{"x"}}, {{"s"}}, {{"-", "1"}, {"[1..", "2"}}))),
      "F001", "decision 'd', rule 2"));
  CHECK(has(refused(input("x") + input("x")), "D012", "modele.dmn:3, input 'x'"));
  CHECK(has(load("<businessKnowledgeModel name=\"b\"/>")->findings(), "D013", "business knowledge model 'b'"));
}

TEST_CASE("every finding of a load is given", "[dmn][link]") {
  const auto found = refused(decision("a", {}, literal("1 +")) + decision("b", {}, literal("x")) +
                             decision("c", {"i_x"}, literal("1")));
  CHECK(has(found, "F001", "decision 'a'"));
  CHECK(has(found, "F002", "decision 'b'"));
  CHECK(has(found, "D003", "decision 'c'"));
}

TEST_CASE("circles of types and of decisions are refused", "[dmn][link]") {
  CHECK(has(refused("<itemDefinition name=\"a\"><typeRef>b</typeRef></itemDefinition>\n<itemDefinition name=\"b\" "
                    "isCollection=\"true\"><typeRef>a</typeRef></itemDefinition>"),
            "D005", "item definition"));
  const std::string circle = decision("a", {"d_b"}, literal("b")) + decision("b", {"d_c"}, literal("c")) +
                             decision("c", {"d_a"}, literal("a"));
  CHECK(has(refused(circle), "D004", "decision 'a'", "'a' requires 'b' requires 'c' requires 'a'"));
  dmn::LoadOptions lenient;
  lenient.lenient = true;
  const auto model = load(circle + decision("e", {}, literal("1")), lenient);
  CHECK(first_code(run(*model, "a").errors) == "D004");
  CHECK(run(*model, "e").value.to_feel() == "1");
}

TEST_CASE("a lenient load makes only what is wrong unusable", "[dmn][link]") {
  dmn::LoadOptions lenient;
  lenient.lenient = true;
  const auto model = load(decision("bon", {}, literal("1")) + decision("mauvais", {}, literal("1 +")) +
                              decision("suite", {"d_mauvais", "d_bon"}, literal("if mauvais = null then bon else 2")),
                          lenient);
  CHECK(has(model->findings(), "F001", "decision 'mauvais'"));
  CHECK(run(*model, "bon").status == dmn::Status::determine);
  const auto result = run(*model, "mauvais");
  CHECK(result.value.is_null());
  CHECK(first_code(result.errors) == "D008");
  CHECK(result.status == dmn::Status::erreur);
}

TEST_CASE("a decision without logic wants a value", "[dmn][link]") {
  const auto model = load(decision("a", {}, "", "number") + decision("b", {"d_a"}, literal("a + 1")));
  CHECK(first_code(model->findings()) == "D013");
  CHECK(first_code(run(*model, "b").errors) == "D013");
  CHECK(run(*model, "b", {{"a", 2}}).value.to_feel() == "3");
}

TEST_CASE("the clock is refused where it is not allowed", "[dmn][link]") {
  dmn::LoadOptions pack;
  pack.clock = false;
  CHECK(has(refused(decision("d", {}, literal("today()")), pack), "P012", "decision 'd'"));
  const auto model = load(decision("d", {}, literal("today()")));
  CHECK(first_code(run(*model, "d").errors) == "F014");
}
