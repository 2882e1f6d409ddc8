#include "credentials/finding.hpp"

#include "credentials/told.hpp"

#include "crypto/key.hpp"
#include "spie/diagnostic_fr.hpp"

#include <utility>

namespace spie::credentials {

std::string cut(std::string_view words) {
  if (words.find("PRIVATE KEY") != std::string_view::npos) // of a PEM that stands where it should not
    return "…";
  constexpr std::size_t longest = 160;
  if (words.size() <= longest)
    return std::string(words);
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0U) == 0x80U) // not inside a character
    --end;
  return std::string(words.substr(0, end)) + "…";
}

std::string quoted(std::string_view words) { return "'" + cut(words) + "'"; }
std::string cite(std::string_view words) { return "«\u202f" + cut(words) + "\u202f»"; }

Words remedy_of(const Finding &finding) {
  if (!finding.remedy.en.empty())
    return finding.remedy;
  return {std::string(remedy_fr(finding.code)), std::string(remedy(finding.code))};
}

Diagnostic diagnostic_of(const Finding &finding) {
  return {finding.code, Level::error, finding.reason.en, finding.where, remedy_of(finding).en, finding.reason.fr};
}

Finding finding_of(const Error &error, Code code, std::string where) {
  const Diagnostic &first = error.first();
  Finding finding{code, Level::error, std::move(where), {{}, first.message}, {}};
  if (const auto *key = dynamic_cast<const crypto::KeyError *>(&error))
    finding.reason.fr = key->french();
  else
    finding.reason.fr = en_francais(first).phrase;
  return finding;
}

Refusal::Refusal(Finding finding)
    : Error(Diagnostic{finding.code, finding.level, finding.reason.en, finding.where, finding.remedy.en}),
      finding_(std::make_shared<const Finding>(std::move(finding))) {}

} // namespace spie::credentials
