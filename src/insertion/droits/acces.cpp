#include "spie/droits/acces.hpp"

#include <array>

namespace spie::droits {

std::string_view text(Place place) noexcept {
  static constexpr std::array<std::string_view, 4> words{"connu", "autre", "nouveau", "premier"};
  return words[static_cast<std::size_t>(place)];
}

Place comparer(JournalAcces &acces, dossier::Journal &journal, VerificationAcces &verification) {
  const auto known = journal.acces();
  if (known && known->identite == acces.identite())
    return Place::connu;
  const auto fault = [&](std::string message) {
    verification.constats.push_back({Code::store_verify,
                                     Level::error,
                                     std::move(message),
                                     {},
                                     "Find the journal of accesses that was kept beside the store; restore a backup."});
    verification.intact = false;
  };
  if (!known) {
    if (verification.entrees > 0)
      fault("the store never knew a journal of accesses, and this one holds some");
    return Place::premier;
  }
  std::optional<dossier::Instant> first;
  try {
    acces.each([&](const Acces &entry) { first = first.value_or(entry.instant); });
  } catch (const Error &) { // an edited entry, which the verification told
  }
  if (first && *first < known->enregistre) {
    fault("this journal of accesses is another one than that which the store knows");
    return Place::autre;
  }
  fault("this journal of accesses was begun after that which the store knows, and in its place");
  return Place::nouveau;
}

feel::Value verifier(JournalAcces &acces, dossier::Journal *journal, std::optional<std::string_view> head) {
  VerificationAcces proof = acces.verify(head);
  feel::Value place;
  if (journal != nullptr)
    place = text(comparer(acces, *journal, proof));
  feel::Context value = to_value(proof).context();
  value.set("place", std::move(place));
  return value;
}

} // namespace spie::droits
