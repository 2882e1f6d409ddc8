// The journal: events in the order of their record, chained so that an edit, a removal or a reordering shows. Stores
// implement it (store/); what reads files and what computes situations know only this interface.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/dossier/evenement.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::dossier {

// The last event and its link of the chain, which vouches for all that comes before: write it down elsewhere.
struct Tete {
  std::int64_t seq = 0;
  std::string maillon; // 64 hexadecimal digits; those of an empty journal are zeros
};

struct Verification {
  bool intact = false;
  std::int64_t evenements = 0;
  std::int64_t effaces = 0; // events whose content was erased, by an erasure that the chain holds
  Tete tete;
  // The head asked for stands in the chain: nothing up to it was edited, removed or reordered. Without a head, a tail
  // that was cut off cannot be seen.
  std::optional<bool> tete_trouvee;
  std::string acces; // the identity of the journal of accesses that it knows; empty for none
  std::vector<Diagnostic> constats;
};

// The journal of accesses that was first opened beside this one.
struct AccesConnu {
  std::string identite; // as droits::JournalAcces::identite()
  std::int64_t seq = 0; // of the event that keeps it
  Instant enregistre;
};

// What was recorded under a clock that ran ahead, and the right instant, which is then the last one known.
struct Reprise {
  std::int64_t du = 0, au = 0; // seq, both included
  Instant instant;
};

// What time it is for the caller: the library reads no clock.
using Horloge = std::function<Instant()>;
constexpr std::int64_t one_day_ms = 86'400'000; // an instant further ahead than this of the caller's clock is refused

// What erasing took away. `jeton` is random and names nobody: the list of them is replayed on a restored backup.
struct Effacement {
  std::string jeton; // 32 hexadecimal digits
  std::int64_t evenements = 0;
};

// Events as they stood when they were asked for: they stay, whatever the journal does, as long as this is held.
class Evenements {
public:
  Evenements() : Evenements(std::make_shared<const std::vector<Evenement>>()) {}
  explicit Evenements(std::shared_ptr<const std::vector<Evenement>> events) : events_(std::move(events)) {}

  auto begin() const noexcept { return events_->begin(); }
  auto end() const noexcept { return events_->end(); }
  std::size_t size() const noexcept { return events_->size(); }
  bool empty() const noexcept { return events_->empty(); }
  const Evenement &front() const noexcept { return events_->front(); }
  const Evenement &back() const noexcept { return events_->back(); }
  const Evenement &operator[](std::size_t at) const noexcept { return (*events_)[at]; }

private:
  std::shared_ptr<const std::vector<Evenement>> events_; // never null
};

// A subject, and a key that it is found by.
struct Trouve {
  std::string valeur;
  Sujet sujet;
};

constexpr std::int64_t everything = std::numeric_limits<std::int64_t>::max();

// Used by one thread at a time. Codes: E… for what is appended or asked, S… for the store underneath.
class Journal {
public:
  Journal() = default;
  Journal(const Journal &) = delete;
  Journal &operator=(const Journal &) = delete;
  virtual ~Journal() = default;

  // A batch: all of it is recorded at commit, durably, or nothing. What is read in between sees it.
  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;

  // Appends in this order, in the batch that is begun or in one of its own; gives each event its id, seq and instant.
  // Throws Error: E001 for a payload or an envelope that is wrong, E003 for a correction that does not name the current
  // version of its event, E004 for an instant before the last one or more than a day after the caller's clock, when he
  // gave one; E006 for an id that is taken.
  virtual void append(std::vector<Evenement> &events, Instant enregistre) = 0;

  // The events that name the subject, first or not, in the order of their record.
  virtual Evenements about(const Sujet &subject) = 0;
  virtual std::optional<Evenement> find(std::string_view id) = 0;
  virtual void each(std::int64_t from, std::int64_t until, const std::function<void(const Evenement &)> &visit) = 0;
  // When the import was closed; nullopt while it is not.
  virtual std::optional<std::pair<std::int64_t, Instant>> closed(std::string_view import_id) = 0;

  // Subjects by key (cles.hpp), by prefix of a key, by genre in the order of their ids.
  virtual std::vector<Sujet> lookup(std::string_view kind, std::string_view value, std::size_t limit) = 0;
  std::vector<Sujet> lookup(std::string_view kind, std::string_view value) {
    return lookup(kind, value, std::numeric_limits<std::int32_t>::max());
  }
  std::vector<Sujet> lookup_prefix(std::string_view kind, std::string_view prefix, std::size_t limit);
  // A page of them in the order of their keys: those of the first `limit` keys that come after `after`.
  virtual std::vector<Trouve> keyed(std::string_view kind, std::string_view prefix, std::string_view after,
                                    std::size_t limit) = 0;
  virtual std::vector<Sujet> subjects(Genre genre, std::string_view after, std::size_t limit) = 0;

  virtual Tete head() = 0;
  // The instant of the last event; nullopt when there is none.
  virtual std::optional<Instant> dernier_instant() = 0;
  // Goes on from `at`, the right instant, when the last ones lie ahead of it: an event says which, and why. They count
  // as recorded at `at` from then on. E004 when none does, or when the caller's clock is more than a day from `at`.
  virtual Reprise reprendre_horloge(std::string_view motif, std::string_view auteur, Instant at) = 0;

  // The journal of accesses that the chain knows; nullopt for none.
  virtual std::optional<AccesConnu> acces() = 0;
  // Keeps it in the chain, when there is none yet: at the last instant, or at this one when there is no event.
  virtual void garder_acces(std::string_view identite, Instant at) = 0;
  // Copies the whole into a new file, while others read and write. S008 for a store that has no file.
  virtual void backup(const std::string &path) = 0;
  // Reads the chain, and what a store keeps beside it to find events by, which is made anew from them and compared.
  virtual Verification verify(std::optional<std::string_view> head = std::nullopt) = 0;

  // Takes away the content of every event that the subjects hold, their keys, and whom their tokens stand for; records
  // an `effacement` for each. All or none; the file is scrubbed once, which takes time: erase together what goes
  // together. `before` is called when all is ready to be committed: what it throws gives the erasure up. E005 when one
  // of them is not there.
  virtual std::vector<Effacement> erase(const std::vector<Sujet> &subjects, std::string_view motif,
                                        std::string_view auteur, Instant at, const std::function<void()> &before) = 0;
  std::vector<Effacement> erase(const std::vector<Sujet> &subjects, std::string_view motif, std::string_view auteur,
                                Instant at) {
    return erase(subjects, motif, auteur, at, {});
  }
  Effacement erase(const Sujet &subject, std::string_view motif, std::string_view auteur, Instant at) {
    return erase(std::vector{subject}, motif, auteur, at, {}).front();
  }
  // Leaves nothing of what was erased in the file; `erase` does it, and fails with S005 when another reader holds it
  // up: the erasure is recorded, and this is to be called again.
  virtual void scrub() = 0;
  virtual std::vector<Effacement> erasures() = 0;
  // Of a store restored from a backup: erases again what the list names and the store still holds; how many there were.
  virtual std::size_t replay(const std::vector<std::string> &jetons, std::string_view auteur, Instant at) = 0;

  // After store::rotate_keys: the store knows its keys by these, the text of a key file, from then on. Throws Error
  // S002 for keys whose chain is another's, S008 for a store that keeps none.
  virtual void adopt_keys(std::string_view cles) = 0;

  // The keyed fingerprint under which a NIR of 13 characters is kept; then those of older keys.
  virtual std::vector<std::string> nir_fingerprints(std::string_view nir13) = 0;
  // A new opaque id.
  virtual std::string draw_id() = 0;
};

// A batch that is given up unless it is committed.
class Lot {
public:
  explicit Lot(Journal &journal) : journal_(journal) { journal_.begin(); }
  Lot(const Lot &) = delete;
  Lot &operator=(const Lot &) = delete;
  ~Lot() {
    if (!committed_)
      journal_.rollback();
  }
  void commit() {
    journal_.commit();
    committed_ = true;
  }

private:
  Journal &journal_;
  bool committed_ = false;
};

} // namespace spie::dossier
