// The value of a derived proof: read or refused, in bounded parts, and never more than it says.
#include "tests/fuzz/fuzz.hpp"

#include "credentials/selective.hpp"

using namespace spie;
using namespace spie::credentials;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  try {
    const selective::Derived proof = selective::read_derived(bytes, "/proof/proofValue");
    fuzz::promise(!selective::is_base(bytes), "a proof is a base or derived from one");
    fuzz::promise(proof.key.size() == 35 && proof.base_signature.size() == 64, "a proof has its key and its signature");
    fuzz::promise(proof.signatures.size() * 66 + proof.labels.size() * 35 + proof.mandatory.size() <= size,
                  "what is read stood there");
    rdf::Work work;
    const crypto::PublicKey issuer = crypto::PublicKey::from_raw(
        crypto::KeyKind::p256, proof.key.substr(2)); // whatever it is, it is not asked beyond the statements
    (void)selective::holds(proof, {}, std::string(32, 'h'), issuer, work);
  } catch (const Error &error) {
    fuzz::promise(!error.first().message.empty(), "a refusal has its words");
  }
  return 0;
}
