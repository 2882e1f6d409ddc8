// One entry of donnees/faits.json, as it is read: what makes a fact of a pack out of a dossier.
#pragma once

#include "insertion/dossier/chemin.hpp"
#include "rules/json/reader.hpp"
#include "spie/dossier/faits.hpp"
#include "spie/feel/type.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::dossier {

// How a value is said in the pack: by a list of patterns ("77*", "*"), or by a list of the pack's data.
struct Traduction {
  std::vector<std::pair<std::string, feel::Value>> codes; // in their order; the first that fits; none: unknown
  std::map<std::string, feel::Value, std::less<>> table;
  std::optional<feel::Value> sinon; // of what stands in no row of the table
  bool rien() const noexcept { return codes.empty() && table.empty(); }
  feel::Value of(const feel::Value &value) const;
};

// Of one thing of a type: a field, its key, a day of it, a fact of a subject that it names.
struct Terme {
  enum class Quoi : std::uint8_t { champ, cle, debut, depuis, etape, voisin };
  Quoi quoi = Quoi::champ;
  std::string nom;      // of the field, of the step; of a neighbour, the field that names it
  std::string ailleurs; // its path there, whose {field} stand for fields of the thing
  Traduction traduction;
  feel::Type type;
};

struct Condition {
  Terme terme;
  std::vector<std::string> valeurs;
  bool sauf = false; // any value but these
};

struct Membre; // of a context
struct RegleFait {
  enum class Genre : std::uint8_t {
    hors_dossier, // no dossier gives it
    jour,         // the day asked for
    chemin,       // one fact
    depuis,       // … the day from which it holds
    age,          // … in whole years, of a date
    premier_connu,
    plus_ancien,
    plus_recent, // of some rules, those that are known
    contexte,
    liste,   // the things of a type
    compte,  // how many
    existe,  // whether there is one
    premier, // of one thing, that whose day comes first, or last
    dernier,
  };
  Genre genre = Genre::hors_dossier;
  std::string chemin;
  Traduction traduction;
  std::vector<std::string> si; // of `depuis`: the values for which it is told
  std::vector<RegleFait> regles;
  std::vector<Membre> membres;

  enum class Choses : std::uint8_t { faits, mandats, domiciles };
  Choses choses = Choses::faits;
  const TypeContenu *de = nullptr;
  std::vector<Condition> conditions;
  std::vector<std::pair<std::string, Terme>> champs; // of a list of contexts
  std::optional<Terme> valeur;                       // of a list of values; of the first, of the last
  bool vide_est_rien = false;                        // no thing at all: there is none; else it is unknown

  feel::Type type;                  // of what it makes
  std::vector<std::string> chemins; // of the dossier, that it may read
};

struct Membre {
  std::string nom;
  RegleFait regle;
};

// Each fault goes where the reader puts it.
RegleFait read_regle_fait(const json::Reader &from, const Pack &pack);
// The entries of the pack's map, by input; none without a map.
std::vector<std::pair<std::string, RegleFait>> read_carte(const Pack &pack, json::Faults faults);

} // namespace spie::dossier
