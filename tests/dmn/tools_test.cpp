// Documents as the tools that people have write them: DMN 1.1, names of types, drafts, other languages and encodings.
#include "tests/dmn/models.hpp"

#include <fstream>
#include <sstream>

using namespace models;

namespace {

constexpr const char *dmn11 = "http://www.omg.org/spec/DMN/20151101/dmn.xsd";

bool has(const std::string &text, const std::string &part) {
  UNSCOPED_INFO(text);
  return text.find(part) != std::string::npos;
}

std::string of_type(const std::string &ref) { return "<typeRef>" + ref + "</typeRef>"; }

std::string item(const std::string &name, const std::string &inside, const std::string &more = {}) {
  return "<itemDefinition name=\"" + name + "\"" + more + ">" + inside + "</itemDefinition>\n";
}

std::string component(const std::string &name, const std::string &ref, const std::string &more = {}) {
  return "<itemComponent name=\"" + name + "\"" + more + ">" + of_type(ref) + "</itemComponent>";
}

std::string corpus(const std::string &name) {
  std::ifstream file(std::string(SPIE_SOURCE_DIR) + "/tests/fuzz/corpus/dmn/" + name, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

dmn::LoadOptions leniently() {
  dmn::LoadOptions options;
  options.lenient = true;
  return options;
}

} // namespace

TEST_CASE("DMN 1.1 is read, under any of the namespaces that tools give it, and told as such", "[dmn][xml]") {
  for (const std::string uri :
       {dmn11, "https://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20151101",
        "http://www.omg.org/spec/DMN/20151101/", "http://www.omg.org/spec/DMN/20151101/dmn11.xsd",
        "http://www.omg.org/spec/DMN/20151101/MODEL/", "http://www.omg.org/spec/DMN/20153011"}) {
    INFO(uri);
    const auto model = dmn::Model::load(
        {{"m.dmn", document(input("a") + decision("R", {"i_a"}, literal("a * 2")), "m", "urn:m", uri)}});
    CHECK(model->version() == "1.1");
    CHECK(run(*model, "R", {{"a", 4}}).value.to_feel() == "8");
  }
  // Two days of the same month that no version bears.
  for (const std::string uri : {"http://www.omg.org/spec/DMN/20151130", "http://www.omg.org/spec/DMN/201511010"})
    CHECK(first_code(refused({{"m.dmn", document("", "m", "urn:m", uri)}})) == "D001");
  CHECK(load(decision("R", {}, literal("1")))->version() == "1.3");
}

TEST_CASE("a whole model of 1.1 is read: types, table, function, knowledge source", "[dmn][xml]") {
  const auto model = dmn::Model::load({{"version-11.dmn", corpus("version-11.dmn")}});
  CHECK(model->findings().empty());
  CHECK(model->version() == "1.1");
  const dmn::Given given{"depense", Context{{"montant", Value(1000)}, {"nature", Value("coordination")}}};
  CHECK(run(*model, "frais", {given}).value.to_feel() == "150");
  CHECK(model->find_decision("statut")->authorities == std::vector<std::string>{"article:4"});
}

TEST_CASE("the elements of a model of 1.1 that is imported keep their names, since its import has none",
          "[dmn][link]") {
  const std::string imported = document(item("tAge", of_type("number")) + input("age", "tAge") +
                                            decision("majeur", {"i_age"}, literal("age >= 18")),
                                        "base", "urn:base", dmn11);
  const std::string model =
      "<definitions xmlns=\"" + std::string(dmn11) +
      "\" xmlns:b=\"urn:base\" id=\"d\" name=\"m\" namespace=\"urn:m\">" +
      "<import namespace=\"urn:base\" importType=\"" + dmn11 + "\" locationURI=\"base.dmn\"/>" +
      "<decision id=\"d_R\" name=\"R\"><variable name=\"R\" typeRef=\"b:tAge\"/>"
      "<informationRequirement><requiredInput href=\"urn:base#i_age\"/></informationRequirement>"
      "<informationRequirement><requiredDecision href=\"urn:base#d_majeur\"/></informationRequirement>" +
      literal("if majeur then age else 0") + "</decision></definitions>";
  const auto loaded = dmn::Model::load({{"m.dmn", model}, {"base.dmn", imported}});
  CHECK(run(*loaded, "R", {{"age", 20, "urn:base"}}).value.to_feel() == "20");
  CHECK(first_code(refused({{"m.dmn", model}})) == "D003");
}

TEST_CASE("types are known under the names that tools give them", "[dmn][types]") {
  const auto value = [](const std::string &type, const Value &given, const std::string &text = "n") {
    return run(*load(input("n", type) + decision("R", {"i_n"}, literal(text))), "R", {{"n", given}}).value.to_feel();
  };
  for (const std::string type :
       {"integer", "long", "short", "double", "float", "feel:number", "feel.number", "feel:integer", "xsd:double"})
    CHECK(value(type, 5, "n + 1") == "6");
  for (const std::string type : {"bytes", "camunda:bytes"}) // what the host gives
    CHECK(value(type, "AAEC") == "\"AAEC\"");
  for (const std::string type : {"enumeration", "feel.string", "feel:enumeration", "camunda:string"})
    CHECK(value(type, "x") == "\"x\"");
  const auto now = feel::DateTime::parse("2024-07-01T10:00:00");
  for (const std::string type : {"datetime", "dateTime", "feel.dateTime", "feel:dateTime"})
    CHECK(value(type, *now, "n.year") == "2024");
  // A column, an item definition; and a name that nobody gives.
  const auto column = load(input("n") + decision("R", {"i_n"},
                                                 "<decisionTable hitPolicy=\"FIRST\"><input><inputExpression "
                                                 "typeRef=\"integer\"><text>n</text></inputExpression></input><output/>"
                                                 "<rule><inputEntry><text>&gt; 3</text></inputEntry><outputEntry>"
                                                 "<text>1</text></outputEntry></rule></decisionTable>"));
  CHECK(run(*column, "R", {{"n", 5}}).value.to_feel() == "1");
  const auto named =
      load(item("tNom", of_type("feel.string")) + input("n", "tNom") + decision("R", {"i_n"}, literal("n")));
  CHECK(run(*named, "R", {{"n", "x"}}).value.to_feel() == "\"x\"");
  CHECK(first_code(refused(input("n", "feel.nombre"))) == "D005");
  // What the document itself defines goes before: here an integer is a text.
  CHECK(run(*load(item("integer", of_type("string")) + input("n", "integer") + decision("R", {"i_n"}, literal("n"))),
            "R", {{"n", "x"}})
            .value.to_feel() == "\"x\"");
}

TEST_CASE("a prefix of its own stands for the document that defines the type", "[dmn][types]") {
  std::string text =
      document(item("tAge", of_type("number")) + input("n", "sig:tAge") + decision("R", {"i_n"}, literal("n + 1")));
  text.insert(text.find(" id="), " xmlns:sig=\"http://www.signavio.com/dmn/1.1/glossary\"");
  CHECK(run(*dmn::Model::load({{"m.dmn", text}}), "R", {{"n", 1}}).value.to_feel() == "2");
  text.replace(text.find("sig:tAge"), 8, "sig:tAgf");
  CHECK(first_code(refused({{"m.dmn", text}})) == "D005");
  // The element itself may declare the prefix; that of FEEL means its types, whatever is defined.
  std::string own = document(item("tAge", of_type("number")) + item("date", of_type("feel:date")) +
                             input("n", "s:tAge") + decision("R", {"i_n"}, literal("n + 1")));
  own.insert(own.find("typeRef=\"s:tAge"), "xmlns:s=\"urn:test\" ");
  own.insert(own.find(" id="), " xmlns:feel=\"http://www.omg.org/spec/FEEL/20140401\"");
  CHECK(run(*dmn::Model::load({{"m.dmn", own}}), "R", {{"n", 1}}).value.to_feel() == "2");
}

TEST_CASE("a context that lacks a component has null there; a component too many is left alone", "[dmn][inputs]") {
  const auto model = load(item("tP", component("nom", "string") + component("age", "number")) + input("p", "tP") +
                          decision("nom", {"i_p"}, literal("p.nom")) + decision("age", {"i_p"}, literal("p.age")));
  const dmn::Given given{"p", Context{{"nom", Value("x")}, {"taille", Value(3)}}};
  CHECK(run(*model, "nom", {given}).value.to_feel() == "\"x\"");
  CHECK(run(*model, "age", {given}).value.is_null());
  CHECK(run(*model, "age", {given}).errors.empty());
}

TEST_CASE("a type may contain itself, through a component", "[dmn][types]") {
  const auto tree =
      load(item("tN", component("v", "number") + component("fils", "tN", " isCollection=\"true\"")) + input("p", "tN") +
           decision("R", {"i_p"}, literal("count(p.fils)")) + decision("S", {"i_p"}, literal("p.fils[1].fils[1].v")));
  const Value leaf = Context{{"v", Value(3)}, {"fils", Value(List{})}};
  const Value child = Context{{"v", Value(2)}, {"fils", Value(List{leaf})}};
  const dmn::Given given{"p", Context{{"v", Value(1)}, {"fils", Value(List{child})}}};
  CHECK(run(*tree, "R", {given}).value.to_feel() == "1");
  CHECK(run(*tree, "S", {given}).value.to_feel() == "3");
  CHECK_FALSE(tree->facts("R").empty());
  const auto two = load(item("tA", component("b", "tB")) + item("tB", component("a", "tA") + component("n", "number")) +
                        input("a", "tA") + decision("R", {"i_a"}, literal("a.b.n")));
  CHECK(run(*two, "R", {{"a", Context{{"b", Context{{"n", Value(7)}}}}}}).value.to_feel() == "7");
  // What is nothing but itself has no value.
  CHECK(first_code(refused(item("tA", of_type("tB")) + item("tB", of_type("tA"), " isCollection=\"true\""))) == "D005");
}

TEST_CASE("a function in an entry may be typed by what it gives", "[dmn][boxed]") {
  const std::string entry =
      "<contextEntry><variable name=\"dbl\" typeRef=\"number\"/><functionDefinition><formalParameter name=\"x\" "
      "typeRef=\"number\"/>" +
      literal("x*2") + "</functionDefinition></contextEntry>";
  const auto model =
      load(decision("R", {}, "<context>" + entry + "<contextEntry>" + literal("dbl(4)") + "</contextEntry></context>"));
  CHECK(run(*model, "R").value.to_feel() == "8");
}

TEST_CASE("a decision service without output decision hurts nothing else, and gives null", "[dmn][link]") {
  const auto model = load("<decisionService id=\"s\" name=\"Whole Model\"><variable name=\"Whole Model\"/>"
                          "</decisionService>" +
                          decision("R", {}, literal("1")));
  CHECK(run(*model, "R").value.to_feel() == "1");
  REQUIRE(model->findings().size() == 1);
  CHECK(first_code(model->findings()) == "D002");
  CHECK(model->findings().front().level == Level::warning);
  const auto result = model->evaluate_service("Whole Model", {});
  CHECK(result.value.is_null());
  CHECK(first_code(result.errors) == "D002");
  const auto called = load("<decisionService id=\"k_s\" name=\"s\"><variable name=\"s\"/></decisionService>" +
                           decision("R", {"k_s"}, literal("s()")));
  CHECK(first_code(run(*called, "R").errors) == "D002");
}

TEST_CASE("functions and decisions of a draft, without logic, are null with D013 where they are reached",
          "[dmn][link]") {
  const std::string empty = "<literalExpression><text/></literalExpression>";
  for (const std::string &body :
       {std::string(), std::string("<encapsulatedLogic/>"), "<encapsulatedLogic>" + empty + "</encapsulatedLogic>"}) {
    INFO(body);
    const auto model =
        load("<businessKnowledgeModel id=\"k_f\" name=\"f\"><variable name=\"f\"/>" + body +
             "</businessKnowledgeModel>" + decision("R", {"k_f"}, literal("f()")) + decision("S", {}, literal("1")));
    CHECK(first_code(model->findings()) == "D013");
    CHECK(model->findings().front().level == Level::warning);
    CHECK(first_code(run(*model, "R").errors) == "D013");
    CHECK(run(*model, "S").value.to_feel() == "1");
  }
  const auto draft = load(decision("a", {}, empty) + decision("b", {"d_a"}, literal("a + 1")));
  CHECK(first_code(draft->findings()) == "D013");
  CHECK(first_code(run(*draft, "b").errors) == "D013");
  CHECK(run(*draft, "b", {{"a", 2}}).value.to_feel() == "3");
  // What dmn-js leaves of a table that was never filled.
  const auto table = load(decision("a", {}, "<decisionTable id=\"t\"/>") + decision("b", {"d_a"}, literal("a + 1")));
  CHECK(first_code(table->findings()) == "D013");
  CHECK(run(*table, "b", {{"a", 2}}).value.to_feel() == "3");
  CHECK(first_code(refused(decision("a", {}, models::table("", {{"1"}}, {}, {})))) == "D002");
}

TEST_CASE("an output that no rule writes and that has no name is left out, with a warning", "[dmn][table]") {
  const auto outputs = [](const std::string &policy, const std::string &second, const std::string &entry) {
    return "<decisionTable " + policy +
           "><input><inputExpression><text>n</text></inputExpression></input><output name=\"a\"/><output" + second +
           "/><rule><inputEntry><text>&gt; 3</text></inputEntry><outputEntry><text>1</text></outputEntry>"
           "<outputEntry><text>" +
           entry + "</text></outputEntry></rule></decisionTable>";
  };
  const auto unnamed = load(decision("R", {}, outputs("", "", "")) + decision("S", {"d_R"}, literal("R + a")));
  REQUIRE_FALSE(unnamed->findings().empty());
  CHECK(has(unnamed->findings().front().message, "the output column 2 is written by no rule"));
  CHECK(run(*unnamed, "R", {{"n", 5}}).value.to_feel() == "1");
  CHECK(run(*unnamed, "S", {{"n", 5}}).value.to_feel() == "2"); // by the name of its output too
  CHECK(first_code(refused(decision("R", {}, outputs("", "", "2")))) == "D002");
  dmn::LoadOptions strict;
  strict.strict = true;
  CHECK(first_code(refused(input("n") + decision("R", {"i_n"}, outputs("", "", "")), strict)) == "D002");
  // A name makes it a member, and a label does.
  CHECK(run(*load(decision("R", {}, outputs("", " name=\"b\"", ""))), "R", {{"n", 5}}).value.to_feel() ==
        "{a: 1, b: null}");
  CHECK(run(*load(decision("R", {}, outputs("", " label=\"b\"", ""))), "R", {{"n", 5}}).value.to_feel() ==
        "{a: 1, b: null}");
  // What is aggregated is the one that is written (Camunda's, which drops what is empty).
  const std::string sum = "hitPolicy=\"COLLECT\" aggregation=\"SUM\"";
  CHECK(run(*load(decision("R", {}, outputs(sum, " name=\"b\"", ""))), "R", {{"n", 5}}).value.to_feel() == "1");
  CHECK(first_code(refused(decision("R", {}, outputs(sum, " name=\"b\"", "2")))) == "D002");
}

TEST_CASE("a requirement of an element that was removed is told; what drafts leave refuses packs alone",
          "[dmn][link]") {
  const std::string stale = decision("R", {"i_removed"}, literal("1"));
  const auto model = load(stale);
  REQUIRE(model->findings().size() == 1);
  CHECK(first_code(model->findings()) == "D003");
  CHECK(model->findings().front().level == Level::warning);
  CHECK(run(*model, "R").value.to_feel() == "1");
  dmn::LoadOptions pack;
  pack.merge = true;
  CHECK(first_code(refused(stale, pack)) == "D003");
  CHECK(first_code(refused("<businessKnowledgeModel name=\"k\"/>", pack)) == "D013");
  CHECK(first_code(refused("<decisionService name=\"s\"/>", pack)) == "D002");
}

TEST_CASE("a text in another language is named as such, and hurts its decision alone", "[dmn][language]") {
  const auto cell = [](const std::string &text, const std::string &expression = "\"a\"") {
    return decision("R", {}, table("hitPolicy=\"FIRST\"", {{expression}}, {{"s"}}, {{text, "1"}}));
  };
  for (const std::string text : {"${x > 3}", "#{x}", "'a'", "== 1", ".startsWith(\"a\")", "x && y", "x || y", "x === 1",
                                 "date > fn_date('2014-09-17')", "x > 7 ? 1 : 2", "x==null?false:x", "True", "False"}) {
    INFO(text);
    for (const std::string &decided : {cell(text), cell("-", text), decision("R", {}, literal(text))}) {
      const auto findings = refused(decided);
      REQUIRE(findings.size() == 1);
      CHECK(first_code(findings) == "D015");
      CHECK(has(findings.front().where, "decision 'R'"));
      CHECK(has(findings.front().message, "is of "));
    }
    const auto model = load(decision("R", {}, literal(text)) + decision("S", {}, literal("1")), leniently());
    CHECK(first_code(run(*model, "R").errors) == "D008");
    CHECK(run(*model, "S").value.to_feel() == "1");
  }
  // The same signs inside what FEEL reads are FEEL.
  for (const std::string text : {"\"${x} && 'y'\"", "\"a\" = \"== 'b'\"", ".5"})
    CHECK_NOTHROW(load(decision("R", {}, literal(text))));
  // A mistake in FEEL remains one.
  CHECK(first_code(refused(decision("R", {}, literal("1 +")))) == "F001");
  CHECK(first_code(refused(decision("R", {}, literal("1 == 1")))) == "F001");
}

TEST_CASE("a language that a document, a column or a cell declares is named", "[dmn][language]") {
  const auto with = [](const std::string &in, const std::string &language) {
    std::string text = decision("R", {}, table("hitPolicy=\"FIRST\"", {{"1"}}, {{"s"}}, {{"1", "1"}}));
    text.insert(text.find(in) + in.size(), " expressionLanguage=\"" + language + "\"");
    return refused(text);
  };
  for (const std::string in : {"<inputExpression", "<inputEntry", "<outputEntry"}) {
    const auto findings = with(in, "juel");
    REQUIRE(findings.size() == 1);
    CHECK(first_code(findings) == "D015");
    CHECK(has(findings.front().message, "`juel` is not FEEL"));
    for (const std::string feel :
         {"feel", "FEEL", "http://www.omg.org/spec/FEEL/20140401", "https://www.omg.org/spec/DMN/20191111/FEEL/"})
      CHECK(with(in, feel).empty());
  }
}

TEST_CASE("a document is read in UTF-8, UTF-16, ISO-8859-1 and windows-1252", "[dmn][xml][encodings]") {
  const std::string text = document(decision("Décision", {}, literal("\"été\"")));
  const auto declared = [&](const std::string &name) {
    return "<?xml version=\"1.0\" encoding=\"" + name + "\"?>\n" + text;
  };
  const auto one_byte = [](const std::string &utf8) { // é is E9 in both
    std::string bytes;
    for (std::size_t i = 0; i < utf8.size(); ++i)
      bytes += utf8[i] == '\xC3' ? static_cast<char>(utf8[++i] + 0x40) : utf8[i];
    return bytes;
  };
  const auto two_bytes = [&](const std::string &utf8, bool big_endian, bool mark) {
    std::string bytes = !mark ? "" : big_endian ? "\xFE\xFF" : "\xFF\xFE";
    for (const char c : one_byte(utf8)) {
      const std::string pair = big_endian ? std::string{'\0', c} : std::string{c, '\0'};
      bytes += pair;
    }
    return bytes;
  };
  const std::vector<std::string> readable{text,
                                          declared("UTF-8"),
                                          "\xEF\xBB\xBF" + declared("utf-8"),
                                          one_byte(declared("ISO-8859-1")),
                                          one_byte(declared("windows-1252")),
                                          two_bytes(declared("UTF-16"), false, true),
                                          two_bytes(declared("UTF-16"), true, true),
                                          two_bytes(text, true, true),
                                          two_bytes(declared("UTF-16LE"), false, false),
                                          two_bytes(declared("UTF-16BE"), true, false)};
  for (const std::string &bytes : readable) {
    INFO(&bytes - readable.data());
    CHECK(run(*dmn::Model::load({{"m.dmn", bytes}}), "Décision").value.to_feel() == "\"été\"");
  }
  // What is past the first plane takes two units of UTF-16.
  const std::string face = "\xF0\x9F\x99\x82";
  std::string pairs = "\xFF\xFE";
  for (const char c : document(decision("d", {}, literal("string length(\"@\")"))))
    pairs += c == '@' ? std::string("\x3D\xD8\x42\xDE", 4) : std::string{c, '\0'};
  CHECK(run(*dmn::Model::load({{"m.dmn", pairs}}), "d").value.to_feel() == "1");
  CHECK(run(*load(decision("d", {}, literal("string length(\"" + face + "\")"))), "d").value.to_feel() == "1");
  // A fault in such a document is where its reader sees it.
  const auto broken = refused({{"m.dmn", two_bytes("<definitions>\n<a>\n</definitions>", false, true)}});
  CHECK(first_code(broken) == "D001");
  CHECK(has(broken.front().where, "m.dmn:3"));
  // What declares nothing, or declares what is not read, is refused with the remedy.
  for (const std::string &bytes : {one_byte(text), declared("EBCDIC-FR"), two_bytes(text, false, true) + "<",
                                   two_bytes(text, true, true).insert(2, std::string("\xDC\x00", 2))}) {
    const auto findings = refused({{"m.dmn", bytes}});
    REQUIRE(findings.size() == 1);
    CHECK(first_code(findings) == "D001");
    CHECK(has(findings.front().message, "save it as UTF-8"));
  }
}
