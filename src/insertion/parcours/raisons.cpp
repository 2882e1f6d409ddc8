#include "insertion/parcours/raisons.hpp"

#include "rules/pack/french.hpp"
#include "spie/diagnostic.hpp"

#include <array>

namespace spie::parcours {

namespace {

constexpr std::array registre{
#define SPIE_RAISON(name, message, remedy, raison, remede) TexteRaison{message, remedy, raison, remede},
#include "rules/raisons.inc"
#undef SPIE_RAISON
};

// A word may hold braces: each place is filled once, from the left.
std::string filled(std::string_view text, std::initializer_list<Mot> mots, bool french) {
  std::string made;
  while (!text.empty()) {
    const std::size_t at = text.find('{');
    made += text.substr(0, at);
    if (at == std::string_view::npos)
      break;
    const auto which = static_cast<std::size_t>(text[at + 1] - '0');
    text.remove_prefix(at + 3);
    if (which >= mots.size())
      continue;
    const Mot &mot = *(mots.begin() + which);
    if (const auto *day = std::get_if<feel::Date>(&mot))
      made += french ? pack::french_date(*day) : day->to_string();
    else
      made += std::get<std::string>(mot);
  }
  return made;
}

} // namespace

const TexteRaison &texte(Raison raison) noexcept { return registre[static_cast<std::size_t>(raison)]; }

const std::vector<Raison> &toutes_les_raisons() {
  static const std::vector<Raison> all = [] {
    std::vector<Raison> list;
    for (std::size_t i = 0; i < registre.size(); ++i)
      list.push_back(static_cast<Raison>(i));
    return list;
  }();
  return all;
}

void refuser(Raison raison, std::string place, std::initializer_list<Mot> mots, std::string suggestion) {
  const TexteRaison &said = texte(raison);
  throw Error({Code::path_step, Level::error, filled(said.message, mots, false), std::move(place),
               std::string(said.remedy), filled(said.raison, mots, true), std::move(suggestion)});
}

} // namespace spie::parcours
