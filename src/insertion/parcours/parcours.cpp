#include "spie/parcours/parcours.hpp"

#include "insertion/droits/masque.hpp"
#include "insertion/parcours/choses.hpp"
#include "insertion/parcours/records.hpp"
#include "insertion/text_of.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace spie::parcours {

namespace {

using feel::Date;

constexpr std::array<std::string_view, 4> etats{"pas_entre", "en_cours", "en_pause", "sorti"};

std::vector<const dossier::Enonce *> of_type(const dossier::Enonces &said, std::string_view type, Date au) {
  std::vector<const dossier::Enonce *> list;
  if (const auto found = said.find(type); found != said.end())
    for (const dossier::Enonce &one : found->second)
      if (one.effet.debut <= au)
        list.push_back(&one);
  std::stable_sort(list.begin(), list.end(), [](const dossier::Enonce *a, const dossier::Enonce *b) {
    return a->effet.debut != b->effet.debut ? a->effet.debut < b->effet.debut : a->origine->seq < b->origine->seq;
  });
  return list;
}

// The days on which that was said, and its motive as far as it is shown.
std::vector<std::pair<Date, std::string>> days_of(const droits::ParolesClaires &shown, std::string_view type, Date au) {
  std::vector<std::pair<Date, std::string>> days;
  for (const dossier::Enonce *one : of_type(shown.enonces(), type, au))
    days.emplace_back(one->effet.debut, text_of(one->contenu(), "motif"));
  for (const dossier::Presence &one : shown.sans_mots())
    if (one.type == type && one.depuis <= au)
      days.emplace_back(one.depuis, std::string());
  std::ranges::stable_sort(days, {}, &std::pair<Date, std::string>::first);
  return days;
}

std::vector<Episode> episodes(const droits::ParolesClaires &shown, Date au) {
  const auto exits = days_of(shown, "sortie", au);
  std::vector<Episode> list;
  for (const auto &[day, unused] : days_of(shown, "entree", au)) {
    if (!list.empty() && (!list.back().sortie || day <= *list.back().sortie))
      continue;
    Episode one{day, {}, {}};
    for (const auto &[last, motive] : exits)
      if (day <= last) {
        one.sortie = last;
        one.motif = motive;
        break;
      }
    list.push_back(std::move(one));
  }
  return list;
}

// Each statement says some of it; what it leaves out stays as it was, but for its motive.
std::vector<Accompagnement> accompaniments(const dossier::Enonces &said, Date au) {
  std::vector<Accompagnement> list;
  for (const dossier::Enonce *one : of_type(said, "accompagnement", au)) {
    Accompagnement next = list.empty() ? Accompagnement{} : list.back();
    next.depuis = one->effet.debut;
    next.jusqu_au = one->effet.fin ? std::optional(Date{one->effet.fin->days - 1}) : std::nullopt;
    next.motif = text_of(one->contenu(), "motif");
    for (const auto &[field, kept] :
         {std::pair{"modalite", &next.modalite}, {"dispositif", &next.dispositif}, {"structure", &next.structure}})
      if (std::string given = text_of(one->contenu(), field); !given.empty())
        *kept = std::move(given);
    if (!list.empty() && list.back().depuis == next.depuis) {
      list.back() = std::move(next);
      continue;
    }
    if (!list.empty() && !list.back().jusqu_au)
      list.back().jusqu_au = Date{next.depuis.days - 1};
    list.push_back(std::move(next));
  }
  return list;
}

// The days of the steps of one thing, as far as that day.
std::optional<Date> day_of(const Chose &thing, std::string_view step, Date au) {
  for (const dossier::Enonce *one : thing.enonces)
    if (one->effet.debut <= au && text_of(one->contenu(), "etape") == step)
      return one->effet.debut;
  return std::nullopt;
}

std::optional<Date> planned(const Chose &thing, std::string_view field) {
  const feel::Value *value = thing.champs.find(field);
  return value != nullptr && value->is(feel::Kind::date) ? std::optional(value->date()) : std::nullopt;
}

template <class One, class By> void sort_by(std::vector<One> &list, By day) {
  std::stable_sort(list.begin(), list.end(), [&](const One &a, const One &b) { return a.*day < b.*day; });
}

std::optional<Date> end_of(const Pack &pack, Date job) {
  const std::string decision = pack.role("fin_suivi");
  if (decision.empty())
    return std::nullopt;
  const auto end = pack.evaluate(decision, feel::Context{{"emplois", feel::List{job}}}, job, {false, false, {}}).value;
  return end.is(feel::Kind::date) ? std::optional(end.date()) : std::nullopt;
}

std::vector<Suivi> follow_ups(const dossier::Enonces &said, const Pack &pack, Date au) {
  std::vector<Suivi> list;
  for (const Chose &job : choses(said, "emploi")) {
    const auto began = day_of(job, "trouve", au);
    if (!began)
      continue;
    Suivi one{*began, end_of(pack, *began), {}, false};
    if (const auto lost = day_of(job, "termine", au); lost && (!one.fin || *lost <= *one.fin))
      one.perdu = lost;
    one.en_cours = !one.perdu && one.fin && au <= *one.fin;
    list.push_back(one);
  }
  sort_by(list, &Suivi::emploi);
  return list;
}

} // namespace

std::string_view text(EtatParcours etat) noexcept { return etats[static_cast<std::size_t>(etat)]; }
EtatParcours read_etat_parcours(std::string_view text) noexcept {
  const auto found = std::find(etats.begin(), etats.end(), text);
  return found == etats.end() ? EtatParcours::pas_entre : static_cast<EtatParcours>(found - etats.begin());
}

Parcours parcours(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack, const droits::Droits &rights,
                  const dossier::Regles &rules, const droits::Demande &demand, const dossier::Sujet &person, Date au) {
  droits::Vue view = guichet.voir(demand, person, au); // refused, and noted, as any view
  Parcours path;
  path.personne = view.situation.sujet.to_string();
  path.au = au;
  path.role = view.role;
  path.retenues = std::move(view.retenues);
  const droits::Masque mask(journal, person, demand, rights, rules);
  const droits::ParolesClaires shown(mask, journal, person, au, {{}, demand.instant});
  const dossier::Enonces &said = shown.enonces();
  path.episodes = episodes(shown, au);
  path.accompagnements = accompaniments(said, au);
  for (const Chose &step : choses(said, "etape_parcours"))
    if (const auto opened = day_of(step, "ouverte", au))
      path.etapes.push_back({step.text("libelle"), step.text("module"), *opened, day_of(step, "close", au)});
  sort_by(path.etapes, &Etape::ouverte);
  for (const Chose &pause : choses(said, "pause"))
    if (const auto began = day_of(pause, "debut", au))
      path.pauses.push_back(
          {*began, day_of(pause, "reprise", au), planned(pause, "reprise_prevue"), pause.text("motif")});
  sort_by(path.pauses, &Pause::debut);
  std::set<std::pair<std::string, std::string>> leaders;
  if (!mask.pseudonyme())
    for (const dossier::Mandat &one : view.situation.mandats)
      if (!one.professionnel.empty()) {
        path.meneurs.push_back({one.role, one.professionnel, one.structure, one.source, one.depuis});
        leaders.emplace(one.role, one.professionnel);
      }
  sort_by(path.meneurs, &Meneur::depuis);
  for (auto one = leaders.begin(); one != leaders.end(); ++one)
    if (const auto next = std::next(one); next != leaders.end() && next->first == one->first &&
                                          (path.conflits.empty() || path.conflits.back() != one->first))
      path.conflits.push_back(one->first);
  path.suivis = follow_ups(said, pack, au);
  if (!path.episodes.empty()) {
    const bool paused =
        std::any_of(path.pauses.begin(), path.pauses.end(), [](const Pause &one) { return !one.reprise; });
    path.etat = path.episodes.back().sortie ? EtatParcours::sorti
                : paused                    ? EtatParcours::en_pause
                                            : EtatParcours::en_cours;
  }
  return path;
}

feel::Value to_value(const Parcours &parcours) {
  feel::Context value = record::to_context(parcours);
  value.set("retenues", droits::to_value(parcours.retenues));
  return value;
}

} // namespace spie::parcours
