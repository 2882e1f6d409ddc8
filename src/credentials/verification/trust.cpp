// The list of issuers that the consortium recognises, itself signed (docs/badges.md).
#include "credentials/verification/state.hpp"

#include "credentials/verification/embedded.hpp"
#include "text/words.hpp"

namespace spie::credentials::verification {
namespace {

using feel::Value;

Finding unsigned_list() {
  return {Code::badge_trust,
          Level::error,
          {},
          {"la liste de confiance n’est pas signée : on ne peut s’y fier",
           "the list of trust is not signed: it cannot be relied upon"},
          {"Demander la liste signée à qui la tient", "Ask who keeps the list for the signed one"}};
}

feel::Date day_of(feel::DaysDuration instant) {
  const std::int64_t seconds = instant.seconds;
  return {seconds / feel::seconds_per_day - (seconds % feel::seconds_per_day < 0 ? 1 : 0)};
}

} // namespace

Trust read_trust(std::string_view bytes, const Documents &documents, feel::DaysDuration now) {
  Trust trust;
  trust.given = true;
  const std::string_view text = trimmed(bytes);
  try {
    if (!text.starts_with('{')) {
      trust.list = read_trust_list(text, documents, {}, now);
      return trust;
    }
    const json::Verbatim list = json::read_verbatim(text);
    trust.list = trust_list_of(list.value);
    trust.refused =
        member(list.value, "proof") == nullptr ? unsigned_list() : jcs_refusal(list, documents, now, trust.list.signer);
  } catch (const Refusal &refusal) {
    if (refusal.finding().code == Code::badge_structure) // it is none
      throw;
    trust.refused = refusal.finding();
    trust.refused->where.clear();         // it points into the list
    if (trust.refused->remedy.en.empty()) // that of the code is about a badge
      trust.refused->remedy = {"Redemander la liste de confiance à qui la tient, ou remettre celle qui est signée",
                               "Ask who keeps the list of trust for it again, or hand over the one that is signed"};
  }
  return trust;
}

bool recognises(const Verificateur::Prepared &state, std::string_view issuer) {
  if (!state.trust.given || state.trust.refused)
    return false;
  const TrustList::State known = state.trust.list.state(issuer, day_of(state.now));
  return known.entry != nullptr && known.state == TrustState::recognised;
}

void check_trust(Sheet &sheet, const Value &credential, const Run &run) {
  const Verificateur::Prepared &state = run.state;
  const bool asked = run.requires_check(Nom::confiance);
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
  const TrustList::State known = state.trust.list.state(issuer, day_of(state.now));
  if (known.entry == nullptr && state.trust.list.issuers.contains(issuer))
    return found("la liste de confiance ne reconnaît pas l’émetteur à l’instant demandé",
                 "the list of trust does not recognise the issuer at the instant asked", true);
  if (known.entry == nullptr)
    return found("la liste de confiance ne connaît pas l’émetteur", "the list of trust does not know the issuer",
                 asked);
  if (known.state == TrustState::suspended)
    return found("la liste de confiance a suspendu l’émetteur", "the list of trust has suspended the issuer", true);
  if (sheet.worst(Nom::emetteur) != Etat::ok || sheet.worst(Nom::preuve) != Etat::ok)
    return found("la liste de confiance reconnaît cet émetteur, mais rien ne prouve que le badge vienne de lui",
                 "the list of trust recognises that issuer, but nothing proves that the badge comes from it", asked);
  sheet.ok(Nom::confiance, "émetteur reconnu : " + known.entry->nom + ", par la liste de " + state.trust.list.signer,
           "issuer recognised: " + known.entry->nom + ", by the list of " + state.trust.list.signer);
}

} // namespace spie::credentials::verification
