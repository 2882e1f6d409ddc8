#include "insertion/passeport/rome_mots.hpp"

#include "insertion/dossier/cles.hpp"

#include <algorithm>
#include <array>

namespace spie::passeport {

namespace {

// Sorted.
constexpr std::array<std::string_view, 39> common_words{
    "A",  "AFIN", "AU", "AUX", "AVEC", "CE", "CES", "D",    "DANS",  "DE", "DES", "DU",   "EN",
    "ET", "ETC",  "J",  "L",   "LA",   "LE", "LES", "LEUR", "LEURS", "N",  "OU",  "PAR",  "POUR",
    "QU", "QUE",  "S",  "SA",  "SANS", "SE", "SES", "SON",  "SUR",   "UN", "UNE", "VERS", "Y"};
static_assert(std::is_sorted(common_words.begin(), common_words.end()));

bool common(std::string_view word) { return std::binary_search(common_words.begin(), common_words.end(), word); }

} // namespace

std::string racine_rome(std::string_view word) {
  if (word == "YEUX")
    return "OEIL";
  const bool short_word = word.size() < 4; // BUS, SAS, GAZ; AIL and BAL too
  if (short_word)
    return std::string(word);
  if (word.ends_with('S') && !word.ends_with("SS"))
    word.remove_suffix(1);
  else if (word.ends_with("AUX") || word.ends_with("EUX") || word.ends_with("OUX"))
    word.remove_suffix(1);
  // One form for -al, -ail, -au and their plurals in -aux.
  if (word.size() > 3 && word.ends_with("AIL"))
    return std::string(word.substr(0, word.size() - 3)) + "AU";
  if (word.size() > 3 && word.ends_with("AL"))
    return std::string(word.substr(0, word.size() - 2)) + "AU";
  return std::string(word);
}

std::vector<MotRome> mots_rome(std::string_view text) {
  const std::string normal = dossier::normalized_name(text);
  std::vector<MotRome> all;
  for (std::size_t start = 0; start < normal.size();) {
    const std::size_t end = std::min(normal.find(' ', start), normal.size());
    const std::string_view word = std::string_view(normal).substr(start, end - start);
    if (!word.empty())
      all.push_back({std::string(word), racine_rome(word)});
    start = end + 1;
  }
  const auto plain = [](const MotRome &word) { return common(word.brut); };
  if (!std::all_of(all.begin(), all.end(), plain))
    std::erase_if(all, plain);
  return all;
}

} // namespace spie::passeport
