// What the images share: the badges that one carries, where, and how a refusal names the place.
#pragma once

#include "credentials/carrier.hpp"
#include "credentials/finding.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace spie::credentials {

// A badge in an image. Its bytes are those that go when it is overwritten.
struct Found {
  enum class Slot { openbadges, openbadgecredential, clrcredential };
  Slot slot = Slot::openbadgecredential;
  std::size_t begin = 0, end = 0;
  std::string text;
};

// Throws B011 or B012 at a byte of the image.
[[noreturn]] inline void refuse_at(std::size_t offset, Words reason, Code code = Code::badge_carrier,
                                   Words remedy = {}) {
  throw Refusal({code, Level::error, "byte " + std::to_string(offset), std::move(reason), std::move(remedy)});
}
[[noreturn]] inline void refuse_larger(std::size_t offset, std::size_t most) {
  const std::string bound = std::to_string(most);
  refuse_at(offset, {"c’est plus long que " + bound + " octets", "this is longer than " + bound + " bytes"},
            Code::badge_limit);
}

namespace png {

bool is_png(std::string_view bytes) noexcept;
std::vector<Found> find(std::string_view bytes); // every chunk was checked
std::string bake(std::string_view bytes, Found::Slot slot, std::string_view text, bool overwrite);

} // namespace png

namespace svg {

bool is_svg(std::string_view bytes); // its first element is named svg; no more is checked
std::vector<Found> find(std::string_view bytes);
std::string bake(std::string_view bytes, Found::Slot slot, std::string_view text, bool is_jws, bool overwrite);

} // namespace svg

// The refusal of who did not ask to overwrite.
inline void refuse_second(const std::vector<Found> &found, bool overwrite) {
  if (!found.empty() && !overwrite)
    refuse_at(found.front().begin, {"l’image porte déjà un badge", "the image carries a badge already"},
              Code::badge_carrier,
              {"demander qu’il soit remplacé, ou prendre l’image sans lui",
               "Ask for it to be overwritten, or take the image without it."});
}

// Without the bytes of the badges.
inline std::string without(std::string_view bytes, const std::vector<Found> &found) {
  std::string kept;
  std::size_t from = 0;
  for (const Found &one : found) {
    kept += bytes.substr(from, one.begin - from);
    from = one.end;
  }
  return kept += bytes.substr(from);
}

} // namespace spie::credentials
