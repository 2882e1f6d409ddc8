// The ROME 4.0, the repertoire of jobs and skills of France Travail, as the files of one release give it
// (docs/rome.md). Nothing of it stands in the library: whoever integrates it hands the files over.
//
// A code means something with its release: each entry carries it, and what a passport says of a code is held against a
// later release here.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/feel/value.hpp"
#include "spie/limits.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spie::passeport {

// "macro_savoir_etre", "macro_savoir_faire", "competence", "savoir", "metier", "appellation": of entries that a search
// finds equal otherwise, the first nature stands first.
std::span<const std::string_view> natures_rome() noexcept;

// A file of the release, under the name that France Travail gives it: "unix_referentiel_competence_v460_utf8.csv".
struct FichierRome {
  std::string_view nom, octets;
};

// Empty: the file does not say it, or it is no matter of that nature.
struct EntreeRome {
  std::string version;                        // the release: "v460"
  std::string nature;                         // one of natures_rome()
  std::string code;                           // OGR, digits; of a métier, its ROME code: "K2204"
  std::string libelle;                        // of an appellation, the long one
  std::string libelle_court;                  // of an appellation
  std::string definition;                     // of a skill
  std::string macro;                          // of a competence: the code of the macro-compétence that it belongs to
  std::string code_macro;                     // of a macro: its place in the tree, "6A202"
  std::string categorie, sous_categorie;      // of a skill the first alone
  std::string transition_eco, transition_num; // of a skill, as the file writes them: "O", "N"
  std::string metier;                         // of an appellation: the ROME code of its métier
  std::string parent, code_ogr;               // of a métier: the ROME code that it comes from, its own OGR code
};

struct LienRome {
  std::string nature, code, libelle; // of the other end
  std::string coeur_metier;          // as the file writes it: "Principale", "Émergente"; empty
};

struct FicheRome {
  EntreeRome entree;
  std::vector<LienRome> liens; // of a métier, what it asks for and its appellations; of what is none, its métiers
};

// A line that was refused, or a doubt about one that was read.
struct RefusRome {
  Code code{};
  std::string fichier;
  std::int64_t ligne = 0; // of the file, from 1
  std::string champ;      // the column; empty when the fault is of the whole line
  std::string valeur;     // shortened
  std::string motif;      // in French
  std::string remede;     // in French
};

// recus = lus + refuses_total; hors_objet counts those of the lines read that speak of what is not loaded.
struct FichierLu {
  std::string fichier, contenu; // "competences", "savoirs", "metiers", "appellations", "liens", "coeur_metier"
  std::int64_t recus = 0, lus = 0, refuses_total = 0, hors_objet = 0;
};

struct LectureRome {
  std::string version;
  std::vector<FichierLu> fichiers;
  std::vector<std::string>
      absents; // the contents that no file gave: of these nothing is known, not even that a code is gone
  std::int64_t recus = 0, lus = 0, refuses_total = 0, hors_objet = 0;
  std::vector<RefusRome> refuses;        // one a fault, the first 1,000
  std::int64_t fautes = 0;               // all of them
  std::vector<RefusRome> avertissements; // the first 1,000
  std::int64_t avertissements_total = 0;
  std::map<std::string, std::int64_t> natures; // entries by nature
  std::int64_t liens = 0;
};

struct OptionsRecherche {
  std::vector<std::string> natures; // of natures_rome(); none: all
  std::size_t limite = 20;
};

struct RechercheRome {
  std::string version, texte;
  std::int64_t mots = 0;             // of the text, once words such as « de » are left out
  std::int64_t mots_trouves = 0;     // of them, those that each entry found holds
  std::vector<std::string> inconnus; // of them, those that no entry of these natures holds
  std::int64_t total = 0;            // entries found; the first of them follow
  std::vector<EntreeRome> entrees;
};

// A code as a passport holds it. What is empty is not compared.
struct ReferenceRome {
  std::string code, nature, libelle, version;
};

struct ChangementRome {
  ReferenceRome reference;
  std::string etat;                     // "inchange", "change", "disparu" or "incomparable"
  std::vector<std::string> changements; // "nature", "libelle", or "ecriture": the same words, written otherwise
  std::string nature, libelle;          // in this release; empty when it is not there
  std::string phrase;                   // in French; empty when nothing changed
};

struct ComparaisonRome {
  std::string version; // of this release
  std::int64_t examines = 0, inchanges = 0, changes = 0, disparus = 0, incomparables = 0;
  std::vector<ChangementRome> references; // all of them, in the order given
};

// One release, indexed. Immutable: any number of threads may ask it at once.
class Rome {
public:
  static constexpr std::size_t most_text = 4'096; // bytes of what is searched
  static constexpr std::size_t most_words = 32;   // of it

  // Each file says in its name what it holds and of which release: both are checked. Columns are found by their names,
  // others are passed over; bytes are UTF-8, or windows-1252 told line by line. Lines that are wrong are refused one by
  // one. The file of skills is asked for, the others may be left out.
  // `limits`: bytes of a file (256 MiB), entries (`list_size`: a million), lines and their cells (steps: 50 million),
  // time. Throws Error: A001 when the release is not written "v460"; I002 for a file of another release, of a content
  // that is not read, given twice, or that lacks a column; I003 when it cannot be read; I004 beyond a limit; I009 when
  // it ends inside a line.
  static std::shared_ptr<const Rome> from_files(std::string_view version, std::span<const FichierRome> fichiers,
                                                const LoadLimits &limits = {});
  // The files of that release that stand in a folder; others are passed over. Throws Error I001 too.
  static std::shared_ptr<const Rome> load(const std::string &dossier, std::string_view version,
                                          const LoadLimits &limits = {});
  ~Rome();

  const std::string &version() const noexcept;
  const LectureRome &lecture() const noexcept;
  std::size_t size() const noexcept; // entries

  // What bears that code: none, one, or one of each nature, in the order of natures_rome(). Throws Error A001 for a
  // nature that is none.
  std::vector<FicheRome> trouver(std::string_view code, std::string_view nature = {}) const;

  // Words are compared without accents, capitals nor the marks of the plural; a word of three letters or more finds
  // those that begin with it too, a code what bears it. Found are the entries that hold all the words of the text; when
  // none does, those that hold the most of them (mots_trouves < mots). In this order, which is total: those that are
  // the text itself; those that hold most of its words whole; those of fewer words; then by nature, by label without
  // accents, by code. Throws Error A001: a nature that is none, a text beyond most_text or most_words.
  RechercheRome chercher(std::string_view texte, const OptionsRecherche &options = {}) const;

  // What this release says of codes that were written down under another, or under itself. A reference of a later
  // release than this, or whose file was not given, is "incomparable", never "disparu".
  ComparaisonRome comparer(std::span<const ReferenceRome> references) const;

private:
  struct Contenu;
  explicit Rome(std::unique_ptr<const Contenu> contenu);
  std::unique_ptr<const Contenu> contenu_;
};

// A list of codes, or of {"code", "nature", "libelle", "version"}, the code alone required. Throws Error J002 with the
// place of a fault.
std::vector<ReferenceRome> read_references_rome(const feel::Value &list);

// docs/schemas/resultats/rome.*.json.
feel::Value to_value(const LectureRome &lecture);
feel::Value to_value(const std::vector<FicheRome> &fiches);
feel::Value to_value(const RechercheRome &recherche);
feel::Value to_value(const ComparaisonRome &comparaison);

} // namespace spie::passeport
