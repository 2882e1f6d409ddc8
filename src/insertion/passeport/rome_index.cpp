#include "insertion/passeport/rome_index.hpp"

#include <algorithm>

namespace spie::passeport {

namespace {

constexpr std::size_t least_beginning = 3; // letters of a word that finds those that begin with it

bool begins_words(std::string_view word) {
  return word.size() >= least_beginning && (word.front() < '0' || word.front() > '9');
}

} // namespace

std::string suite_rome(std::span<const MotRome> words) {
  std::string text;
  for (const MotRome &word : words)
    text.append(text.empty() ? "" : " ").append(word.racine);
  return text;
}

IndexRome::IndexRome(std::span<const EntreeRome> entries) {
  texts_.reserve(entries.size());
  counts_.reserve(entries.size());
  for (std::uint32_t i = 0; i < entries.size(); ++i) {
    const std::vector<MotRome> words = mots_rome(entries[i].libelle);
    for (const MotRome &word : words)
      add(i, word);
    for (const MotRome &word : mots_rome(entries[i].libelle_court))
      add(i, word);
    for (const MotRome &word : mots_rome(entries[i].code))
      add(i, word);
    texts_.push_back(suite_rome(words));
    counts_.push_back(static_cast<std::uint32_t>(words.size()));
  }
  std::sort(words_.begin(), words_.end());
  words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
  words_.shrink_to_fit();
}

std::uint32_t IndexRome::stem(const std::string &text) {
  const auto [found, fresh] = stems_.emplace(text, static_cast<std::uint32_t>(holders_.size()));
  if (fresh)
    holders_.emplace_back();
  return found->second;
}

void IndexRome::add(std::uint32_t entry, const MotRome &word) {
  const std::uint32_t id = stem(word.racine);
  std::vector<std::uint32_t> &holders = holders_[id];
  words_.emplace_back(word.brut, id);
  if (holders.empty() || holders.back() != entry)
    holders.push_back(entry);
}

std::vector<IndexRome::Tenu> IndexRome::holding(std::span<const MotRome> words) const {
  std::vector<Tenu> held(texts_.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::uint32_t bit = std::uint32_t{1} << i;
    if (const auto found = stems_.find(words[i].racine); found != stems_.end())
      for (const std::uint32_t entry : holders_[found->second]) {
        held[entry].entiers |= bit;
        held[entry].tous |= bit;
      }
    if (!begins_words(words[i].brut))
      continue;
    const std::string &beginning = words[i].brut;
    for (auto word = std::lower_bound(words_.begin(), words_.end(), std::pair{beginning, std::uint32_t{0}});
         word != words_.end() && word->first.starts_with(beginning); ++word)
      for (const std::uint32_t entry : holders_[word->second])
        held[entry].tous |= bit;
  }
  return held;
}

} // namespace spie::passeport
