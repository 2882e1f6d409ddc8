#include "spie/passeport/rome.hpp"

#include "insertion/passeport/records_rome.hpp"
#include "insertion/passeport/rome_contenu.hpp"
#include "spie/nir.hpp"
#include "text/words.hpp"

#include <array>
#include <bit>
#include <compare>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <tuple>

namespace spie::passeport {

namespace {

namespace fs = std::filesystem;

LienRome link_to(const EntreeRome &other, std::string heart) {
  return {other.nature, other.code, other.libelle, std::move(heart)};
}

// The marks of the words that the text has, and which natures are asked for.
std::array<bool, 6> asked_natures(const std::vector<std::string> &named) {
  std::array<bool, 6> asked{};
  if (named.empty())
    asked.fill(true);
  for (const std::string &one : named)
    asked[rang_nature(one)] = true;
  return asked;
}

std::vector<MotRome> words_of_search(std::string_view text) {
  const auto refuse = [](const char *message, const char *remedy) {
    throw Error(Diagnostic{Code::api_argument, Level::error, message, "text", remedy});
  };
  if (text.size() > Rome::most_text)
    refuse("the text to search is longer than 4,096 bytes", "Give a few words.");
  std::vector<MotRome> words;
  for (MotRome &word : mots_rome(text))
    if (std::none_of(words.begin(), words.end(), [&](const MotRome &one) { return one.racine == word.racine; }))
      words.push_back(std::move(word));
  if (words.size() > Rome::most_words)
    refuse("the text to search has more than 32 words", "Give a few words.");
  return words;
}

} // namespace

Rome::Contenu::Contenu(RomeLu read)
    : lecture(std::move(read.lecture)), entrees(std::move(read.entrees)), liens(std::move(read.liens)), index(entrees) {
  for (std::uint32_t i = 0; i < liens.size(); ++i)
    liens_inverses.push_back(i);
  std::sort(liens_inverses.begin(), liens_inverses.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(liens[a].entree, liens[a].metier) < std::tie(liens[b].entree, liens[b].metier);
  });
  for (std::uint32_t i = 0; i < entrees.size(); ++i) {
    codes.emplace_back(entrees[i].code, i);
    rangs.push_back(static_cast<std::uint8_t>(rang_nature(entrees[i].nature)));
  }
  std::sort(codes.begin(), codes.end());
}

std::span<const std::pair<std::string_view, std::uint32_t>> Rome::Contenu::of_code(std::string_view code) const {
  const auto [first, last] = std::equal_range(codes.begin(), codes.end(), std::pair{code, std::uint32_t{0}},
                                              [](const auto &a, const auto &b) { return a.first < b.first; });
  return {first, last};
}

Rome::Rome(std::unique_ptr<const Contenu> contenu) : contenu_(std::move(contenu)) {}
Rome::~Rome() = default;

std::shared_ptr<const Rome> Rome::from_files(std::string_view version, std::span<const FichierRome> fichiers,
                                             const LoadLimits &limits) {
  auto held = std::make_unique<const Contenu>(lire_rome(version, fichiers, limits));
  return std::shared_ptr<const Rome>(new Rome(std::move(held)));
}

std::shared_ptr<const Rome> Rome::load(const std::string &dossier, std::string_view version, const LoadLimits &limits) {
  std::error_code failed;
  std::vector<std::string> names, others;
  for (fs::directory_iterator entry(dossier, failed), end; !failed && entry != end; entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    const std::string release = version_du_nom(name);
    if (release == version)
      names.push_back(name);
    else if (!release.empty() && std::find(others.begin(), others.end(), release) == others.end())
      others.push_back(release);
  }
  if (failed)
    throw Error(Diagnostic{Code::import_file, Level::error, "the folder of the ROME cannot be read",
                           shortened(dossier, 200), "Check the path and its rights."});
  std::sort(names.begin(), names.end());
  std::sort(others.begin(), others.end());
  if (names.empty() && !others.empty()) {
    std::string there;
    for (const std::string &one : others)
      there.append(there.empty() ? "" : ", ").append(one);
    throw Error(Diagnostic{Code::import_format, Level::error, "the folder has no file of this release",
                           shortened(dossier, 200), "Name a release that it has.", std::string(version), there});
  }
  std::deque<std::string> contents; // which do not move
  std::vector<FichierRome> files;
  for (const std::string &name : names) {
    const fs::path path = fs::path(dossier) / name;
    std::ifstream file(path, std::ios::binary);
    std::string &bytes = contents.emplace_back();
    const std::size_t most = limits.bytes == 0 ? limites_usuelles_rome.bytes : limits.bytes;
    if (file && fs::file_size(path, failed) <= most)
      bytes.assign(std::istreambuf_iterator<char>(file), {});
    else if (file && !failed)
      throw Error(Diagnostic{Code::import_limit, Level::error,
                             "the file has more than " + std::to_string(most) + " bytes", shortened(path.string(), 200),
                             "Check that it is the right file, or raise the limit `bytes` of its load."});
    if (!file || failed)
      throw Error(Diagnostic{Code::import_file, Level::error, "a file of the ROME cannot be read",
                             shortened(path.string(), 200), "Check the file and its rights."});
    files.push_back({name, bytes});
  }
  return from_files(version, files, limits);
}

const std::string &Rome::version() const noexcept { return contenu_->lecture.version; }
const LectureRome &Rome::lecture() const noexcept { return contenu_->lecture; }
std::size_t Rome::size() const noexcept { return contenu_->entrees.size(); }

std::vector<FicheRome> Rome::trouver(std::string_view code, std::string_view nature) const {
  if (!nature.empty())
    rang_nature(nature);
  const Contenu &held = *contenu_;
  std::vector<FicheRome> found;
  for (const auto &[text, place] : held.of_code(code)) {
    const EntreeRome &entry = held.entrees[place];
    if (!nature.empty() && entry.nature != nature)
      continue;
    FicheRome &made = found.emplace_back(FicheRome{entry, {}});
    if (entry.nature == "metier") {
      const auto first = std::lower_bound(held.liens.begin(), held.liens.end(), place,
                                          [](const LienLu &link, std::uint32_t at) { return link.metier < at; });
      for (auto link = first; link != held.liens.end() && link->metier == place; ++link)
        made.liens.push_back(link_to(held.entrees[link->entree], link->coeur_metier));
      for (auto title = held.entrees.rbegin(); title != held.entrees.rend() && title->nature == "appellation"; ++title)
        if (title->metier == entry.code)
          made.liens.push_back(link_to(*title, {}));
      const auto of_titles = [](const LienRome &link) { return link.nature == "appellation"; };
      std::reverse(std::find_if(made.liens.begin(), made.liens.end(), of_titles), made.liens.end());
    } else if (entry.nature == "appellation") {
      for (const auto &[of_job, at] : held.of_code(entry.metier))
        if (held.entrees[at].nature == "metier")
          made.liens.push_back(link_to(held.entrees[at], {}));
    } else {
      const auto first =
          std::lower_bound(held.liens_inverses.begin(), held.liens_inverses.end(), place,
                           [&](std::uint32_t link, std::uint32_t at) { return held.liens[link].entree < at; });
      for (auto link = first; link != held.liens_inverses.end() && held.liens[*link].entree == place; ++link)
        made.liens.push_back(link_to(held.entrees[held.liens[*link].metier], held.liens[*link].coeur_metier));
    }
  }
  return found;
}

RechercheRome Rome::chercher(std::string_view texte, const OptionsRecherche &options) const {
  const auto asked = asked_natures(options.natures);
  const std::string text = without_nir(texte); // which the answer repeats
  const std::vector<MotRome> words = words_of_search(text);
  const Contenu &held = *contenu_;
  RechercheRome answer;
  answer.version = version();
  answer.texte = shortened(text, 200);
  answer.mots = static_cast<std::int64_t>(words.size());
  const std::vector<IndexRome::Tenu> found = held.index.holding(words);

  std::uint32_t known = 0;
  int most = 0;
  std::vector<std::uint32_t> candidates;
  for (std::uint32_t i = 0; i < found.size(); ++i) {
    const std::uint32_t all = found[i].tous;
    if (all == 0 || !asked[held.rangs[i]])
      continue;
    known |= all;
    const int count = std::popcount(all);
    if (count > most) {
      most = count;
      candidates.clear();
    }
    if (count == most)
      candidates.push_back(i);
  }
  for (std::size_t i = 0; i < words.size(); ++i)
    if ((known >> i & 1U) == 0)
      answer.inconnus.push_back(words[i].brut);

  const std::string whole = suite_rome(mots_rome(text));
  struct Rang {
    bool other;     // than the text itself
    int beginnings; // words that it holds as beginnings alone
    std::uint32_t words, place;
    auto operator<=>(const Rang &) const = default;
  };
  std::vector<Rang> ranks;
  ranks.reserve(candidates.size());
  for (const std::uint32_t i : candidates)
    ranks.push_back(
        {!held.index.is(i, whole), std::popcount(found[i].tous & ~found[i].entiers), held.index.word_count(i), i});
  const std::size_t shown = std::min(options.limite, ranks.size());
  std::partial_sort(ranks.begin(), ranks.begin() + static_cast<std::ptrdiff_t>(shown), ranks.end());
  answer.mots_trouves = most;
  answer.total = static_cast<std::int64_t>(ranks.size());
  for (std::size_t i = 0; i < shown; ++i)
    answer.entrees.push_back(held.entrees[ranks[i].place]);
  return answer;
}

feel::Value to_value(const LectureRome &lecture) { return record::to_context(lecture); }
feel::Value to_value(const std::vector<FicheRome> &fiches) { return record::to_list(fiches); }
feel::Value to_value(const RechercheRome &recherche) { return record::to_context(recherche); }
feel::Value to_value(const ComparaisonRome &comparaison) { return record::to_context(comparaison); }

} // namespace spie::passeport
