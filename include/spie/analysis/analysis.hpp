// What can be said of decision tables without a single case: holes, conflicts, rules that never count. Exact where
// cells are intervals, enumerations and negations of them; what is beyond that is said, never guessed
// (docs/analyse.md).
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/dmn/model.hpp"
#include "spie/feel/value.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::analysis {

// partielle: what is said holds, and there may be more; impossible: nothing could be looked at.
enum class Extent : std::uint8_t { complete, partielle, impossible };
std::string_view text(Extent extent) noexcept;

// Known values that no rule takes; a null is no hole. A default output, or a policy that keeps many rules (COLLECT,
// RULE ORDER, OUTPUT ORDER), makes it a note, as do values that nothing names (*toute autre valeur*).
struct Gap {
  feel::Context temoin; // one value for each input, the simplest there is; by the text of its expression
  std::string region;   // all that it stands for, in French
  Level niveau = Level::error;
};

struct Overlap {
  std::size_t first, second; // rules, from 1, first < second
  feel::Context temoin;
  bool conflit = false; // UNIQUE: always; ANY: when the outputs differ
};

struct TableReport {
  using Pair = std::pair<std::size_t, std::size_t>;

  std::string decision; // or the business knowledge model
  std::string place;    // "entree.dmn:12, decision 'entree'"
  std::string politique;
  Extent analyse = Extent::complete;
  std::string motif; // why it is not complete, in French; empty when it is
  std::vector<Gap> trous;
  std::vector<Overlap> recouvrements;
  std::vector<std::size_t> mortes;  // no allowed input matches them, even alone
  std::vector<std::size_t> cachees; // of FIRST: what they match, earlier rules match together
  std::vector<Pair> subsumees;      // all that the first matches the second matches, with the same outputs
  std::vector<Pair> fusionnables;   // one rule could stand for both
  feel::List sorties_absentes;      // {sortie, valeur}: an allowed output that no rule gives
  feel::List valeurs_non_testees;   // {entree, valeur}: an allowed value that no cell names or takes apart
  feel::List valeurs_hors_domaine;  // {regle, entree, valeur}: a cell names what is not allowed

  bool conflict() const;
  bool hole() const; // of level error
};

struct Report {
  std::vector<TableReport> tables; // in the order of the files, then of the logic
  bool fails() const;              // a conflict, a hole of level error, or a dead rule
};

struct Options {
  std::string decision = {}; // that one alone, with its name; empty: all of them
  // Of one table, in comparisons of two cells (a few nanoseconds each): beyond, the report is partial.
  std::uint64_t work = 200'000'000;
  std::size_t listed = 1'000; // of each kind of finding of one table: beyond, the report is partial
};

// D011 (Error) when there is no such decision.
Report analyse(const dmn::Model &model, const Options &options = {});

// {tables: [{decision, analyse, motif, trous, recouvrements, mortes, cachees, subsumees, fusionnables,
// sorties_absentes, valeurs_non_testees, valeurs_hors_domaine}]}
feel::Value to_value(const Report &report);

} // namespace spie::analysis
