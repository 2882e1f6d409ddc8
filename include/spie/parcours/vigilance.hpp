// The moments at which a path may break: which dossiers stand at one on a day, why, since when, and what to do next.
// The rules are the pack's: donnees/vigilance.json names each moment, and a decision of the pack tells it from the
// facts of a dossier (docs/vigilance.md). C++ streams, orders and counts.
#pragma once

#include "spie/droits/vue.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::parcours {

struct MomentVigilance {
  std::string nom, titre, decision, niveau;
  std::string population, delai, source, suite, article;
};

struct OptionsVigilance {
  feel::Date au;
  dossier::Connaissance connu = {};
  std::vector<std::string> moments = {};     // all when there is none
  std::optional<std::string> structure = {}; // those alone whose référent in force is of it
};

struct Alerte {
  dossier::Sujet personne;
  std::string moment, niveau;
  std::optional<feel::Date> depuis;
  feel::Context faits; // that the rule read, as the pack calls them
  std::string source, suite;
  std::string structure, referent; // of the naming in force; empty for none
  bool traite = false;             // somebody took it up, until a day that has not come
};
struct AVerifier {
  dossier::Sujet personne;
  std::string moment;
  std::vector<std::string> manquants; // facts that the rule lacks
};
struct Vigilance {
  std::vector<Alerte> alertes; // what was taken up last; by level, then the oldest first
  std::vector<AVerifier> a_verifier;
  std::map<std::string, std::size_t> comptes; // of the alerts, by moment that was looked at
  std::vector<std::string> moments_non_vus;
  std::optional<std::size_t> oppositions; // dossiers held back by a decision on the data: told to the controller alone
};

// The rules of a pack, read once. It keeps the pack alive.
class ReglesVigilance {
public:
  // Throws Error P002 with its place when the pack's donnees/vigilance.json has not its form, D011 for a decision that
  // the pack has not; P011 for a pack without moments.
  explicit ReglesVigilance(std::shared_ptr<const Pack> pack);
  ReglesVigilance(ReglesVigilance &&) noexcept;
  ~ReglesVigilance();

  const std::vector<MomentVigilance> &moments() const noexcept { return moments_; }
  // The paths of a dossier that the rule of a moment may read.
  const std::vector<std::string> &chemins(std::string_view moment) const;

  // Streams every dossier: for a program, which sees all. Q001 for an unknown moment.
  Vigilance cibler(dossier::Journal &journal, const dossier::Regles &regles, const OptionsVigilance &options) const;
  // For an actor: a moment is looked at only if every kind of fact that its rule may read is in clear for his role and
  // purpose by the table, whatever the dossier holds; the others stand in moments_non_vus. Throws what Guichet throws.
  Vigilance cibler(droits::Guichet &guichet, const droits::Demande &demande, const OptionsVigilance &options) const;

private:
  struct Moteur;
  std::shared_ptr<const Pack> pack_;
  std::vector<MomentVigilance> moments_;
  std::vector<std::string> niveaux_, responsables_;
  std::unique_ptr<Moteur> moteur_;
};

// {"alertes": [{"personne", "moment", "niveau", "depuis", "faits", "source", "suite", "structure", "referent",
// "traite"}], "a_verifier": n, or with `detail` [{"personne", "moment", "manquants"}], "comptes": {moment: n},
// "moments_non_vus": [moment]}, and "oppositions" where they are told.
feel::Value to_value(const Vigilance &vigilance, bool detail = false);
feel::Value to_value(const Alerte &alerte);
feel::Value to_value(const std::vector<MomentVigilance> &moments);

} // namespace spie::parcours
