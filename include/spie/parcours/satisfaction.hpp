// How satisfied persons and référents are (S:1106-1107): a questionnaire of the pack, answers that are kept under the
// structure and the quarter without whoever gave them, and what may be told of them (docs/reseau.md).
#pragma once

#include "spie/droits/vue.hpp"
#include "spie/feel/number.hpp"
#include "spie/pack/pack.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace spie::parcours {

struct ValeurSatisfaction {
  std::string code, libelle;
  std::int64_t note = 0;
};
struct QuestionSatisfaction {
  std::string code, texte;
  std::vector<std::string> publics; // "personne", "referent"
  std::vector<ValeurSatisfaction> valeurs;
};
struct QuestionnaireSatisfaction {
  std::string id, titre, source;
  std::vector<QuestionSatisfaction> questions;
};
// From donnees/satisfaction.json. P011 when the pack has none, P002 with its place when it has not its form.
QuestionnaireSatisfaction questionnaire_satisfaction(const Pack &pack);

struct ReponseSatisfaction {
  dossier::Sujet personne;  // the dossier by which who answers has his right; kept nowhere
  dossier::Sujet structure; // that follows her
  std::vector<std::pair<std::string, std::string>> reponses; // code of the question, code of the value
};
// {"personne", "structure", "reponses": {question: value}}. Throws Error Q001 with its place.
ReponseSatisfaction read_reponse_satisfaction(const feel::Value &value);

// Records the answers, under the structure and the quarter of the instant of asking; gives that quarter, "2022-T2". The
// event names nobody: neither the person, nor who answers. Throws Error R002 unless the pack allows "evaluer"; Q001 for
// a question or a value that is not of the questionnaire, or not for this public; Q002 when nobody of that structure
// follows her, as far as who answers sees; E005 for a person who is not there. Nothing is recorded then.
std::string repondre_satisfaction(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                                  const droits::Demande &demande, const ReponseSatisfaction &reponse);

struct MoyenneSatisfaction {
  std::string question, texte;
  std::int64_t effectif = 0; // who answered it
  feel::Number moyenne;      // of the notes of the pack, to one decimal
};
struct CaseSatisfaction {
  std::string structure, trimestre; // empty in what adds the cells up
  std::string public_;
  std::int64_t effectif = 0;
  std::vector<MoyenneSatisfaction> moyennes;
};
struct Satisfaction {
  feel::Date au;
  std::vector<CaseSatisfaction> cases;    // of quarters that are over: nobody's answer shows by coming in
  std::vector<CaseSatisfaction> ensemble; // by public, of the cells that are told alone: no difference tells another
};
// What may be told on that day. A cell under the threshold (role "case_gardee") is not told at all, as one that is not
// there; neither is a question that fewer answered. R002 unless the pack allows "lire_satisfaction".
Satisfaction satisfaction(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                          const droits::Demande &demande, feel::Date au);

feel::Value to_value(const QuestionnaireSatisfaction &questionnaire);
feel::Value to_value(const Satisfaction &satisfaction);

} // namespace spie::parcours
