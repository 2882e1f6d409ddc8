// The proofs that stand in a credential (`proof`), under the keys of the documents handed over.
#pragma once

#include "credentials/did.hpp"
#include "credentials/instant.hpp"
#include "credentials/jsonld/contexts.hpp"
#include "credentials/jwt.hpp"
#include "credentials/rdf/canonical.hpp"
#include "rules/json/reader.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spie::credentials::verification {

struct Embedded {
  std::string place; // "/proof/0"
  std::string suite; // "eddsa-rdfc-2022"
  ProofFindings found;
};

// Each proof of a document in its order.
std::vector<Embedded> verify_embedded(const json::Verbatim &document, std::string_view issuer,
                                      const Documents &documents, feel::DaysDuration now,
                                      const jsonld::Contexts &contexts, rdf::Work &work);

// Why the `eddsa-jcs-2022` proof of a document that is no credential does not hold; nothing when it does.
std::optional<Finding> jcs_refusal(const json::Verbatim &document, const Documents &documents, feel::DaysDuration now,
                                   std::string &signer);

} // namespace spie::credentials::verification
