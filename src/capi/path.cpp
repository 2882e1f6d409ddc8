// The path of a person: what the law says of an immersion.
#include "capi/guard.hpp"
#include "capi/handles.hpp"
#include "spie/parcours/immersion.hpp"

using namespace spie;
using namespace spie::capi;

spie_status spie_immersion_check(char **json, size_t *length, const spie_pack *pack, const char *request,
                                 size_t request_length, const char *date, spie_error *error) {
  return give_text(json, length, error, [&] {
    const Pack &law = *needed(pack, "pack").pack;
    const feel::Date at = date_argument(date, "date");
    const feel::Value asked = object_argument(request, request_length, "request");
    return parcours::to_value(parcours::verifier_immersion(law, parcours::read_demande_immersion(law, asked), at));
  });
}
