// The tables of docs/diagnostic.md, written from the questionnaire and the crosswalk of the pack.
#include "insertion/text_of.hpp"
#include "spie/parcours/trame.hpp"
#include "tests/page.hpp"

using namespace spie;
using namespace spie::parcours;

namespace {

std::shared_ptr<const Pack> departement() {
  static const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  return pack;
}

std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
    text.insert(at, 1, '\\');
  return text;
}

std::string questions() {
  std::string text;
  for (const Rubrique &rubric : read_trame(*departement()).rubriques) {
    text += (text.empty() ? "" : "\n") + std::string("#### ") + rubric.titre +
            "\n\n| Question | Posée ainsi | Sert | Faits qui répondent | Source |\n| --- | --- | --- | --- | --- |\n";
    for (const Question &question : rubric.questions) {
      std::string serves, facts;
      for (const auto *list : {&question.sert, &question.documents})
        for (const std::string &one : *list)
          serves += (serves.empty() ? "`" : ", `") + one + "`";
      for (const FaitQuiRepond &one : question.sources)
        facts += (facts.empty() ? "`" : ", `") + one.chemin + "`";
      text += "| `" + question.id + "` | " + cell(question.texte) + " | " + serves + " | " + facts + " | " +
              cell(question.source) + " |\n";
    }
  }
  return text;
}

std::string crosswalk() {
  std::string text;
  for (const auto &list : departement()->data("correspondances")->context().find("listes")->list()) {
    text += (text.empty() ? "" : "\n") + std::string("#### `") + text_of(list, "format") + "`, " +
            text_of(list, "version") + "\n\nSens : " + text_of(list, "sens") + ". Source : " + text_of(list, "source") +
            ".\n\n| Code | Libellé | Frein ou ressource | Perdu à la lecture | Perdu à l'écriture |\n"
            "| --- | --- | --- | --- | --- |\n";
    for (const auto &row : list.context().find("valeurs")->list()) {
      const std::string frein = text_of(row, "frein"), resource = text_of(row, "ressource");
      text += "| `" + text_of(row, "code") + "` | " + cell(text_of(row, "libelle")) + " | " +
              (!frein.empty()      ? "`" + frein + "`"
               : !resource.empty() ? "ressource `" + resource + "`"
                                   : std::string("ni frein ni ressource")) +
              " | " + cell(text_of(row, "perte_a_lire")) + " | " + cell(text_of(row, "perte_a_ecrire")) + " |\n";
    }
  }
  return text;
}

} // namespace

TEST_CASE("docs/diagnostic.md shows the questions and the crosswalk of the pack", "[parcours]") {
  check_section("diagnostic.md", "trame", questions());
  check_section("diagnostic.md", "correspondances", crosswalk());
}
