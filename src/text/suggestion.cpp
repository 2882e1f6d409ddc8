#include "text/suggestion.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace spie {

namespace {

// Lower case, without French accents, words joined by underscores: what two spellings of a code have in common.
std::string folded(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, char>, 26> accents{{
      {"é", 'e'}, {"è", 'e'}, {"ê", 'e'}, {"ë", 'e'}, {"à", 'a'}, {"â", 'a'}, {"ä", 'a'}, {"î", 'i'},        {"ï", 'i'},
      {"ô", 'o'}, {"ö", 'o'}, {"û", 'u'}, {"ù", 'u'}, {"ü", 'u'}, {"ç", 'c'}, {"É", 'e'}, {"È", 'e'},        {"Ê", 'e'},
      {"À", 'a'}, {"Â", 'a'}, {"Î", 'i'}, {"Ô", 'o'}, {"Û", 'u'}, {"Ç", 'c'}, {"’", '_'}, {"\xC2\xA0", '_'},
  }};
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto *accent = std::find_if(accents.begin(), accents.end(),
                                      [&](const auto &entry) { return text.substr(i).starts_with(entry.first); });
    if (accent != accents.end()) {
      result += accent->second;
      i += accent->first.size();
      continue;
    }
    const char c = text[i++];
    result += c == ' ' || c == '-' || c == '\'' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return result;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

} // namespace

const std::string *nearest(std::string_view text, const std::vector<std::string> &candidates) {
  if (text.empty() || text.size() > 200) // a name that long was not mistyped
    return nullptr;
  const std::string wanted = folded(text);
  const std::string *best = nullptr;
  std::size_t best_distance = 4; // three letters apart at most, one in three of a short name
  for (const std::string &candidate : candidates) {
    if (candidate.size() > 2 * text.size() + 8) // it cannot be near, accents counted
      continue;
    const std::string known = folded(candidate);
    const std::size_t distance = edit_distance(wanted, known);
    if (distance <= known.size() / 3 && distance < best_distance) {
      best = &candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string nearest_or_all(std::string_view text, const std::vector<std::string> &candidates) {
  if (const std::string *best = nearest(text, candidates); best != nullptr)
    return *best;
  std::string all;
  for (const std::string &one : candidates)
    all.append(all.empty() ? "" : ", ").append(one);
  return all;
}

std::string suggestion(std::string_view name, const std::vector<std::string> &names) {
  const std::string *best = nearest(name, names);
  return best == nullptr ? std::string() : ", did you mean '" + *best + "'?";
}

std::string unknown(std::string_view what, std::string_view name, const std::vector<std::string> &names) {
  return "there is no " + std::string(what) + " '" + std::string(name) + "'" + suggestion(name, names);
}

} // namespace spie
