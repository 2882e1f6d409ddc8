// What came before the paths that broke, by profile (S:1761-1767): the last kinds of event before an exit that the pack
// calls a break, or before a moment of vigilance, counted by public and age band. Counts name nobody: a small one is
// not told, nor is what would tell it. What counts as a break, and as a kind of event, is the pack's
// (donnees/ruptures.json).
#pragma once

#include "spie/parcours/vigilance.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace spie::parcours {

struct SuiteRupture {
  std::string rupture;                 // "sortie.abandon", or the moment
  std::vector<std::string> evenements; // "action.demarree", the last one last; fewer when there were no more
  std::size_t effectif = 0;            // persons
};
struct ProfilRuptures {
  std::string public_, tranche; // "autre", "inconnu": nothing that is shown says more
  std::size_t effectif = 0;
  std::vector<SuiteRupture> suites; // the most frequent first
  std::size_t masques = 0;          // persons whose sequence is not told: none, or no small number
};
struct Ruptures {
  std::vector<ProfilRuptures> profils;
  std::optional<std::size_t> effectif; // nothing when it is a small number itself
  std::size_t masques = 0;             // persons of the profiles that are not told: none, or no small number
  std::vector<std::string> moments_non_vus;
};

// Which of these counts are told. `gardee` says whether a count is no small one. What is left out amounts to nothing,
// or to no small number, so that no total less the others tells it: the smallest of the others go with it until it
// does. All are left out when all of them together are a small number.
std::vector<bool> cases_montrees(const std::vector<std::size_t> &counts,
                                 const std::function<bool(std::size_t)> &gardee);

// The rules of a pack, read once. It keeps the pack alive.
class ReglesRuptures {
public:
  // Throws Error P002 with its place when donnees/ruptures.json has not its form, names a moment, a type of events or a
  // path that is not there; P011 for a pack without it; and what ReglesVigilance and read_droits throw.
  explicit ReglesRuptures(std::shared_ptr<const Pack> pack);
  ReglesRuptures(ReglesRuptures &&) noexcept;
  ~ReglesRuptures();

  // Each person counts once, by an exit before a moment. For a program, which sees all.
  Ruptures compter(dossier::Journal &journal, const dossier::Regles &sources, feel::Date au,
                   const dossier::Connaissance &connu = {}) const;
  // For an actor, from what he sees alone: what is not shown counts nowhere. Throws what Guichet throws.
  Ruptures compter(droits::Guichet &guichet, const droits::Demande &demande, feel::Date au,
                   const dossier::Connaissance &connu = {}) const;

private:
  struct Regles;
  std::unique_ptr<const Regles> regles_;
};

// {"profils": [{"public", "tranche", "effectif", "suites": [{"rupture", "evenements", "effectif"}], "masques"}],
// "effectif", null when it is small, "masques", "moments_non_vus"}
feel::Value to_value(const Ruptures &ruptures);

} // namespace spie::parcours
