// From a dossier to the facts that a pack decides on. The pack's donnees/faits.json says, input by input, which paths
// of a dossier make it and what null means (docs/dossier.md, "Du dossier à la décision"); nothing of it stands in C++.
#pragma once

#include "spie/dossier/situation.hpp"
#include "spie/pack/pack.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace spie::dossier {

// Which facts of the dossier a fact of a pack was made from: {"freins", {"frein"}}, {"freins.code", {"frein.code"}}.
struct Origine {
  std::string fait;                 // of the pack: a path, or the beginning of one
  std::vector<std::string> chemins; // of the dossier: paths, or types
  bool donne = false;               // no fact of a dossier: the day asked for, or what the caller gives
};

struct FaitsDecision {
  feel::Context faits;
  std::vector<Origine> origines; // from the map alone, whatever the dossier holds
};

// What another subject that a fact names is known for: a professional who left, a session of an instance. Nullptr when
// there is nothing; without the function, all of it is unknown.
using Voisins = std::function<const Situation *(const Sujet &)>;

// The map of one decision, read once for many dossiers. Immutable, shared between threads; it keeps no pack alive,
// which must outlive it.
class LecteurFaits {
public:
  // All inputs of the decision and of what it requires; of the whole pack when it is empty. Throws Error: D011 for an
  // unknown decision, P002, P015 for a map that has not its form, with its place. A pack without a map makes no facts.
  explicit LecteurFaits(const Pack &pack, std::string_view decision = {});
  LecteurFaits(LecteurFaits &&) noexcept;
  ~LecteurFaits();

  // At the day of the situation. An input that says nothing is left out: unknown.
  feel::Context faits(const Situation &situation, const Voisins &voisins = {}) const;
  const std::vector<Origine> &origines() const noexcept { return origines_; }
  // The inputs that no dossier gives, and the caller may.
  const std::vector<std::string> &hors_dossier() const noexcept { return hors_; }

private:
  struct Entree;
  std::vector<Entree> entrees_;
  std::vector<Origine> origines_;
  std::vector<std::string> hors_;
};

FaitsDecision faits_du_dossier(const Pack &pack, const Situation &situation, std::string_view decision = {});

// What is wrong with the pack's map, with its place: a path that no type has, a kind that the input does not take, a
// name that is no input (errors); an input that a decision reads and the map does not say (warnings). None for a pack
// without a map.
std::vector<Diagnostic> verifier_faits(const Pack &pack);
// With all that Pack::check finds, errors first.
std::vector<Diagnostic> verifier_pack(const Pack &pack);

// A pack's decision on a dossier: what it decided, from which facts, and where they came from.
struct Decision {
  PackResult resultat;
  FaitsDecision lus;
};
// `donnes` are facts of the caller, before those of the dossier. Throws what LecteurFaits and Pack::evaluate throw.
Decision decider(const Pack &pack, const Situation &situation, std::string_view decision,
                 const feel::Context &donnes = {}, const PackEvaluateOptions &options = {});
// {"resultat": the result, "faits": {…}, "origines": {fact: [paths]}}
feel::Value to_value(const Decision &decision);
feel::Value to_value(const std::vector<Origine> &origines);

} // namespace spie::dossier
