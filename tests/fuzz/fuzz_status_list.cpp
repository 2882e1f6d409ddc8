// Status lists, their entries, revocation lists and registers: each text is read as all of them.
#include "tests/fuzz/fuzz.hpp"

#include "credentials/status.hpp"
#include "rules/json/reader.hpp"

#include <string>

using namespace spie;

namespace {

template <class Read> void attempt(Read &&read) {
  try {
    read();
  } catch (const Error &) {
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  attempt([&] { credentials::Bitstring::decode(text); });
  attempt([&] {
    const credentials::Register kept = credentials::read_register(text);
    const std::string written = credentials::write_register(kept);
    fuzz::promise(credentials::write_register(credentials::read_register(written)) == written,
                  "a register is read back as it was written");
  });
  attempt([&] {
    const feel::Value document = json::read_verbatim(text).value;
    attempt([&] { credentials::read_status(document); });
    attempt([&] { credentials::read_revocation_list(document); });
    attempt([&] {
      const credentials::StatusList list = credentials::read_status_list(document);
      fuzz::promise(list.bits.bits() <= credentials::Bitstring::most_bits, "a list is bounded");
      credentials::StatusEntry entry;
      for (const std::uint64_t index : {std::uint64_t{0}, list.bits.bits() - 1, list.bits.bits()})
        for (entry.size = 1; entry.size <= 8; ++entry.size) {
          entry.index = index;
          attempt([&] { credentials::status_of(entry, list); });
        }
    });
  });
  return 0;
}
