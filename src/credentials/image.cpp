#include "spie/credentials/image.hpp"

#include "credentials/carrier.hpp"
#include "credentials/carrier/qr.hpp"

#include <utility>

namespace spie::credentials {

Extrait extraire(std::string_view contenu) {
  Extracted found = extract(contenu);
  Extrait made;
  made.support = text(found.form);
  made.forme = found.kind == Extracted::Kind::address ? "adresse" : found.kind == Extracted::Kind::jws ? "jws" : "json";
  if (found.generation)
    made.generation = text(*found.generation);
  made.badge = std::move(found.bytes);
  made.badges = found.badges;
  return made;
}

std::string incruster(std::string_view image, std::string_view badge, bool remplacer) {
  return bake(image, badge, remplacer);
}

Qr code_qr(std::string_view adresse, std::string_view id, std::string_view badge) {
  std::string said = qr_text(adresse, id, badge);
  QrMatrix matrix = qr_matrix(said);
  return {std::move(said), matrix.side, std::move(matrix.modules)};
}

} // namespace spie::credentials
