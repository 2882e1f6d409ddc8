// What the pack says of passports: donnees/passeport.json.
#pragma once

#include "rules/json/reader.hpp"
#include "spie/pack/pack.hpp"

namespace spie::passeport {

// P011 when the pack has no such file.
inline json::Reader regles(const Pack &pack) {
  const feel::Value *data = pack.data("passeport");
  if (data == nullptr)
    throw Error({Code::pack_role,
                 Level::error,
                 "the pack '" + pack.id() + "' says nothing of passports",
                 "donnees/passeport.json",
                 {}});
  return {*data, "donnees/passeport.json#", {Code::pack_json}};
}

} // namespace spie::passeport
