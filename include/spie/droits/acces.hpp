// Who asked to see what: the journal of accesses, apart from the dossiers, with its own chain and its own retention.
#pragma once

#include "spie/dossier/journal.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::droits {

struct Acces {
  std::int64_t seq = 0; // given by the journal, from 1
  dossier::Instant instant;
  std::string acteur;    // "professionnel:…"
  std::string structure; // empty for none
  std::string role;      // that played; empty when none could
  std::string finalite;
  std::string operation;                // "voir", "historique", "recherche"…
  std::vector<dossier::Sujet> dossiers; // that were shown; none when a search found nothing
  std::string refus = {};               // the code of a refusal, and then nothing was shown; empty for none
  // Of an operation "horloge": the entries that were noted under a clock that ran ahead, and why it is mended.
  std::optional<dossier::Reprise> reprise = {};
  std::string motif = {};
};
feel::Value to_value(const Acces &acces);
// What a journal does with an entry before it writes it: no NIR stands there. That of a dossier that was asked for, and
// is none, is masked; E001 for one in what names the actor and his purpose.
void hide_nir(Acces &acces);

struct VerificationAcces {
  bool intact = false;
  std::int64_t premier = 0; // seq of the oldest entry that is kept; 0 when there is none
  std::int64_t entrees = 0;
  dossier::Tete tete;
  std::optional<bool> tete_trouvee; // nothing without a head
  std::string identite;
  std::vector<Diagnostic> constats;
};
// {"intact", "premier", "entrees", "tete", "tete_trouvee", "identite", "constats"}
feel::Value to_value(const VerificationAcces &verification);

// What a journal of accesses is to a store: the one that it knows; of another store, or older than what it knows; made
// since, in the place of that one; or beside a store that knows none.
enum class Place : std::uint8_t { connu, autre, nouveau, premier };
std::string_view text(Place place) noexcept;

// Used by one thread at a time. Codes: E001 for a NIR in an entry, E004 for an instant before the last one, or more
// than a day after the caller's clock; S006 for an entry that is not the one that was noted, S… for the file
// underneath.
class JournalAcces {
public:
  JournalAcces() = default;
  JournalAcces(const JournalAcces &) = delete;
  JournalAcces &operator=(const JournalAcces &) = delete;
  virtual ~JournalAcces() = default;

  // Durably, before what was asked for is shown; gives the entry its seq.
  virtual void noter(Acces &acces) = 0;
  virtual void each(const std::function<void(const Acces &)> &visit) = 0;
  // The entries that name the dossier: what a person may ask about her own.
  virtual std::vector<Acces> sur(const dossier::Sujet &dossier) = 0;
  // Takes away the entries before that instant; how many. What is left can still be verified: the link of the last one
  // that went is kept, sealed with the key.
  virtual std::int64_t purger(dossier::Instant avant) = 0;
  // With a head that was written down, a tail that was cut off shows too.
  virtual VerificationAcces verify(std::optional<std::string_view> head = std::nullopt) = 0;

  // Drawn when the journal is made, and under its chain; empty for one in memory.
  virtual std::string identite() = 0;
  virtual std::optional<dossier::Instant> dernier_instant() = 0;
  // As dossier::Journal::reprendre_horloge: an entry "horloge" says the range.
  virtual dossier::Reprise reprendre_horloge(std::string_view motif, std::string_view auteur, dossier::Instant at) = 0;
};

// The place of a journal of accesses beside a store; what is wrong with it is added to the findings.
Place comparer(JournalAcces &acces, dossier::Journal &journal, VerificationAcces &verification);
// The verification as a value, with its "place" beside that store, null without one.
feel::Value verifier(JournalAcces &acces, dossier::Journal *journal, std::optional<std::string_view> head);

} // namespace spie::droits
