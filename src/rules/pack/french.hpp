// Values as a French reader writes them: 1er juin 2022, 1 234,50 €, trois mois. No locale: the library has none.
#pragma once

#include "spie/feel/value.hpp"

#include <map>
#include <string>
#include <string_view>

namespace spie::pack {

std::string french_date(feel::Date date);
// Thousands apart, a comma; the unit as packs name them: "EUR" (two decimals), "ratio" (per cent), "mois", "jours"…
std::string french_number(const feel::Number &number, std::string_view unit = {});
// How a value is said: the labels of codes and keys, and what an unknown is called where it stands.
struct Speech {
  const std::map<std::string, std::string> *labels = nullptr; // none when null
  std::string_view unknown = "inconnu";
  std::string_view refused = "refusé";
  bool leave_out_unknown = false; // members of contexts that are unknown are not said
};
// On one line. Codes and texts stand in « », what is unknown, refused or wrong says so.
std::string french_value(const feel::Value &value, std::string_view unit = {}, const Speech &speech = {});
// The label of a key or code; without one, its words: "axes_ouverts" is "axes ouverts".
std::string french_word(const std::string &key, const Speech &speech = {});

} // namespace spie::pack
