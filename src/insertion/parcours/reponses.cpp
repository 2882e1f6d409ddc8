// What the facts of a dossier answer to the questions of a trame: the newest, whatever its source.
#include "spie/parcours/trame.hpp"

#include "insertion/dossier/chemin.hpp"

#include <algorithm>

namespace spie::parcours {

namespace {

using dossier::Dire;
using dossier::Fait;
using feel::Kind;

// One '*' stands for anything that has no slash.
bool matches(std::string_view form, std::string_view text) {
  const std::size_t star = form.find('*');
  if (star == std::string_view::npos)
    return form == text;
  const std::string_view before = form.substr(0, star), after = form.substr(star + 1);
  return text.size() >= form.size() - 1 && text.starts_with(before) && text.ends_with(after) &&
         text.substr(star, text.size() - before.size() - after.size()).find('/') == std::string_view::npos;
}

bool unsaid(std::string_view word) { return word == "non_aborde"; }

std::optional<EtatReponse> state_of(std::string_view word) {
  if (word == "refuse")
    return EtatReponse::refusee;
  if (word == "ne_sait_pas")
    return EtatReponse::ne_sait_pas;
  return std::nullopt;
}

struct Lu {
  EtatReponse etat = EtatReponse::dite;
  std::vector<std::string> codes; // or one text
  bool explicite = true;
};

std::vector<std::string> texts_of(const feel::Value &value) {
  std::vector<std::string> texts;
  if (value.is(Kind::list)) {
    for (const feel::Value &one : value.list())
      if (one.is(Kind::text))
        texts.push_back(one.text());
  } else if (!value.is_null()) {
    texts.push_back(value.to_string());
  }
  return texts;
}

// What the source says, as an answer of ours; nullopt when it says nothing of it.
std::optional<Lu> translated(const Question &question, const FaitQuiRepond &fact, const feel::Value &value) {
  const std::vector<std::string> said = texts_of(value);
  if (said.empty())
    return std::nullopt;
  if (!value.is(Kind::list)) {
    if (unsaid(said.front()))
      return std::nullopt;
    if (const auto state = state_of(said.front()))
      return Lu{*state, {}, true};
  }
  if (fact.codes.empty())
    return Lu{EtatReponse::dite, said, true};
  for (const auto &[code, answer] : fact.codes)
    if (std::find(said.begin(), said.end(), code) != said.end())
      return unsaid(answer) ? std::nullopt : std::optional(Lu{EtatReponse::dite, {answer}, true});
  if (!fact.autrement.empty() && value.is(Kind::list))
    return Lu{EtatReponse::dite, {fact.autrement}, false};
  (void)question;
  return std::nullopt;
}

std::string shown(const Question &question, const std::string &code) {
  if (question.genre == GenreQuestion::oui_non)
    return code;
  return question.dit(code);
}

ReponseLue answer_of(const Question &question, Lu read, const Dire &said, std::string chemin, feel::Date on) {
  ReponseLue answer;
  answer.etat = read.etat;
  answer.le = on;
  answer.source = said.source;
  answer.auteur = said.auteur;
  answer.evenement = said.evenement;
  answer.chemin = std::move(chemin);
  answer.explicite = read.explicite;
  if (read.etat != EtatReponse::dite) {
    answer.affichee = read.etat == EtatReponse::refusee ? "ne souhaite pas répondre" : "ne sait pas";
    return answer;
  }
  for (const std::string &code : read.codes)
    answer.affichee += (answer.affichee.empty() ? "" : ", ") + shown(question, code);
  if (question.genre == GenreQuestion::codes)
    answer.valeur = feel::List(read.codes.begin(), read.codes.end());
  else
    answer.valeur = question.genre == GenreQuestion::texte ? answer.affichee : read.codes.front();
  return answer;
}

class Lecture {
public:
  Lecture(const Trame &trame, const dossier::Situation &situation)
      : trame_(trame), situation_(situation), read_(trame) {}

  Reponses run() {
    explored();
    std::map<std::string_view, std::vector<std::pair<const Question *, const FaitQuiRepond *>>> exact;
    std::vector<std::pair<const Question *, const FaitQuiRepond *>> forms;
    trame_.each([&](const Question &question) {
      for (const FaitQuiRepond &fact : question.sources)
        if (fact.chemin.find('*') == std::string::npos)
          exact[fact.chemin].emplace_back(&question, &fact);
        else
          forms.emplace_back(&question, &fact);
    });
    for (const Fait &fact : situation_.faits) {
      if (const auto found = exact.find(fact.chemin); found != exact.end())
        for (const auto &[question, source] : found->second)
          take(*question, *source, fact);
      if (fact.type == "reponse_diagnostic") {
        own(fact);
        for (const auto &[question, source] : forms)
          if (matches(source->chemin, fact.chemin))
            take(*question, *source, fact);
      }
    }
    return std::move(read_);
  }

private:
  void explored() {
    for (const Exploration &one : trame_.explorees)
      if (const Fait *fact = situation_.find(one.chemin); fact != nullptr && fact->dire.valeur.is(Kind::text))
        if (const auto day = feel::Date::parse(fact->dire.valeur.text()); day && *day <= situation_.au)
          explored_.emplace_back(&one, *day);
  }

  // An answer that was given to the question itself, here.
  void own(const Fait &fact) {
    const Question *question = trame_.find(fact.cle);
    if (question == nullptr)
      return;
    const bool answered = fact.champ == "reponse";
    if (!answered && fact.champ != (question->genre == GenreQuestion::texte ? "texte" : "valeurs"))
      return;
    if (answered && question->genre != GenreQuestion::oui_non && fact.dire.valeur.is(Kind::text) &&
        !state_of(fact.dire.valeur.text()))
      return; // said by its codes or its text
    static const FaitQuiRepond itself;
    take(*question, itself, fact);
  }

  void take(const Question &question, const FaitQuiRepond &source, const Fait &fact) {
    consider(question, source, fact, fact.dire);
    for (const Dire &other : fact.autres)
      consider(question, source, fact, other);
  }

  void consider(const Question &question, const FaitQuiRepond &source, const Fait &fact, const Dire &said) {
    auto read = translated(question, source, said.valeur);
    if (!read || !allowed(question, *read))
      return;
    feel::Date on = said.effet.debut;
    for (const auto &[form, day] : explored_)
      if (fact.type == "reponse_diagnostic" && fact.cle.starts_with(form->debut))
        on = day;
    const ReponseLue *held = read_.find(question.id);
    if (held != nullptr && (held->le != on ? held->le > on : held->explicite || !read->explicite))
      return;
    read_.set(question, answer_of(question, std::move(*read), said, fact.chemin, on));
  }

  // A code of another list is no answer.
  static bool allowed(const Question &question, const Lu &read) {
    if (read.etat != EtatReponse::dite || question.genre == GenreQuestion::texte)
      return true;
    const auto known = [&](const std::string &code) {
      if (question.genre == GenreQuestion::oui_non)
        return code == "oui" || code == "non";
      return std::any_of(question.valeurs.begin(), question.valeurs.end(),
                         [&](const auto &one) { return one.first == code; });
    };
    return !read.codes.empty() && std::all_of(read.codes.begin(), read.codes.end(), known);
  }

  const Trame &trame_;
  const dossier::Situation &situation_;
  std::vector<std::pair<const Exploration *, feel::Date>> explored_;
  Reponses read_;
};

} // namespace

const ReponseLue *Reponses::find(std::string_view question) const noexcept {
  const auto found = lues_.find(question);
  return found == lues_.end() ? nullptr : &found->second;
}

void Reponses::set(const Question &question, ReponseLue lue) { lues_.insert_or_assign(question.id, std::move(lue)); }

void Reponses::forget(std::string_view question) {
  if (const auto found = lues_.find(question); found != lues_.end())
    lues_.erase(found);
}

feel::Context Reponses::faits() const {
  std::vector<feel::Context::Entry> entries;
  for (const auto &[id, answer] : lues_)
    if (!answer.valeur.is_null())
      if (const Question *question = trame_->find(id); question != nullptr && question->grille)
        entries.emplace_back(id, answer.valeur);
  return feel::Context::of_distinct(std::move(entries));
}

Reponses read_reponses(const Trame &trame, const dossier::Situation &recente) { return Lecture(trame, recente).run(); }

} // namespace spie::parcours
