// Ledgers and payments, CSV or JSON: nothing is lost, whatever the bytes.
#include "tests/fuzz/fuzz.hpp"

#include "spie/convention/registre.hpp"
#include "spie/json.hpp"

using namespace spie;

namespace {

void check(const convention::CompteRendu &reading, std::size_t lines) {
  fuzz::promise(reading.recus == reading.lus + reading.refuses_total, "received = read + refused");
  fuzz::promise(reading.lus == lines, "each line read is there");
  fuzz::promise(reading.refuses_total == 0 || !reading.refuses.empty(), "a refusal says why");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  static const std::shared_ptr<const Pack> pack =
      Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  const std::string_view bytes = fuzz::text_of(data, size);
  convention::ReadOptions options;
  options.refusals = 5;
  for (const auto encoding :
       {convention::Encodage::devine, convention::Encodage::utf8, convention::Encodage::windows_1252}) {
    options.encodage = encoding;
    try {
      const auto ledger = convention::read_registre(bytes, "registre", *pack, options);
      check(ledger.lecture, ledger.depenses.size());
      (void)write_json(convention::to_value(ledger));
    } catch (const Error &) {
    }
    try {
      const auto payments = convention::read_versements(bytes, "versements", options);
      check(payments.lecture, payments.versements.size());
    } catch (const Error &) {
    }
  }
  return 0;
}
