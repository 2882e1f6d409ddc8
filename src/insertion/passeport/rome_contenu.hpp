// What stands behind a Rome.
#pragma once

#include "insertion/passeport/rome_index.hpp"
#include "insertion/passeport/rome_lecture.hpp"
#include "spie/passeport/rome.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::passeport {

struct Rome::Contenu {
  explicit Contenu(RomeLu read);

  // The places of the entries of that code, in their order.
  std::span<const std::pair<std::string_view, std::uint32_t>> of_code(std::string_view code) const;

  LectureRome lecture;
  std::vector<EntreeRome> entrees;
  std::vector<std::uint8_t> rangs;                               // of their natures
  std::vector<LienLu> liens;                                     // by métier, then by entry
  std::vector<std::uint32_t> liens_inverses;                     // places of links, by entry, then by métier
  std::vector<std::pair<std::string_view, std::uint32_t>> codes; // sorted; texts of the entries
  IndexRome index;
};

} // namespace spie::passeport
