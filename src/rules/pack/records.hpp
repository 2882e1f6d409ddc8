// The records of packs as tables: their JSON, their classes in Python (spie.pack) and their schemas
// (docs/schemas/resultats/pack.*.json).
#pragma once

#include "rules/record/record.hpp"
#include "spie/pack/pack.hpp"

namespace spie::record {

template <> struct Table<Article> {
  static constexpr Title title{"Article", "pack", "A passage of law or convention, in our own words."};
  static constexpr std::tuple fields{
      Field{"id", &Article::id},
      Field{"titre", &Article::titre},
      Field{"resume", &Article::resume},
      Field{"place", &Article::place, "In the source."},
      Field{"sans_regle", &Article::sans_regle, "Why no rule stands on it; empty otherwise."},
      Field{"pack", &Article::pack, "The id of the pack that gives it."},
  };
};

template <> struct Table<ParameterUse> {
  static constexpr Title title{"ParameterUse", "pack", "A parameter that an evaluation read."};
  static constexpr std::tuple fields{
      Field{"nom", &ParameterUse::nom},
      Field{"valeur", &ParameterUse::valeur},
      Field{"depuis",
            Computed{[](const ParameterUse &use) {
                       return use.given || use.valeur.is_null() ? std::nullopt : std::optional(use.depuis);
                     },
                     [](ParameterUse &use, std::optional<feel::Date> day) { use.depuis = day.value_or(feel::Date{}); }},
            "None: the value was given, or is not known."},
      Field{"article", &ParameterUse::article},
      Field{"donne", &ParameterUse::given, "By the caller, for this evaluation alone.", 0, "given"},
      Field{"seconde_main", &ParameterUse::seconde_main, "To verify before it is shown as law."},
      Field{
          "lu_au",
          Computed{[](const ParameterUse &use) { return use.lu_au.empty() ? std::nullopt : std::optional(use.lu_au); },
                   [](ParameterUse &use, const std::optional<std::string> &fact) { use.lu_au = fact.value_or(""); }},
          "The fact at whose date it was read, if any."},
      Field{"lu_le", &ParameterUse::date, "The day it was read at; None when that fact is unknown."},
      Field{"avant_la_premiere_valeur", &ParameterUse::avant,
            "That day comes before the first value, which was taken."},
      Field{"libelles", &ParameterUse::libelles, "How codes are said under the reading in force."},
  };
};

} // namespace spie::record
