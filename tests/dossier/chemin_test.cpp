// The path of a fact, read and written.
#include "insertion/dossier/chemin.hpp"

#include "tests/catch.hpp"

#include <string>
#include <vector>

using namespace spie::dossier;

namespace {

// Keys that hold what a path is cut at, words that a path begins or ends with, and nothing at all.
const std::vector<std::string> hard_keys{
    "sante", "001/2022-03", "v1/25/31", "v1.25.31", "deux mots", "a.b/c d.e",  ".",     "..",         "/",      " ",
    "foyer", "foyer.x",     "nom",      "x.code",   "code.x",    "reponse.id", "etape", "x.etapes.y", "été.ça", "id"};

// What an engineer reads first in a failure.
std::string written(const Chemin &path) {
  return std::string(path.type->nom) + "|" + path.cle + "|" + path.champ + (path.du_foyer ? "|foyer" : "");
}

} // namespace

TEST_CASE(
    "a complete path that was written is read as it was, over every type and keys that hold dots, slashes and blanks",
    "[dossier][chemin]") {
  std::size_t tried = 0;
  for (const TypeContenu &type : types_contenu()) {
    std::vector<std::string> keys = type.cle.empty() ? std::vector<std::string>{""} : hard_keys;
    if (!type.cle.empty()) // a key is made of other fields' names at worst
      for (const Champ &field : type.champs)
        keys.push_back("x." + std::string(field.nom));
    std::vector<std::string> fields;
    for (const Champ &field : type.champs)
      fields.emplace_back(field.nom);
    if (type.cardinalite == Cardinalite::etapes)
      fields.emplace_back("etapes");
    for (const bool household : {false, true})
      for (const std::string &key : keys)
        for (const std::string &field : fields) {
          const Chemin path{household, &type, key, field};
          INFO(path.to_string());
          const auto read = Chemin::parse(path.to_string());
          REQUIRE(read);
          CHECK(written(*read) == written(path));
          CHECK(*read == path);
          ++tried;
        }
  }
  CHECK(tried > 4'000);
}

TEST_CASE("of a partial path the last word is a field when the type has it, and a part of the key when it has not",
          "[dossier][chemin]") {
  const auto read = [](std::string_view text) {
    const auto path = Chemin::parse(text);
    return path ? written(*path) : "no path";
  };
  CHECK(read("frein") == "frein||");
  CHECK(read("frein.sante") == "frein|sante|");
  CHECK(read("frein.code") == "frein||code");
  CHECK(read("frein.sante.reponse") == "frein|sante|reponse");
  CHECK(read("revenu.001/2022-03") == "revenu|001/2022-03|");
  CHECK(read("objectif.v1/25/31") == "objectif|v1/25/31|");
  CHECK(read("objectif.a.b") == "objectif|a.b|");
  CHECK(read("identite.nom") == "identite||nom");
  CHECK(read("identite.surnom") == "identite|surnom|"); // whoever asks for it is told that there is none
  CHECK(read("action.A-17.etapes") == "action|A-17|etapes");
  CHECK(read("frein.etapes") == "frein|etapes|"); // it has no steps
  CHECK(read("foyer.droit_rsa.etat") == "droit_rsa||etat|foyer");
  for (const char *nothing : {"", ".", "foyer", "foyer.", "identités", "identite/nom", " identite", "Identite.nom"})
    CHECK(read(nothing) == "no path");
}

TEST_CASE("a key stands under the beginning of it that ends before a slash", "[dossier][chemin]") {
  const auto has = [](std::string_view path, std::string_view key) { return Chemin::parse(path)->has_key(key); };
  CHECK(has("revenu", "001/2022-03"));
  CHECK(has("revenu.001", "001/2022-03"));
  CHECK(has("revenu.001/2022-03", "001/2022-03"));
  CHECK_FALSE(has("revenu.00", "001/2022-03"));
  CHECK_FALSE(has("revenu.001/2022-03", "001"));
}

TEST_CASE("a key is cut into the parts of its fields, and the last one keeps the slashes that are left",
          "[dossier][chemin]") {
  using Parts = std::vector<std::pair<std::string_view, std::string_view>>;
  const auto parts = [](const char *type, std::string_view key) { return key_parts(*find_type(type), key); };
  CHECK(parts("objectif", "v1/25/31") == Parts{{"id", "v1/25/31"}});
  CHECK(parts("revenu", "001/2022-03") == Parts{{"nature", "001"}, {"mois", "2022-03"}});
  CHECK(parts("revenu", "a b.c/d/e") == Parts{{"nature", "a b.c"}, {"mois", "d/e"}});
  CHECK(parts("revenu", "001") == Parts{{"nature", "001"}, {"mois", ""}});
  CHECK(parts("identite", "x").empty());
  for (const TypeContenu &type : types_contenu())
    for (const std::string &key : hard_keys) {
      std::string whole;
      for (const auto &[field, part] : key_parts(type, key)) {
        CHECK(find_champ(type, field) != nullptr);
        whole += (whole.empty() && part.data() == key.data() ? "" : "/") + std::string(part);
      }
      if (!type.cle.empty() && type.cle.find(' ') == std::string_view::npos)
        CHECK(whole == key);
    }
}
