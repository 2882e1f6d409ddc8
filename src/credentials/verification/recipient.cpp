// Whether the badge was given to whom the reader expects.
#include "credentials/verification/state.hpp"

#include "crypto/digest.hpp"
#include "text/words.hpp"

#include <algorithm>

namespace spie::credentials::verification {
namespace {

using feel::Kind;
using feel::Value;

std::string lower_hex(std::string_view text) { return ascii_lower(text); }

// Hashed with its salt behind it (Open Badges 3.0, IdentityHash).
bool hashes_to(std::string_view identifier, std::string_view salt, std::string_view hash) {
  const std::string salted = std::string(identifier) + std::string(salt);
  if (hash.starts_with("sha256$"))
    return lower_hex(hash.substr(7)) == crypto::hex(crypto::sha256(salted));
  if (hash.starts_with("md5$"))
    return lower_hex(hash.substr(4)) == crypto::hex(crypto::md5(salted));
  return false;
}

bool names(const Value &identity, std::string_view recipient) {
  const std::string *hash = text_at(identity, "identityHash");
  const Value *hashed = member(identity, "hashed");
  if (hash == nullptr || hashed == nullptr)
    return false;
  // No rule says how the letters of an address are written: both spellings are tried.
  for (const std::string &asked : {std::string(recipient), ascii_lower(recipient)}) {
    if (hashed->is_true()) {
      const std::string *salt = text_at(identity, "salt");
      if (hashes_to(asked, salt == nullptr ? std::string_view() : std::string_view(*salt), *hash))
        return true;
    } else if (*hash == asked || ascii_lower(*hash) == asked) {
      return true;
    }
  }
  return false;
}

} // namespace

void check_recipient(Sheet &sheet, const Value &credential, const Verificateur::Prepared &state) {
  if (state.recipient.empty()) {
    sheet.left(Nom::destinataire, "aucun destinataire n’a été demandé", "no recipient was asked");
    return;
  }
  const Value *subject = member(credential, "credentialSubject");
  bool found = subject != nullptr && id_of(subject) == state.recipient;
  if (const Value *identifiers = subject == nullptr ? nullptr : member(*subject, "identifier"); identifiers != nullptr) {
    if (identifiers->is(Kind::list))
      found = found || std::any_of(identifiers->list().begin(), identifiers->list().end(),
                                   [&](const Value &one) { return names(one, state.recipient); });
    else
      found = found || names(*identifiers, state.recipient);
  }
  if (found)
    sheet.ok(Nom::destinataire, "le badge a été donné au destinataire demandé", "the badge was given to the recipient asked");
  else // the identifier asked stays out of the report
    sheet.add(Nom::destinataire, {Code::badge_recipient,
                                  Level::error,
                                  "/credentialSubject",
                                  {"le badge n’a pas été donné au destinataire demandé", "the badge was not given to the recipient asked"},
                                  {}});
}

} // namespace spie::credentials::verification
