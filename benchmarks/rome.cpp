// What a search of the ROME costs, beside reading every label: over an invented release of the counts of v460 (18,317
// skills, 15,354 savoirs, 13,120 appellations, 1,584 métiers), the same for each run. Times are the processor's: what
// one core takes, whoever else uses the machine.
#include "spie/passeport/rome.hpp"
#include "insertion/passeport/rome_mots.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <random>
#include <string>
#include <vector>

using namespace spie;
using namespace spie::passeport;

namespace {

std::mt19937 draws(460);
std::size_t draw(std::size_t below) { return static_cast<std::size_t>(draws() % below); }

// Words of two to four syllables, drawn as those of a language are: the first ones far more often.
std::vector<std::string> vocabulary() {
  constexpr std::array<const char *, 24> syllables{"ma",  "té", "ri",  "au",  "pré", "pa",  "rer", "net",
                                                   "toy", "er", "con", "duc", "ti",  "on",  "ser", "vi",
                                                   "ce",  "lé", "gu",  "mes", "che", "val", "ins", "tal"};
  std::vector<std::string> words;
  while (words.size() < 9'000) {
    std::string word;
    for (std::size_t i = 2 + draw(3); i > 0; --i)
      word += syllables[draw(syllables.size())];
    words.push_back(word + (draw(4) == 0 ? "s" : ""));
  }
  return words;
}

struct Source {
  std::vector<std::string> words = vocabulary();
  std::vector<std::string> labels;

  const std::string &word() {
    const double u = static_cast<double>(draw(1'000'000) + 1) / 1e6;
    return words[static_cast<std::size_t>(static_cast<double>(words.size() - 1) * u * u * u)];
  }
  std::string label() {
    constexpr std::array<const char *, 5> between{" de ", " ", " et ", " d'", " des "};
    std::string text = word();
    for (std::size_t i = 2 + draw(7); i > 0; --i)
      text += between[draw(between.size())] + word();
    labels.push_back(text);
    return text;
  }
};

double processor_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

template <class Work> std::vector<double> times(std::size_t count, Work &&work) {
  std::vector<double> list;
  for (std::size_t i = 0; i < count; ++i) {
    const double start = processor_ms();
    work(i);
    list.push_back(processor_ms() - start);
  }
  std::sort(list.begin(), list.end());
  return list;
}

void tell(const char *name, const std::vector<double> &list) {
  double sum = 0;
  for (const double one : list)
    sum += one;
  std::printf("  %-34s mean %8.3f ms   median %8.3f   99 %% %8.3f   worst %8.3f\n", name,
              sum / static_cast<double>(list.size()), list[list.size() / 2], list[list.size() * 99 / 100], list.back());
}

} // namespace

int main() {
  Source source;
  std::string skills = "code_ogr,nature,libelle_competence,definition,code_ogr_macro_comp,code_macro_comp,cat_comp,"
                       "transition_eco,transition_num\n",
              knowledge = "code_ogr_savoir,libelle_savoir,categorie_savoir,sous_categorie_savoir\n",
              jobs = "code_rome,code_ogr,libelle_rome,code_rome_parent\n",
              titles = "code_ogr,libelle_appellation_long,libelle_appellation_court,code_rome\n";
  const auto rome_code = [](int i) {
    return std::string(1, static_cast<char>('P' + i / 1'000)) + std::to_string(1'000 + i % 1'000);
  };
  for (int i = 0; i < 18'317; ++i)
    skills +=
        std::to_string(9'000'000 + i) + (i < 16    ? ",Macro-compétence,\"" + source.label() + "\",,,,Savoir-être,,\n"
                                         : i < 507 ? ",Macro-compétence,\"" + source.label() + "\",,,,Savoir-faire,,\n"
                                                   : ",Compétence,\"" + source.label() + "\",," +
                                                         std::to_string(9'000'016 + i % 491) + ",,Savoir-faire,,\n");
  for (int i = 0; i < 15'354; ++i)
    knowledge += std::to_string(9'100'000 + i) + ",\"" + source.label() + "\",Une,Autre\n";
  for (int i = 0; i < 1'584; ++i)
    jobs += rome_code(i) + "," + std::to_string(9'300'000 + i) + ",\"" + source.label() + "\",\n";
  for (int i = 0; i < 13'120; ++i)
    titles += std::to_string(9'200'000 + i) + ",\"" + source.label() + "\",," + rome_code(i % 1'584) + "\n";
  const std::vector<FichierRome> files{{"unix_referentiel_competence_v999_utf8.csv", skills},
                                       {"unix_referentiel_savoir_v999_utf8.csv", knowledge},
                                       {"unix_referentiel_code_rome_v999_utf8.csv", jobs},
                                       {"unix_referentiel_appellation_v999_utf8.csv", titles}};

  std::shared_ptr<const Rome> rome;
  const auto loads = times(3, [&](std::size_t) { rome = Rome::from_files("v999", files); });
  if (rome->size() != 18'317 + 15'354 + 1'584 + 13'120 || rome->lecture().refuses_total != 0)
    return 1;
  std::printf("a release of %zu entries, read and indexed in %.0f ms (best of three)\n", rome->size(), loads.front());

  // Two words of one label, as somebody types them; one word, often a common one; the beginning of one.
  constexpr std::size_t asked = 2'000;
  std::vector<std::string> pairs, singles, beginnings;
  for (std::size_t i = 0; i < asked; ++i) {
    const auto words = mots_rome(source.labels[draw(source.labels.size())]);
    pairs.push_back(words.front().racine + " " + words.back().racine);
    singles.push_back(source.word());
    beginnings.push_back(words.front().racine.substr(0, 3));
  }
  std::vector<std::int64_t> totals;
  const auto ask = [&](const std::vector<std::string> &texts) {
    return times(asked, [&](std::size_t i) { totals.push_back(rome->chercher(texts[i]).total); });
  };
  tell("search, two words of a label", ask(pairs));
  const std::vector<std::int64_t> found = totals;
  tell("search, one word", ask(singles));
  tell("search, three letters", ask(beginnings));

  // Every label read, its words told beforehand: what a search costs without an index.
  std::vector<std::vector<MotRome>> told;
  for (const std::string &label : source.labels)
    told.push_back(mots_rome(label));
  constexpr std::size_t scanned = 100;
  std::vector<std::int64_t> seen;
  const auto scan = times(scanned, [&](std::size_t i) {
    const auto words = mots_rome(pairs[i]);
    std::int64_t count = 0;
    for (const auto &label : told)
      count += std::all_of(words.begin(), words.end(), [&](const MotRome &word) {
        return std::any_of(label.begin(), label.end(), [&](const MotRome &one) {
          return one.racine == word.racine || (word.brut.size() >= 3 && one.brut.starts_with(word.brut));
        });
      });
    seen.push_back(count);
  });
  tell("every label read, its words told", scan);
  const auto raw = times(10, [&](std::size_t i) {
    const auto words = mots_rome(pairs[i]);
    std::int64_t count = 0;
    for (const std::string &label : source.labels) {
      const auto here = mots_rome(label);
      count += std::all_of(words.begin(), words.end(), [&](const MotRome &word) {
        return std::any_of(here.begin(), here.end(), [&](const MotRome &one) { return one.racine == word.racine; });
      });
    }
    if (count > seen[i])
      std::printf("a reading finds more than the index\n");
  });
  tell("every label read as it is written", raw);

  // A beginning of one form brings the other form of the same word too, which the reading does not see.
  for (std::size_t i = 0; i < scanned; ++i)
    if (found[i] < seen[i])
      return 1;
  return 0;
}
