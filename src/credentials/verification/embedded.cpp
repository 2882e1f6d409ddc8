#include "credentials/verification/embedded.hpp"

#include "credentials/issuer_text.hpp"

namespace spie::credentials {
std::string with_proof(std::string_view, std::string_view, const crypto::Signer &, std::string_view, std::string_view) {
  throw Error(Diagnostic{Code::badge_unsupported, Level::error, "no embedded proof yet", {}});
}
} // namespace spie::credentials

namespace spie::credentials::verification {

std::vector<Embedded> verify_embedded(const json::Verbatim &document, std::string_view, const Documents &, feel::DaysDuration) {
  std::vector<Embedded> all;
  if (document.value.is(feel::Kind::context) && document.value.context().find("proof") != nullptr) {
    Embedded one;
    one.place = "/proof";
    one.found.proof.push_back({Code::badge_unsupported, Level::error, "", {"pas encore", "not yet"}, {}});
    all.push_back(std::move(one));
  }
  return all;
}

std::optional<Finding> jcs_refusal(const json::Verbatim &, const Documents &) { return std::nullopt; }

} // namespace spie::credentials::verification
