// What a verification was prepared with, and what its steps share.
#pragma once

#include "credentials/did.hpp"
#include "credentials/finding.hpp"
#include "credentials/instant.hpp"
#include "credentials/jsonld/contexts.hpp"
#include "credentials/jwt.hpp"
#include "credentials/rdf/canonical.hpp"
#include "credentials/rules/structure.hpp"
#include "credentials/trust.hpp"
#include "spie/credentials/badge.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spie::credentials {

namespace verification {

struct Trust {
  bool given = false;
  std::optional<Finding> refused; // its signature does not hold, or cannot be checked
  TrustList list;
};

// Throws Refusal for what is no list of trust; a list whose signature fails is `refused`.
Trust read_trust(std::string_view bytes, const Documents &documents, feel::DaysDuration now);

bool is_context_document(std::string_view bytes);

// Adds to `documents` what says that a key is of an id. Throws Error A001.
void vouch(Documents &documents, const std::vector<std::pair<std::string, std::string>> &keys);

} // namespace verification

struct Verificateur::Prepared {
  feel::DaysDuration now;
  std::string now_text;
  Documents documents;
  std::vector<std::string> contexts;                    // addresses of contexts that were handed over
  jsonld::Contexts jsonld = jsonld::Contexts::pinned(); // with those
  verification::Trust trust;
  std::vector<Nom> required;
  std::optional<std::string> recipient;
};

namespace verification {

// One badge being verified, and what stands in it.
struct Run {
  const Verificateur::Prepared &state;
  rdf::Work &work;
  int depth = 0; // credentials around the one that is looked at

  // What is asked of a badge is not of what it holds: its recipient is not theirs, and whether its endorsers are
  // recognised counts for who requires endorsements.
  bool requires_check(Nom nom) const noexcept;
};

// A report being made: what each check finds, put in the order of the checks at the end.
class Sheet {
public:
  void add(Nom nom, Etat etat, const Finding &finding);
  void add(Nom nom, const Finding &finding); // echec or avertissement, by its level
  void ok(Nom nom, std::string fr, std::string en, std::string place = {});
  // Not asked, or nothing to check: no code.
  void left(Nom nom, std::string fr, std::string en);
  // What nobody follows here, and nothing requires: said, and left out of the verdict.
  void aside(Nom nom, std::string place, std::string fr, std::string en);
  bool has(Nom nom) const noexcept;
  Etat worst(Nom nom) const noexcept;
  void issuer(IssuerProof proof);

  Rapport finish(const Run &run) &&;

private:
  std::vector<Controle> found_;
  std::vector<Controle> aside_;
  std::optional<Emetteur> issuer_;
};

// A credential whose bytes were read: JSON, with the JWS around it when there is one.
struct Document {
  const json::Verbatim *credential = nullptr;
  const VcJwt *jwt = nullptr;
};

// The proofs of a credential, its key and its issuer.
void check_proofs(Sheet &sheet, const Document &document, const Run &run);
void check_dates(Sheet &sheet, const feel::Value &credential, const Verificateur::Prepared &state);
void check_status(Sheet &sheet, const feel::Value &credential, const Run &run);
void check_recipient(Sheet &sheet, const feel::Value &credential, const Run &run);
// Whether the list of trust that was handed over recognises that issuer at the instant.
bool recognises(const Verificateur::Prepared &state, std::string_view issuer);
void check_trust(Sheet &sheet, const feel::Value &credential, const Run &run);

// The whole of a badge, or of a credential that stands in another.
Rapport examine(std::string_view bytes, const Run &run);

// --- reading a credential ---

const feel::Value *member(const feel::Value &object, std::string_view key) noexcept;
const std::string *text_at(const feel::Value &object, std::string_view key) noexcept;
// A text, or the `id` of an object.
std::string id_of(const feel::Value *value);
std::string issuer_of(const feel::Value &credential);

} // namespace verification
} // namespace spie::credentials
