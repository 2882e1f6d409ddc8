// The ledger of expenses and the payments received, read from CSV or JSON (docs/convention-argent.md).
//
// What is right is read, what is wrong is refused line by line with file, line, field, value, reason and remedy, and
// nothing is lost: recus = lus + refuses_total. Bytes are untrusted: time and memory are bounded by the limits.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/feel/number.hpp"
#include "spie/feel/temporal.hpp"
#include "spie/feel/value.hpp"
#include "spie/pack/pack.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::convention {

// One line of the ledger. Columns of the file bear the same names; all of them stand in the header of a CSV file.
struct Depense {
  std::string id; // unique in the ledger
  feel::Date date;
  std::string action; // one of those the pack allows (annexe C)
  std::string nature; // one of those the pack allows (article 4.2)
  std::string libelle, fournisseur;
  feel::Number montant;                          // euros, above zero, at most two decimals
  std::string axe;                               // one of those the pack allows; empty when unknown
  std::optional<feel::Date> date_paiement;       // none: unpaid
  std::string piece;                             // supporting document; empty when there is none
  std::string necessaire;                        // one of those the pack allows; empty when unknown
  std::string cofinancement;                     // empty, "etat:NOM" or "autre:NOM"
  std::optional<feel::Number> montant_cofinance; // euros; there when cofinancement is, never above montant
  std::size_t ligne = 0;                         // of the file, from 1; of a JSON list, the rank
};

inline constexpr std::string_view sens_versement = "versement", sens_remboursement = "remboursement";

// A payment received from the administration (article 6), or what of it was paid back.
struct Versement {
  feel::Date date;
  feel::Number montant; // euros, above zero whatever the way, at most two decimals
  std::string libelle;
  std::string sens{sens_versement}; // or sens_remboursement: it lowers what was paid
  std::size_t ligne = 0;
};

// A fault of a line; a line with two faults has two.
struct Refus {
  std::size_t enregistrement = 0; // rank of the record among those received, from 1
  std::size_t ligne = 0;          // line of the file where the record begins; 0 in JSON
  std::string champ;              // name of the column; empty when the fault is of the whole line
  std::string valeur;             // as it was written, cut after 80 characters
  Diagnostic diagnostic;          // C001 to C010; message and remedy in French, `where` = "registre.csv:12, montant"
};

// The account of a reading: recus = lus + refuses_total.
struct CompteRendu {
  std::string fichier;
  std::size_t recus = 0, lus = 0, refuses_total = 0; // records; blank lines are not records
  std::vector<Refus> refuses;                        // one entry a fault, up to ReadOptions::refusals
  std::size_t fautes_non_detaillees = 0;             // faults beyond that number
  std::vector<Diagnostic> avertissements;            // a column that is not read, an encoding that was guessed,
                                                     // days that Excel numbered, a file without a line
};

struct Registre {
  std::vector<Depense> depenses; // in the order of the file
  CompteRendu lecture;
};

struct Versements {
  std::vector<Versement> versements; // in the order of the file
  CompteRendu lecture;
};

// devine: line by line, UTF-8 or else windows-1252, which is said.
enum class Encodage : std::uint8_t { devine, utf8, windows_1252 };

struct ReadOptions {
  Encodage encodage = Encodage::devine; // of CSV; a byte order mark says UTF-8, JSON is always UTF-8
  char separateur = 0;                  // ',', ';' or tab; 0: that of a line "sep=;", else the one that the header uses
  // A file beyond these is refused whole (Error C006, of JSON J003): usually a million lines (`list_size`), 50 million
  // steps (cells), 256 MiB of CSV or 16 of JSON, whose values take up to 25 times their text in memory, and 8 levels of
  // JSON. A longer record is refused as a line.
  LoadLimits limits = {};
  std::size_t record_bytes = 64u << 10;
  std::size_t refusals = 1'000;
};

// A text that begins with [ or { is read as JSON, any other as CSV. `name` names the file in the refusals.
// Allowed actions, natures and axes are those of the pack's input `depense`.
// CSV: RFC 4180, separators , ; and tab. JSON: a list of objects, or {"depenses": […]}; a key may be absent where the
// column may be empty, numbers may be numbers or texts, dates texts or {"@date": …}.
// What spreadsheets do is undone: ="00123" is 00123, a whole number of five digits in a column of dates is Excel's day
// (calendar of 1900), which is said.
// Throws Error when the whole is refused: C001 a column is missing or given twice, C006 a limit, C008 an encoding that
// is not read (UTF-16), C009 a workbook, C010 a file that is empty, J001 to J004.
Registre read_registre(std::string_view bytes, std::string_view name, const Pack &pack,
                       const ReadOptions &options = {});
Registre read_registre_csv(std::string_view bytes, std::string_view name, const Pack &pack,
                           const ReadOptions &options = {});
Registre read_registre_json(std::string_view bytes, std::string_view name, const Pack &pack,
                            const ReadOptions &options = {});
// From values that are already in memory: a list of contexts, or {depenses: […]}, as read_json gives them.
Registre registre_from_value(const feel::Value &value, std::string_view name, const Pack &pack,
                             const ReadOptions &options = {});

// Columns date, montant, libelle, and sens where there is one (empty: versement); JSON: a list of objects, or
// {"versements": […]}. Same rules and errors.
Versements read_versements(std::string_view bytes, std::string_view name, const ReadOptions &options = {});
Versements read_versements_csv(std::string_view bytes, std::string_view name, const ReadOptions &options = {});
Versements read_versements_json(std::string_view bytes, std::string_view name, const ReadOptions &options = {});
Versements versements_from_value(const feel::Value &value, std::string_view name, const ReadOptions &options = {});

// What an amount or a date reads as; `fault` is empty when it does, else the reason in French.
struct MontantLu {
  feel::Number montant; // euros
  std::string fault, remedy;
};
struct DateLue {
  feel::Date date;
  std::string fault, remedy;
};
// Accepted: 1234  1234.5  1234,50  1 234,50 (spaces and no-break spaces)  1.234,50  1,234.50. Refused: a single
// separator before exactly three digits (readable in two ways), more than two decimals, a sign, an exponent, a
// currency, more than 12 digits before the decimals. Zero is read: whether it is allowed is for the field to say.
MontantLu parse_montant(std::string_view text);
// Accepted: 2022-06-01 and 01/06/2022. A date that does not exist is refused, with a guess when its day and month look
// swapped.
DateLue parse_date(std::string_view text);

// docs/schemas/resultats/convention.*.json: amounts are texts with two decimals, dates ISO texts.
feel::Value to_value(const CompteRendu &lecture);
feel::Value to_value(const Refus &refus);
feel::Value to_value(const Registre &registre);
feel::Value to_value(const Versements &versements);

} // namespace spie::convention
