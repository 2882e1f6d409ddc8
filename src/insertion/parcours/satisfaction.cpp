#include "spie/parcours/satisfaction.hpp"

#include "insertion/dossier/chemin.hpp"
#include "insertion/droits/masque.hpp"
#include "insertion/parcours/choses.hpp"
#include "insertion/parcours/raisons.hpp"
#include "insertion/parcours/records_reseau.hpp"
#include "insertion/parcours/regle_du_pack.hpp"
#include "insertion/text_of.hpp"
#include "rules/json/reader.hpp"
#include "spie/suggestion.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace spie::parcours {

namespace {

using dossier::Sujet;
using feel::Value;

// "2022-T2".
std::string quarter_of(feel::Date day) {
  const feel::CivilDate civil = day.civil();
  return std::to_string(civil.year) + "-T" + std::to_string((civil.month - 1) / 3 + 1);
}
feel::Date first_day_of_quarter(feel::Date day) {
  const feel::CivilDate civil = day.civil();
  return *feel::Date::from_civil(civil.year, (civil.month - 1) / 3 * 3 + 1, 1);
}

[[noreturn]] void refuse_choice(std::string_view what, const std::string &name, const std::vector<std::string> &names,
                                std::string place) {
  throw Error({Code::path_request,
               Level::error,
               unknown(what, name, names),
               std::move(place),
               {},
               name,
               nearest_or_all(name, names)});
}

// The answers, each of a question that is put to this public.
feel::List checked(const QuestionnaireSatisfaction &form, const ReponseSatisfaction &given, const std::string &to) {
  std::vector<std::string> codes;
  for (const QuestionSatisfaction &one : form.questions)
    if (std::ranges::find(one.publics, to) != one.publics.end())
      codes.push_back(one.code);
  if (given.reponses.empty())
    throw Error({Code::path_request, Level::error, "nothing is answered", "/reponses", "Answer a question at least."});
  feel::List answers;
  for (const auto &[question, value] : given.reponses) {
    const std::string place = "/reponses/" + question;
    if (std::ranges::find(codes, question) == codes.end())
      refuse_choice("question", question, codes, place);
    const auto asked = std::ranges::find(form.questions, question, &QuestionSatisfaction::code);
    std::vector<std::string> values;
    for (const ValeurSatisfaction &one : asked->valeurs)
      values.push_back(one.code);
    if (std::ranges::find(values, value) == values.end())
      refuse_choice("answer", value, values, place);
    answers.push_back(feel::Context{{"question", question}, {"valeur", value}});
  }
  return answers;
}

// Whether somebody of that structure leads or accompanies her at the instant of asking, as far as who asks sees it:
// nobody finds out by trying one structure after another.
bool follows(dossier::Journal &journal, const droits::Guichet &desk, const droits::Demande &demand, const Sujet &person,
             const std::string &structure) {
  const droits::Masque mask(journal, person, demand, desk.droits(), desk.regles());
  if (mask.role().empty())
    return false;
  const droits::ParolesClaires clear(mask, journal, person, droits::jour_de(demand.instant), {{}, demand.instant});
  const dossier::Enonces &said = clear.enonces();
  const auto held = [&](std::string_view type, std::string_view step) {
    const auto all = choses(said, type);
    return std::ranges::any_of(
        all, [&](const Chose &one) { return one.etape == step && one.text("structure") == structure; });
  };
  return held("referent", "nomme") || held("membre", "commence");
}

bool large_enough(const Pack &pack, std::int64_t count, feel::Date au) {
  return regle_du_pack(pack, "case_gardee", {{"effectif", count}}, au).is_true();
}

// What was answered, question by question: how many, and the sum of the notes.
struct Somme {
  std::int64_t effectif = 0;
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> questions;
};

std::vector<MoyenneSatisfaction> means_of(const QuestionnaireSatisfaction &form, const Somme &sum) {
  std::vector<MoyenneSatisfaction> list;
  for (const QuestionSatisfaction &one : form.questions)
    if (const auto found = sum.questions.find(one.code); found != sum.questions.end()) {
      const auto [count, notes] = found->second;
      // To one decimal, half up: notes are positive.
      const std::int64_t tenths = (20 * notes + count) / (2 * count);
      list.push_back({one.code, one.texte, count,
                      feel::Number::parse(std::to_string(tenths / 10) + "." + std::to_string(tenths % 10)).value()});
    }
  return list;
}

} // namespace

QuestionnaireSatisfaction questionnaire_satisfaction(const Pack &pack) {
  const Value *data = pack.data("satisfaction");
  if (data == nullptr)
    throw Error({Code::pack_role,
                 Level::error,
                 "the pack '" + pack.id() + "' has no questionnaire of satisfaction",
                 "donnees/satisfaction.json",
                 {}});
  const json::Reader from(*data, "donnees/satisfaction.json#", {Code::pack_json});
  QuestionnaireSatisfaction form{from.text("id"), from.text("titre"), from.text_or_empty("source"), {}};
  for (const json::Reader &one : from.items("questions")) {
    QuestionSatisfaction question{one.text("code"), one.text("texte"), one.texts("publics"), {}};
    for (const std::string &to : question.publics)
      if (to != "personne" && to != "referent")
        one.refuse("'" + to + "' is no public", "/publics");
    for (const json::Reader &value : one.items("valeurs")) {
      const auto note = value.whole("note");
      if (!note || *note < 0)
        value.refuse("a note is a whole number", "/note");
      question.valeurs.push_back({value.text("code"), value.text("libelle"), *note});
    }
    form.questions.push_back(std::move(question));
  }
  return form;
}

ReponseSatisfaction read_reponse_satisfaction(const Value &value) {
  const json::Reader from(value, "", {Code::path_request});
  from.keys({"personne", "structure", "reponses"});
  ReponseSatisfaction given;
  const auto subject = [&](std::string_view key, dossier::Genre genre) {
    const auto read = Sujet::parse(from.text(key));
    if (!read || read->genre != genre)
      from.refuse("this names no " + std::string(dossier::text(genre)), "/" + std::string(key));
    return *read;
  };
  given.personne = subject("personne", dossier::Genre::personne);
  given.structure = subject("structure", dossier::Genre::structure);
  for (const auto &[question, answer] : from.entries("reponses"))
    given.reponses.emplace_back(question, answer.as_text());
  return given;
}

std::string repondre_satisfaction(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                                  const droits::Demande &demande, const ReponseSatisfaction &reponse) {
  const QuestionnaireSatisfaction form = questionnaire_satisfaction(pack);
  const std::string role = guichet.autoriser(demande, "evaluer", {{reponse.personne, {}}});
  feel::List answers = checked(form, reponse, role);
  dossier::Lot batch(journal);
  const Sujet person = dossier::holder(journal, reponse.personne);
  droits::Demande as = demande;
  as.role = role;
  if (!follows(journal, guichet, as, person, reponse.structure.to_string()))
    refuser(Raison::structure_sans_suivi, "/structure", {reponse.structure.to_string()});
  const feel::Date today = droits::jour_de(demande.instant);
  dossier::Evenement event;
  event.sujets = {reponse.structure};
  event.type = "satisfaction";
  event.version = dossier::find_type(event.type)->version;
  event.effet.debut = first_day_of_quarter(today);
  event.source.nom = "saisie";
  event.auteur = "questionnaire"; // nobody: neither she nor who answers stands in it
  event.contenu = {{"id", journal.draw_id()},
                   {"trimestre", quarter_of(today)},
                   {"public", role},
                   {"questionnaire", form.id},
                   {"reponses", std::move(answers)}};
  std::vector<dossier::Evenement> events{std::move(event)};
  journal.append(events, demande.instant);
  batch.commit();
  return quarter_of(today);
}

Satisfaction satisfaction(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                          const droits::Demande &demande, feel::Date au) {
  const QuestionnaireSatisfaction form = questionnaire_satisfaction(pack);
  guichet.autoriser(demande, "lire_satisfaction", {});
  // A quarter that is not over, on that day and now, is not told: the next answer would show as the difference.
  const feel::Date limit = first_day_of_quarter(std::min(au, droits::jour_de(demande.instant)));
  std::map<std::string, std::map<std::string, std::int64_t>> notes;
  for (const QuestionSatisfaction &one : form.questions)
    for (const ValeurSatisfaction &value : one.valeurs)
      notes[one.code][value.code] = value.note;

  std::map<std::tuple<std::string, std::string, std::string>, Somme> cells;
  constexpr std::size_t page = 1'000;
  std::string after;
  for (;;) {
    const auto subjects = journal.subjects(dossier::Genre::structure, after, page);
    for (const Sujet &structure : subjects) {
      const dossier::Recueil gathered(journal, structure, {{}, demande.instant});
      const dossier::Enonces said = dossier::statements(gathered);
      for (const Chose &one : choses(said, "satisfaction")) {
        if (one.depuis >= limit || one.text("questionnaire") != form.id)
          continue;
        Somme &sum = cells[{structure.to_string(), one.text("trimestre"), one.text("public")}];
        ++sum.effectif;
        if (const Value *answers = one.champs.find("reponses"); answers != nullptr && answers->is(feel::Kind::list))
          for (const Value &answer : answers->list())
            if (const auto question = notes.find(text_of(answer, "question")); question != notes.end())
              if (const auto note = question->second.find(text_of(answer, "valeur")); note != question->second.end()) {
                auto &[count, total] = sum.questions[question->first];
                ++count;
                total += note->second;
              }
      }
    }
    if (subjects.size() < page)
      break;
    after = subjects.back().id;
  }

  Satisfaction told{au, {}, {}};
  std::map<std::string, Somme> together;
  for (auto &[key, sum] : cells) {
    if (!large_enough(pack, sum.effectif, au))
      continue;
    std::erase_if(sum.questions, [&](const auto &one) { return !large_enough(pack, one.second.first, au); });
    const auto &[structure, quarter, to] = key;
    told.cases.push_back({structure, quarter, to, sum.effectif, means_of(form, sum)});
    Somme &all = together[to];
    all.effectif += sum.effectif;
    for (const auto &[question, counted] : sum.questions) {
      all.questions[question].first += counted.first;
      all.questions[question].second += counted.second;
    }
  }
  for (const auto &[to, sum] : together)
    told.ensemble.push_back({{}, {}, to, sum.effectif, means_of(form, sum)});
  return told;
}

Value to_value(const QuestionnaireSatisfaction &questionnaire) { return record::to_context(questionnaire); }
Value to_value(const Satisfaction &satisfaction) { return record::to_context(satisfaction); }

} // namespace spie::parcours
