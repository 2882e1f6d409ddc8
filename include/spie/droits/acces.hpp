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
  std::vector<Diagnostic> constats;
};

// Used by one thread at a time. Codes: E001 for a NIR in an entry, E004 for an instant before the last one, S… for the
// file underneath.
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
  virtual VerificationAcces verify() = 0;
};

} // namespace spie::droits
