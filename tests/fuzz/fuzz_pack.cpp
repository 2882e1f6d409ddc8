// The files of a pack in one text: each begins at a line "==> NAME". Refused with findings, or checked.
#include "tests/fuzz/fuzz.hpp"

#include "spie/pack/pack.hpp"

using namespace spie;

namespace {

Pack::Files split(std::string_view text) {
  constexpr std::string_view mark = "==> ";
  Pack::Files files;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() < text.size() ? line.size() + 1 : line.size());
    if (line.starts_with(mark))
      files.emplace_back(line.substr(mark.size()), "");
    else if (!files.empty())
      files.back().second.append(line).append("\n");
  }
  return files;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  try {
    const auto pack = Pack::from_files(split(fuzz::text_of(data, size)));
    (void)pack->check();
  } catch (const Error &refusal) {
    fuzz::promise(!refusal.diagnostics().empty(), "a refusal has findings");
  }
  return 0;
}
