// The search against a reading of every label, one after the other, which knows the two numbers of each word from a
// table and nothing of how the index tells them.
#include "tests/catch.hpp"

#include "spie/passeport/rome.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <set>

using namespace spie;
using namespace spie::passeport;

namespace {

// As a label writes them, and as one types them.
struct Word {
  const char *one, *many;
  const char *plain_one, *plain_many;
};
constexpr std::array<Word, 16> words{{{"légume", "Légumes", "legume", "legumes"},
                                      {"cheval", "chevaux", "cheval", "chevaux"},
                                      {"bateau", "bateaux", "bateau", "bateaux"},
                                      {"travail", "travaux", "travail", "travaux"},
                                      {"bijou", "bijoux", "bijou", "bijoux"},
                                      {"jeu", "jeux", "jeu", "jeux"},
                                      {"matériau", "matériaux", "materiau", "materiaux"},
                                      {"œuvre", "œuvres", "oeuvre", "oeuvres"},
                                      {"sol", "sols", "sol", "sols"},
                                      {"festival", "festivals", "festival", "festivals"},
                                      {"détail", "détails", "detail", "details"},
                                      {"œil", "yeux", "oeil", "yeux"},
                                      {"élève", "élèves", "eleve", "eleves"},
                                      {"bus", "bus", "bus", "bus"},
                                      {"processus", "processus", "processus", "processus"},
                                      {"château", "châteaux", "chateau", "chateaux"}}};
constexpr std::array<const char *, 6> beginnings{"che", "tra", "le", "mat", "cha", "zzz"};

struct Label {
  std::vector<std::pair<std::size_t, bool>> words; // which, and whether it is many
};

} // namespace

TEST_CASE("a search finds what a reading of every label finds, and no more", "[rome]") {
  std::mt19937 random(20'260'101);
  const auto draw = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
  for (int round = 0; round < 20; ++round) {
    std::vector<Label> labels(60);
    std::string csv = "code_ogr,nature,libelle_competence,definition,code_ogr_macro_comp,code_macro_comp,cat_comp,"
                      "transition_eco,transition_num\n";
    std::set<std::pair<std::size_t, bool>> present;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      std::string text;
      for (std::size_t k = 1 + draw(4); k > 0; --k) {
        const std::size_t which = draw(words.size());
        const bool many = draw(2) == 1;
        labels[i].words.emplace_back(which, many);
        present.emplace(which, many);
        text += (text.empty() ? "" : " ") + std::string(many ? words[which].many : words[which].one);
      }
      csv += std::to_string(9'990'000 + i) + ",Compétence," + text + ",,,,Savoir-faire,,\n";
    }
    const std::vector<FichierRome> files{{"unix_referentiel_competence_v7_utf8.csv", csv}};
    const auto rome = Rome::from_files("v7", files);

    for (int asked = 0; asked < 50; ++asked) {
      std::vector<std::string> typed;
      std::set<std::size_t> whole; // words asked for in whole
      std::vector<std::string> begun;
      for (std::size_t k = 1 + draw(3); k > 0; --k) {
        if (draw(4) == 0) {
          const char *one = beginnings[draw(beginnings.size())];
          if (std::find(begun.begin(), begun.end(), one) == begun.end())
            begun.emplace_back(one);
        } else {
          whole.insert(draw(words.size()));
        }
      }
      for (const std::size_t which : whole)
        typed.emplace_back(draw(2) == 1 ? words[which].plain_many : words[which].plain_one);
      typed.insert(typed.end(), begun.begin(), begun.end());

      std::vector<std::size_t> counts;
      for (const Label &label : labels) {
        std::size_t count = 0;
        for (const std::string &one : typed) {
          const bool held = std::any_of(label.words.begin(), label.words.end(), [&](const auto &word) {
            const Word &forms = words[word.first];
            if (one == forms.plain_one || one == forms.plain_many)
              return true;
            const auto begins = [&](bool many) {
              return present.contains({word.first, many}) &&
                     std::string_view(many ? forms.plain_many : forms.plain_one).starts_with(one);
            };
            return one.size() >= 3 && (begins(false) || begins(true));
          });
          count += held ? 1 : 0;
        }
        counts.push_back(count);
      }
      const std::size_t most = *std::max_element(counts.begin(), counts.end());
      std::set<std::string> expected;
      for (std::size_t i = 0; i < labels.size() && most > 0; ++i)
        if (counts[i] == most)
          expected.insert(std::to_string(9'990'000 + i));

      std::string text;
      for (const std::string &one : typed)
        text += one + " ";
      CAPTURE(text);
      // « le » alone is no word: it says something only when the text has no other.
      if (std::find(typed.begin(), typed.end(), "le") != typed.end() && typed.size() == 1)
        continue;
      const RechercheRome found = rome->chercher(text, {{}, 100});
      std::set<std::string> codes;
      for (const EntreeRome &one : found.entrees)
        codes.insert(one.code);
      CHECK(codes == expected);
      CHECK(found.total == static_cast<std::int64_t>(expected.size()));
    }
  }
}
