// Flows of the format dsp, whatever the bytes.
#include "tests/fuzz/fuzz_import.hpp"

#include "spie/exchange/dsp.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  spie::fuzz::twice([&](spie::dossier::Journal &journal) {
    const auto bytes = spie::exchange::memory_bytes(spie::fuzz::text_of(data, size));
    return spie::exchange::import_dsp(journal, *bytes, spie::fuzz::import_options(), spie::fuzz::lists());
  });
  return 0;
}
