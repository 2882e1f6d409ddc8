// Each rule of the law is judged alone, and answers that it is broken, that it is kept, or that what is not known could
// break it. A precedent counts for sure when all that the rule reads of it is known; it may count when nothing known
// excludes it.
#include "spie/parcours/immersion.hpp"

#include "insertion/parcours/immersion_loi.hpp"
#include "insertion/parcours/periodes.hpp"
#include "insertion/parcours/records.hpp"
#include "rules/pack/french.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace spie::parcours {

namespace {

using Convention = ConventionImmersion;
using pack::french_date;

enum class Etat : std::uint8_t { non, oui, inconnu };

template <class T> Etat same(const std::optional<T> &a, const std::optional<T> &b) {
  return !a || !b ? Etat::inconnu : *a == *b ? Etat::oui : Etat::non;
}
Etat same_goals(const Convention &a, const Convention &b) {
  if (a.objectifs.empty() || b.objectifs.empty())
    return Etat::inconnu;
  return a.objectifs == b.objectifs ? Etat::oui : Etat::non;
}

class Examen {
public:
  Examen(const Pack &pack, const DemandeImmersion &asked, feel::Date at)
      : law_(pack), bounds_(bornes_immersion(pack, asked.convention.debut.value_or(at))), planned_(asked.convention),
        before_(asked.precedentes) {
    if (planned_.debut)
      first_window_ = premier_jour_atteignant(*planned_.debut, bounds_.fenetre_mois);
  }

  ExamenImmersion judge() {
    duree();
    renouvellement();
    if (!planned_.renouvelle) {
      nombre();
      objets();
    }
    total_jours();
    objet();
    prescripteur();
    usage();
    mentions();
    if (!result_.motifs.empty()) {
      result_.verdict = VerdictImmersion::non_conforme;
      missing_.clear(); // nothing unknown changes it any more
    } else if (!missing_.empty()) {
      result_.verdict = VerdictImmersion::indetermine;
    }
    result_.manquants.assign(missing_.begin(), missing_.end());
    return std::move(result_);
  }

private:
  using Mots = std::vector<std::pair<std::string_view, std::string>>;

  void motif(std::string_view rule, const Mots &words) {
    const auto found = law_.motifs.find(rule);
    if (found == law_.motifs.end())
      throw Error({Code::pack_role,
                   Level::error,
                   "the pack has no sentence for the rule '" + std::string(rule) + "'",
                   "donnees/immersion.json#/motifs",
                   {}});
    std::string text = found->second.texte;
    for (const auto &[name, word] : words) {
      const std::string hole = "{" + std::string(name) + "}";
      for (std::size_t at = text.find(hole); at != std::string::npos; at = text.find(hole, at + word.size()))
        text.replace(at, hole.size(), word);
    }
    result_.motifs.push_back({std::string(rule), found->second.article, std::move(text)});
  }

  std::string path_of(const Convention &one, std::string_view field) const {
    const std::string holder = &one == &planned_ ? std::string("convention")
                                                 : "precedentes[" + std::to_string(&one - before_.data() + 1) + "]";
    return holder + "." + std::string(field);
  }
  void misses(const Convention &one, std::string_view field) { missing_.insert(path_of(one, field)); }
  template <class T> void misses(const Convention &one, std::string_view field, const std::optional<T> &value) {
    if (!value)
      misses(one, field);
  }

  // --- the hosts in which the planned one may be ---

  static std::optional<Periode> days_of(const Convention &one) {
    return one.debut && one.fin ? std::optional(Periode{*one.debut, *one.fin}) : std::nullopt;
  }
  // The days that are taken for sure in a host: nothing else stands on them.
  std::vector<Periode> taken(const std::optional<std::string> &host, bool with_planned) const {
    std::vector<Periode> days;
    const auto keep = [&](const Convention &one) {
      if (const auto period = days_of(one))
        days.push_back(*period);
    };
    if (host)
      for (const Convention &one : before_)
        if (one.structure == host)
          keep(one);
    if (with_planned)
      keep(planned_);
    std::ranges::sort(days, {}, &Periode::debut);
    return days;
  }

  // A host that the planned one may have, and who stands in it beside it.
  struct Hote {
    std::vector<Periode> pris;
    std::vector<const Convention *> avec; // for sure or perhaps
    bool certain = false;                 // the host is known
  };
  const std::vector<Hote> &hosts() {
    if (!hosts_.empty())
      return hosts_;
    std::set<std::optional<std::string>> names;
    if (planned_.structure) {
      names.insert(planned_.structure);
    } else {
      names.insert(std::nullopt); // one that no precedent names
      for (const Convention &one : before_)
        names.insert(one.structure);
    }
    const auto planned_days = days_of(planned_);
    const auto overlaps = [](const std::optional<Periode> &days, const std::vector<Periode> &others) {
      return days && std::ranges::any_of(others, [&](const Periode &other) { return days->croise(other); });
    };
    for (const auto &name : names) {
      if (!planned_.structure && overlaps(planned_days, taken(name, false)))
        continue; // two periods of one host do not overlap: it is elsewhere
      Hote host{taken(name, true), {}, planned_.structure.has_value()};
      for (const Convention &one : before_)
        if ((name && one.structure == name) || (!one.structure && !overlaps(days_of(one), host.pris)))
          host.avec.push_back(&one);
      hosts_.push_back(std::move(host));
    }
    return hosts_;
  }
  bool surely_beside(const Convention &one) const { return planned_.structure && one.structure == planned_.structure; }

  // --- the rules ---

  void duree() {
    if (!planned_.debut || !planned_.fin) {
      misses(planned_, "debut", planned_.debut);
      misses(planned_, "fin", planned_.fin);
      return;
    }
    const feel::Date last = dernier_jour(*planned_.debut, bounds_.duree_mois);
    if (*planned_.fin > last)
      motif("duree", {{"fin", french_date(*planned_.fin)}, {"dernier_jour", french_date(last)}});
  }

  void renouvellement() {
    if (!planned_.renouvelle)
      return;
    const std::string &base_id = *planned_.renouvelle;
    const auto found = std::ranges::find(before_, base_id, &Convention::id);
    const Convention *base = found == before_.end() ? nullptr : &*found;
    std::vector<std::string> why;
    if (renewals_with(base_id) > bounds_.renouvellements)
      why.emplace_back(base != nullptr && base->renouvelle
                           ? "elle renouvelle une convention qui en renouvelait déjà une"
                           : "la convention a déjà été renouvelée");
    if (base != nullptr) {
      const auto changed = [&](Etat state, std::string_view field, bool known_there, bool known_here,
                               const char *text) {
        if (state == Etat::non)
          why.emplace_back(text);
        if (state != Etat::inconnu)
          return;
        if (!known_there)
          renewal_missing_.insert(path_of(*base, field));
        if (!known_here)
          renewal_missing_.insert(path_of(planned_, field));
      };
      changed(same(base->structure, planned_.structure), "structure", base->structure.has_value(),
              planned_.structure.has_value(), "la structure d'accueil n'est pas la même");
      changed(same(base->objet, planned_.objet), "objet", base->objet.has_value(), planned_.objet.has_value(),
              "l'objet n'est pas le même");
      changed(same_goals(*base, planned_), "objectifs", !base->objectifs.empty(), !planned_.objectifs.empty(),
              "les objectifs ne sont pas les mêmes");
      if (base->objectifs_atteints)
        why.emplace_back("les objectifs ont été atteints");
    }
    if (!why.empty()) {
      std::string all;
      for (const std::string &one : why)
        all += (all.empty() ? "" : " ; ") + one;
      motif("renouvellement", {{"pourquoi", all}});
    } else if (base == nullptr) {
      missing_.insert("precedentes");
    } else {
      missing_.insert(renewal_missing_.begin(), renewal_missing_.end());
    }
  }

  // How many renewals the first convention of this chain has, the planned one among them.
  std::int64_t renewals_with(const std::string &base_id) const {
    std::set<std::string> chain{base_id};
    std::string root = base_id;
    for (bool up = true; up;) {
      const auto found = std::ranges::find(before_, root, &Convention::id);
      up = found != before_.end() && found->renouvelle && chain.insert(*found->renouvelle).second;
      if (up)
        root = *found->renouvelle;
    }
    std::set<std::string> whole{root};
    std::int64_t renewals = 1; // the planned one
    for (bool grows = true; grows;) {
      grows = false;
      for (const Convention &one : before_)
        if (one.renouvelle && whole.contains(*one.renouvelle) && whole.insert(one.id).second) {
          ++renewals;
          grows = true;
        }
    }
    return renewals;
  }

  // Whether the first day of a convention may stand in the window that begins on a day.
  bool may_begin_in(const Convention &one, feel::Date from) const {
    if (one.debut)
      return Periode{from, dernier_jour(from, bounds_.fenetre_mois)}.contient(*one.debut);
    return !one.fin || *one.fin >= from;
  }
  // The windows that matter begin with somebody's first day, or as early as they may.
  std::vector<feel::Date> window_starts() const {
    std::vector<feel::Date> starts;
    if (planned_.debut)
      starts = {*planned_.debut, first_window_};
    for (const Convention &one : before_)
      if (one.debut && (!planned_.debut || (*one.debut >= first_window_ && *one.debut <= *planned_.debut)))
        starts.push_back(*one.debut);
    if (starts.empty())
      starts.push_back(feel::Date{});
    return starts;
  }

  void nombre() {
    std::int64_t sure = 0, most = 0;
    std::set<std::string> unknown;
    for (const Hote &host : hosts())
      for (const feel::Date from : window_starts()) {
        if (!may_begin_in(planned_, from))
          continue;
        std::int64_t certain = planned_.debut ? 1 : 0, possible = 1;
        std::set<std::string> fields;
        for (const Convention *one : host.avec) {
          if (one->renouvelle || !may_begin_in(*one, from))
            continue;
          ++possible;
          if (surely_beside(*one) && one->debut)
            ++certain;
          if (!one->structure)
            fields.insert(path_of(*one, "structure"));
          if (!one->debut)
            fields.insert(path_of(*one, "debut"));
        }
        sure = std::max(sure, planned_.debut ? certain : 0);
        if (possible > bounds_.conventions)
          unknown.merge(fields);
        most = std::max(most, possible);
      }
    if (sure > bounds_.conventions) {
      motif("nombre", {{"nombre", std::to_string(sure)},
                       {"maximum", std::to_string(bounds_.conventions)},
                       {"mois", std::to_string(bounds_.fenetre_mois)}});
    } else if (most > bounds_.conventions) {
      missing_.merge(unknown);
      misses(planned_, "structure", planned_.structure);
      misses(planned_, "debut", planned_.debut);
    }
  }

  // Whether a window holds the first days of both.
  Etat near(const Convention &one) const {
    if (one.debut && planned_.debut) {
      const auto [first, last] = std::minmax(*one.debut, *planned_.debut);
      return last <= dernier_jour(first, bounds_.fenetre_mois) ? Etat::oui : Etat::non;
    }
    if (planned_.debut) // its first day comes no later than its last
      return one.fin && *one.fin < first_window_ ? Etat::non : Etat::inconnu;
    if (one.debut)
      return planned_.fin && dernier_jour(*planned_.fin, bounds_.fenetre_mois) < *one.debut ? Etat::non : Etat::inconnu;
    return Etat::inconnu;
  }

  void objets() {
    std::set<std::string> unknown;
    std::set<const Convention *> seen;
    for (const Hote &host : hosts())
      for (const Convention *one : host.avec) {
        if (one->renouvelle || !seen.insert(one).second)
          continue;
        const std::array states{surely_beside(*one) ? Etat::oui : Etat::inconnu, near(*one),
                                same(one->objet, planned_.objet), same_goals(*one, planned_)};
        if (std::ranges::find(states, Etat::non) != states.end())
          continue;
        if (std::ranges::find(states, Etat::inconnu) == states.end())
          return motif("objets", {{"debut", french_date(*one->debut)}, {"mois", std::to_string(bounds_.fenetre_mois)}});
        for (const Convention *each : {one, &planned_}) {
          const auto add = [&](bool known, std::string_view field) {
            if (!known)
              unknown.insert(path_of(*each, field));
          };
          add(each->structure.has_value(), "structure");
          add(each->debut.has_value(), "debut");
          add(each->objet.has_value(), "objet");
          add(!each->objectifs.empty(), "objectifs");
        }
      }
    missing_.merge(unknown);
  }

  // The days of a convention that stand in a window, for sure and at most.
  struct Jours {
    std::int64_t surs = 0, possibles = 0;
  };
  static Jours days_in(const Convention &one, const Periode &window, const std::vector<Periode> &taken) {
    if (one.debut && one.fin) {
      const std::int64_t days = jours_communs(window, {*one.debut, *one.fin});
      return {days, days};
    }
    // An end that is not known stands before whatever comes next in that host.
    if (one.debut) {
      feel::Date last = window.fin;
      for (const Periode &other : taken)
        if (other.debut > *one.debut && other.debut.days - 1 < last.days)
          last.days = other.debut.days - 1;
      return {window.contient(*one.debut) ? 1 : 0, jours_communs(window, {*one.debut, std::max(last, *one.debut)})};
    }
    if (one.fin) {
      feel::Date first = window.debut;
      for (const Periode &other : taken)
        if (other.fin < *one.fin && other.fin.days + 1 > first.days)
          first.days = other.fin.days + 1;
      return {window.contient(*one.fin) ? 1 : 0, jours_communs(window, {std::min(first, *one.fin), *one.fin})};
    }
    std::int64_t widest = 0;
    feel::Date free = window.debut;
    for (const Periode &other : taken) {
      widest = std::max(widest, std::min(other.debut.days - 1, window.fin.days) - free.days + 1);
      free.days = std::max(free.days, other.fin.days + 1);
    }
    return {0, std::max(widest, window.fin.days - free.days + 1)};
  }

  void total_jours() {
    if (!planned_.debut && !planned_.fin)
      return; // told by the length already; nothing is sure
    const feel::Date any = planned_.debut ? *planned_.debut : *planned_.fin;
    const Periode days{any, planned_.debut && planned_.fin ? *planned_.fin : any};
    if (days.jours() > bounds_.jours)
      return motif_total(days.jours());
    std::int64_t sure = 0, most = 0;
    std::set<std::string> unknown;
    for (const Hote &host : hosts()) {
      const feel::Date first = premier_jour_atteignant(days.debut, bounds_.fenetre_mois);
      for (feel::Date from = first; from <= days.fin; ++from.days) {
        const Periode window{from, dernier_jour(from, bounds_.fenetre_mois)};
        const Jours own = days_in(planned_, window, host.pris);
        std::int64_t certain = own.surs, possible = own.possibles;
        std::set<std::string> fields;
        for (const Convention *one : host.avec) {
          const Jours its = days_in(*one, window, host.pris);
          possible += its.possibles;
          if (surely_beside(*one))
            certain += its.surs;
          if (its.possibles > 0)
            for (const auto &[known, field] : {std::pair{one->structure.has_value(), "structure"},
                                               {one->debut.has_value(), "debut"},
                                               {one->fin.has_value(), "fin"}})
              if (!known)
                fields.insert(path_of(*one, field));
        }
        sure = std::max(sure, certain);
        most = std::max(most, possible);
        if (possible > bounds_.jours)
          unknown.merge(fields);
      }
    }
    if (sure > bounds_.jours)
      return motif_total(sure);
    if (most > bounds_.jours) {
      missing_.merge(unknown);
      misses(planned_, "structure", planned_.structure);
    }
  }
  void motif_total(std::int64_t days) {
    motif("total_jours", {{"jours", std::to_string(days)},
                          {"maximum", std::to_string(bounds_.jours)},
                          {"mois", std::to_string(bounds_.fenetre_mois)}});
  }

  void objet() {
    if (!planned_.objet || law_.objets.contains(*planned_.objet))
      return;
    std::vector<std::string> labels;
    for (const auto &[code, label] : law_.objets)
      labels.push_back(code);
    motif("objet", {{"objet", shortened(*planned_.objet)}, {"permis", listed(labels)}});
  }

  void prescripteur() {
    if (!planned_.prescripteur)
      return;
    const Prescripteur *one = law_.prescripteur(*planned_.prescripteur);
    const bool by = planned_.delegation.has_value();
    const Prescripteur *delegating = by ? law_.prescripteur(*planned_.delegation) : nullptr;
    const bool refused =
        one == nullptr || (one->sur_delegation && by &&
                           (planned_.delegation->empty() || (delegating != nullptr && !delegating->delegue)));
    if (refused) {
      motif("prescripteur", {{"prescripteur", one == nullptr ? shortened(*planned_.prescripteur) : one->libelle}});
      if (planned_.debut && *planned_.debut < law_.prescripteurs_depuis)
        result_.motifs.back().texte += " " + earlier(law_.prescripteurs_depuis);
    } else if (one->sur_delegation && !by) {
      result_.a_completer.push_back(one->libelle);
    }
  }

  void usage() {
    std::vector<std::string> labels;
    for (const std::string &code : planned_.usages)
      if (const Usage *one = law_.usage(code))
        labels.push_back(one->libelle);
    if (!labels.empty())
      motif("usage", {{"usages", listed(labels)}});
  }

  void mentions() {
    const std::size_t before = result_.a_completer.size();
    for (const Mention &mention : law_.mentions)
      if (!std::ranges::all_of(mention.champs, [&](const std::string &field) { return has(field); }))
        result_.a_completer.push_back(mention.texte);
    if (result_.a_completer.size() > before && planned_.debut && *planned_.debut < law_.mentions_depuis)
      result_.a_completer.push_back(earlier(law_.mentions_depuis));
  }
  bool has(std::string_view field) const {
    if (field == "structure")
      return planned_.structure.has_value();
    if (field == "objet")
      return planned_.objet.has_value();
    if (field == "objectifs")
      return !planned_.objectifs.empty();
    if (field == "debut")
      return planned_.debut.has_value();
    if (field == "fin")
      return planned_.fin.has_value();
    if (field == "prescripteur")
      return planned_.prescripteur.has_value();
    return std::ranges::find(planned_.mentions, field) != planned_.mentions.end();
  }
  std::string earlier(feel::Date since) const {
    std::string text = law_.texte_anterieur;
    const std::string hole = "{depuis}";
    if (const auto at = text.find(hole); at != std::string::npos)
      text.replace(at, hole.size(), french_date(since));
    return text;
  }

  LoiImmersion law_;
  BornesImmersion bounds_;
  const Convention &planned_;
  const std::vector<Convention> &before_;
  feel::Date first_window_; // of those that hold the planned first day, the earliest first day
  std::vector<Hote> hosts_;
  std::set<std::string> missing_, renewal_missing_;
  ExamenImmersion result_;
};

constexpr std::array verdicts{std::string_view("conforme"), std::string_view("non_conforme"),
                              std::string_view("indetermine")};

} // namespace

std::string_view text(VerdictImmersion verdict) noexcept { return verdicts[static_cast<std::size_t>(verdict)]; }

VerdictImmersion read_verdict_immersion(std::string_view text) noexcept {
  const auto found = std::ranges::find(verdicts, text);
  return found == verdicts.end() ? VerdictImmersion::indetermine
                                 : static_cast<VerdictImmersion>(found - verdicts.begin());
}

ExamenImmersion verifier_immersion(const Pack &pack, const DemandeImmersion &demande, feel::Date au) {
  return Examen(pack, demande, au).judge();
}

feel::Value to_value(const ExamenImmersion &examen) { return record::to_context(examen); }

} // namespace spie::parcours
