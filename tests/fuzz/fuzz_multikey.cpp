// Multikey, and the addresses of keys: what is read is written the same.
#include "tests/fuzz/fuzz.hpp"

#include "credentials/did.hpp"
#include "credentials/key_forms.hpp"

#include <string>

using namespace spie;
using namespace spie::credentials;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  try {
    fuzz::promise(to_multikey(read_multikey(text)) == text, "a Multikey has one spelling");
  } catch (const crypto::KeyError &) {
  }
  Documents documents; // the text itself, wherever it is asked for
  documents.ask = [&](std::string_view) { return std::string(text); };
  const std::string address(text.substr(0, text.find('\n')));
  for (const std::string_view method : {std::string_view(address), std::string_view("did:web:tremplin.example#k1"),
                                        std::string_view("https://tremplin.example/emetteur#k1")})
    try {
      const ResolvedKey found = resolve(method, documents);
      fuzz::promise(!found.controller.empty(), "a key that an address leads to has its controller");
      (void)issuer_verdict(found.controller, found, documents);
    } catch (const Refusal &) {
    }
  return 0;
}
