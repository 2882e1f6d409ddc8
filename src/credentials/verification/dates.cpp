// From when and until when a badge holds.
#include "credentials/verification/state.hpp"

namespace spie::credentials::verification {

void check_dates(Sheet &sheet, const feel::Value &credential, const Verificateur::Prepared &state) {
  const auto instant = [&](std::string_view name, std::string_view older) {
    const std::string_view found = member(credential, name) != nullptr ? name : older;
    const std::string *text = text_at(credential, found);
    return std::pair{text == nullptr ? std::nullopt : read_instant(*text), "/" + std::string(found)};
  };
  const auto [from, from_place] = instant("validFrom", "issuanceDate");
  const auto [until, until_place] = instant("validUntil", "expirationDate");
  // A date that is there and cannot be read is no missing one: a list is not checked for its structure.
  if (!until && member(credential, until_place.substr(1)) != nullptr) {
    sheet.add(Nom::dates, {Code::badge_dates,
                           Level::error,
                           until_place,
                           {"la date de fin n’est pas un instant que l’on puisse lire",
                            "the last date is no instant that can be read"},
                           {}});
    return;
  }
  if (!from) {
    sheet.add(Nom::dates,
              {Code::badge_dates,
               Level::error,
               from_place,
               {"le badge ne dit pas depuis quand il est valable", "the badge does not say from when it holds"},
               {}});
    return;
  }
  const std::string from_text = *text_at(credential, from_place.substr(1));
  if (state.now < *from)
    sheet.add(Nom::dates,
              {Code::badge_dates,
               Level::error,
               from_place,
               {"le badge n’est valable qu’à partir du " + from_text, "the badge holds from " + from_text + " only"},
               {"Attendre cette date, ou demander à l’émetteur", "Wait for that date, or ask the issuer"}});
  if (until && *until < state.now) {
    const std::string until_text = *text_at(credential, until_place.substr(1));
    sheet.add(Nom::dates, {Code::badge_dates,
                           Level::error,
                           until_place,
                           {"le badge a expiré le " + until_text, "the badge expired on " + until_text},
                           {"Demander à l’émetteur un badge renouvelé", "Ask the issuer for a renewed badge"}});
  }
  if (sheet.has(Nom::dates))
    return;
  if (until)
    sheet.ok(Nom::dates, "valable à l’instant demandé, et jusqu’au " + *text_at(credential, until_place.substr(1)),
             "holds at the instant asked, and until " + *text_at(credential, until_place.substr(1)));
  else
    sheet.ok(Nom::dates, "valable à l’instant demandé, sans date de fin", "holds at the instant asked, with no end");
}

} // namespace spie::credentials::verification
