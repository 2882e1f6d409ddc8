#include "spie/parcours/reseau.hpp"

#include "insertion/dossier/inconnu.hpp"
#include "insertion/droits/masque.hpp"
#include "insertion/parcours/choses.hpp"
#include "insertion/parcours/records_reseau.hpp"
#include "insertion/parcours/regle_du_pack.hpp"
#include "insertion/text_of.hpp"
#include "rules/json/reader.hpp"
#include "spie/droits/genres.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace spie::parcours {

namespace {

using dossier::Genre;
using dossier::Sujet;
using feel::Value;

std::optional<feel::Date> day_of(const feel::Context &from, std::string_view field) {
  const Value *value = from.find(field);
  if (value != nullptr && value->is(feel::Kind::date))
    return value->date();
  return value != nullptr && value->is(feel::Kind::text) ? feel::Date::parse(value->text()) : std::nullopt;
}

std::int64_t whole_of(const feel::Context &from, std::string_view field) {
  const Value *value = from.find(field);
  return value != nullptr && value->is(feel::Kind::number) ? value->number().to_int64().value_or(0) : 0;
}

std::vector<std::string> texts_of(const feel::Context &from, std::string_view field) {
  const Value *value = from.find(field);
  std::vector<std::string> list;
  if (value != nullptr && value->is(feel::Kind::list))
    for (const Value &one : value->list())
      if (one.is(feel::Kind::text))
        list.push_back(one.text());
  return list;
}

// What was said of one structure or professional, as it stood on a day: what comes later is left out, step by step.
class Membre {
public:
  Membre(dossier::Journal &journal, const Sujet &subject, feel::Date au, const dossier::Connaissance &known)
      : gathered_(journal, subject, known), said_(dossier::statements(gathered_)) {
    for (auto &[type, statements] : said_)
      std::erase_if(statements, [&](const dossier::Enonce &one) { return au < one.effet.debut; });
  }
  // Of a type without key: the last word.
  std::optional<Chose> one(std::string_view type) const {
    auto list = choses(said_, type);
    return list.empty() ? std::nullopt : std::optional(std::move(list.back()));
  }
  std::vector<Chose> all(std::string_view type) const { return choses(said_, type); }
  std::optional<feel::Date> gone() const {
    const auto said = one("depart");
    return said ? day_of(said->champs, "date") : std::nullopt;
  }
  std::string text(std::string_view type, std::string_view field) const {
    const auto said = one(type);
    return said ? said->text(field) : std::string();
  }

private:
  dossier::Recueil gathered_;
  dossier::Enonces said_;
};

bool over(std::optional<feel::Date> end, feel::Date au) { return end && *end < au; }

std::string name_of(const Membre &who, Genre genre) {
  if (genre == Genre::structure)
    return who.text("structure", "nom");
  const std::string first = who.text("professionnel", "prenom"), last = who.text("professionnel", "nom");
  return first.empty() || last.empty() ? first + last : first + " " + last;
}

std::vector<HabilitationTenue> habilitations_of(const Membre &who, feel::Date au) {
  std::vector<HabilitationTenue> list;
  for (const Chose &one : who.all("habilitation")) {
    const auto end = day_of(one.champs, "fin");
    list.push_back({one.cle, one.etape, one.depuis, end, one.etape == "accordee" && !over(end, au)});
  }
  return list;
}

std::vector<FormationPro> trainings_of(const Membre &who) {
  std::vector<FormationPro> list;
  for (const Chose &one : who.all("formation_pro"))
    list.push_back({one.cle, one.text("module"), one.etape, one.depuis, whole_of(one.champs, "heures")});
  return list;
}

bool trained(const Membre &who) {
  const auto list = trainings_of(who);
  return std::any_of(list.begin(), list.end(), [](const FormationPro &one) { return one.etape == "suivie"; });
}

template <class Visit> void each(dossier::Journal &journal, Genre genre, Visit &&visit) {
  constexpr std::size_t page = 1'000;
  std::string after;
  for (;;) {
    const auto subjects = journal.subjects(genre, after, page);
    for (const Sujet &subject : subjects)
      if (!journal.about(subject).empty())
        visit(subject);
    if (subjects.size() < page)
      return;
    after = subjects.back().id;
  }
}

// Those of a structure who are not gone on that day.
std::vector<std::pair<Sujet, bool>> professionals_of(dossier::Journal &journal, const Sujet &structure, feel::Date au,
                                                     const dossier::Connaissance &known) {
  std::vector<std::pair<Sujet, bool>> list;
  each(journal, Genre::professionnel, [&](const Sujet &subject) {
    const Membre who(journal, subject, au, known);
    if (who.text("professionnel", "structure") == structure.to_string() && !over(who.gone(), au))
      list.emplace_back(subject, trained(who));
  });
  return list;
}

bool label_in_force(const Membre &who, feel::Date au) {
  const auto said = who.one("label");
  return said && said->etape == "accorde" && !over(day_of(said->champs, "fin"), au);
}

LabelTenu label_of(const Pack &pack, const Chose &said, const std::vector<std::pair<Sujet, bool>> &professionals,
                   feel::Date au) {
  LabelTenu label{said.text("etape"),
                  said.depuis,
                  day_of(said.champs, "fin"),
                  false,
                  texts_of(said.champs, "criteres"),
                  said.text("suivi_plus_six_mois"),
                  {}};
  label.en_vigueur = label.etape == "accorde" && !over(label.fin, au);
  const Value *data = pack.data("reseau");
  if (data == nullptr)
    return label;
  const json::Reader from(*data, "donnees/reseau.json#", {Code::pack_json});
  feel::List asked;
  for (const json::Reader &one : from.items("criteres"))
    if (one.boolean("exige"))
      asked.emplace_back(one.text("code"));
  const Value *fulfilled = said.champs.find("criteres");
  const std::string follows = label.suivi_plus_six_mois;
  const auto count = std::ranges::count_if(professionals, [](const auto &one) { return one.second; });
  feel::Context facts{{"formes", professionals.empty() ? Value() : Value(static_cast<std::int64_t>(count))},
                      {"criteres", fulfilled == nullptr ? Value() : *fulfilled},
                      {"criteres_exiges", std::move(asked)},
                      {"suivi_plus_six_mois", follows == "oui"   ? Value(true)
                                              : follows == "non" ? Value(false)
                                                                 : Value()}};
  const Value told = regle_du_pack(pack, "conditions_label", {{"label_lu", std::move(facts)}}, au);
  for (const json::Reader &one : from.items("conditions")) {
    const std::string code = one.text("code");
    const Value state = membre_ou_nul(told, code);
    label.conditions.push_back({code, one.text("libelle"),
                                state.is_true()    ? "rempli"
                                : state.is_false() ? "non_rempli"
                                                   : "inconnu",
                                one.text("source")});
  }
  return label;
}

[[noreturn]] void refuse(std::string message, std::string place, std::string remedy) {
  throw Error({Code::path_request, Level::error, std::move(message), std::move(place), std::move(remedy)});
}

} // namespace

FicheReseau fiche_reseau(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                         const droits::Demande &demande, const Sujet &sujet, feel::Date au) {
  droits::check(demande, guichet.droits());
  if (sujet.genre != Genre::structure && sujet.genre != Genre::professionnel)
    refuse("'" + sujet.to_string() + "' is neither a structure nor a professional", "/sujet",
           "Name a structure or a professional.");
  if (sujet.genre == Genre::professionnel && demande.acteur.id != sujet.to_string())
    guichet.autoriser(demande, "consulter_reseau", {});
  const dossier::Connaissance known{{}, demande.instant};
  if (journal.about(sujet).empty())
    dossier::refuse_unknown(sujet);
  const Membre who(journal, sujet, au, known);
  FicheReseau made;
  made.sujet = sujet.to_string();
  made.nom = name_of(who, sujet.genre);
  made.au = au;
  made.depart = who.gone();
  made.depart_motif = who.text("depart", "motif");
  if (sujet.genre == Genre::professionnel) {
    made.structure = who.text("professionnel", "structure");
    made.fonction = who.text("fonction_spie", "code");
    made.habilitations = habilitations_of(who, au);
    made.formations = trainings_of(who);
    return made;
  }
  made.code_commune = who.text("structure", "code_commune");
  if (const auto ring = who.one("consortium")) {
    made.cercle = ring->text("cercle");
    made.cercle_depuis = ring->depuis;
  }
  const auto professionals = professionals_of(journal, sujet, au, known);
  for (const auto &[one, is_trained] : professionals)
    made.professionnels.push_back(one.to_string());
  if (const auto said = who.one("label"))
    made.label = label_of(pack, *said, professionals, au);
  return made;
}

ComptesReseau compter_reseau(dossier::Journal &journal, droits::Guichet &guichet, const droits::Demande &demande,
                             feel::Date du, feel::Date au) {
  if (au < du)
    refuse("the period ends before it begins", "/au", "Give its last day.");
  guichet.autoriser(demande, "consulter_reseau", {});
  const dossier::Connaissance known{{}, demande.instant};
  const auto then = [&](feel::Date day) { return du <= day && day <= au; };
  ComptesReseau counts;
  counts.du = du;
  counts.au = au;
  const auto left = [&](const Membre &who) {
    const auto day = who.gone();
    counts.departs += day && then(*day) ? 1 : 0;
    return over(day, au);
  };
  each(journal, Genre::structure, [&](const Sujet &subject) {
    const Membre who(journal, subject, au, known);
    if (const auto said = who.one("label"); said && said->etape == "accorde" && then(said->depuis))
      ++counts.labels_accordes;
    if (left(who))
      return;
    ++counts.structures;
    counts.labels += label_in_force(who, au) ? 1 : 0;
    if (const std::string ring = who.text("consortium", "cercle"); !ring.empty())
      ++counts.cercles[ring];
  });
  each(journal, Genre::professionnel, [&](const Sujet &subject) {
    const Membre who(journal, subject, au, known);
    bool followed = false;
    for (const FormationPro &one : trainings_of(who))
      if (one.etape == "suivie" && one.le && then(*one.le)) {
        followed = true;
        ++counts.formations_suivies;
        counts.heures += one.heures;
        if (!one.module.empty())
          ++counts.modules[one.module];
      }
    counts.professionnels_formes += followed ? 1 : 0;
    if (const std::string structure = who.text("professionnel", "structure"); followed && !structure.empty())
      ++counts.formes_par_structure[structure];
    if (left(who))
      return;
    ++counts.professionnels;
    for (const HabilitationTenue &one : habilitations_of(who, au))
      counts.habilitations += one.en_vigueur ? 1 : 0;
  });
  return counts;
}

namespace {

// The last job found on or before that day, and the day on which it was lost.
struct Emploi {
  feel::Date premier_jour;
  std::optional<feel::Date> perdu;
};
std::optional<Emploi> job_of(const dossier::Enonces &said, feel::Date au) {
  std::optional<Emploi> last;
  for (const Chose &one : choses(said, "emploi")) {
    std::optional<feel::Date> first, lost;
    for (const dossier::Enonce *step : one.enonces)
      if (step->effet.debut <= au)
        (text_of(step->contenu(), "etape") == "trouve" ? first : lost) = step->effet.debut;
    if (first && (!last || last->premier_jour < *first))
      last = Emploi{*first, lost};
  }
  return last;
}

// The namings of a structure for one role, in the order of their effects: when the last of them that was in force on
// the first day of work came to its end, since the same structure may hand over within itself.
struct Suite {
  bool suivait = false;
  std::optional<feel::Date> cloture;
};
Suite followed_by(const dossier::Enonces &said, const std::string &structure, feel::Date job, feel::Date au) {
  const auto found = said.find("referent");
  if (found == said.end())
    return {};
  std::map<std::string, std::vector<const dossier::Enonce *>> roles;
  for (const dossier::Enonce &one : found->second)
    if (one.effet.debut <= au)
      roles[text_of(one.contenu(), "role")].push_back(&one);
  Suite made;
  for (auto &[role, steps] : roles) {
    std::ranges::stable_sort(steps, {},
                             [](const dossier::Enonce *one) { return std::pair(one->effet.debut, one->origine->seq); });
    bool leads = false;
    std::optional<feel::Date> ended;
    for (const dossier::Enonce *one : steps) {
      const bool named = text_of(one->contenu(), "etape") == "nomme";
      const bool of_it = named && text_of(one->contenu(), "structure") == structure;
      if (job < one->effet.debut && !leads && ended != one->effet.debut)
        break; // what comes after the end is another naming
      if (of_it) {
        leads = true;
        ended.reset();
      } else if (leads) { // ended, or another structure took over
        leads = false;
        ended = one->effet.debut;
      }
    }
    if (leads || (ended && job < *ended)) {
      made.suivait = true;
      made.cloture = leads ? std::nullopt : ended;
    }
  }
  return made;
}

} // namespace

std::vector<SuiviLabel> suivis_label(droits::Guichet &guichet, const Pack &pack, const droits::Demande &demande,
                                     const Sujet &structure, feel::Date au) {
  if (structure.genre != Genre::structure)
    refuse("'" + structure.to_string() + "' is no structure", "/structure", "Name a structure.");
  if (pack.role("suivi_label").empty())
    regle_du_pack(pack, "suivi_label", {}, au);
  dossier::Journal &journal = guichet.journal();
  const dossier::Connaissance known{{}, demande.instant};
  const auto labelled = [&](feel::Date day) {
    return !journal.about(structure).empty() && label_in_force(Membre(journal, structure, day, known), day);
  };
  std::vector<SuiviLabel> list;
  guichet.parcourir(demande, "suivi_label", au, {}, [&](const droits::Guichet::Passage &one) {
    // By the table alone, and whole: whom past namings show is as much as whom they show now.
    constexpr std::array<std::string_view, 4> read{"emploi.etape", "referent.etape", "referent.role",
                                                   "referent.structure"};
    if (!std::ranges::all_of(read, [&](std::string_view path) {
          return droits::clair_toujours(guichet.droits(), one.role, demande.finalite, path);
        }))
      return false;
    const dossier::Recueil gathered(journal, one.situation.sujet, known);
    const dossier::Enonces said = dossier::statements(gathered);
    const auto job = job_of(said, au);
    if (!job)
      return false;
    const Suite follow = followed_by(said, structure.to_string(), job->premier_jour, au);
    if (!follow.suivait || !labelled(follow.cloture.value_or(au)))
      return false;
    const auto closed = follow.cloture;
    const Value told = regle_du_pack(
        pack, "suivi_label",
        {{"suivi_lu", feel::Context{{"emploi", job->premier_jour}, {"cloture", closed ? Value(*closed) : Value()}}}},
        au);
    const Value until = membre_ou_nul(told, "doit_depasser");
    if (!until.is(feel::Kind::date))
      return false;
    const bool lost = job->perdu && (!closed || *job->perdu <= *closed); // losing the job ends the suivi
    list.push_back({one.situation.sujet.to_string(), job->premier_jour, until.date(), closed,
                    membre_ou_nul(told, "manquement").is_true() && !lost});
    return true;
  });
  if (list.empty() && journal.about(structure).empty()) // asked last: the rights go before
    dossier::refuse_unknown(structure);
  return list;
}

Value to_value(const FicheReseau &fiche) { return record::to_context(fiche); }
Value to_value(const ComptesReseau &comptes) { return record::to_context(comptes); }
Value to_value(const std::vector<SuiviLabel> &suivis) { return record::to_list(suivis); }

} // namespace spie::parcours
