// Files of batches: each line is read or refused with its place, and a badge is signed for each or for nobody.
#include "tests/fuzz/fuzz.hpp"

#include "spie/credentials/badge.hpp"
#include "spie/credentials/lot.hpp"

#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

using namespace spie;
using namespace spie::credentials;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  static const Cle key = Cle::generer("ed25519");
  static const std::string model = [] {
    std::ifstream stream(SPIE_SOURCE_DIR "/examples/donnees/attestation.json", std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(stream), {}};
  }();
  std::vector<LigneLot> lines;
  try {
    lines = lire_lot(fuzz::text_of(data, size));
  } catch (const Error &error) {
    for (const Diagnostic &one : error.diagnostics())
      fuzz::promise(!one.message.empty(), "a refusal says why");
    return 0;
  }
  std::int64_t before = 0;
  for (const LigneLot &one : lines) {
    fuzz::promise(one.ligne > before, "lines are in their order, each with its place");
    before = one.ligne;
  }
  constexpr std::size_t few = 4; // to sign takes time
  lines.resize(std::min(lines.size(), few));
  OptionsLot options;
  options.emission = {{Preuve::eddsa_jcs_2022}, "2026-11-28T08:00:00Z", {}};
  options.fils = 1;
  std::size_t told = 0;
  options.avancement = [&](std::size_t made, std::size_t) { told = made; };
  try {
    const std::vector<BadgeEmis> made = emettre_lot(model, lines, key, options);
    fuzz::promise(made.size() == lines.size(), "a badge for each line");
    fuzz::promise(lines.empty() || told == lines.size(), "progress ends with the last");
    std::set<std::string> ids;
    OptionsVerification as_of;
    as_of.au = "2026-11-29T08:00:00Z";
    const Verificateur checker(as_of);
    for (std::size_t i = 0; i < made.size(); ++i) {
      fuzz::promise(made[i].ligne == lines[i].ligne, "in their order");
      fuzz::promise(ids.insert(made[i].id).second, "an id is given once");
      fuzz::promise(checker.verifier(made[i].badge).verdict == Verdict::valide, "what is signed is verified");
    }
  } catch (const Error &error) {
    fuzz::promise(!error.diagnostics().empty(), "a refusal says why");
  }
  return 0;
}
