// Keys in PEM, private ones without a phrase: what is read signs, and is written as the same key.
#include "tests/fuzz/fuzz.hpp"

#include "crypto/key.hpp"

using namespace spie;
using namespace spie::crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  try {
    (void)PublicKey::from_pem(fuzz::text_of(data, size)).verify("message", fuzz::text_of(data, size));
  } catch (const KeyError &error) {
    fuzz::promise(!error.french().empty(), "a refusal has its words");
  }
  try {
    const PrivateKey key = PrivateKey::from_pem(fuzz::text_of(data, size));
    fuzz::promise(key.public_key().verify("message", key.sign("message")), "a key that was read signs");
    const Secret pem = key.to_pem();
    fuzz::promise(PrivateKey::from_pem(pem.view()).public_key() == key.public_key(),
                  "a key is written as the same key");
  } catch (const KeyError &error) {
    fuzz::promise(!error.french().empty(), "a refusal has its words");
  }
  return 0;
}
