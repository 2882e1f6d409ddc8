// What a pack's diagnostic needs, looked up once.
#pragma once

#include "spie/dossier/faits.hpp"
#include "spie/parcours/diagnostic.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::parcours {

// A prepared decision, and the facts that it takes.
struct DecisionPrete {
  std::shared_ptr<const PackDecision> decision;
  std::set<std::string, std::less<>> entrees;
  dossier::LecteurFaits faits; // those that the dossier gives
};

struct LecteurDiagnostic::Prepare {
  explicit Prepare(std::shared_ptr<const Pack> given);

  std::shared_ptr<const Pack> pack;
  Trame trame;
  std::vector<std::string> chemins;                        // of all questions
  std::vector<std::pair<std::size_t, std::size_t>> places; // of each question, in the order of the trame: from, to
  std::map<std::string, DecisionPrete, std::less<>> decisions;
  std::string grille, fraicheurs, entree;                 // the decisions that play these roles; empty: none
  std::map<std::string, std::string, std::less<>> freins; // label of each class
  std::map<std::string, std::vector<std::string>, std::less<>> offres; // thématiques by frein
  std::vector<std::pair<std::string, std::string>> points_forts;       // beginning of a question, value
  std::map<std::string, std::string, std::less<>> libelles;            // of the codes of the crosswalk
  std::set<std::string, std::less<>> familles;                         // of actions

  const DecisionPrete *find(std::string_view name) const;
  std::string libelle(std::string_view code) const;
};

// What the decisions of the pack are given from one dossier.
class FaitsDiagnostic {
public:
  FaitsDiagnostic(const LecteurDiagnostic::Prepare &prepare, const DossierLu &lu);

  const Reponses &reponses() const noexcept { return reponses_; }
  // What the grid reads of each frein, for the decisions that take freins.
  void propose(std::string frein, bool present) { proposes_.emplace_back(std::move(frein), present); }
  // The facts of a decision, when these answers are given. `situation` stands for the dossier's.
  feel::Context pour(const DecisionPrete &decision, const Reponses &reponses,
                     const dossier::Situation &situation) const;
  PackResult decide(const DecisionPrete &decision, const Reponses &reponses,
                    const dossier::Situation *situation = nullptr) const;

private:
  feel::List with_proposals(const feel::Value *said) const;

  const DossierLu &lu_;
  Reponses reponses_;
  feel::Context parcours_;
  std::vector<std::pair<std::string, bool>> proposes_;
};

// The member of a decision's value that a path names after it; nullptr when it is not known.
const feel::Value *membre(const feel::Value &value, std::string_view path) noexcept;

} // namespace spie::parcours
