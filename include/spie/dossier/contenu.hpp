// The payloads of events: their types, fields and versions, as one table from which checks, JSON Schemas and documents
// are made.
#pragma once

#include "spie/dossier/evenement.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spie::dossier {

enum class Nature : std::uint8_t {
  texte,
  code, // of a list that the event's nomenclature names; leading zeros and letters count
  date, // {"@date": …}
  mois, // "2022-03"
  entier,
  montant, // exact decimal, in euros
  booleen,
  reponse, // oui, non, non_aborde, refuse, ne_sait_pas: never a boolean
  sujet,   // "structure:4kq9…"
  instant, // "2022-03-05T08:00:00Z"
  objet,
};
std::string_view text(Nature nature) noexcept;

struct Champ {
  std::string_view nom;
  Nature nature = Nature::texte;
  std::string_view titre; // in French
  bool obligatoire = false;
  bool liste = false;
  // Of a code: those allowed, by blanks; empty when they are of a nomenclature. Of a subject: its genre.
  std::string_view valeurs = {};
  std::span<const Champ> champs = {}; // of an object
};

// How the events of a type make facts.
enum class Cardinalite : std::uint8_t {
  unique,    // one value at a time for each source: a new one ends its predecessor
  par_cle,   // the same for each key: values of different keys stand side by side
  etapes,    // steps of one thing, by key: each adds to what the earlier ones said, the first step begins it anew
  mecanique, // no fact: what the journal needs (attachments, merges, observations)
};
std::string_view text(Cardinalite cardinalite) noexcept;

struct TypeContenu {
  std::string_view nom;
  int version = 1;
  std::optional<Genre> genre; // of the first subject; any when there is none
  Cardinalite cardinalite = Cardinalite::unique;
  std::string_view cle = {}; // names of the fields that make the key, by blanks
  std::string_view titre;
  std::span<const Champ> champs;
  // A file that a plan describes may state it. Else nobody's export does: what somebody decides, or who follows whom.
  bool par_plan = false;
};

std::span<const TypeContenu> types_contenu() noexcept;
const TypeContenu *find_type(std::string_view nom) noexcept;

// A payload of the current version as values: dates are read from their text. What is wrong goes to `faults`, at most
// 20, with JSON pointers under /contenu; the result is then of no use.
feel::Context read_contenu(const TypeContenu &type, const feel::Context &given, std::vector<Diagnostic> &faults);
// As JSON carries it: dates as ISO text.
feel::Context plain_contenu(const feel::Context &contenu);
// The key of a payload, "001/2022-03"; empty for a type without key.
std::string key_of(const TypeContenu &type, const feel::Context &contenu);

// The JSON Schema (draft 2020-12) of a type's payload, as docs/schemas/ has it.
feel::Value json_schema(const TypeContenu &type);
// That of the envelope, whose `contenu` is one of these.
feel::Value envelope_schema();

} // namespace spie::dossier
