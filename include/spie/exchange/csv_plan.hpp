// Any CSV, described: a département says in a small JSON document which column is which field of which fact, and its
// file is read like those that are known here. docs/imports.md has the form of the document, with an example.
#pragma once

#include "spie/exchange/import.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::exchange {

// What a field takes: a value that is always the same, or the cells of columns, through a list or by a form of dates.
struct ChampPlan {
  std::string nom;
  std::optional<feel::Value> valeur;
  std::vector<std::string> colonnes;
  std::string liste;
  std::string forme;      // of dates: "aaaa-mm-jj", "jj/mm/aaaa", "aaaammjj"; empty for that of the plan
  std::string separateur; // between the values of one cell
};

struct FaitPlan {
  std::string type;
  std::vector<ChampPlan> champs;
  std::optional<ChampPlan> debut, fin; // of the effect; without it, the date of the file
};

struct ListePlan {
  std::string nom;
  std::vector<std::pair<std::string, feel::Value>> valeurs; // what the cell says, what it means
};

struct PlanCsv {
  std::string source, titre, nomenclature;
  char separateur = '\0'; // that of the header
  std::string encodage;   // "utf-8", "windows-1252"; empty to tell line by line
  std::string manquant;   // a word that means nothing
  std::string date = "aaaa-mm-jj";
  std::vector<std::string> cle;
  // The source in which `cle` is known: its lines complete dossiers and make none. Then there is no identity.
  std::string cle_de;
  std::vector<ChampPlan> identite; // fields of the identity, and "nir"
  std::vector<ListePlan> listes;
  std::vector<FaitPlan> faits;
  bool plusieurs_lignes = false; // a person may have several; always so without an identity

  bool d_une_personne() const noexcept { return cle.empty(); } // the one who is given with the file
};

// Throws Error: J… when it is no JSON, I010 with every fault of the plan and its JSON pointer.
PlanCsv read_plan_csv(std::string_view json, std::string_view name = {});

// Every column that the plan names is asked for. `options.date_fichier` is required. `personne` is given for a plan
// that is of one person, and for no other: else A001. E005, as by its name: nobody is known under it.
Rapport import_csv(dossier::Journal &journal, Octets &bytes, const PlanCsv &plan, const ImportOptions &options,
                   const std::optional<dossier::Sujet> &personne = {});

} // namespace spie::exchange
