// The questionnaire of the shared diagnostic (trame), as the pack's donnees/trame.json says it: what is asked, what
// each answer serves, how long it stays fresh, and which fact of which source answers already (docs/diagnostic.md).
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/dossier/situation.hpp"
#include "spie/pack/pack.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::parcours {

enum class GenreQuestion : std::uint8_t { oui_non, code, codes, texte };
std::string_view text(GenreQuestion genre) noexcept;

// A fact of the dossier that answers: "frein.mobilite.reponse", "reponse_diagnostic.v1/besoin/*/5.valeurs".
struct FaitQuiRepond {
  std::string chemin;                                     // one '*' of its key stands for anything
  std::vector<std::pair<std::string, std::string>> codes; // what the source writes → our answer; none: as it is
  std::string autrement;                                  // … of a list that has none of them; empty: no answer
};

struct Question {
  std::string id, texte, rubrique;
  GenreQuestion genre = GenreQuestion::oui_non;
  std::vector<std::pair<std::string, std::string>> valeurs; // codes and labels
  std::string frein;                                        // of classes_freins; empty for none
  std::string fraicheur;                                    // the parameter that says how long an answer holds
  std::vector<std::string> sert;                            // "frein_mobilite.present": decisions, and members of them
  std::vector<std::string> documents;                       // that ask for the answer whatever is decided
  std::string si;                                           // asked of those alone who answered this question …
  std::vector<std::string> si_vaut;                         // … so
  std::vector<FaitQuiRepond> sources;                       // its own answer stands before them
  std::string source;                                       // in the convention or in a referential
  bool grille = true;                                       // a member of the input "reponses" of the reading grid

  // What stands at that answer; the code itself when the list does not say.
  std::string dit(std::string_view code) const;
};

struct Rubrique {
  std::string id, titre, source;
  std::vector<Question> questions;
};

// When a source says that it asked: the answers whose question has that beginning are of that date.
struct Exploration {
  std::string debut;  // "dsp."
  std::string chemin; // "reponse_diagnostic.dsp.DTENRSOCPRO.texte"
};

// What a later event of a type makes of answers: they are to be reviewed, and this is what it proposes.
struct Reouverture {
  std::string type; // "bilan_immersion"
  std::vector<std::string> questions;
  std::string motif; // in French
  struct Proposition {
    std::string question, reponse;
    std::vector<std::pair<std::string, std::string>> si; // facts of the same key, '*': "immersion.*.objet", as written
  };
  std::vector<Proposition> propositions;
};

struct Trame {
  std::string nom, version, titre;
  std::vector<Rubrique> rubriques;
  std::vector<Exploration> explorees;
  std::vector<Reouverture> reouvertures;

  const Question *find(std::string_view id) const noexcept;
  template <class Visit> void each(Visit &&visit) const {
    for (const Rubrique &rubric : rubriques)
      for (const Question &question : rubric.questions)
        visit(question);
  }
};

// Throws Error P011 when the pack has no questionnaire, P002 when it has not its form, with the place.
Trame read_trame(const Pack &pack);

// What is wrong with the questionnaire, with its place: a path that no type has, a decision or a member of the grid
// that is not there, a code that is not allowed, a parameter that is no duration, a frein that no list has, a question
// that serves nothing (warning). None for a pack without one. donnees/correspondances.json is held against the freins.
std::vector<Diagnostic> verifier_trame(const Pack &pack);
// With all that dossier::verifier_pack finds, errors first.
std::vector<Diagnostic> verifier_pack(const Pack &pack);

// --- Answers

enum class EtatReponse : std::uint8_t { dite, refusee, ne_sait_pas };

// The newest answer of any source.
struct ReponseLue {
  EtatReponse etat = EtatReponse::dite;
  feel::Value valeur;   // as the grid takes it: a text, a list of codes; null unless it was said
  std::string affichee; // in French
  feel::Date le;        // of its effect, or when its source says it asked
  std::string source, auteur, evenement, chemin;
  bool explicite = true; // not read from what a list leaves out
};

class Reponses {
public:
  explicit Reponses(const Trame &trame) : trame_(&trame) {}
  const ReponseLue *find(std::string_view question) const noexcept;
  void set(const Question &question, ReponseLue lue);
  void forget(std::string_view question);
  // {question: value}, of what was said to the questions of the grid.
  feel::Context faits() const;
  const Trame &trame() const noexcept { return *trame_; }

private:
  const Trame *trame_;
  std::map<std::string, ReponseLue, std::less<>> lues_;
};

// From a dossier in which the newest says each thing (a situation read without an order of sources).
Reponses read_reponses(const Trame &trame, const dossier::Situation &recente);

} // namespace spie::parcours
