#include "tests/page.hpp"

#include "spie/diagnostic_fr.hpp"

#include <set>
#include <string>

using namespace spie;

TEST_CASE("every diagnostic code has its own permanent text, a meaning and a remedy", "[diagnostic]") {
  std::set<std::string> texts;
  for (const Code code : all_codes()) {
    const std::string name(text(code));
    INFO(name);
    CHECK(texts.insert(name).second);
    CHECK(name.size() == 4);
    CHECK(std::string("FDPCESIRQBTJA").find(name.front()) != std::string::npos);
    CHECK(meaning(code).back() == '.');
    CHECK(remedy(code).back() == '.');
    CHECK(!meaning_fr(code).empty());
    CHECK(!remedy_fr(code).empty());
    CHECK(meaning_fr(code).back() != '.'); // a place or a detail may follow
  }
  CHECK(texts.size() == all_codes().size());
  CHECK(text(Code::feel_syntax) == "F001");
  CHECK(text(Code::api_internal) == "A003");
}

TEST_CASE("a diagnostic says its code, its level, its place, its message and what to do", "[diagnostic]") {
  CHECK(to_string({Code::feel_syntax, Level::error, "a name was expected", "1:14"}) ==
        "F001 error at 1:14: a name was expected (Mend the text at the place given.)");
  CHECK(to_string({Code::pack_unused, Level::warning, "'age' is never read", "", "Remove it."}) ==
        "P013 warning: 'age' is never read (Remove it.)");
  CHECK(text(Level::note) == "note");
}

TEST_CASE("an error carries every finding and says the first", "[diagnostic]") {
  const Error one({Code::dmn_cycle, Level::error, "a requires b requires a", "decision 'a'"});
  CHECK(std::string(one.what()) == to_string(one.first()));
  const Error two(
      std::vector<Diagnostic>{{Code::dmn_cycle, Level::error, "m", "w"}, {Code::dmn_type, Level::error, "n", "x"}});
  CHECK(two.diagnostics().size() == 2);
  CHECK(two.first().code == Code::dmn_cycle);
  CHECK(std::string(two.what()) == to_string(two.first()) + " [and 1 more]");
  const Error none(std::vector<Diagnostic>{});
  CHECK(none.first().code == Code::api_internal);
}

TEST_CASE("the page of codes lists the registry", "[diagnostic]") {
  std::string content = "\n| code | meaning | remedy | en français |\n|---|---|---|---|\n";
  for (const Code code : all_codes())
    content += "| " + std::string(text(code)) + " | " + std::string(meaning(code)) + " | " + std::string(remedy(code)) +
               " | " + std::string(meaning_fr(code)) + " : " + std::string(remedy_fr(code)) + " |\n";
  check_section("codes.md", "codes", content + "\n");
}

TEST_CASE("a limit is named in French, and a load beyond one is no faulty file", "[diagnostic]") {
  const auto said = [](Code code, std::string message, std::string remedy = {}) {
    return en_francais({code, Level::error, std::move(message), {}, std::move(remedy)});
  };
  CHECK(said(Code::feel_limit, "the evaluation takes too many steps").details == "nombre de pas");
  CHECK(said(Code::feel_limit, "the evaluation takes more than 5 ms").details == "millisecondes");
  CHECK(said(Code::feel_limit, "a list would hold more than 10 items").details == "éléments");
  CHECK(said(Code::feel_limit, "functions call one another more than 256 levels deep").details == "profondeur");
  const auto load = said(Code::dmn_xml, "the document has more than 10 bytes",
                         "Split the document, or raise the limit `bytes` of its load.");
  CHECK(load.phrase == "la lecture dépasse une limite");
  CHECK(load.details == "octets");
  CHECK(said(Code::table_column, "the table has no column 'jour' for the days of the rows").phrase ==
        "la table n'a pas la colonne demandée");
}
