// What every store does alike: envelopes to bytes and back, the chain, the checks of what is appended, erasure and its
// proof. A store brings rows and a transaction.
#pragma once

#include "crypto/digest.hpp"
#include "insertion/dossier/cles.hpp"
#include "spie/dossier/journal.hpp"
#include "spie/store/options.hpp"
#include "store/keys.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace spie::store {

using Jeton =
    std::array<std::uint8_t, 16>;         // the token of a subject: random, all that the chain says of whom it is about
using Sel = std::array<std::uint8_t, 16>; // the salt of a content: without it, the digest tells nothing

// The part of an event that is never erased.
struct Entete {
  std::int64_t seq = 0;
  Jeton jeton{};
  std::int64_t instant = 0;   // ms
  crypto::Digest empreinte{}; // SHA-256 of the salt and the bytes
  crypto::Digest maillon{};   // HMAC of the link before and this header: the chain
};

struct Corps {
  Sel sel{};
  std::string octets; // the event as JSON
};

struct Ligne {
  Entete entete;
  std::optional<Corps> corps;          // nothing once erased
  std::optional<crypto::Digest> avant; // the link before; nothing from a store that nobody else can edit
};

// Told of what is wrong, and at which seq.
using Constat = std::function<void(std::int64_t seq, std::string message)>;

// What a store keeps beside its lines to find them by, compared with what their events say.
class Releve {
public:
  Releve() = default;
  Releve(const Releve &) = delete;
  Releve &operator=(const Releve &) = delete;
  virtual ~Releve() = default;
  // Each line that has a content, in their order; then the end, with the number of erasures among them.
  virtual void see(const Ligne &line, const dossier::Evenement &event) = 0;
  virtual void end(std::size_t erasures) = 0;
};

class ChainedJournal : public dossier::Journal {
public:
  ChainedJournal(Keys keys, const Options &options)
      : keys_(std::move(keys)), chain_(keys_.chaine), entropy_(crypto::buffered(crypto::system_entropy)),
        tolerance_ms_(options.tolerance_ms), clock_(options.maintenant) {}

  void rollback() noexcept final;
  void append(std::vector<dossier::Evenement> &events, dossier::Instant at) final;
  dossier::Evenements about(const dossier::Sujet &subject) final;
  std::optional<dossier::Evenement> find(std::string_view id) final;
  void each(std::int64_t from, std::int64_t until, const std::function<void(const dossier::Evenement &)> &visit) final;
  std::optional<std::pair<std::int64_t, dossier::Instant>> closed(std::string_view import_id) final;
  dossier::Tete head() final;
  std::optional<dossier::Instant> dernier_instant() final;
  dossier::Reprise reprendre_horloge(std::string_view motif, std::string_view auteur, dossier::Instant at) final;
  std::optional<dossier::AccesConnu> acces() final;
  void garder_acces(std::string_view identite, dossier::Instant at) final;
  dossier::Verification verify(std::optional<std::string_view> head) final;
  using Journal::erase;
  std::vector<dossier::Effacement> erase(const std::vector<dossier::Sujet> &subjects, std::string_view motif,
                                         std::string_view auteur, dossier::Instant at,
                                         const std::function<void()> &before) final;
  std::vector<dossier::Effacement> erasures() final;
  std::size_t replay(const std::vector<std::string> &jetons, std::string_view auteur, dossier::Instant at) final;
  std::vector<std::string> nir_fingerprints(std::string_view nir13) final;
  std::string draw_id() final;

protected:
  const Keys &keys() const noexcept { return keys_; }
  void set_keys(Keys keys) { keys_ = std::move(keys); }

  // --- rows; each may throw Error S… ---
  virtual bool in_batch() const = 0;
  virtual void give_up() noexcept = 0; // the batch, when there is one
  // A part of a batch that can be given up alone: a refused list leaves nothing of itself in a batch that goes on.
  virtual void begin_part() = 0;
  virtual void end_part(bool keep) = 0;
  virtual std::optional<Entete> last() = 0;
  virtual std::optional<Jeton> token(const dossier::Sujet &subject) = 0;
  virtual void add_subject(const dossier::Sujet &subject, const Jeton &token) = 0;
  virtual void write(const Ligne &line, const dossier::Evenement &event, const std::vector<dossier::Cle> &keys) = 0;
  virtual std::vector<Ligne> lines_about(const dossier::Sujet &subject, std::int64_t after) = 0; // that seq
  virtual std::optional<Ligne> line_of(std::string_view event_id) = 0;
  virtual std::optional<std::string> corrected_by(std::string_view event_id) = 0; // the id of the event that does
  virtual void each_line(std::int64_t from, std::int64_t until, const std::function<void(const Ligne &)> &visit) = 0;
  // Deletes the contents under the token, the keys and links of its subject, and the subject; how many contents.
  virtual std::int64_t forget(const Jeton &token) = 0;
  // Deletes the subjects that no event names any more, once all that is erased together is forgotten.
  virtual void forget_unnamed() {}
  // Begins one reading of the whole, and compares what the store keeps beside the lines; nothing when it keeps nothing
  // that somebody else can edit.
  virtual std::unique_ptr<Releve> releve(const Constat &) { return nullptr; }
  // Throws Error S006 when the line is not the one that was recorded.
  dossier::Evenement decode(const Ligne &line) const;

private:
  dossier::Evenement parse(const Ligne &line) const;
  void append_at(std::vector<dossier::Evenement> &events, dossier::Instant at, bool back);
  void refuse_far(dossier::Instant at) const;
  void check(const dossier::Evenement &event, std::size_t index);
  static void refuse_nir(const dossier::Evenement &event, const std::string &where);
  void record(dossier::Evenement &event, Entete &last);
  Jeton token_for(const dossier::Sujet &subject);
  crypto::Digest link(const Entete &header, const crypto::Digest &before) const;
  void record_erasure(const dossier::Effacement &done, std::string_view motif, std::string_view auteur,
                      dossier::Instant at);

  // Events decoded once. Another process may have added some since, or erased: the head says so.
  struct Known {
    std::int64_t upto = 0;
    std::shared_ptr<const std::vector<dossier::Evenement>> events;
  };
  void forget_known() noexcept;
  // Reads what was added to the chain about the store itself: erasures, mended clocks, its journal of accesses.
  std::int64_t follow();

  Keys keys_;
  crypto::Hmac chain_; // under the key of the chain, which never changes
  crypto::Entropy entropy_;
  std::int64_t tolerance_ms_;
  dossier::Horloge clock_;
  std::int64_t followed_ = 0;
  std::vector<dossier::Reprise> mended_;
  std::optional<dossier::AccesConnu> accesses_;
  std::map<dossier::Sujet, Known> known_;
  std::map<std::string, std::pair<std::int64_t, dossier::Instant>, std::less<>> closed_; // imports known to be closed
};

} // namespace spie::store
