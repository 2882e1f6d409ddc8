// The six lists of what is known, what to ask and what not to ask again.
#include "insertion/parcours/lecteur.hpp"

#include "insertion/dossier/chemin.hpp"

#include <algorithm>

namespace spie::parcours {

namespace {

// The answers that a question may be given; none for a text.
std::vector<feel::Value> possible(const Question &question) {
  std::vector<feel::Value> answers;
  if (question.genre == GenreQuestion::oui_non)
    answers = {feel::Value("oui"), feel::Value("non")};
  for (const auto &[code, label] : question.valeurs)
    answers.push_back(question.genre == GenreQuestion::codes ? feel::Value(feel::List{code}) : feel::Value(code));
  return answers;
}

class Tri {
public:
  Tri(const LecteurDiagnostic::Prepare &prepare, const DossierLu &lu, const std::vector<bool> &clairs)
      : prepare_(prepare), lu_(lu), facts_(prepare, lu), known_(facts_.reponses()), clairs_(clairs) {}

  Questions run() {
    into_.au = lu_.situation.au;
    into_.trame = prepare_.trame.nom + " " + prepare_.trame.version;
    freshness();
    forget_stale();
    propose();
    std::size_t index = 0;
    prepare_.trame.each([&](const Question &question) { sort(question, index++); });
    return std::move(into_);
  }

private:
  void freshness() {
    if (const DecisionPrete *ready = prepare_.find(prepare_.fraicheurs))
      delays_ = facts_.decide(*ready, known_).value;
  }

  std::optional<feel::Date> due(const Question &question, const ReponseLue &answer) const {
    const feel::Value *delay = membre(delays_, question.fraicheur);
    if (delay == nullptr || !delay->is(feel::Kind::months_duration))
      return std::nullopt;
    return answer.le.plus_months(delay->months_duration().months);
  }
  bool stale(const Question &question, const ReponseLue &answer) const {
    const auto day = due(question, answer);
    return (day && lu_.situation.au > *day) || reopened(question, answer) != nullptr;
  }

  // What came after the answer and opens its question again (S:1077-1080); nullptr when nothing did.
  const Reouverture *reopened(const Question &question, const ReponseLue &answer) const {
    for (const Reouverture &one : prepare_.trame.reouvertures)
      if (std::ranges::find(one.questions, question.id) != one.questions.end())
        for (const dossier::Fait &fact : lu_.situation.faits)
          if (fact.type == one.type && fact.dire.effet.debut > answer.le)
            return &one;
    return nullptr;
  }

  // The answer that the newest such event proposes; empty for none.
  std::string proposed(const Question &question, const Reouverture &reopening) const {
    const dossier::Fait *newest = nullptr;
    for (const dossier::Fait &fact : lu_.situation.faits)
      if (fact.type == reopening.type && (newest == nullptr || newest->dire.effet.debut < fact.dire.effet.debut))
        newest = &fact;
    const auto says = [&](const std::pair<std::string, std::string> &condition) {
      std::string path = condition.first;
      if (const std::size_t star = path.find('*'); star != std::string::npos)
        path.replace(star, 1, newest->cle);
      const dossier::Fait *fact = lu_.situation.find(path);
      return fact != nullptr && fact->dire.valeur.to_string() == condition.second;
    };
    for (const Reouverture::Proposition &one : reopening.propositions)
      if (one.question == question.id && newest != nullptr && std::ranges::all_of(one.si, says))
        return one.reponse;
    return {};
  }

  // What is to be reviewed decides nothing of what remains to ask.
  void forget_stale() {
    fresh_ = known_;
    prepare_.trame.each([&](const Question &question) {
      if (const ReponseLue *answer = known_.find(question.id); answer != nullptr && stale(question, *answer))
        fresh_.forget(question.id);
    });
  }

  void propose() {
    if (const DecisionPrete *grid = prepare_.find(prepare_.grille)) {
      const PackResult read = facts_.decide(*grid, fresh_);
      if (const feel::Value *freins = membre(read.value, "freins"); freins != nullptr && freins->is(feel::Kind::list))
        for (const feel::Value &one : freins->list())
          if (const feel::Value *present = membre(one, "present"); present != nullptr)
            facts_.propose(membre(one, "code")->text(), present->boolean());
    }
  }

  bool reserved(std::size_t index) const {
    const auto [from, to] = prepare_.places[index];
    return !clairs_.empty() &&
           !std::all_of(clairs_.begin() + static_cast<std::ptrdiff_t>(from),
                        clairs_.begin() + static_cast<std::ptrdiff_t>(to), [](bool c) { return c; });
  }

  void sort(const Question &question, std::size_t index) {
    QuestionPosee asked{question.id,
                        question.rubrique,
                        question.texte,
                        std::string(text(question.genre)),
                        question.valeurs,
                        question.sert,
                        {},
                        {},
                        {},
                        {},
                        {},
                        {},
                        {},
                        {}};
    asked.sert.insert(asked.sert.end(), question.documents.begin(), question.documents.end());
    if (reserved(index)) {
      asked.motif = "ce rôle ne voit pas les réponses en clair pour cette finalité";
      into_.reservees.push_back(std::move(asked));
      return;
    }
    const ReponseLue *answer = known_.find(question.id);
    if (answer != nullptr) {
      asked.reponse = answer->affichee;
      asked.source = answer->source;
      asked.auteur = answer->auteur;
      asked.evenement = answer->evenement;
      asked.le = answer->le;
    }
    if (answer != nullptr && answer->etat == EtatReponse::refusee) {
      asked.motif = "la personne ne souhaite pas répondre : attendre qu'elle en reparle";
      into_.a_ne_pas_reposer.push_back(std::move(asked));
      return;
    }
    const bool said = answer != nullptr && answer->etat == EtatReponse::dite;
    if (said) {
      asked.revoir_le = due(question, *answer);
      if (!stale(question, *answer)) {
        asked.motif = "répondu";
        into_.connues.push_back(std::move(asked));
        return;
      }
    }
    if (std::string why = pointless(question); !why.empty()) {
      asked.motif = std::move(why);
      into_.sans_objet.push_back(std::move(asked));
    } else if (said) {
      const Reouverture *since = reopened(question, *answer);
      asked.motif = since != nullptr ? since->motif : "la réponse est plus ancienne que sa fraîcheur";
      if (since != nullptr)
        asked.proposition = proposed(question, *since);
      into_.a_revoir.push_back(std::move(asked));
    } else {
      asked.motif = answer == nullptr ? "personne n'a répondu" : "la personne ne savait pas";
      into_.a_demander.push_back(std::move(asked));
    }
  }

  // Why no answer is of use; empty when one is.
  std::string pointless(const Question &question) {
    if (!question.si.empty()) {
      const ReponseLue *condition = fresh_.find(question.si);
      const bool said = condition != nullptr && condition->etat == EtatReponse::dite;
      if (said && condition->valeur.is(feel::Kind::text) &&
          std::find(question.si_vaut.begin(), question.si_vaut.end(), condition->valeur.text()) ==
              question.si_vaut.end())
        return "la question est pour un autre public";
      // Of which public she is is not known yet: what the answer would change is not either.
      if (!said && (condition == nullptr || condition->etat != EtatReponse::refusee))
        return {};
    }
    if (!question.documents.empty() || question.sert.empty())
      return {};
    for (const std::string &served : question.sert)
      if (!same_whatever(question, served))
        return {};
    return "ce qu'elle sert est déjà déterminé, quelle que soit la réponse";
  }

  // Of a decision, or of the member of it that a path names; nullopt when it is not determined.
  std::optional<feel::Value> value(const std::string &served, const Reponses &answers,
                                   const dossier::Situation *situation = nullptr) const {
    const std::string name = served.substr(0, served.find('.'));
    const DecisionPrete *ready = prepare_.find(name);
    if (ready == nullptr)
      return std::nullopt;
    const PackResult result = facts_.decide(*ready, answers, situation);
    if (served == name && result.status != dmn::Status::determine)
      return std::nullopt;
    const feel::Value *found =
        membre(result.value, served == name ? "" : std::string_view(served).substr(name.size() + 1));
    return found == nullptr ? std::nullopt : std::optional(*found);
  }

  // The dossier, had the answer been given as the fact that answers: what a decision that reads the dossier sees.
  std::optional<dossier::Situation> situation_with(const Question &question, const ReponseLue &answer) const {
    if (question.sources.empty() || question.sources.front().chemin.starts_with("reponse_diagnostic."))
      return std::nullopt;
    const auto path = dossier::Chemin::parse(question.sources.front().chemin);
    if (!path)
      return std::nullopt;
    dossier::Situation imagined = lu_.situation;
    dossier::Fait fact;
    fact.chemin = question.sources.front().chemin;
    fact.type = path->type->nom;
    fact.cle = path->cle;
    fact.champ = path->champ;
    fact.dire.valeur = answer.valeur;
    fact.dire.effet.debut = answer.le;
    for (const auto &[code, ours] : question.sources.front().codes)
      if (answer.valeur.is(feel::Kind::text) && ours == answer.valeur.text())
        fact.dire.valeur = code;
    std::erase_if(imagined.faits, [&](const dossier::Fait &one) { return one.chemin == fact.chemin; });
    imagined.faits.push_back(std::move(fact));
    return imagined;
  }

  bool same_whatever(const Question &question, const std::string &served) {
    const auto held = before_.find(served); // no question that comes here has a fresh answer
    const auto &before =
        held == before_.end() ? before_.emplace(served, value(served, fresh_)).first->second : held->second;
    if (!before)
      return false;
    Reponses trial = fresh_;
    for (feel::Value &answer : possible(question)) {
      ReponseLue given;
      given.valeur = std::move(answer);
      given.le = lu_.situation.au;
      trial.set(question, std::move(given));
      const auto imagined = situation_with(question, *trial.find(question.id));
      const auto after = value(served, trial, imagined ? &*imagined : nullptr);
      if (!after || !feel::identical(*before, *after))
        return false;
    }
    return true;
  }

  const LecteurDiagnostic::Prepare &prepare_;
  const DossierLu &lu_;
  FaitsDiagnostic facts_;
  Reponses known_, fresh_{prepare_.trame};
  const std::vector<bool> &clairs_;
  feel::Value delays_;
  std::map<std::string, std::optional<feel::Value>> before_; // what is served, from the fresh answers alone
  Questions into_;
};

} // namespace

Questions LecteurDiagnostic::questions(const DossierLu &lu, const std::vector<bool> &clairs) const {
  return Tri(*prepare_, lu, clairs).run();
}

} // namespace spie::parcours
