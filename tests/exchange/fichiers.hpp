// Files for the tests of imports: bytes in hand, fixtures of ours, samples that stand beside the sources or not at all.
#pragma once

#include "tests/dossier/events.hpp"

#include "spie/exchange/import.hpp"
#include "spie/exchange/nomenclatures.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace spie::testing {

inline std::string bytes_of(const std::filesystem::path &path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}
inline std::string fixture(std::string_view name) {
  return bytes_of(std::filesystem::path(SPIE_SOURCE_DIR) / "tests/exchange/donnees" / name);
}
// A sample of the exchange folder; nullopt, with a word, where it is not installed.
inline std::optional<std::string> sample(std::string_view name) {
  const std::filesystem::path path = std::filesystem::path(SPIE_SHARED_DIR) / "exchange" / name;
  if (std::filesystem::exists(path))
    return bytes_of(path);
  WARN("skipped: no " << path.string());
  return std::nullopt;
}

inline const exchange::Nomenclatures &lists() {
  static const exchange::Nomenclatures all =
      exchange::Nomenclatures::load(std::string(SPIE_SOURCE_DIR) + "/nomenclatures");
  return all;
}

// As of that date, recorded at noon of a day that follows all others.
inline exchange::ImportOptions as_of(std::string_view date) {
  exchange::ImportOptions options;
  options.fichier = "essai";
  options.auteur = "test";
  options.enregistre = instant("2030-01-01T12:00:00Z");
  if (!date.empty())
    options.date_fichier = day(date);
  options.lot = 3;
  return options;
}

// "I006 champ date_fin: motif" of each fault.
inline std::vector<std::string> told(const std::vector<exchange::Refus> &faults) {
  std::vector<std::string> result;
  for (const exchange::Refus &fault : faults)
    result.push_back(std::string(text(fault.code)) + " " + fault.place + " " + fault.champ + " [" + fault.valeur +
                     "] " + fault.motif);
  return result;
}
inline bool accounted(const exchange::Rapport &report) {
  return report.recus == report.lus + report.refuses_total &&
         report.refuses_total <= static_cast<std::int64_t>(report.refuses.size());
}

// The dossiers of the persons that bear the identifier.
inline std::vector<dossier::Sujet> bearers(dossier::Journal &journal, std::string_view kind, std::string_view value) {
  return journal.lookup(kind, value);
}
inline dossier::Situation known_of(dossier::Journal &journal, std::string_view kind, std::string_view value,
                                   std::string_view date) {
  const auto found = journal.lookup(kind, value);
  REQUIRE(found.size() == 1);
  return dossier::situation(journal, found.front(), day(date));
}
// The value of a fact, as text; "-" when there is none.
inline std::string value(const dossier::Situation &situation, std::string_view path) {
  const dossier::Fait *found = situation.find(path);
  return found == nullptr ? "-" : found->dire.valeur.to_string();
}
inline std::int64_t count(dossier::Journal &journal, std::string_view type, std::string_view source = {}) {
  std::int64_t found = 0;
  journal.each(1, dossier::everything, [&](const dossier::Evenement &event) {
    found += event.type == type && (source.empty() || event.source.nom == source) ? 1 : 0;
  });
  return found;
}

} // namespace spie::testing
