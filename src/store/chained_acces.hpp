// What every journal of accesses does alike: entries to bytes and back, the chain and where it starts, clocks that were
// mended, the proof. One brings rows, settings and a transaction.
#pragma once

#include "crypto/digest.hpp"
#include "spie/droits/acces.hpp"
#include "spie/store/options.hpp"
#include "store/keys.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::store {

struct LigneAcces {
  std::int64_t seq = 0;
  std::int64_t instant = 0;              // ms
  std::string octets;                    // the entry as JSON
  std::optional<crypto::Digest> maillon; // HMAC of the link before and this line; nothing when it has not its size
  std::optional<crypto::Digest> avant;   // the link before, where one stands and it was asked for
};

// One reading of the whole, while others write.
class ReleveAcces {
public:
  ReleveAcces() = default;
  ReleveAcces(const ReleveAcces &) = delete;
  ReleveAcces &operator=(const ReleveAcces &) = delete;
  virtual ~ReleveAcces() = default;
  virtual bool names(const dossier::Sujet &dossier, std::int64_t seq) = 0; // whether the line is found from it
  virtual std::int64_t named() = 0;                                        // how many there are of those
  virtual std::vector<std::string> damage() = 0;                           // of the file, as its database says it
};

class ChainedAcces : public droits::JournalAcces {
public:
  void noter(droits::Acces &entry) final;
  void each(const std::function<void(const droits::Acces &)> &visit) final;
  std::vector<droits::Acces> sur(const dossier::Sujet &dossier) final;
  std::int64_t purger(dossier::Instant before) final;
  droits::VerificationAcces verify(std::optional<std::string_view> head) final;
  std::string identite() final { return identity_; }
  std::optional<dossier::Instant> dernier_instant() final;
  dossier::Reprise reprendre_horloge(std::string_view motif, std::string_view auteur, dossier::Instant at) final;

protected:
  ChainedAcces(const Keys &keys, const Options &options);

  // Of one that is new, in its first batch: draws its identity, unless it goes with the object.
  void found(bool lasting);
  // Of one that was there: S002 when the keys are not its own.
  void recognise(const std::string &path);

  // --- rows; each may throw Error S… ---
  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void give_up() = 0; // the batch, when there is one
  virtual std::optional<LigneAcces> last_line() const = 0;
  virtual void each_line(const std::function<void(const LigneAcces &)> &visit) = 0;
  virtual std::vector<LigneAcces> lines_about(const dossier::Sujet &dossier) = 0; // with the links before
  virtual std::optional<LigneAcces> line(std::int64_t seq) const = 0;             // with the link before
  virtual void write(const LigneAcces &line, const std::vector<dossier::Sujet> &dossiers) = 0;
  // The last line of those that were noted at that instant or before.
  virtual std::optional<std::int64_t> last_until(std::int64_t instant) const = 0;
  // The first line, in their order, of those at that instant or after that is to be kept.
  virtual std::optional<std::int64_t>
  first_from(std::int64_t instant, const std::function<bool(std::int64_t seq, std::int64_t instant)> &kept) const = 0;
  virtual std::optional<LigneAcces> last_before(std::int64_t seq) const = 0;
  virtual std::int64_t forget_until(std::int64_t seq) = 0; // that one too; how many
  virtual void scrub() = 0;                                // leaves nothing of what was forgotten
  virtual std::string setting(std::string_view name) const = 0;
  virtual void set(std::string_view name, const std::string &value) = 0;
  virtual std::unique_ptr<ReleveAcces> releve() = 0;

  template <class Work> void batch(Work &&work) {
    begin();
    try {
      work();
      commit();
    } catch (...) {
      give_up();
      throw;
    }
  }

private:
  struct Maillon {
    std::int64_t seq = 0;
    std::int64_t instant = 0;
    crypto::Digest empreinte{};
  };
  using Mends = std::vector<dossier::Reprise>;

  void add(droits::Acces &entry, const Maillon &before);
  droits::Acces read(const LigneAcces &line, const crypto::Digest &before, const Mends &mended) const;
  std::vector<std::int64_t> listed() const;
  Mends mends() const;
  crypto::Digest next(const crypto::Digest &before, std::int64_t seq, std::int64_t instant,
                      const std::string &bytes) const;
  std::string sealed(const Maillon &start) const;
  std::optional<Maillon> depart() const;
  Maillon start() const;
  Maillon last() const;
  static Maillon whole(const LigneAcces &line);
  std::string check_value() const;
  void take_identity(std::string identity);

  crypto::Key key_;
  std::string identity_;
  std::int64_t tolerance_;
  dossier::Horloge clock_;
};

} // namespace spie::store
