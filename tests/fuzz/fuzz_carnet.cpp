// Beneficiaries and structures, whatever their bytes; and no NIR in the journal.
#include "tests/fuzz/fuzz_import.hpp"

#include "spie/exchange/carnet_csv.hpp"

using namespace spie;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  fuzz::twice([&](dossier::Journal &journal) {
    return exchange::import_carnet_beneficiaires(journal, *exchange::memory_bytes(bytes), fuzz::import_options(),
                                                 fuzz::lists());
  });
  fuzz::twice([&](dossier::Journal &journal) {
    return exchange::import_carnet_structures(journal, *exchange::memory_bytes(bytes), fuzz::import_options(),
                                              fuzz::lists());
  });
  return 0;
}
