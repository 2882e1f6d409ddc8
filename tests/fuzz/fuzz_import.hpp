// What the harnesses of imports share: a journal in memory, a fixed date, and what every report promises.
#pragma once

#include "tests/fuzz/fuzz.hpp"

#include "spie/exchange/import.hpp"
#include "spie/exchange/nomenclatures.hpp"
#include "spie/store/memory.hpp"

#include <string>

namespace spie::fuzz {

inline exchange::ImportOptions import_options() {
  exchange::ImportOptions options;
  options.auteur = "fuzz";
  options.enregistre = dossier::Instant::parse("2022-06-01T12:00:00Z").value();
  options.date_fichier = feel::Date::parse("2022-06-01");
  options.lot = 2;
  return options;
}

inline const exchange::Nomenclatures &lists() {
  static const auto all = exchange::Nomenclatures::load(std::string(SPIE_SOURCE_DIR) + "/nomenclatures");
  return all;
}

inline void check(const exchange::Rapport &report) {
  promise(report.recus == report.lus + report.refuses_total, "received = read + refused");
  promise(report.refuses_total == 0 || !report.refuses.empty(), "a refusal says why");
  promise(report.clos || !report.refuses.empty(), "a file that is not closed says why");
  (void)exchange::to_value(report);
}

// Reads twice: the second time adds nothing but the import itself, and duplicates that its end made visible from its
// beginning.
template <class Import> void twice(Import &&import) {
  const auto journal = store::open_memory();
  const exchange::Rapport first = import(*journal);
  check(first);
  if (!first.clos)
    return;
  const exchange::Rapport again = import(*journal);
  check(again);
  promise(again.evenements == 2 + again.doublons_proposes, "read again, a file adds nothing");
  promise(again.lus == first.lus, "read again, a file is read alike");
  promise(journal->verify().intact, "the chain holds");
}

} // namespace spie::fuzz
