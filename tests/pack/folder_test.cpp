// What the files of a pack may be: their encodings, their links, the facts that other tools write.
#include "tests/catch.hpp"

#include "tests/pack/files.hpp"
#include "tests/temporary.hpp"

#include <filesystem>
#include <fstream>

using namespace spie;
using namespace spie::testing;

namespace fs = std::filesystem;

namespace {

void write(const fs::path &path, const std::string &bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

fs::path written(const TemporaryFolder &folder, const SmallPack &small) {
  const fs::path pack = folder.path() / "petit";
  for (const auto &[name, bytes] : small.files())
    write(pack / name, bytes);
  return pack;
}

// é, è, à… as one byte each.
std::string windows_1252(const std::string &text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i)
    result += text[i] == '\xC3' ? static_cast<char>(text[++i] + 0x40) : text[i];
  return result;
}
std::string utf_16(const std::string &text) {
  std::string result = "\xFF\xFE";
  for (const char c : windows_1252(text)) {
    result += c;
    result += '\0';
  }
  return result;
}

std::vector<Diagnostic> refusals(const SmallPack &small) {
  try {
    small.load();
  } catch (const Error &error) {
    return error.diagnostics();
  }
  return {};
}

} // namespace

TEST_CASE("each file of a pack is read in UTF-8, with or without a mark; else it is a finding with place and remedy",
          "[pack][encodings]") {
  SmallPack base;
  base.manifest = with(base.manifest, "Petit pack", "Pack d'été");
  base.articles = with(base.articles, "L'aide.", "L'aide à la mobilité.");
  base.parameters = with(base.parameters, "\"Seuil\"", "\"Seuil d'éloignement\"");
  base.cases = with(base.cases, "\"loin\"", "\"éloigné\"");
  base.more = {{"donnees/lieux.json", R"({"nom": "lieux", "article": "art-1", "valeurs": ["Évry"]})"}};
  base.model = SmallPack::dmn(
      "<literalExpression><text>list contains(lieux, \"Évry\") and distance &gt; seuil and permis = \"oui\"</text>"
      "</literalExpression>",
      R"(<itemDefinition name="t_lieux" isCollection="true"><typeRef>string</typeRef></itemDefinition>
         <inputData id="i4" name="lieux"><variable name="lieux" typeRef="t_lieux"/></inputData>)",
      R"(<informationRequirement><requiredInput href="#i4"/></informationRequirement>)");
  struct One {
    const char *name;
    std::string SmallPack::*member;
  };
  const std::vector<One> members{{"pack.json", &SmallPack::manifest},
                                 {"articles.json", &SmallPack::articles},
                                 {"parametres.json", &SmallPack::parameters},
                                 {"cas/aide.json", &SmallPack::cases},
                                 {"aide.dmn", &SmallPack::model},
                                 {"donnees/lieux.json", nullptr}};
  const auto answer = [](const SmallPack &small) {
    return small.load()
        ->evaluate("aide", read_json(R"({"distance": 12, "permis": "oui"})"), date("2022-06-01"))
        .value.to_feel();
  };
  REQUIRE(answer(base) == "true");
  for (const One &one : members) {
    CAPTURE(one.name);
    const auto changed = [&](auto change) {
      SmallPack small = base;
      std::string &bytes = one.member != nullptr ? small.*one.member : small.more.front().second;
      bytes = change(bytes);
      return small;
    };
    CHECK(answer(changed([](const std::string &text) { return "\xEF\xBB\xBF" + text; })) == "true");
    for (const auto &[change, remedy] : {std::pair{&windows_1252, "save it as UTF-8"}, std::pair{&utf_16, "UTF-16"}}) {
      const auto found = refusals(changed(change));
      REQUIRE_FALSE(found.empty());
      CHECK(found.front().message.find(remedy) != std::string::npos);
      CHECK(found.front().message.find("save it as UTF-8") != std::string::npos);
      CHECK(found.front().where.starts_with(std::string(one.name) + ":"));
    }
  }
}

TEST_CASE("a symbolic link inside a pack is not followed", "[pack][files]") {
  const TemporaryFolder folder;
  const fs::path secret = folder.path() / "secret.json";
  write(secret, R"({"nom": "lieux", "article": "art-1", "valeurs": ["secret"]})");
  const SmallPack small;
  const fs::path pack = written(folder, small);
  const auto refused = [&] {
    try {
      Pack::load(pack.string());
      return std::string("accepted");
    } catch (const Error &error) {
      return std::string(text(error.first().code)) + " " + error.first().where + " " + error.first().message;
    }
  };
  REQUIRE(refused() == "accepted");
  for (const std::string name :
       {"donnees/lieux.json", "cas/autre.json", "articles.json", "parametres.json", "aide.dmn", "pack.json"}) {
    CAPTURE(name);
    const fs::path at = pack / name;
    const bool was = fs::exists(at);
    if (was)
      fs::rename(at, folder.path() / "kept");
    fs::create_directories(at.parent_path());
    fs::create_symlink(was ? folder.path() / "kept" : secret, at);
    CHECK(refused().starts_with("P001 " + at.string() + " '" + name + "' is a symbolic link"));
    fs::remove(at);
    if (was)
      fs::rename(folder.path() / "kept", at);
    else if (at.parent_path() != pack && at.parent_path().filename() == "donnees")
      fs::remove(at.parent_path());
  }
  // A folder that is a link leads outside too, and one that leads nowhere is told as well.
  fs::create_directory(folder.path() / "ailleurs");
  fs::create_directory_symlink(folder.path() / "ailleurs", pack / "donnees");
  CHECK(refused().starts_with("P001 "));
  fs::remove(pack / "donnees");
  fs::remove(pack / "articles.json");
  fs::create_symlink(folder.path() / "absent.json", pack / "articles.json");
  CHECK(refused().starts_with("P001 "));
}

TEST_CASE("the folder of a pack may itself be given by a link", "[pack][files]") {
  const TemporaryFolder folder;
  const fs::path pack = written(folder, SmallPack());
  fs::create_directory_symlink(pack, folder.path() / "lien");
  CHECK_NOTHROW(Pack::load((folder.path() / "lien").string()));
}

TEST_CASE("a comma between two numbers of a cell is a warning of the check", "[pack][check]") {
  SmallPack small;
  small.model = SmallPack::dmn(
      R"(<decisionTable hitPolicy="FIRST">
      <input><inputExpression><text>distance</text></inputExpression></input>
      <input><inputExpression><text>permis</text></inputExpression></input>
      <output typeRef="boolean"/><annotation name="Article"/>
      <rule><inputEntry><text>&gt;= 10,5</text></inputEntry><inputEntry><text>"non"</text></inputEntry>
        <outputEntry><text>distance &gt; seuil</text></outputEntry><annotationEntry><text>art-1</text></annotationEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>
        <outputEntry><text>true</text></outputEntry><annotationEntry><text>art-1</text></annotationEntry></rule>
      </decisionTable>)");
  const auto found = small.load()->check();
  const auto told = std::find_if(found.begin(), found.end(),
                                 [](const Diagnostic &one) { return one.code == Code::feel_decimal_comma; });
  REQUIRE(told != found.end());
  CHECK(told->level == Level::warning);
  CHECK(told->where.find("aide.dmn:") == 0);
  CHECK(told->where.find("rule 1") != std::string::npos);
}

TEST_CASE("facts as other tools write them: a midnight for a date, PHP's empty array", "[pack][facts]") {
  SmallPack small;
  small.model = SmallPack::dmn(
      "<literalExpression><text>trajet.depart &gt; date(\"2022-01-31\") and distance &gt; seuil and permis = \"oui\""
      "</text></literalExpression>",
      R"(<inputData id="i4" name="trajet"><variable name="trajet" typeRef="t_trajet"/></inputData>)",
      R"(<informationRequirement><requiredInput href="#i4"/></informationRequirement>)");
  const auto pack = small.load();
  const auto of = [&](const std::string &trajet) {
    return [&pack, facts = read_json(R"({"distance": 12, "permis": "oui", "trajet": )" + trajet + "}")] {
      return pack->evaluate("aide", facts, date("2022-06-01")).value.to_feel();
    };
  };
  CHECK(of(R"({"depart": {"@datetime": "2022-02-01T00:00:00"}})")() == "true");
  const auto message = [](auto &&call) {
    try {
      (void)call();
    } catch (const Error &error) {
      return error.first().message;
    }
    return std::string("accepted");
  };
  CHECK(message(of(R"({"depart": {"@datetime": "2022-02-01T08:00:00"}})")).find("give the date alone") !=
        std::string::npos);
  CHECK(message(of("[]")).find("json_encode([])") != std::string::npos);
  CHECK(message([&] {
          return pack->evaluate("aide", feel::Value(feel::List()), date("2022-06-01")).value.to_feel();
        }).find("json_encode([])") != std::string::npos);
}
