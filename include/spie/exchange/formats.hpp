// The formats that are read, by their names: what C, Python and the command line ask for.
#pragma once

#include "spie/exchange/import.hpp"
#include "spie/exchange/nomenclatures.hpp"

#include <span>
#include <string>
#include <string_view>

namespace spie::exchange {

// What a format needs beside its bytes, and gets from nowhere else.
enum class Besoin : std::uint8_t { rien, personne, plan, organisme };
std::string_view text(Besoin besoin) noexcept;

struct Format {
  std::string_view nom;    // "france_travail_extrait"
  std::string_view titre;  // in French
  std::string_view source; // under which its facts stand; empty when the plan names it
  Besoin besoin = Besoin::rien;
};
std::span<const Format> formats() noexcept;
// [{"nom", "titre", "source", "besoin": "rien" | "personne" | "plan" | "organisme"}]
feel::Value formats_value();

struct Complements {
  std::optional<dossier::Sujet> personne; // whom the file is about, where it names nobody
  std::string plan;                       // the JSON of a plan (csv_plan.hpp)
  std::string organisme;                  // whose numbers the file gives: the number of a CAF, "771"
};

// `format` is one of these, or "france_travail" or "carnet": the file then says which of theirs it is.
// Throws Error I002 for a format that is none, A001 when what it needs is not given, and what its reader throws.
Rapport importer(dossier::Journal &journal, std::string_view format, Octets &bytes, const ImportOptions &options,
                 const Nomenclatures &nomenclatures, const Complements &complements = {});

} // namespace spie::exchange
