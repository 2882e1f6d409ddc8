// Compact JWS and the badges in them: what is read has one spelling, and its check ends with or without a key.
#include "tests/fuzz/fuzz.hpp"

#include "credentials/jwt.hpp"
#include "credentials/trust.hpp"
#include "text/base64.hpp"

#include <string>

using namespace spie;
using namespace spie::credentials;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  std::string_view text = fuzz::text_of(data, size);
  try {
    const Jws jws = read_jws(text);
    const std::string again = jws.signed_text + '.' + to_base64url(jws.signature);
    fuzz::promise(text.substr(0, again.size()) == again, "a JWS is written as it was read");
    fuzz::promise(text.find_first_not_of("\r\n", again.size()) == std::string_view::npos, "nothing is left over");
    (void)verify(read_vc_jwt(text), {}, {});
  } catch (const Refusal &refusal) {
    fuzz::promise(!refusal.finding().reason.fr.empty() && !refusal.finding().reason.en.empty(),
                  "a refusal has its words");
  }
  try {
    (void)read_trust_list(text, {});
  } catch (const Refusal &) {
    return 0;
  }
  return 0;
}
