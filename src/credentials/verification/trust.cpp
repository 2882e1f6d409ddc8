// The list of issuers that the consortium recognises, itself signed (docs/badges.md).
#include "credentials/verification/state.hpp"

#include "credentials/verification/embedded.hpp"
#include "text/words.hpp"

namespace spie::credentials::verification {
namespace {

using feel::Kind;
using feel::Value;

[[noreturn]] void refuse(std::string place, std::string fr, std::string en) {
  throw Refusal({Code::badge_trust, Level::error, std::move(place), {std::move(fr), std::move(en)},
                 {"Demander la liste à qui la tient", "Ask who keeps the list for it"}});
}

// A day, or an instant; the last day counts whole.
std::optional<feel::DaysDuration> border(const Value &issuer, std::string_view key, bool end, const std::string &place) {
  const Value *value = member(issuer, key);
  if (value == nullptr || value->is_null())
    return std::nullopt;
  std::optional<feel::DaysDuration> read;
  if (value->is(Kind::text)) {
    read = read_instant(value->text());
    if (!read)
      read = read_instant(value->text() + (end ? "T23:59:59Z" : "T00:00:00Z"));
  }
  if (!read)
    refuse(place + "/" + std::string(key), "la liste de confiance a une date qui ne se lit pas", "the list of trust has a date that cannot be read");
  return read;
}

std::vector<Trusted> read_issuers(const Value &list) {
  const Value *issuers = member(list, "emetteurs");
  if (issuers == nullptr || !issuers->is(Kind::list))
    refuse("/emetteurs", "la liste de confiance n’a pas ses émetteurs", "the list of trust lacks its issuers");
  std::vector<Trusted> all;
  for (std::size_t i = 0; i < issuers->list().size(); ++i) {
    const Value &one = issuers->list()[i];
    const std::string place = "/emetteurs/" + std::to_string(i);
    const std::string *id = text_at(one, "id");
    const std::string *state = text_at(one, "etat");
    if (id == nullptr || id->empty())
      refuse(place + "/id", "un émetteur de la liste de confiance n’a pas d’identifiant", "an issuer of the list of trust has no id");
    if (state == nullptr || (*state != "reconnu" && *state != "suspendu"))
      refuse(place + "/etat", "l’état d’un émetteur n’est ni « reconnu » ni « suspendu »",
             "the state of an issuer is neither 'reconnu' nor 'suspendu'");
    const std::string *name = text_at(one, "nom");
    all.push_back({*id, name == nullptr ? std::string() : *name, *state == "suspendu", border(one, "du", false, place),
                   border(one, "au", true, place)});
  }
  return all;
}

std::optional<Finding> first_of(const ProofFindings &found) {
  for (const auto *all : {&found.proof, &found.key, &found.issuer})
    for (const Finding &one : *all)
      if (one.level == Level::error)
        return one;
  return std::nullopt;
}

Finding unsigned_list() {
  return {Code::badge_trust,
          Level::error,
          {},
          {"la liste de confiance n’est pas signée : on ne peut s’y fier", "the list of trust is not signed: it cannot be relied upon"},
          {"Demander la liste signée à qui la tient", "Ask who keeps the list for the signed one"}};
}

} // namespace

Trust read_trust(std::string_view bytes, const Documents &documents) {
  Trust trust;
  trust.given = true;
  const std::string_view text = trimmed(bytes);
  if (!text.starts_with('{')) {
    const Jws jws = read_jws(text);
    const json::Verbatim payload = json::read_verbatim(jws.payload);
    const std::string *issuer = text_at(payload.value, "iss");
    trust.refused = first_of(verify_jws(jws, issuer == nullptr ? std::string_view() : std::string_view(*issuer), documents));
    const Value *inner = member(payload.value, "vc");
    trust.issuers = read_issuers(inner == nullptr ? payload.value : *inner);
    return trust;
  }
  const json::Verbatim list = json::read_verbatim(text);
  trust.issuers = read_issuers(list.value);
  if (member(list.value, "proof") == nullptr)
    trust.refused = unsigned_list();
  else
    trust.refused = jcs_refusal(list, documents);
  return trust;
}

void check_trust(Sheet &sheet, const Value &credential, const Verificateur::Prepared &state) {
  const bool asked = state.requires_check(Nom::confiance);
  if (!state.trust.given) {
    sheet.left(Nom::confiance, "aucune liste de confiance n’a été remise", "no list of trust was handed over");
    return;
  }
  if (state.trust.refused) {
    sheet.add(Nom::confiance, Etat::non_verifie, *state.trust.refused);
    return;
  }
  const std::string issuer = issuer_of(credential);
  const auto found = [&](std::string fr, std::string en, bool failed) {
    sheet.add(Nom::confiance, failed ? Etat::echec : Etat::avertissement,
              {Code::badge_trust, Level::error, "/issuer", {std::move(fr), std::move(en)}, {}});
  };
  const Trusted *known = nullptr;
  bool other_time = false;
  for (const Trusted &one : state.trust.issuers) {
    if (one.id != issuer)
      continue;
    if ((one.from && state.now < *one.from) || (one.until && *one.until < state.now)) {
      other_time = true;
      continue;
    }
    known = known == nullptr || one.suspended ? &one : known;
  }
  if (known == nullptr && other_time)
    return found("la liste de confiance ne reconnaît pas l’émetteur à l’instant demandé", "the list of trust does not recognise the issuer at the instant asked", true);
  if (known == nullptr)
    return found("la liste de confiance ne connaît pas l’émetteur", "the list of trust does not know the issuer", asked);
  if (known->suspended)
    return found("la liste de confiance a suspendu l’émetteur", "the list of trust has suspended the issuer", true);
  if (sheet.worst(Nom::emetteur) != Etat::ok || sheet.worst(Nom::preuve) != Etat::ok)
    return found("la liste de confiance reconnaît cet émetteur, mais rien ne prouve que le badge vienne de lui",
                 "the list of trust recognises that issuer, but nothing proves that the badge comes from it", asked);
  sheet.ok(Nom::confiance, "émetteur reconnu : " + (known->name.empty() ? known->id : known->name),
           "issuer recognised: " + (known->name.empty() ? known->id : known->name));
}

} // namespace spie::credentials::verification
