// What remains to ask somebody, and what must not be asked again (S:800-805, « dites-le-nous une fois »).
#pragma once

#include "spie/feel/temporal.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace spie::parcours {

struct QuestionPosee {
  std::string question, rubrique, texte;
  std::string genre;                                        // oui_non, code, codes, texte
  std::vector<std::pair<std::string, std::string>> valeurs; // codes and labels
  std::vector<std::string> sert;                            // the decisions, then the documents
  std::string motif;                                        // why it stands in its list, in French
  // Of the newest answer; empty when there is none, or when it is not shown.
  std::string reponse, source, auteur, evenement;
  std::optional<feel::Date> le, revoir_le;
  std::string proposition; // the answer that what reopened the question proposes: nothing changes by itself
};

struct Questions {
  feel::Date au;
  std::string trame; // its name and version
  std::vector<QuestionPosee> connues;
  std::vector<QuestionPosee> a_revoir;         // older than its freshness, or opened again
  std::vector<QuestionPosee> a_demander;       // nobody answered, or she did not know
  std::vector<QuestionPosee> a_ne_pas_reposer; // she does not wish to answer, until she speaks of it again
  std::vector<QuestionPosee> sans_objet;       // no answer would change what is decided, and no document needs one
  std::vector<QuestionPosee> reservees;        // the role may not see the answers: the same list, answered or not
};

} // namespace spie::parcours
