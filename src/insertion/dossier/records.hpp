// The records of dossiers as tables: their JSON, their classes in Python (spie.dossier) and their schemas
// (docs/schemas/resultats/dossier.*.json).
#pragma once

#include "rules/record/record.hpp"
#include "spie/dossier/journal.hpp"

namespace spie::record {

template <> struct Table<dossier::Tete> {
  static constexpr Title title{"Tete", "dossier", "The last event and its link of the chain: write it down elsewhere."};
  static constexpr std::tuple fields{
      Field{"seq", &dossier::Tete::seq},
      Field{"maillon", &dossier::Tete::maillon, "64 hexadecimal digits."},
  };
};

} // namespace spie::record
