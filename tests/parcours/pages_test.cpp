// The tables and drawings of docs/parcours.md, written from the table that drives the acts.
#include "insertion/dossier/contenu_permis.hpp"
#include "spie/parcours/acte.hpp"
#include "tests/page.hpp"

#include <set>

using namespace spie::parcours;

namespace {

std::string acts() {
  std::string text = "| Acte | Ce qu'il fait | Suit | Droit demandé |\n| --- | --- | --- | --- |\n";
  for (const Transition &one : transitions()) {
    std::string from;
    for (const std::string_view step : spie::dossier::words(one.depuis))
      from += (from.empty() ? "" : ", ") + (step == "-" ? std::string("rien") : "`" + std::string(step) + "`");
    text += "| `" + std::string(one.acte) + "` | " + std::string(one.titre) + " | " + from + " | `" +
            std::string(one.droit) + "` |\n";
  }
  return text;
}

// One drawing (Mermaid) for each type that has steps.
std::string drawings() {
  std::string text;
  std::set<std::string_view> drawn;
  for (const Transition &first : transitions()) {
    if (first.vers.empty() || !drawn.insert(first.type).second)
      continue;
    text += (text.empty() ? "" : "\n") + std::string("#### `") + std::string(first.type) +
            "`\n\n```mermaid\nstateDiagram-v2\n";
    for (const Transition &one : transitions())
      if (one.type == first.type)
        for (const std::string_view step : spie::dossier::words(one.depuis)) {
          const std::string from = step == "-" ? "[*]" : std::string(step);
          text += "    " + from + " --> " + (one.vers == "=" ? from : std::string(one.vers)) + " : " +
                  std::string(one.acte.substr(one.acte.find('.') + 1)) + "\n";
        }
    text += "```\n";
  }
  return text;
}

} // namespace

TEST_CASE("docs/parcours.md shows the acts and their steps", "[parcours]") {
  check_section("parcours.md", "actes", acts());
  check_section("parcours.md", "etapes", drawings());
}
