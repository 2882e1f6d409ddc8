// The account of an import as tables: its JSON, its classes in Python (spie.imports) and its schemas
// (docs/schemas/resultats/imports.*.json).
#pragma once

#include "insertion/dossier/records.hpp"
#include "rules/record/record.hpp"
#include "spie/exchange/import.hpp"

namespace spie::record {

template <> struct Table<exchange::Refus> {
  using Record = exchange::Refus;
  static constexpr Title title{"Refus", "imports",
                               "One fault of a record, or of a field of it: where, what, why, and what to do."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code},
      Field{"enregistrement", &Record::enregistrement, "From 1; 0 when the fault is of the file."},
      Field{"portee", &Record::portee, "\"enregistrement\" or \"champ\"."},
      Field{"place", &Record::place},
      Field{"champ", &Record::champ},
      Field{"valeur", &Record::valeur, "Masked when it is a NIR or sensitive; shortened."},
      Field{"motif", &Record::motif},
      Field{"remede", &Record::remede},
  };
};

template <> struct Table<exchange::Rapport> {
  using Record = exchange::Rapport;
  static constexpr Title title{"Rapport", "imports", "The account of an import: recus = lus + refuses_total."};
  static constexpr std::tuple fields{
      Field{"format", &Record::format},
      Field{"fichier", &Record::fichier},
      Field{"document", &Record::document, "The SHA-256 of the file."},
      Field{"import", &Record::import_id, {}, 0, "import_id"},
      Field{"date_reference", &Record::date_reference, {}, typed_day},
      Field{"unite", &Record::unite, "What is counted: \"foyer\", \"personne\", \"ligne\"."},
      Field{"recus", &Record::recus},
      Field{"lus", &Record::lus},
      Field{"refuses_total", &Record::refuses_total},
      Field{"refuses", &Record::refuses, "The first thousand."},
      Field{"fautes", &Record::fautes, "All faults, those of fields too."},
      Field{"avertissements", &Record::avertissements, "The first thousand."},
      Field{"avertissements_total", &Record::avertissements_total},
      Field{"evenements", &Record::evenements, "Events that were recorded, those of the import itself too."},
      Field{"faits", &Record::faits, "Of them, those that state a fact."},
      Field{"dossiers_nouveaux", &Record::dossiers_nouveaux},
      Field{"dossiers_rattaches", &Record::dossiers_rattaches},
      Field{"doublons_proposes", &Record::doublons_proposes},
      Field{"doublons_par_raison", &Record::doublons_par_raison, "A pair counts under each of its reasons."},
      Field{"sur_noms", &Record::sur_noms,
            "New dossiers that names, birth date and birthplace would have attached (`sur_noms=True`)."},
      Field{"absents", &Record::absents},
      Field{"deja_lu", &Record::deja_lu, "A closed import read this very file before."},
      Field{"clos", &Record::clos, "What was read counts."},
      Field{"tete", &Record::tete, "The head of the chain afterwards."},
  };
};

} // namespace spie::record
