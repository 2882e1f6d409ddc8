// Whether a badge still holds: the entry that it bears, and the list that the entry points to (Bitstring Status List
// 1.0, W3C 2025; 1EdTechRevocationList of Open Badges 3.0). Lists are handed over, and who hands one over verifies its
// proof, its issuer and its dates as of any credential; nothing here fetches, signs or reads a clock.
#pragma once

#include "credentials/finding.hpp"
#include "crypto/digest.hpp"
#include "spie/feel/value.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::credentials {

enum class Purpose { revocation, suspension, refresh, message };
std::string_view text(Purpose purpose) noexcept;
std::optional<Purpose> purpose_of(std::string_view text) noexcept;

// --- What a badge bears ----------------------------------------------------------------------------------------------

struct StatusEntry {
  enum class Kind { bitstring, revocation_list }; // BitstringStatusListEntry, 1EdTechRevocationList
  Kind kind = Kind::bitstring;
  std::string list;       // the address of the list
  std::string where = {}; // the pointer to this entry
  // Of a bitstring:
  Purpose purpose = Purpose::revocation;
  std::uint64_t index = 0;
  int size = 1;                        // bits, 1 to 8
  std::vector<std::string> messages{}; // of each value, when there are several bits, or the purpose is message
};

// The entries of `credentialStatus`, one or a list. Throws Refusal, with the pointer: B001 for what breaks a rule, B003
// for a type of status that is not read. `where`: the pointer to the value.
std::vector<StatusEntry> read_status(const feel::Value &status, std::string_view where = "/credentialStatus");

// --- Bitstring lists -------------------------------------------------------------------------------------------------

class Bitstring {
public:
  static constexpr std::uint64_t fewest = 131'072;       // entries: below, an index tells too much (§6.1)
  static constexpr std::uint64_t most_bits = 64U << 20U; // 8 MiB once inflated
  static constexpr std::size_t most_text = std::size_t{12} << 20U;

  // All zero. Throws Refusal B009 below `fewest` entries, or for a size other than 1 to 8; B012 above `most_bits`.
  explicit Bitstring(std::uint64_t entries = fewest, int size = 1);
  // From an `encodedList`: 'u', base64url, gzip; what is not the text of bits throws B009, what is too large B012.
  static Bitstring decode(std::string_view encoded, std::string_view where = {});
  std::string encode() const;

  std::uint64_t bits() const noexcept { return bytes_.size() * 8; }
  // Of the entries of `size` bits, the first is left-most, and so is the first bit of each. Throws B009: RANGE_ERROR
  // beyond the last, STATUS_LIST_LENGTH_ERROR when there are fewer than `fewest`.
  unsigned at(std::uint64_t index, int size = 1) const;
  void set(std::uint64_t index, unsigned value, int size = 1);

private:
  explicit Bitstring(std::string bytes) : bytes_(std::move(bytes)) {}
  void check(std::uint64_t index, int size) const;
  std::string bytes_;
};

struct StatusList {
  std::string id; // of the credential
  std::vector<Purpose> purposes;
  Bitstring bits;
};
// From a BitstringStatusListCredential, whose proof is verified by others. Throws Refusal with the pointer: B009, B012.
StatusList read_status_list(const feel::Value &credential);

// --- Revocation lists ------------------------------------------------------------------------------------------------

struct Revoked {
  std::string id; // of the badge
  std::string reason{};
};
struct RevocationList {
  std::string id, issuer;
  std::vector<Revoked> revoked;
};
// An entry without `revoked` is revoked, one with false is not and is left out. Throws Refusal with the pointer: B009.
RevocationList read_revocation_list(const feel::Value &list);
std::string write_revocation_list(const RevocationList &list);

// --- The check -------------------------------------------------------------------------------------------------------

struct Status {
  enum class State { clear, revoked, suspended, refresh, message };
  State state = State::clear;
  unsigned value = 0;
  std::string said{}; // the message of that value, or the reason of a revocation
  // The list names itself otherwise than the badge does: to be looked at, and no more (a published one does so).
  bool elsewhere = false;
};
// Throws Refusal B009: STATUS_VERIFICATION_ERROR when the list has not the purpose, RANGE_ERROR,
// STATUS_LIST_LENGTH_ERROR.
Status status_of(const StatusEntry &entry, const StatusList &list);
Status status_of(const StatusEntry &entry, const RevocationList &list, std::string_view badge);

// --- Keeping a list --------------------------------------------------------------------------------------------------

// What was given where, as a file of who keeps the list: it names people's badges, and never leaves with the list.
struct Register {
  struct Entry {
    std::string badge; // the id of the credential
    unsigned value = 0;
    std::string reason{}; // of a revocation, in a revocation list
  };
  StatusEntry::Kind kind =
      StatusEntry::Kind::bitstring; // a revocation list has one bit, and indexes that say the order
  std::string list;                 // its address
  Purpose purpose = Purpose::revocation;
  std::uint64_t entries = Bitstring::fewest;
  int size = 1;
  std::vector<std::string> messages;    // one a value, when there are several bits
  std::map<std::uint64_t, Entry> given; // by index

  // An index that nobody had, drawn among all that are left: neighbours in a list say nothing of each other. A badge
  // that has one keeps it. Throws Refusal B012 when none is left.
  std::uint64_t allocate(std::string_view badge, const crypto::Entropy &entropy);
  std::uint64_t add(std::string_view badge, const crypto::Entropy &entropy); // of a badge that has none
  std::optional<std::uint64_t> index_of(std::string_view badge) const;
  // Throws Refusal B010 for a badge that has no index, B009 for a value that the size does not hold.
  void set(std::string_view badge, unsigned value);
  Bitstring bits() const;
};
// {"format": "spie.registre-statuts.1", "liste": ADDRESS, "but": "revocation", "taille": 131072, "bits": 1,
//  "messages": […], "entrees": [{"index": 23, "badge": ID, "etat": 0}]}; `etat` is the value of the entry in the list.
// "forme": "1edtech" says a revocation list, whose entries may have a "motif".
// Throws Refusal B009 with the pointer, or what a text that is no JSON throws.
Register read_register(std::string_view text);
std::string write_register(const Register &kept);

// The entry for a badge, as JSON: what goes under its `credentialStatus`. Throws B010 when it has no index.
feel::Value entry_of(const Register &kept, std::string_view badge);
feel::Value entry_at(const Register &kept, std::uint64_t position);
// The credential of the list, without a proof, as JSON. `valid_from`: a date and time with a zone; `valid_until` "" for
// none.
feel::Value credential_of(const Register &kept, std::string_view issuer, std::string_view valid_from,
                          std::string_view valid_until = {});

} // namespace spie::credentials
