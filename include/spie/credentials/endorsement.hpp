// What somebody signs about a badge that another issued: an EndorsementCredential, read, and put into the badge that it
// is of before that is signed, or kept beside it.
#pragma once

#include "spie/diagnostic.hpp"

#include <string>
#include <string_view>

namespace spie::credentials {

// What it says of itself, whatever it is worth: a Verificateur tells that.
struct Avenant {
  std::string id;
  std::string emetteur;  // the id of its issuer
  std::string porte_sur; // the id of what it endorses
  std::string texte;     // endorsementComment; may be empty
  std::string empreinte; // SHA-256 of its bytes, in hexadecimal digits
};
// JSON with its proof, or a compact JWS. Throws Error: B001 for what is no EndorsementCredential, B011 for one that
// nobody signed, B003 to B005 and J… for what cannot be read.
Avenant lire_avenant(std::string_view bytes);

// A credential that is not signed yet, with the endorsement in it, under what bears the id that it endorses: the
// credential, its achievement, its issuer. Every other byte of both is kept. Throws Error as lire_avenant does; B005
// for a credential that bears a proof, which it would break, B001 when nothing of it bears that id.
std::string joindre(std::string_view credential, std::string_view avenant);

} // namespace spie::credentials
