#include "insertion/dossier/noms.hpp"

#include "insertion/dossier/cles.hpp"

#include <algorithm>
#include <array>

namespace spie::dossier {

namespace {

constexpr std::array<std::string_view, 8> particles{"DE", "DU", "DES", "D", "LA", "LE", "LES", "L"};

bool is_particle(std::string_view word) {
  return std::find(particles.begin(), particles.end(), word) != particles.end();
}

// The words of a name, `SAINT` in full and in one with what follows it.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  const std::string bare = normalized_name(name);
  bool saint = false;
  for (std::string_view rest = bare; !rest.empty();) {
    const std::size_t blank = std::min(rest.find(' '), rest.size());
    std::string word(rest.substr(0, blank));
    rest.remove_prefix(std::min(blank + 1, rest.size()));
    if (word == "ST" || word == "STE")
      word = word == "ST" ? "SAINT" : "SAINTE";
    const bool holy = word == "SAINT" || word == "SAINTE";
    if (saint)
      words.back() += word;
    else
      words.push_back(std::move(word));
    saint = holy;
  }
  return words;
}

std::string joined(const std::vector<std::string> &words, std::size_t from) {
  std::string result;
  for (std::size_t i = from; i < words.size(); ++i)
    result += words[i];
  return result;
}

void add(std::vector<std::string> &into, std::string one) {
  if (!one.empty() && std::find(into.begin(), into.end(), one) == into.end())
    into.push_back(std::move(one));
}

bool meet(const std::vector<std::string> &a, const std::vector<std::string> &b) {
  return std::any_of(a.begin(), a.end(),
                     [&](const std::string &one) { return std::find(b.begin(), b.end(), one) != b.end(); });
}

} // namespace

std::vector<std::string> name_forms(std::string_view surname) {
  std::vector<std::string> words = words_of(surname), forms;
  add(forms, joined(words, 0));
  for (std::size_t first = 0; first + 1 < words.size() && is_particle(words[first]); ++first)
    add(forms, joined(words, first + 1));
  std::erase_if(words, [](const std::string &word) { return is_particle(word); });
  add(forms, joined(words, 0));
  return forms;
}

std::vector<std::string> name_parts(std::string_view surname) {
  constexpr std::size_t least = 3; // fewer letters name nobody
  std::vector<std::string> parts;
  for (std::string &word : words_of(surname))
    if (!is_particle(word))
      parts.push_back(std::move(word));
  if (parts.size() < 2)
    return {};
  std::erase_if(parts, [](const std::string &part) { return part.size() < least; });
  return parts;
}

std::string first_first_name(std::string_view first_names) {
  std::string first = normalized_name(first_names);
  first.resize(std::min(first.find(' '), first.size()));
  return first;
}

Ressemblance compare_surnames(std::string_view a, std::string_view b) {
  if (a == b)
    return Ressemblance::identiques;
  if (const std::string bare = normalized_name(a); !bare.empty() && bare == normalized_name(b))
    return Ressemblance::ecriture;
  const auto of_a = name_forms(a), of_b = name_forms(b);
  if (of_a.empty() || of_b.empty())
    return Ressemblance::differentes;
  if (of_a.front() == of_b.front())
    return Ressemblance::apostrophe;
  if (meet(of_a, of_b))
    return Ressemblance::particule;
  return meet(name_parts(a), of_b) || meet(of_a, name_parts(b)) ? Ressemblance::nom_coupe : Ressemblance::differentes;
}

bool alike_first_names(std::string_view a, std::string_view b) { return meet(words_of(a), words_of(b)); }

} // namespace spie::dossier
