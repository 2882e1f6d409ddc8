// Whether the badge was given to whom the reader expects.
#include "credentials/recipient.hpp"
#include "credentials/verification/state.hpp"

#include <algorithm>

namespace spie::credentials::verification {
using feel::Value;

void check_recipient(Sheet &sheet, const Value &credential, const Run &run) {
  if (run.depth > 0) {
    sheet.left(Nom::destinataire, "le destinataire est celui du badge qui contient celui-ci",
               "the recipient is that of the badge that holds this one");
    return;
  }
  if (!run.state.recipient) {
    sheet.left(Nom::destinataire, "aucun destinataire n’a été demandé", "no recipient was asked");
    return;
  }
  const Value *subject = member(credential, "credentialSubject");
  const std::string &recipient = *run.state.recipient;
  bool found = subject != nullptr && id_of(subject) == recipient;
  if (const Value *identifiers = subject == nullptr ? nullptr : member(*subject, "identifier");
      identifiers != nullptr) {
    try {
      const std::vector<Identity> identities = read_identities(*identifiers);
      found = found || std::any_of(identities.begin(), identities.end(),
                                   [&](const Identity &one) { return is_same(one, recipient); });
    } catch (const Refusal &) { // told with the rules of the format
    }
  }
  if (found)
    sheet.ok(Nom::destinataire, "le badge a été donné au destinataire demandé",
             "the badge was given to the recipient asked");
  else // the identifier asked stays out of the report
    sheet.add(Nom::destinataire,
              {Code::badge_recipient,
               Level::error,
               "/credentialSubject",
               {"le badge n’a pas été donné au destinataire demandé", "the badge was not given to the recipient asked"},
               {}});
}

} // namespace spie::credentials::verification
