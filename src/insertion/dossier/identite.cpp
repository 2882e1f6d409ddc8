#include "spie/dossier/identite.hpp"

#include "insertion/dossier/attache.hpp"
#include "insertion/dossier/cles.hpp"
#include "insertion/dossier/connu.hpp"
#include "insertion/dossier/noms.hpp"
#include "insertion/text_of.hpp"
#include "spie/dossier/situation.hpp"

#include <algorithm>
#include <array>
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

// What of the record is not as its NIR says, in French; empty when sex, year and month are: a child listed under a
// parent's number has not them.
std::string belied(const Nir &nir, const Releve &record) {
  if (!record.naissance)
    return "la date de naissance manque : rien ne dit que ce NIR est le sien";
  const feel::CivilDate birth = record.naissance->civil();
  const std::string_view sex = sex_of(record.sexe);
  if (birth.year % 100 != nir.annee)
    return "l'année de naissance que dit ce NIR n'est pas celle de l'enregistrement";
  if (nir.mois != 0 && birth.month != nir.mois)
    return "le mois de naissance que dit ce NIR n'est pas celui de l'enregistrement";
  return sex.empty() || sex == std::to_string(nir.sexe) ? std::string()
                                                        : "le sexe que dit ce NIR n'est pas celui de l'enregistrement";
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
    if (nir) {
      prints_ = journal_.nir_fingerprints(nir->treize);
      result.nir_faute = belied(*nir, record_);
    }
    const bool nir_fits = nir && result.nir_faute.empty();
    const auto by_nir = nir ? of_nir() : std::vector<Sujet>();
    const auto vouched = nir_fits && by_key.size() != 1 ? uncontradicted(by_nir, key) : std::vector<Sujet>();

    if (by_key.size() == 1) {
      result.dossier = by_key.front();
      result.regle = RegleRattachement::cle_source;
      result.deja = true;
    } else if (vouched.size() == 1) {
      result.dossier = vouched.front();
      result.regle = RegleRattachement::nir;
    } else if (record_.attente) {
      result.dossier = holder(journal_, *record_.attente);
      result.regle = RegleRattachement::cle_source;
    } else {
      const auto same_names = exact_names();
      if (options_.rattacher_sur_noms && same_names.size() == 1) {
        result.dossier = same_names.front();
        result.regle = RegleRattachement::noms;
      } else {
        result.dossier = {Genre::personne, journal_.draw_id()};
        result.sur_noms = !same_names.empty() && same_names.size() <= homonymes_max;
      }
    }
    if (!result.deja) {
      propose_names(result);
      propose_corrected_birth(result);
    }
    if (nir)
      share(result, by_nir, key, nir_fits);
    if (record_.attente && holder(journal_, *record_.attente) != result.dossier)
      propose(result, holder(journal_, *record_.attente), "même identifiant");
    record_events(result, key, nir_fits);
    return result;
  }

private:
  const std::string &import_id() const { return model_.source.import_id; }
  DossierConnu known(const Sujet &dossier) { return {journal_, dossier, import_id()}; }

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
      if (still_attached(journal_, subject, record_.source, key))
        add(result, holder(journal_, subject));
    if (!record_.naissance || result.size() > 1)
      return nearest_surname(result);
    return result;
  }

  // Without a birth date the key is that of two spouses of one first name: their surnames tell them apart.
  std::vector<Sujet> nearest_surname(const std::vector<Sujet> &subjects) {
    Ressemblance best = Ressemblance::nom_coupe;
    std::vector<Sujet> result;
    for (const Sujet &subject : subjects) {
      const DossierConnu other = known(subject);
      Ressemblance found = Ressemblance::differentes;
      for (const feel::Context *one : other.identites())
        found = std::min(found, names_swapped(*one) ? Ressemblance::ecriture : likeness(*one).first);
      if (record_.nom.empty() || other.identites().empty())
        found = best; // nothing says otherwise
      if (found < best)
        result.clear();
      if (found <= best)
        result.push_back(subject);
      best = std::min(best, found);
    }
    return result;
  }

  std::vector<Sujet> of_nir() {
    std::vector<Sujet> result;
    for (const std::string &print : prints_)
      for (const Sujet &subject : journal_.lookup("nir", print))
        add(result, holder(journal_, subject));
    return result;
  }

  // --- whether two are one person ---

  // The nearest likeness of the record's surnames with those of an identity, and whether names at birth made it.
  std::pair<Ressemblance, bool> likeness(const feel::Context &identity) const {
    std::pair best{Ressemblance::differentes, false};
    for (const std::string *mine : {&record_.nom, &record_.nom_naissance})
      for (const char *field : {"nom", "nom_naissance"}) {
        const std::string theirs = text_of(identity, field);
        if (mine->empty() || theirs.empty())
          continue;
        const bool at_birth = mine != &record_.nom || std::string_view(field) != "nom";
        if (const Ressemblance found = compare_surnames(*mine, theirs); found < best.first)
          best = {found, at_birth};
      }
    return best;
  }

  // Name and first name of the one are first name and name of the other.
  bool names_swapped(const feel::Context &identity) const {
    const std::string name = text_of(identity, "nom"), first = text_of(identity, "prenom");
    return !record_.nom.empty() && !record_.prenom.empty() && alike_surnames(record_.nom, first) &&
           alike_surnames(record_.prenom, name);
  }

  bool other_surname(const DossierConnu &other) const {
    return !record_.nom.empty() && !other.identites().empty() &&
           std::none_of(other.identites().begin(), other.identites().end(), [&](const feel::Context *one) {
             return likeness(*one).first != Ressemblance::differentes || names_swapped(*one);
           });
  }
  bool other_first_name(const DossierConnu &other) const {
    return !record_.prenom.empty() && !other.identites().empty() &&
           std::none_of(other.identites().begin(), other.identites().end(), [&](const feel::Context *one) {
             return alike_first_names(record_.prenom, text_of(*one, "prenom")) || names_swapped(*one);
           });
  }
  bool other_birth(const DossierConnu &other) const {
    bool dated = false;
    for (const feel::Context *one : other.identites())
      if (const feel::Value *birth = one->find("date_naissance"); birth != nullptr && birth->is(feel::Kind::date)) {
        dated = true;
        if (!record_.naissance || birth->date() == *record_.naissance)
          return false;
      }
    return dated;
  }

  // Why the dossier that bears the record's NIR is somebody else's; empty when nothing says so.
  std::string contradiction(const DossierConnu &other, const std::string &key) const {
    const bool birth = other_birth(other), surname = other_surname(other), first_name = other_first_name(other);
    if (birth)
      return surname && first_name ? "le jour de naissance et les noms diffèrent" : "le jour de naissance diffère";
    if (surname && first_name)
      return "les noms diffèrent";
    // Twins and spouses share a surname; one source knows a person under one key.
    return first_name && other.has_other_record(record_.source, key)
               ? "le prénom diffère, et la source les connaît sous deux clés"
               : std::string();
  }

  std::vector<Sujet> uncontradicted(const std::vector<Sujet> &bearers, const std::string &key) {
    std::vector<Sujet> result;
    for (const Sujet &subject : bearers)
      if (const DossierConnu other = known(subject);
          other.nir(prints_) == EtatNir::tenu && contradiction(other, key).empty())
        result.push_back(subject);
    return result;
  }

  // --- names ---

  std::vector<std::string> surnames() const {
    std::vector<std::string> result;
    for (const std::string &surname : {record_.nom, record_.nom_naissance})
      if (!surname.empty() && std::find(result.begin(), result.end(), surname) == result.end())
        result.push_back(surname);
    return result;
  }

  void look_up(std::vector<Sujet> &into, const std::string &key) {
    for (const Sujet &subject : journal_.lookup("noms", key, homonymes_max + 2))
      add(into, holder(journal_, subject));
  }

  // Of one of these surnames, however it is written.
  std::vector<Sujet> with_names(feel::Date birth) {
    if (named_ && birth == *record_.naissance)
      return *named_;
    std::vector<Sujet> result;
    for (const std::string &surname : surnames())
      for (const std::string &form : name_forms(surname))
        look_up(result, names_key(form, record_.prenom, birth));
    if (birth == *record_.naissance)
      named_ = result;
    return result;
  }

  // And of a part of it, or swapped with the first name.
  std::vector<Sujet> with_names_near(feel::Date birth) {
    std::vector<Sujet> result = with_names(birth);
    for (const std::string &surname : surnames()) {
      for (const std::string &form : name_forms(surname))
        look_up(result, names_key(cut_name + form, record_.prenom, birth));
      for (const std::string &part : name_parts(surname))
        look_up(result, names_key(part, record_.prenom, birth));
    }
    for (const std::string &form : name_forms(record_.prenom))
      look_up(result, names_key(form, record_.nom, birth));
    return result;
  }

  // Same names but for the way of writing them, birth date and, when both give one, birthplace.
  std::vector<Sujet> exact_names() {
    std::vector<Sujet> result;
    if (record_.naissance && !record_.prenom.empty())
      for (const Sujet &subject : with_names(*record_.naissance))
        if (const DossierConnu other = known(subject); !other_birthplace(other) && written_alike(other))
          result.push_back(subject);
    return result;
  }

  bool written_alike(const DossierConnu &other) const {
    return std::any_of(other.identites().begin(), other.identites().end(),
                       [&](const feel::Context *one) { return likeness(*one).first <= Ressemblance::apostrophe; });
  }

  bool other_birthplace(const DossierConnu &other) const {
    const std::string here = normalized_name(record_.commune_naissance);
    bool given = false;
    for (const feel::Context *one : other.identites())
      if (const std::string there = normalized_name(text_of(*one, "commune_naissance")); !there.empty()) {
        given = true;
        if (there == here)
          return false;
      }
    return given && !here.empty();
  }

  void propose_names(Rattachement &result) {
    if (!record_.naissance || record_.prenom.empty())
      return;
    const auto homonyms = with_names_near(*record_.naissance);
    result.trop_d_homonymes = homonyms.size() > homonymes_max;
    if (result.trop_d_homonymes)
      return;
    for (const Sujet &subject : homonyms)
      if (subject != result.dossier)
        if (const DossierConnu other = known(subject); !other_birthplace(other))
          propose(result, subject, names_reason(other));
    if (const auto other_way = swapped(*record_.naissance))
      for (const Sujet &other : with_names(*other_way))
        if (other != result.dossier)
          propose(result, other, "mêmes noms, jour et mois de naissance échangés");
  }

  // The nearest of what makes them alike.
  std::string names_reason(const DossierConnu &other) const {
    std::pair best{Ressemblance::differentes, false};
    bool same_first_name = false;
    for (const feel::Context *one : other.identites()) {
      if (const auto found = likeness(*one); found.first < best.first)
        best = found;
      same_first_name = same_first_name || record_.prenom == text_of(*one, "prenom");
    }
    switch (best.first) {
    case Ressemblance::identiques:
      if (same_first_name && !best.second)
        return "mêmes noms et date de naissance";
      [[fallthrough]];
    case Ressemblance::ecriture:
      return best.second ? "même nom de naissance, même prénom et même date de naissance"
                         : "mêmes noms aux accents, traits d'union ou capitales près, même date de naissance";
    case Ressemblance::apostrophe:
      return "mêmes noms à une apostrophe, une espace ou « saint » abrégé près, même date de naissance";
    case Ressemblance::particule:
      return "mêmes noms à une particule près, même date de naissance";
    case Ressemblance::nom_coupe:
      return "l'un des noms est une partie de l'autre, même prénom et même date de naissance";
    case Ressemblance::differentes:
      break;
    }
    return "nom et prénom échangés, même date de naissance";
  }

  // The source corrects a birth date under the same key; a key that passed to somebody else has other names.
  void propose_corrected_birth(Rattachement &result) {
    constexpr std::size_t most = 20;
    if (record_.cle.empty() || record_.nom.empty() || record_.prenom.empty())
      return;
    for (const Sujet &subject : journal_.lookup_prefix("source", record_.source + "|" + record_.cle + "|", most)) {
      const Sujet held = holder(journal_, subject);
      if (held == result.dossier)
        continue;
      const DossierConnu other = known(held);
      if (!other.identites().empty() && !other_surname(other) && !other_first_name(other) && other_birth(other))
        propose(result, held, "même clé dans la source et mêmes noms, autre date de naissance");
      else if (!other.identites().empty() && !other_surname(other) && !other_first_name(other))
        propose(result, held, "même clé dans la source et mêmes noms, date de naissance que l'une ne dit pas");
    }
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

  // --- the number, and who else bears it ---

  // Of those that bear the record's number and are not its dossier: one that may be the same person is proposed; with
  // one that is not, the number is nobody's any more.
  void share(Rattachement &result, const std::vector<Sujet> &bearers, const std::string &key, bool fits) {
    bears_ = std::find(bearers.begin(), bearers.end(), result.dossier) != bearers.end();
    if (fits && bears_)
      own_ = known(result.dossier).nir(prints_);
    shared_ = own_ == EtatNir::partage;
    for (const Sujet &subject : bearers) {
      if (subject == result.dossier)
        continue;
      const DossierConnu other = known(subject);
      const EtatNir state = other.nir(prints_);
      if (state == EtatNir::absent)
        continue; // it was somebody's by mistake, and a person said so
      if (!fits) {
        propose(result, subject, "même NIR, mais la naissance ou le sexe n'est pas celui qu'il dit");
        continue;
      }
      const std::string why = contradiction(other, key);
      propose(result, subject, why.empty() ? "même NIR" : "même NIR, mais " + why);
      if (!why.empty() && state == EtatNir::tenu)
        take_away(result, *other.nir_event(prints_));
      shared_ = shared_ || !why.empty() || state == EtatNir::partage;
    }
    if (shared_ && result.nir_faute.empty())
      result.nir_faute = "un autre dossier a ce NIR, et n'est pas celui de la même personne : il n'est gardé pour "
                         "aucun des deux";
    if (shared_ && own_ == EtatNir::tenu)
      take_away(result, *known(result.dossier).nir_event(prints_));
  }

  bool under_current_key(const Sujet &dossier) {
    const auto holders = journal_.lookup("nir", prints_.front());
    return std::any_of(holders.begin(), holders.end(),
                       [&](const Sujet &one) { return holder(journal_, one) == dossier; });
  }

  void take_away(Rattachement &result, const Evenement &held) {
    Evenement made = event(held.sujets.front(), "retrait",
                           {{"motif", "l'enregistrement d'une autre personne porte ce NIR : il n'en désigne aucune"}});
    if (result.dossier != made.sujets.front())
      made.sujets.push_back(result.dossier);
    made.corrige = held.id;
    taken_.push_back(std::move(made));
  }

  Evenement event(const Sujet &subject, std::string type, feel::Context content) const {
    Evenement made = model_;
    made.sujets = {subject};
    made.type = std::move(type);
    made.contenu = std::move(content);
    return made;
  }

  void record_events(Rattachement &result, const std::string &key, bool nir_fits) {
    if (!result.deja && !key.empty())
      result.evenements.push_back(
          event(result.dossier, "rattachement", {{"cle", key}, {"regle", std::string(text(result.regle))}}));
    if (nir_fits && !shared_ && (!bears_ || (own_ == EtatNir::tenu && !under_current_key(result.dossier))))
      result.evenements.push_back(
          event(result.dossier, "identifiant", {{"genre", "nir"}, {"valeur", prints_.front()}}));
    for (Evenement &one : taken_)
      result.evenements.push_back(std::move(one));
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
  std::optional<std::vector<Sujet>> named_; // with her names and birth date
  std::vector<std::string> prints_;         // of the record's NIR
  bool bears_ = false;                      // the record's own dossier was given the number
  EtatNir own_ = EtatNir::absent;           // whether it has it still
  bool shared_ = false;                     // somebody else bears it
  std::vector<Evenement> taken_;            // what takes it from who had it
};

} // namespace

bool still_attached(Journal &journal, const Sujet &subject, std::string_view source, std::string_view key) {
  const Evenements events = journal.about(subject);
  std::set<std::string_view> retracted;
  for (const Evenement &event : events)
    if (event.type == "retrait")
      retracted.insert(event.corrige);
  return std::any_of(events.begin(), events.end(), [&](const Evenement &event) {
    return event.type == "rattachement" && event.source.nom == source && text_of(event.contenu, "cle") == key &&
           !retracted.contains(event.id);
  });
}

std::string_view text(RegleRattachement regle) noexcept { return regles[static_cast<std::size_t>(regle)]; }

Rattachement rattacher(Journal &journal, const Releve &releve, const Evenement &model, const OptionsIdentite &options) {
  return Matcher(journal, releve, model, options).run();
}

} // namespace spie::dossier
