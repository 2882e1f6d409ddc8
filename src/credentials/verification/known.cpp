// What may have changed of a badge since it was verified: it is looked at again without its bytes.
#include "credentials/verification/state.hpp"

namespace spie::credentials {

Rapport Verificateur::revoir(const BadgeConnu &badge) const {
  feel::Context said{{"id", badge.id}, {"issuer", badge.emetteur}, {"validFrom", prepared_->now_text}};
  if (!badge.expire.empty())
    said.set("validUntil", badge.expire);
  if (!badge.statut.is_null())
    said.set("credentialStatus", badge.statut);
  const feel::Value credential(std::move(said));
  rdf::Work work;
  const verification::Run run{*prepared_, work};
  verification::Sheet sheet;
  verification::check_dates(sheet, credential, *prepared_);
  verification::check_status(sheet, credential, run);
  verification::check_trust(sheet, credential, run);
  return std::move(sheet).finish(run);
}

} // namespace spie::credentials
