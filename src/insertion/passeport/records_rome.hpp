// What the ROME answers as tables: its JSON, its classes in Python (spie.rome) and its schemas
// (docs/schemas/resultats/rome.*.json).
#pragma once

#include "rules/record/record.hpp"
#include "spie/passeport/rome.hpp"

namespace spie::record {

template <> struct Table<passeport::EntreeRome> {
  using Record = passeport::EntreeRome;
  static constexpr Title title{"EntreeRome", "rome", "A skill, a knowledge, a métier or an appellation of a release."};
  static constexpr std::tuple fields{
      Field{"version", &Record::version, "The release: \"v460\"."},
      Field{"nature", &Record::nature,
            "\"macro_savoir_etre\", \"macro_savoir_faire\", \"competence\", \"savoir\", \"metier\" or "
            "\"appellation\"."},
      Field{"code", &Record::code, "OGR; of a métier, its ROME code."},
      Field{"libelle", &Record::libelle},
      Field{"libelle_court", &Record::libelle_court, "Of an appellation.", or_null},
      Field{"definition", &Record::definition, "", or_null},
      Field{"macro", &Record::macro, "Of a competence: the code of its macro-compétence.", or_null},
      Field{"code_macro", &Record::code_macro, "Of a macro-compétence: its place in the tree.", or_null},
      Field{"categorie", &Record::categorie, "", or_null},
      Field{"sous_categorie", &Record::sous_categorie, "Of a savoir.", or_null},
      Field{"transition_eco", &Record::transition_eco, "Of a skill, as the file writes it.", or_null},
      Field{"transition_num", &Record::transition_num, "Of a skill, as the file writes it.", or_null},
      Field{"metier", &Record::metier, "Of an appellation: the code of its métier.", or_null},
      Field{"parent", &Record::parent, "Of a métier: the code that it comes from.", or_null},
      Field{"code_ogr", &Record::code_ogr, "Of a métier.", or_null},
  };
};

template <> struct Table<passeport::LienRome> {
  using Record = passeport::LienRome;
  static constexpr Title title{"LienRome", "rome", "What an entry is linked with."};
  static constexpr std::tuple fields{
      Field{"nature", &Record::nature},
      Field{"code", &Record::code},
      Field{"libelle", &Record::libelle},
      Field{"coeur_metier", &Record::coeur_metier, "As the file writes it: \"Principale\", \"Émergente\".", or_null},
  };
};

template <> struct Table<passeport::FicheRome> {
  using Record = passeport::FicheRome;
  static constexpr Title title{"FicheRome", "rome", "An entry, and what it is linked with."};
  static constexpr std::tuple fields{
      Field{"entree", &Record::entree},
      Field{"liens", &Record::liens,
            "Of a métier, what it asks for and its appellations; of what is none, its métiers."},
  };
};

template <> struct Table<passeport::RefusRome> {
  using Record = passeport::RefusRome;
  static constexpr Title title{"RefusRome", "rome", "A line that was refused, or a doubt about one that was read."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code},
      Field{"fichier", &Record::fichier},
      Field{"ligne", &Record::ligne, "Of the file, from 1; 0 when it is of the file."},
      Field{"champ", &Record::champ, "The column; empty when it is of the whole line."},
      Field{"valeur", &Record::valeur, "Shortened."},
      Field{"motif", &Record::motif, "In French."},
      Field{"remede", &Record::remede, "In French."},
  };
};

template <> struct Table<passeport::FichierLu> {
  using Record = passeport::FichierLu;
  static constexpr Title title{"FichierLu", "rome", "The account of a file: recus = lus + refuses_total."};
  static constexpr std::tuple fields{
      Field{"fichier", &Record::fichier},
      Field{"contenu", &Record::contenu,
            "\"competences\", \"savoirs\", \"metiers\", \"appellations\", \"liens\" or \"coeur_metier\"."},
      Field{"recus", &Record::recus, "Lines."},
      Field{"lus", &Record::lus},
      Field{"refuses_total", &Record::refuses_total},
      Field{"hors_objet", &Record::hors_objet, "Of those read: links with what is not loaded."},
  };
};

template <> struct Table<passeport::LectureRome> {
  using Record = passeport::LectureRome;
  static constexpr Title title{"LectureRome", "rome", "The account of a release: recus = lus + refuses_total."};
  static constexpr std::tuple fields{
      Field{"version", &Record::version, "The release."},
      Field{"fichiers", &Record::fichiers},
      Field{"absents", &Record::absents, "Contents that no file gave: nothing is known of them."},
      Field{"recus", &Record::recus, "Lines."},
      Field{"lus", &Record::lus},
      Field{"refuses_total", &Record::refuses_total},
      Field{"hors_objet", &Record::hors_objet, "Of those read: links with what is not loaded."},
      Field{"refuses", &Record::refuses, "One a fault, the first thousand."},
      Field{"fautes", &Record::fautes, "All faults."},
      Field{"avertissements", &Record::avertissements, "The first thousand."},
      Field{"avertissements_total", &Record::avertissements_total},
      Field{"natures", &Record::natures, "Entries by nature."},
      Field{"liens", &Record::liens, "Links between a métier and what it asks for."},
  };
};

template <> struct Table<passeport::RechercheRome> {
  using Record = passeport::RechercheRome;
  static constexpr Title title{"RechercheRome", "rome", "What a text found."};
  static constexpr std::tuple fields{
      Field{"version", &Record::version, "The release."},
      Field{"texte", &Record::texte},
      Field{"mots", &Record::mots, "Of the text, those such as « de » left out."},
      Field{"mots_trouves", &Record::mots_trouves, "Of them, those that each entry found holds."},
      Field{"inconnus", &Record::inconnus, "Of them, those that no entry of these natures holds."},
      Field{"total", &Record::total, "Entries found."},
      Field{"entrees", &Record::entrees, "The first of them."},
  };
};

template <> struct Table<passeport::ReferenceRome> {
  using Record = passeport::ReferenceRome;
  static constexpr Title title{"ReferenceRome", "rome", "A code as a passport holds it."};
  static constexpr std::tuple fields{
      Field{"code", &Record::code},
      Field{"nature", &Record::nature, "", or_null},
      Field{"libelle", &Record::libelle, "", or_null},
      Field{"version", &Record::version, "The release that it was taken from.", or_null},
  };
};

template <> struct Table<passeport::ChangementRome> {
  using Record = passeport::ChangementRome;
  static constexpr Title title{"ChangementRome", "rome", "What a release says of a code written down under another."};
  static constexpr std::tuple fields{
      Field{"reference", &Record::reference},
      Field{"etat", &Record::etat, "\"inchange\", \"change\", \"disparu\" or \"incomparable\"."},
      Field{"changements", &Record::changements,
            "\"nature\", \"libelle\", or \"ecriture\": the same words, written otherwise."},
      Field{"nature", &Record::nature, "In this release.", or_null},
      Field{"libelle", &Record::libelle, "In this release.", or_null},
      Field{"phrase", &Record::phrase, "In French; none when nothing changed.", or_null},
  };
};

template <> struct Table<passeport::ComparaisonRome> {
  using Record = passeport::ComparaisonRome;
  static constexpr Title title{"ComparaisonRome", "rome", "What a release says of the codes of a passport."};
  static constexpr std::tuple fields{
      Field{"version", &Record::version, "Of the release."},
      Field{"examines", &Record::examines},
      Field{"inchanges", &Record::inchanges},
      Field{"changes", &Record::changes},
      Field{"disparus", &Record::disparus},
      Field{"incomparables", &Record::incomparables, "Of a later release, or of a file that was not given."},
      Field{"references", &Record::references, "All of them, in the order given."},
  };
};

} // namespace spie::record
