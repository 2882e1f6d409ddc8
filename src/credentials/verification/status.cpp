// Whether the issuer withdrew the badge: the lists that it names, among those handed over.
#include "credentials/status.hpp"

#include "credentials/verification/state.hpp"
#include "text/words.hpp"

namespace spie::credentials::verification {
namespace {

using feel::Value;

constexpr std::size_t most_entries = 20; // each may cost a list

// What is wrong with a list, at the entry of the badge that names it: a place in the list is none of the badge.
Finding of_list(const StatusEntry &entry, Finding finding) {
  const std::string in_list = finding.where.empty() || finding.where == entry.where ? "" : " (" + finding.where + ")";
  finding.reason.fr = "la liste d’état « " + entry.list + " »\u202f: " + finding.reason.fr + in_list;
  finding.reason.en = "the status list '" + entry.list + "': " + finding.reason.en + in_list;
  finding.where = entry.where;
  return finding;
}

Finding refused_list(const StatusEntry &entry, std::string fr, std::string en) {
  return {Code::badge_status_list,
          Level::error,
          entry.where,
          {"la liste d’état « " + entry.list + " » " + std::move(fr),
           "the status list '" + entry.list + "' " + std::move(en)},
          {}};
}

// The credential of a list, whose own proof must hold; nothing, and a finding, when it does not.
std::optional<json::Verbatim> list_credential(Sheet &sheet, const StatusEntry &entry, std::string_view bytes,
                                              std::string_view issuer, const Run &run) {
  const Verificateur::Prepared &state = run.state;
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
  check_proofs(own, {&credential, jwt ? &*jwt : nullptr}, run);
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

std::string_view in_french(Purpose purpose) {
  switch (purpose) {
  case Purpose::revocation:
    return "révocation";
  case Purpose::suspension:
    return "suspension";
  case Purpose::refresh:
    return "renouvellement";
  case Purpose::message:
    return "message";
  }
  return {};
}

void tell(Sheet &sheet, const StatusEntry &entry, const Status &status) {
  if (status.elsewhere)
    sheet.add(Nom::statut, Etat::avertissement,
              refused_list(entry, "porte un autre nom que celui que le badge donne",
                           "bears another name than the badge gives it"));
  const auto say = [&](Etat etat, Code code, const std::string &fr, const std::string &en) {
    const std::string said = status.said.empty() ? std::string() : " : " + status.said;
    sheet.add(Nom::statut, etat,
              {code, Level::error, entry.where, {fr + said, en + (status.said.empty() ? "" : ": " + status.said)}, {}});
  };
  switch (status.state) {
  case Status::State::clear:
    sheet.ok(Nom::statut, "la liste d’état ne dit rien contre le badge (" + std::string(in_french(entry.purpose)) + ")",
             "the status list says nothing against the badge (" + std::string(text(entry.purpose)) + ")", entry.where);
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

void check_status(Sheet &sheet, const Value &credential, const Run &run) {
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
  if (entries.size() > most_entries)
    return sheet.add(Nom::statut,
                     {Code::badge_limit,
                      Level::error,
                      "/credentialStatus",
                      {"le badge nomme plus de vingt listes d’état", "the badge names more than twenty status lists"},
                      {}});
  for (const StatusEntry &entry : entries) {
    const auto bytes = run.state.documents.find(entry.list);
    if (!bytes) {
      sheet.add(Nom::statut, Etat::non_verifie,
                {Code::badge_unavailable,
                 Level::error,
                 entry.where,
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
      } else if (const auto list = list_credential(sheet, entry, *bytes, issuer_of(credential), run)) {
        tell(sheet, entry, status_of(entry, read_status_list(list->value)));
      }
    } catch (const Refusal &refusal) {
      sheet.add(Nom::statut, Etat::echec, of_list(entry, refusal.finding()));
    } catch (const Error &error) {
      sheet.add(Nom::statut, Etat::echec,
                of_list(entry, finding_of(error, Code::badge_status_list, error.first().where)));
    }
  }
}

} // namespace spie::credentials::verification
