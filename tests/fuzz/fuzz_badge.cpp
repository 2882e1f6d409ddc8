// The whole of a verification: whatever the bytes, a report comes back, with every check in order and each with its
// words; what was not signed is never valid.
#include "tests/fuzz/fuzz.hpp"

#include "spie/credentials/badge.hpp"

using namespace spie;
using namespace spie::credentials;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  static const Verificateur verifier = [] {
    OptionsVerification options;
    options.au = "2026-11-29T08:00:00Z";
    return Verificateur(std::move(options));
  }();
  const Rapport report = verifier.verifier(fuzz::text_of(data, size));
  std::size_t next = 0;
  for (const Nom nom : tous_les_noms) {
    fuzz::promise(next < report.controles.size() && report.controles[next].nom == nom, "every check stands, in order");
    while (next < report.controles.size() && report.controles[next].nom == nom) {
      const Controle &one = report.controles[next++];
      fuzz::promise(!one.motif.fr.empty() && !one.motif.en.empty(), "a check has its words");
      fuzz::promise(!one.code || !one.remede.fr.empty(), "what is wrong has a remedy");
    }
  }
  return 0;
}
