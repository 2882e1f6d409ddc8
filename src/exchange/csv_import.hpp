// What every import of a CSV does: columns found by their names, each line accounted for, no NIR kept where none
// belongs.
#pragma once

#include "exchange/enonces.hpp"
#include "sqlite/spilled_map.hpp"
#include "text/csv_file.hpp"

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spie::exchange {

struct ColonneCsv {
  std::string_view nom; // compared without accents, capitals, stars: "Prénom*" is "prenom"
  bool obligatoire = false;
  bool nir = false; // may hold one, which its reader takes care of
};

struct FormatCsv {
  std::string nom;          // "france_travail_actions"
  std::string source;       // under which its facts stand
  std::string nomenclature; // version of the lists of its codes
  std::vector<ColonneCsv> colonnes;
  std::string_view manquant = {}; // a word that means nothing: "NULL"
  char separateur = '\0';
  CsvEncoding encodage = CsvEncoding::guessed;
  std::string conseil; // what to do about a missing column
  // Columns of dates and the form that the file writes them in: a day that Excel numbered is rewritten so.
  std::vector<std::pair<std::string_view, std::string_view>> dates = {};
};

class RangeeCsv;

// One line: false when it is refused; a refusal was then said.
using PrendreRangee = std::function<bool(Session &, const RangeeCsv &)>;
// After the last line, when all of them stand.
using Finir = std::function<void(Session &)>;

// A file that is refused as a whole, or ends early, gives a report that is not closed.
Rapport import_lines(dossier::Journal &journal, Octets &bytes, const ImportOptions &options, const FormatCsv &format,
                     const PrendreRangee &take, const Finir &finish = {});

class RangeeCsv {
public:
  // Empty when the cell is, when it says nothing, or when the file has not the column.
  const std::string &operator[](std::string_view column) const;
  const std::string &place() const noexcept { return place_; } // "ligne 4"
  std::size_t numero() const noexcept { return number_; }
  // SHA-256 of the cells, those that hold a NIR left out: it could be guessed from the digest.
  std::string empreinte() const;

private:
  friend class LecteurLignes;
  std::map<std::string, std::string, std::less<>> cells_; // by the column's name in the format
  std::vector<std::string_view> nir_columns_;
  std::string place_;
  std::size_t number_ = 0;
};

// The keys of a file, to tell a line that repeats another.
class LignesVues {
public:
  // The line that had the key before; 0 when it is new.
  std::size_t first(const std::string &key, std::size_t line) {
    return static_cast<std::size_t>(seen_.emplace(key, static_cast<std::int64_t>(line)).value_or(0));
  }

private:
  sqlite::SpilledMap seen_;
};

// The row of a person: her dossier, then what `enonce` states of her. When an earlier line of the file is of the same
// dossier, under another key, what that one states holds, so that the file does not say two things of one date: that is
// said as a warning, and nothing is stated.
void take_person(Session &session, LignesVues &persons, const RangeeCsv &row, const dossier::Releve &releve,
                 const std::function<void(const Contexte &)> &enonce);

} // namespace spie::exchange
