// A badge put into an image and taken out of it, and the QR code that says where a badge is. Images are never decoded:
// a badge is spliced in and cut out, and every other byte is kept (docs/badges.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace spie::credentials {

struct Extrait {
  std::string support;                   // what carried it: "json", "jws", "png", "svg"
  std::string forme;                     // "json", "jws"; "adresse" for an image that only says where the badge is
  std::optional<std::string> generation; // "ob1", "ob2", "ob3", "clr2"; nothing when nothing says
  std::string badge;                     // byte for byte; a JWS or an address without the blanks around it
  std::size_t badges = 1;                // that the image carries: this one, the first, and others
};
// Throws Error: B011 for what carries no badge, B012 beyond 32 MiB of image, 8 MiB of SVG, 4 MiB of badge.
Extrait extraire(std::string_view contenu);

// The PNG or SVG with a badge of Open Badges 3.0 or CLR 2.0 in it, JSON or JWS. Throws Error as `extraire` does; B011
// also when the image carries a badge already, unless `remplacer`: then all that it carries go.
std::string incruster(std::string_view image, std::string_view badge, bool remplacer = false);

struct Qr {
  std::string texte;   // the address, and after '#' the id of the badge and the SHA-256 of its bytes
  int cote = 0;        // modules of a side, without the light margin of four that must stand around
  std::string modules; // '1' dark, '0' light, row by row
};
// `adresse`: where the badge is, https, without a fragment. Throws Error: B011 for another address, B012 for more than
// a code holds.
Qr code_qr(std::string_view adresse, std::string_view id, std::string_view badge);

} // namespace spie::credentials
