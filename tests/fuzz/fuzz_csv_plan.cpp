// A plan and a file that it describes, a line of dashes between them.
#include "tests/fuzz/fuzz_import.hpp"

#include "spie/exchange/csv_plan.hpp"

using namespace spie;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view bytes = fuzz::text_of(data, size);
  constexpr std::string_view between = "\n---\n";
  const std::size_t cut = std::min(bytes.find(between), bytes.size());
  try {
    const exchange::PlanCsv plan = exchange::read_plan_csv(bytes.substr(0, cut), "plan");
    const std::string_view file = bytes.substr(std::min(cut + between.size(), bytes.size()));
    fuzz::twice([&](dossier::Journal &journal) {
      return exchange::import_csv(journal, *exchange::memory_bytes(file), plan, fuzz::import_options());
    });
  } catch (const Error &error) {
    for (const Diagnostic &fault : error.diagnostics()) {
      if (fault.code != Code::import_plan && !text(fault.code).starts_with("J"))
        std::fprintf(stderr, "%s\n", to_string(fault).c_str());
      fuzz::promise(fault.code == Code::import_plan || text(fault.code).starts_with("J"), "only a plan is refused so");
    }
  }
  return 0;
}
