// What carries a badge: a JSON text, a compact JWS, or an image in which the one or the other was baked. Images are
// never decoded: a badge is spliced in and cut out, and every other byte is kept.
#pragma once

#include "spie/feel/value.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace spie::credentials {

enum class Form { json, jws, png, svg };
enum class Generation { ob1, ob2, ob3, clr2 };
std::string_view text(Form form) noexcept;             // "json", "jws", "png", "svg"
std::string_view text(Generation generation) noexcept; // "ob1", "ob2", "ob3", "clr2"

struct Extracted {
  enum class Kind { json, jws, address }; // an address: where the badge is, all that some of Open Badges 1 and 2 say

  Form form = Form::json; // of what carries it
  Kind kind = Kind::json; // of what was carried
  // By where it stood in an image, else by its @context, else by its type; nothing when none says.
  std::optional<Generation> generation;
  std::string bytes;      // as they were, those of a JWS and of an address without the blanks around
  std::size_t badges = 1; // that the image carries: this one, and others
};

inline constexpr std::size_t most_image_bytes = std::size_t{32} << 20U;
inline constexpr std::size_t most_svg_bytes = std::size_t{8} << 20U;
inline constexpr std::size_t most_badge_bytes = std::size_t{4} << 20U;

// The first badge that the bytes carry. Throws Refusal: B011, with the offset ("byte 8"), for an image that is cut or
// altered, that carries none, or for what is no image and no text of a badge; B012 beyond a limit.
Extracted extract(std::string_view bytes);
// The same for who reads the text anyway: the generation of a JSON or a JWS that no image holds is left out.
Extracted carried(std::string_view bytes);
// Of a badge, or of the payload of a JWS, that was read.
std::optional<Generation> generation_of(const feel::Value &document);

// The image with a badge of Open Badges 3.0 or CLR 2.0 in it, JSON or JWS, and every other byte as it was. A JSON text
// in SVG has "]]\u003e" for "]]>"; a JWS loses the blanks around it. Throws Refusal as extract does; B011 also when the
// image carries a badge already, of whatever generation, unless `overwrite`: then all of those go.
std::string bake(std::string_view image, std::string_view badge, bool overwrite = false);

} // namespace spie::credentials
