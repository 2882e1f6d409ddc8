#include "spie/parcours/carnet.hpp"

#include "insertion/dossier/chemin.hpp"
#include "insertion/dossier/contenu_permis.hpp"
#include "insertion/droits/masque.hpp"
#include "insertion/parcours/records.hpp"
#include "insertion/text_of.hpp"

#include <algorithm>
#include <map>

namespace spie::parcours {

namespace {

// What the view shows of one thing.
class Chose_ {
public:
  std::string type, cle;
  std::map<std::string, const dossier::Fait *, std::less<>> champs;

  std::string text(std::string_view field) const {
    const auto found = champs.find(field);
    return found != champs.end() && found->second->dire.valeur.is(feel::Kind::text) ? found->second->dire.valeur.text()
                                                                                    : std::string();
  }
  std::optional<feel::Date> day(std::string_view field) const {
    const auto found = champs.find(field);
    if (found == champs.end())
      return std::nullopt;
    const feel::Value &value = found->second->dire.valeur;
    if (value.is(feel::Kind::date))
      return value.date();
    return value.is(feel::Kind::text) ? feel::Date::parse(value.text().substr(0, 10)) : std::nullopt; // of an instant
  }
  std::optional<feel::Date> since() const {
    for (const char *field : {"etape", "reponse", "accorde", "modalite", "dispositif", "motif"})
      if (const auto found = champs.find(field); found != champs.end())
        return found->second->dire.effet.debut;
    return champs.empty() ? std::nullopt : std::optional(champs.begin()->second->dire.effet.debut);
  }
  bool at(std::string_view steps) const {
    const auto all = dossier::words(steps);
    return std::find(all.begin(), all.end(), text("etape")) != all.end();
  }
};

std::vector<Chose_> things_of(const dossier::Situation &situation) {
  std::vector<Chose_> list;
  for (const dossier::Fait &fact : situation.faits) {
    if (fact.du_foyer)
      continue;
    if (list.empty() || list.back().type != fact.type || list.back().cle != fact.cle)
      list.push_back({fact.type, fact.cle, {}});
    list.back().champs[fact.champ] = &fact;
  }
  return list;
}

LigneCarnet line(const Chose_ &thing, std::optional<feel::Date> day) {
  const auto first = [&](std::initializer_list<const char *> fields) {
    for (const char *field : fields)
      if (std::string text = thing.text(field); !text.empty())
        return text;
    return std::string();
  };
  return {thing.type,
          first({"libelle", "question", "texte"}),
          first({"code", "dispositif", "modalite", "objet", "motif", "role", "theme", "nature", "finalite"}),
          thing.text("etape"),
          day ? day : thing.since(),
          first({"lieu"}),
          first({"avec", "professionnel", "vers", "responsable", "structure", "instance", "destinataire"}),
          {},
          thing.cle};
}

bool one_of(std::string_view list, std::string_view word) {
  const auto all = dossier::words(list);
  return std::find(all.begin(), all.end(), word) != all.end();
}

class Tri {
public:
  Tri(Carnet &into) : into_(into) {}

  void add(const Chose_ &thing) {
    const std::string &type = thing.type;
    if (type == "entree" || type == "accompagnement" || type == "diagnostic" || type == "sortie")
      into_.situation.push_back(line(thing, std::nullopt));
    if ((type == "etape_parcours" && thing.at("ouverte")) || (type == "pause" && thing.at("debut")) ||
        (type == "relais" && thing.at("demande accepte")) || (type == "emploi" && thing.at("trouve")))
      into_.situation.push_back(line(thing, std::nullopt));
    if (type == "rendez_vous" && thing.at("fixe"))
      coming(thing, thing.day("prevu_le"));
    if (type == "action" && thing.at("choisie prescrite demarree"))
      coming(thing, first_day(thing, {"echeance", "date_prevue", "date_fin_prevue"}));
    if (type == "immersion" && thing.at("prevue signee commencee"))
      coming(thing, first_day(thing, {"date_debut"}));
    if (type == "saisine" && thing.at("deposee inscrite"))
      coming(thing, thing.day("session"));
    if ((type == "referent" && thing.at("nomme")) || (type == "membre" && thing.at("commence")))
      into_.intervenants.push_back(line(thing, std::nullopt));
    if ((one_of("action formation immersion", type) && thing.at("terminee")) ||
        (type == "etape_parcours" && thing.at("close")) || (type == "emploi" && thing.at("trouve")) ||
        (type == "objectif" && one_of("atteint REALISE", thing.text("etat"))) ||
        (type == "rendez_vous" && thing.at("tenu")))
      into_.acquis.push_back(line(thing, std::nullopt));
    if ((type == "action" && thing.at("proposee choisie refusee")) || type == "consentement" ||
        (type == "objectif" && !one_of("atteint REALISE", thing.text("etat"))))
      into_.choix.push_back(line(thing, std::nullopt));
  }

  // The next first, the last achieved first.
  void sort() {
    const auto by = [](auto before) {
      return [before](const LigneCarnet &a, const LigneCarnet &b) {
        return a.date && b.date ? before(*a.date, *b.date) : a.date.has_value() && !b.date.has_value();
      };
    };
    std::stable_sort(into_.a_venir.begin(), into_.a_venir.end(), by(std::less<>()));
    std::stable_sort(into_.acquis.begin(), into_.acquis.end(), by(std::greater<>()));
  }

private:
  static std::optional<feel::Date> first_day(const Chose_ &thing, std::initializer_list<const char *> fields) {
    for (const char *field : fields)
      if (const auto day = thing.day(field))
        return day;
    return std::nullopt;
  }
  void coming(const Chose_ &thing, std::optional<feel::Date> day) {
    LigneCarnet made = line(thing, day);
    made.date = day; // unknown rather than the day it was said
    into_.a_venir.push_back(std::move(made));
  }

  Carnet &into_;
};

// A barrier that was there and is no more: each step made visible (S:1677-1678).
void add_lifted(const dossier::Enonces &said, feel::Date au, std::vector<LigneCarnet> &into) {
  const auto barriers = said.find("frein");
  if (barriers == said.end())
    return;
  std::vector<const dossier::Enonce *> list;
  for (const dossier::Enonce &one : barriers->second)
    if (one.effet.debut <= au)
      list.push_back(&one);
  std::ranges::stable_sort(list, {}, [](const dossier::Enonce *one) { return one->effet.debut; });
  struct Frein {
    bool present = false;
    std::optional<feel::Date> lifted;
  };
  std::map<std::string, Frein> by_code;
  for (const dossier::Enonce *one : list) {
    const std::string answer = text_of(one->contenu(), "reponse");
    Frein &barrier = by_code[text_of(one->contenu(), "code")];
    if (answer == "non" && barrier.present && !barrier.lifted)
      barrier.lifted = one->effet.debut;
    if (answer != "oui")
      continue;
    barrier.present = true;
    barrier.lifted.reset();
  }
  for (const auto &[code, barrier] : by_code)
    if (barrier.lifted)
      into.push_back({"frein", {}, code, "leve", barrier.lifted, {}, {}, {}, {}});
}

// How the professionals, the structures and the instances are called: nobody's facts.
void name_them(dossier::Journal &journal, feel::Date au, Carnet &into) {
  std::map<std::string, std::string, std::less<>> names;
  const auto name = [&](const std::string &id) -> const std::string & {
    const auto [at, fresh] = names.try_emplace(id);
    const auto subject = fresh ? dossier::Sujet::parse(id) : std::nullopt;
    if (!subject || subject->genre == dossier::Genre::personne || journal.about(*subject).empty())
      return at->second;
    const dossier::Situation known = dossier::situation(journal, *subject, au);
    const std::string type(dossier::text(subject->genre));
    for (const char *field : {".prenom", ".nom"})
      if (const dossier::Fait *part = known.find(type + field);
          part != nullptr && part->dire.valeur.is(feel::Kind::text))
        at->second += (at->second.empty() ? "" : " ") + part->dire.valeur.text();
    return at->second;
  };
  for (auto *list : {&into.situation, &into.a_venir, &into.intervenants, &into.acquis, &into.choix})
    for (LigneCarnet &one : *list)
      one.nom = name(one.qui);
}

bool permitted(const std::vector<const droits::Habilitation *> &entries, const std::string &role,
               const std::string &purpose) {
  return std::all_of(entries.begin(), entries.end(), [&](const droits::Habilitation *entry) {
    return std::any_of(entry->permis.begin(), entry->permis.end(),
                       [&](const droits::Permission &one) { return one.role == role && one.finalite == purpose; });
  });
}

// Of the acts on a person that the table gives to this role, those that what it sees lets be done.
std::vector<ActePossible> possible(const droits::Droits &rights, const std::string &role, const std::string &purpose,
                                   const std::vector<Chose_> &things) {
  std::vector<ActePossible> list;
  for (const Transition &one : transitions()) {
    const dossier::TypeContenu &type = *dossier::find_type(one.type);
    if (type.genre != dossier::Genre::personne)
      continue;
    const dossier::Champ *steps = dossier::find_champ(type, "etape");
    const std::string_view step = one.vers == "=" ? dossier::words(steps->valeurs).front() : one.vers;
    const auto of_event = rights.habilitations_of(one.type, step);
    const auto asked = of_event.empty() ? rights.habilitations_of(one.droit) : of_event;
    if (asked.empty() || !permitted(asked, role, purpose))
      continue;
    ActePossible act{std::string(one.acte), std::string(one.titre), {}};
    for (const Chose_ &thing : things)
      if (thing.type == one.type && !one.depuis.empty() && one_of(one.depuis, thing.text("etape")))
        act.sur.push_back(thing.cle);
    if (one.depuis.empty() || one_of(one.depuis, "-") || !act.sur.empty())
      list.push_back(std::move(act));
  }
  return list;
}

} // namespace

Carnet carnet(droits::Guichet &guichet, const droits::Droits &droits, const droits::Demande &demande,
              const dossier::Sujet &personne, feel::Date au) {
  droits::Vue view = guichet.voir(demande, personne, au);
  Carnet made{view.situation.sujet.to_string(), au, view.role, {}, {}, {}, {}, {}, {}, std::move(view.retenues)};
  const std::vector<Chose_> things = things_of(view.situation);
  Tri sorted(made);
  for (const Chose_ &thing : things)
    sorted.add(thing);
  const droits::Masque mask(guichet.journal(), personne, demande, droits, guichet.regles());
  add_lifted(droits::ParolesClaires(mask, guichet.journal(), personne, au, {{}, demande.instant}).enonces(), au,
             made.acquis);
  sorted.sort();
  name_them(guichet.journal(), au, made);
  if (!view.role.empty())
    made.actes = possible(droits, view.role, demande.finalite, things);
  return made;
}

feel::Value to_value(const Carnet &carnet) {
  feel::Context value = record::to_context(carnet);
  value.set("retenues", droits::to_value(carnet.retenues));
  return value;
}

} // namespace spie::parcours
