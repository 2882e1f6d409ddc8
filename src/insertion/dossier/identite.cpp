#include "spie/dossier/identite.hpp"

#include "insertion/dossier/cles.hpp"
#include "insertion/dossier/paroles.hpp"
#include "insertion/text_of.hpp"
#include "spie/dossier/situation.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace spie::dossier {

namespace {

constexpr std::array<std::string_view, 4> regles{"cle_source", "nir", "noms", "nouveau"};

// "1" or "2" whatever the source writes; empty when it says nothing.
std::string_view sex_of(std::string_view text) {
  if (text == "1" || text == "M" || text == "H")
    return "1";
  return text == "2" || text == "F" ? "2" : "";
}

// Sex, year and month of the record are those that its NIR says: a child listed under a parent's number has not them.
bool fits(const Nir &nir, const Releve &record) {
  if (!record.naissance)
    return false;
  const feel::CivilDate birth = record.naissance->civil();
  const std::string_view sex = sex_of(record.sexe);
  return birth.year % 100 == nir.annee && (nir.mois == 0 || birth.month == nir.mois) &&
         (sex.empty() || sex == std::to_string(nir.sexe));
}

// 4 May for 5 April: a day and a month that were swapped.
std::optional<feel::Date> swapped(feel::Date date) {
  const feel::CivilDate civil = date.civil();
  return civil.day == civil.month ? std::nullopt : feel::Date::from_civil(civil.year, civil.day, civil.month);
}

class Matcher {
public:
  Matcher(Journal &journal, const Releve &record, const Evenement &model, const OptionsIdentite &options)
      : journal_(journal), record_(record), model_(model), options_(options) {}

  Rattachement run() {
    Rattachement result;
    const std::string key = source_key();
    const auto by_key = attached(key);
    const auto nir = read_nir(record_.nir);
    const bool nir_fits = nir && fits(*nir, record_);
    const auto by_nir = nir ? of_nir(*nir) : std::vector<Sujet>();

    if (by_key.size() == 1) {
      result.dossier = by_key.front();
      result.regle = RegleRattachement::cle_source;
      result.deja = true;
    } else if (nir_fits && by_nir.size() == 1) {
      result.dossier = by_nir.front();
      result.regle = RegleRattachement::nir;
    } else if (record_.attente) {
      result.dossier = holder(journal_, *record_.attente);
      result.regle = RegleRattachement::cle_source;
    } else {
      const auto same_names = options_.rattacher_sur_noms ? exact_names() : std::vector<Sujet>();
      if (same_names.size() == 1) {
        result.dossier = same_names.front();
        result.regle = RegleRattachement::noms;
      } else {
        result.dossier = {Genre::personne, journal_.draw_id()};
      }
    }
    const bool new_record = !result.deja;
    if (new_record)
      propose_names(result);
    for (const Sujet &other : by_nir)
      if (other != result.dossier)
        propose(result, other,
                nir_fits ? "même NIR" : "même NIR, mais la naissance ou le sexe n'est pas celui qu'il dit");
    if (record_.attente && holder(journal_, *record_.attente) != result.dossier)
      propose(result, holder(journal_, *record_.attente), "même identifiant");
    record_events(result, key, nir ? std::optional(nir->treize) : std::nullopt, nir_fits);
    return result;
  }

private:
  // The key of the person in the source with the birth date: one key alone may pass to another person.
  std::string source_key() const {
    if (record_.cle.empty())
      return {};
    return record_.cle + "|" + (record_.naissance ? record_.naissance->to_string() : std::string());
  }

  std::vector<Sujet> attached(const std::string &key) {
    std::vector<Sujet> result;
    if (key.empty())
      return result;
    for (const Sujet &subject : journal_.lookup("source", record_.source + "|" + key))
      if (still_attached(subject, key))
        add(result, holder(journal_, subject));
    return result;
  }

  bool still_attached(const Sujet &subject, const std::string &key) {
    const Evenements events = journal_.about(subject);
    std::set<std::string_view> retracted;
    for (const Evenement &event : events)
      if (event.type == "retrait")
        retracted.insert(event.corrige);
    return std::any_of(events.begin(), events.end(), [&](const Evenement &event) {
      return event.type == "rattachement" && event.source.nom == record_.source &&
             text_of(event.contenu, "cle") == key && !retracted.contains(event.id);
    });
  }

  std::vector<Sujet> of_nir(const Nir &nir) {
    std::vector<Sujet> result;
    for (const std::string &print : journal_.nir_fingerprints(nir.treize))
      for (const Sujet &subject : journal_.lookup("nir", print))
        add(result, holder(journal_, subject));
    return result;
  }

  std::vector<Sujet> with_names(feel::Date birth) {
    std::vector<Sujet> result;
    for (const std::string &surname : {record_.nom, record_.nom_naissance})
      if (!surname.empty())
        for (const Sujet &subject :
             journal_.lookup("noms", names_key(surname, record_.prenom, birth), homonymes_max + 2))
          add(result, holder(journal_, subject));
    return result;
  }

  // Same names, birth date and, when both give one, birthplace.
  std::vector<Sujet> exact_names() {
    std::vector<Sujet> result;
    if (record_.naissance)
      for (const Sujet &subject : with_names(*record_.naissance))
        if (!other_birthplace(subject))
          result.push_back(subject);
    return result;
  }

  bool other_birthplace(const Sujet &subject) {
    const std::string here = normalized_name(record_.commune_naissance);
    if (here.empty())
      return false;
    for (const Evenement &event : journal_.about(subject))
      if (const std::string there = normalized_name(text_of(event.contenu, "commune_naissance"));
          event.type == "identite" && !there.empty())
        return there != here;
    return false;
  }

  void propose_names(Rattachement &result) {
    if (!record_.naissance || record_.prenom.empty())
      return;
    const auto homonyms = with_names(*record_.naissance);
    result.trop_d_homonymes = homonyms.size() > homonymes_max;
    if (result.trop_d_homonymes)
      return;
    for (const Sujet &other : homonyms)
      if (other != result.dossier && !other_birthplace(other))
        propose(result, other, names_reason(other));
    if (const auto other_way = swapped(*record_.naissance))
      for (const Sujet &other : with_names(*other_way))
        if (other != result.dossier)
          propose(result, other, "mêmes noms, jour et mois de naissance échangés");
  }

  // What is the same, and what only looks so.
  std::string names_reason(const Sujet &other) {
    for (const Evenement &event : journal_.about(other)) {
      if (event.type != "identite")
        continue;
      const std::string name = text_of(event.contenu, "nom");
      if (name == record_.nom && text_of(event.contenu, "prenom") == record_.prenom)
        return "mêmes noms et date de naissance";
      if (normalized_name(name) != normalized_name(record_.nom))
        return "même nom de naissance, même prénom et même date de naissance";
    }
    return "mêmes noms aux accents, traits d'union ou capitales près, même date de naissance";
  }

  void propose(Rattachement &result, const Sujet &other, std::string reason) {
    for (const Evenement &event : journal_.about(result.dossier))
      if (event.type == "proposition_doublon" && text_of(event.contenu, "autre") == other.to_string())
        return;
    auto found = std::find_if(result.propositions.begin(), result.propositions.end(),
                              [&](const Proposition &known) { return known.dossier == other; });
    if (found == result.propositions.end())
      found = result.propositions.insert(found, {other, {}});
    if (std::find(found->raisons.begin(), found->raisons.end(), reason) == found->raisons.end())
      found->raisons.push_back(std::move(reason));
  }

  Evenement event(const Sujet &subject, std::string type, feel::Context content) const {
    Evenement made = model_;
    made.sujets = {subject};
    made.type = std::move(type);
    made.contenu = std::move(content);
    return made;
  }

  void record_events(Rattachement &result, const std::string &key, const std::optional<std::string> &nir,
                     bool nir_fits) {
    if (!result.deja && !key.empty())
      result.evenements.push_back(
          event(result.dossier, "rattachement", {{"cle", key}, {"regle", std::string(text(result.regle))}}));
    if (nir && nir_fits) {
      const std::string print = journal_.nir_fingerprints(*nir).front();
      const auto holders = journal_.lookup("nir", print);
      if (std::none_of(holders.begin(), holders.end(),
                       [&](const Sujet &one) { return holder(journal_, one) == result.dossier; }))
        result.evenements.push_back(event(result.dossier, "identifiant", {{"genre", "nir"}, {"valeur", print}}));
    }
    for (const Proposition &proposal : result.propositions) {
      Evenement made = event(result.dossier, "proposition_doublon",
                             {{"autre", proposal.dossier.to_string()},
                              {"raisons", feel::List(proposal.raisons.begin(), proposal.raisons.end())}});
      made.sujets.push_back(proposal.dossier);
      result.evenements.push_back(std::move(made));
    }
  }

  static void add(std::vector<Sujet> &into, Sujet subject) {
    if (std::find(into.begin(), into.end(), subject) == into.end())
      into.push_back(std::move(subject));
  }

  Journal &journal_;
  const Releve &record_;
  const Evenement &model_;
  const OptionsIdentite &options_;
};

} // namespace

std::string_view text(RegleRattachement rule) noexcept { return regles[static_cast<std::size_t>(rule)]; }

Rattachement rattacher(Journal &journal, const Releve &record, const Evenement &model, const OptionsIdentite &options) {
  return Matcher(journal, record, model, options).run();
}

} // namespace spie::dossier
