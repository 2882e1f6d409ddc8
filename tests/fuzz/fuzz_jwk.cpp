// JWK and did:jwk: what is read is written as the same key.
#include "tests/fuzz/fuzz.hpp"

#include "credentials/key_forms.hpp"

using namespace spie;
using namespace spie::credentials;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  try {
    const crypto::PublicKey key = read_jwk_text(fuzz::text_of(data, size));
    fuzz::promise(read_jwk_text(to_jwk(key)) == key, "a JWK written is read as the same key");
    fuzz::promise(read_did_jwk(to_did_jwk(key)) == key, "a did:jwk written is read as the same key");
    (void)key.verify("message", fuzz::text_of(data, size));
  } catch (const crypto::KeyError &error) {
    fuzz::promise(!error.french().empty(), "a refusal has its words");
  }
  return 0;
}
