// Values as a French reader writes them: 1er juin 2022, 1 234,50 €, trois mois. No locale: the library has none.
#pragma once

#include "spie/feel/value.hpp"

#include <string>
#include <string_view>

namespace spie::pack {

std::string french_date(feel::Date date);
// Thousands apart, a comma; the unit as packs name them: "EUR" (two decimals), "ratio" (per cent), "mois", "jours"…
std::string french_number(const feel::Number &number, std::string_view unit = {});
// On one line. Codes and texts stand in « », what is unknown, refused or wrong says so.
std::string french_value(const feel::Value &value, std::string_view unit = {});

} // namespace spie::pack
