// Why an act is refused with Q002: rules/raisons.inc says each reason, and its remedy, in English and in French.
#pragma once

#include "spie/feel/temporal.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace spie::parcours {

enum class Raison : std::uint8_t {
#define SPIE_RAISON(name, message, remedy, raison, remede) name,
#include "rules/raisons.inc"
#undef SPIE_RAISON
};

struct TexteRaison {
  std::string_view message, remedy; // English
  std::string_view raison, remede;  // French
};
const TexteRaison &texte(Raison raison) noexcept;
const std::vector<Raison> &toutes_les_raisons();

// What stands for {0}, {1}, …: a day is written in each language.
using Mot = std::variant<std::string, feel::Date>;

// Q002, with the place in the demand; `suggestion` is what was meant, or all that could be.
[[noreturn]] void refuser(Raison raison, std::string place, std::initializer_list<Mot> mots = {},
                          std::string suggestion = {});

} // namespace spie::parcours
