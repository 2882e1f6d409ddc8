// Badges of Open Badges 2.0, whatever the bytes; each address leads back to them.
#include "tests/fuzz/fuzz.hpp"

#include "credentials/ob2.hpp"

#include <string>

using namespace spie;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string text(fuzz::text_of(data, size));
  credentials::Documents itself;
  itself.ask = [&](std::string_view) { return text; };
  try {
    const credentials::Ob2 read = credentials::read_ob2(text, itself, {});
    for (const auto *list : {&read.structure, &read.proof, &read.key, &read.issuer_findings, &read.status, &read.dates})
      for (const credentials::Finding &one : *list)
        fuzz::promise(!one.reason.fr.empty() && !one.reason.en.empty(), "a finding says what is wrong");
  } catch (const Error &) {
  }
  return 0;
}
