// Every reason why a part has no form in columns has its words in French.
#include "rules/columns/program.hpp"
#include "tests/catch.hpp"

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace {

// The reasons that the sources write: whole ones, and those that name something, with `x` for what they name.
std::set<std::string> reasons() {
  std::set<std::string> found;
  const std::regex thrown(R"re(Unsafe\{((?:[^{}"]|"(?:[^"\\]|\\.)*")*)\})re"), part(R"re("((?:[^"\\]|\\.)*)")re");
  const std::regex left(R"re(leaves\(\) const override \{ return "([^"]*)")re");
  const std::string folder = std::string(SPIE_SOURCE_DIR) + "/src/rules/columns";
  for (const auto &entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    const std::string source = text.str();
    for (std::sregex_iterator one(source.begin(), source.end(), left), end; one != end; ++one)
      found.insert((*one)[1]);
    for (std::sregex_iterator one(source.begin(), source.end(), thrown), end; one != end; ++one) {
      const std::string inside = (*one)[1];
      if (inside.find('"') == std::string::npos)
        continue;                                    // what another one said
      if (inside.find(" ? ") != std::string::npos) { // one or the other
        for (std::sregex_iterator word(inside.begin(), inside.end(), part); word != std::sregex_iterator(); ++word)
          found.insert((*word)[1]);
        continue;
      }
      std::string reason;
      std::size_t at = 0;
      for (std::sregex_iterator word(inside.begin(), inside.end(), part); word != std::sregex_iterator(); ++word) {
        if (static_cast<std::size_t>(word->position()) > at)
          reason += at == 0 || inside.substr(at, static_cast<std::size_t>(word->position()) - at).find('+') !=
                                   std::string::npos
                        ? "x"
                        : "";
        reason += (*word)[1];
        at = static_cast<std::size_t>(word->position() + word->length());
      }
      if (inside.find('+', at) != std::string::npos)
        reason += "x";
      found.insert(reason);
    }
  }
  return found;
}

} // namespace

TEST_CASE("every reason why a part has no form in columns is said in French", "[columns]") {
  const std::set<std::string> all = reasons();
  CHECK(all.size() > 90);
  for (const std::string &reason : all) {
    INFO(reason);
    CHECK(spie::columns::in_french(reason) != reason);
  }
  CHECK(spie::columns::in_french("the items of 'freins' hold lists") ==
        "les éléments de « freins » contiennent des listes");
  CHECK(spie::columns::in_french("`string length`") == "la fonction « string length »");
  CHECK(spie::columns::in_french("'a' has no 'b', which its type asks for") ==
        "« a » n'a pas de « b », que son type demande");
  CHECK(spie::columns::in_french("what nobody has said") == "what nobody has said");
}
