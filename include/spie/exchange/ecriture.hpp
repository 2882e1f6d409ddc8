// A dossier as another institution reads it: the diagnostic of France Travail, the rows of the carnet de bord, the
// thématiques of data·inclusion. What a format cannot carry is told, fact by fact (docs/diagnostic.md has the tables).
// Whoever writes for others records it: the event `partage` (S:2263-2264).
#pragma once

#include "spie/dossier/situation.hpp"
#include "spie/exchange/nomenclatures.hpp"
#include "spie/pack/pack.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spie::exchange {

struct Perte {
  std::string chemin; // of the fact: "frein.handicap"
  std::string motif;  // in French
};

struct Ecriture {
  std::string format, version; // of the lists that its codes are of: "france_travail.diagnostic.v4@2026-08-21"
  feel::Value document;
  std::vector<Perte> pertes;
};

// "france_travail.v1", "france_travail.v4", "carnet", "data_inclusion.v1".
std::span<const std::string_view> formats_ecrits() noexcept;

// Of the situation as it is handed over: under a mask, that of whoever writes. Barriers, answers, objectives and jobs
// sought are what these formats speak of; nothing else of the dossier is written, nor told as lost. France Travail:
// read back, it gives equal facts, but for the losses. Throws Error A001 for a format that is none of these, P011 for a
// pack without the crosswalk of that format.
Ecriture ecrire(std::string_view format, const dossier::Situation &situation, const Pack &pack,
                const Nomenclatures &nomenclatures);

feel::Value to_value(const Ecriture &ecriture); // {"format", "version", "document", "pertes": [{"chemin", "motif"}]}

} // namespace spie::exchange
