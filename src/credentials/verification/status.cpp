// Whether the issuer withdrew the badge: the lists that it names, among those handed over.
#include "credentials/status.hpp"

#include "credentials/verification/state.hpp"
#include "text/words.hpp"

namespace spie::credentials::verification {
namespace {

using feel::Value;

Finding refused_list(const StatusEntry &entry, std::string fr, std::string en) {
  return {Code::badge_status_list,
          Level::error,
          "/credentialStatus",
          {"la liste d’état « " + entry.list + " » " + std::move(fr),
           "the status list '" + entry.list + "' " + std::move(en)},
          {}};
}

// The credential of a list, whose own proof must hold; nothing, and a finding, when it does not.
std::optional<json::Verbatim> list_credential(Sheet &sheet, const StatusEntry &entry, std::string_view bytes,
                                              std::string_view issuer, const Verificateur::Prepared &state) {
  const std::string_view text = trimmed(bytes);
  std::optional<VcJwt> jwt;
  json::Verbatim credential;
  if (text.starts_with('{')) {
    credential = json::read_verbatim(text);
  } else {
    jwt = read_vc_jwt(text);
    credential = jwt->credential;
  }
  Sheet own;
  check_proofs(own, {&credential, jwt ? &*jwt : nullptr}, state);
  check_dates(own, credential.value, state);
  for (const Nom nom : {Nom::preuve, Nom::cle, Nom::emetteur, Nom::dates}) {
    const Etat worst = own.worst(nom);
    if (worst == Etat::echec) {
      sheet.add(Nom::statut,
                refused_list(entry,
                             nom == Nom::dates ? "n’est pas valable à cet instant" : "n’est pas signée comme il faut",
                             nom == Nom::dates ? "does not hold at that instant" : "is not signed as it must be"));
      return std::nullopt;
    }
    if (worst == Etat::non_verifie) {
      sheet.add(Nom::statut, Etat::non_verifie,
                refused_list(entry, "n’a pas pu être vérifiée", "could not be checked"));
      return std::nullopt;
    }
  }
  if (const std::string keeper = issuer_of(credential.value); keeper != issuer) {
    const Finding other = refused_list(entry, "est tenue par un autre que l’émetteur du badge",
                                       "is kept by another than the issuer of the badge");
    if (own.worst(Nom::emetteur) != Etat::ok || !recognises(state, keeper)) { // anybody signs a list that says nothing
      sheet.add(Nom::statut, Etat::non_verifie, other);
      return std::nullopt;
    }
    sheet.add(Nom::statut, Etat::avertissement, other);
  }
  return credential;
}

void tell(Sheet &sheet, const StatusEntry &entry, const Status &status) {
  if (status.elsewhere)
    sheet.add(Nom::statut, Etat::avertissement,
              refused_list(entry, "porte un autre nom que celui que le badge donne",
                           "bears another name than the badge gives it"));
  const auto say = [&](Etat etat, Code code, const std::string &fr, const std::string &en) {
    const std::string said = status.said.empty() ? std::string() : " : " + status.said;
    sheet.add(Nom::statut, etat,
              {code,
               Level::error,
               "/credentialStatus",
               {fr + said, en + (status.said.empty() ? "" : ": " + status.said)},
               {}});
  };
  switch (status.state) {
  case Status::State::clear:
    sheet.ok(Nom::statut, "la liste d’état ne dit rien contre le badge (" + std::string(text(entry.purpose)) + ")",
             "the status list says nothing against the badge (" + std::string(text(entry.purpose)) + ")",
             "/credentialStatus");
    return;
  case Status::State::revoked:
    return say(Etat::echec, Code::badge_status, "l’émetteur a révoqué le badge", "the issuer revoked the badge");
  case Status::State::suspended:
    return say(Etat::echec, Code::badge_status, "l’émetteur a suspendu le badge", "the issuer suspended the badge");
  case Status::State::refresh:
    return say(Etat::avertissement, Code::badge_warning, "l’émetteur a fait un badge plus récent",
               "the issuer made a newer badge");
  case Status::State::message:
    return say(Etat::avertissement, Code::badge_warning, "l’émetteur dit quelque chose du badge",
               "the issuer says something of the badge");
  }
}

} // namespace

void check_status(Sheet &sheet, const Value &credential, const Verificateur::Prepared &state) {
  const Value *status = member(credential, "credentialStatus");
  if (status == nullptr) {
    sheet.ok(Nom::statut, "l’émetteur n’a prévu aucune révocation pour ce badge",
             "the issuer foresaw no revocation of this badge");
    return;
  }
  std::vector<StatusEntry> entries;
  try {
    entries = read_status(*status);
  } catch (const Refusal &refusal) {
    const bool other = refusal.finding().code == Code::badge_unsupported;
    return sheet.add(Nom::statut, other ? Etat::non_verifie : Etat::echec, refusal.finding());
  }
  for (const StatusEntry &entry : entries) {
    const auto bytes = state.documents.find(entry.list);
    if (!bytes) {
      sheet.add(Nom::statut, Etat::non_verifie,
                {Code::badge_unavailable,
                 Level::error,
                 "/credentialStatus",
                 {"la liste d’état « " + entry.list + " » n’a pas été remise",
                  "the status list '" + entry.list + "' was not handed over"},
                 {"Remettre cette liste à la vérification", "Hand that list over"}});
      continue;
    }
    try {
      if (entry.kind == StatusEntry::Kind::revocation_list) {
        const std::string *id = text_at(credential, "id");
        const RevocationList list = read_revocation_list(json::read_verbatim(*bytes).value);
        if (!list.issuer.empty() && list.issuer != issuer_of(credential))
          sheet.add(Nom::statut, Etat::non_verifie,
                    refused_list(entry, "est tenue par un autre que l’émetteur du badge",
                                 "is kept by another than the issuer of the badge"));
        tell(sheet, entry, status_of(entry, list, id == nullptr ? std::string_view() : std::string_view(*id)));
      } else if (const auto list = list_credential(sheet, entry, *bytes, issuer_of(credential), state)) {
        tell(sheet, entry, status_of(entry, read_status_list(list->value)));
      }
    } catch (const Refusal &refusal) {
      sheet.add(Nom::statut, Etat::echec, refusal.finding());
    } catch (const Error &error) {
      sheet.add(Nom::statut, Etat::echec, finding_of(error, Code::badge_status_list, "/credentialStatus"));
    }
  }
}

} // namespace spie::credentials::verification
