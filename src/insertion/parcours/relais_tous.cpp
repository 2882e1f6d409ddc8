#include "spie/parcours/relais_tous.hpp"

#include "insertion/dossier/contenu_permis.hpp"
#include "insertion/droits/masque.hpp"
#include "insertion/parcours/records_reseau.hpp"
#include "insertion/parcours/regles_acte.hpp"
#include "insertion/text_of.hpp"
#include "rules/json/reader.hpp"
#include "spie/diagnostic_fr.hpp"
#include "spie/suggestion.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace spie::parcours {

namespace {

constexpr std::string_view ask = "relais.demander";

const Transition &transition_of(const DemandeRelaisTous &all) {
  std::vector<std::string> names;
  for (const Transition &one : transitions())
    if (one.type == "relais")
      names.emplace_back(one.acte);
  if (std::find(names.begin(), names.end(), all.acte) == names.end())
    throw Error({Code::path_request,
                 Level::error,
                 unknown("act of a relay", all.acte, names),
                 "/acte",
                 {},
                 all.acte,
                 nearest_or_all(all.acte, names)});
  return *find_transition(all.acte);
}

// What is wrong with the demand itself is told once, before any dossier is read.
void check(const DemandeRelaisTous &all, const Transition &transition) {
  const auto from = dossier::Sujet::parse(all.de);
  if (!from || from->genre != dossier::Genre::professionnel)
    throw Error({Code::path_request, Level::error, "'" + all.de + "' names no professional", "/de",
                 "Name whom others take over from.", all.de});
  for (const char *field : {"etape", "id", "de"})
    if (all.contenu.find(field) != nullptr)
      throw Error({Code::path_request, Level::error, "it is said by the act, dossier by dossier",
                   "/contenu/" + std::string(field), "Leave it out."});
  if (text_of(all.contenu, "vers") == all.de)
    refuser(Raison::relais_a_soi, "/contenu/vers");
  const dossier::TypeContenu &type = *dossier::find_type("relais");
  feel::Context whole = all.contenu;
  whole.set("id", "relais");
  whole.set("etape", transition.vers == "=" ? std::string_view("demande") : transition.vers);
  std::vector<Diagnostic> faults;
  dossier::read_contenu(type, whole, faults);
  if (!faults.empty())
    throw Error(std::move(faults));
}

// The keys of one type of which the view shows that field to be that value, and that step to be one of these.
std::vector<std::string> keys_where(const dossier::Situation &seen, std::string_view type, std::string_view field,
                                    std::string_view value, std::string_view steps) {
  std::map<std::string, int> met;
  const auto is = [](const dossier::Fait &fact, std::string_view word) {
    return fact.dire.valeur.is(feel::Kind::text) && fact.dire.valeur.text() == word;
  };
  for (const dossier::Fait &fact : seen.faits)
    if (fact.type == type && fact.champ == field && is(fact, value))
      met[fact.cle] |= 1;
    else if (fact.type == type && fact.champ == "etape" && fact.dire.valeur.is(feel::Kind::text)) {
      const auto words = dossier::words(steps);
      if (std::find(words.begin(), words.end(), fact.dire.valeur.text()) != words.end())
        met[fact.cle] |= 2;
    }
  std::vector<std::string> keys;
  for (const auto &[key, both] : met)
    if (both == 3)
      keys.push_back(key);
  return keys;
}

// The roles in which he leads, or that a relay from him stands where the act may follow it, as the actor sees it.
std::vector<std::string> things_of(const dossier::Situation &seen, const DemandeRelaisTous &all,
                                   const Transition &transition) {
  return all.acte == ask ? keys_where(seen, "referent", "professionnel", all.de, "nomme")
                         : keys_where(seen, "relais", "de", all.de, transition.depuis);
}

// The relays from him at such a step that the actor sees, by their ids, which a view may show as ranks.
std::vector<std::string> relays_from(dossier::Journal &journal, const droits::Guichet &desk,
                                     const droits::Demande &demand, const dossier::Sujet &person,
                                     const DemandeRelaisTous &all, const Transition &transition) {
  const droits::Masque mask(journal, person, demand, desk.droits(), desk.regles());
  if (mask.role().empty())
    return {};
  const dossier::TypeContenu *type = dossier::find_type("relais");
  const dossier::Recueil gathered(journal, person, {});
  const dossier::Enonces said = dossier::statements(gathered);
  const auto steps = dossier::words(transition.depuis);
  std::vector<std::string> ids;
  for (const Chose &one : choses(said, "relais"))
    if (one.text("de") == all.de && std::find(steps.begin(), steps.end(), one.etape) != steps.end() &&
        std::ranges::all_of(std::array{"etape", "de"}, [&](const char *field) {
          return mask.judge({false, type, one.cle, field}).traitement == droits::Traitement::clair;
        }))
      ids.push_back(one.cle);
  return ids;
}

RefusActe told(const Diagnostic &finding) {
  const EnFrancais french = en_francais(finding);
  std::string sentence = french.phrase;
  if (!french.details.empty())
    sentence += " (" + french.details + ")";
  return {std::string(text(finding.code)), finding.message, finding.where, std::move(sentence), french.remede};
}

} // namespace

DemandeRelaisTous read_demande_relais_tous(const feel::Value &value) {
  const json::Reader from(value, "", {Code::path_request});
  from.keys({"acte", "de", "effet", "contenu", "personnes"});
  DemandeRelaisTous all;
  if (from.has("acte"))
    all.acte = from.text("acte");
  all.de = from.text("de");
  all.effet = from.date("effet").value_or(feel::Date{});
  if (const auto content = from.find("contenu")) {
    if (!content->is_context())
      content->refuse("an object is expected");
    all.contenu = content->value().context();
  }
  for (const json::Reader &one : from.items("personnes")) {
    const auto person = dossier::Sujet::parse(one.as_text());
    if (!person || person->genre != dossier::Genre::personne)
      one.refuse("this names no person");
    all.personnes.push_back(*person);
  }
  return all;
}

RelaisTous relayer_tous(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                        const dossier::Regles &regles, const droits::Demande &demande, const DemandeRelaisTous &tous) {
  const Transition &transition = transition_of(tous);
  check(tous, transition);
  std::map<dossier::Sujet, std::vector<std::string>> led;
  guichet.parcourir(demande, "relais", std::max(tous.effet, droits::jour_de(demande.instant)), {},
                    [&](const droits::Guichet::Passage &one) {
                      auto things = things_of(one.situation, tous, transition);
                      if (things.empty())
                        return false;
                      led.emplace(one.situation.sujet, std::move(things));
                      return true;
                    });
  // One answer, whether he is unknown or leads nobody whom the actor sees.
  if (led.empty() && tous.personnes.empty())
    throw Error({Code::dossier_unknown, Level::error, "no dossier that you may see is handed over by '" + tous.de + "'",
                 "/de", "Check who hands over.", tous.de});
  std::map<dossier::Sujet, std::vector<std::string>> asked;
  if (tous.personnes.empty())
    asked = led;
  for (const dossier::Sujet &person : tous.personnes)
    asked[person] = led.contains(person) ? led[person] : std::vector<std::string>();

  Bureau desk(journal, guichet, pack, regles);
  RelaisTous made{tous.acte, tous.de, 0, 0, {}};
  for (const auto &[person, roles] : asked) {
    RelaisDossier here{person.to_string(), {}, {}, {}};
    try {
      if (roles.empty()) { // the right first: whom he leads is not told to who has none
        droits::Cible target{person, "relais"};
        target.auteur = demande.acteur.id;
        target.etape = transition.vers == "=" ? std::string_view("demande") : transition.vers;
        guichet.autoriser(demande, transition.droit, {target});
        refuser(Raison::rien_a_passer, "/personnes", {tous.de, tous.acte});
      }
      const auto things = tous.acte == ask ? roles : relays_from(journal, guichet, demande, person, tous, transition);
      if (things.empty())
        refuser(Raison::rien_a_passer, "/personnes", {tous.de, tous.acte});
      std::vector<DemandeActe> acts;
      for (const std::string &thing : things) {
        DemandeActe act{tous.acte, person, tous.effet, tous.contenu};
        if (tous.acte == ask) {
          act.contenu.set("de", tous.de);
          act.contenu.set("role", thing);
        } else {
          act.contenu.set("id", thing);
        }
        acts.push_back(std::move(act));
      }
      for (const ActeFait &done : desk.agir(demande, acts)) { // whole or not at all
        here.actes.push_back(done.acte);
        for (const Diagnostic &one : done.avertissements)
          here.avertissements.push_back(one.details.empty() ? en_francais(one).phrase : one.details);
      }
    } catch (const Error &refused) {
      for (const Diagnostic &one : refused.diagnostics())
        here.refus.push_back(told(one));
    }
    ++(here.refus.empty() ? made.faits : made.refuses);
    made.dossiers.push_back(std::move(here));
  }
  return made;
}

feel::Value to_value(const RelaisTous &tous) { return record::to_context(tous); }

} // namespace spie::parcours
