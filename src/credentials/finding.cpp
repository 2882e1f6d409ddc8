#include "credentials/finding.hpp"

#include "crypto/key.hpp"
#include "spie/diagnostic_fr.hpp"

#include <utility>

namespace spie::credentials {

Words remedy_of(const Finding &finding) {
  if (!finding.remedy.en.empty())
    return finding.remedy;
  return {std::string(remedy_fr(finding.code)), std::string(remedy(finding.code))};
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
