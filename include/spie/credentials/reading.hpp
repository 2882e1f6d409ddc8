// What a signed badge says of itself, whatever it is worth: a Verificateur tells that.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace spie::credentials {

struct BadgeLu {
  std::string id, emetteur;
  std::string du, au;        // validFrom, validUntil, as they are written; `au` may be empty
  std::string liste, entree; // of its first entry in a bitstring list; empty without one
  std::string empreinte;     // SHA-256 of its bytes, in hexadecimal digits
};
// JSON with its proof, or a compact JWS. Throws Error: B001 for what is no AchievementCredential, B011 for one that
// nobody signed, B003 to B005 and J… for what cannot be read.
BadgeLu lire_badge(std::string_view bytes);

} // namespace spie::credentials
