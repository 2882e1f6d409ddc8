// The budget of the convention (annexe C): read from the pack's data, its sums checked.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/feel/number.hpp"
#include "spie/feel/temporal.hpp"
#include "spie/feel/value.hpp"
#include "spie/pack/pack.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::convention {

struct Options {
  // Parameters of the pack given another value: {"base_plafond_frais", "cout_reel"}.
  std::vector<std::pair<std::string, feel::Value>> parametres;
  // Of a statement: what it would be under each other reading of the text, one at a time.
  bool autres_lectures = true;
};

// The computation that a text writes beside an amount: quantite × prix_unitaire × periodes.
struct CalculBudget {
  feel::Number quantite, prix_unitaire, periodes; // prix_unitaire in euros
  feel::Number attendu;                           // what they give, in euros
  // The parameter that says which of the two holds, and the value under which it is this computation; empty: the
  // amount.
  std::string parametre;
  feel::Value valeur;
};

struct DetailBudget {
  std::string libelle;
  feel::Number montant;       // euros: what holds
  feel::Number montant_ecrit; // euros: what the text writes
  std::string source;         // place in the text: "S:2672-2675"
  std::optional<CalculBudget> calcul;
};

struct LigneBudget {
  std::string action; // "coordination_action"
  std::string libelle, nature;
  feel::Number montant, montant_ecrit; // euros
  std::string source;
  std::vector<DetailBudget> detail; // empty when the text does not split the amount
};

struct Budget {
  std::string id, titre, monnaie, article, source;
  std::vector<LigneBudget> lignes;
  feel::Number total, total_ecrit; // the sum of the lines, in euros
  // The totals that the text writes (total, eligible, cofinancement_etat, autofinancement), in euros.
  std::vector<std::pair<std::string, feel::Number>> totaux;
  // What does not add up. P019 (error): the lines and the written total, a line and its details, the total and the two
  // contributions. P020 (warning): an amount and the computation written beside it.
  std::vector<Diagnostic> constats;

  const LigneBudget *find(std::string_view action) const noexcept; // nullptr when there is none
};

// From donnees/budget.json of the pack, its readings at a date; without one, by the last values of the parameters.
// Throws Error: P001 when the pack has none, P002 when it has not the form above, P009 or P015 for the options.
Budget read_budget(const Pack &pack, const Options &options = {}, std::optional<feel::Date> date = {});

// docs/schemas/resultats/convention.Budget.json; amounts are texts with two decimals.
feel::Value to_value(const Budget &budget);

} // namespace spie::convention
