// The files of a release of the ROME, read: what each gives, and the account of it.
#pragma once

#include "spie/passeport/rome.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spie::passeport {

struct LienLu {
  std::uint32_t metier, entree; // places among the entries
  std::string coeur_metier;
};

struct RomeLu {
  LectureRome lecture;
  std::vector<EntreeRome> entrees; // in the order of results: nature, label without accents, code
  std::vector<LienLu> liens;       // sorted by métier, then by entry; a pair stands once
};

// A CSV has no depth: any that the caller allows will do.
constexpr LoadLimits limites_usuelles_rome{
    .depth = 200, .steps = 50'000'000, .list_size = 1'000'000, .bytes = std::size_t{256} << 20U};

// What Rome::from_files promises.
RomeLu lire_rome(std::string_view version, std::span<const FichierRome> fichiers, const LoadLimits &limits);

// The place of a nature in natures_rome(); Error A001 when it is none.
std::size_t rang_nature(std::string_view nature);

// The release that a file names, "v460", when the file is one of those that are read; empty otherwise.
std::string version_du_nom(std::string_view nom);

} // namespace spie::passeport
