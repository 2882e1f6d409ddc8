// Reading a file into a journal: what every format has in common. Formats stand each in a header of their own.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/dossier/identite.hpp"
#include "spie/dossier/journal.hpp"
#include "spie/limits.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::exchange {

// The bytes of a file, read twice: once for its digest, once for what it says.
class Octets {
public:
  virtual ~Octets() = default;
  // Fills the buffer; 0 at the end. Throws Error I001 when it cannot be read.
  virtual std::size_t read(char *buffer, std::size_t size) = 0;
  virtual void rewind() = 0;
};
std::unique_ptr<Octets> file_bytes(const std::string &path);
std::unique_ptr<Octets> memory_bytes(std::string_view bytes); // which must outlive the reading

struct ImportOptions {
  std::string fichier;                    // its name, for the report and the journal
  std::string auteur;                     // who imports
  dossier::Instant enregistre;            // when
  std::optional<feel::Date> date_fichier; // the date that the facts are true at, where the file gives none
  dossier::OptionsIdentite identite;
  std::size_t lot = 500; // records committed together: how long another writer waits
  // Levels of XML or JSON (64), records (`list_size`), bytes of the file, steps (a record, sixteen bytes), time; no
  // other is set unless it is asked for. Beyond one the report says I004, and is not closed.
  LoadLimits limits = {};
  // Called now and then with the records received. What it throws ends the import, which then does not count until the
  // same bytes are read again to their end.
  std::function<void(std::int64_t)> progres;
};

// One fault. A record falls when its key or its identity cannot be read; else it stands without the field.
struct Refus {
  Code code{};
  std::int64_t enregistrement = 0; // from 1; 0 when the fault is of the file
  std::string portee;              // "enregistrement" or "champ"
  std::string place;               // "InfosFoyerRSA[12]/Personne[1]", "ligne 4"
  std::string champ;
  std::string valeur; // masked when it is a NIR or sensitive; shortened
  std::string motif;  // in French
  std::string remede; // in French
};

struct Rapport {
  std::string format; // "vrsb"
  std::string fichier;
  std::string document; // SHA-256, 64 hexadecimal digits; empty when a limit ended the reading before its end
  std::string import_id;
  std::optional<feel::Date> date_reference;
  std::string unite;                                  // what is counted: "foyer", "personne", "ligne"
  std::int64_t recus = 0, lus = 0, refuses_total = 0; // recus = lus + refuses_total
  std::vector<Refus> refuses;                         // the first 1,000
  std::int64_t fautes = 0;                            // all of them, those of fields too
  std::vector<Refus> avertissements;                  // the first 1,000: unknown codes, control totals
  std::int64_t avertissements_total = 0;
  std::int64_t evenements = 0; // appended, those of the import itself too
  std::int64_t faits = 0;      // of them, those that state a fact
  std::int64_t dossiers_nouveaux = 0, dossiers_rattaches = 0, doublons_proposes = 0, absents = 0;
  std::map<std::string, std::int64_t> doublons_par_raison; // a pair counts under each of its reasons
  // Records whose names, birth date and birthplace are those of a dossier that was there: with
  // `identite.rattacher_sur_noms` they attach instead of making a new one.
  std::int64_t sur_noms = 0;
  bool deja_lu = false; // a closed import has this digest already
  bool clos = false;    // what was read counts
  dossier::Tete tete;   // of the chain, afterwards: write it down
};

// docs/schemas/resultats/imports.Rapport.json.
feel::Value to_value(const Rapport &rapport);

} // namespace spie::exchange
