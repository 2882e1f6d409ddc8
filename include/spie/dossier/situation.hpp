// The dossier as of a date: what was true then, as far as it was known then, from whom. A view of the journal; nothing
// of it is stored.
#pragma once

#include "spie/dossier/journal.hpp"
#include "spie/pack/pack.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace spie::dossier {

// Which source prevails, for the facts under a path; from the pack's donnees/sources.json.
struct OrdreSources {
  std::string chemin;                       // "identite", "foyer.droit_rsa"; empty for all others
  std::vector<std::string> ordre;           // names of sources, or of their families: "caf" stands for "caf.vrsb" too
  std::optional<std::int64_t> age_max_mois; // a source that was not seen for longer comes after those that were
};
struct Regles {
  std::vector<OrdreSources> sources;
};
// No rule when the pack has no such file. Throws Error P002 when it has not its form.
Regles read_regles(const Pack &pack);

// Why a value was retained.
enum class Raison : std::uint8_t {
  source_unique,
  accord,            // the sources say the same
  ordre_des_sources, // of the pack
  fraicheur,         // the others were not seen for too long
  effet_le_plus_recent,
  dernier_enregistre,
};
std::string_view text(Raison raison) noexcept;

// One thing that one source says.
struct Dire {
  feel::Value valeur;
  std::string source; // its name
  std::string auteur;
  std::string evenement; // its id
  std::int64_t seq = 0;
  Effet effet;
  Instant enregistre;
  bool corrige = false; // by a later event: this is what the correction says
};

struct Fait {
  std::string chemin; // "identite.nom", "statut.brsa.reponse", "foyer.droit_rsa.etat"
  bool du_foyer = false;
  std::string type, cle, champ; // of the event that says it: what the path is made of
  // The path in its parts, a key being one of them whatever it holds: where valeurs() puts the value.
  std::vector<std::string_view> parties() const;
  Dire dire;
  Raison raison = Raison::source_unique;
  std::vector<Dire> autres; // what other sources say otherwise: the conflict stays in sight
};

// What no fact tells, and the statements do: for rules (faits.hpp), never shown as it is.
// A naming in force: until its end is said of the same professional, by whatever source, or the same source names
// another one.
struct Mandat {
  std::string role, professionnel, structure, source, evenement;
  feel::Date depuis;
};
// A statement in force that says nothing but that it is: an entry without its motive.
struct Presence {
  std::string type, cle, evenement;
  feel::Date depuis;
};
// Where she was said to live, and from when.
struct Domicile {
  std::string code_commune, evenement;
  feel::Date depuis;
};

struct Situation {
  Sujet sujet;                 // the dossier that holds: the one asked for, or the one that absorbed it
  std::vector<Sujet> absorbes; // merged into it, as far as was known
  std::optional<Sujet> foyer;
  feel::Date au;
  Connaissance connu;
  std::int64_t seq = 0;    // the last event that was read
  std::vector<Fait> faits; // in the order of the types, then of their keys
  std::vector<Mandat> mandats;
  std::vector<Presence> presences;
  std::vector<Domicile> domiciles; // in the order of their effect, past ones too

  const Fait *find(std::string_view chemin) const noexcept;
};

// E005 when the journal has no such subject. `au` is the day of the facts, `connu` how far knowledge goes.
Situation situation(Journal &journal, const Sujet &sujet, feel::Date au, const Connaissance &connu = {},
                    const Regles &regles = {});
// The same of some types of events, by name: for what streams many dossiers and reads little of each.
using Types = std::set<std::string, std::less<>>;
Situation situation(Journal &journal, const Sujet &sujet, feel::Date au, const Connaissance &connu,
                    const Regles &regles, const Types *types);

// The dossier that holds what was recorded about the subject: itself, or the one that absorbed it.
Sujet holder(Journal &journal, const Sujet &sujet, const Connaissance &connu = {});

// Everything that was ever said of one fact, in the order of its record.
struct Parole {
  Dire dire;               // its value is a null where the event says nothing of the fact any more
  std::string type;        // of the event
  std::string cle;         // of the event: which of several
  std::string corrige;     // the event that it corrects
  std::string corrige_par; // the event that corrects or retracts it
  bool compte = true;      // false while its import is not closed
};
// `chemin` is a fact ("identite.nom") or a family of facts ("identite", "revenu.001"). E005 for a path that no type
// has.
std::vector<Parole> historique(Journal &journal, const Sujet &sujet, std::string_view chemin,
                               const Connaissance &connu = {});

struct Difference {
  std::string chemin;
  std::optional<Dire> avant, apres; // at least one
};
std::vector<Difference> comparer(const Situation &avant, const Situation &apres);

// {"dossier", "absorbes", "foyer", "au", "connu", "seq", "faits": [{"chemin", "valeur", "source", …, "raison",
// "autres"}]}.
feel::Value to_value(const Situation &situation);
feel::Value to_value(const std::vector<Parole> &history);
feel::Value to_value(const std::vector<Difference> &differences);
// The values alone, nested by their paths: {"identite": {"nom": …}, "statut": {"brsa": {"reponse": "oui"}}}.
feel::Context valeurs(const Situation &situation);

} // namespace spie::dossier
