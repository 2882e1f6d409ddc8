// Any bytes: what is found is read, what is masked holds none, and a NIR put in the middle is found.
#include "tests/fuzz/fuzz.hpp"

#include "spie/nir.hpp"

#include <string>

using namespace spie;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  if (const auto at = find_nir(text)) {
    fuzz::promise(at->second >= 13 && at->first + at->second <= text.size(), "what is found stands in the text");
    fuzz::promise(read_nir(text.substr(at->first, at->second)).has_value(), "what is found is read");
  }
  const std::string masked = without_nir(text);
  fuzz::promise(masked.size() <= text.size(), "a mask is shorter than what it hides");
  if (const auto nir = read_nir(text))
    fuzz::promise(nir->treize.size() == 13 && resembles_nir(text), "what is read has the form of one");
  (void)masked_nir(text);

  static const std::string known = "é290057799012343é";
  const std::string around = std::string(text) + known + std::string(text);
  fuzz::promise(without_nir(around).find(known) == std::string::npos, "a NIR glued to letters does not stay");
  return 0;
}
