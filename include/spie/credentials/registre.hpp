// Registers of statuses: which entry of a published list was given to which badge, and what it says. A register names
// people's badges: it is a file of who keeps the list, for its owner alone, and never leaves with the list.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spie::credentials {

struct OptionsRegistre {
  std::string liste;                      // the address where the list is published
  std::string forme = "bitstring";        // or "1edtech": a list of the revoked badges by their id, without a proof
  std::string but = "revocation";         // "suspension", "refresh", "message"
  std::int64_t taille = 131'072;          // entries; no fewer
  int bits = 1;                           // of an entry, 1 to 8
  std::vector<std::string> messages = {}; // what each value means, in order: needed beyond one bit
};

struct EntreeStatut {
  std::int64_t index = 0; // drawn at random; in a list of 1EdTech, the order alone
  std::string badge;      // the id of the credential
  std::int64_t etat = 0;  // the value of the entry: 0 while nothing was said
  std::string motif = {}; // of a revocation, in a list of 1EdTech
};

// What a register holds.
struct EtatRegistre {
  std::string liste, forme, but;
  std::int64_t taille = 0;
  std::int64_t bits = 0;
  std::vector<std::string> messages = {};
  std::vector<EntreeStatut> entrees = {}; // by index
};

class Registre {
public:
  // A new one, empty. Throws Error: A001 for an address, a form, a purpose or messages that do not go together; B009,
  // B012 for a size.
  explicit Registre(const OptionsRegistre &options);
  // From the text of a register. Throws Error: B009 with the pointer, J… for what is no JSON.
  static Registre lire(std::string_view text);
  ~Registre();
  Registre(Registre &&) noexcept;
  Registre &operator=(Registre &&) noexcept;

  std::string ecrire() const;
  EtatRegistre etat() const;

  // Gives a badge its entry, which nothing takes back: one that has it keeps it. `entropy` fills bytes that nobody can
  // guess, by default those of the system. Throws Error B012 when the list is full.
  void inscrire(std::string_view badge, const std::function<void(std::span<std::uint8_t>)> &entropy = {});
  // The text of a credential, kept byte for byte, with its entry beside those that it has under `credentialStatus`: to
  // be signed. Throws Error: B001 when it has no id, B012, J….
  std::string attester(std::string_view credential, const std::function<void(std::span<std::uint8_t>)> &entropy = {});
  // What the list says of a badge. Throws Error: B010 for a badge that has no entry; B009 for a value that the bits do
  // not hold, and for a revocation that is lifted, which Bitstring Status List forbids (statusPurpose): what may end is
  // a suspension, in a list of its own.
  void poser(std::string_view badge, std::int64_t etat, std::string_view motif = {});

  // The list as it stands, to be signed as any credential and published at its address: a
  // BitstringStatusListCredential, whose `emetteur` may be "ISSUER"; a list of 1EdTech is published as it is. `du` and
  // `au`: instants with their zone, "" for no end.
  std::string attestation(std::string_view emetteur, std::string_view du, std::string_view au = {}) const;
  bool signee() const noexcept; // false for a list of 1EdTech, which no proof goes with

private:
  struct Kept;
  explicit Registre(std::unique_ptr<Kept> kept) noexcept;
  std::unique_ptr<Kept> kept_;
};

// The register of a file. Throws Error: A001 for a file that cannot be read or written, and as `lire`.
Registre lire_registre(const std::string &chemin);
// A file that must not be there, for its owner alone (0600).
void creer_registre(const std::string &chemin, const Registre &registre);
// Reads the file, hands it to `changer`, and puts what came of it in the place of the file in one step, on the disk:
// who reads sees the one or the other whole. Others who change it, in whatever process, wait for their turn; what
// `changer` throws leaves the file as it was.
void changer_registre(const std::string &chemin, const std::function<void(Registre &)> &changer);

} // namespace spie::credentials
