// One reader of documents in two modes, and documents as they were written. Places and digits are keyed by hand.
#include "rules/json/reader.hpp"

#include "tests/catch.hpp"

using namespace spie;
using json::Reader;

namespace {

const char *const document = R"({"nom": 3, "vide": "", "liste": [1, "deux"], "objet": {"a": "b", "clé": null},
  "oui": "oui", "entier": 1.5, "montant": "12,50", "jour": {"@date": "2022-06-01"}, "texte": "2022-06-31"})";

// What every member asks for, wrongly.
void read_wrongly(const Reader &from) {
  from.text("nom");
  from.text("vide");
  from.text("absent");
  from.texts("liste");
  from.boolean("oui");
  from.whole("entier");
  from.number("montant");
  from.number("absent");
  from.items("objet");
  from.entries("liste");
  from.date("texte");
  from.at("objet").keys({"a", "cle"});
}

std::vector<std::string> places(const std::vector<Diagnostic> &findings) {
  std::vector<std::string> list;
  for (const Diagnostic &one : findings)
    list.push_back(one.where);
  return list;
}

} // namespace

TEST_CASE("a reader that collects says every fault, each at its place", "[json][reader]") {
  const feel::Value root = read_json(document);
  std::vector<Diagnostic> found;
  read_wrongly(Reader(root, "faits.json", {.code = Code::pack_json, .into = &found, .unknown_key = Level::warning}));
  CHECK(places(found) == std::vector<std::string>{"faits.json#/nom", "faits.json#/vide", "faits.json",
                                                  "faits.json#/liste/0", "faits.json#/oui", "faits.json#/entier",
                                                  "faits.json#/montant", "faits.json", "faits.json#/objet",
                                                  "faits.json#/liste", "faits.json#/texte", "faits.json#/objet/clé"});
  CHECK(found.back().level == Level::warning);
  CHECK(found.back().message == "there is no key 'clé', did you mean 'cle'?");
  CHECK(found.front().code == Code::pack_json);
}

TEST_CASE("a reader that collects stops counting at its limit", "[json][reader]") {
  const feel::Value root = read_json(document);
  std::vector<Diagnostic> found;
  read_wrongly(Reader(root, "", {.code = Code::import_plan, .into = &found, .most = 2}));
  CHECK(places(found) == std::vector<std::string>{"/nom", "/vide"});
}

TEST_CASE("a reader that stops throws the first fault, a required one at its object", "[json][reader]") {
  const feel::Value root = read_json(document);
  const Reader from(root, "droits.json#", {Code::rights_table});
  const auto place = [](auto read) {
    try {
      read();
    } catch (const Error &error) {
      return std::string(text(error.first().code)) + " " + error.first().where;
    }
    return std::string("none");
  };
  CHECK(place([&] { read_wrongly(from); }) == "R003 droits.json#");
  CHECK(place([&] { from.texts("liste"); }) == "R003 droits.json#/liste/0");
  CHECK(place([&] { from.whole("entier"); }) == "R003 droits.json#/entier");
  CHECK(place([&] { from.refuse("non", "/ici"); }) == "R003 droits.json#/ici");
  CHECK(place([&] { from.at("objet").text("a"); }) == "none");
}

TEST_CASE("a reader reads what is right", "[json][reader]") {
  const feel::Value root = read_json(R"({"t": "x", "n": 12.50, "m": "12.50", "e": 4, "b": true, "nul": null,
    "jour": {"@date": "2022-06-01"}, "iso": "2022-06-02", "l": ["a", "b"], "o": {"un": 1, "deux": 2}})");
  const Reader from(root, "donnees/budget.json, /", {Code::pack_json});
  CHECK(from.text("t") == "x");
  CHECK(from.number("n") == from.number("m"));
  CHECK(from.whole("e") == 4);
  CHECK(from.whole("nul") == std::nullopt);
  CHECK(from.boolean("b"));
  CHECK_FALSE(from.boolean("nul"));
  CHECK(from.holds("nul"));
  CHECK_FALSE(from.has("nul"));
  CHECK_FALSE(from.find("nul"));
  CHECK(from.date("jour") == feel::Date::parse("2022-06-01"));
  CHECK(from.date("iso") == feel::Date::parse("2022-06-02"));
  CHECK(from.texts("l") == std::vector<std::string>{"a", "b"});
  CHECK(from.items("l").at(1).where() == "donnees/budget.json, /l/1");
  CHECK(from.items("absent").empty());
  REQUIRE(from.entries("o").size() == 2);
  CHECK(from.entries("o").at(1).first == "deux");
}

TEST_CASE("a signed document keeps its tags as keys and each number's digits", "[json][reader]") {
  // The digits stand here as the text has them; strings that look like numbers are none.
  const auto read = json::read_verbatim(R"({"@date": "2022-06-01", "a": [1.50, -0, "12\"3", 1E2, {"b/c~": 0.10}],
    "9": "8", "long": 123456789012345678901234567890, "zero": 0, "moins": -1.0e-3})");
  const feel::Context &root = read.value.context();
  REQUIRE(root.find("@date") != nullptr);
  CHECK(root.find("@date")->text() == "2022-06-01");
  CHECK(read.digits == decltype(read.digits){{"/a/0", "1.50"},
                                             {"/a/1", "-0"},
                                             {"/a/3", "1E2"},
                                             {"/a/4/b~1c~0", "0.10"},
                                             {"/long", "123456789012345678901234567890"},
                                             {"/zero", "0"},
                                             {"/moins", "-1.0e-3"}});
  CHECK(root.find("a")->list().at(2).text() == "12\"3");
  CHECK(json::read_verbatim("1.0").digits == decltype(read.digits){{"", "1.0"}});
  CHECK(json::read_verbatim(R"({"@number": 3})").digits == decltype(read.digits){{"/@number", "3"}});
  CHECK_THROWS_AS(json::read_verbatim("[1e400]"), Error);
  CHECK_THROWS_AS(json::read_verbatim(R"({"a": 1, "a": 1})"), Error);
}
