// The contacts of a CAF, whatever their bytes, of a household that the flow made known.
#include "tests/fuzz/fuzz_import.hpp"

#include "spie/exchange/caf_contacts.hpp"
#include "spie/exchange/vrsb.hpp"

using namespace spie;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  fuzz::twice([&](dossier::Journal &journal) {
    if (journal.subjects(dossier::Genre::personne, "", 1).empty())
      exchange::import_vrsb(journal,
                            *exchange::file_bytes(std::string(SPIE_SOURCE_DIR) + "/tests/fuzz/corpus/vrsb/foyer.xml"),
                            fuzz::import_options(), fuzz::lists());
    exchange::Rapport report =
        exchange::import_caf_contacts(journal, *exchange::memory_bytes(bytes), "771", fuzz::import_options());
    fuzz::promise(report.dossiers_nouveaux == 0, "contacts make no dossier");
    return report;
  });
  return 0;
}
