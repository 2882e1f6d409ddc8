// donnees/trame.json → Trame.
#include "spie/parcours/trame.hpp"

#include "rules/json/reader.hpp"
#include "spie/dossier/contenu.hpp"

#include <algorithm>
#include <array>

namespace spie::parcours {

using json::Reader;

namespace {

constexpr std::array<std::string_view, 4> genres{"oui_non", "code", "codes", "texte"};

GenreQuestion genre_of(const Reader &from) {
  const std::string word = from.text("genre");
  const auto found = std::find(genres.begin(), genres.end(), word);
  if (found == genres.end())
    from.refuse("'" + word + "' is no kind of answer: oui_non, code, codes, texte", "/genre");
  return static_cast<GenreQuestion>(found - genres.begin());
}

FaitQuiRepond answering_fact(const Reader &from) {
  FaitQuiRepond fact{from.text("fait"), {}, from.text_if_any("autrement")};
  for (const auto &[code, answer] : from.entries("codes"))
    fact.codes.emplace_back(code, answer.as_text());
  return fact;
}

Question question(const Reader &from, const std::string &rubric) {
  Question read;
  read.id = from.text("id");
  read.texte = from.text("texte");
  read.rubrique = rubric;
  read.genre = genre_of(from);
  for (const Reader &one : from.items("valeurs"))
    read.valeurs.emplace_back(one.text("code"), one.text("dit")); // no label of the pack: each question says its own
  if (const bool coded = read.genre == GenreQuestion::code || read.genre == GenreQuestion::codes;
      coded == read.valeurs.empty())
    from.refuse(coded ? "the codes of the answer are missing" : "an answer of this kind has no codes", "/valeurs");
  read.frein = from.text_if_any("frein");
  read.fraicheur = from.text("fraicheur");
  read.sert = from.texts("sert");
  read.documents = from.texts("documents");
  if (const auto condition = from.find("si")) {
    read.si = condition->text("question");
    read.si_vaut = condition->texts("vaut");
  }
  for (const Reader &one : from.items("repondue_par"))
    read.sources.push_back(answering_fact(one));
  read.source = from.text("source");
  read.grille = !from.boolean("hors_grille");
  return read;
}

// Each question that it names is one of the questionnaire, and each answer one of the question's.
Reouverture reopening(const Reader &from, const Trame &trame) {
  Reouverture read{from.text("type"), from.texts("questions"), from.text("motif"), {}};
  if (dossier::find_type(read.type) == nullptr)
    from.refuse("there is no event type '" + read.type + "'", "/type");
  const auto known = [&](const Reader &at, const std::string &id, std::string_view under) -> const Question & {
    const Question *found = trame.find(id);
    if (found == nullptr)
      at.refuse("there is no question '" + id + "'", under);
    return *found;
  };
  for (const std::string &id : read.questions)
    known(from, id, "/questions");
  for (const Reader &one : from.items("propositions")) {
    Reouverture::Proposition proposed{one.text("question"), one.text("reponse"), {}};
    const Question &question = known(one, proposed.question, "/question");
    if (question.genre == GenreQuestion::oui_non && proposed.reponse != "oui" && proposed.reponse != "non")
      one.refuse("'" + proposed.reponse + "' is no answer to '" + question.id + "'", "/reponse");
    for (const auto &[path, value] : one.entries("si"))
      proposed.si.emplace_back(path, value.as_text());
    read.propositions.push_back(std::move(proposed));
  }
  return read;
}

} // namespace

std::string_view text(GenreQuestion genre) noexcept { return genres[static_cast<std::size_t>(genre)]; }

std::string Question::dit(std::string_view code) const {
  for (const auto &[one, label] : valeurs)
    if (one == code)
      return label;
  return std::string(code);
}

const Question *Trame::find(std::string_view id) const noexcept {
  for (const Rubrique &rubric : rubriques)
    for (const Question &question : rubric.questions)
      if (question.id == id)
        return &question;
  return nullptr;
}

Trame read_trame(const Pack &pack) {
  const feel::Value *data = pack.data("trame");
  if (data == nullptr)
    throw Error(
        {Code::pack_role, Level::error, "the pack '" + pack.id() + "' has no questionnaire", "donnees/trame.json", {}});
  const Reader from(*data, "donnees/trame.json#", {Code::pack_json});
  Trame trame{from.text("nom_trame"), from.text("version"), from.text("titre"), {}, {}, {}};
  for (const Reader &one : from.items("explorees")) {
    std::string form = one.text("forme");
    if (form.empty() || form.back() != '*')
      one.refuse("a form ends with '*'", "/forme");
    form.pop_back();
    trame.explorees.push_back({std::move(form), one.text("date")});
  }
  for (const Reader &one : from.items("rubriques")) {
    Rubrique rubric{one.text("id"), one.text("titre"), one.text("source"), {}};
    for (const Reader &asked : one.items("questions")) {
      Question read = question(asked, rubric.id);
      const auto same = [&](const Question &other) { return other.id == read.id; };
      if (trame.find(read.id) != nullptr || std::any_of(rubric.questions.begin(), rubric.questions.end(), same))
        asked.refuse("the question '" + read.id + "' is there already", "/id");
      rubric.questions.push_back(std::move(read));
    }
    trame.rubriques.push_back(std::move(rubric));
  }
  for (const Reader &one : from.items("reouvertures"))
    trame.reouvertures.push_back(reopening(one, trame));
  return trame;
}

} // namespace spie::parcours
